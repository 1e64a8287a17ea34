// The gradient of the peak, for readers the knobs that turn it most.
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "report/heat_figures.h"
#include "report/table.h"
#include "thermal/sensitivity.h"

namespace marquetry::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t shown = 10;  // of each list
constexpr double least = 1e-3;     // of a list's first; what is less is not worth a line

// Of materials and of everything else that may be a hundredth more, by size.
std::vector<thermal::Entry> by_percent(const thermal::Sensitivities& named) {
  auto out = named.conductivities;
  out.insert(out.end(), named.others.begin(), named.others.end());
  std::ranges::stable_sort(out, std::ranges::greater{}, [](const auto& e) { return std::abs(e.slope); });
  return out;
}

}  // namespace

std::string gradient_text(const HeatReport& report) {
  if (!report.gradient) return {};
  const auto names = block_names(report);
  const auto named = thermal::sensitivities(report.input.stack, *report.gradient);
  Table powers{.columns = {Align::left, Align::right}, .rows = {{"a watt more in", "lifts the peak by K"}}};
  for (const auto& [name, slope, block] : named.powers) {
    if (powers.rows.size() > shown || std::abs(slope) < least * std::abs(named.powers[0].slope)) break;
    powers.rows.push_back({names[block], significant(slope, 3)});
  }
  Table moves{.columns = {Align::left, Align::right, Align::right},
              .rows = {{"a millimetre of", "to the right", "upwards, K"}}};
  for (const auto& [name, block, x, y] : named.moves) {
    const auto& first = named.moves[0];
    if (moves.rows.size() > shown || std::hypot(x, y) < least * std::hypot(first.x, first.y)) break;
    moves.rows.push_back({names[block], significant(x, 3), significant(y, 3)});
  }
  Table percents{.columns = {Align::left, Align::right}, .rows = {{"a hundredth more of", "K"}}};
  const auto parts = by_percent(named);
  for (const auto& [name, slope, block] : parts) {
    if (percents.rows.size() > shown || std::abs(slope) < least * std::abs(parts[0].slope)) break;
    percents.rows.push_back({name, significant(slope, 3)});
  }
  return print(powers) + (moves.rows.size() > 1 ? print(moves) : "") + print(percents);
}

Json gradient_json(const HeatReport& report) {
  const auto& gradient = *report.gradient;
  const auto names = block_names(report);
  Json out{{"smooth_peak_c", celsius(gradient.figure)},
           {"blocks", Json::object()},
           {"layers", Json::array()},
           {"convection_k_per_k_w", gradient.convection},
           {"ambient_k_per_k", gradient.ambient},
           {"solves", gradient.solves}};
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto& slopes = gradient.blocks[i];
    out["blocks"][names[i]] = {
        {"k_per_w", slopes.power}, {"k_per_mm_x", slopes.x * 1e-3}, {"k_per_mm_y", slopes.y * 1e-3}};
  }
  for (std::size_t i = 0; i < gradient.layers.size(); ++i)
    out["layers"].push_back({{"name", report.heat.layers[i].name},
                             {"k_per_um", gradient.layers[i].thickness * 1e-6},
                             {"k_per_w_mk_across", gradient.layers[i].material.across},
                             {"k_per_w_mk_x", gradient.layers[i].material.along_x},
                             {"k_per_w_mk_y", gradient.layers[i].material.along_y}});
  const auto named = thermal::sensitivities(report.input.stack, gradient);
  auto& moves = out["moves_k_per_mm"] = Json::array();
  for (const auto& move : named.moves)
    moves.push_back({{"name", names[move.block]}, {"x", move.x}, {"y", move.y}});
  auto& percents = out["k_per_percent"] = Json::array();
  for (const auto& entry : by_percent(named)) percents.push_back({{"name", entry.name}, {"k", entry.slope}});
  return out;
}

}  // namespace marquetry::report
