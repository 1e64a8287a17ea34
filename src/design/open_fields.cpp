#include "design/open_fields.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/text.h"
#include "units/text.h"

namespace marquetry {
namespace {

constexpr double most_values = 10'000;

std::string in_quotes(std::string_view text) { return "'" + std::string{text} + "'"; }

bool same_value(const Value& a, const Value& b) {
  if (a.is_name || b.is_name) return a.text == b.text;
  return a.number == b.number && a.dimension == b.dimension;
}

bool is_reference(const Node& value) { return value.kind == NodeKind::text && value.text.starts_with('$'); }

// The values of a range stand where the range stands.
bool same_place(const Node& a, const Node& b) {
  return a.where.line == b.where.line && a.where.column == b.where.column;
}

std::string print_limit(double si, const Dimension& dimension) { return print_quantity(si, dimension, 6); }

std::optional<ParsedQuantity> read_end(Reader& reader, std::string_view key) {
  const auto* value = reader.find_required(key);
  if (value == nullptr) return std::nullopt;
  std::optional<ParsedQuantity> end;
  if (value->kind == NodeKind::number && std::isfinite(value->number))
    end = ParsedQuantity{value->number, {}};
  if (value->kind == NodeKind::text) end = parse_quantity(value->text);
  if (!end) {
    reader.diagnostics().error(value->where,
                               in_quotes(key) + ": " + quoted(*value) + " is not a number with a unit");
  }
  return end;
}

// Of a range, both ends included. None, with a complaint, where it never ends or is too long.
std::size_t number_of_steps(const Node& range, const ParsedQuantity& from, const ParsedQuantity& to,
                            const ParsedQuantity& step, Diagnostics& diagnostics) {
  const auto who = "variable " + in_quotes(range.key);
  if (from.dimension != to.dimension || from.dimension != step.dimension) {
    diagnostics.error(range.where,
                      "'from' is " + describe(from.dimension) + ", 'to' is " + describe(to.dimension) +
                          " and 'step' is " + describe(step.dimension),
                      "give all three the same kind of unit");
    return 0;
  }
  const double steps = (to.si - from.si) / step.si;
  if (!(steps >= 0) || !std::isfinite(steps)) {
    diagnostics.error(range.where, "the steps of " + who + " never lead from 'from' to 'to'",
                      "'step' must be positive where 'to' is above 'from'");
    return 0;
  }
  if (steps >= most_values) {
    diagnostics.error(range.where, who + " has more than 10000 values", "take a larger 'step'");
    return 0;
  }
  return static_cast<std::size_t>(std::floor(steps + 1e-9)) + 1;
}

}  // namespace

OpenFields::OpenFields(const std::vector<Node>& entries, Diagnostics& diagnostics)
    : diagnostics_{diagnostics} {
  for (const auto& entry : entries) entries_.push_back(read_variable(entry));
}

OpenFields::Entry OpenFields::read_variable(const Node& source) {
  Entry entry{.variable = {.name = source.key, .where = source.key_where}};
  const int errors_before = diagnostics_.errors();
  if (!is_kebab_case(source.key)) {
    diagnostics_.error(source.key_where, in_quotes(source.key) + " cannot name a variable",
                       "a name has small letters, digits and hyphens only");
  }
  if (source.kind == NodeKind::list) {
    read_list(source, entry);
  } else if (source.is_table()) {
    read_range(source, entry);
  } else {
    diagnostics_.error(source.where,
                       "variable " + in_quotes(source.key) + " needs a list of values or a range",
                       "write [1, 2, 4], or { from = 1, to = 9, step = 2 }");
  }
  if (entry.variable.domain.empty() && diagnostics_.errors() == errors_before) {
    diagnostics_.error(source.where, "variable " + in_quotes(source.key) + " has no value to take",
                       "give it at least one value");
  }
  entry.failed = diagnostics_.errors() > errors_before;
  return entry;
}

void OpenFields::read_list(const Node& list, Entry& entry) {
  for (const auto& item : list.items) {
    if (item.kind == NodeKind::number) {
      add_value(item, {.text = item.text, .number = item.number}, entry);
    } else if (item.kind != NodeKind::text) {
      diagnostics_.error(item.where, "a value of variable " + in_quotes(list.key) +
                                         " must be a text or a number, but it is " +
                                         std::string{describe(item.kind)});
    } else if (const auto quantity = parse_quantity(item.text)) {
      add_value(item, {.text = item.text, .number = quantity->si, .dimension = quantity->dimension}, entry);
    } else {
      add_value(item, {.text = item.text, .is_name = true}, entry);
    }
  }
}

void OpenFields::read_range(const Node& range, Entry& entry) {
  Reader reader{range, "variable " + in_quotes(range.key), diagnostics_};
  const auto from = read_end(reader, "from"), to = read_end(reader, "to"), step = read_end(reader, "step");
  reader.reject_unknown_keys();
  if (!from || !to || !step) return;
  const auto count = number_of_steps(range, *from, *to, *step, diagnostics_);
  for (std::size_t i = 0; i < count; ++i) {
    const auto text = print_quantity(from->si + static_cast<double>(i) * step->si, from->dimension, 10);
    add_value(range, {.text = text, .number = parse_quantity(text)->si, .dimension = from->dimension}, entry);
  }
}

void OpenFields::add_value(const Node& source, Value value, Entry& entry) {
  auto& domain = entry.variable.domain;
  if (std::ranges::any_of(domain, [&](const Value& known) { return same_value(known, value); })) {
    diagnostics_.error(
        source.where,
        "variable " + in_quotes(entry.variable.name) + " has the value " + in_quotes(value.text) + " twice",
        "drop one of them");
    return;
  }
  if (domain.size() >= static_cast<std::size_t>(most_values)) {
    if (!entry.failed) {
      diagnostics_.error(source.where,
                         "variable " + in_quotes(entry.variable.name) + " has more than 10000 values");
    }
    entry.failed = true;
    return;
  }
  Node item = source;
  if (source.is_table()) {  // of a range
    item = Node{.kind = NodeKind::text, .where = source.where, .text = value.text, .items = {}};
    if (value.dimension == Dimension{}) {
      item.kind = NodeKind::number;
      item.number = value.number;
    }
  }
  entry.sources.push_back(std::move(item));
  domain.push_back(std::move(value));
}

// Nothing where the value is no reference, or one to nothing.
std::optional<VariableId> OpenFields::variable_of(const Node& value) {
  const auto name = std::string_view{value.text}.substr(1);
  std::vector<std::string_view> names;
  for (VariableId id = 0; id < entries_.size(); ++id) {
    if (entries_[id].variable.name == name) return id;
    names.push_back(entries_[id].variable.name);
  }
  diagnostics_.error(value.where, "there is no variable '$" + std::string{name} + "'",
                     names.empty() ? "list its values in [variables]" : suggest(name, names));
  return std::nullopt;
}

bool OpenFields::check_number(const Node& value, std::string_view key, const NumberKind& kind, double& si) {
  const auto read = read_quantity(value, key, kind.dimension, diagnostics_);
  if (!read) return false;
  si = *read;
  std::string wish;
  if (kind.is_whole && si != std::floor(si)) {
    wish = "a whole number";
  } else if (si < kind.least) {
    wish = "at least " + print_limit(kind.least, kind.dimension);
  } else if (si > kind.greatest) {
    wish = "at most " + print_limit(kind.greatest, kind.dimension);
  } else {
    return true;
  }
  diagnostics_.error(value.where, in_quotes(key) + " must be " + wish + ", but it is " + quoted(value));
  return false;
}

void OpenFields::check_name(const Node& value, std::string_view key, const Names& names) {
  const auto singular = std::string{names.singular};
  if (value.kind != NodeKind::text) {
    diagnostics_.error(value.where, in_quotes(key) + " must name a " + singular + ", but it is " +
                                        std::string{describe(value.kind)});
  } else if (std::ranges::find(names.known, value.text) == names.known.end()) {
    diagnostics_.error(value.where,
                       in_quotes(key) + ": there is no " + singular + " " + in_quotes(value.text),
                       suggest(value.text, names.known));
  }
}

void OpenFields::name(const Node* value, std::string_view key, const Names& names, OpenName& field) {
  if (value == nullptr) return;
  field.where = value->where;
  if (!is_reference(*value)) {
    check_name(*value, key, names);
    field.value = value->text;
    return;
  }
  field.variable = variable_of(*value);
  if (!field.variable) return;
  auto& entry = entries_[*field.variable];
  const auto use = "name of a " + std::string{names.singular};
  if (std::exchange(entry.uses, use) == use) return;  // its values were checked for this
  entry.variable.names = names.singular;
  for (const auto& source : entry.sources) check_name(source, entry.variable.name, names);
}

void OpenFields::number(const Node* value, std::string_view key, const NumberKind& kind, OpenNumber& field) {
  if (value == nullptr) return;
  field.where = value->where;
  if (!is_reference(*value)) {
    check_number(*value, key, kind, field.value);
    return;
  }
  field.variable = variable_of(*value);
  if (!field.variable) return;
  auto& entry = entries_[*field.variable];
  auto& variable = entry.variable;
  variable.is_whole = variable.is_whole || kind.is_whole;
  variable.least = std::max(variable.least, kind.least);
  variable.greatest = std::min(variable.greatest, kind.greatest);
  entry.uses = "number";
  if (std::exchange(entry.failed, true)) return;  // once is enough
  const bool is_range = entry.sources.size() > 1 && same_place(entry.sources[0], entry.sources[1]);
  bool ok = true;
  double ignored = 0;
  for (const auto& source : entry.sources) {
    if (ok || !is_range) ok = check_number(source, variable.name, kind, ignored) && ok;
  }
  entry.failed = !ok;
}

void OpenFields::number(const Node* value, std::string_view key, const NumberKind& kind,
                        std::optional<OpenNumber>& field) {
  if (value != nullptr) number(value, key, kind, field.emplace());
}

std::vector<std::string> OpenFields::values(const OpenName& field) const {
  if (!field.variable) return {field.value};
  std::vector<std::string> texts;
  for (const auto& value : entries_[*field.variable].variable.domain) texts.push_back(value.text);
  return texts;
}

std::vector<double> OpenFields::numbers(const OpenNumber& field) const {
  if (!field.variable) return {field.value};
  std::vector<double> out;
  for (const auto& value : entries_[*field.variable].variable.domain) out.push_back(value.number);
  return out;
}

void OpenFields::warn_unused() {
  for (const auto& entry : entries_) {
    if (!entry.uses.empty()) continue;
    diagnostics_.warning(entry.variable.where,
                         "variable " + in_quotes(entry.variable.name) + " is used nowhere",
                         "refer to it as \"$" + entry.variable.name + "\", or drop it");
  }
}

std::vector<Variable> OpenFields::variables() const {
  std::vector<Variable> variables;
  for (const auto& entry : entries_) variables.push_back(entry.variable);
  return variables;
}

}  // namespace marquetry
