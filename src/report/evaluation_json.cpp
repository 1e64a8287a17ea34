#include "report/evaluation_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>

#include "evaluation/warpage.h"
#include "power/breakdown.h"
#include "report/cost_items.h"
#include "report/heated.h"
#include "report/physical.h"

namespace marquetry::report {

nlohmann::ordered_json count_or_number(double value) {
  constexpr double exact = 9007199254740992.0;  // 2^53
  if (std::floor(value) == value && std::abs(value) <= exact) return static_cast<std::int64_t>(value);
  return value;
}

namespace {

using Json = nlohmann::ordered_json;

// Puts a figure at its path: "area.dies_mm2.ccd" into {"area": {"dies_mm2": {"ccd": ...}}}.
void put_at(Json& root, std::string_view path, Json value) {
  Json* node = &root;
  for (;;) {
    const auto dot = path.find('.');
    node = &(*node)[std::string{path.substr(0, dot)}];
    if (dot == std::string_view::npos) break;
    path.remove_prefix(dot + 1);
  }
  *node = std::move(value);
}

Json item(std::string_view name, const char* unit, double value) { return {{"item", name}, {unit, value}}; }

Json cost_json(const std::vector<CostItem>& items) {
  Json out = Json::array();
  for (const auto& [name, money] : items) out.push_back(item(name, "usd", money / unit::USD));
  return out;
}

Json power_items(const Prepared& prepared, const Assessment& a) {
  const Design& design = *prepared.design;
  std::vector<const Memory*> memories;
  for (const auto& memory : design.memories) {
    memories.push_back(find(prepared.library->memories, chosen(design, a.choice, memory.memory)));
  }
  const auto& e = a.evaluation;
  Json items = Json::array();
  for (const auto& [name, power] :
       power::breakdown(*prepared.library, a.system, memories, e.outlines, e.die_powers, e.power)) {
    if (power.si() != 0) items.push_back(item(name, "w", power / unit::W));
  }
  return items;
}

// Lengths without end are left out: a package that does not bend may be of any size.
void put_mechanics(Json& out, const Assessment& a) {
  const auto warpage = package_warpage(a.evaluation);
  if (!warpage) {
    out["note"] = "the library has no layers (`sections`) for this packaging: warpage is not known";
    return;
  }
  out["limit_um"] = warpage->limit / unit::um;
  out["middle"] = warpage->curvature > 0 ? "higher than the rim" : "lower than the rim";
  out["estimate"] = true;
  const double side = warpage->largest_side / unit::mm;
  if (std::isfinite(side)) out["largest_side_mm"] = side;
}

// Clock and voltage of dies that do not simply run at what the design and their node say.
Json clocks_json(const Assessment& a) {
  Json out = Json::object();
  for (std::size_t d = 0; d < a.system.dies.size(); ++d) {
    const auto& die = a.system.dies[d];
    const auto& power = a.evaluation.die_powers[d];
    if (!die.curve) continue;
    const double share = power.throttle ? power.throttle->clock : 1;
    out[die.id] = {{"clock_ghz", share * die.clock / unit::GHz},
                   {"clock_share", share},
                   {"voltage_v", power::supply_voltage(die, power) / unit::V}};
  }
  return out;
}

Json violations_json(const Assessment& a) {
  Json out = Json::array();
  for (const auto& v : a.violations) {
    out.push_back(
        {{"constraint", v.path}, {"value", v.value}, {"limit", v.limit}, {"unit", v.unit}, {"hint", v.hint}});
  }
  return out;
}

// Each die of a type, by name: all of one type are alike on this rung.
void put_temperatures(Json& out, const Prepared& prepared, const Assessment& a) {
  Json dies = Json::object();
  for (std::size_t d = 0; d < a.system.dies.size(); ++d) {
    const double celsius = (a.evaluation.thermal.dies[d] - unit::freezing_point) / unit::K;
    for (int i = 0; i < static_cast<int>(a.system.dies[d].count); ++i) {
      dies[fmt::format("{}[{}]", prepared.design->dies[d].id, i)] = celsius;
    }
  }
  out["thermal"]["dies_c"] = std::move(dies);
}

Json split_json(const performance::Split& split) {
  return {{"tensor", count_or_number(split.tensor)},
          {"pipeline", count_or_number(split.pipeline)},
          {"data", count_or_number(split.data)},
          {"expert", count_or_number(split.expert)}};
}

void put_performance(Json& out, const Prepared& prepared, const Assessment& a) {
  out["performance"] = Json::object();
  for (std::size_t w = 0; w < a.system.workloads.size(); ++w) {
    const auto& p = a.evaluation.performance[w];
    out["performance"][prepared.design->workloads[w].id] = {
        {"value", p.value},
        {"unit", performance::unit_of(a.system.workloads[w].kind)},
        {"bound_by", performance::bound_names[static_cast<std::size_t>(p.bound)]},
        {"packages", count_or_number(p.packages)},
        {"step_s", p.step / unit::s},
        {"first_token_ms", p.first_token / unit::ms},
        {"inter_token_ms", p.inter_token / unit::ms},
        {"memory_gbyte", p.needed / unit::GB},
        {"usable_gbyte", p.packages * p.usable / unit::GB}};
    auto& entry = out["performance"][prepared.design->workloads[w].id];
    if (a.system.workloads[w].model.sizes.shared_weights <= 0) continue;
    entry["split"] = split_json(performance::split_of(a.system.workloads[w], p.mapping));
    if (const auto& best = a.best_splits[w]) {
      entry["best_split"] = split_json(best->split);
      entry["best_split"]["value"] = best->performance.value;
    }
  }
}

// What there is without a supplier or a region, and how many units a month with all of them.
void put_resilience(Json& out, const Assessment& a) {
  Json without = Json::array();
  for (const auto& loss : supply::losses_by_supplier(a.parts)) {
    without.push_back({{"supplier", loss.name}, {"lost", loss.lost}});
  }
  for (const auto& loss : supply::losses_by_region(a.parts)) {
    without.push_back({{"region", loss.name}, {"lost", loss.lost}});
  }
  out["without"] = std::move(without);
  const auto capacity = supply::capacity({a.system, a.evaluation.die_costs, a.evaluation.cost}, a.parts);
  if (!capacity.steps.empty()) out["limited_by"] = capacity.steps.front().part;
  out["steps"] = Json::array();
  for (const auto& step : capacity.steps) {
    out["steps"].push_back(
        {{"part", step.part}, {"row", step.row}, {"units_per_month", step.units_per_month}});
  }
  if (!capacity.unknown.empty()) out["capacity_unknown"] = capacity.unknown;
}

}  // namespace

std::vector<std::string_view> not_yet_physical() {
  return {"thermal: heat spread evenly over each die beside its PHYs",
          "network: wires straight from module to module; routed without load, no queues (simulate has them)",
          "power: full load; clocks do not fall with the drop of their supply"};
}

std::vector<std::string_view> not_yet() {
  return {"area: no placement; lengths and outlines from counts and gaps",
          "thermal: each die evenly hot, leakage at 85 degC", "network: no routing; rates at full link speed",
          "power: full load, modules spread evenly"};
}

Json choice_json(const Design& design, const Choice& choice) {
  Json out = Json::object();
  for (std::size_t v = 0; v < choice.size(); ++v) {
    const auto& variable = design.variables[v];
    const Value& value = variable.domain[choice[v]];
    const bool pure = !value.is_name && value.dimension == Dimension{};
    out[variable.name] = pure ? count_or_number(value.number) : Json(value.text);
  }
  return out;
}

Json evaluation_json(const Prepared& prepared, const Assessment& a) {
  const Design& design = *prepared.design;
  Json out = {{"design", design.name},
              {"choice", choice_json(design, a.choice)},
              {"fidelity", a.physical ? "physical" : "analytic"},
              {"preset", prepared.preset->name},
              {"models", {{"yield", prepared.models.yield->name}}},
              {"feasible", a.violations.empty()},
              {"violations", violations_json(a)}};
  for (const auto& path : figure_paths(design)) {
    const auto figure = *find_figure(path, design);
    put_at(out, path, figure.report(figure.si(a.evaluation)));
  }
  out["cost"]["breakdown"] = cost_json(cost_by_part(design, a.evaluation.cost));
  out["cost"]["waterfall"] = cost_json(cost_waterfall(a.system, a.evaluation.cost));
  out["power"]["breakdown"] = power_items(prepared, a);
  put_mechanics(out["mechanics"], a);
  if (auto clocks = clocks_json(a); !clocks.empty()) out["power"]["clocks"] = std::move(clocks);
  if (a.physical && a.physical->heated) {
    put_heated(*a.physical->heated, prepared, a.system, out["thermal"]);
  } else {
    put_temperatures(out, prepared, a);
  }
  // On the analytic rung every topology has a routing with a certificate (topology/generators.h).
  out["network"]["deadlock_free"] = !a.physical || !a.physical->routed || a.physical->routed->deadlock_free;
  put_performance(out, prepared, a);
  out["supply"]["suppliers"] = supply::suppliers_of(a.parts);
  out["supply"]["single_sourced"] = supply::single_sourced(a.parts);
  put_resilience(out["supply"], a);
  if (a.physical) {
    out["physical"] = physical_json(prepared, a);
    out["analytic"] = analytic_json(prepared, a);
  }
  out["ranges"] = Json::object();
  for (const auto& range : a.ranges) out["ranges"][range.path] = {{"low", range.low}, {"high", range.high}};
  out["estimates"] = a.estimates;
  out["not_yet"] = a.physical ? not_yet_physical() : not_yet();
  if (const auto rows = overridden_rows(*prepared.library); !rows.empty()) out["overrides"] = rows;
  return out;
}

}  // namespace marquetry::report
