// The clump transport: every bundle's wires to the four bump clumps of its two dies, as short as the clumps'
// capacities allow. A linear program, solved exactly by a dual simplex on plain arrays, for loops that ask
// millions of times: whoever owns the Transport asks again and again, and nothing is allocated after the
// first time. Metric and its reduction to Hopmax = 1: Ma et al., "TAP-2.5D", DATE 2021.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "layout/basis_inverse.h"

namespace marquetry::layout {

// Any unit of length, the same for all.
struct ClumpPoint {
  double x{}, y{};
};
using ClumpPoints = std::array<ClumpPoint, 4>;
using ClumpCapacities = std::array<double, 4>;

struct Bundle {
  std::size_t a{}, b{};
  double wires{};
};

class Transport {
 public:
  // The same order of a die's clumps (say, by the unturned side) must hold in every call of `cost`.
  Transport(std::vector<ClumpCapacities> capacities, std::vector<Bundle> bundles);

  // Sum of wires times Manhattan length, at its least; nothing where the capacities cannot hold the wires.
  std::optional<double> cost(std::span<const ClumpPoints> at);
  // The same with lengths of any kind: of each bundle from clump h of a to clump k of b at 4 h + k.
  std::optional<double> cost(std::span<const std::array<double, 16>> lengths);

  // The wires of a bundle from clump h of its die a to clump k of its die b, at 4 h + k, as of the last
  // `cost` that found an answer.
  std::array<double, 16> flow(std::size_t bundle) const;

  std::size_t pivots() const { return pivots_; }  // of all calls together

 private:
  std::optional<double> solve();
  void start();
  std::optional<std::size_t> leaving(bool first) const;
  std::optional<std::size_t> entering(std::size_t position, bool first);
  void exchange_basis(std::size_t position, std::size_t column);
  void read_column(std::size_t column);
  std::size_t slacks() const { return 16 * bundles_.size(); }

  std::vector<ClumpCapacities> capacities_{};
  std::vector<Bundle> bundles_{};
  std::size_t rows_{};          // a demand row a bundle, then four capacity rows a die
  double tolerance_{};          // wires
  std::vector<double> cost_{};  // of each column: 16 a bundle, then the slack of each capacity row
  std::vector<double> reduced_{}, pivot_row_{};
  BasisInverse inverse_{};
  std::vector<double> value_{}, column_{};
  std::vector<std::size_t> touched_{};  // the columns of pivot_row_ that are not 0
  std::vector<std::size_t> basic_{};    // the column at each position
  std::size_t pivots_{};
};

// No less than what the wires cost if no clump were ever full: a bound on `Transport::cost`.
double transport_bound(std::span<const Bundle> bundles, std::span<const ClumpPoints> at);

}  // namespace marquetry::layout
