#include <nlohmann/json.hpp>

#include "report/evaluation_json.h"
#include "report/supply_loss.h"

namespace marquetry::report {
namespace {

using Json = nlohmann::ordered_json;
using explore::Composition;
using explore::Measure;
using explore::MeasureKind;

std::string name_of(const Prepared& prepared, const Measure& yardstick) {
  if (yardstick.kind == MeasureKind::shortfall) return "nearest";
  if (yardstick.kind == MeasureKind::match_cost) return "cheapest_match";
  return "best " + path_of(prepared.objectives[yardstick.objective].figure, *prepared.design);
}

Json composition_json(const Prepared& prepared, const Measure& yardstick, const Composition& c) {
  Json out = {{"choice", choice_json(*prepared.design, c.choice)}, {"figures", Json::object()}};
  for (const auto& objective : prepared.objectives) {
    out["figures"][path_of(objective.figure, *prepared.design)] =
        objective.figure.report(objective.figure.si(c.evaluation));
  }
  if (yardstick.kind == MeasureKind::shortfall) out["shortfall"] = c.score;
  if (yardstick.kind == MeasureKind::match_cost) {
    out["usd"] = c.score;
    out["packages"] = c.score / (c.evaluation.cost.unit / unit::USD);
  }
  out["replaced"] = Json::array();
  for (const auto& [part, from, to] : c.replaced) {
    out["replaced"].push_back({{"part", part}, {"from", from}, {"to", to}});
  }
  return out;
}

}  // namespace

Json supply_loss_json(const Prepared& prepared, const explore::Exploration& exploration) {
  const auto& answer = *exploration.supply;
  Json out = {{"best", Json::object()}, {"single_sourced", answer.single}, {"without", Json::array()}};
  const auto& yardsticks = answer.yardsticks;
  for (std::size_t y = 0; y < yardsticks.size(); ++y) {
    out["best"][name_of(prepared, yardsticks[y])] = composition_json(prepared, yardsticks[y], answer.best[y]);
  }
  for (const auto& dropout : answer.dropouts) {
    Json one = {{dropout.is_region ? "region" : "supplier", dropout.name},
                {"lost", dropout.lost},
                {"nothing_left", !dropout.best.front().has_value()}};
    if (!dropout.best.front()) one["irreplaceable"] = dropout.irreplaceable;
    for (std::size_t y = 0; y < yardsticks.size(); ++y) {
      if (!dropout.best[y]) continue;
      one[name_of(prepared, yardsticks[y])] = composition_json(prepared, yardsticks[y], *dropout.best[y]);
    }
    out["without"].push_back(std::move(one));
  }
  out["second_source"] = Json::array();
  for (const auto& second : answer.second) {
    Json one = {{"part", second.part.empty() ? Json(nullptr) : Json(second.part)},
                {"possible", second.best.has_value()}};
    if (second.best) {
      one["qualification_usd"] = second.qualification / unit::USD;
      one.update(composition_json(prepared, yardsticks.front(), *second.best));
    }
    out["second_source"].push_back(std::move(one));
  }
  return out;
}

}  // namespace marquetry::report
