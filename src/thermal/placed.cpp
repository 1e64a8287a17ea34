#include "thermal/placed.h"

#include <algorithm>
#include <array>

namespace marquetry::thermal {
namespace {

using geometry::Rect;
using layout::Extent;

constexpr double metre = 1e9;  // in nanometres
constexpr double freezing = 273.15;

// What is left of a rectangle without others, as rectangles.
std::vector<Rect> without(const Rect& whole, std::span<const Rect> holes) {
  std::vector<Rect> rest{whole}, next;
  for (const auto& hole : holes) {
    next.clear();
    for (const auto& r : rest) {
      if (!overlap(r, hole)) {
        next.push_back(r);
        continue;
      }
      const auto c = common(r, hole);
      const std::array around{Rect{r.low, {r.high.x, c.low.y}}, Rect{{r.low.x, c.high.y}, r.high},
                              Rect{{r.low.x, c.low.y}, {c.low.x, c.high.y}},
                              Rect{{c.high.x, c.low.y}, {r.high.x, c.high.y}}};
      for (const auto& piece : around) {
        if (piece.width() > 0 && piece.height() > 0) next.push_back(piece);
      }
    }
    rest.swap(next);
  }
  return rest;
}

struct Cutting {
  const layout::Problem& problem;
  std::span<const Rect> rects;
  Rect footprint{};
  std::vector<std::size_t> depth{};         // by die: how many it stands on
  std::vector<std::vector<Rect>> ground{};  // by die: what it has of its rectangle
  std::vector<std::vector<std::size_t>>
      grounds{};  // by die: those that it gives its heat to, having no ground

  Block block(const Rect& r, std::string name) const {
    return {.name = std::move(name),
            .x = static_cast<double>(r.low.x - footprint.low.x) / metre,
            .y = static_cast<double>(r.low.y - footprint.low.y) / metre,
            .width = static_cast<double>(r.width()) / metre,
            .height = static_cast<double>(r.height()) / metre};
  }
};

void find_depths(Cutting& c) {
  for (std::size_t d = 0; d < c.rects.size(); ++d) {
    std::size_t depth = 0;
    for (auto on = c.problem.dies[d].on; on; on = c.problem.dies[*on].on) ++depth;
    c.depth.push_back(depth);
  }
}

void share_ground(Cutting& c) {
  c.grounds.resize(c.rects.size());
  for (std::size_t d = 0; d < c.rects.size(); ++d) {
    std::vector<Rect> earlier;
    for (std::size_t e = 0; e < d; ++e) {
      if (c.depth[e] != c.depth[d] || !overlap(c.rects[e], c.rects[d])) continue;
      earlier.push_back(c.rects[e]);
      c.grounds[d].push_back(e);
    }
    c.ground.push_back(without(c.rects[d], earlier));
    if (!c.ground.back().empty()) c.grounds[d].clear();
  }
}

// By die: what it heats its own layer with. Those whose level has no layer that heats warm the one below.
std::vector<double> powers_by_level(const Cutting& c) {
  std::vector<bool> heated;
  for (const auto& layer : c.problem.section->layers) {
    if (!layer.heats || layer.extent != Extent::dies) continue;
    heated.resize(std::max(heated.size(), layer.level + 1));
    heated[layer.level] = true;
  }
  std::vector<double> powers(c.rects.size());
  for (std::size_t d = 0; d < powers.size(); ++d) {
    std::size_t at = d;
    while (c.problem.dies[at].on && (c.depth[at] >= heated.size() || !heated[c.depth[at]])) {
      at = *c.problem.dies[at].on;
    }
    while (!c.grounds[at].empty()) at = c.grounds[at].front();
    powers[at] += c.problem.dies[d].power;
  }
  return powers;
}

const Material& material_of(const layout::SectionLayer& layer, const layout::Die& die) {
  return layer.bodies && die.body ? *die.body : layer.material;
}

void add_die(const Cutting& c, const layout::SectionLayer& from, std::size_t d, double power, Layer& to) {
  const auto& die = c.problem.dies[d];
  double area = 0;
  for (const auto& piece : c.ground[d]) area += geometry::area(piece);
  for (const auto& piece : c.ground[d]) {
    auto block = c.block(piece, from.heats ? die.name : die.name + "/" + from.name);
    block.part = d;
    block.material = material_of(from, die);
    if (from.heats) {
      block.power = power * geometry::area(piece) / area;
      if (die.temperature_limit > 0) block.limit = die.temperature_limit + freezing;
      if (die.throttle > 0) block.throttle = die.throttle + freezing;
    }
    to.blocks.push_back(std::move(block));
  }
}

// Over the dies of the carrier, where no die of the level stands.
void add_supports(const Cutting& c, const layout::SectionLayer& from, Layer& to) {
  std::vector<Rect> taken;
  for (std::size_t d = 0; d < c.rects.size(); ++d) {
    if (c.depth[d] == from.level) taken.push_back(c.rects[d]);
  }
  for (std::size_t d = 0; d < c.rects.size(); ++d) {
    if (c.depth[d] != 0) continue;
    const auto& die = c.problem.dies[d];
    for (const auto& ground : c.ground[d]) {
      for (const auto& piece : without(ground, taken)) {
        auto block = c.block(piece, die.name + "/" + from.name);
        block.part = d;
        block.material = die.body ? *die.body : *from.support;
        to.blocks.push_back(std::move(block));
      }
    }
  }
}

Layer cut_out(const Cutting& c, const layout::SectionLayer& from, const Rect& carrier,
              std::span<const Rect> bridges, std::span<const double> powers) {
  const bool reaches_on =
      from.extent == Extent::package || (from.extent == Extent::carrier && carrier == c.footprint);
  Layer layer{.name = from.name,
              .thickness = from.thickness,
              .material = reaches_on ? from.material : from.filler,
              .heats = from.heats,
              .contact = from.contact};
  std::vector<Rect> embedded;
  for (std::size_t b = 0; from.bridge && b < bridges.size(); ++b) {
    for (const auto& piece : without(bridges[b], embedded)) {
      layer.blocks.push_back(c.block(piece, "bridge[" + std::to_string(b) + "]"));
      layer.blocks.back().material = from.bridge;
    }
    embedded.push_back(bridges[b]);
  }
  if (from.extent == Extent::carrier && !reaches_on) {
    for (const auto& piece : without(carrier, embedded)) {
      layer.blocks.push_back(c.block(piece, "carrier/" + from.name));
      layer.blocks.back().material = from.material;
    }
  }
  if (from.extent != Extent::dies) return layer;
  for (std::size_t d = 0; d < c.rects.size(); ++d) {
    if (c.depth[d] == from.level) add_die(c, from, d, powers[d], layer);
  }
  if (from.level > 0 && from.support) add_supports(c, from, layer);
  return layer;
}

}  // namespace

Stack placed_stack(const layout::Problem& problem, std::span<const Rect> rects, const Rect& carrier,
                   const Rect& package, std::span<const Rect> bridges) {
  const auto& section = *problem.section;
  const bool whole =
      std::ranges::any_of(section.layers, [](const auto& l) { return l.extent == Extent::package; });
  Cutting c{.problem = problem, .rects = rects, .footprint = whole ? hull(package, carrier) : carrier};
  for (const auto& r : rects) c.footprint = hull(c.footprint, r);
  find_depths(c);
  share_ground(c);
  const auto powers = powers_by_level(c);

  Stack stack{.name = problem.name,
              .width = static_cast<double>(c.footprint.width()) / metre,
              .height = static_cast<double>(c.footprint.height()) / metre,
              .package = section.package,
              .top_transfer = section.top_transfer,
              .bottom_transfer = section.bottom_transfer,
              .ambient = problem.ambient + freezing};
  if (stack.package) {
    auto& [spreader, sink, convection, capacity] = *stack.package;
    spreader.side = std::max({spreader.side, stack.width, stack.height});
    sink.side = std::max(sink.side, spreader.side);
  }
  for (const auto& from : section.layers) stack.layers.push_back(cut_out(c, from, carrier, bridges, powers));
  return stack;
}

}  // namespace marquetry::thermal
