#include "library/operator_row.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "config/reader.h"
#include "units/units.h"

namespace marquetry {
namespace {

constexpr double greatest_size = 1e15;

const std::array kinds{
    OperatorKind{"matmul",
                 "(m x k) x (k x n)",
                 {{"m", "rows an item"},
                  {"n", "columns"},
                  {"k", "inner size"},
                  {"batch", "products of these sizes", 1},
                  {"kept", "1: k x n are weights; 0: both operands come with the item", 1, 0}}},
    OperatorKind{"convolution",
                 "of an image, in two dimensions",
                 {{"channels", "of the input"},
                  {"filters", "channels of the output"},
                  {"height", "of the input"},
                  {"width", "of the input"},
                  {"kernel", "its height and width"},
                  {"stride", "of both dimensions", 1},
                  {"padding", "at each border", 0, 0},
                  {"groups", "of channels", 1}}},
    OperatorKind{"attention",
                 "scores and their products with values",
                 {{"queries", "new tokens"},
                  {"context", "tokens seen"},
                  {"heads", ""},
                  {"kv_heads", ""},
                  {"head_width", ""}}},
    OperatorKind{"softmax", "along the columns", {{"rows", ""}, {"columns", ""}}},
    OperatorKind{"norm", "along the columns", {{"rows", ""}, {"columns", ""}}},
    OperatorKind{"activation", "of each element", {{"elements", ""}}},
    OperatorKind{
        "elementwise", "sums, products, pools", {{"elements", "written"}, {"inputs", "read for each", 1}}},
    OperatorKind{"embedding",
                 "rows of a table",
                 {{"rows", "of the table"},
                  {"width", "elements of one"},
                  {"lookups", "rows read"},
                  {"pooled", "rows added into one that is written", 1}}},
    OperatorKind{
        "stream",
        "a loop over arrays",
        {{"elements", ""}, {"reads", "of each"}, {"writes", "of each", 1}, {"operations", "of each", 0, 0}}},
    OperatorKind{
        "stencil", "of a grid, neighbours cached", {{"points", ""}, {"neighbours", "the point counted"}}},
    OperatorKind{"fft", "complex, out of place", {{"points", "of one"}, {"batch", "of them", 1}}},
    OperatorKind{
        "spmv", "sparse matrix times vector, by rows", {{"rows", ""}, {"nonzeros", "of the matrix"}}},
};

const OperatorKind* find_kind(std::string_view name) {
  const auto kind = std::ranges::find(kinds, name, &OperatorKind::name);
  return kind == kinds.end() ? nullptr : &*kind;
}

// Side of the output of a convolution.
double output(double side, const OperatorRow& row) {
  return std::floor((side + 2 * row.size("padding") - row.size("kernel")) / row.size("stride")) + 1;
}

OperatorSums convolution_sums(const OperatorRow& r) {
  const double kernel = r.size("kernel"), filters = r.size("filters"), channels = r.size("channels");
  const double outputs = output(r.size("height"), r) * output(r.size("width"), r) * filters;
  const double weights = filters * channels / r.size("groups") * kernel * kernel;
  return {.operations = 2 * outputs * weights / filters,
          .words = r.size("height") * r.size("width") * channels + outputs,
          .weights = weights};
}

// Of one of them. Vector operations an element: softmax 7 and three exponentials of about one each, norm 7,
// activation 10 and an exponential (as the operator models count them, docs/operators.md).
OperatorSums sums_of_one(const OperatorRow& r) {
  const auto s = [&r](std::string_view key) { return r.size(key); };
  if (r.op == "matmul") {
    const double left = s("m") * s("k"), right = s("k") * s("n"), out = s("m") * s("n");
    const bool kept = s("kept") > 0;
    return {.operations = 2 * s("batch") * out * s("k"),
            .words = s("batch") * (left + out + (kept ? 0 : right)),
            .weights = kept ? s("batch") * right : 0};
  }
  if (r.op == "convolution") return convolution_sums(r);
  if (r.op == "attention") {
    const double pairs = s("queries") * s("context"), scores = pairs * s("heads");
    return {.operations = 4 * scores * s("head_width"),
            .vector_operations = 10 * scores,
            .words = 2 * s("head_width") * (s("queries") * s("heads") + s("context") * s("kv_heads"))};
  }
  if (r.op == "softmax" || r.op == "norm") {
    const double elements = s("rows") * s("columns");
    return {.vector_operations = (r.op == "norm" ? 7 : 10) * elements, .words = 2 * elements};
  }
  if (r.op == "activation") return {.vector_operations = 11 * s("elements"), .words = 2 * s("elements")};
  if (r.op == "elementwise") {
    return {.vector_operations = s("elements") * s("inputs"), .words = s("elements") * (s("inputs") + 1)};
  }
  if (r.op == "embedding") {
    return {.vector_operations = s("width") * (s("lookups") - s("lookups") / s("pooled")),
            .words = s("width") * (s("lookups") + s("lookups") / s("pooled")),
            .tables = s("rows") * s("width")};
  }
  if (r.op == "stream") {
    return {.operations = s("elements") * s("operations"),
            .words = s("elements") * (s("reads") + s("writes"))};
  }
  if (r.op == "stencil") return {.operations = 2 * s("points") * s("neighbours"), .words = 2 * s("points")};
  if (r.op == "fft") {  // 5 n log2 n: Frigo and Johnson, Proc. IEEE 93(2), 2005, section V
    return {.operations = 5 * s("batch") * s("points") * std::log2(s("points")),
            .words = 4 * s("batch") * s("points")};
  }
  // Value and column index of each entry (a word each), the vectors once.
  return {.operations = 2 * s("nonzeros"), .words = 2 * s("nonzeros") + 2 * s("rows")};
}

void check_divides(const OperatorRow& row, std::string_view part, std::string_view whole,
                   const SourceSpot& where, Diagnostics& diagnostics) {
  if (std::fmod(row.size(whole), row.size(part)) == 0) return;
  diagnostics.error(where,
                    "'" + std::string{part} + "' " + exact(row.size(part)) + " does not divide '" +
                        std::string{whole} + "' " + exact(row.size(whole)),
                    "");
}

void check_convolution(const OperatorRow& row, const SourceSpot& where, Diagnostics& diagnostics) {
  check_divides(row, "groups", "channels", where, diagnostics);
  check_divides(row, "groups", "filters", where, diagnostics);
  const double side = std::min(row.size("height"), row.size("width")) + 2 * row.size("padding");
  if (row.size("kernel") <= side) return;
  diagnostics.error(where,
                    "a kernel of " + exact(row.size("kernel")) + " does not fit in an image of " +
                        exact(side) + ", padding included",
                    "a smaller kernel, or padding = " +
                        exact(std::ceil((row.size("kernel") - side) / 2 + row.size("padding"))));
}

}  // namespace

std::span<const OperatorKind> operator_kinds() { return kinds; }

double OperatorRow::size(std::string_view key) const {
  const auto& known = find_kind(op)->sizes;
  return sizes[static_cast<std::size_t>(std::ranges::find(known, key, &OperatorSize::key) - known.begin())];
}

OperatorSums sums(const OperatorRow& row) {
  OperatorSums out = sums_of_one(row);
  for (double* sum : {&out.operations, &out.vector_operations, &out.words, &out.weights, &out.tables}) {
    *sum *= row.count;
  }
  out.steps = row.count;
  return out;
}

OperatorSums sums(std::span<const OperatorRow> rows) {
  OperatorSums out;
  for (const auto& row : rows) {
    const OperatorSums one = sums(row);
    out.operations += one.operations;
    out.vector_operations += one.vector_operations;
    out.words += one.words;
    out.weights += one.weights;
    out.tables += one.tables;
    out.steps += one.steps;
  }
  return out;
}

OperatorRow read_operator(const Node& table, Diagnostics& diagnostics) {
  OperatorRow row;
  Reader reader{table, "operator", diagnostics};
  const auto* op = reader.find_required("op", "what it does", "\"matmul\"");
  if (op == nullptr) return row;
  const auto name = read_text(*op, "op", diagnostics).value_or("");
  const auto* kind = find_kind(name);
  if (kind == nullptr) {
    std::vector<std::string_view> known;
    for (const auto& one : kinds) known.push_back(one.name);
    if (!name.empty()) {
      diagnostics.error(op->where, "'op': there is no operator '" + name + "'", suggest(name, known));
    }
    return row;
  }
  const auto number = [&](const Node& value, std::string_view key, double least, double& field) {
    const auto read = read_quantity(value, key, dimension::none, diagnostics);
    if (!read) return;
    field = *read;
    std::string wish;
    if (field < least) wish = "at least " + exact(least);
    if (field > greatest_size) wish = "at most " + exact(greatest_size);
    if (field != std::floor(field)) wish = "a whole number";
    if (wish.empty()) return;
    diagnostics.error(value.where,
                      "'" + std::string{key} + "' must be " + wish + ", but it is " + quoted(value));
    field = 1;
  };
  row.op = name;
  for (const auto& size : kind->sizes) {
    const bool must = size.fallback < 0;
    const auto* value = must ? reader.find_required(size.key, size.help, "64") : reader.find(size.key);
    double& field = row.sizes.emplace_back(must ? 1 : size.fallback);
    if (value != nullptr) number(*value, size.key, size.least, field);
  }
  if (const auto* count = reader.find("count")) number(*count, "count", 1, row.count);
  reader.reject_unknown_keys();
  if (row.op == "convolution") check_convolution(row, table.where, diagnostics);
  if (row.op == "attention") {
    check_divides(row, "kv_heads", "heads", table.where, diagnostics);
  }
  return row;
}

}  // namespace marquetry
