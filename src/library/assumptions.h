// Numbers that hold for every design unless it names another row: fab and assembly rules, limits, habits of
// use.
#pragma once

#include "library/row.h"

namespace marquetry {

struct Assumptions : Row {
  static constexpr std::string_view category = "assumptions", singular = "set of assumptions";
  SourcedLength reticle_width{}, reticle_height{}, edge_exclusion{}, scribe{};
  SourcedCount beachfront_share{};
  Sourced<dimension::current> bump_current{};
  Sourced<dimension::temperature> junction_limit{};
  MaybeSourced<dimension::temperature> throttle{};
  Sourced<dimension::temperature + dimension::area + dimension::power * -1> die_resistance{};
  SourcedCount regulator_efficiency{};
  SourcedCount module_nre{}, chip_nre{}, chip_nre_fixed{}, mask_share{};
  SourcedArea nre_area{};
  SourcedTime wire_delay{};
  SourcedTime use_time{};
  SourcedCount use_share{};
  SourcedTime design_time{};
  SourcedTime production_time{unit::year.si(), unit::year.si(), unit::year.si(), {}};
  SourcedCount supply_share{1, 1, 1, {}};
  SourcedCount abatement{};
  Sourced<dimension::energy> bond_energy{}, design_energy{};
  Sourced<dimension::carbon + dimension::energy * -1> design_grid{};
  Sourced<dimension::money + dimension::carbon * -1> carbon_price{};
  SourcedCount defect_floor{1, 1, 1, {}}, price_decline{};
  SourcedCount cache_share{1, 1, 1, {}};
  SourcedTime learning_time{};
};

template <class Visitor>
void describe(Assumptions& a, Visitor& v) {
  describe_row(a, v);
  v.required("reticle_width", a.reticle_width, "exposure field, short side");
  v.required("reticle_height", a.reticle_height, "exposure field, long side");
  v.required("edge_exclusion", a.edge_exclusion, "unusable rim of a wafer");
  v.required("scribe", a.scribe, "between neighbouring dies of a wafer");
  v.required("beachfront_share", a.beachfront_share, "of a die's edge that PHYs may take");
  v.required("bump_current", a.bump_current, "through one power bump, for life");
  v.required("junction_limit", a.junction_limit, "hottest logic");
  v.optional("throttle", a.throttle, "above it logic lowers its clock");
  v.required("die_resistance", a.die_resistance, "junction to case: silicon, TIM and lid, times area");
  v.required("regulator_efficiency", a.regulator_efficiency,
             "of the last conversion, in the package's power");
  v.required("module_nre", a.module_nre, "share of a node's NRE that goes with module area");
  v.required("chip_nre", a.chip_nre, "share that goes with chip area");
  v.required("chip_nre_fixed", a.chip_nre_fixed, "share that every chip pays: masks, tape-out");
  v.number_if("mask_share", a.mask_share,
              "share of what every chip pays, and of a carrier's fixed NRE, that is masks");
  v.required("nre_area", a.nre_area, "chip area for which a node's NRE is stated");
  v.required("wire_delay", a.wire_delay, "flight of one metre of package wire");
  v.number_if("cache_share", a.cache_share, "of the SRAM of caches, what holds data of the next pass");
  v.required("use_time", a.use_time, "service life");
  v.required("use_share", a.use_share, "average power / stated power over that life");
  v.required("design_time", a.design_time, "architecture to tape-out");
  v.number_if("production_time", a.production_time, "in which the volume is to be made");
  v.number_if("supply_share", a.supply_share, "of the world's capacity for a step that the design gets");
  v.required("abatement", a.abatement, "of the process gases, share");
  v.required("bond_energy", a.bond_energy, "electricity of attaching one die");
  v.required("design_energy", a.design_energy, "computing, for each transistor that a die has room for");
  v.required("design_grid", a.design_grid, "carbon intensity of that electricity");
  v.required("carbon_price", a.carbon_price, "of what is embodied; reported beside the cost");
  v.number_if("defect_floor", a.defect_floor, "defect density after long learning / that of today");
  v.number_if("learning_time", a.learning_time, "in which all but 1 / e of that is learnt");
  v.number_if("price_decline", a.price_decline, "share by which wafer prices fall in a year");
}

}  // namespace marquetry
