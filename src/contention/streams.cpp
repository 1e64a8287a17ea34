#include "contention/streams.h"

#include <algorithm>
#include <map>

#include "routing/journeys.h"
#include "routing/outcomes.h"
#include "routing/table_view.h"

namespace marquetry::contention {
namespace {

using topology::Graph;

// Sums up streams in a square of ports for each router.
class Sums {
 public:
  Sums(const Graph& graph, const routing::Routing& routing)
      : graph_{graph},
        channels_{static_cast<std::uint32_t>(graph.channels.size())},
        ports_{topology::ports(graph)},
        rate_(std::size_t{graph.routers} * ports_.ports * ports_.ports) {
    out_.vcs = routing.vcs;
    out_.on_vc.resize((channels_ + graph.terminals.size()) * routing.vcs);
  }
  const topology::Ports& ports() const { return ports_; }

  void carry(std::uint32_t in, std::uint32_t out, double rate) {
    const bool is_node = in >= channels_;
    const auto router = is_node ? graph_.terminals[in - channels_].router : graph_.channels[in].to;
    const auto from = is_node ? graph_.terminals[in - channels_].in_port : graph_.channels[in].in_port;
    const auto to =
        out >= channels_ ? graph_.terminals[out - channels_].out_port : graph_.channels[out].out_port;
    rate_[(std::size_t{router} * ports_.ports + from) * ports_.ports + to] += rate;
  }

  // On each of the virtual channels alike.
  void lay(std::uint32_t in, std::uint32_t first_vc, std::uint32_t last_vc, double rate) {
    last_vc = std::min(last_vc, out_.vcs - 1);
    for (auto vc = first_vc; vc <= last_vc; ++vc) {
      out_.on_vc[std::size_t{in} * out_.vcs + vc] += rate / (last_vc - first_vc + 1);
    }
  }

  void send(std::uint32_t node, double rate) {
    lay(channels_ + node, 0, out_.vcs - 1, rate);
    out_.sent += rate;
  }

  Streams result() {
    const std::size_t n = ports_.ports;
    for (std::uint32_t r = 0; r < graph_.routers; ++r) {
      out_.first.push_back(static_cast<std::uint32_t>(out_.streams.size()));
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t o = 0; o < n; ++o) {
          const double rate = rate_[(r * n + i) * n + o];
          if (rate > 0) out_.streams.push_back({ports_.in_of(r)[i], ports_.out_of(r)[o], rate});
        }
      }
    }
    out_.first.push_back(static_cast<std::uint32_t>(out_.streams.size()));
    return std::move(out_);
  }

 private:
  const Graph& graph_;
  std::uint32_t channels_;
  topology::Ports ports_;
  std::vector<double> rate_;
  Streams out_{};
};

// What comes to each row of a table on each channel, destination by destination and layer by layer, from the
// farthest row on.
class TableSweep {
 public:
  TableSweep(const Graph& graph, const routing::Routing& routing, std::span<const double> matrix, Sums& sums)
      : graph_{graph},
        routing_{routing},
        matrix_{matrix},
        sums_{sums},
        view_{graph, routing},
        channels_{static_cast<std::uint32_t>(graph.channels.size())},
        nodes_{static_cast<std::uint32_t>(graph.terminals.size())},
        on_(channels_ + nodes_),
        into_(view_.rows()) {
    for (std::uint32_t c = 0; c < channels_; ++c) into_[view_.row_after(c)].push_back(c);
    for (std::uint32_t s = 0; s < nodes_; ++s) into_[view_.row_of_source(s)].push_back(channels_ + s);
  }

  void run() {
    for (std::uint32_t d = 0; d < nodes_; ++d) {
      const auto order = view_.sweep(d);
      for (std::uint32_t layer = 0; layer < routing_.layers; ++layer) {
        if (start(d, layer)) follow(d, layer, order);
      }
    }
  }

 private:
  bool start(std::uint32_t d, std::uint32_t layer) {
    bool any = false;
    for (std::uint32_t s = 0; s < nodes_; ++s) {
      const auto at = std::size_t{s} * nodes_ + d;
      const bool is_in = routing_.layer.empty() || routing_.layer[at] == layer;
      if (!is_in || matrix_[at] <= 0 || view_.is_lost(view_.row_of_source(s))) continue;
      on_[channels_ + s] = matrix_[at];
      sums_.send(s, matrix_[at]);
      any = true;
    }
    return any;
  }

  void follow(std::uint32_t d, std::uint32_t layer, std::span<const std::uint32_t> order) {
    const auto part = routing::vcs_of_layer(layer, routing_.layers, routing_.vcs);
    for (auto i = order.size(); i-- > 0;) {
      const auto row = order[i];
      for (const auto in : into_[row]) {
        const double rate = on_[in];
        if (rate == 0) continue;
        on_[in] = 0;
        for (auto way = view_.begin(row, d); way != view_.end(row, d); ++way) {
          const double flow = rate * view_.share(row, d, way);
          const auto out = view_.channel(way);
          if (flow == 0) continue;
          sums_.carry(in, out, flow);
          if (view_.ends(way, d)) continue;
          on_[out] += flow;
          const auto& w = routing_.ways[way];
          if (routing_.layers > 1) {
            sums_.lay(out, part.first, part.last, flow);
          } else {
            sums_.lay(out, w.first_vc, w.last_vc, flow);
          }
        }
      }
    }
  }

  const Graph& graph_;
  const routing::Routing& routing_;
  std::span<const double> matrix_;
  Sums& sums_;
  routing::TableView view_;
  std::uint32_t channels_, nodes_;
  std::vector<double> on_;                        // on its way to a row, by channel
  std::vector<std::vector<std::uint32_t>> into_;  // channels that lead to a row
};

// Where packets may choose, they take what is free: all ways alike by their virtual channels, where the
// allocator does not look at priorities. A way of lower priority (an escape, on which packets stay) is more
// often taken and so chosen half as often: about what simulations show.
double weight(const routing::WayOn& way, std::uint32_t highest, bool looks_at_priority) {
  if (way.priority < highest && looks_at_priority) return 0;
  const double vcs = way.last_vc - way.first_vc + 1;
  return way.priority < highest ? vcs / 2 : vcs;
}

// How a flow at a stop parts: f(way, its share) of each way that takes some.
template <class F>
void each_part(const routing::Journeys& all, std::uint32_t stop, bool looks, F f) {
  for (auto o = all.first_outcome[stop]; o != all.first_outcome[stop + 1]; ++o) {
    const auto& outcome = all.outcomes[o];
    const std::span ways{all.ways.data() + outcome.first_way, outcome.last_way - outcome.first_way};
    std::uint32_t highest = 0;
    double weights = 0;
    for (const auto& w : ways) highest = std::max(highest, w.priority);
    for (const auto& w : ways) weights += weight(w, highest, looks);
    for (const auto& w : ways) {
      const double share = outcome.share * weight(w, highest, looks) / weights;
      if (share > 0) f(w, share);
    }
  }
}

// The sweep of a routing's functions, whole or leg by leg.
class FunctionSweep {
 public:
  FunctionSweep(const Graph& graph, const routing::Routing& routing, const routing::Router& router,
                std::span<const double> matrix, Sums& sums)
      : graph_{graph},
        routing_{routing},
        matrix_{matrix},
        sums_{sums},
        looks_{router.vc_allocator != routing::Allocator::islip},
        channels_{static_cast<std::uint32_t>(graph.channels.size())},
        nodes_{static_cast<std::uint32_t>(graph.terminals.size())} {}

  void run() {
    std::vector<double> starts(nodes_);
    for (std::uint32_t d = 0; d < nodes_; ++d) {
      const auto all = routing::journeys(graph_, sums_.ports(), routing_, d);
      for (std::uint32_t s = 0; s < nodes_; ++s) {
        const double rate = matrix_[std::size_t{s} * nodes_ + d];
        const bool goes = rate > 0 && !all.is_lost[all.source[s]];
        starts[s] = goes ? rate : 0;
        if (goes) sums_.send(s, rate);
      }
      follow(all, starts, d, routing::Leg::whole);
    }
  }

  // False, and nothing summed up, where a leg is lost. That a packet may have more virtual channels where it
  // passes its destination's router is left out.
  bool run_legs() {
    for (std::uint32_t n = 0; n < nodes_; ++n)
      for (const auto leg : {routing::Leg::first, routing::Leg::second})
        if (any_lost(routing::journeys(graph_, sums_.ports(), routing_, n, leg))) return false;
    std::vector<double> starts(nodes_), onward(matrix_.size());
    for (std::uint32_t s = 0; s < nodes_; ++s)
      for (std::uint32_t d = 0; d < nodes_; ++d)
        if (const double rate = matrix_[std::size_t{s} * nodes_ + d]; rate > 0) sums_.send(s, rate);
    for (std::uint32_t v = 0; v < nodes_; ++v) {
      const auto all = routing::journeys(graph_, sums_.ports(), routing_, v, routing::Leg::first);
      join(all, v, starts, onward);
      follow(all, starts, v, routing::Leg::first);
    }
    for (std::uint32_t d = 0; d < nodes_; ++d) {
      const auto all = routing::journeys(graph_, sums_.ports(), routing_, d, routing::Leg::second);
      const auto* const from = onward.data() + std::size_t{d} * nodes_;
      starts.assign(from, from + nodes_);
      follow(all, starts, d, routing::Leg::second);
    }
    return true;
  }

 private:
  // Channels, and in what shares.
  using Shares = std::map<std::uint32_t, double>;

  void follow(const routing::Journeys& all, const std::vector<double>& starts, std::uint32_t to,
              routing::Leg leg) {
    through_.assign(all.stops.size(), 0);
    for (std::uint32_t s = 0; s < nodes_; ++s) through_[all.source[s]] += starts[s];
    for (auto i = all.order.size(); i-- > 0;) {
      const auto stop = all.order[i];
      if (through_[stop] == 0) continue;
      const auto in = all.stops[stop].channel;
      each_part(all, stop, looks_, [&](const routing::WayOn& w, double share) {
        const double flow = through_[stop] * share;
        const bool ends = w.channel == channels_;
        // At the node between `join` has summed them up.
        const bool joins = leg == routing::Leg::first ? ends : leg == routing::Leg::second && in >= channels_;
        if (!joins) sums_.carry(in, ends ? channels_ + to : w.channel, flow);
        if (ends) return;
        sums_.lay(w.channel, w.first_vc, w.last_vc, flow);
        const auto vcs = w.last_vc - w.first_vc + 1;
        for (std::uint32_t v = 0; v < vcs; ++v) through_[all.next[w.next + v]] += flow / vcs;
      });
    }
  }

  // From the last channels of the first leg to the first of the second, at the node between. `starts`: what
  // each node sends by way of it; `onward`, by destination * nodes + node between: what it leads on.
  void join(const routing::Journeys& first, std::uint32_t via, std::vector<double>& starts,
            std::vector<double>& onward) {
    const auto last = last_channels(first, via);
    const auto ports = sums_.ports().out_of(graph_.terminals[via].router);
    std::vector<std::vector<std::pair<std::uint32_t, double>>> next(nodes_);  // ports, by destination
    for (std::uint32_t d = 0; d < nodes_; ++d) next[d] = next_ports(via, d);
    std::vector<double> by_port(ports.size());
    std::map<std::uint32_t, std::vector<double>> joined;
    for (std::uint32_t s = 0; s < nodes_; ++s) {
      starts[s] = 0;
      std::fill(by_port.begin(), by_port.end(), 0);
      for (std::uint32_t d = 0; d < nodes_; ++d) {
        const double rate = matrix_[std::size_t{s} * nodes_ + d];
        if (rate <= 0) continue;
        const double part = rate * routing_.chance(graph_, routing_, s, d, via);
        starts[s] += part;
        onward[std::size_t{d} * nodes_ + via] += part;
        for (const auto& [port, share] : next[d]) by_port[port] += part * share;
      }
      for (const auto& [in, share] : last[s]) {
        auto& sum = joined[in];
        sum.resize(ports.size());
        for (std::size_t p = 0; p < ports.size(); ++p) sum[p] += share * by_port[p];
      }
    }
    for (const auto& [in, sum] : joined)
      for (std::size_t p = 0; p < ports.size(); ++p)
        if (sum[p] > 0) sums_.carry(in, ports[p], sum[p]);
  }

  // By source: over which channels its packets come to the node between.
  std::vector<Shares> last_channels(const routing::Journeys& first, std::uint32_t via) const {
    std::vector<Shares> of(first.stops.size()), out;
    for (const auto stop : first.order) {
      const auto in = first.stops[stop].channel;
      const auto router = in < channels_ ? graph_.channels[in].to : graph_.terminals[in - channels_].router;
      if (router == graph_.terminals[via].router) {
        of[stop][in] = 1;
        continue;
      }
      each_part(first, stop, looks_, [&](const routing::WayOn& w, double share) {
        const auto vcs = w.last_vc - w.first_vc + 1;
        for (std::uint32_t v = 0; v < vcs; ++v)
          for (const auto& [channel, part] : of[first.next[w.next + v]])
            of[stop][channel] += part * share / vcs;
      });
    }
    for (std::uint32_t s = 0; s < nodes_; ++s) out.push_back(std::move(of[first.source[s]]));
    return out;
  }

  std::vector<std::pair<std::uint32_t, double>> next_ports(std::uint32_t via,
                                                           std::uint32_t destination) const {
    const auto& from = graph_.terminals[via];
    std::vector<std::pair<std::uint32_t, double>> out;
    routing::each_outcome(graph_, routing_, {.router = from.router, .port = from.in_port},
                          {.destination = destination, .via = via},
                          [&](double share, const routing::Packet&, const routing::Ways& ways) {
                            double vcs = 0;
                            for (const auto& w : ways) vcs += w.last_vc - w.first_vc + 1;
                            for (const auto& w : ways)
                              out.emplace_back(w.port, share * (w.last_vc - w.first_vc + 1) / vcs);
                          });
    return out;
  }

  const Graph& graph_;
  const routing::Routing& routing_;
  std::span<const double> matrix_;
  Sums& sums_;
  bool looks_{};
  std::uint32_t channels_{}, nodes_{};
  std::vector<double> through_{};
};

}  // namespace

Streams streams(const Graph& graph, const routing::Routing& routing, const routing::Router& router,
                std::span<const double> matrix) {
  Sums sums{graph, routing};
  if (routing.is_table()) {
    TableSweep{graph, routing, matrix, sums}.run();
  } else {
    FunctionSweep sweep{graph, routing, router, matrix, sums};
    if (routing.chance == nullptr || !sweep.run_legs()) sweep.run();
  }
  return sums.result();
}

}  // namespace marquetry::contention
