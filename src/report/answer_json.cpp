#include "report/answer_json.h"

#include <nlohmann/json.hpp>

#include "explore/levers.h"
#include "report/answer_text.h"
#include "report/evaluation_json.h"

namespace marquetry::report {
namespace {

using Json = nlohmann::ordered_json;

Json span_json(const explore::Span& span) {
  return {{"low", span.low}, {"typ", span.typ}, {"high", span.high}};
}

std::string workload_path(const Prepared& prepared, std::size_t w) {
  return "performance." + prepared.design->workloads[w].id + ".value";
}

Json choice_json(const Prepared& prepared, const Choice& choice) {
  Json out = Json::object();
  for (std::size_t v = 0; v < choice.size(); ++v) {
    const auto& variable = prepared.design->variables[v];
    out[variable.name] = variable.domain[choice[v]].text;
  }
  return out;
}

Json fleet_json(const Prepared& prepared, const explore::Fleet& fleet) {
  Json workloads = Json::object();
  for (std::size_t w = 0; w < fleet.workloads.size(); ++w) {
    const auto& match = fleet.workloads[w];
    Json one = {{"goal", match.is_goal}, {"ours", span_json(match.ours)}};
    if (match.theirs) one["theirs"] = *match.theirs;
    if (match.packages) one["packages"] = *match.packages;
    workloads[workload_path(prepared, w)] = std::move(one);
  }
  Json out = {{"workloads", std::move(workloads)}};
  if (!(fleet.packages.typ > 0)) return out;
  out["packages"] = span_json(fleet.packages);
  out["whole_packages"] = fleet.whole;
  out["cost_usd"] = span_json(fleet.cost);
  out["power_w"] = span_json(fleet.power);
  out["assembly_yield"] = span_json(fleet.yield);
  out["packages_assembled"] = span_json(fleet.assembled);
  out["memory_capacity_gbyte"] = fleet.capacity;
  out["memory_bandwidth_gbyte_s"] = fleet.bandwidth;
  if (fleet.break_even > 0) out["break_even_price_usd"] = fleet.break_even;
  return out;
}

// Of the objectives, and of every workload.
Json distance_json(const Prepared& prepared, const explore::Reference& reference, const Finalist& finalist) {
  Json out = Json::object();
  for (std::size_t o = 0; o < prepared.objectives.size(); ++o) {
    const auto& objective = prepared.objectives[o];
    const double cost = objective.cost(finalist.assessment.evaluation);
    if (const auto r = ratio(reference, prepared, o, cost))
      out[path_of(objective.figure, *prepared.design)] = *r;
  }
  for (std::size_t w = 0; w < finalist.fleet->workloads.size(); ++w) {
    const auto& match = finalist.fleet->workloads[w];
    if (match.theirs) out[workload_path(prepared, w)] = match.ours.typ / *match.theirs;
  }
  return out;
}

Json shares_json(const Prepared& prepared, const explore::Fleet& fleet,
                 std::optional<double> explore::WorkloadMatch::*share) {
  Json out = Json::object();
  for (std::size_t w = 0; w < fleet.workloads.size(); ++w) {
    if (const auto& value = fleet.workloads[w].*share) out[workload_path(prepared, w)] = *value;
  }
  return out;
}

Json finalist_json(const Prepared& prepared, const explore::Exploration& exploration, const Finalist& f) {
  Json out = {{"sense", sense_name(f.best->sense)},
              {"why", sense_reason(f.best->sense)},
              {"proved", exploration.proved},
              {"choice", choice_json(prepared, f.best->choice)},
              {"unit_cost_usd", f.assessment.evaluation.cost.unit / unit::USD},
              {"power_w", f.assessment.evaluation.power.total / unit::W}};
  Json likely = Json::object();
  for (const auto& range : f.likely) likely[range.path] = {{"low", range.low}, {"high", range.high}};
  out["likely"] = std::move(likely);
  if (!f.fleet) return out;
  out["distance"] = distance_json(prepared, *exploration.reference, f);
  out["per_watt"] = shares_json(prepared, *f.fleet, &explore::WorkloadMatch::per_watt);
  out["per_dollar"] = shares_json(prepared, *f.fleet, &explore::WorkloadMatch::per_dollar);
  out["match"] = fleet_json(prepared, *f.fleet);
  return out;
}

void add_reference(const Prepared& prepared, const explore::Exploration& exploration, const Finalist& nearest,
                   Json& out) {
  const Product& product = *exploration.reference->product;
  Json& reference = out["reference"];
  reference["shortfall"] = exploration.shortfall;
  reference["per_watt"] = shares_json(prepared, *nearest.fleet, &explore::WorkloadMatch::per_watt);
  reference["per_dollar"] = shares_json(prepared, *nearest.fleet, &explore::WorkloadMatch::per_dollar);
  reference["cost_is"] = "ours: unit cost of making one; the product's: price that is paid for one";
  if (product.price.known) {
    const double usd = unit::USD.si();
    reference["price_usd"] = {{"low", product.price.low / usd},
                              {"typ", product.price.typ / usd},
                              {"high", product.price.high / usd},
                              {"estimate", product.price.origin.estimate}};
  }
  reference["levers"] = Json::object();
  for (std::size_t w = 0; w < prepared.design->workloads.size(); ++w) {
    Json& levers = reference["levers"][prepared.design->workloads[w].id] = Json::object();
    for (const auto v : explore::levers_of(*prepared.design, prepared.design->workloads[w])) {
      const auto& variable = prepared.design->variables[v];
      levers[variable.name] = variable.domain[exploration.reference->levers[w][v]].text;
    }
  }
  reference["disagreements"] = disagreement_lines(product);
  out["match"] = fleet_json(prepared, *nearest.fleet);
}

Json pair_json(const Prepared& prepared, const explore::Exploration& exploration,
               const explore::PairRelaxation& pair) {
  Json constraints = Json::array(), from = Json::array(), to = Json::array();
  for (std::size_t i = 0; i < 2; ++i) {
    constraints.push_back(prepared.rules.limits[pair.limits[i]].path);
    from.push_back(demand_of(prepared, pair.limits[i]));
    to.push_back(pair.to[i].empty() ? Json(nullptr) : Json(pair.to[i]));
  }
  Json gain = Json::object();
  for (std::size_t o = 0; o < pair.gain.size(); ++o) {
    gain[path_of(prepared.objectives[o].figure, *prepared.design)] = pair.gain[o];
  }
  if (pair.shortfall_gain) gain["reference.shortfall"] = *pair.shortfall_gain;
  if (pair.cost_gain) gain["match.cost_usd"] = *pair.cost_gain;
  Json out = {{"constraints", std::move(constraints)},
              {"from", std::move(from)},
              {"to", std::move(to)},
              {"choice", choice_json(prepared, pair.best)},
              {"gain", std::move(gain)}};
  if (exploration.front.empty()) {
    out["excess"] = pair.excess;
    return out;
  }
  out["worth"] = pair.worth;
  out["best_single"] = pair.best_single;
  out["sum_of_singles"] = pair.sum;
  out["adds_to_best_single"] = pair.is_more;
  return out;
}

Json price_json(const Prepared& prepared, const explore::Exploration& exploration,
                const explore::Price& price) {
  const auto& limit = prepared.rules.limits[price.limit];
  const auto& cap = prepared.caps[price.limit];
  Json out = {
      {"constraint", limit.path}, {"from", demand_of(prepared, price.limit)}, {"binds", price.binds()}};
  // Limits and steps lie on the negative axis where the cap is a least value.
  const auto at = [&](double place) { return cap->report(limit.is_least ? -place : place); };
  const double unit_si = cap ? cap->figure->unit_si : 1;
  if (cap) out["unit"] = cap->figure->unit;
  out["by"] = Json::object();
  for (const auto& m : price.measures) {
    const auto& measure = exploration.measures[m.measure];
    const auto value = [&](double v) { return measure_value(prepared, measure, v); };
    Json one = {{"binds", m.next.has_value()}};
    if (m.now) one["now"] = value(m.now->value);
    if (m.least != explore::unreachable) one["lifted"] = value(m.least);
    if (cap && m.now && !m.next) one["slack"] = (price.at - m.now->limit) / unit_si;
    if (cap && m.now && m.next) {
      const double scale = measure_scale(prepared, measure);
      one["next"] = {{"at", at(m.next->limit)}, {"value", value(m.next->value)}};
      one["per_unit"] = m.per_unit(price.at) * unit_si / scale;
      one["hull_per_unit"] = *m.slope * unit_si / scale;
    }
    out["by"][measure_path(prepared, measure)] = std::move(one);
  }
  return out;
}

}  // namespace

void add_answer(const Prepared& prepared, const explore::Exploration& exploration,
                const std::vector<Finalist>& finalists, Json& out) {
  Json answer = {{"summary", summary_lines(prepared, exploration, finalists)},
                 {"compositions", Json::array()}};
  for (const auto& f : finalists) answer["compositions"].push_back(finalist_json(prepared, exploration, f));
  out["answer"] = std::move(answer);
  if (exploration.reference && !finalists.empty()) {
    add_reference(prepared, exploration, finalists.front(), out);
  }
  Json pairs = Json::array();
  for (const auto& pair : exploration.pairs) pairs.push_back(pair_json(prepared, exploration, pair));
  out["pair"] = pairs.empty() ? Json(nullptr) : pairs.front();
  out["pairs"] = std::move(pairs);
  out["shadow_prices"] = Json::array();
  for (const auto& price : exploration.prices) {
    out["shadow_prices"].push_back(price_json(prepared, exploration, price));
  }
}

}  // namespace marquetry::report
