// A process node of one foundry (or a class of like nodes): density, yield, price, energy, carbon, time.
#pragma once

#include "library/row.h"

namespace marquetry {

struct ProcessNode : Row {
  static constexpr std::string_view category = "nodes", singular = "node";
  std::vector<std::string> suppliers{}, regions{};
  bool euv{};     // needs EUV lithography
  bool planar{};  // planar transistors: not counted in performance density
  SourcedLength feature{};
  Sourced<dimension::area * -1> logic_density{};
  Sourced<dimension::data + dimension::area * -1> sram_density{};
  SourcedCount analog_scale{}, logic_utilisation{};
  MaybeSourced<dimension::money> wafer_price{};
  SourcedLength wafer_diameter{};
  MaybeSourced<dimension::area * -1> defect_density{};
  SourcedCount clustering{}, critical_layers{};
  MaybeSourced<dimension::money> nre{};
  MaybeSourced<dimension::time> latency{};
  MaybeSourced<dimension::time * -1> capacity{};
  Sourced<dimension::power + dimension::current * -1> supply_voltage{};
  SourcedCount energy_scale{}, speed_scale{};
  Sourced<dimension::power + dimension::area * -1> leakage{};
  MaybeSourced<dimension::power + dimension::current * -1> threshold{};
  MaybeSourced<dimension::none> saturation{};
  MaybeSourced<dimension::power + dimension::current * -1> supply_low{}, supply_high{};
  MaybeSourced<dimension::temperature * -1> leakage_slope{};
  MaybeSourced<dimension::current + dimension::power * -1> leakage_rise{};
  MaybeSourced<dimension::temperature> temperature_limit{}, throttle{};
  Sourced<dimension::temperature + dimension::area + dimension::power * -1> back_resistance{};
  Sourced<dimension::energy + dimension::area * -1> fab_energy{};
  Sourced<dimension::carbon + dimension::area * -1> fab_gases{}, fab_gases_abated{}, fab_materials{};
};

template <class Visitor>
void describe(ProcessNode& n, Visitor& v) {
  describe_row(n, v);
  v.texts("suppliers", n.suppliers);
  v.texts("regions", n.regions);
  v.flag("euv", n.euv);
  v.flag("planar", n.planar);
  v.required("feature", n.feature, "the node's name as a length");
  v.required("logic_density", n.logic_density, "headline logic transistors per area");
  v.required("sram_density", n.sram_density, "SRAM macro bits per area");
  v.required("analog_scale", n.analog_scale, "area of analog and PHYs relative to 65 nm");
  v.required("logic_utilisation", n.logic_utilisation,
             "logic density that whole dies reach / headline density");
  v.optional("wafer_price", n.wafer_price, "processed wafer, currency of the year in the source");
  v.required("wafer_diameter", n.wafer_diameter, "");
  v.optional("defect_density", n.defect_density, "D0 over all layers");
  v.required("clustering", n.clustering, "alpha of the negative binomial yield");
  v.required("critical_layers", n.critical_layers,
             "masking steps that share the defect density (Bose-Einstein)");
  v.optional("nre", n.nre, "design, masks, IP and verification of a chip of 300 mm2");
  v.optional("latency", n.latency, "wafer start to wafer out");
  v.optional("capacity", n.capacity, "wafers out, whole world");
  v.required("supply_voltage", n.supply_voltage, "nominal");
  v.required("energy_scale", n.energy_scale, "energy per operation relative to 28 nm");
  v.required("speed_scale", n.speed_scale, "clock relative to 28 nm");
  v.required("leakage", n.leakage, "static power per area of active silicon at 85 degC");
  v.optional("threshold", n.threshold, "of the clock's fall with the voltage, in the alpha-power law");
  v.optional("saturation", n.saturation, "the exponent of that law");
  v.optional("supply_low", n.supply_low, "lowest voltage at which it works");
  v.optional("supply_high", n.supply_high, "highest voltage that it bears for life");
  v.optional("leakage_slope", n.leakage_slope, "rise of the leakage with the temperature, of its logarithm");
  v.optional("leakage_rise", n.leakage_rise, "the same of the current with the voltage");
  v.optional("temperature_limit", n.temperature_limit, "hottest allowed, where junction_limit is not it");
  v.optional("throttle", n.throttle,
             "above it clocks are lowered; `throttle` of the assumptions where missing");
  v.number_if(
      "back_resistance", n.back_resistance,
      "between circuits and silicon, where power comes from the back: their metal and a bond, times area");
  v.required("fab_energy", n.fab_energy, "electricity per wafer area");
  v.required("fab_gases", n.fab_gases, "process gases let out per wafer area where 95 % of them are abated");
  v.required("fab_gases_abated", n.fab_gases_abated, "the same where 99 % are abated");
  v.required("fab_materials", n.fab_materials, "made elsewhere: wafer, chemicals, gases, per wafer area");
}

}  // namespace marquetry
