// What brings current from the regulators to the dies: sheets of metal one above the other, joined by bumps,
// vias and balls. Plain data in SI (m, V, A, W, ohm).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "geometry/raster.h"

namespace marquetry::delivery {

using geometry::Box;
using geometry::Plane;

// Metal of one layer. Regions of one name are one piece, of the sheet of whichever covers a place first;
// those of different names do not touch, even where they share an edge.
struct Region {
  std::string name{};
  Box rect{};
  double sheet{};  // ohm per square
};

struct Layer {
  std::string name{};
  std::vector<Region> regions{};
};

// A part of a count, spread evenly over a rectangle.
struct Patch {
  Box rect{};
  double part{1};
};

// Bumps, vias or balls between a layer and the one above it, wherever both have metal.
struct Joints {
  std::string name{};
  std::size_t below{};                  // the lower layer
  std::optional<std::size_t> region{};  // of the layer above, that they serve alone; none: all
  std::vector<Patch> patches{};
  double count{};
  double resistance{};  // of one
  double limit{};       // A that one may carry; 0: none known
  double inductance{};  // H of one
};

// The output of a regulator, joined to a layer evenly over a rectangle.
struct Feed {
  std::string name{};
  std::size_t layer{};
  Box rect{};
  double resistance{};  // of the whole, its leads included
};

struct Path {
  std::vector<Layer> layers{};  // the lowest first
  std::vector<Joints> joints{};
  std::vector<Feed> feeds{};
};

// Current that is drawn evenly over a rectangle.
struct Load {
  std::string die{};
  std::size_t layer{}, ground_layer{};  // of the two paths
  std::optional<std::size_t> region{};  // of the layer; none: any
  Box rect{};
  double current{};
  std::optional<std::size_t> of_net{};  // what the regulators of that net take: `current` follows from it
};

// How the current comes back.
enum class Return {
  none,      // not counted: the ground is perfect
  mirrored,  // through as much metal and as many joints again: every resistance counts twice
  own,       // through a path of its own
};

struct Net {
  std::string name{};
  double voltage{};      // nominal
  double efficiency{1};  // of its regulators
  double input{};        // V that they take; 0: not told
  Path supply{}, ground{};
  Return back{Return::mirrored};
  bool is_sensed{};  // the regulators make up for what their own leads lose
  std::vector<Load> loads{};
};

struct Limits {
  double steady{0.03}, total{0.05};  // drop / voltage: of the mean current; with the step of the load
};

// What catches a step of the load. 0: not told.
struct Decoupling {
  double step{};                // of a net's current that comes at once
  double on_die{};              // F
  double in_package{};          // F
  double package_inductance{};  // H from those in the package to the dies' bumps
  double board_inductance{};    // H from the regulators to the package
};

// The bumps below a die, of which its signals take some.
struct Sites {
  std::string die{}, kind{};  // kind: what all dies alike are called
  double pitch{};
  double all{}, signals{};
  double available() const { return all > signals ? all - signals : 0; }
};

struct Case {
  std::string name{};
  Plane plane{};
  Limits limits{};
  std::vector<Net> nets{};
  std::vector<Decoupling> decoupling{};  // by net, or none
  std::vector<Sites> sites{};            // of the dies of which they are known
};

}  // namespace marquetry::delivery
