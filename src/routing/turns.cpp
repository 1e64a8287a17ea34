#include "routing/turns.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace marquetry::routing {
namespace {

using topology::Graph;
using topology::none;

constexpr std::uint64_t far = ~std::uint64_t{0} / 4;
// A hop against a cycle on the wires: paths of as many cycles are compared by hops.
constexpr std::uint64_t cycle = 1u << 16;

class Chooser {
 public:
  Chooser(const Graph& graph, const Onward& onward)
      : graph_{graph},
        onward_{onward},
        nodes_{static_cast<std::uint32_t>(graph.terminals.size())},
        rows_{static_cast<std::uint32_t>(onward.begin.size() - 1)},
        load_(graph.channels.size()),
        flow_(rows_),
        way_load_(rows_),
        chosen_(std::size_t{nodes_} * rows_, none),
        cost_(std::size_t{nodes_} * rows_, far),
        order_(nodes_) {
    for (std::uint32_t row = 0; row < rows_; ++row)
      for (auto i = onward.begin[row]; i != onward.begin[row + 1]; ++i)
        into_.push_back({row_after(onward.channel[i]), onward.channel[i], row});
    std::sort(into_.begin(), into_.end(), [](const Into& a, const Into& b) {
      return std::tie(a.to, a.channel, a.from) < std::tie(b.to, b.channel, b.from);
    });
    into_begin_.resize(rows_ + 1);
    for (const auto& i : into_) ++into_begin_[i.to + 1];
    for (std::uint32_t r = 0; r < rows_; ++r) into_begin_[r + 1] += into_begin_[r];
    for (std::uint32_t d = 0; d < nodes_; ++d) measure(d);
  }

  void pass() {
    for (std::uint32_t d = 0; d < nodes_; ++d) {
      spread(d, -1);
      choose(d);
    }
  }

  TurnTables tables(std::string name, std::uint32_t vcs) const {
    TurnTables out;
    out.routing = {.name = std::move(name), .vcs = vcs, .key = onward_.key, .begin = {0}};
    for (std::uint32_t row = 0; row < rows_; ++row) {
      for (std::uint32_t d = 0; d < nodes_; ++d) {
        const auto at = cell(d, row);
        if (router_of(row) == graph_.terminals[d].router)
          out.routing.ways.push_back({graph_.terminals[d].out_port, 0, vcs - 1});
        else if (chosen_[at] != none)
          out.routing.ways.push_back({graph_.channels[chosen_[at]].out_port, 0, vcs - 1});
        out.routing.begin.push_back(static_cast<std::uint32_t>(out.routing.ways.size()));
      }
    }
    for (std::size_t c = 0; c < load_.size(); ++c)
      out.most = std::max(out.most, load_[c] / nodes_ / graph_.channels[c].width);
    out.complete = true;
    for (std::uint32_t d = 0; d < nodes_; ++d) {
      for (std::uint32_t s = 0; s < nodes_; ++s) {
        const auto cost = cost_[cell(d, row_of_source(s))];
        out.complete = out.complete && cost < far;
        const auto on_wires = cost / cycle;  // without the hops
        out.cycles += static_cast<double>(on_wires) / nodes_ / nodes_;
      }
    }
    return out;
  }

 private:
  struct Into {
    std::uint32_t to{}, channel{}, from{};  // rows
  };

  std::size_t cell(std::uint32_t d, std::uint32_t row) const { return std::size_t{d} * rows_ + row; }
  std::uint32_t row_after(std::uint32_t channel) const {
    return onward_.key == Key::router ? graph_.channels[channel].to : channel;
  }
  std::uint32_t row_of_source(std::uint32_t node) const {
    return onward_.key == Key::router ? graph_.terminals[node].router
                                      : static_cast<std::uint32_t>(graph_.channels.size()) + node;
  }
  std::uint32_t router_of(std::uint32_t row) const {
    if (onward_.key == Key::router) return row;
    const auto channels = graph_.channels.size();
    return row < channels ? graph_.channels[row].to : graph_.terminals[row - channels].router;
  }
  std::uint64_t weight(std::uint32_t channel) const { return graph_.channels[channel].latency * cycle + 1; }

  // From every row to a node, backwards; the order is that of the cost, dearest first.
  void measure(std::uint32_t d) {
    auto* const cost = cost_.data() + cell(d, 0);
    std::vector<std::pair<std::uint64_t, std::uint32_t>> open;
    const auto reach = [&](std::uint32_t row, std::uint64_t value) {
      if (value >= cost[row]) return;
      cost[row] = value;
      open.emplace_back(value, row);
      std::push_heap(open.begin(), open.end(), std::greater{});
    };
    for (std::uint32_t row = 0; row < rows_; ++row)
      if (router_of(row) == graph_.terminals[d].router) reach(row, 0);
    while (!open.empty()) {
      std::pop_heap(open.begin(), open.end(), std::greater{});
      const auto [value, row] = open.back();
      open.pop_back();
      if (value != cost[row]) continue;
      order_[d].push_back(row);
      for (auto i = into_begin_[row]; i != into_begin_[row + 1]; ++i)
        reach(into_[i].from, value + weight(into_[i].channel));
    }
    std::reverse(order_[d].begin(), order_[d].end());
  }

  // What goes to a node, put on the channels that were chosen for it or taken off them.
  void spread(std::uint32_t d, double sign) {
    for (const auto row : order_[d]) flow_[row] = 0;
    for (std::uint32_t s = 0; s < nodes_; ++s) flow_[row_of_source(s)] += 1;
    for (const auto row : order_[d]) {
      const auto channel = chosen_[cell(d, row)];
      if (channel == none) continue;
      load_[channel] += sign * flow_[row];
      flow_[row_after(channel)] += flow_[row];
    }
  }

  // Nearest rows first, each by the way whose channels carry least, square upon square: a channel that is
  // full already weighs more than several that are not.
  void choose(std::uint32_t d) {
    for (auto i = order_[d].size(); i-- > 0;) {
      const auto row = order_[d][i];
      const auto cost = cost_[cell(d, row)];
      way_load_[row] = 0;
      if (cost == 0) continue;
      std::uint32_t best = none;
      for (auto j = onward_.begin[row]; j != onward_.begin[row + 1]; ++j) {
        const auto channel = onward_.channel[j];
        if (cost_[cell(d, row_after(channel))] + weight(channel) != cost) continue;
        const double load = (load_[channel] + 1) / graph_.channels[channel].width;
        const double all = way_load_[row_after(channel)] + load * load;
        if (best != none && all >= way_load_[row]) continue;
        best = channel;
        way_load_[row] = all;
      }
      chosen_[cell(d, row)] = best;
    }
    spread(d, 1);
  }

  const Graph& graph_;
  const Onward& onward_;
  std::uint32_t nodes_{}, rows_{};
  std::vector<double> load_, flow_, way_load_;
  std::vector<std::uint32_t> chosen_;
  std::vector<std::uint64_t> cost_;
  std::vector<std::vector<std::uint32_t>> order_;
  std::vector<Into> into_{};
  std::vector<std::uint32_t> into_begin_{};
};

// Channels that leave each router, by the router that they lead to, then by port.
std::vector<std::vector<std::uint32_t>> leaving(const Graph& graph) {
  std::vector<std::vector<std::uint32_t>> out(graph.routers);
  for (std::uint32_t c = 0; c < graph.channels.size(); ++c) out[graph.channels[c].from].push_back(c);
  for (auto& list : out)
    std::sort(list.begin(), list.end(), [&](auto a, auto b) {
      const auto &x = graph.channels[a], &y = graph.channels[b];
      return std::pair{x.to, x.out_port} < std::pair{y.to, y.out_port};
    });
  return out;
}

}  // namespace

Onward onward(const Graph& graph) {
  Onward out{.key = Key::router, .begin = {0}};
  for (const auto& list : leaving(graph)) {
    out.channel.insert(out.channel.end(), list.begin(), list.end());
    out.begin.push_back(static_cast<std::uint32_t>(out.channel.size()));
  }
  return out;
}

Onward onward(const Graph& graph,
              const std::function<bool(std::uint32_t before, std::uint32_t after)>& may_follow) {
  const auto from = leaving(graph);
  Onward out{.key = Key::input, .begin = {0}};
  for (std::uint32_t c = 0; c < graph.channels.size(); ++c) {
    for (const auto next : from[graph.channels[c].to])
      if (graph.channels[next].to != graph.channels[c].from && may_follow(c, next))
        out.channel.push_back(next);
    out.begin.push_back(static_cast<std::uint32_t>(out.channel.size()));
  }
  for (const auto& terminal : graph.terminals) {
    const auto& list = from[terminal.router];
    out.channel.insert(out.channel.end(), list.begin(), list.end());
    out.begin.push_back(static_cast<std::uint32_t>(out.channel.size()));
  }
  return out;
}

TurnTables shortest_tables(std::string name, const Graph& graph, const Onward& onward, std::uint32_t vcs,
                           std::uint32_t passes) {
  Chooser chooser{graph, onward};
  for (std::uint32_t i = 0; i < std::max(passes, 1u); ++i) chooser.pass();
  return chooser.tables(std::move(name), vcs);
}

}  // namespace marquetry::routing
