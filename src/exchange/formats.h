// Formats that can be imported or exported: one row each. A format is a folder here that reads files of
// others and writes our TOML, or the other way round.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assembly/assembly.h"
#include "base/diagnostic.h"
#include "simulate/case.h"
#include "thermal/case.h"

namespace marquetry::exchange {

struct ImportFormat {
  std::string_view name{};
  std::string_view summary{};  // which files it takes
  // The text of a design; nothing after complaints. What a user should know of it are warnings.
  std::optional<std::string> (*read)(std::span<const std::filesystem::path> files,
                                     Diagnostics& diagnostics){};
};

std::span<const ImportFormat> import_formats();
const ImportFormat* find_import_format(std::string_view name);

struct ExportFormat {
  std::string_view name{};
  std::string_view summary{};  // which files come out
  // Writes `file`, and what belongs to it beside it. The files that were written; none after complaints. What
  // the format cannot say are warnings.
  std::vector<std::filesystem::path> (*write)(const simulate::NetworkCase& network,
                                              const std::filesystem::path& file, Diagnostics& diagnostics){};
};

std::span<const ExportFormat> export_formats();
const ExportFormat* find_export_format(std::string_view name);

// The same of a stack to heat.
struct HeatExportFormat {
  std::string_view name{};
  std::string_view summary{};
  std::vector<std::filesystem::path> (*write)(const thermal::HeatCase& heat,
                                              const std::filesystem::path& file, Diagnostics& diagnostics){};
};

std::span<const HeatExportFormat> heat_export_formats();
const HeatExportFormat* find_heat_export_format(std::string_view name);

// The same of a package with its geometry, bumps and nets.
struct AssemblyExportFormat {
  std::string_view name{};
  std::string_view summary{};
  std::vector<std::filesystem::path> (*write)(const assembly::Assembly& assembly,
                                              const std::filesystem::path& file, Diagnostics& diagnostics){};
};

std::span<const AssemblyExportFormat> assembly_export_formats();
const AssemblyExportFormat* find_assembly_export_format(std::string_view name);

// Formats that hold a package with its geometry. It becomes a file with a table [assembly], and its bumps
// files beside that one.
struct AssemblyImportFormat {
  std::string_view name{};
  std::string_view summary{};
  std::optional<assembly::Assembly> (*read)(std::span<const std::filesystem::path> files,
                                            Diagnostics& diagnostics){};
};

std::span<const AssemblyImportFormat> assembly_import_formats();
const AssemblyImportFormat* find_assembly_import_format(std::string_view name);

// Of all that can be imported or exported, in the order of the tables.
std::vector<std::string_view> import_format_names();
std::vector<std::string_view> export_format_names();

}  // namespace marquetry::exchange
