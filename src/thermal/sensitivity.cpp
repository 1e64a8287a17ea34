#include "thermal/sensitivity.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "thermal/cell_slopes.h"

namespace marquetry::thermal {
namespace {

constexpr double percent = 0.01, per_mm = 1e-3;

double size(const Entry& entry) { return std::abs(entry.slope); }
double size(const Move& move) { return std::hypot(move.x, move.y); }

template <class T>
void sort(std::vector<T>& list) {
  std::ranges::stable_sort(
      list, [](const T& a, const T& b) { return size(a) != size(b) ? size(a) > size(b) : a.name < b.name; });
}

// Of a hundredth of a material's conductivities.
double along(const MaterialSlopes& slopes, const Material& m) {
  return percent * (slopes.along_x * m.along_x + slopes.along_y * m.along_y);
}
double across(const MaterialSlopes& slopes, const Material& m) { return percent * slopes.across * m.across; }

bool makes_heat(const Block& block) { return block.power > 0 || block.leakage.power > 0; }

struct Place {
  const Block* block{};
  std::size_t number{};  // through all layers
  bool heats{};
};

bool stand_together(const Block& a, const Block& b) {
  const auto die = [](const Block& block) {
    return std::string_view{block.name}.substr(0, block.name.find('/'));
  };
  const auto close = [](double p, double q) { return std::abs(p - q) <= 1e-9; };
  return die(a) == die(b) ||
         (close(a.x, b.x) && close(a.y, b.y) && close(a.width, b.width) && close(a.height, b.height));
}

std::vector<Move> moves(const Stack& stack, std::span<const Place> places, const Gradient& gradient) {
  std::vector<Move> out;
  std::vector<bool> taken(places.size());
  for (std::size_t first = 0; first < places.size(); ++first) {
    if (taken[first]) continue;
    std::vector<std::size_t> group{first};
    taken[first] = true;
    for (std::size_t g = 0; g < group.size(); ++g)
      for (std::size_t i = 0; i < places.size(); ++i)
        if (!taken[i] && stand_together(*places[group[g]].block, *places[i].block)) {
          taken[i] = true;
          group.push_back(i);
        }
    Move move;
    bool heats = false, fills = false;
    for (const auto i : group) {
      const auto& [block, number, can_heat] = places[i];
      if (can_heat && makes_heat(*block)) {
        if (!heats) {
          move.name = block->name;
          move.block = number;
        }
        heats = true;
      }
      fills = fills || block->width >= 0.999 * stack.width || block->height >= 0.999 * stack.height;
      move.x += per_mm * gradient.blocks[number].x;
      move.y += per_mm * gradient.blocks[number].y;
    }
    if (heats && !fills) out.push_back(std::move(move));
  }
  return out;
}

}  // namespace

Sensitivities sensitivities(const Stack& stack, const Gradient& gradient) {
  Sensitivities out{.figure = gradient.figure, .peak = gradient.peak};
  std::vector<Place> places;
  const auto layers = grid_layers(stack);
  for (std::size_t l = 0, number = 0; l < layers.size(); ++l) {
    const auto& layer = layers[l];
    const auto& slopes = gradient.layers[l];
    double by_along = along(slopes.material, layer.material),
           by_across = across(slopes.material, layer.material);
    for (const auto& block : layer.blocks) {
      const auto& its = gradient.blocks[number];
      if (block.material) {
        by_along += along(its.material, *block.material);
        by_across += across(its.material, *block.material);
      }
      if (layer.heats && makes_heat(block)) out.powers.push_back({block.name, its.power, number});
      places.push_back({&block, number++, layer.heats});
    }
    out.conductivities.push_back({layer.name + ", along", by_along});
    out.conductivities.push_back({layer.name + ", across", by_across});
    out.others.push_back({"thickness of " + layer.name, percent * slopes.thickness * layer.thickness});
    if (layer.contact > 0)
      out.others.push_back({"contact above " + layer.name, percent * slopes.contact * layer.contact});
  }
  if (stack.package)
    out.others.push_back(
        {"resistance of the cooling", percent * gradient.convection * stack.package->convection});
  else if (stack.top_transfer > 0)
    out.others.push_back({"transfer at the top", percent * gradient.top_transfer * stack.top_transfer});
  if (stack.bottom_transfer > 0)
    out.others.push_back(
        {"transfer at the bottom", percent * gradient.bottom_transfer * stack.bottom_transfer});
  out.ambient = gradient.ambient;
  out.moves = moves(stack, places, gradient);
  sort(out.powers);
  sort(out.moves);
  sort(out.conductivities);
  sort(out.others);
  return out;
}

}  // namespace marquetry::thermal
