// Messages that wait for each other: each is cut into packets, which its source sends one after the other;
// time in which nothing is under way is skipped.
#include <algorithm>
#include <limits>
#include <memory>
#include <queue>

#include "simulate/diagnosis.h"
#include "simulate/refusal.h"
#include "simulate/simulate.h"
#include "simulate/terminals.h"

namespace marquetry::simulate {
namespace {

using traffic::Message;

// By index: who waits for it.
std::vector<std::vector<std::uint32_t>> followers(const std::vector<Message>& messages) {
  std::vector<std::vector<std::uint32_t>> out(messages.size());
  for (std::uint32_t m = 0; m < messages.size(); ++m)
    for (const std::uint32_t before : messages[m].after) out[before].push_back(m);
  return out;
}

// One that waits for itself in the end; the number of messages where there is none.
std::size_t circular(const std::vector<Message>& messages) {
  const auto next = followers(messages);
  std::vector<std::size_t> waits;
  std::vector<std::uint32_t> free;
  for (std::uint32_t m = 0; m < messages.size(); ++m) {
    waits.push_back(messages[m].after.size());
    if (waits.back() == 0) free.push_back(m);
  }
  for (std::size_t i = 0; i < free.size(); ++i)
    for (const std::uint32_t m : next[free[i]])
      if (--waits[m] == 0) free.push_back(m);
  if (free.size() == messages.size()) return messages.size();
  return static_cast<std::size_t>(std::ranges::find_if(waits, [](auto w) { return w != 0; }) - waits.begin());
}

std::string message_refusal(const std::vector<Message>& messages, std::size_t nodes) {
  for (std::size_t m = 0; m < messages.size(); ++m) {
    if (messages[m].source >= nodes || messages[m].destination >= nodes)
      return "message " + std::to_string(m) + " starts or ends at a node that is not there";
    for (const std::uint32_t before : messages[m].after)
      if (before >= messages.size())
        return "message " + std::to_string(m) + " waits for message " + std::to_string(before) +
               ", which is not there";
  }
  if (const std::size_t m = circular(messages); m != messages.size())
    return "message " + std::to_string(m) + " waits for itself, through others";
  return {};
}

class Exchange {
 public:
  Exchange(const NetworkCase& network, const routing::Routing& routing, const std::vector<Message>& messages,
           const Options& options)
      : network_{network},
        messages_{messages},
        options_{options},
        fabric_{make_fabric(network, routing)},
        machine_{std::make_unique<Machine>(fabric_)},
        terminals_(*machine_, network.packet, options.model == Model::booksim2),
        draws_(options.model, network.sampling.seed, nobody_, 0),
        followers_{followers(messages)} {
    machine_->lots = draws_.lots();
    out_.arrival.assign(messages.size(), never);
    for (std::uint32_t m = 0; m < messages.size(); ++m) {
      waits_.push_back(messages[m].after.size());
      left_.push_back(messages[m].flits);
      if (waits_[m] == 0) ready_.push({messages[m].delay, m});
    }
  }

  Completion run();

 private:
  static constexpr std::uint64_t never = std::numeric_limits<std::uint64_t>::max();
  struct Start {
    std::uint64_t at{};
    std::uint32_t message{};
    auto operator<=>(const Start&) const = default;
  };

  void start_due();
  void arrive(std::uint32_t message);
  void skip_idle_time();
  bool may_go_on();

  const NetworkCase& network_;
  const std::vector<Message>& messages_;
  const Options& options_;
  Fabric fabric_;
  std::unique_ptr<Machine> machine_;
  Terminals terminals_;
  traffic::Traffic nobody_{};
  Draws draws_;
  std::vector<std::vector<std::uint32_t>> followers_;
  std::vector<std::size_t> waits_{};
  std::vector<std::uint64_t> left_{};  // flits that have not arrived
  std::priority_queue<Start, std::vector<Start>, std::greater<>> ready_{};
  std::size_t arrived_{};
  Completion out_{};
};

void Exchange::arrive(std::uint32_t message) {
  out_.arrival[message] = machine_->now;
  out_.cycles = machine_->now;
  ++arrived_;
  for (const std::uint32_t next : followers_[message])
    if (--waits_[next] == 0) ready_.push({machine_->now + messages_[next].delay, next});
}

void Exchange::start_due() {
  while (!ready_.empty() && ready_.top().at <= machine_->now) {
    const std::uint32_t m = ready_.top().message;
    ready_.pop();
    if (messages_[m].flits == 0)
      arrive(m);
    else
      terminals_.enqueue(messages_[m].source, messages_[m].destination, messages_[m].flits, m);
  }
}

void Exchange::skip_idle_time() {
  if (terminals_.flits_in_flight() != 0 || ready_.empty() || ready_.top().at <= machine_->now) return;
  for (const auto& slot : machine_->wheel.credits)
    if (!slot.empty()) return;
  machine_->now = ready_.top().at;
}

bool Exchange::may_go_on() {
  constexpr std::uint64_t often = 1024;
  if (machine_->lost) {
    out_.state = State::unreachable;
    out_.why = "no way leads from node " + std::to_string(machine_->lost_source) + " to node " +
               std::to_string(machine_->lost_destination);
  } else if ((options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed)) ||
             (options_.most_cycles != 0 && machine_->now >= options_.most_cycles)) {
    out_.state = State::interrupted;
    out_.why = "stopped after " + std::to_string(machine_->now) + " cycles, " + std::to_string(arrived_) +
               " of " + std::to_string(messages_.size()) + " messages have arrived";
  } else if (machine_->now % often == 0 && !(out_.circle = circle_of_waiting(*machine_)).empty()) {
    out_.state = State::deadlocked;
    out_.why = "deadlocked: each waits for the next one, the last for the first: " +
               circle_text(network_.graph, out_.circle);
  }
  return out_.state == State::stable;
}

Completion Exchange::run() {
  std::vector<Terminals::Part> parts;
  while (arrived_ < messages_.size() && may_go_on()) {
    skip_idle_time();
    terminals_.receive(parts);
    for (const Terminals::Part& part : parts)
      if ((left_[part.message] -= part.flits) == 0) arrive(part.message);
    parts.clear();
    start_due();
    terminals_.send();
  }
  out_.channel_use.resize(network_.graph.channels.size());
  for (std::uint32_t out = 0; out < fabric_.out_base[fabric_.routers]; ++out)
    if (const std::uint32_t i = fabric_.out[out].index; i < out_.channel_use.size())
      out_.channel_use[i] = static_cast<double>(machine_->sent[out]) /
                            static_cast<double>(std::max<std::uint64_t>(1, out_.cycles));
  return std::move(out_);
}

}  // namespace

Completion simulate(const NetworkCase& network, const routing::Routing& routing,
                    const traffic::Messages& messages, const Options& options) {
  std::string why = refusal(network, routing);
  if (why.empty()) why = message_refusal(messages.messages, network.graph.terminals.size());
  if (why.empty()) return Exchange{network, routing, messages.messages, options}.run();
  Completion refused;
  refused.state = State::refused;
  refused.why = std::move(why);
  return refused;
}

}  // namespace marquetry::simulate
