// The layers of a package as its bending needs them, for each packaging and cooling that a design may choose.
#pragma once

#include <memory>
#include <vector>

#include "design/design.h"
#include "library/library.h"
#include "mechanics/laminate.h"
#include "system/lift.h"

namespace marquetry {

template <Number Real>
using Plies = std::vector<mechanics::Ply<Real>>;  // bottom first; none: the library does not know them

// By packaging, coolings of each side by side. Shared by all systems of a plan.
template <Number Real>
struct LaminateTable {
  std::size_t coolings{1};
  std::vector<Plies<Real>> rows{};
};

// What the choice leaves of it.
template <Number Real>
struct OpenLaminate {
  std::shared_ptr<const LaminateTable<Real>> table{};
  Range packagings{}, coolings{};
};

// Materials of unknown stiffness count for nothing.
template <Number Real>
Plies<Real> plies_of(const Library& library, const Design& design, const Packaging& packaging,
                     const Cooling& cooling, const Lifting<Real>& lifting);

}  // namespace marquetry
