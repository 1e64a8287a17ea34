#include "report/uncertainty.h"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "base/wrap.h"
#include "report/sensitivity.h"
#include "report/table.h"

namespace marquetry::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t shown_factors = 10, bar_length = 30;

std::string percent(double share) { return fmt::format("{:.4g} %", 100 * share); }

std::vector<std::string> spread_row(const std::string& name, const chance::Spread& s, std::string_view unit) {
  std::vector<std::string> row{name, readable(s.typical), readable(s.mean.value),
                               "+-" + readable(s.mean.error)};
  for (const auto& q : s.quantiles) row.push_back(readable(q.value));
  row.emplace_back(unit);
  row.push_back(s.finite < 1 ? fmt::format("in {} of the worlds", percent(s.finite)) : "");
  return row;
}

Table spread_table() {
  Table table{.columns = {Align::left, Align::right, Align::right, Align::left},
              .rows = {{"figure", "typical", "mean", "error"}}};
  for (const double share : chance::shares) {
    table.columns.push_back(Align::right);
    table.rows[0].push_back(fmt::format("{:.0f} %", 100 * share));
  }
  for (int text = 0; text < 2; ++text) {
    table.columns.push_back(Align::left);
    table.rows[0].emplace_back();
  }
  return table;
}

std::string comparison_text(const UncertaintyRun& run, const chance::Uncertainty& result) {
  Table odds{.columns = {Align::left, Align::right, Align::left}};
  auto table = spread_table();
  table.rows[0][0] = "difference";
  for (std::size_t f = 0; f < run.paths.size(); ++f) {
    const auto& d = result.differences[f];
    // Where all the worlds that were drawn agree, their spread says nothing about the error.
    const bool sure = d.first_is_less.value == 0 || d.first_is_less.value == 1;
    odds.rows.push_back({run.paths[f], fmt::format("{:.1f} %", 100 * d.first_is_less.value),
                         sure ? "the same in every world that was drawn"
                              : fmt::format("+-{:.2g} %", 100 * d.first_is_less.error)});
    table.rows.push_back(spread_row(run.paths[f], d.spread, run.units[f]));
  }
  return "\n" +
         wrapped(
             fmt::format("chance that {} has less than {}, in the same worlds", run.names[0], run.names[1])) +
         print(odds) + "\n" + wrapped(fmt::format("{} less {}", run.names[1], run.names[0])) + print(table);
}

std::string knowledge_text(const UncertaintyRun& run, const chance::Uncertainty& result) {
  Table table{.columns = {Align::left, Align::right, Align::left, Align::left}};
  for (const auto& known : result.knowledge) {
    const double share = known.share.value;
    if (table.rows.size() == shown_factors || share < 0.001) break;
    if (share < 2 * known.share.error) continue;  // may as well be nothing
    table.rows.push_back({run.joint->factors[known.factor].name, fmt::format("{:.1f} %", 100 * share),
                          fmt::format("+-{:.1f} %", 100 * known.share.error),
                          std::string(static_cast<std::size_t>(std::lround(share * bar_length)), '#')});
  }
  const std::string of = run.names.size() == 2 ? "the difference in " : "";
  return fmt::format("\nworth knowing: what it takes off the variance of {}{}\n", of, run.paths.front()) +
         print(table);
}

// How many inputs have each shape: "61 triangular, 4 lognormal".
std::string shapes_text(const chance::Joint& joint) {
  std::array<std::size_t, chance::shape_names.size()> counts{};
  for (const auto& curve : joint.curves) ++counts[static_cast<std::size_t>(curve.shape())];
  std::string text;
  for (std::size_t s = 0; s < counts.size(); ++s) {
    if (counts[s] == 0) continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", counts[s], chance::shape_names[s]);
  }
  return text;
}

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(); }

Json estimate_json(const chance::Estimate& e) {
  return {{"value", number(e.value)}, {"standard_error", number(e.error)}};
}

Json spread_json(const chance::Spread& s) {
  Json quantiles = Json::array();
  for (std::size_t q = 0; q < chance::shares.size(); ++q) {
    quantiles.push_back({{"share", chance::shares[q]},
                         {"value", number(s.quantiles[q].value)},
                         {"standard_error", number(s.quantiles[q].error)}});
  }
  return {{"typical", number(s.typical)},
          {"mean", estimate_json(s.mean)},
          {"deviation", number(s.deviation)},
          {"quantiles", std::move(quantiles)},
          {"finite_share", s.finite}};
}

Json factors_json(const UncertaintyRun& run, const chance::Uncertainty& result) {
  Json out = Json::array();
  for (const auto& known : result.knowledge) {
    const auto& factor = run.joint->factors[known.factor];
    Json inputs = Json::array();
    for (const std::size_t i : factor.inputs) {
      const auto shape = static_cast<std::size_t>(run.joint->curves[i].shape());
      inputs.push_back({{"input", run.joint->inputs[i].name}, {"distribution", chance::shape_names[shape]}});
    }
    out.push_back({{"name", factor.name},
                   {"variance_share", estimate_json(known.share)},
                   {"inputs", std::move(inputs)}});
  }
  return out;
}

}  // namespace

std::string uncertainty_text(const UncertaintyRun& run, const chance::Uncertainty& result) {
  std::string out = run.names.front();
  if (run.names.size() == 2) out += " against " + run.names.back();
  out += fmt::format("\n  {} worlds of {} uncertain numbers ({}) in {} parts; seed {}\n", result.samples,
                     run.joint->inputs.size(), shapes_text(*run.joint), run.joint->factors.size(), run.seed);
  for (std::size_t s = 0; s < run.names.size(); ++s) {
    auto table = spread_table();
    for (std::size_t f = 0; f < run.paths.size(); ++f) {
      table.rows.push_back(spread_row(run.paths[f], result.spreads[f][s], run.units[f]));
    }
    out += fmt::format("\n{}\n", run.names[s]) + print(table);
  }
  if (run.names.size() == 2) out += comparison_text(run, result);
  out += knowledge_text(run, result);
  out += fmt::format("\n  errors: standard errors over {} independent scramblings of the points\n",
                     chance::scramblings);
  return out;
}

Json uncertainty_json(const UncertaintyRun& run, const chance::Uncertainty& result) {
  Json figures = Json::array();
  for (std::size_t f = 0; f < run.paths.size(); ++f) {
    Json row{{"figure", run.paths[f]}, {"unit", run.units[f]}};
    for (std::size_t s = 0; s < run.names.size(); ++s) {
      row[s == 0 ? "design" : "other"] = spread_json(result.spreads[f][s]);
    }
    if (run.names.size() == 2) {
      row["probability_design_less"] = estimate_json(result.differences[f].first_is_less);
      row["other_minus_design"] = spread_json(result.differences[f].spread);
    }
    figures.push_back(std::move(row));
  }
  Json out{{"design", run.names.front()}};
  if (run.names.size() == 2) out["other"] = run.names.back();
  out["samples"] = result.samples;
  out["scramblings"] = chance::scramblings;
  out["seed"] = run.seed;
  out["inputs"] = run.joint->inputs.size();
  out["figures"] = std::move(figures);
  out["factors"] = factors_json(run, result);
  return out;
}

}  // namespace marquetry::report
