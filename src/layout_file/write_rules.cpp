// The rules of a problem, in the form that layout::read_rules takes.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"
#include "layout/rules_file.h"
#include "layout_file/load.h"
#include "layout_file/value_text.h"

namespace marquetry::layout_file {
namespace {

using layout::Nanometre;
using layout::Problem;
using layout::Size;

class Rules {
 public:
  explicit Rules(const Problem& problem) : problem_{problem} {}

  std::string text() {
    carrier();
    relations();
    objects();
    plate();
    for (const auto& die : problem_.dies) zones(die);
    return out_;
  }

 private:
  void line(std::string_view key, const std::string& value) { out_ += fmt::format("{} = {}\n", key, value); }
  void length(std::string_view key, Nanometre value) {
    if (value != 0) line(key, length_text(value));
  }
  void number(std::string_view key, double value) {
    if (value != 0) line(key, exact(value));
  }
  void size(std::string_view key, const std::optional<Size>& value) {
    if (value && value->width > 0) line(key, size_text(*value));
  }
  void lengths(std::string_view key, const std::vector<Nanometre>& values) {
    std::vector<std::string> all;
    for (const auto value : values) all.push_back(length_text(value));
    if (!all.empty()) line(key, fmt::format("[{}]", fmt::join(all, ", ")));
  }
  std::string die(std::size_t i) const { return toml_text(problem_.dies[i].name); }
  std::string dies(const std::vector<std::size_t>& some) const {
    std::vector<std::string> names;
    for (const auto i : some) names.push_back(die(i));
    return fmt::format("[{}]", fmt::join(names, ", "));
  }
  template <class Row, class Text>
  void list(std::string_view key, const std::vector<Row>& rows, const Text& text_of) {
    if (rows.empty()) return;
    out_ += fmt::format("{} = [\n", key);
    for (const auto& row : rows) out_ += fmt::format("  {{ {} }},\n", text_of(row));
    out_ += "]\n";
  }

  void carrier() {
    const auto& carrier = problem_.carrier;
    length("gap", problem_.gap);
    length("edge", problem_.edge);
    size("carrier", carrier.fixed);
    size("largest_carrier", carrier.largest);
    if (carrier.largest_area > 0) line("largest_area", area_text(carrier.largest_area));
    number("least_aspect", carrier.least_aspect);
    number("largest_aspect", carrier.largest_aspect);
    number("least_utilisation", carrier.least_utilisation);
    lengths("stitch_x", carrier.stitch_x);
    lengths("stitch_y", carrier.stitch_y);
    size("field", carrier.field);
    size("package", carrier.package);
    length("package_edge", carrier.package_edge);
  }

  void relations() {
    list("gaps", problem_.gaps, [&](const auto& g) {
      return fmt::format("between = [{}, {}], gap = {}", die(g.a), die(g.b), length_text(g.gap));
    });
    list("alignments", problem_.alignments, [&](const auto& a) {
      return fmt::format("dies = {}, line = {}", dies(a.dies),
                         toml_text(layout::line_names[static_cast<std::size_t>(a.line)]));
    });
    list("abutments", problem_.abutments, [&](const auto& a) {
      return fmt::format("first = {}, second = {}, side = {}", die(a.first), die(a.second),
                         toml_text(layout::side_names[geometry::index(a.side)]));
    });
    list("symmetries", problem_.symmetries, [&](const auto& s) {
      std::vector<std::string> pairs;
      for (const auto& [a, b] : s.pairs) pairs.push_back(dies({a, b}));
      auto text = fmt::format("axis = {}, pairs = [{}]", toml_text(layout::axis_names[s.vertical ? 1 : 0]),
                              fmt::join(pairs, ", "));
      if (!s.alone.empty()) text += fmt::format(", alone = {}", dies(s.alone));
      return text;
    });
  }

  void objects() {
    std::vector<std::size_t> fixed;
    for (std::size_t i = 0; i < problem_.dies.size(); ++i) {
      if (problem_.dies[i].fixed) fixed.push_back(i);
    }
    list("fixed", fixed, [&](std::size_t i) {
      const auto& at = *problem_.dies[i].fixed;
      return fmt::format("die = {}, x = {}, y = {}, rotation = {}", die(i), length_text(at.low.x),
                         length_text(at.low.y), geometry::degrees(at.rotation));
    });
    list("keep_outs", problem_.keep_outs,
         [&](const auto& k) { return fmt::format("name = {}, {}", toml_text(k.name), rect_text(k.rect)); });
    const auto& bridges = problem_.bridges;
    if (bridges.largest.width > 0) {
      out_ += "\n[placement.bridges]\n";
      size("least", bridges.least);
      size("largest", bridges.largest);
      if (bridges.most > 0) line("most", fmt::format("{}", bridges.most));
      length("under_die", bridges.under_die);
      length("gap", bridges.gap);
    }
    const auto& bumps = problem_.bumps;
    if (bumps.pitch > 0 || bumps.escape_per_mm > 0) {
      out_ += "\n[placement.bumps]\n";
      length("pitch", bumps.pitch);
      line("power_share", exact(bumps.power_share));
      if (bumps.escape_per_mm > 0) line("escape", toml_text(exact(bumps.escape_per_mm) + " /mm"));
    }
  }

  void plate() {
    if (!problem_.plate) return;
    const auto& plate = *problem_.plate;
    const auto write = [&](std::string_view key, double value, std::string_view unit) {
      line(key, toml_text(exact(value) + std::string{unit}));
    };
    out_ += "\n[placement.plate]\n";
    write("width", plate.width, " m");
    write("height", plate.height, " m");
    write("thickness", plate.thickness, " m");
    write("conductivity", plate.conductivity, " W/m/K");
    write("transfer", plate.transfer, " W/m2/K");
    write("contact", plate.contact, " K*m2/W");
    write("background", plate.background, " W");
  }

  void zones(const layout::Die& die) {
    if (die.tsv_zones.empty()) return;
    out_ += fmt::format("\n[placement.dies.{}]\n", toml_text(die.name));
    list("tsv_zones", die.tsv_zones, rect_text);
  }

  const Problem& problem_;
  std::string out_{};
};

}  // namespace

std::string rules_text(const Problem& problem) { return Rules{problem}.text(); }

}  // namespace marquetry::layout_file
