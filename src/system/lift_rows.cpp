#include "system/lift_rows.h"

#include "system/cover.h"

namespace marquetry {
namespace {

// Each field of the parameters from the row's member of the same name.
template <Number Real>
auto from_row(const Lifting<Real>& lifting) {
  return [&lifting](auto& field, const auto& member) { field = lift(lifting, member); };
}

// Between pieces that all the world puts out; 0 where nothing says how many.
template <Number Real>
Time<Real> between(const MaybeSourced<dimension::time * -1>& output, const Lifting<Real>& lifting) {
  return output.known ? Time<Real>(1.0 / lift(lifting, output)) : Time<Real>{};
}

// Where all fields of the parameters come from the row as they are.
template <class Parameters, class Row, Number Real>
Parameters lifted(const Row& row, const Lifting<Real>& lifting) {
  Parameters out;
  Parameters::each_field(from_row(lifting), out, row);
  return out;
}

// What a module does not compute natively runs at the rate of the narrowest wider format that it does.
template <Number Real>
void lift_rates(const Module& m, const Lifting<Real>& lifting, ModuleParameters<Real>& out) {
  const auto of = [&lifting](const auto& member) { return lift(lifting, member); };
  const std::array<Real, format_names.size()> native{of(m.fp64), of(m.fp32), of(m.tf32), of(m.fp16),
                                                     of(m.fp8),  of(m.int8), of(m.fp4),  of(m.int4)};
  operators::ByFormat known{};
  for (std::size_t f = 0; f < native.size(); ++f) known[f] = representative(native[f]);
  for (std::size_t f = 0; f < native.size(); ++f) {
    const auto in = operators::computed_in(static_cast<Format>(f), known);
    if (in) out.rates[f] = native[operators::index(*in)];
  }
  if (m.sparse.known) out.sparse = of(m.sparse);
}

}  // namespace

template <Number Real>
NodeParameters<Real> parameters(const ProcessNode& node, const Region& region, const Lifting<Real>& lifting) {
  NodeParameters<Real> out;
  NodeParameters<Real>::each_row_field(from_row(lifting), out, node);
  out.fab_grid = lift(lifting, region.grid);
  out.wafer_time = between(node.capacity, lifting);
  out.counted = lift(lifting, !node.planar);
  return out;
}

template <Number Real>
CurveParameters<Real> curve_of(const ProcessNode& node, const Lifting<Real>& lifting) {
  return lifted<CurveParameters<Real>>(node, lifting);
}

template <Number Real>
ModuleParameters<Real> parameters(const Module& module, const ProcessNode& node,
                                  const Lifting<Real>& lifting) {
  ModuleParameters<Real> out;
  ModuleParameters<Real>::each_row_field(from_row(lifting), out, module);
  lift_rates(module, lifting, out);
  out.held = lift(lifting, module.sram);
  if (module.kind == "sram") out.cached = out.held;
  const auto measured = std::ranges::find(module.measured, node.id, &MeasuredArea::node);
  if (measured != module.measured.end()) {
    out.measured = lift(lifting, measured->area);
  } else {
    ModuleParameters<Real>::each_content_field(from_row(lifting), out, module);
  }
  return out;
}

template <Number Real>
PackagingParameters<Real> parameters(const Packaging& p, const Lifting<Real>& lifting) {
  PackagingParameters<Real> out;
  PackagingParameters<Real>::each_row_field(from_row(lifting), out, p);
  const auto number = [&lifting](const auto& member) { return lift(lifting, member); };
  // (price / life + operator) / uptime, for the time that one die takes of each machine.
  const auto machine_time = [&](const auto& price, const auto& time, const auto& group) {
    if (time.typ == 0) return Money<Real>{};
    const auto rate = number(price) / number(p.machine_life) + number(p.operator_cost);
    return Money<Real>{rate / number(p.machine_uptime) * number(time) / number(group)};
  };
  out.machine_cost = named(label<Real>("machine time of a bond, ", p.id),
                           machine_time(p.placer_price, p.place_time, p.place_group) +
                               machine_time(p.bonder_price, p.bond_time, p.bond_group));
  out.fan_out = lift(lifting, p.family == "rdl-fan-out" || p.family == "rdl-interposer");
  out.substrate_price = number(p.substrate_price);
  if (p.substrate_layers.typ > 0) out.substrate_price += number(p.substrate_layers) * number(p.layer_price);
  out.sheet_time = between(p.capacity, lifting);
  if (p.ball_pitch.typ > 0) {
    out.cover_price = number(p.ball_price) / (number(p.ball_pitch) * number(p.ball_pitch));
  }
  return out;
}
template <Number Real>
LinkParameters<Real> parameters(const Link& link, const Lifting<Real>& lifting) {
  return lifted<LinkParameters<Real>>(link, lifting);
}
template <Number Real>
MemoryParameters<Real> parameters(const Memory& memory, const Library& library,
                                  const Lifting<Real>& lifting) {
  MemoryParameters<Real> out;
  MemoryParameters<Real>::each_row_field(from_row(lifting), out, memory);
  out.pile = pile_resistance(library, find(library.sections, memory.section), lifting);
  out.piece_time = between(memory.output, lifting);
  return out;
}
template <Number Real>
CoolingParameters<Real> parameters(const Cooling& cooling, const Lifting<Real>& lifting) {
  return lifted<CoolingParameters<Real>>(cooling, lifting);
}
template <Number Real>
TestParameters<Real> parameters(const TestFlow& test, const Lifting<Real>& lifting) {
  TestParameters<Real> out;
  TestParameters<Real>::each_row_field(from_row(lifting), out, test);
  if (test.patterns.typ > 0) {
    // patterns x (scan cells / chains) shifts
    out.scan_time = named(label<Real>("scan time of a transistor, ", test.id),
                          lift(lifting, test.patterns) / lift(lifting, test.scan_cell) /
                              lift(lifting, test.scan_chains) / lift(lifting, test.shift_clock));
  }
  return out;
}
template <Number Real>
EfficiencyParameters<Real> parameters(const Efficiency& efficiency, const Lifting<Real>& lifting) {
  auto out = lifted<EfficiencyParameters<Real>>(efficiency, lifting);
  if (efficiency.attention.typ == 0) out.attention = out.matrix;
  if (efficiency.data_network.typ == 0) out.data_network = out.network;
  return out;
}
template <Number Real>
AssumptionParameters<Real> parameters(const Assumptions& assumptions, const Lifting<Real>& lifting) {
  return lifted<AssumptionParameters<Real>>(assumptions, lifting);
}
template <Number Real>
WorkloadParameters<Real> parameters(const WorkloadModel& model, const Lifting<Real>& lifting) {
  WorkloadParameters<Real> out;
  WorkloadParameters<Real>::each_row_field(from_row(lifting), out, model);
  out.causal = lift(lifting, !model.encoder);
  out.latent = lift(lifting, model.latent_rank.typ > 0);
  if (model.kind == "transformer") {
    out.sizes = model_sizes(
        shape_of<Real>(model, [&lifting](const SourcedCount& count) { return lift(lifting, count); }));
  }
  if (model.kind == "operators") {
    const OperatorSums sum = sums(model.operators);
    const auto given = [&](double value, std::string_view what) {
      return lift_given<dimension::none>(lifting, value, std::string{what} + " of " + model.id);
    };
    out.operations = given(sum.operations, "operations an item");
    out.vector_operations = given(sum.vector_operations, "operations between products");
    out.words = given(sum.words, "words an item");
    out.weights = given(sum.weights, "weights");
    out.tables = given(sum.tables, "words of tables");
    out.steps = given(sum.steps, "operators");
  }
  return out;
}

#define INSTANTIATE(Real)                                                                              \
  template NodeParameters<Real> parameters(const ProcessNode&, const Region&, const Lifting<Real>&);   \
  template CurveParameters<Real> curve_of(const ProcessNode&, const Lifting<Real>&);                   \
  template ModuleParameters<Real> parameters(const Module&, const ProcessNode&, const Lifting<Real>&); \
  template PackagingParameters<Real> parameters(const Packaging&, const Lifting<Real>&);               \
  template LinkParameters<Real> parameters(const Link&, const Lifting<Real>&);                         \
  template MemoryParameters<Real> parameters(const Memory&, const Library&, const Lifting<Real>&);     \
  template CoolingParameters<Real> parameters(const Cooling&, const Lifting<Real>&);                   \
  template TestParameters<Real> parameters(const TestFlow&, const Lifting<Real>&);                     \
  template EfficiencyParameters<Real> parameters(const Efficiency&, const Lifting<Real>&);             \
  template AssumptionParameters<Real> parameters(const Assumptions&, const Lifting<Real>&);            \
  template WorkloadParameters<Real> parameters(const WorkloadModel&, const Lifting<Real>&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry
