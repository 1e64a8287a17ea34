#include "report/sensitivity.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/wrap.h"
#include "report/evaluation_json.h"
#include "report/evaluation_text.h"
#include "report/table.h"
#include "units/text.h"

namespace marquetry::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t half_bar = 12;

// "    ####|########": what the low and the high end do to the figure, against the greatest effect.
std::string bar(const chance::Effect& effect, double greatest) {
  const auto length = [&](double change) {
    const double share = greatest > 0 && std::isfinite(change) ? std::abs(change) / greatest : 1;
    return std::min(half_bar, static_cast<std::size_t>(std::lround(share * half_bar)));
  };
  const double ends[] = {effect.at_low, effect.at_high};
  std::size_t less = 0, more = 0;
  for (const double change : ends) {
    auto& side = change < 0 ? less : more;
    side = std::max(side, length(change));
  }
  return std::string(half_bar - less, ' ') + std::string(less, '#') + "|" + std::string(more, '#');
}

// Bars must fit: the greatest single change among the rows shown.
double greatest_change(std::span<const chance::Effect> effects) {
  double greatest = 0;
  for (const auto& effect : effects) {
    for (const double change : {effect.at_low, effect.at_high}) {
      if (std::isfinite(change)) greatest = std::max(greatest, std::abs(change));
    }
  }
  return greatest;
}

// JSON has no word for what is without end.
Json number(double value) { return std::isfinite(value) ? Json(value) : Json(); }

std::size_t moving(const chance::Tornado& tornado) {
  std::size_t count = 0;
  for (const auto& effect : tornado.effects) count += effect.span() > 0 ? 1u : 0u;
  return count;
}

}  // namespace

std::string change_text(double change) { return (change > 0 ? "+" : "") + readable(change); }

std::string range_text(const Input& input) {
  return print_quantity(input.low, input.dimension) + " .. " + print_quantity(input.high, input.dimension);
}

std::string sensitivity_text(const chance::Subject& subject, const std::string& path,
                             const chance::Tornado& tornado, std::size_t top) {
  const Design& design = *subject.prepared->design;
  const auto figure = *find_figure(path, design);
  const std::string unit{figure.figure->unit};
  const std::size_t shown = std::min({top, tornado.effects.size(), moving(tornado)});
  const std::span effects{tornado.effects.data(), shown};
  std::string out = fmt::format("{}{}{}\n", design.name, design.title.empty() ? "" : ": ", design.title);
  if (!subject.choice.empty()) out += wrapped("  " + choice_text(design, subject.choice), "    ");
  out += fmt::format("  {} = {}{}{}; {} of {} uncertain numbers move it\n\n", path, readable(tornado.typical),
                     unit.empty() ? "" : " ", unit, moving(tornado), tornado.effects.size());
  Table table{.columns = {Align::left, Align::left, Align::right, Align::right, Align::right, Align::left},
              .rows = {{"change of the figure" + (unit.empty() ? "" : ", " + unit), "low .. high", "at low",
                        "at high", "by slope", std::string(half_bar, ' ') + "|"}}};
  std::vector<std::string> sources(1);
  const double greatest = greatest_change(effects);
  for (const auto& effect : effects) {
    const Input& input = subject.inputs.inputs[effect.input];
    table.rows.push_back({input.name, range_text(input), change_text(effect.at_low),
                          change_text(effect.at_high), change_text(effect.slope_high - effect.slope_low),
                          bar(effect, greatest)});
    sources.push_back(wrapped("      " + input.source, "        "));
  }
  out += print(table, sources);
  out +=
      "\n  at low, at high: evaluated with the number there. by slope: derivative x range, low to high;\n"
      "  the two differ where the figure bends or steps (whole dies on a wafer have no slope)\n";
  return out;
}

Json sensitivity_json(const chance::Subject& subject, const std::string& path, const chance::Tornado& tornado,
                      std::size_t top) {
  const Design& design = *subject.prepared->design;
  const auto figure = *find_figure(path, design);
  Json effects = Json::array();
  for (const auto& effect : tornado.effects) {
    if (effects.size() == top) break;
    const Input& input = subject.inputs.inputs[effect.input];
    const double slope =
        input.high > input.low ? (effect.slope_high - effect.slope_low) / (input.high - input.low) : 0;
    effects.push_back({{"input", input.name},
                       {"unit", si_unit(input.dimension)},
                       {"low", input.low},
                       {"typ", input.typ},
                       {"high", input.high},
                       {"slope", number(slope)},
                       {"slope_low", number(effect.slope_low)},
                       {"slope_high", number(effect.slope_high)},
                       {"at_low", number(effect.at_low)},
                       {"at_high", number(effect.at_high)},
                       {"span", number(effect.span())},
                       {"group", input.group},
                       {"estimate", input.estimate},
                       {"source", input.source}});
  }
  return {{"design", design.name},
          {"figure", path},
          {"unit", figure.figure->unit},
          {"preset", subject.prepared->preset->name},
          {"typical", number(tornado.typical)},
          {"inputs", tornado.effects.size()},
          {"effects", std::move(effects)}};
}

}  // namespace marquetry::report
