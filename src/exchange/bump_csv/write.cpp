#include "exchange/bump_csv/write.h"

#include <fmt/format.h>

#include <algorithm>

#include "assembly/places.h"
#include "base/output_file.h"
#include "exchange/bump_csv/columns.h"

namespace marquetry::exchange {
namespace {

using assembly::Assembly;

// By instance, region and bump the net that it is on.
using NetsOfBumps = std::vector<std::vector<std::vector<std::size_t>>>;
constexpr auto no_net = static_cast<std::size_t>(-1);

NetsOfBumps nets_of_bumps(const Assembly& package) {
  NetsOfBumps out(package.instances.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    for (const auto& region : chiplet_of(package, package.instances[i]).regions)
      out[i].emplace_back(region.bumps.size(), no_net);
  }
  for (std::size_t n = 0; n < package.nets.size(); ++n) {
    for (const auto& pin : package.nets[n].pins) out[pin.instance][pin.region][pin.bump] = n;
  }
  return out;
}

void warn(const Assembly& package, const SourceSpot& where, Diagnostics& diagnostics) {
  diagnostics.warning(where, "a table of bumps has no outlines, heights, turns and sizes of bumps");
  const auto bare = std::ranges::count_if(package.instances, [&](const auto& instance) {
    return std::ranges::all_of(chiplet_of(package, instance).regions,
                               [](const auto& region) { return region.bumps.empty(); });
  });
  if (bare > 0) diagnostics.warning(where, fmt::format("{} instances have no bumps and are not in it", bare));
  const auto wired = std::ranges::count_if(
      package.nets, [](const auto& net) { return !net.metal.empty() || !net.ports.empty(); });
  if (wired > 0)
    diagnostics.warning(where,
                        fmt::format("wires, or ports of the package, of {} nets are not in it", wired));
}

}  // namespace

std::vector<std::filesystem::path> write_bump_csv(const Assembly& package, const std::filesystem::path& file,
                                                  Diagnostics& diagnostics) {
  warn(package, {.file = file.generic_string()}, diagnostics);
  const auto nets = nets_of_bumps(package);
  OutputFile out{file};
  out.write(fmt::format("{}\n", fmt::join(column_names, ",")));
  const auto um = [&](assembly::Units units) { return assembly::micrometres(units, package.precision); };
  for (std::size_t i = 0; i < package.instances.size(); ++i) {
    const auto& inst = package.instances[i];
    const auto& kind = chiplet_of(package, inst);
    for (std::size_t r = 0; r < kind.regions.size(); ++r) {
      const auto& from = kind.regions[r];
      const auto start = fmt::format("{},{},{},{},", csv_field(inst.name), csv_field(kind.name),
                                     csv_field(from.name), assembly::face_name(from.face));
      for (std::size_t b = 0; b < from.bumps.size(); ++b) {
        const auto& one = from.bumps[b];
        const auto at = place_of(package, inst, one.at);
        const auto n = nets[i][r][b];
        out.write(fmt::format("{}{},{},{},{},{},{}\n", start, csv_field(one.name),
                              csv_field(package.cells[one.cell].name), um(at.x), um(at.y),
                              csv_field(one.port), n == no_net ? "" : csv_field(package.nets[n].name)));
      }
    }
  }
  if (!out.finish(diagnostics)) return {};
  return {file};
}

}  // namespace marquetry::exchange
