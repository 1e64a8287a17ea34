// A problem as TOML text. What has its usual value is left out.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>

#include "base/text.h"
#include "layout_file/fields.h"
#include "layout_file/load.h"

namespace marquetry::layout_file {
namespace {

using layout::Nanometre;
using layout::Point;
using layout::Problem;
using layout::Rect;
using layout::Size;

std::string quote(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      out += fmt::format("\\{}", c);
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      out += fmt::format("\\u{:04X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    else
      out += c;
  }
  return out + '"';
}

// In the unit in which it reads best, to the last nanometre.
std::string length_text(Nanometre length) {
  const auto size = length < 0 ? -length : length;
  const Nanometre one = size >= 1'000'000 || size == 0 ? 1'000'000 : 1000;
  auto digits = fmt::format("{}{}", length < 0 ? "-" : "", size / one);
  if (size % one != 0) {
    auto rest = fmt::format("{:0{}}", size % one, one == 1000 ? 3 : 6);
    rest.erase(rest.find_last_not_of('0') + 1);
    digits += "." + rest;
  }
  return fmt::format("\"{} {}\"", digits, one == 1000 ? "um" : "mm");
}
std::string list_text(std::initializer_list<Nanometre> lengths) {
  std::vector<std::string> texts;
  for (const auto length : lengths) texts.push_back(length_text(length));
  return fmt::format("[{}]", fmt::join(texts, ", "));
}
std::string point_text(Point p) { return list_text({p.x, p.y}); }
std::string size_text(Size s) { return list_text({s.width, s.height}); }
std::string rect_text(const Rect& r) { return list_text({r.low.x, r.low.y, r.high.x, r.high.y}); }
std::string area_text(double nm2) { return fmt::format("\"{:.15g} mm2\"", nm2 / 1e12); }

class RowWriter {
 public:
  RowWriter(const Problem& problem, std::string& out) : problem_{problem}, out_{out} {
    for (std::size_t i = 0; i < problem.terminals.size(); ++i)
      terminals_.emplace(std::pair{problem.terminals[i].x, problem.terminals[i].y},
                         problem.terminal_names[i]);
    for (const auto& die : problem.dies) ++kinds_[die.kind];
  }

  void name(std::string_view key, const std::string& text) { line(key, quote(text)); }
  void text(std::string_view key, const std::string& text) {
    if (!text.empty()) line(key, quote(text));
  }
  void flag(std::string_view key, bool value) {
    if (value) line(key, "true");
  }
  void number(std::string_view key, double value, Range = {}) { number_or(key, value, 0); }
  void number_or(std::string_view key, double value, double fallback, Range = {}) {
    if (value != fallback) line(key, exact(value));
  }
  void count(std::string_view key, std::size_t value, Range = {}) {
    if (value > 0) line(key, fmt::format("{}", value));
  }
  void area(std::string_view key, double value) {
    if (value > 0) line(key, area_text(value));
  }
  void power(std::string_view key, double value) {
    if (value > 0) line(key, quote(exact(value) + " W"));
  }
  void temperature(std::string_view key, double value, double fallback) {
    if (value != fallback) line(key, quote(exact(value) + " degC"));
  }
  void unit(std::string_view key, double value) {
    line(key, value == 1e6 ? "\"mm\"" : value == 1 ? "\"nm\"" : "\"um\"");
  }

  void length(std::string_view key, Nanometre value, Range = {}) {
    if (value != 0) line(key, length_text(value));
  }
  void length_required(std::string_view key, Nanometre value) { line(key, length_text(value)); }
  void lengths(std::string_view key, const std::vector<Nanometre>& values) {
    texts(key, values, length_text);
  }
  void size(std::string_view key, Size value) {
    if (value.width > 0) line(key, size_text(value));
  }
  void size_if(std::string_view key, const std::optional<Size>& value) {
    if (value) line(key, size_text(*value));
  }
  void point(std::string_view key, Point value) { line(key, point_text(value)); }
  void rect(std::string_view key, const Rect& value) { line(key, rect_text(value)); }
  void rects(std::string_view key, const std::vector<Rect>& values) { texts(key, values, rect_text); }

  void shape(std::string_view size_key, std::string_view area_key, std::string_view least,
             std::string_view largest, const layout::Die& die) {
    if (!die.soft) return size(size_key, die.size);
    area(area_key, die.soft->area);
    line(least, exact(die.soft->least_aspect));
    line(largest, exact(die.soft->largest_aspect));
  }
  void kind(std::string_view key, std::size_t value) {
    if (kinds_[value] > 1) line(key, quote(fmt::format("kind-{}", value)));
  }
  void rotations(std::string_view key, std::uint8_t value) {
    if (value == layout::any_rotation) return;
    std::vector<int> degrees;
    for (const auto r : geometry::rotations) {
      if ((value >> static_cast<unsigned>(r) & 1u) != 0) degrees.push_back(geometry::degrees(r));
    }
    line(key, fmt::format("[{}]", fmt::join(degrees, ", ")));
  }
  void fixed(std::string_view at, std::string_view rotation, const std::optional<layout::Placement>& value) {
    if (!value) return;
    point(at, value->low);
    line(rotation, fmt::format("{}", geometry::degrees(value->rotation)));
  }
  void clumps(std::string_view key, std::string_view outside, const layout::Die& die) {
    if (!die.clumps) return;
    std::vector<std::string> capacities, lengths;
    bool usual = true;
    for (const auto& clump : *die.clumps) {
      capacities.push_back(exact(clump.capacity));
      lengths.push_back(length_text(clump.outside));
      usual = usual && clump.outside == die.ring / 2;
    }
    line(key, fmt::format("[{}]", fmt::join(capacities, ", ")));
    if (!usual) line(outside, fmt::format("[{}]", fmt::join(lengths, ", ")));
  }

  void side(std::string_view key, layout::Side value) {
    line(key, quote(side_names[geometry::index(value)]));
  }
  void side_if(std::string_view key, const std::optional<layout::Side>& value) {
    if (value) side(key, *value);
  }
  void line(std::string_view key, layout::Line value) {
    line(key, quote(line_names[static_cast<std::size_t>(value)]));
  }
  void axis(std::string_view key, bool vertical) { line(key, quote(axis_names[vertical ? 1 : 0])); }

  void die(std::string_view key, std::size_t value) { line(key, die_text(value)); }
  void die_if(std::string_view key, const std::optional<std::size_t>& value) {
    if (value) die(key, *value);
  }
  void dies(std::string_view key, const std::vector<std::size_t>& values) {
    texts(key, values, [&](std::size_t i) { return die_text(i); });
  }
  void dies_if(std::string_view key, const std::vector<std::size_t>& values) { dies(key, values); }
  void pairs(std::string_view key, const std::vector<std::pair<std::size_t, std::size_t>>& values) {
    texts(key, values, [&](const auto& pair) {
      return fmt::format("[{}, {}]", die_text(pair.first), die_text(pair.second));
    });
  }
  void pins(std::string_view key, const std::vector<layout::Pin>& values) {
    texts(key, values, [&](const auto& pin) { return pin_text(pin); });
  }
  void terminals(std::string_view key, const Problem& problem) {
    for (std::size_t i = 0; i < problem.terminals.size(); ++i)
      row(key, Terminal{problem.terminal_names[i], problem.terminals[i]});
  }

  template <class Row>
  void rows(std::string_view key, std::string_view, const std::vector<Row>& values) {
    for (const auto& value : values) row(key, value);
  }
  template <class Row>
  void table(std::string_view key, Row value) {
    std::string fields;
    RowWriter writer{*this, fields};
    describe(value, writer);
    if (!fields.empty()) out_ += fmt::format("\n[placement.{}]\n{}", key, fields);
  }
  // A table within a row is written in one line.
  template <class Row>
  void table_if(std::string_view key, std::optional<Row> value) {
    if (!value) return;
    std::string fields;
    RowWriter writer{*this, fields};
    describe(*value, writer);
    fields.pop_back();
    for (auto at = fields.find('\n'); at != std::string::npos; at = fields.find('\n', at))
      fields.replace(at, 1, ", ");
    line(key, fmt::format("{{ {} }}", fields));
  }

 private:
  RowWriter(const RowWriter& outer, std::string& out)
      : problem_{outer.problem_}, out_{out}, terminals_{outer.terminals_}, kinds_{outer.kinds_} {}

  template <class Row>
  void row(std::string_view key, Row value) {
    out_ += fmt::format("\n[[placement.{}]]\n", key);
    describe(value, *this);
  }
  template <class Values, class Text>
  void texts(std::string_view key, const Values& values, const Text& text_of) {
    if (values.empty()) return;
    std::vector<std::string> all;
    for (const auto& value : values) all.push_back(text_of(value));
    line(key, fmt::format("[{}]", fmt::join(all, ", ")));
  }
  std::string die_text(std::size_t i) const { return quote(problem_.dies[i].name); }
  std::string pin_text(const layout::Pin& pin) const {
    if (pin.die && pin.at_centre) return die_text(*pin.die);
    if (pin.die)
      return fmt::format("[{}, {}, {}]", die_text(*pin.die), length_text(pin.at.x), length_text(pin.at.y));
    const auto terminal = terminals_.find({pin.at.x, pin.at.y});
    return terminal != terminals_.end() ? quote(terminal->second) : point_text(pin.at);
  }
  void line(std::string_view key, const std::string& value) { out_ += fmt::format("{} = {}\n", key, value); }

  const Problem& problem_;
  std::string& out_;
  std::map<std::pair<Nanometre, Nanometre>, std::string> terminals_{};
  std::map<std::size_t, std::size_t> kinds_{};  // how many dies are of each
};

}  // namespace

std::string to_toml(const Problem& problem, const std::string& origin) {
  auto out = fmt::format("# {}\nformat = 1\nname = {}\n\n[placement]\n", origin, quote(problem.name));
  auto copy = problem;
  RowWriter writer{problem, out};
  describe(copy, writer);
  return out;
}

}  // namespace marquetry::layout_file
