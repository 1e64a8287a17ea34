#include "report/layout_json.h"

#include <nlohmann/json.hpp>

#include "layout/wire.h"

namespace marquetry::report {
namespace {

using Json = nlohmann::ordered_json;
using layout::Layout;
using layout::Nanometre;
using layout::Problem;
using layout::Rect;
using layout::Size;

double um(Nanometre length) { return static_cast<double>(length) / 1e3; }
Json size_json(Size size) { return {um(size.width), um(size.height)}; }
Json number_or_null(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

void add_rect(Json& json, const Rect& rect) {
  json["x_um"] = um(rect.low.x);
  json["y_um"] = um(rect.low.y);
  json["w_um"] = um(rect.width());
  json["h_um"] = um(rect.height());
}
Json rect_json(const Rect& rect) {
  Json json;
  add_rect(json, rect);
  return json;
}

Json violations_json(const LayoutReport& report) {
  auto out = Json::array();
  for (const auto& [constraint, message, hint, amount] : report.obstacles) {
    out.push_back({{"rule", constraint}, {"message", message}, {"amount", amount}, {"dies", Json::array()}});
    if (!hint.empty()) out.back()["hint"] = hint;
  }
  for (const auto& [rule, message, amount, dies] : report.violations) {
    auto names = Json::array();
    for (const auto d : dies) names.push_back(report.problem.dies[d].name);
    out.push_back({{"rule", rule}, {"message", message}, {"amount", amount}, {"dies", names}});
  }
  return out;
}

Json placements_json(const Problem& problem, const Layout& layout, const placement::Figures& figures) {
  auto out = Json::array();
  for (std::size_t i = 0; i < problem.dies.size(); ++i) {
    const auto rect = layout::outline(layout, i);
    out.push_back({{"name", problem.dies[i].name},
                   {"x_um", um(rect.low.x)},
                   {"y_um", um(rect.low.y)},
                   {"rotation", geometry::degrees(layout.dies[i].rotation)},
                   {"w_um", um(rect.width())},
                   {"h_um", um(rect.height())}});
    if (const auto on = problem.dies[i].on) out.back()["on"] = problem.dies[*on].name;
    if (i < figures.dies.size()) out.back()["peak_c"] = figures.dies[i];
  }
  return out;
}

Json phys_json(const Problem& problem, const Layout& layout) {
  constexpr std::array<const char*, 4> sides{"bottom", "right", "top", "left"};
  auto out = Json::array();
  for (const auto& phy : layout.phys) {
    Json row{{"die", problem.dies[phy.die].name}};
    if (phy.link) row["link"] = problem.links[*phy.link].name;
    if (phy.external) row["external"] = problem.externals[*phy.external].name;
    row["module"] = phy.module;
    row["side"] = sides[geometry::index(phy.side)];
    add_rect(row, phy.rect);
    out.push_back(std::move(row));
  }
  return out;
}

Json bridges_json(const Problem& problem, const Layout& layout) {
  auto out = Json::array();
  for (const auto& bridge : layout.bridges) {
    Json row{{"link", problem.links[bridge.link].name}};
    add_rect(row, bridge.rect);
    out.push_back(std::move(row));
  }
  return out;
}

void add_figures(Json& json, const Problem& problem, const Layout& layout,
                 const placement::Figures& figures) {
  const bool nets = !problem.nets.empty(), links = !problem.links.empty();
  json["hpwl_um"] = nets ? Json(layout::half_perimeter(problem, layout) / 1e3) : Json(nullptr);
  json["tap_wire_mm"] = number_or_null(figures.transport);
  json["centre_wire_mm"] = links ? Json(layout::centre_to_centre(problem, layout) / 1e6) : Json(nullptr);
  json["pin_wire_um"] = nets ? Json(layout::pin_to_pin(problem, layout) / 1e3) : Json(nullptr);
  json["phy_wire_mm"] = number_or_null(figures.phys);
  json["bbox_um"] = size_json(figures.box);
  json["dead_space"] = figures.dead_space;
}

// The grid's, with what is proved of it and what the search took it for; of a plate alone an estimate.
void add_heat(Json& json, const placement::Figures& figures) {
  json["peak_c"] = number_or_null(figures.peak);
  json["peak_bound_k"] = number_or_null(figures.peak_bound);
  json["peak_estimate_c"] = number_or_null(figures.peak_estimate);
}

Json front_json(const LayoutReport& report) {
  auto out = Json::array();
  for (const auto& [layout, figures] : report.result.front) {
    Json row;
    add_figures(row, report.problem, layout, figures);
    add_heat(row, figures);
    row["placements"] = placements_json(report.problem, layout, figures);
    out.push_back(std::move(row));
  }
  return out;
}

// With a number of steps, nothing that a second run could change.
Json run_json(const LayoutReport& report) {
  const auto& run = report.run;
  Json json{{"setting", run.setting.empty() ? Json(nullptr) : Json(run.setting)},
            {"metric", run.metric},
            {"objective", run.objective},
            {"seed", run.seed},
            {"steps", report.result.steps}};
  if (run.interrupted) json["interrupted"] = true;
  if (run.steps && !run.time) return json;
  json["time"] = number_or_null(run.time);
  json["threads"] = run.threads;
  json["seconds"] = report.result.seconds;
  json["moves_per_second"] =
      report.result.seconds > 0 ? static_cast<double>(report.result.steps) / report.result.seconds : 0.0;
  return json;
}

}  // namespace

nlohmann::ordered_json layout_json(const LayoutReport& report) {
  const auto& problem = report.problem;
  const auto& result = report.result;
  const auto* layout = report.layout();
  Json json{{"design", problem.name}, {"legal", report.legal()}, {"violations", violations_json(report)}};
  json["placements"] = layout != nullptr ? placements_json(problem, *layout, result.figures) : Json::array();
  if (layout != nullptr) {
    add_figures(json, problem, *layout, result.figures);
  } else {
    for (const char* key :
         {"hpwl_um", "tap_wire_mm", "centre_wire_mm", "pin_wire_um", "phy_wire_mm", "bbox_um", "dead_space"})
      json[key] = nullptr;
  }
  json["cost_usd"] = number_or_null(report.cost);
  const bool searched = report.obstacles.empty();
  json["minimised"] = searched ? Json(result.minimised) : Json(nullptr);
  json["objective"] = result.best ? Json(result.objective) : Json(nullptr);
  json["bound"] = searched ? Json(result.bound) : Json(nullptr);
  json["gap"] = number_or_null(report.gap());
  json["proved"] = !searched || result.proved;
  add_heat(json, layout != nullptr ? result.figures : placement::Figures{});
  json["carrier"] = layout != nullptr ? rect_json(layout->carrier) : Json(nullptr);
  json["package"] = layout != nullptr ? rect_json(layout->package) : Json(nullptr);
  json["phys"] = layout != nullptr ? phys_json(problem, *layout) : Json::array();
  json["bridges"] = layout != nullptr ? bridges_json(problem, *layout) : Json::array();
  if (!result.front.empty()) json["front"] = front_json(report);
  json["steps"] = result.steps;
  json["run"] = run_json(report);
  return json;
}

}  // namespace marquetry::report
