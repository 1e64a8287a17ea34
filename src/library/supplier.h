// Who sells it, and where that is.
#pragma once

#include "library/row.h"

namespace marquetry {

struct Region : Row {
  static constexpr std::string_view category = "regions", singular = "region";
  Sourced<dimension::carbon + dimension::energy * -1> grid{};
};

template <class Visitor>
void describe(Region& r, Visitor& v) {
  describe_row(r, v);
  v.required("grid", r.grid, "carbon intensity of electricity");
}

struct Supplier : Row {
  static constexpr std::string_view category = "suppliers", singular = "supplier";
  std::vector<std::string> regions{};
  std::vector<std::string> sells{};
  std::string source{};
};

template <class Visitor>
void describe(Supplier& s, Visitor& v) {
  describe_row(s, v);
  v.texts("regions", s.regions);
  v.texts("sells", s.sells);
  v.text("source", s.source);
}

}  // namespace marquetry
