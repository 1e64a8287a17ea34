#include "assembly/orientation.h"

#include <array>

namespace marquetry::assembly {
namespace {

struct Name {
  std::string_view blox{}, def{};
  Orientation orientation{};
};

// MX mirrors about the x axis: about the y axis and half a turn. LEF/DEF 5.8 language reference,
// "COMPONENTS"; OpenROAD, odb/src/3dblox.
constexpr std::array names{
    Name{"R0", "N", {Rotation::r0, false, false}},      Name{"R90", "W", {Rotation::r90, false, false}},
    Name{"R180", "S", {Rotation::r180, false, false}},  Name{"R270", "E", {Rotation::r270, false, false}},
    Name{"MY", "FN", {Rotation::r0, true, false}},      Name{"MX", "FS", {Rotation::r180, true, false}},
    Name{"MY_R90", "FE", {Rotation::r90, true, false}}, Name{"MX_R90", "FW", {Rotation::r270, true, false}},
    Name{"MZ", {}, {Rotation::r0, false, true}},        Name{"MZ_R90", {}, {Rotation::r90, false, true}},
    Name{"MZ_R180", {}, {Rotation::r180, false, true}}, Name{"MZ_R270", {}, {Rotation::r270, false, true}},
    Name{"MZ_MY", {}, {Rotation::r0, true, true}},      Name{"MZ_MX", {}, {Rotation::r180, true, true}},
    Name{"MZ_MY_R90", {}, {Rotation::r90, true, true}}, Name{"MZ_MX_R90", {}, {Rotation::r270, true, true}},
};

}  // namespace

std::string orientation_name(const Orientation& orientation) {
  for (const auto& row : names) {
    if (row.orientation == orientation) return std::string{row.blox};
  }
  return {};
}

std::optional<Orientation> orientation_of(std::string_view name) {
  if (name == "MZ_R0") name = "MZ";
  for (const auto& row : names) {
    if (row.blox == name) return row.orientation;
  }
  return std::nullopt;
}

std::vector<std::string_view> orientation_names() {
  std::vector<std::string_view> out;
  for (const auto& row : names) out.push_back(row.blox);
  return out;
}

std::string_view def_orientation_name(const Orientation& orientation) {
  for (const auto& row : names) {
    if (row.orientation.rotation == orientation.rotation &&
        row.orientation.is_mirrored == orientation.is_mirrored && !row.def.empty())
      return row.def;
  }
  return {};
}

std::optional<Orientation> orientation_of_def(std::string_view name) {
  for (const auto& row : names) {
    if (!name.empty() && row.def == name) return row.orientation;
  }
  return std::nullopt;
}

}  // namespace marquetry::assembly
