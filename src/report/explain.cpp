#include "report/explain.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

#include "base/json_text.h"
#include "base/text.h"
#include "units/text.h"

namespace marquetry::report {
namespace {

using Node = std::shared_ptr<const TraceNode>;
using Json = nlohmann::ordered_json;

enum Binding { weakest, sum, product, unary, atom };

struct Text {
  std::string text;
  Binding binding;
};

bool is_constant(const Node& node, double value) {
  return node->operation == Operation::leaf && node->name.empty() && node->value == value;
}

// A nameless 0, or a product with one: nothing that a reader wants to see.
bool is_nothing(const Node& node) {
  if (!node->name.empty() || node->value != 0) return false;
  if (node->operation == Operation::leaf) return true;
  const auto& o = node->operands;
  if (node->operation == Operation::multiply) return is_nothing(o[0]) || is_nothing(o[1]);
  if (node->operation == Operation::divide) return is_nothing(o[0]);
  return node->operation == Operation::add && is_nothing(o[0]) && is_nothing(o[1]);
}

std::string wrapped(const Text& t, Binding least) { return t.binding < least ? "(" + t.text + ")" : t.text; }

Text formula(const Node& node);
Text operand(const Node& node) { return node->name.empty() ? formula(node) : Text{node->name, atom}; }

Text call(std::string_view name, const Node& node) {
  std::vector<std::string> arguments;
  for (const auto& o : node->operands) arguments.push_back(operand(o).text);
  return {fmt::format("{}({})", name, fmt::join(arguments, ", ")), atom};
}

Text binary(const Node& node, std::string_view sign, Binding binding) {
  const auto& left = node->operands[0];
  const auto& right = node->operands[1];
  // What is nothing by construction and factors of 1 are not shown.
  if ((sign == "*" || sign == "/") && is_nothing(left)) return {"0", atom};
  if (sign == "*" && is_nothing(right)) return {"0", atom};
  if (sign == "+" && is_nothing(left)) return operand(right);
  if ((sign == "+" || sign == "-") && is_nothing(right)) return operand(left);
  if (sign == "*" && is_constant(left, 1)) return operand(right);
  if ((sign == "*" || sign == "/") && is_constant(right, 1)) return operand(left);
  const bool strict = sign == "-" || sign == "/";
  return {fmt::format("{} {} {}", wrapped(operand(left), binding), sign,
                      wrapped(operand(right), strict ? static_cast<Binding>(binding + 1) : binding)),
          binding};
}

// The step's own operation, its named operands by name, the unnamed ones written out.
Text formula(const Node& node) {
  switch (node->operation) {
    case Operation::leaf:
      return {significant(node->value, 6), atom};
    case Operation::add:
      return binary(node, "+", sum);
    case Operation::subtract:
      return binary(node, "-", sum);
    case Operation::multiply:
      return binary(node, "*", product);
    case Operation::divide:
      return binary(node, "/", product);
    case Operation::negate:
      return {"-" + wrapped(operand(node->operands[0]), unary), unary};
    case Operation::exp:
      return call("exp", node);
    case Operation::log:
      return call("log", node);
    case Operation::sqrt:
      return call("sqrt", node);
    case Operation::rise:
      return {"1 - exp(-" + wrapped(operand(node->operands[0]), unary) + ")", sum};
    case Operation::smaller:
      return call("min", node);
    case Operation::larger:
      return call("max", node);
    case Operation::select: {
      const auto& o = node->operands;
      return {fmt::format("{} if {} < {} else {}", operand(o[2]).text, operand(o[0]).text, operand(o[1]).text,
                          operand(o[3]).text),
              weakest};
    }
    case Operation::power_of_two:
      return call("next power of two", node);
    case Operation::function:
      return node->operands.size() == 1 ? operand(node->operands[0]) : call("count", node);
  }
  return {};
}

// The nearest named steps below a node, in the order of the formula, each once.
void named_below(const Node& node, std::vector<Node>& out) {
  if (is_nothing(node)) return;
  for (const auto& o : node->operands) {
    if (o->name.empty()) {
      named_below(o, out);
    } else if (std::ranges::none_of(out, [&](const Node& n) { return n == o || n->name == o->name; })) {
      out.push_back(o);
    }
  }
}

std::string line_of(const TraceNode& node) {
  std::string line = fmt::format("{} = {}", node.name, print_quantity(node.value, node.dimension, 4));
  if (node.low != node.high) {
    line += fmt::format("  ({} .. {})", print_quantity(node.low, node.dimension, 3),
                        print_quantity(node.high, node.dimension, 3));
  }
  if (node.estimate) line += "  estimate";
  return line;
}

void write(const Node& node, const std::string& indent, int depth, std::set<std::string>& shown,
           std::string& out) {
  out += indent + line_of(*node);
  const bool is_leaf = node->operation == Operation::leaf;
  if (is_leaf && !shown.insert(node->name).second) {
    out += "  (above)\n";
    return;
  }
  if (is_leaf) {
    out += node->source.empty() ? "\n" : fmt::format("\n{}    [{}]\n", indent, node->source);
    return;
  }
  if (!shown.insert(node->name).second) {
    out += "  (above)\n";
    return;
  }
  out += fmt::format("\n{}    = {}\n", indent, formula(node).text);
  if (!node->source.empty()) out += fmt::format("{}    [{}]\n", indent, node->source);
  std::vector<Node> below;
  named_below(node, below);
  if (depth == 1 && !below.empty()) {
    out += fmt::format("{}  ... deeper with --depth\n", indent);
    return;
  }
  for (const auto& o : below) write(o, indent + "  ", depth - 1, shown, out);
}

Json tree(const Node& node, std::set<std::string>& shown) {
  Json out = {{"name", node->name},
              {"value", node->value},
              {"unit", si_unit(node->dimension)},
              {"text", print_quantity(node->value, node->dimension, 4)}};
  if (!node->source.empty()) out["source"] = node->source;
  if (node->low != node->high) out["low"] = node->low, out["high"] = node->high;
  if (node->operation == Operation::leaf) {
    out["estimate"] = node->estimate;
    return out;
  }
  out["formula"] = formula(node).text;
  if (!shown.insert(node->name).second) return out;
  std::vector<Node> below;
  named_below(node, below);
  out["from"] = Json::array();
  for (const auto& o : below) out["from"].push_back(tree(o, shown));
  return out;
}

}  // namespace

std::string explain_text(const Trace& figure, int depth) {
  std::set<std::string> shown;
  std::string out;
  write(figure.node(), "", depth, shown, out);
  return out;
}

std::string explain_json(const Trace& figure) {
  std::set<std::string> shown;
  return json_text(tree(figure.node(), shown));
}

}  // namespace marquetry::report
