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
};

template <class Visitor>
void describe(Cooling& c, Visitor& v) {
  describe_row(c, v);
  v.required("resistance", c.resistance, "case to ambient or inlet, whole solution");
  v.required("flux_limit", c.flux_limit, "most heat per die area");
  v.required("ambient", c.ambient, "air at the server's inlet, or coolant");
  v.required("price", c.price, "a package");
}

}  // namespace marquetry
