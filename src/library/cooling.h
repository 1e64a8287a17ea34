// A cooling solution: from the case to the air or water.
#pragma once

#include "library/row.h"

namespace marquetry {

struct Cooling : Row {
  static constexpr std::string_view category = "coolings", singular = "cooling";
  Sourced<dimension::temperature + dimension::power * -1> resistance{};
  Sourced<dimension::power + dimension::area * -1> flux_limit{};
  Sourced<dimension::temperature> ambient{};
  SourcedMoney price{};
  SourcedLength base{0.06, 0.06, 0.06, {}}, base_thickness{0.005, 0.005, 0.005, {}};
  Sourced<dimension::power + (dimension::length + dimension::temperature) * -1> base_conductivity{
      390, 390, 390, {}};
  Sourced<dimension::temperature + dimension::area + dimension::power * -1> joint{};
  MaybeSourced<dimension::temperature> temperature_limit{};
  bool direct{};  // on the dies themselves: no lid, no interface
};

template <class Visitor>
void describe(Cooling& c, Visitor& v) {
  describe_row(c, v);
  v.required("resistance", c.resistance, "case to ambient or inlet, whole solution");
  v.required("flux_limit", c.flux_limit, "most heat per die area");
  v.required("ambient", c.ambient, "air at the server's inlet, or coolant");
  v.required("price", c.price, "a package");
  v.number_if("base", c.base, "side of the plate that spreads the heat of the dies");
  v.number_if("base_thickness", c.base_thickness, "of that plate, the lid counted in");
  v.number_if("base_conductivity", c.base_conductivity, "of that plate");
  v.number_if("joint", c.joint,
              "of the resistance, what lies between the lid and that plate, times its area");
  v.optional("temperature_limit", c.temperature_limit, "hottest that the plate may get");
  v.flag("direct", c.direct);
}

}  // namespace marquetry
