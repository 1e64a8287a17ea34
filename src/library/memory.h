// A memory that is bought: an HBM stack, or a DRAM channel with its devices.
#pragma once

#include "library/row.h"

namespace marquetry {

struct Memory : Row {
  static constexpr std::string_view category = "memories", singular = "memory";
  std::string kind{}, generation{}, section{};
  std::vector<std::string> suppliers{}, regions{};
  bool on_package{};
  SourcedCount pins{};
  Sourced<dimension::data + dimension::time * -1> pin_rate{};
  Sourced<dimension::data> capacity{};
  SourcedLength width{}, height{}, phy_beachfront{};
  SourcedArea phy_area{};
  SourcedCount controller{}, phy_bumps{};
  Sourced<dimension::energy + dimension::data * -1> energy{};
  MaybeSourced<dimension::none> interface_share{};
  Sourced<dimension::power> idle_power{};
  MaybeSourced<dimension::none> refresh_share{}, refresh_time{};
  Sourced<dimension::money + dimension::data * -1> price{};
  SourcedCount quality{};
  Sourced<dimension::carbon + dimension::data * -1> emissions{};
  Sourced<dimension::temperature> temperature_limit{};
  MaybeSourced<dimension::temperature> throttle{};
  MaybeSourced<dimension::time * -1> output{};
};

template <class Visitor>
void describe(Memory& m, Visitor& v) {
  describe_row(m, v);
  v.choice("kind", m.kind, {"hbm", "ddr", "lpddr", "gddr"});
  v.text("generation", m.generation);
  v.text_if("section", m.section);
  v.texts("suppliers", m.suppliers);
  v.texts("regions", m.regions);
  v.flag("on_package", m.on_package);
  v.required("pins", m.pins, "data pins of one stack or channel");
  v.required("pin_rate", m.pin_rate, "of one data pin");
  v.required("capacity", m.capacity, "of one stack or channel");
  v.required("width", m.width, "footprint, along the host's edge; 0 off the package");
  v.required("height", m.height, "footprint, away from it; 0 off the package");
  v.required("phy_beachfront", m.phy_beachfront, "edge of the host die that one stack or channel takes");
  v.required("phy_area", m.phy_area, "PHY on the host die; does not shrink with the node");
  v.required("controller", m.controller, "logic transistors of the controller on the host die");
  v.required("phy_bumps", m.phy_bumps, "signal bumps on the host die");
  v.required("energy", m.energy, "per bit moved, whole stack with its PHYs");
  v.optional("interface_share", m.interface_share, "of that energy, what the PHY on the host takes");
  v.required("idle_power", m.idle_power, "refresh and standby");
  v.optional("refresh_share", m.refresh_share, "of that power, refresh");
  v.optional("refresh_time", m.refresh_time, "share of the time in which it refreshes and moves nothing");
  v.required("price", m.price, "known good stack, per capacity");
  v.required("quality", m.quality, "P(good) as bought");
  v.required("emissions", m.emissions, "embodied, per capacity");
  v.required("temperature_limit", m.temperature_limit, "hottest allowed");
  v.optional("throttle", m.throttle, "above it refresh is doubled");
  v.optional("output", m.output, "stacks or channels, whole world");
}

}  // namespace marquetry
