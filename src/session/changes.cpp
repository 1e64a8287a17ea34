#include "session/changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "report/table.h"

namespace marquetry {
namespace {

constexpr double least_change = 1e-9;  // relative: what rounding may do

bool differ(double a, double b) {
  if (a == b || (std::isnan(a) && std::isnan(b))) return false;
  if (!std::isfinite(a) || !std::isfinite(b)) return true;
  return std::abs(a - b) > least_change * std::max(std::abs(a), std::abs(b));
}

// A temperature in degC has no shares: its zero is not nothing.
std::string share(const FigureChange& change) {
  if (change.unit == "degC") return {};
  if (change.before == 0 || !std::isfinite(change.after / change.before)) return {};
  return fmt::format("{:+.1f} %", 100 * (change.after / change.before - 1));
}

}  // namespace

std::vector<FigureChange> changes(std::span<const FigureValue> before, std::span<const FigureValue> after) {
  std::map<std::string_view, double> known;
  for (const auto& figure : before) known[figure.path] = figure.value;
  std::vector<FigureChange> out;
  for (const auto& figure : after) {
    const auto found = known.find(figure.path);
    if (found != known.end() && differ(found->second, figure.value))
      out.push_back({figure.path, figure.unit, found->second, figure.value});
  }
  return out;
}

std::string changes_text(std::span<const FigureChange> changes) {
  if (changes.empty()) return "  no figure has moved\n";
  report::Table table{.columns = {report::Align::left, report::Align::right, report::Align::left,
                                  report::Align::right, report::Align::left, report::Align::right}};
  for (const auto& change : changes) {
    table.rows.push_back({change.path, report::readable(change.before), "->", report::readable(change.after),
                          change.unit, share(change)});
  }
  return report::print(table);
}

nlohmann::ordered_json changes_json(std::span<const FigureChange> changes) {
  auto out = nlohmann::ordered_json::array();
  for (const auto& change : changes) {
    out.push_back(
        {{"path", change.path}, {"before", change.before}, {"after", change.after}, {"unit", change.unit}});
  }
  return out;
}

}  // namespace marquetry
