#include "assembly/places.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/text.h"

namespace marquetry::assembly {
namespace {

constexpr std::array<std::string_view, 5> kinds{"die", "rdl", "ip", "substrate", "hier"};
constexpr std::array<std::string_view, 4> faces{"front", "back", "internal", "internal_ext"};

template <class Word, std::size_t N>
std::optional<Word> word_of(const std::array<std::string_view, N>& words, std::string_view name) {
  const auto found = std::ranges::find(words, name);
  if (found == words.end()) return std::nullopt;
  return static_cast<Word>(found - words.begin());
}

template <class Rows>
std::optional<std::size_t> index_of(const Rows& rows, std::string_view name) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].name == name) return i;
  }
  return std::nullopt;
}

// Wide enough for the product of two lengths.
__extension__ using Wide = __int128;

}  // namespace

Rect outline(const Assembly& assembly, const Instance& instance) {
  const Size size = placed(chiplet_of(assembly, instance).size, instance.orientation);
  return {instance.low, {instance.low.x + size.width, instance.low.y + size.height}};
}

Span height(const Assembly& assembly, const Instance& instance) {
  return {instance.z, instance.z + chiplet_of(assembly, instance).thickness};
}

Point place_of(const Assembly& assembly, const Instance& instance, Point of_chiplet) {
  return instance.low + placed(of_chiplet, chiplet_of(assembly, instance).size, instance.orientation);
}

const Chiplet& chiplet_of(const Assembly& assembly, const Instance& instance) {
  return assembly.chiplets[instance.chiplet];
}

const Region& region_of(const Assembly& assembly, const RegionOf& region) {
  return chiplet_of(assembly, assembly.instances[region.instance]).regions[region.region];
}

const Bump& bump_of(const Assembly& assembly, const BumpOf& bump) {
  return region_of(assembly, {bump.instance, bump.region}).bumps[bump.bump];
}

Point place_of(const Assembly& assembly, const BumpOf& bump) {
  return place_of(assembly, assembly.instances[bump.instance], bump_of(assembly, bump).at);
}

Rect box(const Region& region) {
  Rect out{region.corners[0], region.corners[0]};
  for (const auto& corner : region.corners) out = geometry::hull(out, {corner, corner});
  return out;
}

Rect place_of(const Assembly& assembly, const RegionOf& region) {
  const auto& instance = assembly.instances[region.instance];
  const Rect within = box(region_of(assembly, region));
  const Point a = place_of(assembly, instance, within.low), b = place_of(assembly, instance, within.high);
  return geometry::hull({a, a}, {b, b});
}

Facing facing(const Assembly& assembly, const RegionOf& region) {
  const auto face = region_of(assembly, region).face;
  if (face == Face::internal || face == Face::internal_ext) return Facing::none;
  const bool is_flipped = assembly.instances[region.instance].orientation.is_flipped;
  return (face == Face::front) != is_flipped ? Facing::up : Facing::down;
}

Span height(const Assembly& assembly, const RegionOf& region) {
  const auto whole = height(assembly, assembly.instances[region.instance]);
  switch (facing(assembly, region)) {
    case Facing::up:
      return {whole.high, whole.high};
    case Facing::down:
      return {whole.low, whole.low};
    default:
      return whole;
  }
}

bool contains(const Region& region, Point point) {
  const auto& c = region.corners;
  bool inside = false;
  for (std::size_t i = 0; i < c.size(); ++i) {
    const Point a = c[i], b = c[(i + 1) % c.size()];
    const auto cross = Wide{b.x - a.x} * (point.y - a.y) - Wide{b.y - a.y} * (point.x - a.x);
    if (cross == 0 && point.x >= std::min(a.x, b.x) && point.x <= std::max(a.x, b.x) &&
        point.y >= std::min(a.y, b.y) && point.y <= std::max(a.y, b.y))
      return true;
    if ((a.y > point.y) != (b.y > point.y) && (cross > 0) == (b.y > a.y)) inside = !inside;
  }
  return inside;
}

std::optional<std::size_t> find_instance(const Assembly& assembly, std::string_view name) {
  return index_of(assembly.instances, name);
}
std::optional<std::size_t> find_chiplet(const Assembly& assembly, std::string_view name) {
  return index_of(assembly.chiplets, name);
}
std::optional<std::size_t> find_region(const Chiplet& chiplet, std::string_view name) {
  return index_of(chiplet.regions, name);
}

std::size_t cell_index(Assembly& assembly, std::string_view name) {
  if (const auto found = index_of(assembly.cells, name)) return *found;
  assembly.cells.push_back({.name = std::string{name}});
  return assembly.cells.size() - 1;
}

std::string name_of(const Assembly& assembly, const RegionOf& region) {
  return assembly.instances[region.instance].name + ".regions." + region_of(assembly, region).name;
}

std::string_view kind_name(Kind kind) { return kinds[static_cast<std::size_t>(kind)]; }
std::optional<Kind> kind_of(std::string_view name) { return word_of<Kind>(kinds, name); }
std::vector<std::string_view> kind_names() { return {kinds.begin(), kinds.end()}; }
std::string_view face_name(Face face) { return faces[static_cast<std::size_t>(face)]; }
std::optional<Face> face_of(std::string_view name) { return word_of<Face>(faces, name); }
std::vector<std::string_view> face_names() { return {faces.begin(), faces.end()}; }

std::string micrometres(Units units, int precision) {
  Units tenths = 1;
  int digits = 0;
  while (tenths % precision != 0 && digits < 6) {
    tenths *= 10;
    ++digits;
  }
  if (tenths % precision != 0) return exact(static_cast<double>(units) / precision);
  const Units scaled = std::abs(units) * (tenths / precision);
  std::string out = units < 0 ? "-" : "";
  out += std::to_string(scaled / tenths);
  auto behind = std::to_string(scaled % tenths);
  if (scaled % tenths == 0) return out;
  behind.insert(0, static_cast<std::size_t>(digits) - behind.size(), '0');
  behind.erase(behind.find_last_not_of('0') + 1);
  return out + "." + behind;
}

std::optional<Read> units_of(double micrometres, int precision) {
  if (!std::isfinite(micrometres) || std::abs(micrometres) > longest) return std::nullopt;
  const double units = micrometres * precision, whole = std::round(units);
  return Read{static_cast<Units>(whole), std::abs(units - whole) <= 1e-9 * std::max(1e3, std::abs(units))};
}

std::optional<Read> units_of(std::string_view micrometres, int precision) {
  if (micrometres.starts_with('+')) micrometres.remove_prefix(1);
  double value = 0;
  const auto* end = micrometres.data() + micrometres.size();
  const auto [stopped, error] = std::from_chars(micrometres.data(), end, value);
  if (error != std::errc{} || stopped != end) return std::nullopt;
  return units_of(value, precision);
}

}  // namespace marquetry::assembly
