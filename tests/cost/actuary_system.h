// Systems as Chiplet Actuary describes them, and what its preset makes of them.
#pragma once

#include "support/costed.h"

namespace marquetry::test {

struct ActuaryNode {
  double wafer_usd{}, defects_per_cm2{}, clustering{}, diameter_mm{}, module_usd_per_mm2{},
      chip_usd_per_mm2{}, chip_fixed_usd{};
};

struct ActuaryPackage {
  double area_scale{}, bond_yield{}, bump_usd_per_mm2{}, wafer_usd{}, defects_per_cm2{}, clustering{},
      nre_usd_per_mm2{}, nre_fixed_usd{};
};

// The organic substrate, which the others stand on too.
struct ActuarySubstrate {
  double area_scale{4}, usd_per_mm2{0.005}, bond_yield{0.99}, bump_usd_per_mm2{0.005}, nre_usd_per_mm2{3000},
      nre_fixed_usd{3e5};
};

inline NodeParameters<double> actuary_node(const ActuaryNode& n) {
  using namespace unit;
  NodeParameters<double> node;
  node.wafer_price = n.wafer_usd * USD;
  node.defect_density = n.defects_per_cm2 / cm2;
  node.clustering = n.clustering;
  node.wafer_diameter = n.diameter_mm * mm;
  node.nre = n.module_usd_per_mm2 * 600 * USD;  // half of it is that of 300 mm2 of modules
  node.logic_density = 1 * MTr / mm2;           // for division only: the areas are given
  node.sram_density = 1 * Mbit / mm2;
  node.logic_utilisation = 1;
  return node;
}

inline PackagingParameters<double> actuary_organic(const ActuarySubstrate& s) {
  using namespace unit;
  PackagingParameters<double> p;
  p.bump_pitch = 100 * um;
  p.carrier_diameter = 300 * mm;
  p.carrier_clustering = 1;
  p.substrate_factor = s.area_scale;
  p.substrate_price = s.usd_per_mm2 * USD / mm2;
  p.bond_yield = s.bond_yield;
  p.assembly_yield = 1;
  p.bump_price = s.bump_usd_per_mm2 * USD / mm2;
  p.nre_per_area = s.nre_usd_per_mm2 * USD / mm2;
  p.nre_fixed = s.nre_fixed_usd * USD;
  return p;
}

// fan_out: 1 or 0; its fixed NRE is the one that the program divides by 300 once too often.
inline PackagingParameters<double> actuary_advanced(const ActuarySubstrate& s, const ActuaryPackage& a,
                                                    double fan_out, double chip_first) {
  using namespace unit;
  auto p = actuary_organic(s);
  p.carrier_price = a.wafer_usd * USD;
  p.carrier_defects = a.defects_per_cm2 / cm2;
  p.carrier_clustering = a.clustering;
  p.carrier_factor = a.area_scale;
  p.substrate_factor = a.area_scale * s.area_scale;
  p.bond_yield = a.bond_yield;
  p.assembly_yield = s.bond_yield;
  p.bump_price = a.bump_usd_per_mm2 * USD / mm2;
  p.carrier_bump_price = s.bump_usd_per_mm2 * USD / mm2;
  p.carrier_nre_per_area = a.nre_usd_per_mm2 * USD / mm2;
  p.carrier_nre_fixed = a.nre_fixed_usd * (fan_out == 1 ? 300 : 1) * USD;
  p.fan_out = fan_out;
  p.chip_first = chip_first;
  return p;
}

inline Die<double> actuary_die(std::string name, double area_mm2, double count,
                               const NodeParameters<double>& node, std::size_t node_row) {
  Die<double> die{.id = std::move(name), .node = node, .node_row = node_row, .count = count};
  die.aspect = 1;
  die.given_area = area_mm2 * unit::mm2;
  return die;
}

// Silicon that only fills its place: it costs nothing, and it is bonded.
inline Die<double> actuary_dummy(double area_mm2, double count) {
  using namespace unit;
  auto node = actuary_node({.clustering = 1, .diameter_mm = 300});
  auto die = actuary_die("dummy", area_mm2, count, node, 0);
  die.modules = {{.count = 0, .row = 1}};
  return die;
}

// A module of which only the area counts.
inline ModuleInstance<double> actuary_module(double area_mm2, std::size_t row) {
  ModuleInstance<double> module{.count = 1, .active = 1, .row = row};
  module.module.measured = area_mm2 * unit::mm2;
  return module;
}

inline System<double> actuary_system(std::vector<Die<double>> dies,
                                     const PackagingParameters<double>& packaging, const ActuaryNode& any) {
  using namespace unit;
  System<double> s;
  s.dies = std::move(dies);
  s.packaging = packaging;
  s.assumptions.nre_area = 300 * mm2;
  s.assumptions.module_nre = 0.5;
  const double nre = any.module_usd_per_mm2 * 600;
  s.assumptions.chip_nre = any.chip_usd_per_mm2 * 300 / nre;
  s.assumptions.chip_nre_fixed = any.chip_fixed_usd / nre;
  s.assumptions.scribe = 0.1 * mm;  // those of the program come with the preset
  s.assumptions.edge_exclusion = 3 * mm;
  s.volume = 1;
  return s;
}

inline Models actuary_models() { return {.quirks = find_preset("actuary-2022")->quirks()}; }

}  // namespace marquetry::test
