// The flow: of each link its modules' width in all, from the edges of one die to those of the other, at the
// distance of the two edges, within what the edges hold (the transport program of layout, whose clumps are
// edges here). It may split a module between two pairs of edges; whole ones are rounded down, what is left
// takes the cheapest pair that still has room.
#include "placement/pin_sides.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "layout/text.h"
#include "layout/transport.h"
#include "placement/bridges.h"

namespace marquetry::placement {
namespace {

using layout::Layout;
using layout::Problem;

class Assigner {
 public:
  Assigner(const Problem& problem, const Layout& layout, const Edges& edges, std::vector<Shortage>& shortages)
      : problem_{problem},
        layout_{layout},
        edges_{edges},
        shortages_{shortages},
        on_edge_(4 * problem.dies.size()) {}

  std::vector<Group> run() {
    for (std::size_t l = 0; l < problem_.links.size(); ++l) {
      if (problem_.links[l].phy) links_.push_back(l);
    }
    for (const auto l : links_) choices_.push_back(side_choice(problem_, layout_, edges_, problem_.links[l]));
    counts_.resize(links_.size());
    const auto flows = flow();
    for (const auto i : strictest_first()) take(i, flows.empty() ? Costs{} : flows[i]);
    for (const auto i : strictest_first()) improve(i);
    collect();
    for (std::size_t e = 0; e < problem_.externals.size(); ++e) external(e);
    return std::move(groups_);
  }

 private:
  const layout::Phy& phy(std::size_t i) const { return *problem_.links[links_[i]].phy; }
  Shape shape(std::size_t i) const { return {phy(i).width, phy(i).depth}; }
  std::pair<std::size_t, std::size_t> edges_of(std::size_t i, std::size_t j) const {
    const auto& link = problem_.links[links_[i]];
    return {Edges::index(link.a, geometry::sides[j / 4]), Edges::index(link.b, geometry::sides[j % 4])};
  }

  // Of modules that face, with what bridges need between them.
  Nanometre run_length(std::size_t i, std::size_t j, std::size_t modules) const {
    const auto [a, b] = edges_of(i, j);
    return chunks(problem_, problem_.links[links_[i]], std::abs(edges_[a].at - edges_[b].at), modules).length;
  }

  // Modules, by link and pair of edges, not yet whole; empty where all edges together cannot hold them.
  std::vector<Costs> flow() const {
    std::vector<layout::ClumpCapacities> room(problem_.dies.size());
    for (std::size_t d = 0; d < room.size(); ++d) {
      for (const Side side : geometry::sides) {
        const auto& e = edges_[Edges::index(d, side)];
        room[d][geometry::index(side)] = static_cast<double>(std::max<Nanometre>(0, e.high - e.low));
      }
    }
    std::vector<layout::Bundle> bundles;
    std::vector<Costs> lengths;
    for (std::size_t i = 0; i < links_.size(); ++i) {
      const auto& link = problem_.links[links_[i]];
      const auto width = static_cast<double>(phy(i).width);
      bundles.push_back({link.a, link.b, width * static_cast<double>(phy(i).modules)});
      lengths.push_back(choices_[i].costs);
      for (auto& length : lengths.back()) length *= std::max(1.0, phy(i).wires) / width;
    }
    layout::Transport transport{std::move(room), std::move(bundles)};
    if (links_.empty() || !transport.cost(lengths)) return {};
    std::vector<Costs> flows;
    for (std::size_t i = 0; i < links_.size(); ++i) {
      flows.push_back(transport.flow(i));
      for (auto& flow : flows.back()) flow /= static_cast<double>(phy(i).width);
    }
    return flows;
  }

  std::vector<std::size_t> strictest_first() const {
    std::vector<std::size_t> order(links_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto freedom = [&](std::size_t i) {
      return std::ranges::count_if(choices_[i].costs, [](double c) { return c < forbidden; });
    };
    std::ranges::stable_sort(order, {}, freedom);
    return order;
  }

  bool fits(std::size_t i, std::size_t j) const {
    if (choices_[i].costs[j] >= forbidden) return false;
    if (must_face(problem_, problem_.links[links_[i]])) {
      const auto& window = choices_[i].windows[j];
      if (window->length() < run_length(i, j, counts_[i][j] + 1)) return false;
    }
    const auto [a, b] = edges_of(i, j);
    for (const auto edge : {a, b}) {
      auto with = on_edge_[edge];
      with.push_back(shape(i));
      if (!edges_.fit(edge, std::move(with))) return false;
    }
    return true;
  }

  void put(std::size_t i, std::size_t j) {
    ++counts_[i][j];
    const auto [a, b] = edges_of(i, j);
    on_edge_[a].push_back(shape(i));
    on_edge_[b].push_back(shape(i));
  }
  void withdraw(std::size_t i, std::size_t j) {
    --counts_[i][j];
    const auto [a, b] = edges_of(i, j);
    for (const auto edge : {a, b}) {
      auto& shapes = on_edge_[edge];
      shapes.erase(std::ranges::find_if(
          shapes, [&](Shape s) { return s.width == phy(i).width && s.depth == phy(i).depth; }));
    }
  }

  std::optional<std::size_t> cheapest(std::size_t i) const {
    std::optional<std::size_t> best;
    for (std::size_t j = 0; j < 16; ++j) {
      if ((!best || choices_[i].costs[j] < choices_[i].costs[*best]) && fits(i, j)) best = j;
    }
    return best;
  }

  void take(std::size_t i, const Costs& flow) {
    std::size_t left = phy(i).modules;
    for (std::size_t j = 0; j < 16; ++j) {
      const double whole = std::floor(flow[j] + 1e-6);
      for (double m = 0; m < whole && left > 0 && fits(i, j); ++m, --left) put(i, j);
    }
    for (; left > 0; --left) {
      const auto j = cheapest(i);
      if (!j) break;
      put(i, *j);
    }
    if (left > 0) short_of(i, left);
  }

  // Rounding may have left a cheaper place: each module is offered one.
  void improve(std::size_t i) {
    for (std::size_t j = 0; j < 16; ++j) {
      for (std::size_t m = counts_[i][j]; m > 0; --m) {
        withdraw(i, j);
        const auto to = cheapest(i).value_or(j);
        const bool better = choices_[i].costs[to] < choices_[i].costs[j];
        put(i, better ? to : j);
        if (!better) break;
      }
    }
  }

  void short_of(std::size_t i, std::size_t modules) {
    const auto& link = problem_.links[links_[i]];
    Shortage shortage{
        .die = link.a, .link = links_[i], .missing = phy(i).width * static_cast<Nanometre>(modules)};
    if (std::ranges::all_of(choices_[i].costs, [](double c) { return c >= forbidden; })) {
      shortage.message = fmt::format("{} and {} do not stand so that '{}' can face: {} modules of {}",
                                     layout::quoted(problem_, link.a), layout::quoted(problem_, link.b),
                                     link.name, modules, layout::length_text(phy(i).width));
      shortages_.push_back(std::move(shortage));
      return;
    }
    const auto has_room = [&](std::size_t die, const std::optional<Side>& fixed) {
      return std::ranges::any_of(geometry::sides, [&](Side side) {
        if (!allowed(layout_, die, fixed, side)) return false;
        auto with = on_edge_[Edges::index(die, side)];
        with.push_back(shape(i));
        return edges_.fit(Edges::index(die, side), std::move(with));
      });
    };
    const bool at_a = !has_room(link.a, link.phy->side_a),
               at_b = !at_a && !has_room(link.b, link.phy->side_b);
    shortage.die = at_b ? link.b : link.a;
    const auto& fixed = at_b ? link.phy->side_b : link.phy->side_a;
    if (fixed) shortage.side = geometry::turned(*fixed, layout_.dies[shortage.die].rotation);
    const auto die = layout::quoted(problem_, shortage.die);
    constexpr std::array names{"bottom", "right", "top", "left"};
    shortage.message = fmt::format(
        "{} no room for {} modules of '{}'{}: {} are missing",
        shortage.side ? fmt::format("the {} edge of {} has", names[geometry::index(*shortage.side)], die)
                      : fmt::format("the edges of {} have", die),
        modules, link.name,
        at_a || at_b ? "" : fmt::format(" that look at {}", layout::quoted(problem_, link.b)),
        layout::length_text(shortage.missing));
    shortages_.push_back(std::move(shortage));
  }

  void collect() {
    for (std::size_t i = 0; i < links_.size(); ++i) {
      for (std::size_t j = 0; j < 16; ++j) {
        if (counts_[i][j] == 0) continue;
        const auto [a, b] = edges_of(i, j);
        Group group{.link = links_[i],
                    .edge_a = a,
                    .edge_b = b,
                    .modules = counts_[i][j],
                    .window = choices_[i].windows[j],
                    .must_face = must_face(problem_, problem_.links[links_[i]])};
        while (group.window && group.straight < group.modules &&
               run_length(i, j, group.straight + 1) <= group.window->length()) {
          ++group.straight;
        }
        groups_.push_back(group);
      }
    }
  }

  // How far it is to the edge of the carrier, with dies in front as detours.
  double outwards(std::size_t edge) const {
    const auto& e = edges_[edge];
    const Rect& all = layout_.carrier;
    const Rect own = segment(e);
    const Rect front = e.side == Side::bottom  ? Rect{{own.low.x, all.low.y}, own.high}
                       : e.side == Side::right ? Rect{own.low, {all.high.x, own.high.y}}
                       : e.side == Side::top   ? Rect{own.low, {own.high.x, all.high.y}}
                                               : Rect{{all.low.x, own.low.y}, own.high};
    double cost = static_cast<double>(geometry::is_vertical(e.side) ? front.width() : front.height());
    for (std::size_t d = 0; d < layout_.dies.size(); ++d) {
      if (d != e.die && !on_top_of_each_other(problem_, d, e.die) &&
          geometry::overlap(front, layout::outline(layout_, d)))
        cost += too_long;
    }
    return cost;
  }

  void external(std::size_t index) {
    const auto& phy = problem_.externals[index];
    std::array<std::size_t, 4> order{};
    std::array<double, 4> costs{};
    for (std::size_t s = 0; s < 4; ++s) {
      order[s] = s;
      costs[s] = outwards(4 * phy.die + s);
    }
    std::ranges::stable_sort(order, {}, [&](std::size_t s) { return costs[s]; });
    std::size_t left = phy.modules;
    for (const auto s : order) {
      Group group{.external = index, .edge_a = 4 * phy.die + s};
      for (; left > 0; --left, ++group.modules) {
        auto with = on_edge_[group.edge_a];
        with.push_back({phy.width, phy.depth});
        if (!edges_.fit(group.edge_a, with)) break;
        on_edge_[group.edge_a] = std::move(with);
      }
      if (group.modules > 0) groups_.push_back(group);
    }
    if (left == 0) return;
    const Nanometre missing = phy.width * static_cast<Nanometre>(left);
    shortages_.push_back(
        {.die = phy.die,
         .external = index,
         .missing = missing,
         .message =
             fmt::format("the edges of {} have no room for {} modules of '{}': {} are missing",
                         layout::quoted(problem_, phy.die), left, phy.name, layout::length_text(missing))});
  }

  const Problem& problem_;
  const Layout& layout_;
  const Edges& edges_;
  std::vector<Shortage>& shortages_;
  std::vector<std::vector<Shape>> on_edge_{};
  std::vector<std::size_t> links_{};
  std::vector<Choice> choices_{};
  std::vector<std::array<std::size_t, 16>> counts_{};
  std::vector<Group> groups_{};
};

}  // namespace

Shape shape_of(const Problem& problem, const Group& group) {
  if (group.external)
    return {problem.externals[*group.external].width, problem.externals[*group.external].depth};
  const auto& phy = *problem.links[*group.link].phy;
  return {phy.width, phy.depth};
}

std::vector<Group> assign_sides(const Problem& problem, const Layout& layout, const Edges& edges,
                                std::vector<Shortage>& shortages) {
  return Assigner{problem, layout, edges, shortages}.run();
}

}  // namespace marquetry::placement
