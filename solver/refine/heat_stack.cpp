#include "refine/heat_stack.h"

#include <algorithm>
#include <cmath>

#include "power/power_map.h"
#include "thermal/placed.h"

namespace marquetry::refine {
namespace {

thermal::Stack stack_with(const layout::Problem& problem, const layout::Layout& layout,
                          const std::vector<double>& powers) {
  layout::Problem own = problem;
  std::vector<geometry::Rect> rects, bridges;
  for (std::size_t d = 0; d < powers.size(); ++d) {
    own.dies[d].power = powers[d];
    rects.push_back(layout::outline(layout, d));
  }
  for (const auto& bridge : layout.bridges) bridges.push_back(bridge.rect);
  return thermal::placed_stack(own, rects, layout.carrier, layout.package, bridges);
}

// Whether the block is the whole die and has the die's power alone: not a piece, nor the foot of a pile.
bool is_whole(const thermal::Block& block, const power::DieMap& map, double dynamic) {
  const auto same = [](double a, double b) { return std::abs(a - b) <= 1e-9 * std::max(1e-3, std::abs(a)); };
  return same(block.width, map.width) && same(block.height, map.height) && same(block.power, dynamic);
}

std::vector<thermal::Block> spots_of(const thermal::Block& die, const power::DieMap& map) {
  std::vector<thermal::Block> out;
  for (const auto& spot : map.spots) {
    auto block = die;
    block.name += ":" + std::to_string(out.size());
    block.x += spot.box.x;
    block.y += spot.box.y;
    block.width = spot.box.width;
    block.height = spot.box.height;
    block.power = spot.dynamic;
    block.leakage.power = spot.leakage;
    out.push_back(std::move(block));
  }
  return out;
}

// The blocks of a layer that heats, with spots where they say more.
void cut_up(const layout::Problem& problem, const std::vector<power::DieMap>& maps,
            const thermal::Layer& cold, HeatStack& out, thermal::Layer& layer,
            std::vector<bool>& is_circuit) {
  std::vector<thermal::Block> blocks;
  for (std::size_t b = 0; b < layer.blocks.size(); ++b) {
    auto& block = layer.blocks[b];
    const bool heats = block.part && block.name == problem.dies[*block.part].name;
    if (!heats) {
      blocks.push_back(std::move(block));
      is_circuit.push_back(false);
      continue;
    }
    const auto d = *block.part;
    const double leakage = cold.blocks[b].power;
    if (leakage > 0)
      block.leakage = {.power = leakage, .slope = out.slope[d], .reference = power::leakage_reference};
    const bool alone = is_whole(block, maps[d], out.dynamic[d]);
    auto spots = alone && maps[d].spots.size() > 1 ? spots_of(block, maps[d]) : std::vector{block};
    is_circuit.insert(is_circuit.end(), spots.size(), true);
    std::ranges::move(spots, std::back_inserter(blocks));
  }
  layer.blocks = std::move(blocks);
}

}  // namespace

HeatStack heat_stack(const Prepared& prepared, const Choice& choice, const System<double>& system,
                     const Evaluation<double>& powers, const layout::Problem& problem,
                     const layout::Layout& layout) {
  const auto maps = power::power_maps(*prepared.library, *prepared.design, choice, system, powers.die_powers,
                                      powers.power, problem, layout);
  HeatStack out;
  for (const auto& map : maps) {
    double dynamic = 0, leakage = 0;
    for (const auto& spot : map.spots) {
      dynamic += spot.dynamic;
      leakage += spot.leakage;
    }
    out.dynamic.push_back(dynamic);
    out.leakage.push_back(leakage);
    out.slope.push_back(map.slope);
  }
  out.stack = stack_with(problem, layout, out.dynamic);
  const auto leaking = stack_with(problem, layout, out.leakage);  // the same blocks
  for (std::size_t l = 0; l < out.stack.layers.size(); ++l) {
    auto& layer = out.stack.layers[l];
    auto& is_circuit = out.is_circuit.emplace_back();
    if (layer.heats) {
      cut_up(problem, maps, leaking.layers[l], out, layer, is_circuit);
    } else {
      is_circuit.resize(layer.blocks.size());
    }
  }
  return out;
}

}  // namespace marquetry::refine
