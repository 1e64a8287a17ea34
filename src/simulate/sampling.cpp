// One offered load: warm up, measure until it is steady, drain what has been measured (BookSim2,
// src/trafficmanager.cpp, _SingleSim); then say what came of it.
#include <algorithm>
#include <cmath>
#include <memory>

#include "simulate/diagnosis.h"
#include "simulate/interval.h"
#include "simulate/lone_packets.h"
#include "simulate/refusal.h"
#include "simulate/simulate.h"
#include "simulate/terminals.h"

namespace marquetry::simulate {
namespace {

class Run {
 public:
  Run(const NetworkCase& network, const routing::Routing& routing, const Options& options)
      : network_{network},
        routing_{routing},
        options_{options},
        sampling_{network.sampling},
        fabric_{make_fabric(network, routing)},
        machine_{std::make_unique<Machine>(fabric_)},
        terminals_(*machine_, network.packet, options.model == Model::booksim2),
        draws_(options.model, sampling_.seed, network.traffic, options.rate / network.packet) {
    machine_->lots = draws_.lots();
    terminals_.batch = sampling_.period;
    sent_before_.resize(machine_->sent.size());
  }

  Result result();

 private:
  enum class Stop : std::uint8_t { no, asked, lost, deadlocked };
  bool steps(std::uint64_t cycles);
  void clear();
  bool is_too_slow() const;
  bool falls_behind() const;
  bool is_steady();
  bool measure();
  bool drain();
  void empty();
  Result finished(State state) const;
  void explain(Result& result) const;
  bool may_go_on() const { return stop_ == Stop::no; }
  void look_for_deadlock();

  const NetworkCase& network_;
  const routing::Routing& routing_;
  const Options& options_;
  const Sampling& sampling_;
  Fabric fabric_;
  std::unique_ptr<Machine> machine_;
  Terminals terminals_;
  Draws draws_;
  std::uint64_t cleared_at_{};
  std::vector<std::uint64_t> sent_before_{};
  double last_latency_{}, last_accepted_{};
  Stop stop_{Stop::no};
  std::vector<routing::VirtualChannel> circle_{};
};

bool Run::steps(std::uint64_t cycles) {
  for (std::uint64_t i = 0; i < cycles; ++i) {
    terminals_.step(draws_);
    if (machine_->lost) stop_ = Stop::lost;
    if ((i & 63) == 0 && options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed))
      stop_ = Stop::asked;
    if (options_.most_cycles != 0 && machine_->now >= options_.most_cycles) stop_ = Stop::asked;
    if (!may_go_on()) return false;
  }
  return true;
}

void Run::clear() {
  terminals_.counts = {};
  cleared_at_ = machine_->now;
  sent_before_ = machine_->sent;
}

void Run::look_for_deadlock() {
  circle_ = circle_of_waiting(*machine_);
  if (!circle_.empty()) stop_ = Stop::deadlocked;
}

// The mean over what has arrived, and the ages of what has not. Where a packet takes long even alone,
// BookSim2's threshold would call every load too much.
bool Run::is_too_slow() const {
  const double latency = static_cast<double>(terminals_.counts.latency + terminals_.ages());
  const double count = static_cast<double>(terminals_.counts.packets + terminals_.flits_in_flight());
  if (!(latency / count > sampling_.latency_threshold)) return false;
  return options_.model == Model::booksim2 || latency / count > 10 * lone_packet_mean(network_, routing_);
}

// Less arrives than is offered, by more than chance: a queue grows somewhere. BookSim2 looks at ages alone,
// which takes it long just above saturation.
bool Run::falls_behind() const {
  double births = 0;
  for (std::uint32_t node = 0; node < fabric_.nodes; ++node) births += draws_.birth_rate(node);
  const double cycles = static_cast<double>(machine_->now - cleared_at_);
  const double expected = births * cycles;  // packets
  const double arrived = static_cast<double>(terminals_.counts.accepted) / network_.packet;
  return arrived < expected * 0.99 - 4 * std::sqrt(expected);
}

bool Run::is_steady() {
  const Counts& c = terminals_.counts;
  const double latency = static_cast<double>(c.latency) / static_cast<double>(c.packets);
  const double accepted = static_cast<double>(c.accepted) / static_cast<double>(machine_->now - cleared_at_) /
                          static_cast<double>(fabric_.nodes);
  const double latency_change = std::abs((latency - last_latency_) / latency);
  const double accepted_change = std::abs((accepted - last_accepted_) / accepted);
  last_latency_ = latency;
  last_accepted_ = accepted;
  // Written so that what is not a number (nothing has arrived) counts as steady, as it does there.
  return (options_.measures_throughput || !(latency_change > sampling_.change_threshold)) &&
         !(accepted_change > sampling_.change_threshold);
}

bool Run::measure() {
  int steady = 0;
  bool clears = false;
  for (std::uint32_t period = 0; period < sampling_.most_periods; ++period) {
    const bool warms = terminals_.phase == Phase::warming;
    if (!warms && steady >= 3 &&
        (options_.model == Model::booksim2 || options_.measures_throughput ||
         interval(terminals_.batch_sum, terminals_.batch_count).is_within(0.01)))
      break;
    if (clears || (warms && period % 2 == 0)) clear();
    clears = false;
    if (!steps(sampling_.period)) return false;
    const bool is_quiet = is_steady();
    look_for_deadlock();
    if (!may_go_on() || (!options_.measures_throughput && is_too_slow())) return false;
    if (!warms) {
      steady = is_quiet ? steady + 1 : 0;
    } else if (sampling_.warm_up > 0 ? period + 1 >= sampling_.warm_up : is_quiet) {
      clears = true;
      terminals_.phase = Phase::running;
      terminals_.measuring_began = machine_->now;
    }
  }
  return terminals_.phase == Phase::running &&
         (options_.model == Model::booksim2 || options_.measures_throughput || !falls_behind());
}

bool Run::drain() {
  terminals_.phase = Phase::draining;
  terminals_.drain_began = machine_->now;
  if (options_.measures_throughput) return true;
  constexpr std::uint64_t patience = 1000;  // periods
  for (std::uint64_t cycle = 1; terminals_.is_owed(); ++cycle) {
    if (cycle > patience * sampling_.period) stop_ = Stop::asked;
    if (!may_go_on() || !steps(1)) return false;
    if (cycle % 1000 != 0) continue;
    look_for_deadlock();
    if (!may_go_on() || is_too_slow()) return false;
  }
  return true;
}

// BookSim2 counts the cycles until the last flit and the last credit are home.
void Run::empty() {
  terminals_.phase = Phase::emptying;
  const auto in_flight = [&] {
    return std::ranges::any_of(machine_->wheel.credits, [](const auto& slot) { return !slot.empty(); });
  };
  for (std::uint64_t cycle = 1; terminals_.flits_in_flight() != 0 || in_flight(); ++cycle) {
    if (!steps(1)) return;
    if (cycle % 1000 == 0) look_for_deadlock();
    if (!may_go_on()) return;
  }
}

Result Run::finished(State state) const {
  const Counts& c = terminals_.counts;
  Result r;
  r.state = state;
  r.offered = options_.rate;
  const std::uint64_t end = terminals_.phase >= Phase::draining ? terminals_.drain_began : machine_->now;
  const double window = static_cast<double>(std::max<std::uint64_t>(1, end - std::min(end, cleared_at_)));
  const double packets = static_cast<double>(std::max<std::uint64_t>(1, c.packets));
  r.accepted = static_cast<double>(c.accepted) / window / static_cast<double>(fabric_.nodes);
  r.latency = static_cast<double>(c.latency) / packets;
  r.network_latency = static_cast<double>(c.network_latency) / packets;
  r.hops = static_cast<double>(c.routers) / packets;
  r.cycles = machine_->now;
  r.packets = c.packets;
  r.half_width = interval(terminals_.batch_sum, terminals_.batch_count).half_width;
  r.p99 = quantile(terminals_.histogram, 0.99);
  const double all = static_cast<double>(std::max<std::uint64_t>(1, machine_->now - cleared_at_));
  r.channel_use.resize(network_.graph.channels.size());
  for (std::uint32_t out = 0; out < fabric_.out_base[fabric_.routers]; ++out)
    if (const std::uint32_t i = fabric_.out[out].index; i < r.channel_use.size())
      r.channel_use[i] = static_cast<double>(machine_->sent[out] - sent_before_[out]) / all;
  return r;
}

void Run::explain(Result& r) const {
  const topology::Graph& graph = network_.graph;
  if (r.state == State::deadlocked) {
    r.circle = circle_;
    r.why = "deadlocked: each waits for the next one, the last for the first: " + circle_text(graph, circle_);
  } else if (r.state == State::unreachable) {
    r.why = "no way leads from node " + std::to_string(machine_->lost_source) + " to node " +
            std::to_string(machine_->lost_destination);
  } else if (r.state == State::interrupted) {
    r.why = "stopped after " + std::to_string(machine_->now) + " cycles";
  } else if (r.state == State::saturated) {
    std::vector<double> nodes(fabric_.nodes);
    const double all = static_cast<double>(std::max<std::uint64_t>(1, machine_->now - cleared_at_));
    for (std::uint32_t out = 0; out < fabric_.out_base[fabric_.routers]; ++out)
      if (fabric_.out[out].node != no_port)
        nodes[fabric_.out[out].node] = static_cast<double>(machine_->sent[out] - sent_before_[out]) / all;
    r.full = fullest(*machine_, r.channel_use, nodes);
    r.why = "saturated; fullest: " + full_text(graph, r.full, r.channel_use, nodes);
  }
}

Result Run::result() {
  clear();
  bool is_stable = measure();
  if (is_stable) is_stable = drain();
  // At overload the run ends in good order all the same: what it accepts tells.
  const bool falls_short = is_stable && options_.measures_throughput && falls_behind();
  const State state = is_stable && !falls_short ? State::stable : State::saturated;
  Result out;
  if (is_stable && options_.model == Model::booksim2) {
    out = finished(state);
    empty();
    out.cycles = machine_->now;
  } else {
    out = finished(state);
  }
  if (stop_ == Stop::asked) out.state = State::interrupted;
  if (stop_ == Stop::lost) out.state = State::unreachable;
  if (stop_ == Stop::deadlocked) out.state = State::deadlocked;
  explain(out);
  return out;
}

}  // namespace

Result simulate(const NetworkCase& network, const routing::Routing& routing, const Options& options) {
  std::string why = refusal(network, routing);
  if (why.empty()) why = traffic_refusal(network, options.rate);
  if (why.empty()) return Run{network, routing, options}.result();
  Result refused;
  refused.state = State::refused;
  refused.why = std::move(why);
  return refused;
}

}  // namespace marquetry::simulate
