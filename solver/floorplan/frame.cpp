#include "floorplan/frame.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace marquetry::floorplan {
namespace {

constexpr int soft_shapes = 16;  // widths of a soft block, in geometric steps

// The height is rounded up, never less area than asked for; widths whose aspect that puts out of its range
// are left out.
std::vector<Shape> soft_choices(const Block& block) {
  std::vector<Shape> shapes;
  const Soft& soft = *block.soft;
  const double least = std::log(soft.least_aspect), most = std::log(soft.largest_aspect);
  for (int k = 0; k < soft_shapes; ++k) {
    const double wanted = std::sqrt(soft.area * std::exp(least + (most - least) * k / (soft_shapes - 1)));
    for (const double width :
         {std::round(wanted), std::ceil(wanted), std::floor(wanted), std::ceil(wanted) + 1}) {
      if (width < 1) continue;
      const double height = std::ceil(soft.area / width);
      if (width < soft.least_aspect * height || width > soft.largest_aspect * height) continue;
      const Shape shape{{static_cast<Nanometre>(width), static_cast<Nanometre>(height)}, Rotation::r0};
      if (shapes.empty() || shapes.back() != shape) shapes.push_back(shape);
      break;
    }
  }
  if (shapes.empty()) shapes.push_back({block.size, Rotation::r0});
  return shapes;
}

std::vector<bool> with_pins_off_centre(const Problem& problem) {
  std::vector<bool> off(problem.blocks.size());
  for (const auto& net : problem.nets) {
    for (const auto& pin : net.pins) {
      if (pin.block < 0 || pin.at_centre) continue;
      const auto b = static_cast<std::size_t>(pin.block);
      const Size size = problem.blocks[b].size;
      if (2 * pin.at.x != size.width || 2 * pin.at.y != size.height) off[b] = true;
    }
  }
  return off;
}

std::vector<Shape> shapes_of(const Block& block, bool each_turn) {
  if (block.fixed) return {{geometry::turned(block.size, block.fixed->rotation), block.fixed->rotation}};
  if (block.soft) return soft_choices(block);
  std::vector<Shape> shapes;
  for (const auto rotation : geometry::rotations) {
    if ((block.rotations >> static_cast<int>(rotation) & 1) == 0) continue;
    const Shape shape{geometry::turned(block.size, rotation), rotation};
    const bool known =
        std::any_of(shapes.begin(), shapes.end(), [&](const Shape& s) { return s.size == shape.size; });
    if (each_turn || !known) shapes.push_back(shape);
  }
  if (shapes.empty()) shapes.push_back({block.size, Rotation::r0});
  return shapes;
}

// As given, unless blocks of one kind differ: then nobody has set them, and each block is a kind of its own.
std::vector<std::size_t> kinds_of(const Problem& problem) {
  std::vector<std::size_t> kinds, own;
  std::map<std::size_t, const Block*> example;
  bool given = true;
  for (const auto& block : problem.blocks) {
    own.push_back(own.size());
    kinds.push_back(block.kind);
    const auto& other = *example.try_emplace(block.kind, &block).first->second;
    given &= block.size == other.size && block.rotations == other.rotations && !block.fixed == !other.fixed;
  }
  return given ? kinds : own;
}

// A share h[i] in half nanometres with h[i] + h[j] <= 2 g[i][j]: exact where the gaps split, else half of
// the least gap of a block.
std::vector<Nanometre> shares(const std::vector<std::vector<Nanometre>>& gap) {
  const auto n = gap.size();
  std::vector<Nanometre> share(n);
  if (n >= 3) {
    const auto first = gap[0][1] + gap[0][2] - gap[1][2];
    share[0] = first;
    for (std::size_t j = 1; j < n; ++j) share[j] = 2 * gap[0][j] - first;
    bool splits = std::all_of(share.begin(), share.end(), [](Nanometre s) { return s >= 0; });
    for (std::size_t i = 0; splits && i < n; ++i) {
      for (std::size_t j = 0; splits && j < i; ++j) splits = share[i] + share[j] == 2 * gap[i][j];
    }
    if (splits) return share;
  }
  for (std::size_t i = 0; i < n; ++i) {
    share[i] = unlimited;
    for (std::size_t j = 0; j < n; ++j) {
      if (j != i) share[i] = std::min(share[i], gap[i][j]);
    }
    if (n == 1) share[i] = 0;
  }
  return share;
}

void split_gaps(const Problem& problem, Frame& frame) {
  const auto n = problem.blocks.size();
  frame.excess.resize(n);
  // One gap for all splits in halves; no n x n table for that.
  std::vector<Nanometre> share(n, problem.gap);
  std::vector<std::vector<Nanometre>> gap;
  if (!problem.gaps.empty()) {
    gap.assign(n, std::vector<Nanometre>(n, problem.gap));
    for (const auto& pair : problem.gaps) gap[pair.a][pair.b] = gap[pair.b][pair.a] = pair.gap;
    share = shares(gap);
  }
  for (const auto s : share) {
    frame.before.push_back(s / 2);
    frame.after.push_back(s - s / 2);
  }
  for (Index i = 0; i < gap.size(); ++i) {
    for (Index j = 0; j < n; ++j) {
      if (i == j) continue;
      if (gap[i][j] <= std::min(frame.after[i] + frame.before[j], frame.after[j] + frame.before[i])) continue;
      frame.excess[i].push_back({j, gap[i][j]});
      frame.has_excess = true;
    }
  }
}

}  // namespace

Frame frame(const Problem& problem, Turns turns) {
  Frame frame;
  const auto n = problem.blocks.size();
  const auto off_centre = with_pins_off_centre(problem);
  double area = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const auto& block = problem.blocks[i];
    frame.shapes.push_back(shapes_of(block, turns == Turns::all || off_centre[i]));
    area += geometry::area(frame.shapes.back().front().size);
    const Size size = frame.shapes.back().front().size;
    if (block.fixed) {
      const Point low = block.fixed->low;
      frame.x.low.push_back(low.x), frame.x.limit.push_back(low.x + size.width);
      frame.y.low.push_back(low.y), frame.y.limit.push_back(low.y + size.height);
    } else {
      frame.movable.push_back(static_cast<Index>(i));
      const Size open = problem.outline.value_or(Size{unlimited, unlimited});
      frame.x.low.push_back(0), frame.x.limit.push_back(open.width);
      frame.y.low.push_back(0), frame.y.limit.push_back(open.height);
    }
  }
  frame.kinds = kinds_of(problem);
  split_gaps(problem, frame);
  frame.has_outline = problem.outline.has_value();
  frame.least_aspect = problem.least_aspect;
  frame.largest_aspect = problem.largest_aspect;
  frame.side = std::max(1.0, std::sqrt(area));
  return frame;
}

}  // namespace marquetry::floorplan
