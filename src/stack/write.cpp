#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"
#include "stack/fields.h"
#include "stack/load.h"

namespace marquetry::stack {
namespace {

// A line for each field; see `describe`.
class RowWriter {
 public:
  explicit RowWriter(std::string& out) : out_{out} {}

  void number(std::string_view key, double value, const InUnit& unit, Range = {}) {
    line(key, unit.text.empty() ? exact(value)
                                : toml_text(fmt::format("{}{}{}", exact(value),
                                                        unit.text[0] == '/' ? "" : " ", unit.text)));
  }
  void number_or(std::string_view key, double value, const InUnit& unit, Range = {}) {
    number(key, value, unit);
  }
  void number_if(std::string_view key, const std::optional<double>& value, const InUnit& unit, Range = {}) {
    if (value) number(key, *value, unit);
  }
  void count(std::string_view key, double value, Range = {}) { line(key, fmt::format("{:.0f}", value)); }
  void count_if(std::string_view key, const std::optional<double>& value) {
    if (value) count(key, *value);
  }
  void length(std::string_view key, double value) { number(key, value, in::mm); }
  void energy(std::string_view key, double value, bool in_joule) {
    line(key, toml_text(exact(value) + (in_joule ? " J/bit" : " pJ/bit")));
  }
  void flag(std::string_view key, bool value) { line(key, value ? "true" : "false"); }
  void text(std::string_view key, const std::string& value) {
    if (!value.empty()) line(key, toml_text(value));
  }
  void reference(std::string_view key, const std::string& value) { line(key, toml_text(value)); }
  void texts(std::string_view key, const std::vector<std::string>& values) {
    std::vector<std::string> quoted;
    for (const auto& value : values) quoted.push_back(toml_text(value));
    line(key, fmt::format("[{}]", fmt::join(quoted, ", ")));
  }
  void facing(std::string_view key, Facing value) { line(key, value == Facing::up ? "\"up\"" : "\"down\""); }
  void side(std::string_view key, Side value) { line(key, value == Side::face ? "\"face\"" : "\"back\""); }

 private:
  void line(std::string_view key, const std::string& value) { out_ += fmt::format("{} = {}\n", key, value); }
  std::string& out_;
};

template <class Row>
void write_row(const Row& row, std::string& out) {
  auto copy = row;
  RowWriter writer{out};
  describe(copy, writer);
}

template <class Row>
void write_rows(std::string_view key, const std::vector<Row>& rows, std::string& out) {
  for (const auto& row : rows) {
    out += fmt::format("\n[stack.{}.{}]\n", key, toml_text(row.name));
    write_row(row, out);
  }
}

void write_chip(const Stack<double>& stack, std::size_t index, const std::string& path, std::string& out) {
  out += index == 0 ? fmt::format("\n[{}]\n", path) : fmt::format("\n[[{}]]\n", path);
  write_row(stack.chips[index], out);
  const auto end = stack.chips[index].end;
  for (auto child = index + 1; child < end; child = stack.chips[child].end)
    write_chip(stack, child, path + ".chips", out);
}

}  // namespace

std::string to_toml(const Stack<double>& stack, const std::string& origin) {
  std::string out = fmt::format("# {}\nformat = 1\nname = {}\n", origin, toml_text(stack.name));
  if (!stack.title.empty()) out += fmt::format("title = {}\n", toml_text(stack.title));
  out += "\n[stack]\n";
  if (stack.escape_cost > 0) RowWriter{out}.number("escape_cost", stack.escape_cost, in::usd);
  write_rows("links", stack.links, out);
  write_rows("layers", stack.layers, out);
  write_rows("wafers", stack.wafers, out);
  write_rows("assemblies", stack.assemblies, out);
  write_rows("tests", stack.tests, out);
  for (const auto& net : stack.nets) {
    out += "\n[[stack.nets]]\n";
    write_row(net, out);
  }
  if (!stack.chips.empty()) write_chip(stack, 0, "stack.chip", out);
  return out;
}

}  // namespace marquetry::stack
