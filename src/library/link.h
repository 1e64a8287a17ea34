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
}

}  // namespace marquetry
