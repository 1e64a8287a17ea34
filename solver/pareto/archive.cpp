#include "pareto/archive.h"

#include <algorithm>
#include <utility>

namespace marquetry::solver {
namespace {

constexpr std::size_t block_size = 64;

bool nowhere_worse(const Point& a, const Point& b, std::size_t objectives) {
  for (std::size_t i = 0; i < objectives; ++i) {
    if (a.costs[i] > b.costs[i]) return false;
  }
  return true;
}

}  // namespace

bool dominates(const Point& a, const Point& b, std::size_t objectives) {
  bool better = false;
  for (std::size_t i = 0; i < objectives; ++i) {
    if (a.costs[i] > b.costs[i]) return false;
    better = better || a.costs[i] < b.costs[i];
  }
  return better || a.id < b.id;
}

// The dominating point moves one place to the front: the most useful ones gather there.
bool Archive::block_dominates(Block& block, const Point& point) const {
  if (!nowhere_worse(block.best, point, objectives_)) return false;
  for (std::size_t i = 0; i < block.points.size(); ++i) {
    if (!dominates(block.points[i], point, objectives_)) continue;
    if (i > 0) std::swap(block.points[i], block.points[i - 1]);
    return true;
  }
  return false;
}

bool Archive::dominated(const Point& point) {
  if (recent_ < blocks_.size() && block_dominates(blocks_[recent_], point)) return true;
  for (std::size_t b = 0; b < blocks_.size(); ++b) {
    if (b == recent_ || !block_dominates(blocks_[b], point)) continue;
    recent_ = b;
    return true;
  }
  return false;
}

// A block keeps its old bound when it loses points: still a bound.
void Archive::drop_dominated(const Point& point) {
  for (auto& block : blocks_) {
    std::erase_if(block.points, [&](const Point& other) { return dominates(point, other, objectives_); });
  }
  std::erase_if(blocks_, [](const Block& block) { return block.points.empty(); });
}

bool Archive::insert(const Point& point) {
  if (dominated(point)) return false;
  drop_dominated(point);
  if (blocks_.empty() || blocks_.back().points.size() == block_size) {
    blocks_.push_back({.best = point, .points = {}});
    blocks_.back().points.reserve(block_size);
  }
  auto& block = blocks_.back();
  for (std::size_t i = 0; i < objectives_; ++i) {
    block.best.costs[i] = std::min(block.best.costs[i], point.costs[i]);
  }
  block.points.push_back(point);
  return true;
}

void Archive::merge(const Archive& other) {
  for (const auto& block : other.blocks_) {
    for (const auto& point : block.points) insert(point);
  }
}

std::size_t Archive::size() const {
  std::size_t count = 0;
  for (const auto& block : blocks_) count += block.points.size();
  return count;
}

std::vector<Point> Archive::points() const {
  std::vector<Point> out;
  for (const auto& block : blocks_) out.insert(out.end(), block.points.begin(), block.points.end());
  std::ranges::sort(out, {}, &Point::id);
  return out;
}

}  // namespace marquetry::solver
