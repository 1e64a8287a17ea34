// Where instances, their regions and bumps lie in the package, and how lengths are written.
#pragma once

#include <string>
#include <string_view>

#include "assembly/orientation.h"

namespace marquetry::assembly {

// Lengths in z.
struct Span {
  Units low{}, high{};
  friend bool operator==(const Span&, const Span&) = default;
};

Rect outline(const Assembly& assembly, const Instance& instance);
Span height(const Assembly& assembly, const Instance& instance);

// A point of the instance's chiplet in the package.
Point place_of(const Assembly& assembly, const Instance& instance, Point of_chiplet);

const Chiplet& chiplet_of(const Assembly& assembly, const Instance& instance);
const Region& region_of(const Assembly& assembly, const RegionOf& region);
const Bump& bump_of(const Assembly& assembly, const BumpOf& bump);
Point place_of(const Assembly& assembly, const BumpOf& bump);

// The box round a region.
Rect box(const Region& region);
Rect place_of(const Assembly& assembly, const RegionOf& region);

// Which way the region looks where it stands: `none` of one inside.
enum class Facing : std::uint8_t { up, down, none };
Facing facing(const Assembly& assembly, const RegionOf& region);
// Where its surface lies: of one inside the whole height of its chiplet.
Span height(const Assembly& assembly, const RegionOf& region);

// Whether a point lies in the four-cornered region, its rim included.
bool contains(const Region& region, Point point);

// Index of that name; nothing where there is none.
std::optional<std::size_t> find_instance(const Assembly& assembly, std::string_view name);
std::optional<std::size_t> find_chiplet(const Assembly& assembly, std::string_view name);
std::optional<std::size_t> find_region(const Chiplet& chiplet, std::string_view name);

// Of that name; made where there is none.
std::size_t cell_index(Assembly& assembly, std::string_view name);

// "inst.regions.reg", as 3Dblox names it.
std::string name_of(const Assembly& assembly, const RegionOf& region);

// Words of 3Dblox.
std::string_view kind_name(Kind kind);
std::optional<Kind> kind_of(std::string_view name);
std::vector<std::string_view> kind_names();
std::string_view face_name(Face face);
std::optional<Face> face_of(std::string_view name);
std::vector<std::string_view> face_names();

// In micrometres, as few digits as read back to the same units.
std::string micrometres(Units units, int precision);
// The units of a decimal number of micrometres. `is_whole`: without rounding.
struct Read {
  Units units{};
  bool is_whole{};
};
std::optional<Read> units_of(std::string_view micrometres, int precision);
std::optional<Read> units_of(double micrometres, int precision);

// No length is longer: a square metre counts as a package.
inline constexpr double longest = 1e9;    // micrometres
inline constexpr int finest = 1'000'000;  // units in a micrometre

}  // namespace marquetry::assembly
