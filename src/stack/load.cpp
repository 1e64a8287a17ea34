#include "stack/load.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "base/text.h"
#include "config/parse.h"
#include "config/reader.h"
#include "stack/fields.h"

namespace marquetry::stack {
namespace {

// The number before the unit, to the last bit, where it is written in `unit`.
std::optional<double> number_in(const Node& value, const InUnit& unit) {
  if (value.kind != NodeKind::text) return std::nullopt;
  double number = 0;
  const auto text = trimmed(value.text);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return std::nullopt;
  const auto rest = trimmed({end, static_cast<std::size_t>(text.data() + text.size() - end)});
  return rest == unit.text ? std::optional{number} : std::nullopt;
}

std::optional<double> read_in(const Node& value, std::string_view key, const InUnit& unit,
                              Diagnostics& diagnostics) {
  const auto si = read_quantity(value, key, unit.dimension, diagnostics);
  if (!si) return std::nullopt;
  const auto exact = number_in(value, unit);
  return exact ? exact : *si / unit.si;
}

void check_range(const Node& value, std::string_view key, double number, Range range,
                 Diagnostics& diagnostics) {
  if (const auto expected = out_of(range, number); !expected.empty())
    diagnostics.error(value.where,
                      fmt::format("'{}' is {}, but it must be {}", key, quoted(value), expected));
}

// Reads the fields of one row; see `describe`.
class RowReader {
 public:
  RowReader(const Node& table, std::string what, Diagnostics& diagnostics)
      : reader_{table, std::move(what), diagnostics}, diagnostics_{diagnostics} {}

  void number(std::string_view key, double& field, const InUnit& unit, Range range = {}) {
    take(reader_.find_required(key), key, unit, range, field);
  }
  void number_or(std::string_view key, double& field, const InUnit& unit, Range range = {}) {
    take(reader_.find(key), key, unit, range, field);
  }
  void number_if(std::string_view key, std::optional<double>& field, const InUnit& unit, Range range = {}) {
    double number = 0;
    if (take(reader_.find(key), key, unit, range, number)) field = number;
  }
  void count(std::string_view key, double& field, Range range = {}) {
    const auto* node = reader_.find_required(key);
    if (take(node, key, in::plain, range, field) && std::floor(field) != field)
      diagnostics_.error(node->where,
                         fmt::format("'{}' is {}, but it must be a whole number", key, quoted(*node)));
  }
  void count_if(std::string_view key, std::optional<double>& field) {
    double number = 0;
    if (marquetry::find(reader_.table(), key) == nullptr) return void(reader_.find(key));
    count(key, number);
    field = number;
  }
  void length(std::string_view key, double& field) { number(key, field, in::mm); }
  void energy(std::string_view key, double& field, bool& in_joule) {
    const auto* node = reader_.find_required(key);
    in_joule = node != nullptr && number_in(*node, in::j_per_bit).has_value();
    take(node, key, in_joule ? in::j_per_bit : in::pj_per_bit, Range::any, field);
  }
  void flag(std::string_view key, bool& field) { reader_.flag(key, field); }
  void text(std::string_view key, std::string& field) { reader_.text_if(key, field); }
  void reference(std::string_view key, std::string& field) { reader_.text(key, field); }
  void texts(std::string_view key, std::vector<std::string>& field) { reader_.texts(key, field); }
  void facing(std::string_view key, Facing& field) {
    std::string text = "up";
    choice(key, text, {"up", "down"});
    field = text == "down" ? Facing::down : Facing::up;
  }
  void side(std::string_view key, Side& field) {
    std::string text = "face";
    choice(key, text, {"face", "back"});
    field = text == "back" ? Side::back : Side::face;
  }

  Reader& reader() { return reader_; }

 private:
  bool take(const Node* node, std::string_view key, const InUnit& unit, Range range, double& field) {
    if (node == nullptr) return false;
    const auto number = read_in(*node, key, unit, diagnostics_);
    if (!number) return false;
    check_range(*node, key, *number, range, diagnostics_);
    field = *number;
    return true;
  }
  void choice(std::string_view key, std::string& text, const std::vector<std::string>& allowed) {
    if (reader_.find(key) != nullptr) reader_.choice(key, text, allowed);
  }

  Reader reader_;
  Diagnostics& diagnostics_;
};

template <class Row>
Row read_row(const Node& table, const std::string& what, Diagnostics& diagnostics) {
  Row row;
  row.where = name_spot(table);
  RowReader fields{table, what, diagnostics};
  describe(row, fields);
  fields.reader().reject_unknown_keys();
  return row;
}

template <class Row>
void read_rows(Reader& stack, std::string_view key, std::string_view what, std::vector<Row>& rows,
               Diagnostics& diagnostics) {
  for (const auto& table : stack.entries(key)) {
    const auto name = fmt::format("{} '{}'", what, table.key);
    if (!table.is_table()) {
      diagnostics.error(table.where, name + " must be a table");
      continue;
    }
    rows.push_back(read_row<Row>(table, name, diagnostics));
    rows.back().name = table.key;
  }
}

void read_nets(Reader& stack, std::vector<Net<double>>& nets, Diagnostics& diagnostics) {
  const auto* list = stack.find("nets");
  if (list == nullptr) return;
  if (list->kind != NodeKind::list) {
    diagnostics.error(list->where, "'nets' must be a list of tables", "write each as [[stack.nets]]");
    return;
  }
  for (const auto& item : list->items) {
    if (item.is_table()) {
      nets.push_back(read_row<Net<double>>(item, "net", diagnostics));
      nets.back().where = item.where;
    } else {
      diagnostics.error(item.where, "a net must be a table", "write each as [[stack.nets]]");
    }
  }
}

void read_chip(const Node& table, std::size_t parent, Stack<double>& stack, Diagnostics& diagnostics) {
  constexpr std::size_t deepest = 64;
  std::size_t depth = 0;
  for (auto p = parent; p != nowhere; p = stack.chips[p].parent) ++depth;
  if (depth >= deepest) {
    diagnostics.error(table.where, fmt::format("more than {} chips stand on each other", deepest));
    return;
  }
  const auto index = stack.chips.size();
  Chip<double> chip;
  chip.where = table.where;
  chip.parent = parent;
  RowReader fields{table, "chip", diagnostics};
  describe(chip, fields);
  const auto* above = fields.reader().find("chips");
  fields.reader().reject_unknown_keys();
  if (chip.layers.empty()) diagnostics.error(chip.where, fmt::format("chip '{}' has no layers", chip.name));
  stack.chips.push_back(std::move(chip));
  if (above != nullptr && above->kind != NodeKind::list)
    diagnostics.error(above->where, "'chips' must be a list of tables", "write each as [[stack.chip.chips]]");
  if (above != nullptr && above->kind == NodeKind::list) {
    for (const auto& item : above->items) {
      if (item.is_table())
        read_chip(item, index, stack, diagnostics);
      else
        diagnostics.error(item.where, "a chip must be a table", "write each as [[stack.chip.chips]]");
    }
  }
  stack.chips[index].end = stack.chips.size();
}

}  // namespace

std::optional<Stack<double>> load_stack(const Node& root, Diagnostics& diagnostics) {
  const int errors_before = diagnostics.errors();
  check_format(root, diagnostics);
  Stack<double> stack{.file = root.where.file, .where = root.where};
  Reader head{root, {}, diagnostics};
  head.find("format");
  head.text("name", stack.name);
  head.text_if("title", stack.title);
  const auto* table = head.find_table("stack");
  head.reject_unknown_keys();
  if (table == nullptr) {
    if (diagnostics.errors() == errors_before)
      diagnostics.error({.file = root.where.file}, "there is no table [stack]",
                        "a stack has its layers in it");
    return std::nullopt;
  }
  stack.where = name_spot(*table);
  RowReader fields{*table, "stack", diagnostics};
  auto& reader = fields.reader();
  fields.number_or("escape_cost", stack.escape_cost, in::usd);
  read_rows(reader, "links", "link", stack.links, diagnostics);
  read_rows(reader, "layers", "layer", stack.layers, diagnostics);
  read_rows(reader, "wafers", "wafer process", stack.wafers, diagnostics);
  read_rows(reader, "assemblies", "assembly process", stack.assemblies, diagnostics);
  read_rows(reader, "tests", "test process", stack.tests, diagnostics);
  read_nets(reader, stack.nets, diagnostics);
  const auto* chip =
      reader.find_required("chip", "the interposer, or the only die", "{ name = \"...\", ... }");
  reader.reject_unknown_keys();
  if (chip != nullptr && chip->is_table())
    read_chip(*chip, nowhere, stack, diagnostics);
  else if (chip != nullptr)
    diagnostics.error(chip->where, "'chip' must be a table");
  if (diagnostics.errors() > errors_before) return std::nullopt;
  resolve(stack, diagnostics);
  if (diagnostics.errors() == errors_before) check_stack(stack, diagnostics);
  if (diagnostics.errors() > errors_before) return std::nullopt;
  return stack;
}

}  // namespace marquetry::stack
