// What is run: a transformer, a matrix product, a list of operators, an image network, a memory-bound kernel.
// Sizes only; batch, context and precision belong to the design that runs it.
#pragma once

#include "library/model_sizes.h"
#include "library/operator_row.h"
#include "library/row.h"

namespace marquetry {

struct WorkloadModel : Row {
  static constexpr std::string_view category = "workloads", singular = "workload";
  std::string kind{};
  SourcedCount layers{}, width{}, heads{}, kv_heads{}, head_width{}, feed_forward{}, feed_forward_matrices{},
      vocabulary{};
  SourcedCount experts{}, active_experts{}, shared_experts{}, expert_width{}, dense_layers{};
  SourcedCount query_rank{}, latent_rank{}, rope_width{};
  SourcedCount positions{}, layer_vectors{};
  bool tied{}, encoder{};
  SourcedCount parameters{};  // as published; checked against the formula
  SourcedCount m{}, n{}, k{};
  SourcedCount operations{};
  SourcedCount words{}, weights{};
  std::vector<OperatorRow> operators{};
  std::string item{};
};

// The shape over a number type; `number(sourced)` makes its numbers.
template <class Real, class Lift>
TransformerShape<Real> shape_of(const WorkloadModel& w, const Lift& number) {
  TransformerShape<Real> out;
  TransformerShape<Real>::each_field([&](auto& field, const auto& member) { field = number(member); }, out,
                                     w);
  out.is_sparse = w.experts.typ > 0;
  out.is_latent = w.latent_rank.typ > 0;
  out.squeezes_query = w.query_rank.typ > 0;
  out.is_tied = w.tied;
  return out;
}

inline TransformerShape<double> shape_of(const WorkloadModel& w) {
  return shape_of<double>(w, [](const SourcedCount& count) { return count.typ; });
}

// Kinds: transformer (layers ... parameters), matrix-product (m, n, k), operators (a list of them, for one
// item), stream (operations and words an item, nothing kept), network (operations and words an item, weights
// kept).
template <class Visitor>
void describe(WorkloadModel& w, Visitor& v) {
  describe_row(w, v);
  v.choice("kind", w.kind, {"transformer", "matrix-product", "operators", "stream", "network"});
  v.number_if("layers", w.layers, "transformer layers");
  v.number_if("width", w.width, "d_model");
  v.number_if("heads", w.heads, "attention heads");
  v.number_if("kv_heads", w.kv_heads, "key-value heads");
  v.number_if("head_width", w.head_width, "elements of one head");
  v.number_if("feed_forward", w.feed_forward, "d_ff");
  v.number_if("feed_forward_matrices", w.feed_forward_matrices, "3 gated, 2 plain");
  v.number_if("vocabulary", w.vocabulary, "tokens");
  v.number_if("experts", w.experts, "experts of a layer, among which each token chooses");
  v.number_if("active_experts", w.active_experts, "that one token chooses");
  v.number_if("shared_experts", w.shared_experts, "experts that every token takes besides");
  v.number_if("expert_width", w.expert_width, "d_ff of one expert");
  v.number_if("dense_layers", w.dense_layers, "layers with d_ff in place of experts");
  v.number_if("query_rank", w.query_rank, "latent of the queries");
  v.number_if("latent_rank", w.latent_rank, "latent of keys and values, one for all heads");
  v.number_if("rope_width", w.rope_width, "rotary part of a key, one for all heads");
  v.number_if("positions", w.positions, "learned positions");
  v.number_if("layer_vectors", w.layer_vectors, "vectors of d_model that a layer keeps: norms and biases");
  v.flag("tied", w.tied);
  v.flag("encoder", w.encoder);
  v.number_if("parameters", w.parameters, "as published");
  v.number_if("m", w.m, "rows of the product");
  v.number_if("n", w.n, "columns of the product");
  v.number_if("k", w.k, "inner size");
  v.operators("operators", w.operators);
  v.text_if("item", w.item);
  v.number_if("operations", w.operations, "operations an item (a multiply-accumulate is two)");
  v.number_if("words", w.words, "words moved to or from memory an item");
  v.number_if("weights", w.weights, "words kept in memory");
}

}  // namespace marquetry
