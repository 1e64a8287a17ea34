// Items of all edges that run in the same direction are put in one order, by where their partners are; what
// stands on two edges counts on both. In that order a sweep from below gives the least positions and one from
// above the greatest; each item then goes as near to its target as the two and its predecessors allow.
#include "placement/pin_positions.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "placement/bridges.h"

namespace marquetry::placement {
namespace {

using layout::Problem;

constexpr int sweeps = 4;

// The middle of an edge along an axis: of an edge across it, where it lies.
double middle(const Edge& e, bool in_y) {
  if (geometry::is_vertical(e.side) == in_y) return static_cast<double>(e.low + e.high) / 2;
  return static_cast<double>(e.at);
}

class Placer {
 public:
  Placer(Edges edges, const Problem& problem, const std::vector<Group>& groups)
      : edges_{std::move(edges)}, problem_{problem}, groups_{groups} {
    for (std::size_t g = 0; g < groups.size(); ++g) add(g);
  }

  // The edges that run in y first, or those in x.
  Positions run(bool y_first) {
    sweep(y_first);
    sweep(!y_first);
    for (int s = 1; s < sweeps && missing() == 0; ++s) {
      for (const bool in_y : {y_first, !y_first}) {
        const auto before = items_;
        const double length = free_length();
        sweep(in_y);
        if (missing() > 0 || free_length() > length) items_ = before;
      }
    }
    return {items_, missing()};
  }

 private:
  bool runs_in_y(const Item& item) const { return geometry::is_vertical(edges_[item.edges[0]].side); }
  std::size_t missing() const {
    return static_cast<std::size_t>(std::ranges::count(items_, false, &Item::placed));
  }
  Interval room(std::size_t edge) const { return {edges_[edge].low, edges_[edge].high}; }

  void add(std::size_t g) {
    const auto& group = groups_[g];
    const Shape shape = shape_of(problem_, group);
    const bool bridged = group.link && problem_.links[*group.link].phy->bridged;
    const auto shared =
        group.link ? chunks(problem_, problem_.links[*group.link], apart(group), group.straight) : Chunks{};
    for (std::size_t m = 0; m < group.straight; ++m) {
      items_.push_back(
          {.group = g, .edges = {group.edge_a, group.edge_b}, .shape = shape, .room = *group.window});
      if (!bridged || shared.count == 0) continue;
      items_.back().bridge = bridges_ + chunk_of(shared, m, group.straight);
      items_.back().over = shared.over;
    }
    bridges_ += shared.count;
    for (std::size_t m = group.straight; m < group.modules; ++m) {
      items_.push_back({.group = g, .edges = {group.edge_a}, .shape = shape, .room = room(group.edge_a)});
      if (group.link)
        items_.push_back({.group = g, .edges = {group.edge_b}, .shape = shape, .room = room(group.edge_b)});
    }
  }

  Nanometre apart(const Group& group) const {
    return std::abs(edges_[group.edge_a].at - edges_[group.edge_b].at);
  }

  // Where the partners of a free item are, along its own edge's axis: on average as they stand, or the middle
  // of their edge.
  double partner(const Item& item, bool in_y) const {
    const auto& group = groups_[item.group];
    if (group.external) return middle(edges_[item.edges[0]], in_y);
    const std::size_t other = item.edges[0] == group.edge_a ? group.edge_b : group.edge_a;
    double sum = 0;
    std::size_t count = 0;
    for (const auto& candidate : items_) {
      if (candidate.group != item.group || candidate.edges.size() != 1 || candidate.edges[0] != other ||
          !candidate.placed)
        continue;
      sum += geometry::is_vertical(edges_[other].side) == in_y
                 ? static_cast<double>(candidate.position) + static_cast<double>(candidate.shape.width) / 2
                 : static_cast<double>(edges_[other].at);
      ++count;
    }
    return count > 0 ? sum / static_cast<double>(count) : middle(edges_[other], in_y);
  }

  void aim(bool in_y) {
    std::map<std::pair<std::size_t, std::vector<std::size_t>>, std::size_t> seen;
    for (auto& item : items_) {
      if (runs_in_y(item) != in_y) continue;
      const auto& group = groups_[item.group];
      const std::size_t k = seen[{item.group, item.edges}]++;
      const bool straight = item.edges.size() == 2;
      const std::size_t modules = straight ? group.straight : group.modules - group.straight;
      const auto shared = straight ? chunks(problem_, problem_.links[*group.link], apart(group), modules)
                                   : Chunks{.length = static_cast<Nanometre>(modules) * item.shape.width};
      item.anchor = straight ? static_cast<double>(item.room.low + item.room.high) / 2 : partner(item, in_y);
      // A bundle stands together, its middle opposite its partner's; bridges part it.
      item.target = static_cast<Nanometre>(std::llround(item.anchor)) - shared.length / 2 +
                    static_cast<Nanometre>(k) * item.shape.width +
                    static_cast<Nanometre>(chunk_of(shared, k, modules)) * shared.apart;
    }
  }

  std::vector<std::size_t> order(bool in_y, bool by_end) const {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < items_.size(); ++i) {
      if (runs_in_y(items_[i]) == in_y) found.push_back(i);
    }
    std::ranges::stable_sort(found, [&](std::size_t i, std::size_t j) {
      const auto &a = items_[i], &b = items_[j];
      if (by_end && a.room.high != b.room.high) return a.room.high < b.room.high;
      if (a.anchor != b.anchor) return a.anchor < b.anchor;
      if (a.group != b.group) return a.group < b.group;
      return a.target < b.target;
    });
    return found;
  }

  // Each edge by itself; what stands on two takes the mean.
  void pool(const std::vector<std::size_t>& order) {
    std::map<std::size_t, std::vector<std::size_t>> by_edge;
    for (const auto i : order) {
      for (const auto edge : items_[i].edges) by_edge[edge].push_back(i);
    }
    std::map<std::size_t, Nanometre> sums;
    for (const auto& [edge, members] : by_edge) {
      std::vector<Nanometre> targets, widths;
      for (const auto i : members)
        targets.push_back(items_[i].target), widths.push_back(items_[i].shape.width);
      const auto positions = nearest_positions(targets, widths, room(edge));
      for (std::size_t m = 0; m < members.size(); ++m) sums[members[m]] += positions[m];
    }
    for (const auto& [i, sum] : sums) items_[i].target = sum / static_cast<Nanometre>(items_[i].edges.size());
  }

  Nanometre clear_above(const Item& item, Nanometre from) const {
    for (Nanometre at = from;; from = at) {
      for (const auto edge : item.edges) at = edges_.next_free(edge, at, item.shape);
      if (at == from) return at;
    }
  }
  Nanometre clear_below(const Item& item, Nanometre from) const {
    for (Nanometre at = from;; from = at) {
      for (const auto edge : item.edges) at = edges_.last_free(edge, at, item.shape);
      if (at == from) return at;
    }
  }

  struct BridgeEnd {
    std::optional<std::size_t> bridge{};
    Nanometre end{};
  };

  // The greatest positions, by item; what does not fit from the upper end is left out of `order`.
  std::map<std::size_t, Nanometre> greatest(std::vector<std::size_t>& order) const {
    std::map<std::size_t, Nanometre> limits, frontier;
    std::map<std::size_t, BridgeEnd> bridges;
    std::vector<std::size_t> kept;
    for (auto i = order.rbegin(); i != order.rend(); ++i) {
      const auto& item = items_[*i];
      Nanometre end = item.room.high;
      for (const auto edge : item.edges) {
        end = std::min(end, frontier.emplace(edge, edges_[edge].high).first->second);
        const auto next = bridges.find(edge);
        if (item.bridge && next != bridges.end() && next->second.bridge != item.bridge) {
          end = std::min(end, next->second.end - problem_.bridges.gap - item.over);
        }
      }
      const Nanometre at = clear_below(item, end - item.shape.width);
      if (at < item.room.low) continue;
      for (const auto edge : item.edges) {
        frontier[edge] = at;
        if (item.bridge) bridges[edge] = {item.bridge, at - item.over};
      }
      limits[*i] = at;
      kept.push_back(*i);
    }
    order.assign(kept.rbegin(), kept.rend());
    return limits;
  }

  // In that order, all that find a place.
  std::size_t settle(std::vector<std::size_t> order) {
    const auto limits = greatest(order);
    std::map<std::size_t, Nanometre> frontier;
    std::map<std::size_t, BridgeEnd> bridges;
    for (const auto i : order) {
      auto& item = items_[i];
      Nanometre from = item.room.low;
      for (const auto edge : item.edges) {
        from = std::max(from, frontier.emplace(edge, edges_[edge].low).first->second);
        const auto last = bridges.find(edge);
        if (item.bridge && last != bridges.end() && last->second.bridge != item.bridge) {
          from = std::max(from, last->second.end + problem_.bridges.gap + item.over);
        }
      }
      const Nanometre wished = clear_above(item, std::max(from, item.target));
      item.position = std::min(wished, limits.at(i));
      item.placed = true;
      for (const auto edge : item.edges) {
        frontier[edge] = item.position + item.shape.width;
        if (item.bridge) bridges[edge] = {item.bridge, frontier[edge] + item.over};
      }
    }
    return order.size();
  }

  void sweep(bool in_y) {
    edges_.unblock();
    for (auto& item : items_) {
      if (runs_in_y(item) == in_y) {
        item.placed = false;
      } else if (item.placed) {
        for (const auto edge : item.edges)
          edges_.block(edges_[edge].die, edges_.rect(edge, item.position, item.shape));
      }
    }
    aim(in_y);
    auto by_partner = order(in_y, false);
    pool(by_partner);
    if (settle(by_partner) == by_partner.size()) return;
    const auto first = items_;
    for (const auto i : by_partner) items_[i].placed = false;
    const auto others = order(in_y, true);
    const auto placed = static_cast<std::size_t>(
        std::ranges::count_if(by_partner, [&](std::size_t i) { return first[i].placed; }));
    if (settle(others) <= placed) items_ = first;
  }

  // Of free modules, sorted along both of their edges; in doubled nanometres.
  double free_length() const {
    double sum = 0;
    for (const auto& item : items_) {
      if (item.edges.size() == 2 || groups_[item.group].external || !item.placed) continue;
      const bool in_y = runs_in_y(item);
      const double at = static_cast<double>(item.position) + static_cast<double>(item.shape.width) / 2;
      sum += std::abs(at - partner(item, in_y));
    }
    return sum;
  }

  Edges edges_;
  const Problem& problem_;
  const std::vector<Group>& groups_;
  std::vector<Item> items_{};
  std::size_t bridges_{};
};

Positions best_of_both(const Edges& edges, const Problem& problem, const std::vector<Group>& groups) {
  auto first = Placer{edges, problem, groups}.run(true);
  if (first.missing == 0) return first;
  auto second = Placer{edges, problem, groups}.run(false);
  return second.missing < first.missing ? second : first;
}

}  // namespace

Positions place_modules(const Problem& problem, const Edges& edges, std::vector<Group>& groups) {
  while (true) {
    auto positions = best_of_both(edges, problem, groups);
    // What need not be straight, and found no place so, may bend.
    bool bent = false;
    for (const auto& item : positions.items) {
      auto& group = groups[item.group];
      if (item.placed || item.edges.size() != 2 || group.must_face || group.straight == 0) continue;
      --group.straight;
      bent = true;
    }
    if (!bent) return positions;
  }
}

}  // namespace marquetry::placement
