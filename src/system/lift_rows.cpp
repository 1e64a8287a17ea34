#include "system/lift_rows.h"

namespace marquetry {

template <Number Real>
NodeParameters<Real> parameters(const ProcessNode& node, const Region& region, const Lifting<Real>& lifting) {
  NodeParameters<Real> out;
  out.logic_density = lift(lifting, node.logic_density);
  out.defect_density = lift(lifting, node.defect_density);
  out.sram_density = lift(lifting, node.sram_density);
  out.analog_scale = lift(lifting, node.analog_scale);
  out.clustering = lift(lifting, node.clustering);
  out.energy_scale = lift(lifting, node.energy_scale);
  out.speed_scale = lift(lifting, node.speed_scale);
  out.wafer_price = lift(lifting, node.wafer_price);
  out.nre = lift(lifting, node.nre);
  out.wafer_diameter = lift(lifting, node.wafer_diameter);
  out.supply_voltage = lift(lifting, node.supply_voltage);
  out.leakage = lift(lifting, node.leakage);
  out.utilisation = lift(lifting, node.logic_utilisation);
  if (node.latency.known) out.latency = lift(lifting, node.latency);
  out.wafer_carbon =
      named(label<Real>("fab carbon per area of ", node.id),
            lift(lifting, node.fab_energy) * lift(lifting, region.grid) + lift(lifting, node.fab_emissions));
  out.counted = Real{node.planar ? 0.0 : 1.0};
  return out;
}

template <Number Real>
ModuleParameters<Real> parameters(const Module& module, const ProcessNode& node,
                                  const Lifting<Real>& lifting) {
  ModuleParameters<Real> out;
  const auto measured = std::ranges::find(module.measured, node.id, &MeasuredArea::node);
  if (measured != module.measured.end()) {
    out.measured = lift(lifting, measured->area);
  } else {
    out.logic = lift(lifting, module.logic);
    out.sram = lift(lifting, module.sram);
    out.analog = lift(lifting, module.analog);
  }
  out.fp64 = lift(lifting, module.fp64);
  out.fp32 = lift(lifting, module.fp32);
  out.fp16 = lift(lifting, module.fp16);
  out.int8 = lift(lifting, module.int8);
  out.energy = lift(lifting, module.energy);
  out.clock = lift(lifting, module.clock);
  return out;
}

template <Number Real>
PackagingParameters<Real> parameters(const Packaging& packaging, const Lifting<Real>& lifting) {
  PackagingParameters<Real> out;
  out.bump_pitch = lift(lifting, packaging.bump_pitch);
  out.die_gap = lift(lifting, packaging.die_gap);
  out.carrier_diameter = lift(lifting, packaging.carrier_diameter);
  out.carrier_price = lift(lifting, packaging.carrier_price);
  out.bridge_price = lift(lifting, packaging.bridge_price);
  out.bond_cost = lift(lifting, packaging.bond_cost);
  out.assembly_cost = lift(lifting, packaging.assembly_cost);
  out.nre_fixed = lift(lifting, packaging.nre_fixed);
  out.carrier_defects = lift(lifting, packaging.carrier_defects);
  out.carrier_clustering = lift(lifting, packaging.carrier_clustering);
  out.carrier_factor = lift(lifting, packaging.carrier_factor);
  out.substrate_factor = lift(lifting, packaging.substrate_factor);
  out.bond_yield = lift(lifting, packaging.bond_yield);
  out.assembly_yield = lift(lifting, packaging.assembly_yield);
  out.carrier_limit = lift(lifting, packaging.carrier_limit);
  out.substrate_limit = lift(lifting, packaging.substrate_limit);
  out.substrate_price = lift(lifting, packaging.substrate_price);
  out.nre_per_area = lift(lifting, packaging.nre_per_area);
  out.latency = lift(lifting, packaging.latency);
  out.carrier_emissions = lift(lifting, packaging.carrier_emissions);
  out.substrate_emissions = lift(lifting, packaging.substrate_emissions);
  out.chip_first = Real{packaging.chip_first ? 1.0 : 0.0};
  return out;
}

template <Number Real>
LinkParameters<Real> parameters(const Link& link, const Lifting<Real>& lifting) {
  LinkParameters<Real> out;
  out.lanes = lift(lifting, link.lanes);
  out.efficiency = lift(lifting, link.efficiency);
  out.wires = lift(lifting, link.wires);
  out.idle_share = lift(lifting, link.idle_share);
  out.lane_rate = lift(lifting, link.lane_rate);
  out.module_width = lift(lifting, link.module_width);
  out.reach = lift(lifting, link.reach);
  out.module_area = lift(lifting, link.module_area);
  out.energy = lift(lifting, link.energy);
  out.latency = lift(lifting, link.latency);
  return out;
}

template <Number Real>
MemoryParameters<Real> parameters(const Memory& memory, const Lifting<Real>& lifting) {
  MemoryParameters<Real> out;
  out.pins = lift(lifting, memory.pins);
  out.controller = lift(lifting, memory.controller);
  out.phy_bumps = lift(lifting, memory.phy_bumps);
  out.quality = lift(lifting, memory.quality);
  out.pin_rate = lift(lifting, memory.pin_rate);
  out.capacity = lift(lifting, memory.capacity);
  out.width = lift(lifting, memory.width);
  out.height = lift(lifting, memory.height);
  out.phy_beachfront = lift(lifting, memory.phy_beachfront);
  out.phy_area = lift(lifting, memory.phy_area);
  out.energy = lift(lifting, memory.energy);
  out.idle_power = lift(lifting, memory.idle_power);
  out.price = lift(lifting, memory.price);
  out.emissions = lift(lifting, memory.emissions);
  out.temperature_limit = lift(lifting, memory.temperature_limit);
  out.on_package = Real{memory.on_package ? 1.0 : 0.0};
  return out;
}

template <Number Real>
CoolingParameters<Real> parameters(const Cooling& cooling, const Lifting<Real>& lifting) {
  CoolingParameters<Real> out;
  out.resistance = lift(lifting, cooling.resistance);
  out.flux_limit = lift(lifting, cooling.flux_limit);
  out.ambient = lift(lifting, cooling.ambient);
  out.price = lift(lifting, cooling.price);
  return out;
}

template <Number Real>
TestParameters<Real> parameters(const TestFlow& test, const Lifting<Real>& lifting) {
  TestParameters<Real> out;
  out.sort_time = lift(lifting, test.sort_time);
  out.final_time = lift(lifting, test.final_time);
  out.sort_rate = lift(lifting, test.sort_rate);
  out.final_rate = lift(lifting, test.final_rate);
  out.sort_coverage = lift(lifting, test.sort_coverage);
  out.final_coverage = lift(lifting, test.final_coverage);
  out.escape_cost = lift(lifting, test.escape_cost);
  return out;
}

template <Number Real>
EfficiencyParameters<Real> parameters(const Efficiency& efficiency, const Lifting<Real>& lifting) {
  EfficiencyParameters<Real> out;
  out.matrix = lift(lifting, efficiency.matrix);
  out.memory = lift(lifting, efficiency.memory);
  out.network = lift(lifting, efficiency.network);
  out.usable_capacity = lift(lifting, efficiency.usable_capacity);
  out.layer_overhead = lift(lifting, efficiency.layer_overhead);
  out.collective_latency = lift(lifting, efficiency.collective_latency);
  return out;
}

template <Number Real>
AssumptionParameters<Real> parameters(const Assumptions& assumptions, const Lifting<Real>& lifting) {
  AssumptionParameters<Real> out;
  out.reticle_width = lift(lifting, assumptions.reticle_width);
  out.reticle_height = lift(lifting, assumptions.reticle_height);
  out.edge_exclusion = lift(lifting, assumptions.edge_exclusion);
  out.scribe = lift(lifting, assumptions.scribe);
  out.beachfront_share = lift(lifting, assumptions.beachfront_share);
  out.regulator_efficiency = lift(lifting, assumptions.regulator_efficiency);
  out.module_nre = lift(lifting, assumptions.module_nre);
  out.chip_nre = lift(lifting, assumptions.chip_nre);
  out.chip_nre_fixed = lift(lifting, assumptions.chip_nre_fixed);
  out.use_share = lift(lifting, assumptions.use_share);
  out.bump_current = lift(lifting, assumptions.bump_current);
  out.junction_limit = lift(lifting, assumptions.junction_limit);
  out.die_resistance = lift(lifting, assumptions.die_resistance);
  out.nre_area = lift(lifting, assumptions.nre_area);
  out.wire_delay = lift(lifting, assumptions.wire_delay);
  out.use_time = lift(lifting, assumptions.use_time);
  out.design_time = lift(lifting, assumptions.design_time);
  return out;
}

template <Number Real>
WorkloadParameters<Real> parameters(const WorkloadModel& model, const Lifting<Real>& lifting) {
  WorkloadParameters<Real> out;
  out.layers = lift(lifting, model.layers);
  out.width = lift(lifting, model.width);
  out.heads = lift(lifting, model.heads);
  out.kv_heads = lift(lifting, model.kv_heads);
  out.head_width = lift(lifting, model.head_width);
  out.feed_forward = lift(lifting, model.feed_forward);
  out.feed_forward_matrices = lift(lifting, model.feed_forward_matrices);
  out.vocabulary = lift(lifting, model.vocabulary);
  out.m = lift(lifting, model.m);
  out.n = lift(lifting, model.n);
  out.k = lift(lifting, model.k);
  out.operations = lift(lifting, model.operations);
  out.words = lift(lifting, model.words);
  out.weights = lift(lifting, model.weights);
  return out;
}

#define INSTANTIATE(Real)                                                                              \
  template NodeParameters<Real> parameters(const ProcessNode&, const Region&, const Lifting<Real>&);   \
  template ModuleParameters<Real> parameters(const Module&, const ProcessNode&, const Lifting<Real>&); \
  template PackagingParameters<Real> parameters(const Packaging&, const Lifting<Real>&);               \
  template LinkParameters<Real> parameters(const Link&, const Lifting<Real>&);                         \
  template MemoryParameters<Real> parameters(const Memory&, const Lifting<Real>&);                     \
  template CoolingParameters<Real> parameters(const Cooling&, const Lifting<Real>&);                   \
  template TestParameters<Real> parameters(const TestFlow&, const Lifting<Real>&);                     \
  template EfficiencyParameters<Real> parameters(const Efficiency&, const Lifting<Real>&);             \
  template AssumptionParameters<Real> parameters(const Assumptions&, const Lifting<Real>&);            \
  template WorkloadParameters<Real> parameters(const WorkloadModel&, const Lifting<Real>&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry
