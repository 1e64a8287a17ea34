#include "report/physical.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/wrap.h"
#include "link/budget.h"
#include "power/power.h"
#include "report/delivery.h"
#include "report/heated.h"
#include "report/table.h"

namespace marquetry::report {
namespace {

using Json = nlohmann::ordered_json;

std::string change(const Move& move) {
  if (move.figure.figure->zero_si != 0) return fmt::format("{:+.1f} K", move.physical - move.analytic);
  if (move.analytic == 0 || !std::isfinite(move.analytic) || !std::isfinite(move.physical)) return "";
  return fmt::format("{:+.1f} %", 100 * (move.physical / move.analytic - 1));
}

// Networks that a layout has wires for.
bool has_wires(const Network<double>& network, const System<double>& system) {
  return network.to && !in_stack(system, network);
}

constexpr auto per_edge = unit::GB / unit::s / unit::mm;

// Raw, both directions.
link::BandwidthPerLength shoreline(const Network<double>& network) {
  return link::shoreline(network.link.lanes, network.link.lane_rate, network.link.module_width);
}

std::string networks_text(const Assessment& a) {
  Table table{.columns = std::vector(8, Align::right),
              .rows = {{"network", "longest, mm", "reach, mm", "lanes", "Gbit/s each", "GB/s/mm", "hop, ns",
                        "pJ/bit"}}};
  table.columns.front() = Align::left;
  for (std::size_t n = 0; n < a.system.networks.size(); ++n) {
    if (!has_wires(a.system.networks[n], a.system)) continue;
    const auto& placed = a.physical->networks[n];
    table.rows.push_back({a.system.networks[n].id, readable(placed.wire / unit::mm),
                          readable(placed.reach / unit::mm), readable(placed.lanes),
                          readable(placed.lane_rate / (unit::Gbit / unit::s)),
                          readable(shoreline(a.system.networks[n]) / per_edge),
                          readable(placed.hop / unit::ns), readable(placed.energy / (unit::pJ / unit::bit))});
  }
  return table.rows.size() == 1 ? "" : print(table);
}

// What a layout leaves of a network's links, in words; empty where it is all.
std::vector<std::string> link_notes(const Assessment& a) {
  std::vector<std::string> out;
  for (std::size_t n = 0; n < a.system.networks.size(); ++n) {
    const auto& id = a.system.networks[n].id;
    const auto& placed = a.physical->networks[n];
    if (!placed.held_by.empty())
      out.push_back(fmt::format("network '{}': {} of its dies leaves {} lanes of each module", id,
                                placed.held_by, readable(placed.lanes)));
    if (placed.whole < 1)
      out.push_back(
          fmt::format("network '{}': {} % of its modules have all lanes, {} % go on at a part of their width",
                      id, readable(100 * placed.whole), readable(100 * placed.narrowed)));
  }
  return out;
}

// What the supply loses on its way to each die.
std::string delivered_text(const Assessment& a) {
  if (!a.physical->delivered) return "";
  const auto& [row, nets, report, package] = *a.physical->delivered;
  Table table{.columns = std::vector(5, Align::right),
              .rows = {{"supply of", "V", "A", "worst drop, mV", "limit, mV"}}};
  table.columns.front() = Align::left;
  for (const auto& net : report.nets)
    for (const auto& die : net.dies)
      table.rows.push_back({die.die, readable(net.voltage), readable(die.current), readable(1e3 * die.worst),
                            readable(1e3 * die.limit)});
  std::string out = print(table);
  out += wrapped(
      fmt::format(
          "  supplied by {}: {} W lost in metal of the package; before it {} W in board and leads, {} W in "
          "regulators, of {} W",
          row, readable(package), readable(report.metal - package), readable(report.regulators),
          readable(report.supplied)),
      "    ");
  for (const auto& v : report.violations) out += wrapped("  beyond a limit: " + v.message, "    ");
  return out;
}

std::string routed_text(const Assessment& a) {
  const auto& physical = *a.physical;
  if (!physical.routed)
    return physical.unrouted.empty() ? "" : fmt::format("  not routed: {}\n", physical.unrouted);
  const auto& r = *physical.routed;
  std::string out = fmt::format("  routed {}: {}\n", r.routing,
                                r.deadlock_free ? "cannot deadlock" : "can deadlock: " + r.certificate);
  out += "  a lone packet: ";
  if (r.longest.si() > 0)
    out += fmt::format("{} ns between the farthest dies, ", readable(r.longest / unit::ns));
  out += fmt::format("{} ns on average ({} traffic)\n", readable(r.mean / unit::ns), r.traffic);
  if (!r.narrowest.empty())
    out += fmt::format("  carries {} % of what the links of the dies let in: {} is full first\n",
                       readable(100 * r.throughput_fraction), r.narrowest);
  for (std::size_t n = 0; n < r.networks.size(); ++n) {
    const auto& network = r.networks[n];
    if (network.collective.si() > 0)
      out += fmt::format("  collectives over {}: {} GB/s out of each die, {} ns a step ({})\n",
                         a.system.networks[n].id, readable(network.collective / (unit::GB / unit::s)),
                         readable(network.step / unit::ns), network.way);
  }
  return out;
}

Json routed_json(const Assessment& a) {
  const auto& r = *a.physical->routed;
  Json out = {{"routing", r.routing},
              {"traffic", r.traffic},
              {"deadlock_free", r.deadlock_free},
              {"certificate", r.certificate},
              {"latency_ns", r.longest / unit::ns},
              {"mean_latency_ns", r.mean / unit::ns},
              {"throughput_fraction", r.throughput_fraction},
              {"narrowest", r.narrowest}};
  if (r.bisection) {
    out["bisection_gbit_s"] = *r.bisection / (unit::Gbit / unit::s);
    out["bisection_exact"] = r.is_exact;
  }
  out["networks"] = Json::object();
  for (std::size_t n = 0; n < r.networks.size(); ++n) {
    if (!a.system.networks[n].to) continue;
    const auto& network = r.networks[n];
    auto& json = out["networks"][a.system.networks[n].id] =
        Json{{"latency_ns", network.longest / unit::ns}, {"busiest", network.busiest}};
    if (network.collective.si() <= 0) continue;
    json["collective"] = {{"way", network.way},
                          {"gbyte_s", network.collective / (unit::GB / unit::s)},
                          {"step_ns", network.step / unit::ns}};
  }
  return out;
}

}  // namespace

std::string beside(const std::string& path, double scale, const Prepared& prepared, const Assessment& a) {
  for (const auto& move : moves(*prepared.design, a)) {
    if (move.path != path) continue;
    const auto by = change(move);
    return fmt::format("analytic {}{}", readable(move.analytic / scale), by.empty() ? "" : " (" + by + ")");
  }
  return "";
}

std::string physical_text(const Prepared& prepared, const Assessment& a) {
  const auto& physical = *a.physical;
  const auto mm2 = [](Area<> area) { return readable(area / unit::mm2); };
  std::string out = "\nas placed\n  ";
  if (physical.carrier.si() > 0) out += fmt::format("carrier {} mm2, ", mm2(physical.carrier));
  out += fmt::format("package {} mm2", mm2(physical.substrate));
  if (physical.bridges) out += fmt::format(", {} bridges", readable(*physical.bridges));
  out += "\n" + networks_text(a) + routed_text(a) + delivered_text(a);
  for (const auto& note : link_notes(a)) out += fmt::format("  note: {}\n", note);
  for (const auto& note : physical.notes) out += fmt::format("  note: {}\n", note);
  if (physical.heated) out += "\n" + heated_text(*physical.heated);
  Table table{.columns = {Align::left, Align::right, Align::right, Align::left, Align::right},
              .rows = {{"figures that moved", "analytic", "physical", "", ""}}};
  for (const auto& move : moves(*prepared.design, a)) {
    table.rows.push_back({move.path, readable(move.analytic), readable(move.physical),
                          std::string{move.figure.figure->unit}, change(move)});
  }
  if (table.rows.size() > 1) out += "\n" + print(table);
  return out;
}

Json physical_json(const Prepared&, const Assessment& a) {
  const auto& physical = *a.physical;
  Json out = {{"carrier_mm2", physical.carrier / unit::mm2}, {"package_mm2", physical.substrate / unit::mm2}};
  if (physical.bridges) out["bridges"] = *physical.bridges;
  out["networks"] = Json::object();
  for (std::size_t n = 0; n < a.system.networks.size(); ++n) {
    if (!has_wires(a.system.networks[n], a.system)) continue;
    const auto& placed = physical.networks[n];
    out["networks"][a.system.networks[n].id] = {
        {"wire_mm", placed.wire / unit::mm},
        {"reach_mm", placed.reach / unit::mm},
        {"lanes", placed.lanes},
        {"held_by", placed.held_by},
        {"lane_rate_gbit_s", placed.lane_rate / (unit::Gbit / unit::s)},
        {"shoreline_gbyte_s_mm", shoreline(a.system.networks[n]) / per_edge},
        {"efficiency", placed.efficiency},
        {"retry_ns", placed.again / unit::ns},
        {"retry_tail", placed.tail},
        {"power_w", power::link_power(a.system, a.system.networks[n]) / unit::W},
        {"idle_w",
         a.system.networks[n].link.idle_share * power::link_power(a.system, a.system.networks[n]) / unit::W},
        {"whole_yield", placed.whole},
        {"narrowed_yield", placed.narrowed},
        {"narrow_bin", placed.narrow_bin},
        {"narrow_bandwidth", placed.narrow_bandwidth},
        {"hop_ns", placed.hop / unit::ns},
        {"energy_pj_per_bit", placed.energy / (unit::pJ / unit::bit)}};
  }
  if (physical.routed) out["routed"] = routed_json(a);
  if (physical.delivered)
    out["delivery"] =
        delivery_json(physical.delivered->nets, physical.delivered->report,
                      {.delivery = physical.delivered->delivery, .package = physical.delivered->package});
  if (!physical.unrouted.empty()) out["unrouted"] = physical.unrouted;
  out["notes"] = physical.notes;
  return out;
}

Json analytic_json(const Prepared& prepared, const Assessment& a) {
  Json out = Json::object();
  for (const auto& move : moves(*prepared.design, a)) out[move.path] = move.analytic;
  return out;
}

}  // namespace marquetry::report
