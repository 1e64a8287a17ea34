// Dies that are sold with some of their units broken: n equal units and an area that all of them need.
//
// Defects are Poisson about a local density that varies from die to die (yield::Mixing), so broken units
// bunch in the same die: without that harvesting is overrated.
#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "yield/models.h"

namespace marquetry::yield {

// What defects do to one die: `common` and `unit` are mean numbers of defects, density times area.
struct UnitDie {
  double common{};  // where all units depend on it
  double unit{};    // on one unit
  int units{1};
};

// P(the common area is good and exactly j units are), j = 0 ... units. Integrates over the local density by a
// Gauss rule of positive terms.
std::vector<double> good_units(const UnitDie& die, const Mixing& mixing);

// The same for a gamma variable as a closed sum. Its terms alternate and grow as 3^units: ten digits are left
// at 12 units, none at 35.
std::vector<double> good_units_by_sum(const UnitDie& die, double clustering);

// P(the common area is good and at least `needed` units are).
double sellable(const UnitDie& die, int needed, const Mixing& mixing);

// The same where the density also varies from wafer to wafer, by a gamma variable of mean 1.
std::vector<double> good_units_on_wafers(const UnitDie& die, const Mixing& mixing, double wafer_clustering);

// Over any number type; counts may be open. Falls in both densities and in what is needed, rises in units; it
// may go either way with clustering, whose range is cut into pieces (each bounded by how fast the
// distribution can change).
template <Number Real>
struct HarvestedDie {
  Real common{}, unit{}, units{}, needed{};
  Real clustering{}, critical_steps{};
};
template <Number Real>
Real sellable(const HarvestedDie<Real>& die, const Model& model);

// A product made of the dies with at least `needed` good units that no dearer bin takes.
struct Bin {
  std::string name{};
  int needed{};
  Money<> price{};
};

struct BinSales {
  std::vector<double> share{};  // of all dies, by bin
  Money<> revenue{};            // a die started
};

// Bins by falling price; a die goes into the first that it satisfies. good: as from good_units.
BinSales sales(std::span<const double> good, std::span<const Bin> bins);

// What a die of the first bin costs where a die costs `made` to make and test, and those of the other bins
// are sold at their prices.
Money<> top_bin_cost(Money<> made, const BinSales& sold, std::span<const Bin> bins);

// Wafers that are bonded before their dies are known: whether the sites of all tiers share one fluctuation.
enum class Sites { unrelated, alike };

// P(all tiers good) of one site; defects: the mean number of each tier. Alike sites fail together, which
// wastes less than the product of the tiers' yields.
double stacked_wafers(std::span<const double> defects, const Mixing& mixing, Sites sites);

}  // namespace marquetry::yield
