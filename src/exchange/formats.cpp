#include "exchange/formats.h"

#include <array>

#include "exchange/aif/write.h"
#include "exchange/bookshelf/read.h"
#include "exchange/booksim/write.h"
#include "exchange/bump_csv/read.h"
#include "exchange/bump_csv/write.h"
#include "exchange/catch/read.h"
#include "exchange/chipletpart/read.h"
#include "exchange/dblx/read.h"
#include "exchange/dblx/write.h"
#include "exchange/ecochip/read.h"
#include "exchange/gdsii/write.h"
#include "exchange/hotspot/write.h"
#include "exchange/ihp_chiplet/read.h"
#include "exchange/ihp_chiplet/write.h"
#include "exchange/lefdef/read.h"
#include "exchange/lefdef/write.h"
#include "exchange/rapidchiplet/read.h"
#include "exchange/tap25d/read.h"
#include "exchange/verilog/write.h"
#include "exchange/yal/read.h"

namespace marquetry::exchange {
namespace {

constexpr std::array formats{
    ImportFormat{"bookshelf", "a GSRC floorplan: its .blocks, .nets and .pl", read_bookshelf},
    ImportFormat{"catch", "CATCH's seven XML files: five libraries, netlist and system", read_catch},
    ImportFormat{"chipletpart", "ChipletPart's libraries, blocks and netlist, with or without a partition",
                 read_chipletpart},
    ImportFormat{"ecochip", "the folder of an ECO-CHIP design, or its four .json files", import_ecochip},
    ImportFormat{"rapidchiplet", "the design.json of a RapidChiplet design", import_rapidchiplet},
    ImportFormat{"tap25d", "a .cfg of TAP-2.5D", read_tap25d},
    ImportFormat{"yal", "an MCNC floorplan in YAL", read_yal},
};

constexpr std::array exports{
    ExportFormat{"booksim", "a configuration of BookSim2, and the graph that it names: FILE.anynet",
                 write_booksim},
};

constexpr std::array heat_exports{
    HeatExportFormat{"hotspot",
                     "HotSpot 7's .config, and beside it .lcf, .materials, .ptrace and a .flp for each layer",
                     write_hotspot},
};

constexpr std::array assembly_exports{
    AssemblyExportFormat{
        "3dblox", "a .3dbx, and beside it the .3dbv of its chiplets, bump maps and Verilog of its nets",
        write_3dblox},
    AssemblyExportFormat{"aif", "AIF 2: a file for each kind of die with its pads", write_aif},
    AssemblyExportFormat{"bump-csv", "a table of all bumps with their places and nets", write_bump_csv},
    AssemblyExportFormat{"chiplet", "IHP's .chiplet 1.0: components by their centres, and the netlist",
                         write_ihp_chiplet},
    AssemblyExportFormat{"gdsii", "a GDSII stream: outlines, bumps, routed metal and names", write_gdsii},
    AssemblyExportFormat{"lefdef", "a DEF, and beside it the LEF with technology and macros: FILE.lef",
                         write_lefdef},
    AssemblyExportFormat{"verilog", "structural Verilog: a blackbox for each chiplet, and a top",
                         write_verilog},
};

constexpr std::array assembly_imports{
    AssemblyImportFormat{"3dblox", "a .3dbx with what it includes, or a .3dbv of chiplets", read_3dblox},
    AssemblyImportFormat{"bump-csv", "a table of bumps with their places and nets", read_bump_csv},
    AssemblyImportFormat{"chiplet", "IHP's .chiplet 1.0", read_ihp_chiplet},
    AssemblyImportFormat{"lefdef", "LEF files, and the DEF of an interposer with its dies and bumps",
                         read_lefdef},
};

template <class Formats>
auto find_format(const Formats& rows, std::string_view name) -> decltype(rows.data()) {
  for (const auto& format : rows) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

}  // namespace

std::span<const ImportFormat> import_formats() { return formats; }
const ImportFormat* find_import_format(std::string_view name) { return find_format(formats, name); }

std::span<const ExportFormat> export_formats() { return exports; }
const ExportFormat* find_export_format(std::string_view name) { return find_format(exports, name); }

std::span<const HeatExportFormat> heat_export_formats() { return heat_exports; }
const HeatExportFormat* find_heat_export_format(std::string_view name) {
  return find_format(heat_exports, name);
}

std::span<const AssemblyExportFormat> assembly_export_formats() { return assembly_exports; }
const AssemblyExportFormat* find_assembly_export_format(std::string_view name) {
  return find_format(assembly_exports, name);
}

std::span<const AssemblyImportFormat> assembly_import_formats() { return assembly_imports; }
const AssemblyImportFormat* find_assembly_import_format(std::string_view name) {
  return find_format(assembly_imports, name);
}

std::vector<std::string_view> import_format_names() {
  std::vector<std::string_view> names;
  for (const auto& format : formats) names.push_back(format.name);
  for (const auto& format : assembly_imports) names.push_back(format.name);
  return names;
}

std::vector<std::string_view> export_format_names() {
  std::vector<std::string_view> names;
  for (const auto& format : exports) names.push_back(format.name);
  for (const auto& format : heat_exports) names.push_back(format.name);
  for (const auto& format : assembly_exports) names.push_back(format.name);
  return names;
}

}  // namespace marquetry::exchange
