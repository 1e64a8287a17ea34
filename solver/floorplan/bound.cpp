// Wire: two bounds are mixed net by net, since each net's weight may be split between them. One forgets that
// blocks do not overlap, but knows where fixed points are (a flow for x and one for y); the other knows only
// that the blocks of a net keep apart. The split is improved by steps along the subgradient: Fisher,
// Management Science 27(1), 1981.
#include "floorplan/bound.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>

#include "floorplan/bound_flow.h"
#include "floorplan/exact_symmetry.h"

namespace marquetry::floorplan {
namespace {

constexpr double safety = 1 - 1e-12;  // sums of rounded terms

bool is_allowed(const Block& block, Rotation r) {
  if (block.fixed) return block.fixed->rotation == r;
  return ((block.rotations >> static_cast<int>(r)) & 1) != 0;
}

// Of all shapes of a block.
double shortest_side(const Block& block) {
  if (!block.soft) return static_cast<double>(std::min(block.size.width, block.size.height));
  const double steepest = std::max(block.soft->largest_aspect, 1 / std::max(block.soft->least_aspect, 1e-9));
  return std::sqrt(block.soft->area / std::max(1.0, steepest));
}

double least_extent(const Block& block, std::size_t axis) {
  if (block.soft) return shortest_side(block);
  double least = std::numeric_limits<double>::infinity();
  for (const auto r : geometry::rotations) {
    const Size s = geometry::turned(block.size, r);
    if (is_allowed(block, r)) least = std::min(least, static_cast<double>(axis == 0 ? s.width : s.height));
  }
  return std::isfinite(least) ? least : 0;
}

// From a pin to the nearest side of its block: it is the centre of a square of twice this that nobody enters.
double depth(const Problem& problem, const Pin& pin) {
  const auto& block = problem.blocks[static_cast<std::size_t>(pin.block)];
  if (exact::is_centre(problem, pin)) return shortest_side(block) / 2;
  if (block.soft) return 0;
  const auto least =
      std::min({pin.at.x, pin.at.y, block.size.width - pin.at.x, block.size.height - pin.at.y});
  return static_cast<double>(least);  // below 0 outside the block
}

// A net and its bounds; pins that occur twice and nets that are alike are merged.
struct Bundle {
  std::vector<Pin> pins{};
  double weight{};
  double apart{};  // the least half-perimeter, since blocks do not overlap
  double share{};  // of the weight that is bounded so
};

std::vector<Bundle> bundles_of(const Problem& problem) {
  using Key = std::tuple<std::int32_t, Nanometre, Nanometre, bool>;
  std::map<std::vector<Key>, double> merged;
  for (const auto& net : problem.nets) {
    std::vector<Key> pins;
    for (const auto& pin : net.pins) {
      const bool centre = exact::is_centre(problem, pin);
      pins.emplace_back(pin.block, centre ? 0 : pin.at.x, centre ? 0 : pin.at.y, centre);
    }
    std::ranges::sort(pins);
    pins.erase(std::unique(pins.begin(), pins.end()), pins.end());
    if (pins.size() > 1 && net.weight > 0) merged[pins] += net.weight;
  }
  std::vector<Bundle> bundles;
  for (const auto& [key, weight] : merged) {
    auto& bundle = bundles.emplace_back(Bundle{{}, weight, 0, 0});
    for (const auto& [block, x, y, centre] : key) bundle.pins.push_back({block, {x, y}, centre});
    bundle.apart = least_half_perimeter(problem, bundle.pins);
  }
  return bundles;
}

// Where a pin can be from its block's centre along an axis, in half nanometres.
std::pair<std::int64_t, std::int64_t> offsets(const Problem& problem, const Pin& pin, std::size_t axis) {
  if (exact::is_centre(problem, pin)) return {0, 0};
  const auto& block = problem.blocks[static_cast<std::size_t>(pin.block)];
  if (block.soft) {
    const auto far = static_cast<std::int64_t>(2 * block.soft->area / shortest_side(block)) + 2;
    return {-far, far};
  }
  std::pair<std::int64_t, std::int64_t> range{std::numeric_limits<std::int64_t>::max(),
                                              std::numeric_limits<std::int64_t>::min()};
  for (const auto r : geometry::rotations) {
    if (!is_allowed(block, r)) continue;
    const Point at = geometry::turned(pin.at, block.size, r);
    const Size s = geometry::turned(block.size, r);
    const std::int64_t here = axis == 0 ? 2 * at.x - s.width : 2 * at.y - s.height;
    range = {std::min(range.first, here), std::max(range.second, here)};
  }
  return range.first > range.second ? std::pair<std::int64_t, std::int64_t>{0, 0} : range;
}

// Nodes: 0 the origin, then the centres of blocks, then the low and the high end of each bundle's span.
struct Network {
  std::vector<Arc> arcs{};
  std::vector<double> demand{};
  std::vector<std::size_t> tree{};
  std::vector<std::size_t> low{};  // node of each bundle's low end; the high one follows; 0: left out
};

Network network_of(const Problem& problem, const std::vector<Bundle>& bundles, std::size_t axis) {
  constexpr std::int64_t nowhere = std::int64_t{1} << 50;  // half nanometres: 500 km
  Network n;
  const auto coordinate = [&](Point p) { return 2 * (axis == 0 ? p.x : p.y); };
  n.demand.assign(1 + problem.blocks.size(), 0);
  n.tree.assign(1, 0);
  for (std::size_t b = 0; b < problem.blocks.size(); ++b) {
    const auto& block = problem.blocks[b];
    auto least = static_cast<std::int64_t>(least_extent(block, axis));  // the centre, in half nanometres
    auto most = nowhere;
    if (problem.outline) most = 2 * (axis == 0 ? problem.outline->width : problem.outline->height) - least;
    if (block.fixed && !block.soft) {
      const auto rect = geometry::outline(*block.fixed, block.size);
      least = most = axis == 0 ? rect.low.x + rect.high.x : rect.low.y + rect.high.y;
    }
    n.tree.push_back(n.arcs.size());
    n.arcs.push_back({0, b + 1, least});
    n.arcs.push_back({b + 1, 0, -most});
  }
  for (const auto& bundle : bundles) {
    const double weight = bundle.weight * (1 - bundle.share);
    n.low.push_back(weight > 0 ? n.demand.size() : 0);
    if (weight <= 0) continue;
    const std::size_t low = n.demand.size(), high = low + 1;
    n.demand.insert(n.demand.end(), {-weight, weight});
    for (std::size_t p = 0; p < bundle.pins.size(); ++p) {
      const auto& pin = bundle.pins[p];
      if (p == 0) n.tree.insert(n.tree.end(), {n.arcs.size(), n.arcs.size() + 1});
      if (pin.block < 0) {
        n.arcs.push_back({low, 0, -coordinate(pin.at)});
        n.arcs.push_back({0, high, coordinate(pin.at)});
      } else {
        const auto [least, most] = offsets(problem, pin, axis);
        n.arcs.push_back({low, static_cast<std::size_t>(pin.block) + 1, -most});
        n.arcs.push_back({static_cast<std::size_t>(pin.block) + 1, high, least});
      }
    }
  }
  return n;
}

// The bound with the shares as they are; `length` becomes the half-perimeters without overlap in mind.
double mixed_bound(const Problem& problem, const std::vector<Bundle>& bundles, std::vector<double>& length) {
  double sum = 0;
  std::ranges::fill(length, 0.0);
  for (const auto& b : bundles) sum += b.share * b.weight * b.apart;
  for (std::size_t axis = 0; axis < 2; ++axis) {
    auto network = network_of(problem, bundles, axis);
    const std::size_t enough = 40 * network.demand.size() + 1000;
    Flow flow{std::move(network.arcs), std::move(network.demand), network.tree};
    flow.improve(enough);
    sum += flow.gain() / 2;
    for (std::size_t e = 0; e < bundles.size(); ++e) {
      const std::size_t low = network.low[e];
      if (low != 0) length[e] += static_cast<double>(flow.places()[low + 1] - flow.places()[low]) / 2;
    }
  }
  return sum;
}

}  // namespace

double least_half_perimeter(const Problem& problem, std::span<const Pin> pins) {
  // One square a block, the largest round one of its pins.
  std::vector<std::pair<std::size_t, double>> squares;
  for (const auto& pin : pins) {
    if (pin.block < 0) continue;
    const auto b = static_cast<std::size_t>(pin.block);
    const double here = depth(problem, pin);
    const auto same = std::ranges::find(squares, b, &std::pair<std::size_t, double>::first);
    if (same == squares.end()) {
      squares.emplace_back(b, here);
    } else {
      same->second = std::max(same->second, here);
    }
  }
  double least = 0;
  std::ranges::stable_sort(squares, std::greater{}, &std::pair<std::size_t, double>::second);
  const std::size_t looked_at = std::min<std::size_t>(squares.size(), 12);
  for (std::size_t i = 0; i < looked_at; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const auto gap = static_cast<double>(exact::gap_between(problem, squares[i].first, squares[j].first));
      least = std::max(least, squares[i].second + squares[j].second + gap);
    }
  }
  // The pins' box a x b, wider by the largest square, holds all squares; so it does when all larger ones are
  // cut down to some size.
  for (std::size_t cut = 0; cut < looked_at && squares.size() > 2; ++cut) {
    const double half = squares[cut].second;
    double areas = 0;
    for (const auto& [block, own] : squares) {
      const double side = 2 * std::max(0.0, std::min(own, half));
      areas += side * side;
    }
    least = std::max(least, 2 * (std::sqrt(areas) - 2 * half));
  }
  return least;
}

double wire_bound(const Problem& problem) {
  auto bundles = bundles_of(problem);
  double best = 0;
  std::size_t pins = 0;
  bool anchored = std::ranges::any_of(problem.blocks, [](const Block& b) { return b.fixed.has_value(); });
  for (const auto& b : bundles) {
    best += b.weight * b.apart;
    pins += b.pins.size();
    anchored = anchored || b.pins.front().block < 0;  // sorted: fixed points come first
  }
  if (!anchored) return best * safety;
  double weights = 0;
  for (const auto& b : bundles) weights += b.weight;
  const double typical = std::max(1.0, best / weights);  // of what blocks add to a net by not overlapping
  std::vector<double> length(bundles.size());
  const std::size_t rounds = std::clamp<std::size_t>(150000 / (pins + 1), 10, 200);
  for (std::size_t k = 0; k < rounds; ++k) {
    best = std::max(best, mixed_bound(problem, bundles, length));
    const double step = 0.1 / (1 + static_cast<double>(k) / 10) / typical;
    for (std::size_t e = 0; e < bundles.size(); ++e) {
      auto& b = bundles[e];
      b.share = std::clamp(b.share + step * (b.apart - length[e]), 0.0, 1.0);
    }
  }
  return best * safety;
}

// Blocks widened by the gap do not overlap: (w + g)(h + g) >= sum of (w_i + g)(h_i + g) =: s. Along that
// curve w * h is least where the box is as narrow, or as low, as it may be.
double area_bound(const Problem& problem) {
  double sum = 0, widened = 0;
  auto gap = static_cast<double>(problem.gap);
  for (const auto& g : problem.gaps) gap = std::min(gap, static_cast<double>(g.gap));
  std::array<double, 2> least{};  // extents of the box
  for (const auto& block : problem.blocks) {
    const double area = block.soft ? block.soft->area : geometry::area(block.size);
    const double sides = block.soft
                             ? 2 * std::sqrt(area)
                             : static_cast<double>(block.size.width) + static_cast<double>(block.size.height);
    sum += area;
    widened += area + gap * sides + gap * gap;
    for (std::size_t axis = 0; axis < 2; ++axis)
      least[axis] = std::max(least[axis], least_extent(block, axis));
  }
  if (problem.blocks.size() < 2 || gap <= 0) return sum * safety;
  const auto other = [&](double extent) { return widened / (extent + gap) - gap; };
  if (problem.outline) {
    least[0] = std::max(least[0], other(static_cast<double>(problem.outline->height)));
    least[1] = std::max(least[1], other(static_cast<double>(problem.outline->width)));
  }
  const double narrow = least[0] * std::max(least[1], other(least[0]));
  const double low = least[1] * std::max(least[0], other(least[1]));
  return std::max(sum, std::min(narrow, low)) * safety;
}

double bound(const Problem& problem) {
  double sum = 0;
  if (problem.objective.wire > 0) sum += problem.objective.wire * wire_bound(problem);
  if (problem.objective.area > 0) sum += problem.objective.area * area_bound(problem);
  return sum;
}

}  // namespace marquetry::floorplan
