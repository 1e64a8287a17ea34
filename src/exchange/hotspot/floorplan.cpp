#include "exchange/hotspot/floorplan.h"

#include "base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace marquetry::exchange::hotspot {
namespace {

constexpr std::size_t most_units = 100'000;

// name width height x y [capacity resistivity]
std::optional<Unit> unit_of(const Lines& file, std::span<const Token> line, Diagnostics& diagnostics) {
  const auto before = diagnostics.errors();
  const auto number = [&](std::size_t i, std::string_view what, Bounds bounds) {
    return value_of(file, line[i], fmt::format("{} of '{}'", what, line[0].text), bounds, diagnostics)
        .value_or(0);
  };
  Unit unit{.name = std::string{line[0].text},
            .x = number(3, "the left side", positions),
            .y = number(4, "the lower side", positions),
            .width = number(1, "the width", lengths),
            .height = number(2, "the height", lengths),
            .where = file.spot(line[0])};
  if (line.size() == 7) {
    const double capacity = number(5, "the heat capacity", capacities);
    const double resistivity = number(6, "the resistivity", resistivities);
    unit.matter = Matter{1 / resistivity, capacity};
  }
  return diagnostics.errors() == before ? std::optional{std::move(unit)} : std::nullopt;
}

// "a b 3": wires between two units.
bool is_wire(std::span<const Token> line) {
  return line.size() == 3 && !is_number(line[1].text) && is_number(line[2].text);
}

}  // namespace

std::optional<Floorplan> read_floorplan(const std::filesystem::path& path, Diagnostics& diagnostics) {
  const auto file = read_lines(path, diagnostics);
  if (!file) return std::nullopt;
  const auto before = diagnostics.errors();
  Floorplan out{.where = {.file = file->words.file}};
  std::map<std::string, int> lines;  // by name
  for (const auto line : file->lines) {
    if (is_wire(line)) {
      out.has_wires = true;
      continue;
    }
    if (line.size() != 5 && line.size() != 7) {
      diagnostics.error(
          file->spot(line.size() > 7 ? line[7] : line.back()),
          fmt::format("'{}' has {} columns, where 5 or 7 are expected", line[0].text, line.size()),
          "name, width, height, left, bottom, and if it has its own: heat capacity and resistivity");
      continue;
    }
    auto unit = unit_of(*file, line, diagnostics);
    if (!unit) continue;
    const auto [at, is_new] = lines.try_emplace(lower_case(unit->name), line[0].line);
    if (!is_new)
      diagnostics.error(unit->where, fmt::format("unit '{}' stands in line {} too", unit->name, at->second),
                        "HotSpot finds units by their names, small letters as large ones");
    if (out.units.size() < most_units) out.units.push_back(std::move(*unit));
  }
  if (lines.size() > most_units) diagnostics.error(out.where, fmt::format("more than {} units", most_units));
  if (out.units.empty() && diagnostics.errors() == before)
    diagnostics.error(out.where, "has no unit", "each line reads: name width height left bottom");
  if (diagnostics.errors() != before) return std::nullopt;
  // HotSpot moves a floorplan so that it begins at the origin.
  double left = out.units[0].x, bottom = out.units[0].y;
  for (const auto& unit : out.units) left = std::min(left, unit.x), bottom = std::min(bottom, unit.y);
  for (auto& unit : out.units) {
    unit.x -= left;
    unit.y -= bottom;
    out.width = std::max(out.width, unit.x + unit.width);
    out.height = std::max(out.height, unit.y + unit.height);
  }
  return out;
}

}  // namespace marquetry::exchange::hotspot
