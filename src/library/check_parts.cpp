// What bonds, sections of packages, ways to deliver power and links must keep beyond their fields.
#include <algorithm>
#include <cmath>
#include <set>

#include "base/text.h"
#include "library/check.h"
#include "library/fields.h"

namespace marquetry {
namespace {

void check_layer(const StackLayer& row, const Library& library, Diagnostics& diagnostics) {
  const auto error = [&](const std::string& what, const std::string& help) {
    diagnostics.error(row.where, who(row) + ": " + what, help);
  };
  for (const auto* name : {&row.material, &row.filler, &row.inclusion, &row.bridge}) {
    if (!name->empty()) check_name(library.materials, *name, row.where, who(row), diagnostics);
  }
  if (!row.part.empty() && std::ranges::find(layer_parts, row.part) == layer_parts.end()) {
    error("'part' is '" + row.part + "'", "'lid' or 'tim', or leave it out");
  }
  if (row.thickness.low <= 0) error("'thickness' must be above 0", "");
  if (row.inclusion.empty()) return;
  if (row.inclusion_diameter.typ <= 0 || row.inclusion_pitch.typ < row.inclusion_diameter.typ) {
    error("'inclusion' needs its diameter, and a pitch no smaller", "");
  }
}

}  // namespace

void check_bond(const HybridBond& row, Diagnostics& diagnostics) {
  const auto error = [&](const std::string& what, const std::string& help) {
    diagnostics.error(row.where, who(row) + ": " + what, help);
  };
  // The closed form is known to rise or fall with particles alone.
  for (const auto& field : fields_of(row)) {
    const auto& [low, typ, high, origin] = field.number;
    if (field.kind != FieldKind::number || field.key == "particle_density" || (low == typ && typ == high))
      continue;
    error("'" + field.key + "' has a range",
          "only 'particle_density' may have one: give one value, or two rows");
  }
  const auto share = [&](const SourcedCount& number, const std::string& key, bool zero) {
    if (number.typ <= 1 && (zero ? number.typ >= 0 : number.typ > 0)) return;
    error("'" + key + "' must be " + (zero ? "from 0 to 1" : "above 0, up to 1"), "");
  };
  share(row.bottom_ratio, "bottom_ratio", false);
  share(row.top_ratio, "top_ratio", false);
  share(row.contact_share, "contact_share", false);
  share(row.distance_share, "distance_share", true);
  share(row.redundant_share, "redundant_share", true);
  const auto positive = [&](const auto& number, const std::string& key) {
    if (number.typ <= 0) error("'" + key + "' must be above 0", "");
  };
  positive(row.pad_error, "pad_error");
  positive(row.least_particle, "least_particle");
  positive(row.asperity_radius, "asperity_radius");
  positive(row.roughness, "roughness");
  positive(row.adhesion, "adhesion");
  positive(row.stiffness, "stiffness");
  positive(row.dielectric, "dielectric");
  positive(row.peel_stiffness, "peel_stiffness");
  if (row.top_spread.typ <= 0 && row.bottom_spread.typ <= 0) {
    error("'top_spread' or 'bottom_spread' must be above 0", "");
  }
  if (row.particle_exponent.typ <= 2) {
    error("'particle_exponent' must be above 2", "else the mean area of a void is infinite");
  }
  if (row.copies.typ < 1 || row.copies.typ > 8 || row.copies.typ != std::floor(row.copies.typ)) {
    error("'copies' must be a whole number from 1 to 8", "");
  }
  if (row.flow == "wafer-to-wafer" && row.wafer_diameter.typ <= 0) {
    error("'wafer_diameter' must be above 0", "it says where on the wafers the dies are");
  }
}

// A section of a joint between stacked dies has nothing but layers of dies.
void check_sections(const Library& library, Diagnostics& diagnostics) {
  for (const auto& row : library.layers) check_layer(row, library, diagnostics);
  std::set<std::string> families;
  for (const auto& row : library.sections) {
    for (const auto& name : row.layers) check_name(library.layers, name, row.where, who(row), diagnostics);
    if (!row.filler.empty()) check_name(library.materials, row.filler, row.where, who(row), diagnostics);
    if (row.layers.empty())
      diagnostics.error(row.where, who(row) + " has no layers", "list them from the bottom");
    for (const auto& family : row.families) {
      if (std::ranges::find(packaging_families, family) == packaging_families.end()) {
        diagnostics.error(row.where, who(row) + " names the family '" + family + "', which does not exist",
                          suggest(family, {packaging_families.begin(), packaging_families.end()}));
      }
      if (!families.insert(family).second) {
        diagnostics.error(row.where,
                          who(row) + ": another section is that of the family '" + family + "' already",
                          "name one of them in the packagings' `section`");
      }
    }
  }
  for (const auto& row : library.packagings) {
    if (!row.section.empty()) {
      check_name(library.sections, row.section, row.where, who(row), diagnostics);
    } else if (!library.sections.empty() && !families.contains(row.family)) {
      diagnostics.error(row.where, who(row) + " has no section, nor has its family '" + row.family + "'",
                        "name one with `section`");
    }
  }
  for (const auto& row : library.memories) {
    if (!row.section.empty()) check_name(library.sections, row.section, row.where, who(row), diagnostics);
  }
}

void check_delivery(const Delivery& row, Diagnostics& diagnostics) {
  const auto error = [&](const std::string& what) { diagnostics.error(row.where, who(row) + ": " + what); };
  const auto share = [&](const SourcedCount& number, const std::string& key) {
    if (number.low <= 0 || number.high > 1) error("'" + key + "' must be above 0, up to 1");
  };
  share(row.efficiency, "efficiency");
  share(row.first_efficiency, "first_efficiency");
  share(row.steady_drop, "steady_drop");
  share(row.total_drop, "total_drop");
  share(row.load_step, "load_step");
  share(row.power_share, "power_share");
  if (row.input.low <= 0) error("'input' must be above 0");
  if (row.resistance.low <= 0) error("'resistance' must be above 0");
  if (row.place != "board" && row.first_resistance.low <= 0)
    error("regulators in the package need 'first_resistance': that of those that feed them");
}

void check_link(const Link& row, Diagnostics& diagnostics) {
  const auto error = [&](const std::string& what) { diagnostics.error(row.where, who(row) + ": " + what); };
  const auto same = [&row](const Bandwidth<>& rate) {
    return std::abs(rate.si() - row.lane_rate.typ) <= 1e-9 * row.lane_rate.typ;
  };
  if (!row.rates.empty() && std::ranges::none_of(row.rates, same)) error("'rates' must hold 'lane_rate'");
  if (std::ranges::any_of(row.rates, [](const auto& rate) { return rate.si() <= 0; })) {
    error("every one of 'rates' must be above 0");
  }
  if (row.bits_per_symbol.typ < 1) error("'bits_per_symbol' must be 1 or more");
  if (row.bit_errors.high >= 1) error("'bit_errors' must be below 1");
  if (row.narrow_lanes.typ >= row.lanes.typ) error("'narrow_lanes' must be below 'lanes'");
  if (row.spare_lanes.typ > 0 && row.repair_group.typ < 1) {
    error("'spare_lanes' needs 'repair_group': the lanes that share them");
  }
}

}  // namespace marquetry
