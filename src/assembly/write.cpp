// A package as TOML text with files of rows.
#include <fmt/format.h>

#include <set>

#include "assembly/load.h"
#include "assembly/places.h"
#include "assembly/row_file.h"
#include "base/file.h"
#include "base/text.h"

namespace marquetry::assembly {
namespace {

constexpr std::size_t few = 16;  // rows that stand in the TOML itself
constexpr std::array<std::string_view, 3> directions{"inout", "input", "output"};

// What may be the name of a file on any machine.
std::string file_word(std::string_view name) {
  std::string out;
  for (const char c : name)
    out += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'
               ? c
               : '_';
  return out;
}

class Writer {
 public:
  Writer(const Assembly& a, std::string stem) : a_{a}, stem_{std::move(stem)} {}

  Document write() {
    add("format = 1\nname = {}\n\n[assembly]\nprecision = {}   # database units in a micrometre\n",
        toml_text(a_.name), a_.precision);
    text_if("version", a_.version);
    if (!a_.paths.empty()) paths();
    if (!a_.nets.empty()) rows("nets", net_rows(a_), stem_ + ".nets");
    files("assembly", a_.files);
    for (const auto& cell : a_.cells) {
      add("\n[assembly.cells.{}]\n", toml_text(cell.name));
      if (cell.size != Size{}) add("size = {}\n", pair({cell.size.width, cell.size.height}));
    }
    for (const auto& chiplet : a_.chiplets) write(chiplet);
    for (const auto& instance : a_.instances) write(instance);
    for (const auto& connection : a_.connections) write(connection);
    return std::move(out_);
  }

 private:
  template <class... Values>
  void add(fmt::format_string<Values...> form, Values&&... values) {
    fmt::format_to(std::back_inserter(out_.toml), form, std::forward<Values>(values)...);
  }
  std::string um(Units units) const { return "\"" + micrometres(units, a_.precision) + " um\""; }
  std::string pair(Point p) const { return "[" + um(p.x) + ", " + um(p.y) + "]"; }
  void text_if(std::string_view key, const std::string& text) {
    if (!text.empty()) add("{} = {}\n", key, toml_text(text));
  }
  static std::string list(const std::vector<std::string>& texts) {
    std::string out = "[";
    for (const auto& text : texts) out += (out.size() > 1 ? ", " : "") + toml_text(text);
    return out + "]";
  }

  void files(const std::string& table, const ExternalFiles& files) {
    if (files.empty()) return;
    add("\n[{}.files]\n", table);
    for (const auto& [kind, names] : files) add("{} = {}\n", toml_text(kind), list(names));
  }
  void margins(std::string_view key, const Margins& m) {
    if (m != Margins{}) add("{} = [{}, {}, {}, {}]\n", key, um(m[0]), um(m[1]), um(m[2]), um(m[3]));
  }

  // In the TOML where they are few, else in a file of its own.
  void rows(std::string_view key, std::string text, std::string name) {
    const auto lines = rows_of(text, name);
    if (lines.rows.size() > few) {
      while (!names_.insert(name).second) name.insert(name.rfind('.'), "_");
      add("{} = {}\n", key, toml_text(name));
      out_.files.push_back({std::move(name), std::move(text)});
      return;
    }
    add("{} = [\n", key);
    for (const auto& row : lines.rows) add("  {},\n", toml_text(row.text));
    add("]\n");
  }

  void paths() {
    add("paths = {{ ");
    for (std::size_t p = 0; p < a_.paths.size(); ++p) {
      std::vector<std::string> steps;
      for (const auto& step : a_.paths[p].steps)
        steps.push_back((step.is_negated ? "NOT " : "") + name_of(a_, step.at));
      add("{}{} = {}", p > 0 ? ", " : "", toml_text(a_.paths[p].name), list(steps));
    }
    add(" }}\n");
  }

  void write(const Chiplet& c) {
    const auto table = "assembly.chiplets." + toml_text(c.name);
    add("\n[{}]\nkind = \"{}\"\nsize = {}\nthickness = {}\n", table, kind_name(c.kind),
        pair({c.size.width, c.size.height}), um(c.thickness));
    if (c.offset != Point{}) add("offset = {}\n", pair(c.offset));
    margins("seal_ring", c.seal_ring);
    margins("scribe_line", c.scribe_line);
    if (c.shrink != 1) add("shrink = {}\n", exact(c.shrink));
    if (c.has_tsv) add("tsv = true\n");
    if (!c.ports.empty()) {
      std::vector<std::string> ports;
      for (const auto& port : c.ports)
        ports.push_back(std::string{directions[static_cast<std::size_t>(port.direction)]} + " " + port.name);
      add("ports = {}\n", list(ports));
    }
    files(table, c.files);
    for (const auto& r : c.regions) {
      add("\n[{}.regions.{}]\nface = \"{}\"\ncorners = [{}, {}, {}, {}]\n", table, toml_text(r.name),
          face_name(r.face), pair(r.corners[0]), pair(r.corners[1]), pair(r.corners[2]), pair(r.corners[3]));
      text_if("bump_file", r.bump_file);
      text_if("property_file", r.property_file);
      text_if("layer", r.layer);
      text_if("gds_layer", r.gds_layer);
      if (!r.bumps.empty())
        rows("bumps", bump_rows(a_, r), stem_ + "." + file_word(c.name) + "." + file_word(r.name) + ".bmap");
    }
  }

  void write(const Instance& i) {
    const auto table = "assembly.instances." + toml_text(i.name);
    add("\n[{}]\nchiplet = {}\nplace = {}   # lower-left corner, as turned\nz = {}\n", table,
        toml_text(a_.chiplets[i.chiplet].name), pair(i.low), um(i.z));
    if (i.orientation != Orientation{}) add("orientation = \"{}\"\n", orientation_name(i.orientation));
    files(table, i.files);
  }

  void write(const Connection& c) {
    add("\n[assembly.connections.{}]\n", toml_text(c.name));
    if (c.top) add("top = {}\n", toml_text(name_of(a_, *c.top)));
    if (c.bottom) add("bottom = {}\n", toml_text(name_of(a_, *c.bottom)));
    if (c.thickness) add("thickness = {}\n", um(*c.thickness));
  }

  const Assembly& a_;
  std::string stem_;
  Document out_{};
  std::set<std::string> names_{};
};

// Names that stand in rows.
bool can_stand_in_rows(const Assembly& a, Diagnostics& diagnostics) {
  const auto word = [&](std::string_view what, const std::string& name) {
    if (is_word(name)) return true;
    diagnostics.error({.file = a.name},
                      fmt::format("the {} '{}' cannot stand in a row between blanks", what, name),
                      "rename it: no blanks, not '-', no # in front");
    return false;
  };
  for (const auto& cell : a.cells)
    if (!word("bump cell", cell.name)) return false;
  for (const auto& chiplet : a.chiplets)
    for (const auto& region : chiplet.regions)
      for (const auto& b : region.bumps)
        if (!word("bump", b.name) || (!b.port.empty() && !word("port", b.port)) ||
            (!b.net.empty() && !word("net", b.net)))
          return false;
  for (const auto& net : a.nets) {
    if (!word("net", net.name)) return false;
    for (const auto& pin : net.pins)
      if (!word("instance", a.instances[pin.instance].name) ||
          !word("region", region_of(a, {pin.instance, pin.region}).name))
        return false;
    for (const auto& port : net.ports)
      if (!word("port", port)) return false;
    for (const auto& segment : net.metal)
      if (!word("layer", segment.layer)) return false;
  }
  return true;
}

}  // namespace

std::optional<Document> to_document(const Assembly& assembly, const std::string& stem,
                                    Diagnostics& diagnostics) {
  if (!can_stand_in_rows(assembly, diagnostics)) return std::nullopt;
  return Writer{assembly, stem}.write();
}

std::vector<std::filesystem::path> write(const Assembly& assembly, const std::filesystem::path& file,
                                         Diagnostics& diagnostics) {
  const auto document = to_document(assembly, file.stem().string(), diagnostics);
  if (!document) return {};
  std::vector<std::filesystem::path> out{file};
  if (!write_file(file, document->toml, diagnostics)) return {};
  for (const auto& part : document->files) {
    out.push_back(file.parent_path() / part.name);
    if (!write_file(out.back(), part.text, diagnostics)) return {};
  }
  return out;
}

}  // namespace marquetry::assembly
