// What is run: a transformer, a matrix product, an image network, a memory-bound kernel. Sizes only; batch,
// context and precision belong to the design that runs it.
#pragma once

#include "library/row.h"

namespace marquetry {

struct WorkloadModel : Row {
  static constexpr std::string_view category = "workloads", singular = "workload";
  std::string kind{};
  SourcedCount layers{}, width{}, heads{}, kv_heads{}, head_width{}, feed_forward{}, feed_forward_matrices{},
      vocabulary{};
  SourcedCount m{}, n{}, k{};
  SourcedCount operations{};
  SourcedCount words{}, weights{};
};

// Kinds: transformer (layers ... vocabulary), matrix-product (m, n, k), stream (operations and words an item,
// nothing kept), network (operations and words an item, weights kept).
template <class Visitor>
void describe(WorkloadModel& w, Visitor& v) {
  describe_row(w, v);
  v.choice("kind", w.kind, {"transformer", "matrix-product", "stream", "network"});
  v.number_if("layers", w.layers, "transformer layers");
  v.number_if("width", w.width, "d_model");
  v.number_if("heads", w.heads, "attention heads");
  v.number_if("kv_heads", w.kv_heads, "key-value heads");
  v.number_if("head_width", w.head_width, "elements of one head");
  v.number_if("feed_forward", w.feed_forward, "d_ff");
  v.number_if("feed_forward_matrices", w.feed_forward_matrices, "3 gated, 2 plain");
  v.number_if("vocabulary", w.vocabulary, "tokens");
  v.number_if("m", w.m, "rows of the product");
  v.number_if("n", w.n, "columns of the product");
  v.number_if("k", w.k, "inner size");
  v.number_if("operations", w.operations, "operations an item (a multiply-accumulate is two)");
  v.number_if("words", w.words, "words moved to or from memory an item");
  v.number_if("weights", w.weights, "words kept in memory");
}

}  // namespace marquetry
