// All that a pass knows of what it runs on: a composed system or a product of the market.
#pragma once

#include <array>

#include "performance/cache.h"

namespace marquetry::performance {

template <Number Real>
using Peaks = std::array<Rate<Real>, format_names.size()>;

template <Number Real>
struct Machine {
  Peaks<Real> peaks{};  // operations a second, by format
  Bandwidth<Real> memory{};
  Data<Real> capacity{};
  Cache<Real> cache{};
  Real sparse{1.0};                    // how much faster products are where 2 of 4 weights are zero
  Real dies{1.0};                      // among which the work is split
  Bandwidth<Real> between_dies{};      // payload out of each in a ring, one direction
  Time<Real> step{};                   // of that ring
  Bandwidth<Real> between_packages{};  // payload out of the package, one direction
  bool joins_packages{};               // it has links to others
  Bandwidth<Real> between_groups{};    // the same for stages and replicas; 0: as between packages
};

}  // namespace marquetry::performance
