// One operator of a workload that is given operator by operator: its sizes for one item, and what they ask
// for.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "config/node.h"

namespace marquetry {

// A size of a kind of operator. `fallback` below 0: it must be given.
struct OperatorSize {
  std::string_view key{}, help{};
  double fallback{-1};
  double least{1};
};

struct OperatorKind {
  std::string_view name{}, help{};
  std::vector<OperatorSize> sizes{};
};
std::span<const OperatorKind> operator_kinds();

struct OperatorRow {
  std::string op{};
  double count{1};              // how often it is done an item
  std::vector<double> sizes{};  // in the order of its kind

  double size(std::string_view key) const;  // of those that its kind has
};

// What an item asks for, in operations and words.
struct OperatorSums {
  double operations{};         // of multiplications of matrices, or of a kernel
  double vector_operations{};  // between them
  double words{};              // activations and other operands that come and go with the item
  double weights{};            // read once for all items of a batch
  double tables{};             // kept, of which an item reads little: that is among its words
  double steps{};              // operators
};
OperatorSums sums(const OperatorRow& row);
OperatorSums sums(std::span<const OperatorRow> rows);

// { op = "matmul", m = 1, n = 1000, k = 2048, count = 1 }
OperatorRow read_operator(const Node& table, Diagnostics& diagnostics);

}  // namespace marquetry
