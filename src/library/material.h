// A material of a package stack.
#pragma once

#include "library/row.h"

namespace marquetry {

struct Material : Row {
  static constexpr std::string_view category = "materials", singular = "material";
  std::vector<std::string> uses{};  // in a package: tim, lid
  Sourced<dimension::power + (dimension::length + dimension::temperature) * -1> conductivity{}, lateral{};
  Sourced<dimension::energy + (dimension::length * 3 + dimension::temperature) * -1> heat_capacity{};
  MaybeSourced<dimension::temperature * -1> expansion{};
  MaybeSourced<dimension::energy + dimension::length * -3> modulus{};
  MaybeSourced<dimension::none> poisson{};
  SourcedCount exponent{};
  MaybeSourced<dimension::money + dimension::length * -3> price{};
};

template <class Visitor>
void describe(Material& m, Visitor& v) {
  describe_row(m, v);
  v.texts_if("uses", m.uses);
  v.required("conductivity", m.conductivity, "across the layer");
  v.required("lateral", m.lateral, "along the layer");
  v.required("heat_capacity", m.heat_capacity, "per volume");
  v.optional("expansion", m.expansion, "coefficient of thermal expansion");
  v.optional("modulus", m.modulus, "Young's modulus along the layer");
  v.optional("poisson", m.poisson, "Poisson's ratio");
  v.number_if("exponent", m.exponent, "conductivities are those of 300 K and fall as (T / 300 K)^-exponent");
  v.optional("price", m.price, "of a lid made of it, per volume");
}

}  // namespace marquetry
