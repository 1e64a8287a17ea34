// A system put together by hand, of round numbers, for sums that can be followed on paper: two compute dies
// of 10 x 10 mm, each with one memory stack of 11 x 10 mm, on an interposer.
#pragma once

#include "system/system.h"

namespace marquetry::test {

inline NodeParameters<double> small_node() {
  using namespace unit;
  NodeParameters<double> node;
  node.logic_density = 100 * MTr / mm2;
  node.logic_utilisation = 0.5;
  node.sram_density = 20 * Mbit / mm2;
  node.analog_scale = 0.5;
  node.defect_density = 0.1 / cm2;
  node.clustering = 3;
  node.critical_layers = 20;
  node.energy_scale = 0.5;
  node.speed_scale = 1.5;
  node.wafer_price = 9000 * USD;
  node.nre = 300 * MUSD;
  node.wafer_diameter = 300 * mm;
  node.latency = 12 * week;
  node.supply_voltage = 0.75 * V;
  node.leakage = 30 * mW / mm2;
  node.fab_energy = 2 * kWh / cm2;
  node.fab_grid = 0.5 * kgCO2 / kWh;
  node.fab_gases = 0.3 * kgCO2 / cm2;
  node.fab_gases_abated = 0.1 * kgCO2 / cm2;
  node.fab_materials = 0.3 * kgCO2 / cm2;
  node.counted = 1;
  return node;
}

inline PackagingParameters<double> small_packaging() {
  using namespace unit;
  PackagingParameters<double> p;
  p.bump_pitch = 40 * um;
  p.die_gap = 0.1 * mm;
  p.carrier_diameter = 300 * mm;
  p.carrier_price = 2000 * USD;
  p.carrier_defects = 0.05 / cm2;
  p.carrier_clustering = 6;
  p.carrier_factor = 1.1;
  p.carrier_limit = 2800 * mm2;
  p.substrate_factor = 4;
  p.substrate_limit = 10'000 * mm2;
  p.substrate_price = 0.01 * USD / mm2;
  p.bridge_price = 3 * USD;
  p.bond_yield = 0.99;
  p.assembly_yield = 0.98;
  p.bond_cost = 1 * USD;
  p.assembly_cost = 20 * USD;
  p.nre_per_area = 100 * USD / mm2;
  p.nre_fixed = 1 * MUSD;
  p.latency = 6 * week;
  p.carrier_emissions = 0.1 * kgCO2 / cm2;
  p.substrate_emissions = 0.01 * kgCO2 / cm2;
  return p;
}

inline MemoryParameters<double> small_memory() {
  using namespace unit;
  MemoryParameters<double> m;
  m.on_package = 1;
  m.pins = 1024;
  m.pin_rate = 3.2 * Gbit / s;
  m.capacity = 16 * GB;
  m.width = 11 * mm;
  m.height = 10 * mm;
  m.phy_beachfront = 8 * mm;
  m.phy_area = 13 * mm2;
  m.controller = 50 * MTr;
  m.phy_bumps = 1700;
  m.energy = 4 * pJ / bit;
  m.idle_power = 1 * W;
  m.price = 10 * USD / GB;
  m.quality = 0.999;
  m.emissions = 0.1 * kgCO2 / GB;
  m.temperature_limit = 95 * K + freezing_point;
  return m;
}

inline Die<double> small_die() {
  using namespace unit;
  ModuleParameters<double> core;
  core.logic = 100 * MTr;
  core.sram = 20 * Mbit;
  core.held = core.sram;
  core.analog = 1 * mm2;
  core.rates[operators::index(Format::fp16)] = 1000;
  core.rates[operators::index(Format::int8)] = 2000;
  core.energy = 1 * nJ;
  core.clock = 1.2 * GHz;
  Die<double> die{.id = "compute", .node = small_node(), .count = 2, .clock = 1 * GHz, .activity = 0.5};
  die.aspect = 1;
  die.modules = {{.module = core, .count = 10, .active = 8}};
  die.given_area = 100 * mm2;
  return die;
}

// Among dies of one type, as a mesh of two.
inline Network<double> small_network() {
  using namespace unit;
  LinkParameters<double> link;
  link.lanes = 64;
  link.efficiency = 0.95;
  link.wires = 156;
  link.lane_rate = 16 * Gbit / s;
  link.module_width = 0.4 * mm;
  link.module_area = 0.5 * mm2;
  link.energy = 0.5 * pJ / bit;
  link.reach = 2 * mm;
  link.latency = 2 * ns;
  Network<double> network{.id = "mesh", .from = 0, .to = 0, .link = link, .modules = 4};
  network.graph = {.degree = 1, .cut = 1, .hops = 1, .span = 0, .links = 1, .ring_links = 1, .ring_hops = 1};
  return network;
}

inline System<double> small_system() {
  using namespace unit;
  System<double> s;
  s.dies = {small_die()};
  s.memories = {{.id = "hbm", .memory = small_memory(), .stacks = 1, .host = 0}};
  s.networks = {small_network()};
  s.packaging = small_packaging();
  s.cooling = {0.2 * K / W, 1 * W / mm2, 35 * K + freezing_point, 50 * USD};
  s.test.sort = {.time = 30 * unit::s, .rate = 120 * USD / h, .coverage = 0.9};
  s.test.carrier.coverage = 1;  // for nothing
  s.test.final = {.time = 2 * h, .rate = 60 * USD / h, .coverage = 0.95};
  s.test.escape_cost = 1000 * USD;
  s.efficiency = {0.5, 0.8, 0.7, 0.9, 5 * us, 10 * us};
  s.efficiency.attention = 0.5;
  s.efficiency.data_network = 0.7;
  s.efficiency.prompt_tokens = 8192;
  auto& a = s.assumptions;
  a.reticle_width = 26 * mm;
  a.reticle_height = 33 * mm;
  a.edge_exclusion = 3 * mm;
  a.scribe = 0.1 * mm;
  a.beachfront_share = 0.8;
  a.regulator_efficiency = 0.9;
  a.module_nre = 0.5;
  a.chip_nre = 0.3;
  a.chip_nre_fixed = 0.2;
  a.use_share = 0.5;
  a.bump_current = 20 * mA;
  a.junction_limit = 95 * K + freezing_point;
  a.die_resistance = 12 * K * mm2 / W;
  a.nre_area = 300 * mm2;
  a.wire_delay = 7 * ns;
  a.use_time = 4 * year;
  a.design_time = 80 * week;
  a.abatement = 0.97;
  a.bond_energy = 0.1 * kWh;
  a.design_energy = 36 * J;
  a.design_grid = 0.4 * kgCO2 / kWh;
  a.carbon_price = 0.1 * USD / kgCO2;
  s.cover.die = s.cover.cover = a.die_resistance;
  s.cover.resistance = s.cooling.resistance;
  s.use_grid = 0.5 * kgCO2 / kWh;
  s.volume = 100'000;
  return s;
}

}  // namespace marquetry::test
