// Pooling along one edge: what stands before a module counts as shift of its target, so that positions must
// merely rise.
#include <algorithm>

#include "placement/pin_positions.h"

namespace marquetry::placement {

std::vector<Nanometre> nearest_positions(const std::vector<Nanometre>& targets,
                                         const std::vector<Nanometre>& widths, Interval within) {
  struct Block {
    std::vector<Nanometre> sorted{};
    Nanometre median() const { return sorted[(sorted.size() - 1) / 2]; }
  };
  std::vector<Block> blocks;
  Nanometre before = 0;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    blocks.push_back({{targets[i] - before}});
    before += widths[i];
    while (blocks.size() > 1 && blocks[blocks.size() - 2].median() > blocks.back().median()) {
      auto& into = blocks[blocks.size() - 2].sorted;
      const auto middle = static_cast<std::ptrdiff_t>(into.size());
      into.insert(into.end(), blocks.back().sorted.begin(), blocks.back().sorted.end());
      std::inplace_merge(into.begin(), into.begin() + middle, into.end());
      blocks.pop_back();
    }
  }
  std::vector<Nanometre> positions;
  Nanometre offset = 0;
  const Nanometre last = std::max(within.low, within.high - before);
  for (const auto& block : blocks) {
    for (std::size_t k = 0; k < block.sorted.size(); ++k) {
      positions.push_back(std::clamp(block.median(), within.low, last) + offset);
      offset += widths[positions.size() - 1];
    }
  }
  return positions;
}

}  // namespace marquetry::placement
