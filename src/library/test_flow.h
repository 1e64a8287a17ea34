// Where dies and packages are tested, for how long, and what slips through. A stage that a row leaves out is
// not done.
#pragma once

#include "library/row.h"

namespace marquetry {

struct TestStage {
  SourcedTime time{};
  Sourced<dimension::money + dimension::time * -1> rate{};
  SourcedCount coverage{}, overkill{};
};

struct TestFlow : Row {
  static constexpr std::string_view category = "test_flows", singular = "test flow";
  TestStage sort{}, carrier{}, stack{}, step{}, partial{}, final{};
  SourcedCount patterns{}, scan_chains{}, scan_cell{};
  Sourced<dimension::time * -1> shift_clock{};
  SourcedMoney escape_cost{};
};

template <class Visitor>
void describe(TestFlow& t, Visitor& v) {
  describe_row(t, v);
  v.required("sort_time", t.sort.time, "wafer sort of one die, scan shifting not included; 0 for none");
  v.required("sort_rate", t.sort.rate, "tester and prober");
  v.required("sort_coverage", t.sort.coverage, "share of bad dies that it finds");
  v.number_if("sort_overkill", t.sort.overkill, "share of good dies that it throws away");
  v.number_if("patterns", t.patterns, "scan patterns at wafer sort");
  v.number_if("scan_chains", t.scan_chains, "chains that are shifted at once, compression included");
  v.number_if("scan_cell", t.scan_cell, "logic transistors for one scan cell");
  v.number_if("shift_clock", t.shift_clock, "of the scan chains");
  v.number_if("carrier_time", t.carrier.time, "of one interposer or RDL before it gets dies");
  v.number_if("carrier_rate", t.carrier.rate, "tester and handler");
  v.number_if("carrier_coverage", t.carrier.coverage, "share of bad carriers that it finds");
  v.number_if("carrier_overkill", t.carrier.overkill, "share of good carriers that it throws away");
  v.number_if("stack_time", t.stack.time, "of one stack of dies before it goes on the package");
  v.number_if("stack_rate", t.stack.rate, "tester and handler");
  v.number_if("stack_coverage", t.stack.coverage, "share of bad stacks that it finds");
  v.number_if("stack_overkill", t.stack.overkill, "share of good stacks that it throws away");
  v.number_if("step_time", t.step.time, "of one package between two steps of attaching dies");
  v.number_if("step_rate", t.step.rate, "tester and handler");
  v.number_if("step_coverage", t.step.coverage, "share of bad ones that it finds");
  v.number_if("step_overkill", t.step.overkill, "share of good ones that it throws away");
  v.number_if("partial_time", t.partial.time,
              "of one package whose dies are on, before it gets its substrate");
  v.number_if("partial_rate", t.partial.rate, "tester and handler");
  v.number_if("partial_coverage", t.partial.coverage, "share of bad ones that it finds");
  v.number_if("partial_overkill", t.partial.overkill, "share of good ones that it throws away");
  v.required("final_time", t.final.time, "final test of one package");
  v.required("final_rate", t.final.rate, "tester and handler");
  v.required("final_coverage", t.final.coverage, "share of bad packages that it finds");
  v.number_if("final_overkill", t.final.overkill, "share of good packages that it throws away");
  v.required("escape_cost", t.escape_cost, "of a bad package that was shipped, beyond its price");
}

}  // namespace marquetry
