#include "exchange/aif/write.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "assembly/places.h"
#include "base/file.h"

namespace marquetry::exchange {
namespace {

using assembly::Assembly;
using assembly::Chiplet;

bool is_word(std::string_view name) {
  return !name.empty() && name != "-" &&
         std::ranges::all_of(name, [](char c) { return c > ' ' && c < '\x7f' && c != ',' && c != ';'; });
}

std::size_t bumps_of(const Chiplet& chiplet) {
  std::size_t count = 0;
  for (const auto& region : chiplet.regions) count += region.bumps.size();
  return count;
}

// A file is for one kind of die, which may stand in several places: nets are those within the die, or else
// its ports.
const std::string& net_of(const assembly::Bump& bump) { return bump.port.empty() ? bump.net : bump.port; }

std::string text_of(const Assembly& package, const Chiplet& chiplet) {
  const auto um = [&](assembly::Units units) { return assembly::micrometres(units, package.precision); };
  auto out = fmt::format("[DATABASE]\nTYPE=AIF\nVERSION=2\nUNITS=UM\n\n[DIE]\nNAME={}\nWIDTH={}\nHEIGHT={}\n",
                         chiplet.name, um(chiplet.size.width), um(chiplet.size.height));
  // The middle of the die is the origin, as far as it is a whole unit.
  const assembly::Point middle{chiplet.size.width / 2, chiplet.size.height / 2};
  out += fmt::format("CENTER={} {}\n\n[PADS]\n",
                     assembly::micrometres(chiplet.size.width % 2, 2 * package.precision),
                     assembly::micrometres(chiplet.size.height % 2, 2 * package.precision));
  std::set<std::size_t> cells;
  for (const auto& region : chiplet.regions) {
    for (const auto& bump : region.bumps) cells.insert(bump.cell);
  }
  for (const auto c : cells) {
    const auto& [name, size] = package.cells[c];
    if (size.width == size.height)
      out += fmt::format("{}=SQUARE {}\n", name, um(size.width));
    else
      out += fmt::format("{}=RECTANGLE {} {}\n", name, um(size.width), um(size.height));
  }
  out += "\n[NETLIST]\n;net pad type x y ball\n";
  std::size_t number = 0;
  for (const auto& region : chiplet.regions) {
    for (const auto& bump : region.bumps) {
      const auto& net = net_of(bump);
      out += fmt::format("{} {} {} {} {} -\n", net.empty() ? "-" : net, ++number,
                         package.cells[bump.cell].name, um(bump.at.x - middle.x), um(bump.at.y - middle.y));
    }
  }
  return out;
}

bool check(const Assembly& package, const Chiplet& chiplet, const SourceSpot& where,
           Diagnostics& diagnostics) {
  const int before = diagnostics.errors();
  std::set<std::string_view> wrong;
  const auto see = [&](std::string_view what, const std::string& name) {
    if (is_word(name) || !wrong.insert(name).second || wrong.size() > 20) return;
    diagnostics.error(where, fmt::format("{} '{}' cannot be a name in AIF", what, name),
                      "use printable characters of ASCII without blanks, commas and semicolons");
  };
  see("chiplet", chiplet.name);
  for (const auto& region : chiplet.regions) {
    for (const auto& bump : region.bumps) {
      see("bump cell", package.cells[bump.cell].name);
      if (!net_of(bump).empty()) see("net", net_of(bump));
    }
  }
  return diagnostics.errors() == before;
}

}  // namespace

std::vector<std::filesystem::path> write_aif(const Assembly& package, const std::filesystem::path& file,
                                             Diagnostics& diagnostics) {
  const SourceSpot where{.file = file.generic_string()};
  std::vector<const Chiplet*> dies;
  bool is_sound = true;
  std::size_t bare = 0;
  for (const auto& chiplet : package.chiplets) {
    if (bumps_of(chiplet) == 0) {
      ++bare;
      continue;
    }
    dies.push_back(&chiplet);
    is_sound = check(package, chiplet, where, diagnostics) && is_sound;
  }
  if (dies.empty()) {
    diagnostics.error(where, "no chiplet has bumps: AIF describes the pads of a die");
    return {};
  }
  if (!is_sound) return {};
  if (bare > 0) diagnostics.warning(where, fmt::format("{} chiplets have no bumps and no file", bare));
  diagnostics.warning(where,
                      "AIF describes single dies: where they stand, their faces, bumps' names and the nets "
                      "between them are not in it");
  std::vector<std::filesystem::path> out;
  std::set<std::string> names;
  for (const auto* die : dies) {
    auto to = file;
    if (dies.size() > 1) {
      std::string name = die->name;
      std::ranges::replace(name, '/', '_');
      while (!names.insert(name).second) name += "_";
      to.replace_filename(fmt::format("{}-{}{}", file.stem().string(), name, file.extension().string()));
    }
    if (!write_file(to, text_of(package, *die), diagnostics)) return {};
    out.push_back(to);
  }
  return out;
}

}  // namespace marquetry::exchange
