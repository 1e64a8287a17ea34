#include "synthesis/rerouter.h"

#include <algorithm>
#include <numeric>

#include "base/rng.h"

namespace marquetry::synthesis {
namespace {

using topology::none;

std::uint64_t draw(std::uint32_t channel, std::uint32_t destination) {
  return Rng{std::uint64_t{channel} << 32 | destination}.next();
}

}  // namespace

Rerouter::Rerouter(const topology::Graph& graph, std::span<const double> matrix,
                   const routing::Router& router)
    : graph_{graph}, n_{graph.routers}, demand_(std::size_t{n_} * n_), matrix_{matrix} {
  const auto nodes = graph.terminals.size();
  for (std::size_t s = 0; s < nodes; ++s) {
    for (std::size_t d = 0; d < nodes; ++d)
      demand_[std::size_t{graph.terminals[s].router} * n_ + graph.terminals[d].router] +=
          matrix[s * nodes + d];
  }
  begin_.resize(n_ + 1);
  in_begin_.resize(n_ + 1);
  for (const auto& c : graph.channels) {
    ++begin_[c.from + 1], ++in_begin_[c.to + 1];
    weight_.push_back(c.latency + router.at(c.to).cycles());
  }
  std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
  std::partial_sum(in_begin_.begin(), in_begin_.end(), in_begin_.begin());
  out_.resize(graph.channels.size());
  in_ = out_;
  auto at_out = begin_, at_in = in_begin_;
  for (std::uint32_t c = 0; c < graph.channels.size(); ++c) {
    out_[at_out[graph.channels[c].from]++] = c;
    in_[at_in[graph.channels[c].to]++] = c;
  }
  const auto square = std::size_t{n_} * n_;
  distance_.assign(square, none);
  via_.assign(square, none);
  order_.assign(square, none);
  amount_.assign(square, 0);
  loads_.assign(graph.channels.size(), 0);
  orphan_.assign(n_, 0);
  fresh_.assign(n_, none);
  fresh_amount_.assign(n_, 0);
  for (std::uint32_t d = 0; d < n_; ++d) build(d);
}

Rerouter::Tree Rerouter::tree(std::uint32_t destination) {
  const auto at = std::size_t{destination} * n_;
  return {&distance_[at], &via_[at], &order_[at], &amount_[at]};
}

bool Rerouter::is_lost(std::uint32_t channel, const Loss& loss) const {
  const auto& c = graph_.channels[channel];
  return c.link == loss.link || c.from == loss.router || c.to == loss.router;
}

// By the distances in place: of orphans the fresh ones.
std::uint32_t Rerouter::best_way(std::uint32_t router, std::uint32_t destination, const Loss& loss) const {
  const auto* distance = &distance_[std::size_t{destination} * n_];
  const auto now = [&](std::uint32_t r) { return orphan_[r] != 0 ? fresh_[r] : distance[r]; };
  std::uint32_t best = none;
  for (auto k = begin_[router]; k < begin_[router + 1]; ++k) {
    const auto c = out_[k];
    const auto beyond = now(graph_.channels[c].to);
    if (is_lost(c, loss) || beyond == none || beyond + weight_[c] != now(router)) continue;
    if (best == none || draw(c, destination) > draw(best, destination)) best = c;
  }
  return best;
}

void Rerouter::build(std::uint32_t destination) {
  const auto t = tree(destination);
  std::vector<char> done(n_);
  std::uint32_t count = 0;
  t.distance[destination] = 0;
  for (;;) {
    std::uint32_t next = none;
    for (std::uint32_t r = 0; r < n_; ++r) {
      if (done[r] == 0 && t.distance[r] != none && (next == none || t.distance[r] < t.distance[next]))
        next = r;
    }
    if (next == none) break;
    done[next] = 1;
    t.order[count++] = next;
    for (auto k = in_begin_[next]; k < in_begin_[next + 1]; ++k) {
      const auto from = graph_.channels[in_[k]].from;
      t.distance[from] = std::min(t.distance[from], t.distance[next] + weight_[in_[k]]);
    }
  }
  for (auto k = count; k-- > 1;) {
    const auto r = t.order[k];
    t.via[r] = best_way(r, destination, {});
    t.amount[r] += rate(r, destination);
    loads_[t.via[r]] += t.amount[r];
    const auto next = graph_.channels[t.via[r]].to;
    if (next != destination) t.amount[next] += t.amount[r];
  }
}

// Along the old way, which stands, to the destination.
void Rerouter::push(std::uint32_t from, std::uint32_t destination, double amount) {
  const auto t = tree(destination);
  for (auto r = from; r != destination; r = graph_.channels[t.via[r]].to) work_[t.via[r]] += amount;
}

// Dijkstra among the orphans alone, from the routers around them whose ways stand.
void Rerouter::settle_orphans(std::uint32_t destination, const Loss& loss) {
  const auto* distance = &distance_[std::size_t{destination} * n_];
  for (const auto r : orphans_) {
    if (r == loss.router) continue;
    for (auto k = begin_[r]; k < begin_[r + 1]; ++k) {
      const auto to = graph_.channels[out_[k]].to;
      if (!is_lost(out_[k], loss) && orphan_[to] == 0 && distance[to] != none)
        fresh_[r] = std::min(fresh_[r], distance[to] + weight_[out_[k]]);
    }
  }
  settled_.clear();
  auto open = orphans_;
  for (;;) {
    auto nearest = open.end();
    for (auto at = open.begin(); at != open.end(); ++at) {
      if (fresh_[*at] != none && (nearest == open.end() || fresh_[*at] < fresh_[*nearest])) nearest = at;
    }
    if (nearest == open.end()) return;
    const auto r = *nearest;
    *nearest = open.back();
    open.pop_back();
    settled_.push_back(r);
    for (auto k = in_begin_[r]; k < in_begin_[r + 1]; ++k) {
      const auto from = graph_.channels[in_[k]].from;
      if (orphan_[from] != 0 && !is_lost(in_[k], loss))
        fresh_[from] = std::min(fresh_[from], fresh_[r] + weight_[in_[k]]);
    }
  }
}

void Rerouter::reroute(std::uint32_t destination, const Loss& loss, Rerouted& out) {
  const auto t = tree(destination);
  orphans_.clear();
  for (std::uint32_t k = 1; k < n_ && t.order[k] != none; ++k) {
    const auto r = t.order[k], next = graph_.channels[t.via[r]].to;
    const bool is_root = is_lost(t.via[r], loss) && orphan_[next] == 0;
    if (!is_root && orphan_[next] == 0) continue;
    orphan_[r] = 1;
    orphans_.push_back(r);
    work_[t.via[r]] -= t.amount[r];
    if (is_root) push(next, destination, -t.amount[r]);
  }
  if (orphans_.empty()) return;
  settle_orphans(destination, loss);
  for (auto at = settled_.rbegin(); at != settled_.rend(); ++at) {
    const auto r = *at;
    const auto way = best_way(r, destination, loss);
    const double amount = fresh_amount_[r] + rate(r, destination);
    work_[way] += amount;
    const auto next = graph_.channels[way].to;
    if (orphan_[next] != 0) {
      fresh_amount_[next] += amount;
    } else {
      push(next, destination, amount);
    }
  }
  for (const auto r : orphans_) {
    if (r != loss.router && fresh_[r] == none) {
      out.in_pieces = true;
      out.cut_pairs += rate(r, destination) > 0 ? 1U : 0U;
    }
    orphan_[r] = 0;
    fresh_[r] = none;
    fresh_amount_[r] = 0;
  }
}

Rerouted Rerouter::without(const Loss& loss) {
  Rerouted out;
  work_ = loads_;
  for (std::uint32_t d = 0; d < n_; ++d) {
    if (d != loss.router) {
      reroute(d, loss, out);
      continue;
    }
    const auto t = tree(d);
    for (std::uint32_t k = 1; k < n_ && t.order[k] != none; ++k)
      work_[t.via[t.order[k]]] -= t.amount[t.order[k]];
  }
  const auto nodes = graph_.terminals.size();
  double busiest = 0;
  for (std::size_t a = 0; a < nodes; ++a) {
    double sent = 0, received = 0;
    for (std::size_t b = 0; b < nodes && graph_.terminals[a].router != loss.router; ++b) {
      if (graph_.terminals[b].router == loss.router) continue;
      sent += matrix_[a * nodes + b];
      received += matrix_[b * nodes + a];
    }
    busiest = std::max({busiest, sent, received});
  }
  for (std::uint32_t c = 0; c < work_.size(); ++c) {
    if (is_lost(c, loss)) continue;
    const double full = work_[c] / graph_.channels[c].width;
    if (full > busiest * (1 + 1e-9)) busiest = full, out.channel = c;
  }
  if (out.cut_pairs == 0) out.load = 1 / busiest;  // infinite where nobody sends
  return out;
}

}  // namespace marquetry::synthesis
