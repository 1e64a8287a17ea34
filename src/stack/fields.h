// The fields of a process-level stack as data: key, unit and range of each. Reader, writer and the lifting to
// another number type walk this one description.
#pragma once

#include <string_view>

#include "stack/stack.h"
#include "units/units.h"

namespace marquetry::stack {

// The unit in which a number is kept, as it is written.
struct InUnit {
  std::string_view text{};
  double si{1};
  Dimension dimension{};
};

namespace in {
inline constexpr InUnit plain{};
inline constexpr InUnit mm{"mm", unit::mm.si(), dimension::length};
inline constexpr InUnit mm2{"mm2", unit::mm2.si(), dimension::area};
inline constexpr InUnit per_mm2{"/mm2", 1 / unit::mm2.si(), dimension::area * -1};
inline constexpr InUnit mega_per_mm2{"MTr/mm2", unit::MTr / unit::mm2.si(), dimension::area * -1};
inline constexpr InUnit usd{"USD", 1, dimension::money};
inline constexpr InUnit usd_per_mm2{"USD/mm2", 1 / unit::mm2.si(), dimension::money + dimension::area * -1};
inline constexpr InUnit usd_per_s{"USD/s", 1, dimension::money + dimension::time * -1};
inline constexpr InUnit usd_per_year{"USD/year", 1 / unit::year.si(),
                                     dimension::money + dimension::time * -1};
inline constexpr InUnit s{"s", 1, dimension::time};
inline constexpr InUnit years{"years", unit::year.si(), dimension::time};
inline constexpr InUnit gbit_per_s{"Gbit/s", 1e9, dimension::data + dimension::time * -1};
inline constexpr InUnit pj_per_bit{"pJ/bit", 1e-12, dimension::energy + dimension::data * -1};
inline constexpr InUnit j_per_bit{"J/bit", 1, dimension::energy + dimension::data * -1};
inline constexpr InUnit watt{"W", 1, dimension::power};
inline constexpr InUnit volt{"V", 1, dimension::power + dimension::current * -1};
inline constexpr InUnit amp_per_mm2{"A/mm2", 1 / unit::mm2.si(), dimension::current + dimension::area * -1};
}  // namespace in

enum class Range {
  any,       // 0 or more
  positive,  // above 0
  share,     // 0 to 1
  yield,     // above 0, at most 1
};

// What the number should have been; empty where it is in range. Below 0 is nothing that reading lets through.
constexpr std::string_view out_of(Range range, double number) {
  if (range == Range::positive && number <= 0) return "above 0";
  if (range == Range::share && number > 1) return "a share, from 0 to 1";
  if (range == Range::yield && (number <= 0 || number > 1)) return "above 0 and at most 1";
  return {};
}

template <Number Real, class Visitor>
void describe(Link<Real>& row, Visitor& v) {
  v.number("transmitter_area", row.transmitter_area, in::mm2);
  v.number("receiver_area", row.receiver_area, in::mm2);
  v.number("shoreline", row.shoreline, in::mm);
  v.number("bandwidth", row.bandwidth, in::gbit_per_s, Range::positive);
  v.count("wires", row.wires);
  v.flag("bidirectional", row.bidirectional);
  v.energy("energy_per_bit", row.energy, row.energy_in_joule);
  v.length("reach", row.reach);
}

template <Number Real, class Visitor>
void describe(Layer<Real>& row, Visitor& v) {
  v.flag("active", row.active);
  v.number("price", row.price, in::usd_per_mm2);
  v.number("transistor_density", row.density, in::mega_per_mm2);
  v.number("defect_density", row.defects, in::per_mm2);
  v.number("critical_share", row.critical_share, in::plain, Range::share);
  v.number("clustering", row.clustering, in::plain, Range::positive);
  v.number("litho_share", row.litho_share, in::plain, Range::share);
  v.number("masks", row.masks, in::usd);
  v.number("stitch_yield", row.stitch_yield, in::plain, Range::yield);
  v.count("routing_layers", row.routing_layers);
  v.number("routing_pitch", row.routing_pitch, in::mm);
}

template <Number Real, class Visitor>
void describe(Wafer<Real>& row, Visitor& v) {
  v.number("diameter", row.diameter, in::mm, Range::positive);
  v.number("edge_exclusion", row.edge_exclusion, in::mm);
  v.number("scribe", row.scribe, in::mm);
  v.number("reticle_width", row.reticle_width, in::mm, Range::positive);
  v.number("reticle_height", row.reticle_height, in::mm, Range::positive);
  v.number("process_yield", row.process_yield, in::plain, Range::yield);
  v.flag("grid", row.grid);
  v.number("front_end_memory", row.front_end.memory, in::usd_per_mm2);
  v.number("front_end_logic", row.front_end.logic, in::usd_per_mm2);
  v.number("front_end_analog", row.front_end.analog, in::usd_per_mm2);
  v.number("back_end_memory", row.back_end.memory, in::usd_per_mm2);
  v.number("back_end_logic", row.back_end.logic, in::usd_per_mm2);
  v.number("back_end_analog", row.back_end.analog, in::usd_per_mm2);
}

template <Number Real, class Visitor>
void describe(Assembly<Real>& row, Visitor& v) {
  v.number("materials", row.materials, in::usd_per_mm2);
  v.number_if("rate", row.rate, in::usd_per_s);
  v.number("place_machine", row.place.price, in::usd);
  v.number("place_life", row.place.life, in::years, Range::positive);
  v.number("place_uptime", row.place.uptime, in::plain, Range::yield);
  v.number("place_operators", row.place.operators, in::usd_per_year);
  v.number("place_time", row.place.time, in::s);
  v.count("place_group", row.place.group, Range::positive);
  v.number("bond_machine", row.bond.price, in::usd);
  v.number("bond_life", row.bond.life, in::years, Range::positive);
  v.number("bond_uptime", row.bond.uptime, in::plain, Range::yield);
  v.number("bond_operators", row.bond.operators, in::usd_per_year);
  v.number("bond_time", row.bond.time, in::s);
  v.count("bond_group", row.bond.group, Range::positive);
  v.number("die_separation", row.die_separation, in::mm);
  v.number("edge_exclusion", row.edge_exclusion, in::mm);
  v.number("bond_pitch", row.bond_pitch, in::mm, Range::positive);
  v.number("tsv_pitch", row.tsv_pitch, in::mm);
  v.number("tsv_area", row.tsv_area, in::mm2);
  v.number("current_density", row.current_density, in::amp_per_mm2, Range::positive);
  v.number("alignment_yield", row.alignment_yield, in::plain, Range::yield);
  v.number("bond_yield", row.bond_yield, in::plain, Range::yield);
  v.number("tsv_yield", row.tsv_yield, in::plain, Range::yield);
  v.number("dielectric_defects", row.dielectric_defects, in::per_mm2);
}

template <Number Real, class Visitor>
void describe(Test<Real>& row, Visitor& v) {
  v.number("cycle", row.cycle, in::s);
  v.count("samples", row.samples);
  v.number("rate", row.rate, in::usd_per_s);
  v.flag("die_test", row.die.is_done);
  v.number_if("die_patterns", row.die.patterns, in::plain);
  v.number_if("die_scan_length", row.die.scan_length, in::per_mm2);
  v.number("die_coverage", row.die.coverage, in::plain, Range::share);
  v.count("die_reuse", row.die.reuse);
  v.count("die_chains", row.die.chains);
  v.count("die_ios_per_chain", row.die.ios_per_chain);
  v.count("die_io_offset", row.die.io_offset);
  v.text("die_failures", row.die.failures);
  v.flag("assembly_test", row.assembly.is_done);
  v.number_if("assembly_patterns", row.assembly.patterns, in::plain);
  v.number_if("assembly_scan_length", row.assembly.scan_length, in::per_mm2);
  v.number("assembly_coverage", row.assembly.coverage, in::plain, Range::share);
  v.count("assembly_reuse", row.assembly.reuse);
  v.count("assembly_chains", row.assembly.chains);
  v.count("assembly_ios_per_chain", row.assembly.ios_per_chain);
  v.count("assembly_io_offset", row.assembly.io_offset);
  v.text("assembly_failures", row.assembly.failures);
}

template <Number Real, class Visitor>
void describe(Net<Real>& row, Visitor& v) {
  v.reference("link", row.link);
  v.reference("from", row.from);
  v.reference("to", row.to);
  v.number("bandwidth", row.bandwidth, in::gbit_per_s);
  v.count_if("count", row.count);
  v.number("utilization", row.utilization, in::plain, Range::share);
}

template <Number Real, class Visitor>
void describe(Chip<Real>& row, Visitor& v) {
  v.reference("name", row.name);
  v.text("design", row.design);
  v.reference("wafer", row.wafer);
  v.reference("assembly", row.assembly);
  v.reference("test", row.test);
  v.texts("layers", row.layers);
  v.number("core_area", row.core_area, in::mm2);
  v.number_or("aspect_ratio", row.aspect_ratio, in::plain, Range::positive);
  v.facing("facing", row.facing);
  v.side("side", row.side);
  v.flag("buried", row.buried);
  v.number_if("given_area", row.given_area, in::mm2, Range::positive);
  v.number_if("given_cost", row.given_cost, in::usd);
  v.number_if("given_quality", row.given_quality, in::plain, Range::yield);
  v.number_if("given_power", row.given_power, in::watt);
  v.number_or("memory", row.share.memory, in::plain, Range::share);
  v.number_or("logic", row.share.logic, in::plain, Range::share);
  v.number_or("analog", row.share.analog, in::plain, Range::share);
  v.number_or("gates_per_flop", row.gates_per_flop, in::plain);
  v.number_or("reticle_share", row.reticle_share, in::plain);
  v.count("quantity", row.quantity, Range::positive);
  v.number("voltage", row.voltage, in::volt);
  v.number("power", row.power, in::watt);
}

}  // namespace marquetry::stack
