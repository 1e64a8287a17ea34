// A physical layer between dies or to the outside: one module (the unit of placement) and what it carries.
#pragma once

#include "library/row.h"

namespace marquetry {

struct Link : Row {
  static constexpr std::string_view category = "links", singular = "link";
  std::string link_class{};
  SourcedCount lanes{}, efficiency{}, wires{}, idle_share{};
  Sourced<dimension::data + dimension::time * -1> lane_rate{};
  SourcedLength module_width{}, reach{};
  SourcedArea module_area{};
  Sourced<dimension::energy + dimension::data * -1> energy{};
  SourcedTime latency{};
  std::vector<Bandwidth<>> rates{};  // of one lane, lower ones too
  SourcedCount bits_per_symbol{1, 1, 1, {}}, loss_budget{};
  SourcedCount repair_group{}, spare_lanes{}, narrow_lanes{};
  SourcedCount bit_errors{}, retry_window{};
  Sourced<dimension::data> packet{};
};

template <class Visitor>
void describe(Link& l, Visitor& v) {
  describe_row(l, v);
  v.choice("class", l.link_class, {"standard", "advanced", "3d", "external"});
  v.required("lanes", l.lanes, "data lanes a direction in one module");
  v.required("lane_rate", l.lane_rate, "of one lane");
  v.required("efficiency", l.efficiency, "payload / raw bits");
  v.required("wires", l.wires, "bumps of one module, both directions");
  v.required("module_width", l.module_width, "beachfront of one module, both directions");
  v.required("module_area", l.module_area, "one module, both directions; does not shrink with the node");
  v.required("energy", l.energy, "transmit and receive, per bit");
  v.required("idle_share", l.idle_share, "power idle / power busy");
  v.required("reach", l.reach, "longest wire");
  v.required("latency", l.latency, "transmit and receive, without the wire");
  v.quantities("rates", l.rates);
  v.number_if("bits_per_symbol", l.bits_per_symbol, "2 for PAM4");
  v.number_if("loss_budget", l.loss_budget,
              "decibels that the wire may lose at half the symbol rate; 0: not known, the reach alone holds");
  v.number_if("repair_group", l.repair_group, "lanes, without spares, that share their spares; 0: no repair");
  v.number_if("spare_lanes", l.spare_lanes, "spares of one group, a direction");
  v.number_if("narrow_lanes", l.narrow_lanes, "lanes on which it goes on when others fail; 0: it does not");
  v.number_if("packet", l.packet, "that is checked and sent again as one");
  v.number_if("bit_errors", l.bit_errors, "share of bits that arrive wrong");
  v.number_if("retry_window", l.retry_window,
              "packets sent again with a wrong one; 0: nothing is sent again");
}

}  // namespace marquetry
