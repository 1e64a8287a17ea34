#include "thermal/cells.h"

#include <algorithm>
#include <cmath>

namespace marquetry::thermal {
namespace {

constexpr double k_reference = 300;  // K at which conductivities stand in tables

bool same(const Material& a, const Material& b) {
  return a.along_x == b.along_x && a.along_y == b.along_y && a.across == b.across &&
         a.capacity == b.capacity && a.exponent == b.exponent;
}

bool falls(const Material& material) { return material.exponent != 0; }

}  // namespace

bool conductivities_fall(const Stack& stack, const Settings& settings) {
  if (settings.model != Model::physical) return false;
  if (stack.package && (falls(stack.package->spreader.material) || falls(stack.package->sink.material)))
    return true;
  return std::ranges::any_of(stack.layers, [](const Layer& layer) {
    return falls(layer.material) || std::ranges::any_of(layer.blocks, [](const Block& block) {
             return block.material && falls(*block.material);
           });
  });
}

double falling(const Material& material, double temperature) {
  return material.exponent == 0 ? 1 : std::pow(temperature / k_reference, -material.exponent);
}

bool even(const Layer& layer, std::span<const double> temperatures) {
  return (layer.material.exponent == 0 || temperatures.empty()) &&
         std::ranges::none_of(layer.blocks, [&](const Block& block) {
           return block.material && !same(*block.material, layer.material);
         });
}

CellMaterials mixed(const Layer& layer, std::span<const Cover> covers, std::size_t cells,
                    std::span<const double> temperatures) {
  CellMaterials out{cells, layer.material};
  const auto& own = layer.material;
  const bool own_falls = own.exponent != 0 && !temperatures.empty();
  if (own_falls)
    for (std::size_t i = 0; i < cells; ++i) {
      const double factor = falling(own, temperatures[i]);
      out.x[i] *= factor;
      out.y[i] *= factor;
      out.z[i] *= factor;
    }
  for (std::size_t b = 0; b < layer.blocks.size(); ++b) {
    if (!layer.blocks[b].material || same(*layer.blocks[b].material, own)) continue;
    const auto& its = *layer.blocks[b].material;
    const bool falls = !temperatures.empty() && (its.exponent != 0 || own_falls);
    for (const auto& [cell, share] : covers[b].shares) {
      const double factor = falls ? falling(its, temperatures[cell]) : 1;
      const double own_factor = falls ? falling(own, temperatures[cell]) : 1;
      out.x[cell] += share * (factor * its.along_x - own_factor * own.along_x);
      out.y[cell] += share * (factor * its.along_y - own_factor * own.along_y);
      out.z[cell] += share * (factor * its.across - own_factor * own.across);
      out.capacity[cell] += share * (its.capacity - own.capacity);
    }
  }
  return out;
}

}  // namespace marquetry::thermal
