// HotSpot's configuration ("-key value" lines) and its table of materials.
#pragma once

#include <map>
#include <optional>

#include "exchange/hotspot/lines.h"

namespace marquetry::exchange::hotspot {

struct Matter {
  double conductivity{}, capacity{};
};
// By name in small letters.
using Materials = std::map<std::string, Matter, std::less<>>;

// A .materials file: for each name, type, conductivity and capacity in lines of their own, with the viscosity
// of a fluid. False after complaints.
bool read_materials(const std::filesystem::path& path, Materials& out, Diagnostics& diagnostics);

// Where no file says others: those of HotSpot 7's own examples/example1/example.materials.
Materials usual_materials();

// One entry: the value, and where it stands.
struct Entry {
  std::string value{};
  SourceSpot where{}, key_where{};
};

// The keys that HotSpot 7 knows; what it takes where a file does not say.
struct Config {
  double chip_thickness{0.15e-3}, interface_thickness{20e-6};
  Matter chip{100, 1.75e6}, interface { 4, 4e6 }, spreader{400, 3.55e6}, sink{400, 3.55e6};
  double convection{0.1}, convection_capacity{140.4};
  double sink_side{60e-3}, sink_thickness{6.9e-3}, spreader_side{30e-3}, spreader_thickness{1e-3};
  double ambient{318.15}, start{333.15}, interval{3.333e-6};
  std::size_t rows{64}, columns{64};
  bool detailed{};
  bool has_usual_materials{};
  std::map<std::string, Entry, std::less<>> entries{};  // all, by key

  const Entry* find(std::string_view key) const;
  // A file that the configuration names; nothing where it says none or (null), or after a complaint.
  std::optional<std::filesystem::path> file(std::string_view key, Diagnostics& diagnostics) const;
};

// `materials`: those that it may name; where there are none yet, read from its -materials_file, else from the
// file of its own name that ends with .materials, else the usual ones. What is read
// and not computed is a warning; what would make other temperatures is refused. Nothing after complaints.
std::optional<Config> read_config(const std::filesystem::path& path, Materials& materials,
                                  Diagnostics& diagnostics);

// Beside the file that names it, else where the program runs. Nothing, after a complaint, where it leads out
// of there.
std::optional<std::filesystem::path> beside(const std::filesystem::path& owner, std::string_view named,
                                            const SourceSpot& where, Diagnostics& diagnostics);

}  // namespace marquetry::exchange::hotspot
