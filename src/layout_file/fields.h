// The fields of a placement document as data: key, unit and range of each. Reader, writer and the test of the
// documentation walk this one description.
#pragma once

#include <string_view>

#include "layout/problem.h"

namespace marquetry::layout_file {

enum class Range {
  any,       // 0 or more
  positive,  // above 0
  share,     // 0 to 1
};

template <class Visitor>
void describe(layout::Carrier& carrier, Visitor& v) {
  v.size_if("size", carrier.fixed);
  v.size_if("largest", carrier.largest);
  v.area("largest_area", carrier.largest_area);
  v.number("least_aspect", carrier.least_aspect);
  v.number("largest_aspect", carrier.largest_aspect);
  v.number("least_utilisation", carrier.least_utilisation, Range::share);
  v.lengths("stitch_x", carrier.stitch_x);
  v.lengths("stitch_y", carrier.stitch_y);
  v.size_if("field", carrier.field);
  v.size_if("package", carrier.package);
  v.length("package_edge", carrier.package_edge);
}

template <class Visitor>
void describe(layout::BridgeRules& rules, Visitor& v) {
  v.size("least", rules.least);
  v.size("largest", rules.largest);
  v.count("most", rules.most);
  v.length("under_die", rules.under_die);
  v.length("gap", rules.gap);
}

template <class Visitor>
void describe(layout::BumpRules& rules, Visitor& v) {
  v.length("pitch", rules.pitch);
  v.number_or("power_share", rules.power_share, 0.5, Range::share);
  v.number("escape_per_mm", rules.escape_per_mm);
}

template <class Visitor>
void describe(layout::Die& die, Visitor& v) {
  v.name("name", die.name);
  v.shape("size", "area", "least_aspect", "largest_aspect", die);
  v.kind("kind", die.kind);
  v.rotations("rotations", die.rotations);
  v.fixed("at", "rotation", die.fixed);
  v.length("ring", die.ring);
  v.clumps("clumps", "clumps_outside", die);
  v.length("corner", die.corner);
  v.power("power", die.power);
  v.temperature("temperature_limit", die.temperature_limit, 0);
  v.die_if("on", die.on);
  v.length("overhang", die.overhang);
  v.rects("tsv_zones", die.tsv_zones);
  v.flag("memory", die.is_memory);
}

template <class Visitor>
void describe(layout::Phy& phy, Visitor& v) {
  v.count("modules", phy.modules, Range::positive);
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
  v.table_if("phy", link.phy);
  v.text("row", link.row);
}

template <class Visitor>
void describe(layout::ExternalPhy& phy, Visitor& v) {
  v.name("name", phy.name);
  v.die("die", phy.die);
  v.count("modules", phy.modules, Range::positive);
  v.length("width", phy.width, Range::positive);
  v.length("depth", phy.depth);
}

template <class Visitor>
void describe(layout::Net& net, Visitor& v) {
  v.pins("pins", net.pins);
  v.number_or("weight", net.weight, 1);
}

template <class Visitor>
void describe(layout::PairGap& gap, Visitor& v) {
  v.die("a", gap.a);
  v.die("b", gap.b);
  v.length_required("gap", gap.gap);
}

template <class Visitor>
void describe(layout::KeepOut& zone, Visitor& v) {
  v.name("name", zone.name);
  v.rect("rect", zone.rect);
}

template <class Visitor>
void describe(layout::Alignment& alignment, Visitor& v) {
  v.dies("dies", alignment.dies);
  v.line("line", alignment.line);
}

template <class Visitor>
void describe(layout::Abutment& abutment, Visitor& v) {
  v.die("first", abutment.first);
  v.die("second", abutment.second);
  v.side("side", abutment.side);
}

template <class Visitor>
void describe(layout::Symmetry& symmetry, Visitor& v) {
  v.axis("axis", symmetry.vertical);
  v.pairs("pairs", symmetry.pairs);
  v.dies_if("alone", symmetry.alone);
}

// A fixed point of nets; a problem keeps names and points in two lists.
struct Terminal {
  std::string name{};
  layout::Point at{};
};
template <class Visitor>
void describe(Terminal& terminal, Visitor& v) {
  v.name("name", terminal.name);
  v.point("at", terminal.at);
}

// Dies first: what follows names them.
template <class Visitor>
void describe(layout::Problem& problem, Visitor& v) {
  v.unit("unit", problem.unit);
  v.length("gap", problem.gap);
  v.length("edge", problem.edge);
  v.temperature("ambient", problem.ambient, 45);
  v.rows("dies", "die", problem.dies);
  v.table("carrier", problem.carrier);
  v.table("bridges", problem.bridges);
  v.table("bumps", problem.bumps);
  v.rows("links", "link", problem.links);
  v.rows("externals", "external PHY", problem.externals);
  v.terminals("terminals", problem);
  v.rows("nets", "net", problem.nets);
  v.rows("gaps", "gap", problem.gaps);
  v.rows("keep_outs", "keep-out", problem.keep_outs);
  v.rows("alignments", "alignment", problem.alignments);
  v.rows("abutments", "abutment", problem.abutments);
  v.rows("symmetries", "symmetry", problem.symmetries);
}

inline constexpr std::array<std::string_view, 4> side_names{"bottom", "right", "top", "left"};
inline constexpr std::array<std::string_view, 6> line_names{"left",   "centre_x", "right",
                                                            "bottom", "centre_y", "top"};
inline constexpr std::array<std::string_view, 2> axis_names{"horizontal", "vertical"};

}  // namespace marquetry::layout_file
