// Lengths, in whole nanometres, and other numbers of a placement document.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "layout_file/load.h"
#include "layout_file/row_reader.h"
#include "units/units.h"

namespace marquetry::layout_file {

using layout::Nanometre;
using layout::Point;
using layout::Rect;
using layout::Size;

namespace {

constexpr double nm = unit::nm.si(), nm2 = nm * nm;
constexpr double most_number = 1e12;
constexpr std::array<std::pair<std::string_view, double>, 3> units{{{"nm", 1}, {"um", 1e3}, {"mm", 1e6}}};

}  // namespace

bool RowReader::in_range(const Node& node, std::string_view key, double value, Range range) {
  std::string_view expected;
  if (range == Range::positive && value <= 0) expected = "above 0";
  if (range == Range::share && value > 1) expected = "a share, from 0 to 1";
  if (value > most_number) expected = "at most 1e12";
  if (expected.empty()) return true;
  diagnostics_.error(node.where, fmt::format("'{}' is {}, but it must be {}", key, quoted(node), expected));
  return false;
}

void RowReader::number(std::string_view key, double& field, Range range) {
  const auto* node = reader_.find(key);
  if (node == nullptr) return;
  const auto value = read_quantity(*node, key, dimension::none, diagnostics_);
  if (value && in_range(*node, key, *value, range)) field = *value;
}
void RowReader::number_or(std::string_view key, double& field, double fallback, Range range) {
  field = fallback;
  number(key, field, range);
}
void RowReader::count(std::string_view key, std::size_t& field, Range range) {
  const auto* node = reader_.find(key);
  if (range == Range::positive && node == nullptr) reader_.find_required(key);
  if (node == nullptr) return;
  const auto value = read_quantity(*node, key, dimension::none, diagnostics_);
  if (!value || !in_range(*node, key, *value, range)) return;
  if (*value != std::floor(*value) || *value > 1e6) {
    diagnostics_.error(node->where,
                       fmt::format("'{}' is {}, but it must be a whole number", key, quoted(*node)));
    return;
  }
  field = static_cast<std::size_t>(*value);
}
void RowReader::area(std::string_view key, double& field) {
  const auto* node = reader_.find(key);
  if (node == nullptr) return;
  if (const auto value = read_quantity(*node, key, dimension::area, diagnostics_)) {
    field = std::round(*value / nm2);
    if (field > longest * longest)
      diagnostics_.error(node->where, fmt::format("'{}' is {}, beyond any package", key, quoted(*node)));
  }
}
void RowReader::power(std::string_view key, double& field) {
  const auto* node = reader_.find(key);
  if (node == nullptr) return;
  const auto value = read_quantity(*node, key, dimension::power, diagnostics_);
  if (value && in_range(*node, key, *value, Range::any)) field = *value / unit::W.si();
}
void RowReader::temperature(std::string_view key, double& field, double fallback) {
  field = fallback;
  const auto* node = reader_.find(key);
  if (node == nullptr) return;
  if (const auto value = read_quantity(*node, key, dimension::temperature, diagnostics_))
    field = std::round((*value - 273.15) * 1e9) / 1e9;  // as it was written, before it became kelvin
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

std::optional<Nanometre> RowReader::nanometres(const Node& node, std::string_view key) {
  const auto metres = read_quantity(node, key, dimension::length, diagnostics_);
  if (!metres) return std::nullopt;
  if (*metres / nm > longest) {
    diagnostics_.error(node.where, fmt::format("'{}' is {}, more than 10 m", key, quoted(node)));
    return std::nullopt;
  }
  return std::llround(*metres / nm);
}

std::optional<Nanometre> RowReader::coordinate(const Node& node, std::string_view key) {
  if (node.kind != NodeKind::text || !node.text.starts_with('-')) return nanometres(node, key);
  Node mirrored = node;
  mirrored.text.erase(0, 1);
  const auto value = nanometres(mirrored, key);
  return value ? std::optional{-*value} : std::nullopt;
}

void RowReader::length(std::string_view key, Nanometre& field, Range range) {
  const auto* node = range == Range::positive ? reader_.find_required(key) : reader_.find(key);
  if (node == nullptr) return;
  const auto value = nanometres(*node, key);
  if (value && in_range(*node, key, static_cast<double>(*value), range)) field = *value;
}
void RowReader::length_required(std::string_view key, Nanometre& field) {
  if (reader_.find_required(key) != nullptr) length(key, field);
}
void RowReader::lengths(std::string_view key, std::vector<Nanometre>& field) {
  const auto* node = reader_.find(key);
  const auto* list = node == nullptr ? nullptr : items(*node, key, 0, "a list of lengths");
  if (list == nullptr) return;
  for (const auto& item : *list) {
    if (const auto value = nanometres(item, key)) field.push_back(*value);
  }
}

std::optional<Size> RowReader::size_of(const Node& node, std::string_view key) {
  const auto* two = items(node, key, 2, "a width and a height, as [\"8 mm\", \"12 mm\"]");
  if (two == nullptr) return std::nullopt;
  const auto w = nanometres((*two)[0], key), h = nanometres((*two)[1], key);
  if (!w || !h) return std::nullopt;
  if (*w > 0 && *h > 0) return Size{*w, *h};
  diagnostics_.error(node.where,
                     fmt::format("{}{}'{}' is {} x {} nm: both must be above 0", reader_.what(),
                                 reader_.what().empty() ? "" : ": ", key, *w, *h),
                     "give its width and height, or leave it out");
  return std::nullopt;
}
void RowReader::size_if(std::string_view key, std::optional<Size>& field) {
  if (const auto* node = reader_.find(key)) field = size_of(*node, key);
}
void RowReader::size(std::string_view key, Size& field) {
  const auto* node = reader_.find(key);
  if (node == nullptr) return;
  if (const auto value = size_of(*node, key)) field = *value;
}
std::optional<Point> RowReader::point_of(const Node& node, std::string_view key) {
  const auto* two = items(node, key, 2, "a point, as [\"1 mm\", \"2 mm\"]");
  if (two == nullptr) return std::nullopt;
  const auto x = coordinate((*two)[0], key), y = coordinate((*two)[1], key);
  if (!x || !y) return std::nullopt;
  return Point{*x, *y};
}
void RowReader::point(std::string_view key, Point& field) {
  const auto* node = reader_.find_required(key);
  if (node == nullptr) return;
  if (const auto value = point_of(*node, key)) field = *value;
}
std::optional<Rect> RowReader::rect_of(const Node& node, std::string_view key) {
  const auto* four = items(node, key, 4, "the corners, as [left, bottom, right, top]");
  if (four == nullptr) return std::nullopt;
  std::array<Nanometre, 4> at{};
  for (std::size_t i = 0; i < 4; ++i) {
    const auto value = coordinate((*four)[i], key);
    if (!value) return std::nullopt;
    at[i] = *value;
  }
  if (at[0] < at[2] && at[1] < at[3]) return Rect{{at[0], at[1]}, {at[2], at[3]}};
  diagnostics_.error(node.where, fmt::format("'{}' is {}, which has no area", key, quoted(node)),
                     "write [left, bottom, right, top], left < right and bottom < top");
  return std::nullopt;
}
void RowReader::rect(std::string_view key, Rect& field) {
  const auto* node = reader_.find_required(key);
  if (node == nullptr) return;
  if (const auto value = rect_of(*node, key)) field = *value;
}
void RowReader::rects(std::string_view key, std::vector<Rect>& field) {
  const auto* node = reader_.find(key);
  const auto* list = node == nullptr ? nullptr : items(*node, key, 0, "a list of rectangles");
  if (list == nullptr) return;
  for (const auto& item : *list) {
    if (const auto value = rect_of(item, key)) field.push_back(*value);
  }
}

// A die has a size, or an area and the limits of its width / height.
void RowReader::shape(std::string_view size_key, std::string_view area_key, std::string_view least,
                      std::string_view largest, layout::Die& die) {
  const auto* size_node = reader_.find(size_key);
  const auto* area_node = reader_.find(area_key);
  layout::Soft soft;
  area(area_key, soft.area);
  number_or(least, soft.least_aspect, 1, Range::positive);
  number_or(largest, soft.largest_aspect, std::max(1.0, soft.least_aspect), Range::positive);
  if ((size_node == nullptr) == (area_node == nullptr)) {
    diagnostics_.error(
        name_spot(reader_.table()),
        fmt::format("{} needs a '{}', or an '{}' if its sides are open", reader_.what(), size_key, area_key));
    return;
  }
  if (size_node != nullptr) return size(size_key, die.size);
  if (soft.area < 1 || soft.least_aspect > soft.largest_aspect || soft.least_aspect < 1e-3 ||
      soft.largest_aspect > 1e3) {
    diagnostics_.error(area_node->where,
                       fmt::format("{}: a die with open sides needs an area above 0, and 0.001 <= '{}' <= "
                                   "'{}' <= 1000",
                                   reader_.what(), least, largest));
    return;
  }
  die.soft = soft;
  die.size = layout::squarest(soft);
  die.rotations = 1;  // its shape is open anyway
}

// Capacities by side, bottom, right, top, left; the bumps are in the middle of the ring unless said
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
    if (const auto c = read_quantity((*capacities)[i], key, dimension::none, diagnostics_))
      clumps[i].capacity = *c;
    clumps[i].outside = die.ring / 2;
    if (lengths == nullptr) continue;
    if (const auto o = nanometres((*lengths)[i], outside_key)) clumps[i].outside = *o;
  }
  die.clumps = clumps;
}

}  // namespace marquetry::layout_file
