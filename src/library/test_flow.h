// Where dies and packages are tested, for how long, and what slips through.
#pragma once

#include "library/row.h"

namespace marquetry {

struct TestFlow : Row {
  static constexpr std::string_view category = "test_flows", singular = "test flow";
  SourcedTime sort_time{}, final_time{};
  Sourced<dimension::money + dimension::time * -1> sort_rate{}, final_rate{};
  SourcedCount sort_coverage{}, final_coverage{};
  SourcedMoney escape_cost{};
};

template <class Visitor>
void describe(TestFlow& t, Visitor& v) {
  describe_row(t, v);
  v.required("sort_time", t.sort_time, "wafer sort of one die; 0 for none");
  v.required("sort_rate", t.sort_rate, "tester and prober");
  v.required("sort_coverage", t.sort_coverage, "share of bad dies that it finds");
  v.required("final_time", t.final_time, "final test of one package");
  v.required("final_rate", t.final_rate, "tester and handler");
  v.required("final_coverage", t.final_coverage, "share of bad packages that it finds");
  v.required("escape_cost", t.escape_cost, "of a bad package that was shipped, beyond its price");
}

}  // namespace marquetry
