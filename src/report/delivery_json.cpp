#include "report/delivery.h"

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

namespace marquetry::report {
namespace {

using Json = nlohmann::ordered_json;
using delivery::Case;
using delivery::NetFlow;
using delivery::Report;

std::string_view name_of(conduction::State state) {
  switch (state) {
    case conduction::State::solved:
      return "solved";
    case conduction::State::not_converged:
      return "not converged";
    case conduction::State::floating:
      return "floating";
    case conduction::State::indefinite:
      return "indefinite";
    case conduction::State::interrupted:
      break;
  }
  return "interrupted";
}

Json losses_of(const NetFlow& net) {
  Json sheets = Json::object(), joints = Json::object(), feeds = Json::object();
  for (const auto& sheet : net.sheets) sheets[sheet.name] = sheet.loss;
  for (const auto& kind : net.joints) joints[kind.name] = kind.loss;
  for (const auto& feed : net.feeds) feeds[feed.name] = feeds.value(feed.name, 0.0) + feed.loss;
  return {{"sheets", sheets}, {"joints", joints}, {"leads", feeds}, {"regulators", net.regulator}};
}

Json net_json(const NetFlow& net) {
  return {{"name", net.name},
          {"voltage_v", net.voltage},
          {"current_a", net.current},
          {"worst_drop_v", net.worst()},
          {"loss_w", net.loss},
          {"regulator_loss_w", net.regulator},
          {"supplied_w", net.supplied},
          {"losses_w", losses_of(net)},
          {"state", name_of(net.outcome.state)},
          {"iterations", net.outcome.iterations},
          {"residual_a", net.outcome.residual},
          {"bound_v", std::isfinite(net.outcome.bound) ? Json(net.outcome.bound) : Json(nullptr)},
          {"power_imbalance", net.imbalance}};
}

Json dies_json(const Report& report) {
  Json out = Json::object();
  for (const auto& net : report.nets)
    for (const auto& die : net.dies) {
      const Json made = {{"net", net.name},
                         {"voltage_v", net.voltage},
                         {"current_a", die.current},
                         {"worst_drop_v", die.worst},
                         {"mean_drop_v", die.mean},
                         {"limit_v", die.limit},
                         {"worst_share", die.worst / net.voltage},
                         {"at_m", {die.x, die.y}},
                         {"holds", die.holds()}};
      // A die that takes several voltages stands once for each.
      out[out.contains(die.die) ? die.die + " (" + net.name + ")" : die.die] = made;
    }
  return out;
}

Json joints_json(const Case& given, const Report& report) {
  Json out = Json::array();
  for (std::size_t n = 0; n < report.nets.size(); ++n)
    for (std::size_t j = 0; j < report.nets[n].joints.size(); ++j) {
      const auto& kind = report.nets[n].joints[j];
      Json made = {{"net", given.nets[n].name},
                   {"name", kind.name},
                   {"count", kind.count},
                   {"current_a", kind.current},
                   {"worst_a", kind.worst},
                   {"limit_a", kind.limit > 0 ? Json(kind.limit) : Json(nullptr)},
                   {"holds", kind.holds()},
                   {"loss_w", kind.loss},
                   {"worst_drop_by_one_more_v", kind.change}};
      for (const auto& need : report.needs)
        if (need.net == n && need.joints == j && !kind.in_ground) {
          made["needed"] = need.need.is_met ? Json(need.need.count) : Json(nullptr);
          made["needed_is_least"] = need.need.is_complete;
        }
      out.push_back(std::move(made));
    }
  return out;
}

Json sites_json(const Case& given, const Report& report) {
  Json out = Json::object();
  for (const auto& room : report.rooms) {
    const auto& sites = given.sites[room.sites];
    out[sites.die] = {{"needed", room.needed},
                      {"needed_for", room.is_met ? "drop and current" : "current alone"},
                      {"available", sites.available()},
                      {"signals", sites.signals},
                      {"sites", sites.all},
                      {"pitch_m", sites.pitch},
                      {"least_area_m2", room.least_area},
                      {"holds", room.holds(sites)}};
  }
  return out;
}

Json decoupling_json(const Case& given, const Report& report) {
  Json out = Json::array();
  for (std::size_t n = 0; n < report.decoupling.size(); ++n) {
    const auto& d = report.decoupling[n];
    if (d.step <= 0) continue;
    out.push_back({{"net", given.nets[n].name},
                   {"step_a", d.step},
                   {"allowed_v", d.allowed},
                   {"target_impedance_ohm", d.impedance},
                   {"inductance_h", d.inductance},
                   {"on_die_f", d.on_die},
                   {"on_die_needed_f", d.on_die_needed},
                   {"in_package_f", d.in_package},
                   {"in_package_needed_f", d.in_package_needed},
                   {"droop_v", d.is_known ? Json(d.droop) : Json(nullptr)},
                   {"resonance_hz", d.is_known ? Json(d.resonance) : Json(nullptr)},
                   {"charge_c", d.is_known ? Json(d.charge) : Json(nullptr)},
                   {"estimate", true},
                   {"holds", d.holds()}});
  }
  return out;
}

}  // namespace

Json delivery_json(const Case& given, const Report& report, const DeliveryRun& run) {
  Json nets = Json::array(), violations = Json::array();
  for (const auto& net : report.nets) nets.push_back(net_json(net));
  constexpr std::array kinds{"drop", "joint_current", "bumps"};
  for (const auto& v : report.violations)
    violations.push_back({{"rule", kinds[static_cast<std::size_t>(v.kind)]},
                          {"net", v.net},
                          {"subject", v.subject},
                          {"value", v.value},
                          {"limit", v.limit},
                          {"message", v.message},
                          {"hint", v.hint}});
  Json out = {{"name", given.name},
              {"nets", nets},
              {"dies", dies_json(report)},
              {"violations", violations},
              {"bumps", joints_json(given, report)},
              {"bump_sites", sites_json(given, report)},
              {"losses_w",
               {{"loads", report.loads},
                {"metal", report.metal},
                {"regulators", report.regulators},
                {"supplied", report.supplied},
                {"lost_share", report.lost_share()}}},
              {"decap", decoupling_json(given, report)}};
  if (run.package) out["losses_w"]["metal_of_package"] = *run.package;
  out["run"] = {{"columns", given.plane.columns},
                {"rows", given.plane.rows},
                {"delivery", run.delivery.empty() ? Json(nullptr) : Json(run.delivery)},
                {"interrupted", run.interrupted},
                {"model", "resistor grid, currents P / V at the nominal voltage"}};
  return out;
}

}  // namespace marquetry::report
