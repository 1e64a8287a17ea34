#include "exchange/dblx/write.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "assembly/places.h"
#include "assembly/row_file.h"
#include "base/file.h"
#include "base/text.h"
#include "exchange/verilog/write.h"
#include "exchange/yaml.h"

namespace marquetry::exchange {
namespace {

namespace fs = std::filesystem;
using namespace assembly;

constexpr std::string_view usual_version = "3";  // what OpenROAD's writer says

// A name without folders, of plain signs.
std::string file_word(std::string_view name) {
  std::string out;
  for (const char c : name)
    out += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                   c == '_' || (c == '.' && !out.empty())
               ? c
               : '_';
  return out;
}

class Writer {
 public:
  Writer(const Assembly& package, const fs::path& file, Diagnostics& diagnostics)
      : a_{package}, file_{file}, diagnostics_{diagnostics} {
    if (file_.extension() != ".3dbx") file_ += ".3dbx";
  }

  std::vector<fs::path> run() {
    const int before = diagnostics_.errors();
    check();
    if (diagnostics_.errors() > before) return {};
    warn();
    name_bump_files();
    const auto chiplets = beside(".3dbv");
    if (!put(chiplets, chiplet_text()) || !put_bumps()) return {};
    std::string verilog;
    if (!a_.nets.empty()) {
      // It stands beside under a name of its own: a file of the source is not written over.
      const auto path = beside(".v");
      const auto files = write_verilog(a_, path, diagnostics_);
      if (files.empty()) return {};
      written_.insert(written_.end(), files.begin(), files.end());
      verilog = path.filename().string();
    }
    if (!put(file_, package_text(chiplets.filename().string(), verilog))) return {};
    return written_;
  }

 private:
  template <class... Values>
  void add(fmt::format_string<Values...> form, Values&&... values) {
    fmt::format_to(std::back_inserter(out_), form, std::forward<Values>(values)...);
  }
  std::string um(Units units) const { return micrometres(units, a_.precision); }
  std::string pair(Point p) const { return "[" + um(p.x) + ", " + um(p.y) + "]"; }
  fs::path beside(std::string_view extension) const {
    auto out = file_;
    return out.replace_extension(extension);
  }
  bool put(const fs::path& path, std::string_view text) {
    written_.push_back(path);
    return write_file(path, text, diagnostics_);
  }
  void warn(std::string what) { diagnostics_.warning({.file = file_.generic_string()}, std::move(what)); }
  void error(std::string what, std::string hint) {
    diagnostics_.error({.file = file_.generic_string()}, std::move(what), std::move(hint));
  }

  void check() {
    for (const auto& instance : a_.instances)
      if (instance.name.find(".regions.") != std::string::npos)
        error(fmt::format("the instance '{}' cannot be named in a connection", instance.name),
              "rename it: without '.regions.'");
    for (const auto& chiplet : a_.chiplets)
      for (const auto& region : chiplet.regions)
        for (const auto& bump : region.bumps)
          for (const auto* name : {&bump.name, &a_.cells[bump.cell].name, &bump.port, &bump.net})
            if (!is_word(*name) && (!name->empty() || name == &bump.name)) {
              error(fmt::format("'{}' cannot stand in the bump map of region '{}.{}'", *name, chiplet.name,
                                region.name),
                    "rename it: no blanks, not '-', no # in front");
              return;
            }
  }

  void warn() {
    const auto any = [](const auto& rows, auto has) { return std::ranges::any_of(rows, has); };
    if (any(a_.cells, [](const auto& cell) { return cell.size != Size{}; }))
      warn("3Dblox has no sizes of bumps: they stand in the LEF of the bump cells");
    if (any(a_.nets, [](const auto& net) { return !net.metal.empty(); }))
      warn("3Dblox has no metal of nets: it stands in the DEF of the carrier");
    if (any(a_.nets, [](const auto& net) { return net.use != NetUse::signal; }))
      warn("3Dblox does not say which nets are power, ground or clock");
    if (any(a_.paths, [](const auto& path) { return !path.name.starts_with("Path"); }))
      warn("paths in 3Dblox are called Path1, Path2, ...: they get such names");
  }

  // By chiplet and region: the name that the source has, where it can be written and is nobody else's.
  void name_bump_files() {
    std::set<std::string> taken;
    for (const auto& chiplet : a_.chiplets) {
      auto& own = bump_files_.emplace_back();
      for (const auto& region : chiplet.regions) {
        const fs::path given{region.bump_file};
        std::string name = region.bump_file;
        const bool is_here = given.filename() == given && given.extension() == ".bmap";
        if (!region.bumps.empty() && (!is_here || taken.contains(name)))
          name = file_word(chiplet.name) + "_" + file_word(region.name) + ".bmap";
        while (!region.bumps.empty() && taken.contains(name)) name.insert(name.size() - 5, "_");
        if (!name.empty()) taken.insert(name);
        own.push_back(std::move(name));
      }
    }
  }

  bool put_bumps() {
    for (std::size_t c = 0; c < a_.chiplets.size(); ++c)
      for (std::size_t r = 0; r < a_.chiplets[c].regions.size(); ++r) {
        const auto& region = a_.chiplets[c].regions[r];
        if (!region.bumps.empty() && !put(file_.parent_path() / bump_files_[c][r], bump_rows(a_, region)))
          return false;
      }
    return true;
  }

  void header() {
    const std::string version{a_.version.empty() ? usual_version : std::string_view{a_.version}};
    const bool is_number = version.find_first_not_of("0123456789.") == std::string::npos;
    add("Header:\n  version: {}\n  unit: micron\n  precision: {}\n", is_number ? version : yaml_text(version),
        a_.precision);
  }

  void files(std::string_view indent, const ExternalFiles& files, std::string_view left_out = {}) {
    bool is_first = true;
    for (const auto& [kind, names] : files) {
      if (names.empty() || kind == left_out) continue;
      if (is_first) add("{}external:\n", indent);
      is_first = false;
      // Kinds of which there is one file at most are written without a list.
      const bool is_one = names.size() == 1 && !kind.ends_with("LEF_file") && kind != "APR_tech_file" &&
                          kind != "liberty_file";
      add("{}  {}: {}", indent, yaml_text(kind), is_one ? yaml_text(names.front()) : "[");
      for (std::size_t f = 0; !is_one && f < names.size(); ++f)
        add("{}{}", f > 0 ? ", " : "", yaml_text(names[f]));
      add("{}\n", is_one ? "" : "]");
    }
  }

  std::string chiplet_text() {
    out_.clear();
    header();
    add("ChipletDef:\n");
    for (std::size_t c = 0; c < a_.chiplets.size(); ++c) write(c);
    return std::move(out_);
  }

  void write(std::size_t c) {
    const auto& chip = a_.chiplets[c];
    const auto margins = [this](const Margins& m) {
      return fmt::format("[{}, {}, {}, {}]", um(m[0]), um(m[1]), um(m[2]), um(m[3]));
    };
    add("  {}:\n    type: {}\n    design_area: {}\n    thickness: {}\n    shrink: {}\n    tsv: {}\n"
        "    offset: {}\n    seal_ring_width: {}\n    scribe_line_remaining_width: {}\n",
        yaml_text(chip.name), kind_name(chip.kind), pair({chip.size.width, chip.size.height}),
        um(chip.thickness), exact(chip.shrink), chip.has_tsv, pair(chip.offset), margins(chip.seal_ring),
        margins(chip.scribe_line));
    files("    ", chip.files);
    if (!chip.regions.empty()) add("    regions:\n");
    for (std::size_t r = 0; r < chip.regions.size(); ++r) {
      const auto& region = chip.regions[r];
      add("      {}:\n        side: {}\n", yaml_text(region.name), face_name(region.face));
      const auto text = [this](std::string_view key, const std::string& value) {
        if (!value.empty()) add("        {}: {}\n", key, yaml_text(value));
      };
      text("bmap", bump_files_[c][r]);
      text("pmap", region.property_file);
      text("layer", region.layer);
      text("gds_layer", region.gds_layer);
      add("        coords:\n");
      for (const auto& corner : region.corners) add("          - {}\n", pair(corner));
    }
  }

  std::string end(const std::optional<RegionOf>& region) const {
    return region ? yaml_text(name_of(a_, *region)) : "\"~\"";
  }

  std::string package_text(const std::string& chiplets, const std::string& verilog) {
    out_.clear();
    header();
    add("  include:\n    - {}\nDesign:\n  name: {}\n", yaml_text(chiplets), yaml_text(a_.name));
    auto own = a_.files;
    if (!verilog.empty()) own["verilog_file"] = {verilog};
    files("  ", own);
    if (a_.instances.empty()) return std::move(out_);
    add("ChipletInst:\n");
    for (const auto& instance : a_.instances) {
      add("  {}:\n    reference: {}\n", yaml_text(instance.name),
          yaml_text(a_.chiplets[instance.chiplet].name));
      files("    ", instance.files);
    }
    add("Stack:\n");
    for (const auto& instance : a_.instances)
      add("  {}:\n    loc: {}\n    z: {}\n    orient: {}\n", yaml_text(instance.name), pair(instance.low),
          um(instance.z), orientation_name(instance.orientation));
    if (!a_.connections.empty()) add("Connection:\n");
    for (const auto& c : a_.connections) {
      add("  {}:\n    top: {}\n    bot: {}\n", yaml_text(c.name), end(c.top), end(c.bottom));
      if (c.thickness) add("    thickness: {}\n", um(*c.thickness));
    }
    if (!a_.paths.empty()) add("Path:\n");
    for (std::size_t p = 0; p < a_.paths.size(); ++p) {
      add("  {}:\n", a_.paths[p].name.starts_with("Path") ? a_.paths[p].name : fmt::format("Path{}", p + 1));
      for (const auto& step : a_.paths[p].steps)
        add("    - {}\n", yaml_text((step.is_negated ? "NOT " : "") + name_of(a_, step.at)));
    }
    return std::move(out_);
  }

  const Assembly& a_;
  fs::path file_;
  Diagnostics& diagnostics_;
  std::string out_{};
  std::vector<std::vector<std::string>> bump_files_{};  // by chiplet, by region
  std::vector<fs::path> written_{};
};

}  // namespace

std::vector<fs::path> write_3dblox(const Assembly& package, const fs::path& file, Diagnostics& diagnostics) {
  return Writer{package, file, diagnostics}.run();
}

}  // namespace marquetry::exchange
