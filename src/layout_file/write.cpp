// A problem as TOML text. What has its usual value is left out.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>

#include "base/text.h"
#include "layout/rules_file.h"
#include "layout_file/fields.h"
#include "layout_file/load.h"
#include "layout_file/value_text.h"

namespace marquetry::layout_file {
namespace {

using layout::Nanometre;
using layout::Problem;

class RowWriter {
 public:
  RowWriter(const Problem& problem, std::string& out) : problem_{problem}, out_{out} {
    for (std::size_t i = 0; i < problem.terminals.size(); ++i)
      terminals_.emplace(std::pair{problem.terminals[i].x, problem.terminals[i].y},
                         problem.terminal_names[i]);
    for (const auto& die : problem.dies) ++kinds_[die.kind];
  }

  void name(std::string_view key, const std::string& text) { line(key, toml_text(text)); }
  void text(std::string_view key, const std::string& text) {
    if (!text.empty()) line(key, toml_text(text));
  }
  void flag(std::string_view key, bool value) {
    if (value) line(key, "true");
  }
  void number(std::string_view key, double value) {
    if (value != 0) line(key, exact(value));
  }
  void weight(std::string_view key, double value) {
    if (value != 1) line(key, exact(value));
  }
  void count(std::string_view key, std::size_t value) { line(key, fmt::format("{}", value)); }
  void power(std::string_view key, double value) {
    if (value > 0) line(key, toml_text(exact(value) + " W"));
  }
  void temperature(std::string_view key, double value, double fallback) {
    if (value != fallback) line(key, toml_text(exact(value) + " degC"));
  }
  void unit(std::string_view key, double value) {
    line(key, value == 1e6 ? "\"mm\"" : value == 1 ? "\"nm\"" : "\"um\"");
  }
  void length(std::string_view key, Nanometre value, Range = {}) {
    if (value != 0) line(key, length_text(value));
  }
  void coordinate(std::string_view key, Nanometre value) { line(key, length_text(value)); }

  void shape(std::string_view width, std::string_view height, const layout::Die& die) {
    if (die.soft) return;
    line(width, length_text(die.size.width));
    line(height, length_text(die.size.height));
  }
  void soft(std::string_view area, std::string_view least, std::string_view largest, const layout::Die& die) {
    if (!die.soft) return;
    line(area, area_text(die.soft->area));
    line(least, exact(die.soft->least_aspect));
    line(largest, exact(die.soft->largest_aspect));
  }
  void kind(std::string_view key, std::size_t value) {
    if (kinds_[value] > 1) line(key, toml_text(fmt::format("kind-{}", value)));
  }
  void rotations(std::string_view key, std::uint8_t value) {
    if (value == layout::any_rotation) return;
    std::vector<int> degrees;
    for (const auto r : geometry::rotations) {
      if ((static_cast<unsigned>(value) >> static_cast<unsigned>(r) & 1u) != 0)
        degrees.push_back(geometry::degrees(r));
    }
    line(key, fmt::format("[{}]", fmt::join(degrees, ", ")));
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
  void side_if(std::string_view key, const std::optional<layout::Side>& value) {
    if (value) line(key, toml_text(layout::side_names[geometry::index(*value)]));
  }
  void die(std::string_view key, std::size_t value) { line(key, die_text(value)); }
  void die_if(std::string_view key, const std::optional<std::size_t>& value) {
    if (value) die(key, *value);
  }
  void pins(std::string_view key, const std::vector<layout::Pin>& values) {
    std::vector<std::string> all;
    for (const auto& pin : values) all.push_back(pin_text(pin));
    line(key, fmt::format("[{}]", fmt::join(all, ", ")));
  }
  void terminals(std::string_view key, const Problem& problem) {
    for (std::size_t i = 0; i < problem.terminals.size(); ++i)
      row(key, Terminal{problem.terminal_names[i], problem.terminals[i]});
  }
  template <class Row>
  void rows(std::string_view key, const std::vector<Row>& values) {
    for (const auto& value : values) row(key, value);
  }
  template <class Row>
  void table_if(std::string_view key, std::optional<Row> value) {
    if (!value) return;
    out_ += fmt::format("[{}.{}]\n", row_, key);
    describe(*value, *this);
  }

 private:
  template <class Row>
  void row(std::string_view key, Row value) {
    row_ = key;
    out_ += fmt::format("\n[[{}]]\n", key);
    describe(value, *this);
  }
  std::string die_text(std::size_t i) const { return toml_text(problem_.dies[i].name); }
  std::string pin_text(const layout::Pin& pin) const {
    if (pin.die && pin.at_centre) return die_text(*pin.die);
    if (pin.die)
      return fmt::format("[{}, {}, {}]", die_text(*pin.die), length_text(pin.at.x), length_text(pin.at.y));
    const auto terminal = terminals_.find({pin.at.x, pin.at.y});
    return terminal != terminals_.end()
               ? toml_text(terminal->second)
               : fmt::format("[{}, {}]", length_text(pin.at.x), length_text(pin.at.y));
  }
  void line(std::string_view key, const std::string& value) { out_ += fmt::format("{} = {}\n", key, value); }

  const Problem& problem_;
  std::string& out_;
  std::string row_{};  // the list that is being written
  std::map<std::pair<Nanometre, Nanometre>, std::string> terminals_{};
  std::map<std::size_t, std::size_t> kinds_{};  // how many dies are of each
};

}  // namespace

std::string to_toml(const Problem& problem, const std::string& origin) {
  auto out = fmt::format("# {}\nformat = 1\nname = {}\n\n[placement]\n", origin, toml_text(problem.name));
  auto copy = problem;
  RowWriter writer{problem, out};
  describe_section(copy, writer);
  out += rules_text(problem);
  describe(copy, writer);
  return out;
}

}  // namespace marquetry::layout_file
