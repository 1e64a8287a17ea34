// What the models need of each library row, over the models' number type. A parameter set lists its fields
// once
// (`each_field`), so that the hull of several rows can be taken where a choice is still open.
#pragma once

#include <algorithm>
#include <memory>
#include <vector>

#include "bonding/joint.h"
#include "library/model_sizes.h"
#include "operators/format.h"
#include "system/lift.h"
#include "units/units.h"

namespace marquetry {

using operators::Format, operators::format_bits, operators::format_names;

template <Number Real>
struct NodeParameters {
  PerArea<Real> logic_density{}, defect_density{};
  DataPerArea<Real> sram_density{};
  Real analog_scale{}, logic_utilisation{}, clustering{}, critical_layers{}, energy_scale{}, speed_scale{};
  Money<Real> wafer_price{}, nre{};
  Length<Real> wafer_diameter{};
  Time<Real> latency{};
  Voltage<Real> supply_voltage{};
  PowerPerArea<Real> leakage{};
  ThermalResistivity<Real> back_resistance{};  // between circuits and silicon
  EnergyPerArea<Real> fab_energy{};
  CarbonPerArea<Real> fab_gases{}, fab_gases_abated{}, fab_materials{};
  CarbonPerEnergy<Real> fab_grid{};
  Time<Real> wafer_time{};  // 1 / capacity: between wafers of the whole world; 0: unknown
  Real counted{};  // 1 where performance density counts the die's area (non-planar transistors), else 0

  // Those that a library row has under the same name.
  template <class F, class... S>
  static void each_row_field(F&& f, S&... s) {
    f(s.logic_density...), f(s.defect_density...), f(s.sram_density...), f(s.analog_scale...),
        f(s.logic_utilisation...), f(s.clustering...), f(s.critical_layers...), f(s.energy_scale...),
        f(s.speed_scale...), f(s.wafer_price...), f(s.nre...), f(s.wafer_diameter...), f(s.latency...),
        f(s.supply_voltage...), f(s.leakage...), f(s.back_resistance...), f(s.fab_energy...),
        f(s.fab_gases...), f(s.fab_gases_abated...), f(s.fab_materials...);
  }
  template <class F, class... S>
  static void each_field(F&& f, S&... s) {
    each_row_field(f, s...);
    f(s.fab_grid...), f(s.wafer_time...), f(s.counted...);
  }
};

// How clock and leakage of a node follow its voltage. Only dies whose voltage is not simply the nominal one
// have it.
template <Number Real>
struct CurveParameters {
  Voltage<Real> threshold{}, supply_low{}, supply_high{};
  Real saturation{};
  PerVoltage<Real> leakage_rise{};

  template <class F, class... S>
  static void each_field(F&& f, S&... s) {
    f(s.threshold...), f(s.supply_low...), f(s.supply_high...), f(s.saturation...), f(s.leakage_rise...);
  }
};

// Ways of hybrid bonding that an open choice leaves; among them null, where the typed yield of a bond stands.
// No list: only that.
using HybridJoint = std::shared_ptr<const bonding::Joint>;
using HybridJoints = std::shared_ptr<const std::vector<HybridJoint>>;

inline HybridJoints either(const HybridJoints& a, const HybridJoints& b) {
  if (a == b) return a;
  const std::vector<HybridJoint> typed(1);
  std::vector<HybridJoint> all = a ? *a : typed;
  for (const auto& joint : b ? *b : typed) {
    if (std::ranges::find(all, joint) == all.end()) all.push_back(joint);
  }
  return std::make_shared<const std::vector<HybridJoint>>(std::move(all));
}

// Of a packaging. Machine time and balls are worked out from the row (system/lift_rows.cpp).
template <Number Real>
struct PackagingParameters {
  Length<Real> bump_pitch{}, die_gap{}, carrier_diameter{}, panel_width{}, panel_height{}, panel_margin{};
  Money<Real> carrier_price{}, bridge_price{}, bond_cost{}, assembly_cost{}, nre_fixed{}, rework_cost{},
      carrier_nre_fixed{};
  PerArea<Real> carrier_defects{};
  PerLength<Real> seam_defects{};
  Real carrier_clustering{}, carrier_factor{}, substrate_factor{}, bond_yield{}, assembly_yield{};
  Real connection_yield{1.0}, tsv_yield{1.0}, rework_share{};
  Real chip_first{};      // 1 where a bad carrier loses its dies, else 0
  Real wafer_to_wafer{};  // 1 where whole wafers are bonded, else 0
  Real fan_out{};         // 1 where the carrier is built on a reconstituted wafer, else 0
  Area<Real> carrier_limit{}, substrate_limit{};
  MoneyPerArea<Real> substrate_price{}, nre_per_area{}, bump_price{}, carrier_bump_price{},
      carrier_nre_per_area{};
  Time<Real> latency{};
  CarbonPerArea<Real> carrier_emissions{}, substrate_emissions{};
  Carbon<Real> bridge_emissions{};
  Money<Real> machine_cost{};        // of placing and bonding one die
  MoneyPerArea<Real> cover_price{};  // balls, per substrate area
  ThermalResistivity<Real> pile{};   // across a joint between dies
  HybridJoints hybrids{};
  PerArea<Real> bond_particles{};  // of the hybrid bond
  Time<Real> sheet_time{};         // 1 / capacity; 0: unknown

  template <class F, class... S>
  static void each_row_field(F&& f, S&... s) {
    f(s.bump_pitch...), f(s.die_gap...), f(s.carrier_diameter...), f(s.panel_width...), f(s.panel_height...),
        f(s.panel_margin...), f(s.carrier_price...), f(s.bridge_price...), f(s.bond_cost...),
        f(s.assembly_cost...), f(s.nre_fixed...), f(s.rework_cost...), f(s.carrier_nre_fixed...),
        f(s.carrier_defects...), f(s.seam_defects...), f(s.carrier_clustering...), f(s.carrier_factor...),
        f(s.substrate_factor...), f(s.bond_yield...), f(s.assembly_yield...), f(s.connection_yield...),
        f(s.tsv_yield...), f(s.rework_share...), f(s.chip_first...), f(s.wafer_to_wafer...),
        f(s.carrier_limit...), f(s.substrate_limit...), f(s.nre_per_area...), f(s.bump_price...),
        f(s.carrier_bump_price...), f(s.carrier_nre_per_area...), f(s.latency...), f(s.carrier_emissions...),
        f(s.substrate_emissions...), f(s.bridge_emissions...);
  }
  template <class F, class... S>
  static void each_field(F&& f, S&... s) {
    each_row_field(f, s...);
    f(s.substrate_price...), f(s.machine_cost...), f(s.cover_price...), f(s.pile...), f(s.fan_out...),
        f(s.bond_particles...), f(s.sheet_time...);
  }
};

// The hull of two packagings.
template <Number Real>
PackagingParameters<Real> either_of(PackagingParameters<Real> a, const PackagingParameters<Real>& b) {
  PackagingParameters<Real>::each_field([](auto& x, const auto& y) { x = either(x, y); }, a, b);
  a.hybrids = either(a.hybrids, b.hybrids);
  return a;
}

template <Number Real>
struct LinkParameters {
  Real lanes{}, efficiency{}, wires{}, idle_share{};
  Bandwidth<Real> lane_rate{};
  Length<Real> module_width{}, reach{};
  Area<Real> module_area{};
  EnergyPerBit<Real> energy{};
  Time<Real> latency{};

  template <class F, class... S>
  static void each_field(F&& f, S&... s) {
    f(s.lanes...), f(s.efficiency...), f(s.wires...), f(s.idle_share...), f(s.lane_rate...),
        f(s.module_width...), f(s.reach...), f(s.module_area...), f(s.energy...), f(s.latency...);
  }
};

template <Number Real>
struct MemoryParameters {
  Real pins{}, controller{}, phy_bumps{}, quality{};
  Real on_package{};  // 1 on the package, 0 on the board
  Bandwidth<Real> pin_rate{};
  Data<Real> capacity{};
  Length<Real> width{}, height{}, phy_beachfront{};
  Area<Real> phy_area{};
  EnergyPerBit<Real> energy{};
  Power<Real> idle_power{};
  MoneyPerData<Real> price{};
  CarbonPerData<Real> emissions{};
  Temperature<Real> temperature_limit{};
  Real interface_share{};           // of the energy, what the PHY on the host takes; 0: unknown
  ThermalResistivity<Real> pile{};  // across its dies; 0: unknown
  Time<Real> piece_time{};          // 1 / output: between stacks or channels of the whole world; 0: unknown

  template <class F, class... S>
  static void each_row_field(F&& f, S&... s) {
    f(s.pins...), f(s.controller...), f(s.phy_bumps...), f(s.quality...), f(s.on_package...),
        f(s.pin_rate...), f(s.capacity...), f(s.width...), f(s.height...), f(s.phy_beachfront...),
        f(s.phy_area...), f(s.energy...), f(s.idle_power...), f(s.price...), f(s.emissions...),
        f(s.temperature_limit...), f(s.interface_share...);
  }
  template <class F, class... S>
  static void each_field(F&& f, S&... s) {
    each_row_field(f, s...);
    f(s.pile...), f(s.piece_time...);
  }
};

// A module as it comes out on its die's node: where its area was measured there, that replaces its contents.
template <Number Real>
struct ModuleParameters {
  Real logic{};
  Data<Real> sram{};
  Data<Real> held{}, cached{};  // SRAM, measured or not; of it, what the dies share as a cache
  Area<Real> analog{}, measured{};
  // Multiply-accumulates a clock, by the format in which the numbers are stored.
  std::array<Real, format_names.size()> rates{};
  Real sparse{1.0};  // by how much faster where 2 of 4 weights are zero
  Energy<Real> energy{};
  Rate<Real> clock{};

  template <class F, class... S>
  static void each_content_field(F&& f, S&... s) {
    f(s.logic...), f(s.sram...), f(s.analog...);
  }
  template <class F, class... S>
  static void each_row_field(F&& f, S&... s) {
    f(s.energy...), f(s.clock...);
  }
  template <class F, class... S>
  static void each_field(F&& f, S&... s) {
    each_content_field(f, s...);
    each_row_field(f, s...);
    f(s.measured...), f(s.held...), f(s.cached...), f(s.sparse...);
    for (std::size_t i = 0; i < format_names.size(); ++i) f(s.rates[i]...);
  }
};

template <Number Real>
struct CoolingParameters {
  ThermalResistance<Real> resistance{};
  PowerPerArea<Real> flux_limit{};
  Temperature<Real> ambient{};
  Money<Real> price{};

  template <class F, class... S>
  static void each_field(F&& f, S&... s) {
    f(s.resistance...), f(s.flux_limit...), f(s.ambient...), f(s.price...);
  }
};

template <Number Real>
struct StageParameters {
  Time<Real> time{};
  MoneyPerTime<Real> rate{};
  Real coverage{}, overkill{};

  template <class F, class... S>
  static void each_field(F&& f, S&... s) {
    f(s.time...), f(s.rate...), f(s.coverage...), f(s.overkill...);
  }
};

// A stage that is not done finds nothing and costs nothing.
template <Number Real>
struct TestParameters {
  StageParameters<Real> sort{}, carrier{}, stack{}, step{}, partial{}, final{};
  Money<Real> escape_cost{};
  Time<Real> scan_time{};  // wafer sort, for each logic transistor (system/lift_rows.cpp)

  template <class F, class... S>
  static void each_row_field(F&& f, S&... s) {
    StageParameters<Real>::each_field(f, s.sort...);
    StageParameters<Real>::each_field(f, s.carrier...);
    StageParameters<Real>::each_field(f, s.stack...);
    StageParameters<Real>::each_field(f, s.step...);
    StageParameters<Real>::each_field(f, s.partial...);
    StageParameters<Real>::each_field(f, s.final...);
    f(s.escape_cost...);
  }
  template <class F, class... S>
  static void each_field(F&& f, S&... s) {
    each_row_field(f, s...);
    f(s.scan_time...);
  }
};

template <Number Real>
struct EfficiencyParameters {
  Real matrix{}, memory{}, network{}, usable_capacity{};
  Time<Real> layer_overhead{}, collective_latency{};
  Real attention{}, vector{1.0}, data_network{}, data_overlap{};
  Time<Real> sequence_overhead{}, request_overhead{};
  Real burst{}, prompt_tokens{};

  template <class F, class... S>
  static void each_field(F&& f, S&... s) {
    f(s.matrix...), f(s.memory...), f(s.network...), f(s.usable_capacity...), f(s.layer_overhead...),
        f(s.collective_latency...), f(s.attention...), f(s.vector...), f(s.data_network...),
        f(s.data_overlap...), f(s.sequence_overhead...), f(s.request_overhead...), f(s.burst...),
        f(s.prompt_tokens...);
  }
};

template <Number Real>
struct AssumptionParameters {
  Length<Real> reticle_width{}, reticle_height{}, edge_exclusion{}, scribe{};
  Real beachfront_share{}, regulator_efficiency{}, module_nre{}, chip_nre{}, chip_nre_fixed{}, use_share{};
  Current<Real> bump_current{};
  Temperature<Real> junction_limit{};
  ThermalResistivity<Real> die_resistance{};
  Area<Real> nre_area{};
  Time<Real> wire_delay{};  // of one metre
  Real abatement{};
  Energy<Real> bond_energy{}, design_energy{};
  CarbonPerEnergy<Real> design_grid{};
  MoneyPerCarbon<Real> carbon_price{};
  Time<Real> use_time{}, design_time{}, learning_time{};
  Time<Real> production_time{Time<Real>(unit::year)};
  Real supply_share{1.0}, defect_floor{1.0}, price_decline{}, mask_share{}, cache_share{1.0};

  template <class F, class... S>
  static void each_field(F&& f, S&... s) {
    f(s.reticle_width...), f(s.reticle_height...), f(s.edge_exclusion...), f(s.scribe...),
        f(s.beachfront_share...), f(s.regulator_efficiency...), f(s.module_nre...), f(s.chip_nre...),
        f(s.chip_nre_fixed...), f(s.use_share...), f(s.bump_current...), f(s.junction_limit...),
        f(s.die_resistance...), f(s.nre_area...), f(s.wire_delay...), f(s.use_time...), f(s.design_time...),
        f(s.production_time...), f(s.supply_share...), f(s.abatement...), f(s.bond_energy...),
        f(s.design_energy...), f(s.design_grid...), f(s.carbon_price...), f(s.learning_time...),
        f(s.defect_floor...), f(s.price_decline...), f(s.mask_share...), f(s.cache_share...);
  }
};

// What a network needs of its graph, for its number of dies (topology/design.h).
template <Number Real>
struct GraphParameters {
  Real degree{};      // most links of one die, which share its modules
  Real cut{};         // links across the narrowest halving
  Real hops{};        // links on the longest shortest path between two `from` dies
  Real span{};        // die pitches that the longest link passes over
  Real links{};       // of the whole graph
  Real ring_links{};  // of a die, that a ring through all dies can use
  Real ring_hops{};   // from one die of that ring to the next

  template <class F, class... S>
  static void each_field(F&& f, S&... s) {
    f(s.degree...), f(s.cut...), f(s.hops...), f(s.span...), f(s.links...), f(s.ring_links...),
        f(s.ring_hops...);
  }
};

// Sizes of a workload's model, and what follows from them (library/model_sizes.h, library/operator_row.h).
// Fields that its kind does not use are zero.
template <Number Real>
struct WorkloadParameters {
  Real layers{}, width{}, heads{}, kv_heads{}, head_width{}, feed_forward{}, feed_forward_matrices{},
      vocabulary{}, m{}, n{}, k{}, operations{}, words{}, weights{};
  Real experts{}, active_experts{};
  ModelSizes<Real> sizes{};
  Real causal{1.0};          // 0 where each token of a prompt sees all others (an encoder), else 1
  Real latent{};             // 1 where one latent of the cache serves all heads, else 0
  Real vector_operations{};  // of an item, besides `operations`
  Real tables{};             // words kept, of which an item reads few: those are among its words
  Real steps{1.0};           // operators of an item

  template <class F, class... S>
  static void each_row_field(F&& f, S&... s) {
    f(s.layers...), f(s.width...), f(s.heads...), f(s.kv_heads...), f(s.head_width...), f(s.feed_forward...),
        f(s.feed_forward_matrices...), f(s.vocabulary...), f(s.m...), f(s.n...), f(s.k...),
        f(s.operations...), f(s.words...), f(s.weights...), f(s.experts...), f(s.active_experts...);
  }
  template <class F, class... S>
  static void each_field(F&& f, S&... s) {
    each_row_field(f, s...);
    f(s.sizes.shared_weights...), f(s.sizes.expert_weights...), f(s.sizes.looked_up...),
        f(s.sizes.cache_words...), f(s.sizes.attention_width...), f(s.sizes.prompt_attention...),
        f(s.sizes.step_attention...), f(s.causal...), f(s.latent...), f(s.vector_operations...),
        f(s.tables...), f(s.steps...);
  }
};

}  // namespace marquetry
