// Rules on boxes: who takes whose space, what meets at a connection, what hangs together.
#include <algorithm>
#include <numeric>

#include "assembly/rules.h"

namespace marquetry::assembly {
namespace {

struct Box {
  Rect rect{};
  Span z{};
};

bool overlap(const Span& a, const Span& b) { return a.low < b.high && b.low < a.high; }

// What stands in a cavity of another is joined to it by a region of kind internal_ext that holds it.
bool stands_in(const Assembly& a, std::size_t first, std::size_t second, const Rect& common) {
  const auto is_of = [&](const RegionOf& r) { return r.instance == first || r.instance == second; };
  return std::ranges::any_of(a.connections, [&](const Connection& c) {
    if (!c.top || !c.bottom || !is_of(*c.top) || !is_of(*c.bottom) || c.top->instance == c.bottom->instance)
      return false;
    const auto holds = [&](const RegionOf& r) {
      return region_of(a, r).face == Face::internal_ext && geometry::contains(place_of(a, r), common);
    };
    return holds(*c.top) || holds(*c.bottom);
  });
}

std::string_view look(Facing facing) {
  return facing == Facing::up ? "looks up" : facing == Facing::down ? "looks down" : "lies inside";
}

// Faults of the connection; whether it holds its two instances together.
class Judge {
 public:
  Judge(const Assembly& assembly, std::vector<Fault>& facing, std::vector<Fault>& gap)
      : assembly_{assembly}, facing_{Rule::facing, facing}, gap_{Rule::gap, gap} {}

  bool holds(const Connection& c) {
    const auto& a = assembly_;
    const bool meets = geometry::overlap(place_of(a, *c.top), place_of(a, *c.bottom));
    if (!meets)
      facing_.add([&] { return text(c, "do not lie above each other"); },
                  "move one of the two instances, or take the connection out");
    const auto up = facing(a, *c.top), low = facing(a, *c.bottom);
    if (up == Facing::none || low == Facing::none) return touches(c) && meets;
    if (up != Facing::down || low != Facing::up) {
      facing_.add(
          [&] {
            return text(c, "do not face each other: the upper one " + std::string{look(up)} +
                               ", the lower one " + std::string{look(low)});
          },
          "the upper one must look down, the lower one up: turn an instance over, or swap top and bottom");
      return false;
    }
    return has_gap(c) && meets;
  }

 private:
  std::string text(const Connection& c, std::string_view what) const {
    return "connection '" + c.name + "': " + name_of(assembly_, *c.top) + " and " +
           name_of(assembly_, *c.bottom) + " " + std::string{what};
  }
  bool touches(const Connection& c) {
    const auto up = height(assembly_, *c.top), low = height(assembly_, *c.bottom);
    if (up.low <= low.high && low.low <= up.high) return true;
    gap_.add([&] { return text(c, "do not touch"); }, "a region inside must reach the height of the other");
    return false;
  }
  bool has_gap(const Connection& c) {
    const auto gap = height(assembly_, *c.top).low - height(assembly_, *c.bottom).high;
    if (gap == c.thickness.value_or(std::max<Units>(gap, 0))) return true;
    const auto p = assembly_.precision;
    gap_.add(
        [&] {
          return text(c, "are " + length_text(gap, p) + " apart, but its thickness is " +
                             length_text(c.thickness.value_or(0), p));
        },
        "make the thickness the gap in z exactly, or move an instance up or down");
    return false;
  }

  const Assembly& assembly_;
  Faults facing_, gap_;
};

void check_floating(const Assembly& a, Groups& groups, std::vector<Fault>& out) {
  std::vector<std::size_t> size(a.instances.size());
  for (std::size_t i = 0; i < size.size(); ++i) ++size[groups.of(i)];
  if (size.empty()) return;
  const auto main = static_cast<std::size_t>(std::ranges::max_element(size) - size.begin());
  Faults faults{Rule::floating, out};
  for (std::size_t i = 0; i < size.size(); ++i) {
    if (groups.of(i) != i || i == main) continue;
    faults.add(
        [&] {
          return "'" + a.instances[i].name + "'" +
                 (size[i] > 1 ? " and " + std::to_string(size[i] - 1) + " more" : std::string{}) +
                 " float: no connection that holds joins them to '" + a.instances[main].name + "'";
        },
        "join each instance to another by a connection whose regions meet");
  }
}

}  // namespace

void check_overlap(const Assembly& a, std::vector<Fault>& out) {
  Faults faults{Rule::overlap, out};
  std::vector<Box> boxes;
  for (const auto& instance : a.instances) boxes.push_back({outline(a, instance), height(a, instance)});
  std::vector<std::size_t> order(boxes.size());
  std::iota(order.begin(), order.end(), std::size_t{});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return boxes[i].rect.low.x; });
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (std::size_t j = i + 1; j < order.size(); ++j) {
      const auto first = std::min(order[i], order[j]), second = std::max(order[i], order[j]);
      const auto &p = boxes[first], &q = boxes[second];
      if (boxes[order[j]].rect.low.x >= boxes[order[i]].rect.high.x) break;
      if (!overlap(p.rect, q.rect) || !overlap(p.z, q.z)) continue;
      if (stands_in(a, first, second, geometry::common(p.rect, q.rect))) continue;
      faults.add(
          [&] {
            const auto common = geometry::common(p.rect, q.rect);
            return "'" + a.instances[first].name + "' and '" + a.instances[second].name + "' overlap by " +
                   micrometres(common.width(), a.precision) + " x " +
                   micrometres(common.height(), a.precision) + " x " +
                   micrometres(std::min(p.z.high, q.z.high) - std::max(p.z.low, q.z.low), a.precision) +
                   " um";
          },
          "move one of them; what stands in a cavity needs a connection to a region internal_ext");
    }
  }
}

void check_connections(const Assembly& a, std::vector<Fault>& out) {
  Groups groups{a.instances.size()};
  std::vector<Fault> facing, gap;
  {
    Judge judge{a, facing, gap};
    for (const auto& c : a.connections) {
      if (c.top && c.bottom && judge.holds(c)) groups.join(c.top->instance, c.bottom->instance);
    }
  }
  out.insert(out.end(), facing.begin(), facing.end());
  out.insert(out.end(), gap.begin(), gap.end());
  check_floating(a, groups, out);
}

}  // namespace marquetry::assembly
