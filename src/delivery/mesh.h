// A path of a net as cells that conduct to each other: which cells each part touches, and what conducts
// between them.
#pragma once

#include "conduction/grid.h"
#include "delivery/net.h"

namespace marquetry::delivery {

// A cell of a layer and the share of a part's count, resistance or current that falls to it.
struct Piece {
  std::size_t cell{};  // of the grid; of joints the lower one
  double share{};
};
using Pieces = std::vector<Piece>;

struct Mesh {
  conduction::Grid grid{};                           // siemens
  std::vector<std::optional<std::size_t>> owners{};  // by cell, the region of its layer whose metal it is
  std::vector<Pieces> joints{}, feeds{};             // by Path's; empty: none found metal
};

Mesh mesh(const Plane& plane, const Path& path);

// Where a load of the path is drawn; empty where there is no metal. In the ground, `layer` is its own.
Pieces pieces(const Plane& plane, const Path& path, const Mesh& mesh, const Load& load, std::size_t layer);

// What part of a net is at fault, so that a reader of files can show where it stands.
struct Fault {
  enum class Of { joints, feed, load } of{};
  bool in_ground{};
  std::size_t index{};
  std::string message{}, hint{};
};

// Parts that touch no metal, and loads that no regulator reaches.
std::vector<Fault> faults(const Plane& plane, const Net& net);

}  // namespace marquetry::delivery
