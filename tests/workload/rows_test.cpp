// Rows of the library as operators, and lists of operators over dies.
#include "workload/rows.h"

#include <catch2/catch.hpp>

#include "support/project.h"
#include "workload/models.h"

namespace marquetry::workload {
namespace {

WorkloadModel list_of(std::vector<OperatorRow> operators) {
  WorkloadModel row;
  row.name = "a list";
  row.kind = "operators";
  row.operators = std::move(operators);
  return row;
}

double bytes_sent(const Graph& graph) {
  double sum = 0;
  for (const auto& layer : graph.layers) {
    for (const auto& operation : layer.operations) {
      if (const auto* exchange = std::get_if<Exchange>(&operation.work))
        sum += operation.count * exchange->bytes;
    }
  }
  return sum;
}

TEST_CASE("every transformer of the library has the parameters of its row") {
  const auto library = test::project_library();
  for (const auto& row : library.workloads) {
    if (row.kind != "transformer" || row.parameters.typ <= 0) continue;
    INFO(row.id);
    CHECK(parameters(transformer_of(row)) / row.parameters.typ == Approx(1).epsilon(0.01));
  }
}

TEST_CASE("every workload of the library is a list of operators that take some time on any number of dies") {
  const auto library = test::project_library();
  const auto machine = test::round_machine();
  for (const auto& row : library.workloads) {
    for (const double members : {1.0, 4.0, 16.0}) {
      INFO(row.id << " on " << members);
      const auto graph = row.kind == "transformer"
                             ? transformer(transformer_of(row), {.batch = 1, .context = 512, .queries = 512},
                                           {.tensor = members})
                             : items_of(row, {.items = 8, .members = members});
      const auto out = cost(machine, graph);
      CHECK(out.sum.total > 0);
      CHECK(std::isfinite(out.sum.total));
      CHECK(graph.needed > 0);
    }
  }
}

TEST_CASE("items are dealt to dies first, and nothing is exchanged; then one item is split") {
  // op = matmul: m, n, k, batch, kept
  const auto row = list_of({{.op = "matmul", .sizes = {10, 64, 32, 1, 1}}});
  const auto many = items_of(row, {.items = 8, .members = 4});
  CHECK(bytes_sent(many) == 0);
  const auto& product = std::get<operators::Matmul>(many.layers[0].operations[0].work);
  CHECK(product.m == 20);  // two items a die, as rows of one product
  CHECK(product.n == 64);
  const auto one = items_of(row, {.items = 1, .members = 4});
  const auto& share = std::get<operators::Matmul>(one.layers[0].operations[0].work);
  CHECK(share.m == 10);
  CHECK(share.n == 16);
  CHECK(bytes_sent(one) == 10 * 32 * 2);  // all of them need the left operand
}

TEST_CASE("tables lie spread over the dies: what is looked up is sent to who asked") {
  // op = embedding: rows, width, lookups, pooled
  const auto row = list_of({{.op = "embedding", .sizes = {1e6, 128, 26, 1}}});
  CHECK(bytes_sent(items_of(row, {.items = 100, .members = 1})) == 0);
  CHECK(bytes_sent(items_of(row, {.items = 100, .members = 4})) == Approx(25 * 26 * 128 * 2));
  const double one = items_of(row, {.items = 1, .members = 1}).needed;
  CHECK(items_of(row, {.items = 1, .members = 4}).needed < 0.3 * one);
}

TEST_CASE("a split keeps the work: dies together do what one does alone") {
  const auto machine = test::round_machine();
  const auto row = list_of({{.op = "matmul", .count = 3, .sizes = {10, 64, 32, 1, 1}},
                            {.op = "convolution", .sizes = {64, 128, 56, 56, 3, 1, 1, 1}},
                            {.op = "spmv", .sizes = {1000, 27000}},
                            {.op = "fft", .sizes = {1024, 16}}});
  const double alone = cost(machine, items_of(row, {.items = 8, .members = 1})).sum.flop;
  for (const double members : {2.0, 8.0, 16.0}) {
    CHECK(members * cost(machine, items_of(row, {.items = 8, .members = members})).sum.flop == Approx(alone));
  }
}

TEST_CASE("training does three times the products of a prompt, and reduces its gradients") {
  const auto machine = test::round_machine();
  const auto model = test::gpt_3();
  const Split split{.tensor = 4, .data = 2};
  const Pass prompt{.batch = 4, .context = 2048, .queries = 2048};
  auto training = prompt;
  training.phase = Phase::train;
  const auto products = [&](const Pass& pass, bool with_head) {
    double flop = 0;
    for (const auto& layer : transformer(model, pass, split).layers) {
      if (layer.name == "head" && !with_head) continue;
      for (const auto& operation : layer.operations) {
        if (kind_of(operation) == Kind::matmul)
          flop += layer.count * operation.count * cost(machine, operation).flop;
      }
    }
    return flop;
  };
  CHECK(products(training, false) == Approx(3 * products(prompt, false)));
  // 6 P a token, the embedding's look-up aside.
  const double read = parameters(model) - model.vocabulary * model.width;
  CHECK(8 * products(training, true) == Approx(6 * read * 4 * 2048));
  training.recompute = Recompute::all;
  CHECK(products(training, false) == Approx(4 * products(prompt, false)));
  const auto graph = transformer(model, training, split);
  CHECK(graph.layers.back().name == "gradients");
  CHECK(bytes_sent({.layers = {graph.layers.back()}}) == Approx(2 * parameters(model) / 4));
}

}  // namespace
}  // namespace marquetry::workload
