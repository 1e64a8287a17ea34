// Transformer: Pope et al., "Efficiently Scaling Transformer Inference", MLSys 2023, with grouped KV heads;
// the causal half of the attention of a fresh prompt is counted as half.
#include "performance/demand.h"

namespace marquetry::performance {
namespace {

// q new tokens of each of B sequences; each sees ctx tokens, the new ones included.
template <Number Real>
Demand<Real> transformer(const Workload<Real>& w, const Real& q) {
  const auto& m = w.model;
  const Real attention_width = m.heads * m.head_width;
  const Real kv_width = m.kv_heads * m.head_width;
  const Real layer = m.width * (2.0 * attention_width + 2.0 * kv_width) +
                     m.feed_forward_matrices * (m.width * m.feed_forward);
  const Real weights = named("weights", m.layers * layer + m.vocabulary * m.width);
  const Real tokens = w.batch * q;
  const Real seen = w.context - (q - 1.0) / 2.0;  // on average, by each new token
  const Real kv_words = named("KV cache words", 2.0 * m.layers * (kv_width * (w.batch * w.context)));
  Demand<Real> out;
  out.matrix = named("operations a pass in matrix products", 2.0 * weights * tokens);
  out.attention = named("operations a pass in attention", 4.0 * m.layers * attention_width * (tokens * seen));
  out.weights = named("weights", weights * w.word);
  out.cache = named("KV cache", kv_words * w.word);
  out.weights_read = out.weights;
  out.cache_read = out.cache;
  out.is_split = true;
  out.all_reduces = 2.0 * m.layers;
  out.all_reduce = tokens * m.width * larger(w.word, Data<Real>(16.0 * unit::bit));  // activations
  out.layers = m.layers;
  out.items = tokens;
  return out;
}

template <Number Real>
Demand<Real> matrix_product(const Workload<Real>& w) {
  const auto& [m, n, k] = std::tie(w.model.m, w.model.n, w.model.k);
  const Real words = m * k + k * n + m * n;
  Demand<Real> out;
  out.matrix = 2.0 * w.batch * (m * n * k);
  out.activations_moved = w.batch * words * w.word;
  out.activations = out.activations_moved;
  out.is_split = true;
  out.all_reduces = Real(1.0);
  out.all_reduce = w.batch * (m * n) * w.word;
  out.layers = Real(1.0);
  out.items = out.matrix;
  return out;
}

// Items are independent: no collectives.
template <Number Real>
Demand<Real> independent_items(const Workload<Real>& w, bool counts_operations) {
  Demand<Real> out;
  out.matrix = w.model.operations * w.batch;
  out.activations_moved = w.model.words * w.batch * w.word;
  out.weights_read = w.model.weights * w.word;
  out.activations = out.activations_moved;
  out.weights = out.weights_read;
  out.layers = Real(1.0);
  out.items = counts_operations ? out.matrix : w.batch;
  return out;
}

}  // namespace

template <Number Real>
Demand<Real> demand(const Workload<Real>& w) {
  switch (w.kind) {
    case WorkloadKind::prefill:
      return transformer(w, w.context);
    case WorkloadKind::train:
      return transformer(w, w.context);
    case WorkloadKind::decode:
    case WorkloadKind::serve:
      return transformer(w, Real(1.0));
    case WorkloadKind::matrix_product:
      return matrix_product(w);
    case WorkloadKind::stream:
      return independent_items(w, true);
    case WorkloadKind::network:
    case WorkloadKind::operators:
      return independent_items(w, false);
  }
  return {};
}

std::string_view unit_of(WorkloadKind kind) {
  switch (kind) {
    case WorkloadKind::prefill:
    case WorkloadKind::decode:
    case WorkloadKind::serve:
    case WorkloadKind::train:
      return "token/s";
    case WorkloadKind::network:
      return "image/s";
    case WorkloadKind::operators:
      return "item/s";
    default:
      return "TFLOP/s";
  }
}

double items_per_unit(WorkloadKind kind) {
  return kind == WorkloadKind::matrix_product || kind == WorkloadKind::stream ? 1e12 : 1;
}

#define INSTANTIATE(Real) template Demand<Real> demand(const Workload<Real>&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::performance
