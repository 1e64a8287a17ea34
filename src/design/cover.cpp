// Layers of the package that are not the packaging's own: section, interface, lid.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "design/parts.h"
#include "library/section_of.h"

namespace marquetry {
namespace {

constexpr NumberKind lid_thickness{
    .dimension = dimension::length, .least = (0.1 * unit::mm).si(), .greatest = (10 * unit::mm).si()};

// Whether a package of that packaging may be layered so. A section without families is for any that it can
// carry.
bool fits(const Library& library, const StackSection& section, const Packaging& packaging) {
  if (!carries_package(library, section)) return false;
  if (section.families.empty() || packaging.section == section.id) return true;
  const auto* usual = package_section_of(library, packaging, {});
  return std::ranges::find(section.families, packaging.family) != section.families.end() ||
         (usual != nullptr && usual->id == section.id);
}

void check_section(DesignReading& reading) {
  auto& [library, root, open, design, diagnostics] = reading;
  if (root.find("section") == nullptr) return;
  for (const auto& name : open.values(design.section)) {
    const auto* section = find(library.sections, name);
    if (section == nullptr) continue;
    for (const auto& carrier : open.values(design.packaging)) {
      const auto* packaging = find(library.packagings, carrier);
      if (packaging == nullptr || fits(library, *section, *packaging)) continue;
      std::vector<std::string_view> others;
      for (const auto& row : library.sections)
        if (fits(library, row, *packaging)) others.emplace_back(row.id);
      diagnostics.error(
          design.section.where,
          carries_package(library, *section)
              ? fmt::format(
                    "section '{}' is of a package of the family {}, but packaging '{}' is of the family '{}'",
                    name, fmt::join(section->families, ", "), carrier, packaging->family)
              : fmt::format("section '{}' has no layer that carries a package: it lies between dies", name),
          fmt::format("sections for '{}': {}; or drop 'section'", carrier, fmt::join(others, ", ")));
      return;
    }
  }
}

// Materials that may take a part: those whose row says so.
void check_use(DesignReading& reading, std::string_view key, std::string_view what, const OpenName& field) {
  const auto& [library, root, open, design, diagnostics] = reading;
  if (root.find(key) == nullptr) return;
  const auto serves = [&](const Material& row) { return std::ranges::find(row.uses, key) != row.uses.end(); };
  for (const auto& name : open.values(field)) {
    const auto* row = find(library.materials, name);
    if (row == nullptr || serves(*row)) continue;
    std::vector<std::string_view> others;
    for (const auto& other : library.materials)
      if (serves(other)) others.emplace_back(other.id);
    diagnostics.error(
        field.where, fmt::format("'{}' cannot be '{}': that material is no {}", key, name, what),
        fmt::format("use one of: {}; or give its row uses = [\"{}\"] in an overlay folder (--library DIR)",
                    fmt::join(others, ", "), key));
  }
}

// All materials, those that may take the part first: a hint begins with them.
Names materials_for(const Library& library, std::string_view key) {
  Names names{.singular = Material::singular, .known = {}};
  for (const auto& row : library.materials) names.known.emplace_back(row.id);
  std::ranges::stable_partition(names.known, [&](std::string_view id) {
    const auto& uses = find(library.materials, id)->uses;
    return std::ranges::find(uses, key) != uses.end();
  });
  return names;
}

// Keys that say nothing, whatever the variables are.
void check_idle(DesignReading& reading) {
  const auto& [library, root, open, design, diagnostics] = reading;
  const auto always = [](const std::vector<std::string>& values, auto&& holds) {
    return !values.empty() && std::ranges::all_of(values, holds);
  };
  const auto* thickness = root.find("lid_thickness");
  if (thickness != nullptr && root.find("lid") != nullptr &&
      always(open.values(design.lid), [](const auto& name) { return name == "none"; }))
    diagnostics.error(thickness->where, "'lid_thickness' is given, but lid = \"none\" leaves the lid out",
                      "drop one of them");
  const auto bare = [&](const std::string& name) {
    const auto* row = find(library.coolings, name);
    return row != nullptr && row->direct;
  };
  if (!always(open.values(design.cooling), bare)) return;
  for (const auto* key : {"tim", "lid", "lid_thickness"}) {
    const auto* given = root.find(key);
    if (given == nullptr || given->text == "none") continue;
    diagnostics.error(given->where,
                      fmt::format("'{}' is given, but cooling '{}' lies on the dies themselves", key,
                                  open.values(design.cooling).front()),
                      fmt::format("drop '{}', or choose a cooling with a plate", key));
  }
}

}  // namespace

void read_cover(DesignReading& reading) {
  auto& [library, root, open, design, diagnostics] = reading;
  auto lids = materials_for(library, "lid");
  lids.known.emplace_back("none");
  open.name(root.find("section"), "section", names_of(library.sections), design.section);
  open.name(root.find("tim"), "tim", materials_for(library, "tim"), design.tim);
  open.name(root.find("lid"), "lid", lids, design.lid);
  open.number(root.find("lid_thickness"), "lid_thickness", lid_thickness, design.lid_thickness);
  check_section(reading);
  check_use(reading, "tim", "interface between dies and lid", design.tim);
  check_use(reading, "lid", "lid", design.lid);
  check_idle(reading);
}

}  // namespace marquetry
