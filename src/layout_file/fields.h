// The parts of a placement document as data: key, unit and range of each field. Reader, writer and the test
// of the documentation walk this one description. The rules of [placement] are those of a design's [layout].
#pragma once

#include <string_view>

#include "layout/problem.h"

namespace marquetry::layout_file {

enum class Range {
  any,       // 0 or more
  positive,  // above 0
};

template <class Visitor>
void describe(layout::Die& die, Visitor& v) {
  v.name("name", die.name);
  v.shape("width", "height", die);
  v.soft("area", "least_aspect", "largest_aspect", die);
  v.kind("kind", die.kind);
  v.rotations("rotations", die.rotations);
  v.length("ring", die.ring);
  v.clumps("clumps", "clumps_outside", die);
  v.length("corner", die.corner);
  v.power("power", die.power);
  v.temperature("temperature_limit", die.temperature_limit, 0);
  v.die_if("on", die.on);
  v.length("overhang", die.overhang);
  v.flag("memory", die.is_memory);
}

template <class Visitor>
void describe(layout::Phy& phy, Visitor& v) {
  v.count("modules", phy.modules);
  v.length("width", phy.width, Range::positive);
  v.length("depth", phy.depth);
  v.length("reach", phy.reach);
  v.number("wires", phy.wires);
  v.side_if("side_a", phy.side_a);
  v.side_if("side_b", phy.side_b);
  v.flag("faces", phy.faces);
  v.flag("bridged", phy.bridged);
}

template <class Visitor>
void describe(layout::Link& link, Visitor& v) {
  v.text("name", link.name);
  v.die("a", link.a);
  v.die("b", link.b);
  v.number("wires", link.wires);
  v.text("row", link.row);
  v.table_if("phy", link.phy);
}

template <class Visitor>
void describe(layout::ExternalPhy& phy, Visitor& v) {
  v.name("name", phy.name);
  v.die("die", phy.die);
  v.count("modules", phy.modules);
  v.length("width", phy.width, Range::positive);
  v.length("depth", phy.depth);
}

template <class Visitor>
void describe(layout::Net& net, Visitor& v) {
  v.pins("pins", net.pins);
  v.weight("weight", net.weight);
}

// A fixed point of nets; a problem keeps names and points in two lists.
struct Terminal {
  std::string name{};
  layout::Point at{};
};
template <class Visitor>
void describe(Terminal& terminal, Visitor& v) {
  v.name("name", terminal.name);
  v.coordinate("x", terminal.at.x);
  v.coordinate("y", terminal.at.y);
}

// Dies first: what follows names them.
template <class Visitor>
void describe(layout::Problem& problem, Visitor& v) {
  v.rows("die", problem.dies);
  v.rows("link", problem.links);
  v.rows("external", problem.externals);
  v.terminals("terminal", problem);
  v.rows("net", problem.nets);
}

// What [placement] has besides the rules.
template <class Visitor>
void describe_section(layout::Problem& problem, Visitor& v) {
  v.unit("unit", problem.unit);
  v.temperature("ambient", problem.ambient, 45);
}

}  // namespace marquetry::layout_file
