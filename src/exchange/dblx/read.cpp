#include "exchange/dblx/read.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "exchange/dblx/chiplets.h"
#include "exchange/dblx/values.h"
#include "exchange/verilog/read.h"

namespace marquetry::exchange {
namespace {

using dblx::Source;

// Header: version, unit and precision. The last file, which includes the others, says in which units all are
// kept.
void read_header(const Source& source, assembly::Assembly& out, Diagnostics& diagnostics) {
  const auto* header = find(source.root, "Header");
  if (header == nullptr || !header->is_table()) {
    diagnostics.error({.file = source.file.generic_string()}, "has no section 'Header'",
                      "it gives version, unit and precision");
    return;
  }
  if (const auto* version = find(*header, "version")) out.version = version->text;
  if (const auto* unit = find(*header, "unit"); unit != nullptr && unit->text != "micron")
    diagnostics.error(unit->where, fmt::format("'unit' must be micron, but it is {}", quoted(*unit)));
  const auto* value = find(*header, "precision");
  if (value == nullptr) return;
  int precision = 0;
  const auto* end = value->text.data() + value->text.size();
  const auto [stopped, error] = std::from_chars(value->text.data(), end, precision);
  if (error != std::errc{} || stopped != end || precision < 1 || precision > assembly::finest) {
    diagnostics.error(
        value->where,
        fmt::format("'precision' must be a whole number of units in a micrometre, from 1 to {}, "
                    "but it is {}",
                    assembly::finest, quoted(*value)));
    return;
  }
  out.precision = precision;
}

void read_design(const Source& source, assembly::Assembly& out, Diagnostics& diagnostics) {
  const auto* design = find(source.root, "Design");
  if (design == nullptr) {
    diagnostics.error({.file = source.file.generic_string()}, "has instances, but no section 'Design'",
                      "it gives the name of the package");
    return;
  }
  dblx::Table table{*design, "Design", out.precision, diagnostics};
  if (const auto* name = table.find_required("name", "of the package"))
    out.name = table.text(*name, "name").value_or("");
  if (const auto* external = table.find("external")) {
    for (const auto& entry : external->items) dblx::add_files(entry, out.files, diagnostics);
    dblx::warn_of_missing(source.file, *external, diagnostics);
  }
  table.warn_of_unknown_keys();
}

// Nets of the package stand in its Verilog. Where that cannot be read, the geometry is whole all the same.
void read_nets(const dblx::Sources& sources, const Source& source, assembly::Assembly& out,
               Diagnostics& diagnostics) {
  const auto* design = find(source.root, "Design");
  const auto* external = design == nullptr ? nullptr : find(*design, "external");
  const auto* value = external == nullptr ? nullptr : find(*external, "verilog_file");
  if (value == nullptr || value->kind != NodeKind::text || dblx::is_null(*value)) return;
  std::error_code error;
  if (!std::filesystem::exists(source.file.parent_path() / value->text, error)) return;  // warned of
  Diagnostics own;
  const auto files = dblx::matches(sources, source.file, *value, own);
  if (files.empty()) {
    for (const auto& d : own.all())
      diagnostics.warning(d.where, d.message + ": its nets are not read", d.hint);
    return;
  }
  read_verilog_nets(files.front(), out, diagnostics);
}

void warn_of_sections(const Source& source, Diagnostics& diagnostics) {
  constexpr std::array<std::string_view, 7> known{"Header", "ChipletDef", "Design", "ChipletInst",
                                                  "Stack",  "Connection", "Path"};
  for (const auto& section : source.root.items)
    if (std::ranges::find(known, section.key) == known.end())
      diagnostics.warning(section.key_where,
                          fmt::format("section '{}' is not known and not kept", section.key));
}

}  // namespace

std::optional<assembly::Assembly> read_3dblox(std::span<const std::filesystem::path> files,
                                              Diagnostics& diagnostics) {
  const int before = diagnostics.errors();
  const auto sources = dblx::read_sources(files, diagnostics);
  if (!sources) return std::nullopt;
  assembly::Assembly out;
  std::optional<int> precision;
  for (const auto& source : sources->files) {
    read_header(source, out, diagnostics);
    if (precision && *precision != out.precision)
      diagnostics.warning({.file = source.file.generic_string()},
                          fmt::format("has {} units in a micrometre, what it includes {}: all are kept in {}",
                                      out.precision, *precision, out.precision));
    precision = out.precision;
    warn_of_sections(source, diagnostics);
  }
  out.name = sources->files.back().file.stem().string();
  for (const auto& source : sources->files) dblx::read_chiplets(*sources, source, out, diagnostics);
  for (const auto& source : sources->files) {
    const bool has_package = find(source.root, "ChipletInst") != nullptr;
    if (has_package || find(source.root, "Design") != nullptr) read_design(source, out, diagnostics);
    dblx::read_package(source, out, diagnostics);
  }
  if (diagnostics.errors() > before) return std::nullopt;
  for (const auto& source : sources->files) read_nets(*sources, source, out, diagnostics);
  if (out.chiplets.empty()) {
    diagnostics.error({.file = files.front().generic_string()}, "defines no chiplet",
                      "it needs a section ChipletDef, or an include of a file with one");
    return std::nullopt;
  }
  return out;
}

}  // namespace marquetry::exchange
