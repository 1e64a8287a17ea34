// Fewer nets of the same wire, so that the program of a floorplan has fewer columns.
#include <algorithm>
#include <map>
#include <tuple>

#include "floorplan/bound.h"
#include "floorplan/exact_model.h"

namespace marquetry::floorplan::exact {

std::vector<Net> reduced(const Problem& problem) {
  using Key = std::tuple<std::int32_t, Nanometre, Nanometre, bool>;
  std::map<std::vector<Key>, double> merged;
  for (const auto& net : problem.nets) {
    std::vector<Key> pins;
    for (const auto& pin : net.pins) {
      const bool centre = is_centre(problem, pin);
      pins.emplace_back(pin.block, centre ? 0 : pin.at.x, centre ? 0 : pin.at.y, centre);
    }
    std::ranges::sort(pins);
    pins.erase(std::unique(pins.begin(), pins.end()), pins.end());
    if (pins.size() < 2 || net.weight == 0) continue;
    if (pins.size() != 3) {
      merged[pins] += net.weight;
      continue;
    }
    // In one dimension the three distances add up to twice the span.
    for (std::size_t left = 0; left < 3; ++left) {
      auto two = pins;
      two.erase(two.begin() + static_cast<std::ptrdiff_t>(left));
      merged[two] += net.weight / 2;
    }
  }
  std::vector<Net> nets;
  for (const auto& [pins, weight] : merged) {
    auto& net = nets.emplace_back(Net{{}, weight});
    for (const auto& [block, x, y, centre] : pins) net.pins.push_back({block, {x, y}, centre});
  }
  return nets;
}

}  // namespace marquetry::floorplan::exact
