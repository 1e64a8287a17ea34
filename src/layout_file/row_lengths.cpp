// Lengths, in whole nanometres, and other numbers of a placement document.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "layout/rules_file.h"
#include "layout_file/load.h"
#include "layout_file/row_reader.h"
#include "units/units.h"

namespace marquetry::layout_file {

using layout::Nanometre;

namespace {

constexpr double nm = unit::nm.si(), most_number = 1e12, most_modules = 1e6;
constexpr std::array<std::pair<std::string_view, double>, 3> units{{{"nm", 1}, {"um", 1e3}, {"mm", 1e6}}};

}  // namespace

std::optional<double> RowReader::pure(const Node& node, std::string_view key) {
  const auto value = read_quantity(node, key, dimension::none, diagnostics_);
  if (!value || *value <= most_number) return value;
  diagnostics_.error(node.where, fmt::format("'{}' is {}, but it must be at most 1e12", key, quoted(node)));
  return std::nullopt;
}
void RowReader::number(std::string_view key, double& field) {
  const auto* node = reader_.find(key);
  if (node == nullptr) return;
  if (const auto value = pure(*node, key)) field = *value;
}
void RowReader::weight(std::string_view key, double& field) {
  field = 1;
  number(key, field);
}
void RowReader::count(std::string_view key, std::size_t& field) {
  const auto* node = reader_.find_required(key);
  if (node == nullptr) return;
  const auto value = pure(*node, key);
  if (!value) return;
  if (*value == std::floor(*value) && *value >= 1 && *value <= most_modules) {
    field = static_cast<std::size_t>(*value);
  } else {
    diagnostics_.error(node->where, fmt::format("'{}' is {}, but it must be a whole number from 1 to 1000000",
                                                key, quoted(*node)));
  }
}
void RowReader::power(std::string_view key, double& field) {
  const auto* node = reader_.find(key);
  if (node == nullptr) return;
  if (const auto value = read_quantity(*node, key, dimension::power, diagnostics_))
    field = *value / unit::W.si();
}
void RowReader::temperature(std::string_view key, double& field, double fallback) {
  field = fallback;
  const auto* node = reader_.find(key);
  if (node == nullptr) return;
  if (const auto value = read_quantity(*node, key, dimension::temperature, diagnostics_))
    field = std::round((*value - unit::freezing_point.si()) * 1e9) /
            1e9;  // as it was written, before it became kelvin
}
void RowReader::unit(std::string_view key, double& field) {
  std::string text{"um"};
  reader_.text_if(key, text);
  const auto found = std::ranges::find(units, text, [](const auto& u) { return u.first; });
  if (found != units.end()) {
    field = found->second;
  } else {
    diagnostics_.error(reader_.find(key)->where, fmt::format("'{}' cannot be \"{}\"", key, text),
                       "known: nm, um, mm");
  }
}

std::optional<Nanometre> RowReader::signed_length(const Node& node, std::string_view key) {
  if (node.kind != NodeKind::text || !node.text.starts_with('-'))
    return layout::read_length(node, key, diagnostics_);
  Node mirrored = node;
  mirrored.text.erase(0, 1);
  const auto value = layout::read_length(mirrored, key, diagnostics_);
  return value ? std::optional{-*value} : std::nullopt;
}
void RowReader::coordinate(std::string_view key, Nanometre& field) {
  const auto* node = reader_.find_required(key);
  if (node == nullptr) return;
  if (const auto value = signed_length(*node, key)) field = *value;
}
void RowReader::length(std::string_view key, Nanometre& field, Range range) {
  const auto* node = range == Range::positive ? reader_.find_required(key) : reader_.find(key);
  if (node == nullptr) return;
  const auto value = layout::read_length(*node, key, diagnostics_);
  if (!value) return;
  field = *value;
  if (range == Range::positive && field == 0)
    diagnostics_.error(node->where, fmt::format("{}: '{}' is zero", reader_.what(), key),
                       "give it a length above 0, or leave the part out");
}

// A die has a width and a height, or an area and the limits of its width / height.
void RowReader::shape(std::string_view width, std::string_view height, layout::Die& die) {
  const bool has_width = find(reader_.table(), width) != nullptr;
  if (!has_width && find(reader_.table(), "area") != nullptr) {
    reader_.find(width);
    return;
  }
  if (!has_width)
    diagnostics_.error(name_spot(reader_.table()),
                       fmt::format("{} needs '{}' and '{}', or an 'area' if its sides are open",
                                   reader_.what(), width, height));
  if (has_width) length(width, die.size.width, Range::positive);
  if (has_width) length(height, die.size.height, Range::positive);
}
void RowReader::soft(std::string_view area_key, std::string_view least, std::string_view largest,
                     layout::Die& die) {
  const auto* area = reader_.find(area_key);
  layout::Soft soft{.least_aspect = 1};
  number(least, soft.least_aspect);
  soft.largest_aspect = std::max(1.0, soft.least_aspect);
  number(largest, soft.largest_aspect);
  if (area == nullptr) return;
  if (die.size.width > 0)
    return diagnostics_.error(area->where,
                              fmt::format("{} has a width, so '{}' is too much", reader_.what(), area_key));
  const auto si = read_quantity(*area, area_key, dimension::area, diagnostics_);
  if (!si) return;
  soft.area = std::round(*si / (nm * nm));
  if (soft.area < 1 || soft.area > longest * longest || soft.least_aspect > soft.largest_aspect ||
      soft.least_aspect < 1e-3 || soft.largest_aspect > 1e3) {
    return diagnostics_.error(
        area->where,
        fmt::format("{}: a die with open sides needs an area above 0, and 0.001 <= '{}' <= '{}' <= 1000",
                    reader_.what(), least, largest));
  }
  die.soft = soft;
  die.size = layout::squarest(soft);
  die.rotations = 1;  // its shape is open anyway
}

// Capacities by side: bottom, right, top, left; the bumps are in the middle of the ring unless said
// otherwise.
void RowReader::clumps(std::string_view key, std::string_view outside_key, layout::Die& die) {
  const auto* node = reader_.find(key);
  const auto* outside = reader_.find(outside_key);
  if (node == nullptr) return;
  constexpr std::string_view form = "four values: bottom, right, top, left";
  const auto* capacities = items(*node, key, 4, form);
  const auto* lengths = outside == nullptr ? nullptr : items(*outside, outside_key, 4, form);
  if (capacities == nullptr) return;
  std::array<layout::Clump, 4> clumps{};
  for (std::size_t i = 0; i < 4; ++i) {
    if (const auto c = pure((*capacities)[i], key)) clumps[i].capacity = *c;
    clumps[i].outside = die.ring / 2;
    if (lengths == nullptr) continue;
    if (const auto o = layout::read_length((*lengths)[i], outside_key, diagnostics_)) clumps[i].outside = *o;
  }
  die.clumps = clumps;
}

}  // namespace marquetry::layout_file
