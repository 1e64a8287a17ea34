// How closely uncertain numbers move together. Numbers of one correlation group (their `group`) move as one
// unless a row here says otherwise; numbers of different groups know nothing of each other.
#pragma once

#include "library/row.h"

namespace marquetry {

struct Correlation : Row {
  static constexpr std::string_view category = "correlations", singular = "correlation";
  std::vector<std::string> groups{};  // one: among its numbers; more: between those of one and of another
  SourcedCount rho{};
};

template <class Visitor>
void describe(Correlation& c, Visitor& v) {
  describe_row(c, v);
  v.texts("groups", c.groups);
  v.required("rho", c.rho, "correlation of the numbers' normal scores, 0 .. 1");
}

}  // namespace marquetry
