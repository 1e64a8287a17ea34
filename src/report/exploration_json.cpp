#include "report/exploration_json.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "base/hash.h"
#include "base/text.h"
#include "explore/words.h"
#include "report/supply_loss.h"

namespace marquetry::report {
namespace {

using Json = nlohmann::ordered_json;

Json reference_json(const Prepared& prepared, const explore::Exploration& exploration) {
  Json out = {{"name", exploration.reference->product->id}, {"distance", Json::object()}};
  for (std::size_t o = 0; o < exploration.distance.size(); ++o) {
    if (!exploration.distance[o]) continue;
    out["distance"][path_of(prepared.objectives[o].figure, *prepared.design)] = *exploration.distance[o];
  }
  out["packages_needed"] = exploration.packages;
  out["nearest"] = exploration.nearest;
  out["values"] = Json::object();
  for (std::size_t o = 0; o < exploration.reference->values.size(); ++o) {
    const auto& figure = prepared.objectives[o].figure;
    const auto& value = exploration.reference->values[o];
    if (value) out["values"][path_of(figure, *prepared.design)] = figure.report(*value);
  }
  return out;
}

Json relaxation_json(const Prepared& prepared, const explore::Exploration& exploration) {
  Json out = Json::array();
  for (const auto& relaxation : exploration.relaxations) {
    const Limit& limit = prepared.rules.limits[relaxation.limit];
    Json gain = Json::object();
    for (std::size_t o = 0; o < relaxation.gain.size(); ++o) {
      gain[path_of(prepared.objectives[o].figure, *prepared.design)] = relaxation.gain[o];
    }
    if (relaxation.shortfall_gain) gain["reference.shortfall"] = *relaxation.shortfall_gain;
    if (relaxation.cost_gain) gain["match.cost_usd"] = *relaxation.cost_gain;
    out.push_back({{"constraint", limit.path},
                   {"from", explore::demand_of(prepared, relaxation.limit)},
                   {"to", relaxation.to},
                   {"least", relaxation.least},
                   {"gain", std::move(gain)},
                   {"points", relaxation.points}});
  }
  return out;
}

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string{"\"\""} : std::string{c};
  return out + "\"";
}

// Of all that the result follows from: library, design, and what was set on the command line.
std::string inputs_hash(const Prepared& prepared) {
  std::uint64_t hash = fnv1a(prepared.library->hash + prepared.design->hash);
  for (const auto& variable : prepared.design->variables) {
    for (const auto& value : variable.domain) hash = fnv1a(value.text, hash);
  }
  for (const auto& limit : prepared.rules.limits) hash = fnv1a(limit.path + limit.text, hash);
  return hex(fnv1a(prepared.design->reference, hash));
}

}  // namespace

Json exploration_json(const Prepared& prepared, const explore::Exploration& exploration,
                      const std::vector<Assessment>& front, double epsilon, const RunFigures& run) {
  Json out = {{"design", prepared.design->name}, {"space", count_or_number(exploration.space)}};
  out["front"] = Json::array();
  for (const auto& assessment : front) out["front"].push_back(evaluation_json(prepared, assessment));
  out["knee"] = front.empty() ? Json(nullptr) : Json(exploration.knee);
  out["certificate"] = {{"method", "exhaustive"},
                        {"epsilon", epsilon},
                        {"proved", exploration.proved},
                        {"inputs_hash", inputs_hash(prepared)}};
  if (exploration.reference && !front.empty()) out["reference"] = reference_json(prepared, exploration);
  out["relaxation"] = relaxation_json(prepared, exploration);
  if (exploration.supply) out["supply"] = supply_loss_json(prepared, exploration);
  out["overrides"] = overridden_rows(*prepared.library);
  out["run"] = {{"seconds", run.seconds},
                {"threads", run.threads},
                {"evaluated", exploration.evaluated},
                {"nodes", exploration.evaluated},
                {"leaves", exploration.evaluated},
                {"steps", exploration.evaluated}};
  return out;
}

std::string exploration_csv(const Prepared& prepared, const std::vector<Assessment>& front) {
  const Design& design = *prepared.design;
  const auto paths = figure_paths(design);
  std::vector<std::string> names;
  for (const auto& variable : design.variables) names.push_back(quoted(variable.name));
  for (const auto& path : paths) names.push_back(quoted(path));
  std::string out = fmt::format("{}\n", fmt::join(names, ","));
  for (const auto& a : front) {
    std::vector<std::string> cells;
    for (std::size_t v = 0; v < a.choice.size(); ++v) {
      cells.push_back(quoted(design.variables[v].domain[a.choice[v]].text));
    }
    for (const auto& path : paths) {
      const auto figure = *find_figure(path, design);
      cells.push_back(exact(figure.report(figure.si(a.evaluation))));
    }
    out += fmt::format("{}\n", fmt::join(cells, ","));
  }
  return out;
}

}  // namespace marquetry::report
