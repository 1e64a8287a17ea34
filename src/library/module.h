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
  MaybeSourced<dimension::none> tf32{}, fp8{}, fp4{}, int4{}, sparse{};
  MaybeSourced<dimension::none> arrays{}, array_rows{}, array_columns{};
  MaybeSourced<dimension::data> operand_memory{};
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
  v.required("int8", m.int8, "multiply-accumulates a clock, INT8, dense");
  v.optional("tf32", m.tf32, "multiply-accumulates a clock, TF32");
  v.optional("fp8", m.fp8, "multiply-accumulates a clock, FP8, dense");
  v.optional("fp4", m.fp4, "multiply-accumulates a clock, FP4, dense");
  v.optional("int4", m.int4, "multiply-accumulates a clock, INT4, dense");
  v.optional("sparse", m.sparse, "how much faster where 2 of 4 weights are zero");
  v.optional("arrays", m.arrays, "systolic arrays or tensor cores");
  v.optional("array_rows", m.array_rows, "rows of one, of multiply-accumulate cells");
  v.optional("array_columns", m.array_columns, "its columns");
  v.optional("operand_memory", m.operand_memory, "SRAM that holds tiles of operands");
  v.required("energy", m.energy, "a clock at full activity, at 28 nm and its nominal voltage");
  v.required("clock", m.clock, "highest clock at 28 nm");
  v.areas("measured", m.measured);
}

}  // namespace marquetry
