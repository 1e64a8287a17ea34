#include "report/physical.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

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

std::string networks_text(const Assessment& a) {
  Table table{.columns = {Align::left, Align::right, Align::right, Align::right, Align::right, Align::right},
              .rows = {{"network", "longest, mm", "reach, mm", "Gbit/s a lane", "hop, ns", "pJ/bit"}}};
  for (std::size_t n = 0; n < a.system.networks.size(); ++n) {
    if (!has_wires(a.system.networks[n], a.system)) continue;
    const auto& placed = a.physical->networks[n];
    table.rows.push_back({a.system.networks[n].id, readable(placed.wire / unit::mm),
                          readable(placed.reach / unit::mm),
                          readable(placed.lane_rate / (unit::Gbit / unit::s)),
                          readable(placed.hop / unit::ns), readable(placed.energy / (unit::pJ / unit::bit))});
  }
  return table.rows.size() == 1 ? "" : print(table);
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
  out += "\n" + networks_text(a);
  for (const auto& note : physical.notes) out += fmt::format("  note: {}\n", note);
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
        {"lane_rate_gbit_s", placed.lane_rate / (unit::Gbit / unit::s)},
        {"hop_ns", placed.hop / unit::ns},
        {"energy_pj_per_bit", placed.energy / (unit::pJ / unit::bit)}};
  }
  out["notes"] = physical.notes;
  return out;
}

Json analytic_json(const Prepared& prepared, const Assessment& a) {
  Json out = Json::object();
  for (const auto& move : moves(*prepared.design, a)) out[move.path] = move.analytic;
  return out;
}

}  // namespace marquetry::report
