#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "design/parts.h"
#include "units/text.h"

namespace marquetry {
namespace {

std::string in_quotes(std::string_view text) { return "'" + std::string{text} + "'"; }

std::vector<std::string_view> texts(const Variable& variable) {
  std::vector<std::string_view> all;
  for (const auto& value : variable.domain) all.push_back(value.text);
  return all;
}

bool nearly_equal(double a, double b) {
  return std::abs(a - b) <= 1e-12 * std::max(std::abs(a), std::abs(b));
}

const Value* value_in_domain(const Variable& variable, std::string_view text,
                             const std::optional<ParsedQuantity>& number) {
  for (const auto& value : variable.domain) {
    if (value.text == text) return &value;
    const bool equal = number && !value.is_name && value.dimension == number->dimension &&
                       nearly_equal(value.number, number->si);
    if (equal) return &value;
  }
  return nullptr;
}

// What the names of a variable may be, inside its domain and out.
std::vector<std::string_view> known_names(const Variable& variable, const Library& library) {
  std::vector<std::string_view> names;
  if (variable.names == "precision") return {precisions().begin(), precisions().end()};
  if (variable.names == "topology") return topologies();
  for_each_category(library, [&](const auto& rows) {
    using T = typename std::remove_cvref_t<decltype(rows)>::value_type;
    if (variable.names != T::singular) return;
    for (const auto& row : rows) names.emplace_back(row.id);
  });
  return names;
}

std::optional<Value> new_name(const Variable& variable, const std::string& text, const Library& library,
                              Diagnostics& diagnostics) {
  const auto known = known_names(variable, library);
  if (std::ranges::find(known, text) != known.end()) return Value{.text = text, .is_name = true};
  diagnostics.error({.file = "--set"},
                    "variable " + in_quotes(variable.name) + " cannot be " + in_quotes(text) +
                        ": there is no " + variable.names + " of that name",
                    suggest(text, known));
  return std::nullopt;
}

std::optional<Value> new_number(const Variable& variable, const std::string& text,
                                const std::optional<ParsedQuantity>& number, Diagnostics& diagnostics) {
  const auto dimension = variable.domain.front().dimension;
  std::string wish;
  if (!number || number->dimension != dimension) {
    wish = "must be " + describe(dimension) + ", for example " + example(dimension);
  } else if (variable.is_whole && number->si != std::floor(number->si)) {
    wish = "must be a whole number";
  } else if (number->si < variable.least) {
    wish = "must be at least " + print_quantity(variable.least, dimension);
  } else if (number->si > variable.greatest) {
    wish = "must be at most " + print_quantity(variable.greatest, dimension);
  } else {
    return Value{.text = text, .number = number->si, .dimension = dimension};
  }
  diagnostics.error({.file = "--set"},
                    "variable " + in_quotes(variable.name) + " cannot be " + in_quotes(text) + ": it " + wish,
                    suggest({}, texts(variable)));
  return std::nullopt;
}

std::optional<Value> value_for(const Variable& variable, std::string text, const Library& library,
                               Diagnostics& diagnostics) {
  if (variable.names == "precision" && text == "bf16") text = "fp16";
  const auto number = parse_quantity(text);
  if (const auto* value = value_in_domain(variable, text, number)) return *value;
  if (variable.domain.front().is_name) return new_name(variable, text, library, diagnostics);
  return new_number(variable, text, number, diagnostics);
}

bool set_variable(std::vector<Variable>& variables, const std::string& assignment, const Library& library,
                  Diagnostics& diagnostics) {
  const auto equals = assignment.find('=');
  if (equals == std::string::npos) {
    diagnostics.error({.file = "--set"}, in_quotes(assignment) + " sets nothing",
                      "write VAR=VALUE, for example cores=16");
    return false;
  }
  const std::string name{trimmed(std::string_view{assignment}.substr(0, equals))};
  const auto variable = std::ranges::find(variables, name, &Variable::name);
  if (variable == variables.end()) {
    std::vector<std::string_view> names;
    names.reserve(variables.size());
    for (const auto& known : variables) names.emplace_back(known.name);
    diagnostics.error({.file = "--set"}, "the design has no variable " + in_quotes(name),
                      names.empty() ? "it leaves nothing open" : suggest(name, names));
    return false;
  }
  const std::string text{trimmed(std::string_view{assignment}.substr(equals + 1))};
  auto value = value_for(*variable, text, library, diagnostics);
  if (!value) return false;
  variable->domain = {std::move(*value)};
  return true;
}

}  // namespace

const std::string& chosen(const Design& design, const Choice& choice, const OpenName& field) {
  return field.variable ? design.variables[*field.variable].domain[choice[*field.variable]].text
                        : field.value;
}

double chosen(const Design& design, const Choice& choice, const OpenNumber& field) {
  return field.variable ? design.variables[*field.variable].domain[choice[*field.variable]].number
                        : field.value;
}

bool set_variables(Design& design, const std::vector<std::string>& assignments, const Library& library,
                   Diagnostics& diagnostics) {
  auto variables = design.variables;
  bool ok = true;
  for (const auto& assignment : assignments) {
    ok = set_variable(variables, assignment, library, diagnostics) && ok;
  }
  if (ok) design.variables = std::move(variables);
  return ok;
}

}  // namespace marquetry
