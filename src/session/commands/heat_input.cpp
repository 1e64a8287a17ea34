#include "session/commands/heat_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "exchange/heat_case.h"
#include "exchange/hotspot/read.h"
#include "exchange/threedice/read.h"
#include "session/commands/design_input.h"
#include "thermal/check.h"
#include "thermal/models.h"

namespace marquetry {
namespace {

using Input = std::optional<HeatInput>;

constexpr std::array<std::string_view, 2> models{"physical", "hotspot7"};
constexpr std::array<std::string_view, 2> switches{"on", "off"};
constexpr std::size_t most_cells = 2048, most_nodes = 4'000'000;

thermal::Model model_of(const Arguments& given) {
  const auto* row = thermal::find_model(given.one("model"));
  return row != nullptr ? row->model : thermal::Model::physical;
}

Input of_case(const std::string& file, Diagnostics& diagnostics) {
  auto heat = exchange::load_heat_case(file, diagnostics);
  if (!heat) return std::nullopt;
  return HeatInput{.heat = std::move(*heat), .origin = file};
}

Input of_hotspot(const Arguments& given, Diagnostics& diagnostics) {
  exchange::HotspotFiles files{.config = given.one("hotspot")};
  const auto file = [&](std::string_view name) -> std::optional<std::filesystem::path> {
    if (!given.has(name)) return std::nullopt;
    return given.one(name);
  };
  files.floorplan = file("floorplan");
  files.trace = file("powers");
  files.layers = file("layers");
  files.materials = file("materials");
  if (given.has("detailed-3d")) files.detailed = given.one("detailed-3d") == "on";
  auto heat = exchange::load_hotspot(files, model_of(given), diagnostics);
  if (!heat) return std::nullopt;
  return HeatInput{.heat = std::move(*heat), .separator = "_", .origin = given.one("hotspot")};
}

Input of_threedice(const std::string& file, Diagnostics& diagnostics) {
  auto run = exchange::load_threedice(file, diagnostics);
  if (!run) return std::nullopt;
  HeatInput out{.heat = std::move(run->heat), .origin = file};
  for (auto& one : run->unions) out.unions.push_back({one.name, one.layer, one.first, one.count});
  return out;
}

// "64x48": columns and rows.
bool set_grid(const std::string& text, thermal::Settings& settings, Diagnostics& diagnostics) {
  std::size_t columns = 0, rows = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, fault] = std::from_chars(text.data(), end, columns);
  if (fault == std::errc{} && stop != end && *stop == 'x') {
    const auto [last, error] = std::from_chars(stop + 1, end, rows);
    if (error == std::errc{} && last == end && std::min(columns, rows) >= 1 &&
        std::max(columns, rows) <= most_cells) {
      settings.columns = columns;
      settings.rows = rows;
      return true;
    }
  }
  diagnostics.error({.file = "--grid"}, fmt::format("'{}' is no grid", text),
                    fmt::format("columns x rows of cells, each from 1 to {}: --grid 64x64", most_cells));
  return false;
}

bool names_one(const Arguments& given, std::string_view command, Diagnostics& diagnostics) {
  const SourceSpot where{.file = fmt::format("marquetry {}", command)};
  int named = given.has("design") ? 1 : 0;
  for (const auto* name : {"case", "hotspot", "stack"}) named += given.has(name) ? 1 : 0;
  if (named != 1)
    diagnostics.error(where, named == 0 ? "nothing to heat" : "give one thing to heat, not several",
                      "a DESIGN, --case FILE.json, --hotspot CONFIG or --stack FILE.stk");
  for (const auto* name : {"floorplan", "powers", "layers", "materials", "detailed-3d"})
    if (given.has(name) && !given.has("hotspot"))
      diagnostics.error({.file = fmt::format("--{}", name)}, "belongs to --hotspot");
  return diagnostics.ok();
}

}  // namespace

std::vector<Argument> heat_input_arguments() {
  return {subject_argument("a design of dies, which is placed first"),
          file_argument("case", "FILE.json", "a stack in neutral JSON instead"),
          file_argument("hotspot", "CONFIG", "a configuration of HotSpot 7 instead, with the files below"),
          {.name = "floorplan",
           .kind = ArgumentKind::file,
           .metavar = "FLP",
           .help = "of HotSpot: where the units of the die are",
           .letter = "f"},
          {.name = "powers",
           .kind = ArgumentKind::file,
           .metavar = "PTRACE",
           .help = "of HotSpot: the powers of the units, step by step",
           .letter = "p"},
          file_argument("layers", "LCF", "of HotSpot: layers with a floorplan each, instead of one die"),
          file_argument("materials", "FILE", "of HotSpot: the materials that configuration and layers name"),
          {.name = "detailed-3d",
           .kind = ArgumentKind::choice,
           .metavar = "on|off",
           .help = "of HotSpot: whether units have materials of their own; else as the configuration says",
           .choices = switches},
          file_argument("stack", "FILE.stk", "a stack of 3D-ICE instead"),
          set_argument(),
          {.name = "model",
           .kind = ArgumentKind::choice,
           .metavar = "M",
           .help = "hotspot7: to the digits of HotSpot 7, with its defects",
           .choices = models,
           .fallback = "physical"},
          {.name = "grid",
           .kind = ArgumentKind::text,
           .metavar = "CxR",
           .help = "columns and rows of cells; the file's, else 64x64"}};
}

Input read_heat_input(Session& session, const Arguments& given, std::string_view command,
                      Diagnostics& diagnostics) {
  if (!names_one(given, command, diagnostics)) return std::nullopt;
  auto input = given.has("case")      ? of_case(given.one("case"), diagnostics)
               : given.has("hotspot") ? of_hotspot(given, diagnostics)
               : given.has("stack")   ? of_threedice(given.one("stack"), diagnostics)
                                      : heat_of_design(session, given, diagnostics);
  if (!input) return std::nullopt;
  auto& settings = input->heat.settings;
  settings.model = model_of(given);
  if (given.has("grid") && !set_grid(given.one("grid"), settings, diagnostics)) return std::nullopt;
  // HotSpot's own files may leave no gap, 3D-ICE's and those of a design may; a case of HotSpot's kind is
  // likelier to lack a block.
  const bool warns = given.has("case") && input->heat.stack.package;
  thermal::check(input->heat.stack, diagnostics, warns ? thermal::Gaps::warned : thermal::Gaps::allowed);
  const auto nodes = settings.columns * settings.rows * (input->heat.stack.layers.size() + 2);
  if (nodes > most_nodes)
    diagnostics.error({.file = input->origin},
                      fmt::format("{} cells are more than can be computed: at most {}", nodes, most_nodes),
                      "take fewer: --grid 256x256");
  return diagnostics.ok() ? std::move(input) : std::nullopt;
}

}  // namespace marquetry
