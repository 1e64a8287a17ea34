#include "report/heated.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "report/field_map.h"
#include "report/table.h"

namespace marquetry::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr double freezing = unit::freezing_point / unit::K;
constexpr std::string_view shades = " .:-=+*#%@";  // cold to hot
constexpr std::size_t text_columns = 48, text_rows = 20;

double celsius(Temperature<> t) { return (t - unit::freezing_point) / unit::K; }

bool is_beyond(const HotDie& die) { return die.limit.si() > 0 && die.peak > die.limit; }

std::string dies_text(const Heated& heated) {
  Table table{
      .columns = std::vector(7, Align::right),
      .rows = {{"temperatures, degC", "hottest", "mean", "limit", "margin, K", "W", "of it leakage"}}};
  table.columns.front() = Align::left;
  for (const auto& die : heated.dies) {
    const bool limited = die.limit.si() > 0;
    table.rows.push_back({die.name, fmt::format("{:.1f}", celsius(die.peak)),
                          fmt::format("{:.1f}", celsius(die.mean)),
                          limited ? fmt::format("{:.0f}", celsius(die.limit)) : "-",
                          limited ? fmt::format("{:+.1f}", (die.limit - die.peak) / unit::K) : "-",
                          readable(die.power / unit::W), readable(die.leakage / unit::W)});
  }
  return print(table);
}

// The hottest cell of one part of the plane, of `columns` x `rows` parts.
double hottest(const HeatPlane& plane, std::size_t column, std::size_t row) {
  const auto part = [](std::size_t i, std::size_t parts, std::size_t cells) {
    const std::size_t first = i * cells / parts;
    return std::pair{first, std::max((i + 1) * cells / parts, first + 1)};
  };
  const auto [left, right] = part(column, text_columns, plane.columns);
  const auto [low, high] = part(row, text_rows, plane.rows);
  double most = 0;
  for (std::size_t r = low; r < high; ++r) {
    for (std::size_t c = left; c < right; ++c) most = std::max(most, plane.kelvin[r * plane.columns + c]);
  }
  return most;
}

std::string map_text(const HeatPlane& plane) {
  if (plane.kelvin.empty()) return "";
  const auto [least, most] = std::ranges::minmax_element(plane.kelvin);
  const double step = std::max(*most - *least, 1e-9) / static_cast<double>(shades.size());
  std::string out;
  for (std::size_t r = text_rows; r-- > 0;) {
    out += "  |";
    for (std::size_t c = 0; c < text_columns; ++c) {
      const auto shade = static_cast<std::size_t>((hottest(plane, c, r) - *least) / step);
      out += shades[std::min(shade, shades.size() - 1)];
    }
    out += "|\n";
  }
  return out + fmt::format("  ' ' from {:.1f} degC, '@' to {:.1f}; {:.1f} x {:.1f} mm\n", *least - freezing,
                           *most - freezing, 1e3 * plane.width, 1e3 * plane.height);
}

std::string key_of(const HotDie& die, const Prepared& prepared) {
  const auto& design = *prepared.design;
  return fmt::format("{}[{}]", die.is_memory ? design.memories[die.type].id : design.dies[die.type].id,
                     die.instance);
}

}  // namespace

std::string heated_text(const Heated& heated) {
  std::string out = dies_text(heated);
  out += fmt::format(
      "  {} W in the package, {} W of it leakage at these temperatures; cooling plate up to {:.1f} degC\n",
      readable(heated.power / unit::W), readable(heated.leakage / unit::W), celsius(heated.plate));
  out += std::isfinite(heated.bound)
             ? fmt::format("  every temperature within {:.1g} K of the grid's own answer (proved)\n",
                           heated.bound)
             : std::string{"  the error of these temperatures is not proved\n"};
  if (heated.is_runaway) out += "  thermal runaway: these are not temperatures of rest\n";
  for (const auto& die : heated.dies) {
    if (is_beyond(die) || die.throttle.si() <= 0 || die.peak <= die.throttle) continue;
    out += fmt::format("  note: {} is above {:.0f} degC: {}\n", die.name, celsius(die.throttle),
                       die.is_memory ? "its refresh is doubled" : "it would lower its clock");
  }
  if (!heated.hint.empty()) out += fmt::format("  hint: {}\n", heated.hint);
  return out + map_text(heated.plane);
}

void put_heated(const Heated& heated, const Prepared& prepared, const System<double>& system, Json& thermal) {
  Json dies = Json::object(), memories = Json::object(), limits = Json::object(), margins = Json::object();
  for (const auto& die : heated.dies) {
    const auto key = key_of(die, prepared);
    (die.is_memory ? memories : dies)[key] = celsius(die.peak);
    if (die.limit.si() <= 0) continue;
    limits[key] = celsius(die.limit);
    margins[key] = (die.limit - die.peak) / unit::K;
  }
  thermal["dies_c"] = std::move(dies);
  thermal["memories_c"] = std::move(memories);
  thermal["limits_c"] = std::move(limits);
  thermal["margin_c"] = std::move(margins);
  thermal["ambient_c"] = celsius(system.cooling.ambient);
  thermal["plate_c"] = celsius(heated.plate);
  thermal["leakage_w"] = heated.leakage / unit::W;
  thermal["power_w"] = heated.power / unit::W;
  thermal["error_bound_k"] = std::isfinite(heated.bound) ? Json(heated.bound) : Json(nullptr);
  thermal["runaway"] = heated.is_runaway;
}

std::string heated_svg(const Heated& heated, const std::string& title) {
  const auto& plane = heated.plane;
  FieldPanel panel{.title = "circuits", .columns = plane.columns, .rows = plane.rows};
  for (const double kelvin : plane.kelvin) panel.values.push_back(kelvin - freezing);
  FieldMap map{.title = title,
               .subtitle = fmt::format("{} W", readable(heated.power / unit::W)),
               .unit = "degC",
               .spot_name = "hot spot",
               .width = plane.width,
               .height = plane.height};
  for (const auto& die : heated.dies) {
    panel.outlines.push_back({.name = die.name,
                              .x = die.x,
                              .y = die.y,
                              .width = die.width,
                              .height = die.height,
                              .words = fmt::format("{:.1f} degC", celsius(die.peak)),
                              .is_beyond = is_beyond(die)});
    if (die.limit.si() <= 0) continue;
    const double limit = celsius(die.limit);
    const auto words = die.is_memory ? "memory" : "logic";
    if (std::ranges::none_of(map.limits, [&](const auto& l) { return l.words == words; }))
      map.limits.push_back({limit, words});
  }
  map.panels.push_back(std::move(panel));
  return field_svg(map);
}

}  // namespace marquetry::report
