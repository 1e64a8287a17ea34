// The layers of a package as its bending needs them, for each packaging and cooling that a design may choose.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "mechanics/laminate.h"
#include "system/cover.h"

namespace marquetry {

template <Number Real>
using Plies = std::vector<mechanics::Ply<Real>>;  // bottom first; none: the library does not know them

// Fields of a design that decide on layers: packaging, cooling, section, interface, lid, its thickness.
inline constexpr std::size_t layer_fields = 6;

// By possibilities of these fields, those of the last side by side. Shared by all systems of a plan.
template <Number Real>
struct LaminateTable {
  std::array<std::size_t, layer_fields> sizes{1, 1, 1, 1, 1, 1};
  std::vector<Plies<Real>> rows{};
};

// What the choice leaves of it.
template <Number Real>
struct OpenLaminate {
  std::shared_ptr<const LaminateTable<Real>> table{};
  std::array<Range, layer_fields> choice{};
};

// f(plies) for each row that the choice leaves.
template <Number Real, class F>
void each_laminate(const OpenLaminate<Real>& open, F f, std::size_t field = 0, std::size_t row = 0) {
  if (field == layer_fields) return f(open.table->rows[row]);
  const auto& [first, last] = open.choice[field];
  for (std::size_t i = first; i <= last; ++i)
    each_laminate(open, f, field + 1, row * open.table->sizes[field] + i);
}

// Materials of unknown stiffness count for nothing.
template <Number Real>
Plies<Real> plies_of(const Library& library, const CoverRows& rows, const Lifting<Real>& lifting);

}  // namespace marquetry
