// Embedded bridges: pieces of silicon in the carrier under two facing edges, each for the modules of one
// link.
#pragma once

#include "layout/layout.h"

namespace marquetry::placement {

// The sizes that a bridge may have between two edges that far apart: across the gap and along the edges.
struct BridgeRange {
  geometry::Nanometre across{};  // the least that reaches far enough under both dies
  geometry::Nanometre least_along{}, most_along{};
  bool possible{};
};
BridgeRange bridge_range(const layout::BridgeRules& rules, geometry::Nanometre apart);

// How modules side by side are shared out among bridges, as few as can be, evenly.
struct Chunks {
  std::size_t count{1};
  geometry::Nanometre over{};    // by which a bridge stands over the modules at its two ends
  geometry::Nanometre apart{};   // from the last module over one bridge to the first over the next, at least
  geometry::Nanometre length{};  // of all modules, with what lies between bridges
};
// Of a link without a bridge: one chunk. A count of 0: no bridge can carry them.
Chunks chunks(const layout::Problem& problem, const layout::Link& link, geometry::Nanometre apart,
              std::size_t modules);

// Which of them a module is over, counted along the edge.
constexpr std::size_t chunk_of(const Chunks& chunks, std::size_t k, std::size_t modules) {
  return k * chunks.count / modules;
}

struct Bridges {
  std::vector<layout::Bridge> bridges{};
  std::vector<std::string> complaints{};  // links and modules that no legal bridge carries, and why
};

// For the modules that stand in `layout.phys`: centred on the spans that face.
Bridges place_bridges(const layout::Problem& problem, const layout::Layout& layout);

}  // namespace marquetry::placement
