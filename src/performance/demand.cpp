// Transformer: Pope et al., "Efficiently Scaling Transformer Inference", MLSys 2023, with grouped KV heads;
// the causal half of the attention of a fresh prompt is counted as half. Sizes: library/model_sizes.h.
#include "performance/demand.h"

namespace marquetry::performance {
namespace {

// Activations have 16 bits at least.
template <Number Real>
Data<Real> activation(const Workload<Real>& w) {
  return larger(w.word, Data<Real>(16.0 * unit::bit));
}

template <Number Real>
Real active_experts(const Workload<Real>& w) {
  return w.active_experts ? *w.active_experts : w.model.active_experts;
}

// Everything but attention and the cache: what follows from the model and from how many tokens come together.
template <Number Real>
Demand<Real> products(const Workload<Real>& w, const Real& tokens) {
  const auto& m = w.model;
  const auto& sizes = m.sizes;
  Demand<Real> out;
  out.has_experts = representative(m.experts) > 0;  // over intervals: it may have
  Real multiplied = sizes.shared_weights;
  out.weights_read = named("shared weights", sizes.shared_weights * w.weight);
  out.weights = named("weights", (sizes.shared_weights + sizes.looked_up) * w.weight);
  if (out.has_experts) {
    using std::log;
    const Real active = active_experts(w);
    const Real share = smaller(active / larger(m.experts, Real(1.0)), Real(1.0));
    multiplied = multiplied + active * sizes.expert_weights;
    out.experts = named("experts", m.experts * sizes.expert_weights * w.weight);
    out.chosen = -log(1.0 - share);
    out.all_to_alls = 2.0 * m.layers;  // to the experts and back
    out.all_to_all = tokens * active * m.width * activation(w);
  }
  out.matrix = named("operations a pass in matrix products", 2.0 * multiplied * tokens);
  out.is_split = true;
  out.word = w.word;
  out.all_reduces = 2.0 * m.layers;
  out.all_reduce = tokens * m.width * activation(w);
  out.boundary = out.all_reduce;
  out.cache_ways = select_less(Real(0.5), m.latent, Real(1.0), m.kv_heads);
  out.layers = m.layers;
  out.tokens = tokens;
  out.items = tokens;
  return out;
}

// Kept for so many tokens of context, of all sequences.
template <Number Real>
Data<Real> cache(const Workload<Real>& w, const Real& tokens) {
  return named("KV cache", w.model.sizes.cache_words * tokens * w.cache_share * w.cache_word);
}

// By each token of a prompt, on average: with a causal mask the half that came before it.
template <Number Real>
Real seen_of_prompt(const Workload<Real>& w) {
  return w.context - w.model.causal * ((w.context - 1.0) / 2.0);
}

// A training step after Narayanan et al., SC 2021, section 5.1 and appendix: backwards costs twice the way
// forwards, and recomputing that once more, or only the attention's (Korthikanti et al., MLSys 2023, whose
// table 2 gives the activations kept: so many bytes for each token and element of the width).
// The state of Adam: Rajbhandari et al., "ZeRO", SC 2020, section 3.1.
template <Number Real>
Demand<Real> training_step(const Workload<Real>& w) {
  const auto& m = w.model;
  const Real tokens = w.batch * w.context;
  Demand<Real> out = products(w, tokens);
  const Real again = w.recompute_all;
  const Real scores = w.recompute_all + w.recompute_some;
  out.attention = named("operations a step in attention",
                        m.sizes.prompt_attention * (tokens * seen_of_prompt(w)) * (3.0 + scores));
  out.matrix = out.matrix * (3.0 + again);
  out.is_training = true;
  const Data<Real> word = activation(w);
  const Real kept = m.sizes.shared_weights + m.sizes.looked_up + m.experts * m.sizes.expert_weights;
  out.gradients = named("gradients", kept * word);
  out.optimiser = named("state of the optimiser", kept * Data<Real>(12.0 * unit::B));
  const Real bytes =
      34.0 - 32.0 * again +
      (1.0 - smaller(scores, Real(1.0))) * (5.0 * m.heads * w.context / larger(m.width, Real(1.0)));
  out.activations = named("activations kept", m.layers * tokens * m.width * (0.5 * bytes) * word);
  // Normalisation twice, an activation over four times the width and two residual sums: 18 words read or
  // written for each token and element, backwards twice that.
  out.between = m.layers * tokens * m.width * (18.0 * (3.0 + again)) * word;
  out.all_reduces = m.layers * (4.0 + 2.0 * again);
  out.all_to_alls = out.all_to_alls * (2.0 + again);
  out.weights_read = out.weights_read * (3.0 + again);
  out.boundary = 2.0 * out.boundary;
  out.layers = m.layers * (3.0 + again);
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
  out.word = w.word;
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
  out.other = w.model.vector_operations * w.batch;
  out.activations_moved = w.model.words * w.batch * w.word;
  out.weights_read = w.model.weights * w.word;
  out.activations = out.activations_moved;
  out.weights = out.weights_read + w.model.tables * w.word;
  // A layer of a transformer, whose overhead is known, is about ten operators.
  out.layers = larger(w.model.steps / 10.0, Real(1.0));
  out.items = counts_operations ? out.matrix : w.batch;
  return out;
}

}  // namespace

template <Number Real>
Demand<Real> prompt_pass(const Workload<Real>& w, const Real& sequences) {
  const Real tokens = sequences * w.context;
  Demand<Real> out = products(w, tokens);
  out.attention =
      named("operations a pass in attention", w.model.sizes.prompt_attention * (tokens * seen_of_prompt(w)));
  out.cache = cache(w, tokens);
  out.cache_read = out.cache;
  return out;
}

template <Number Real>
Demand<Real> token_pass(const Workload<Real>& w, const Real& sequences, const Real& seen) {
  Demand<Real> out = products(w, sequences);
  const Real pairs = sequences * seen;
  out.attention = named("operations a pass in attention", w.model.sizes.step_attention * pairs);
  out.cache = cache(w, pairs);
  out.cache_read = out.cache;
  out.is_cyclic = true;
  return out;
}

template <Number Real>
Demand<Real> demand(const Workload<Real>& w) {
  switch (w.kind) {
    case WorkloadKind::prefill:
    case WorkloadKind::serve:
      return prompt_pass(w, w.batch);
    case WorkloadKind::decode:
      return token_pass(w, w.batch, w.context);
    case WorkloadKind::train:
      return training_step(w);
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

#define INSTANTIATE(Real)                                                \
  template Demand<Real> demand(const Workload<Real>&);                   \
  template Demand<Real> prompt_pass(const Workload<Real>&, const Real&); \
  template Demand<Real> token_pass(const Workload<Real>&, const Real&, const Real&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::performance
