// An IP block: transistors, SRAM bits and analog area, what it computes in a clock and what energy that
// takes.
#pragma once

#include "library/row.h"

namespace marquetry {

// A module that was measured on a die: used in place of the sum of its contents on that node.
struct MeasuredArea {
  std::string node{};
  SourcedArea area{};
};

struct Module : Row {
  static constexpr std::string_view category = "modules", singular = "module";
  std::string kind{};
  SourcedCount logic{};
  Sourced<dimension::data> sram{};
  SourcedArea analog{};
  SourcedCount fp64{}, fp32{}, fp16{}, int8{};
  Sourced<dimension::energy> energy{};
  Sourced<dimension::time * -1> clock{};
  std::vector<MeasuredArea> measured{};
};

template <class Visitor>
void describe(Module& m, Visitor& v) {
  describe_row(m, v);
  v.choice("kind", m.kind, {"matrix", "vector", "cpu", "sram", "network", "phy", "control", "other"});
  v.required("logic", m.logic, "logic transistors");
  v.required("sram", m.sram, "SRAM bits");
  v.required("analog", m.analog, "analog and I/O area at 65 nm");
  v.required("fp64", m.fp64, "multiply-accumulates a clock, FP64");
  v.required("fp32", m.fp32, "multiply-accumulates a clock, FP32");
  v.required("fp16", m.fp16, "multiply-accumulates a clock, FP16 or BF16, dense");
  v.required("int8", m.int8, "multiply-accumulates a clock, INT8 or FP8, dense");
  v.required("energy", m.energy, "a clock at full activity, at 28 nm and its nominal voltage");
  v.required("clock", m.clock, "highest clock at 28 nm");
  v.areas("measured", m.measured);
}

}  // namespace marquetry
