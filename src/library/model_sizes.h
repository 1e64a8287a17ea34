// What a transformer keeps and multiplies, by formula from its shape; dense or mixture of experts, with
// grouped KV heads or one latent for all heads. Over any number type; `S` has the shape's members.
//
// Per layer: Pope et al., MLSys 2023, section 2; experts: Shazeer et al., ICLR 2017; latent attention:
// DeepSeek-V2, arXiv 2405.04434, 2024, section 2.1.
#pragma once

namespace marquetry {

// The sizes of one transformer. What it does not have is 0.
template <class Real>
struct TransformerShape {
  Real layers{}, width{}, heads{}, kv_heads{}, head_width{}, feed_forward{}, feed_forward_matrices{},
      vocabulary{};
  Real experts{}, active_experts{}, shared_experts{}, expert_width{}, dense_layers{};
  Real query_rank{}, latent_rank{}, rope_width{};
  Real positions{}, layer_vectors{};
  bool is_sparse{};       // it has experts
  bool is_latent{};       // keys and values are one latent
  bool squeezes_query{};  // queries come from a latent too
  bool is_tied{};         // one embedding serves input and output

  template <class F, class... S>
  static void each_field(F&& f, S&... s) {
    f(s.layers...), f(s.width...), f(s.heads...), f(s.kv_heads...), f(s.head_width...), f(s.feed_forward...),
        f(s.feed_forward_matrices...), f(s.vocabulary...), f(s.experts...), f(s.active_experts...),
        f(s.shared_experts...), f(s.expert_width...), f(s.dense_layers...), f(s.query_rank...),
        f(s.latent_rank...), f(s.rope_width...), f(s.positions...), f(s.layer_vectors...);
  }
};

// In words, and operations (a multiply-accumulate is two).
template <class Real>
struct ModelSizes {
  Real shared_weights{};    // multiplied by every token: all but the experts among which it chooses
  Real expert_weights{};    // of one of those, in all layers together
  Real looked_up{};         // kept, but not multiplied: input embedding, positions, norms and biases
  Real cache_words{};       // kept of each token of the context, in all layers
  Real attention_width{};   // heads x head_width
  Real prompt_attention{};  // operations for each pair of a new token and one that it sees, in a prompt
  Real step_attention{};    // the same while tokens are generated: a latent is not expanded then
};

template <class Real>
ModelSizes<Real> model_sizes(const TransformerShape<Real>& s) {
  ModelSizes<Real> out;
  const Real attention_width = s.heads * s.head_width;
  const Real feed_forward = s.feed_forward_matrices * (s.width * s.feed_forward);
  Real attention = s.width * attention_width;  // the output's
  if (s.is_latent) {
    const Real query_width = s.heads * (s.head_width + s.rope_width);
    attention = attention + (s.squeezes_query ? Real(s.query_rank * (s.width + query_width))
                                              : Real(s.width * query_width));
    attention =
        attention + s.width * (s.latent_rank + s.rope_width) + 2.0 * (s.latent_rank * attention_width);
    out.cache_words = s.layers * (s.latent_rank + s.rope_width);
    out.prompt_attention = 2.0 * (s.layers * (s.heads * (2.0 * s.head_width + s.rope_width)));
    out.step_attention = 2.0 * (s.layers * (s.heads * (2.0 * s.latent_rank + s.rope_width)));
  } else {
    const Real kv_width = s.kv_heads * s.head_width;
    attention = s.width * (2.0 * attention_width + 2.0 * kv_width);
    out.cache_words = 2.0 * (s.layers * kv_width);
    out.prompt_attention = out.step_attention = 4.0 * (s.layers * attention_width);
  }
  if (s.is_sparse) {
    const Real routed = s.layers - s.dense_layers;
    const Real expert = s.feed_forward_matrices * (s.width * s.expert_width);
    out.expert_weights = routed * expert;
    out.shared_weights = s.layers * attention + s.dense_layers * feed_forward +
                         routed * (s.shared_experts * expert + s.width * s.experts);
  } else {
    out.shared_weights = s.layers * (attention + feed_forward);
  }
  out.shared_weights = out.shared_weights + s.vocabulary * s.width;
  const Real rows = s.is_tied ? s.positions : Real(s.positions + s.vocabulary);
  out.looked_up = s.width * (rows + s.layers * s.layer_vectors);
  out.attention_width = attention_width;
  return out;
}

// All that is kept of the model.
template <class Real>
Real parameters_of(const TransformerShape<Real>& s, const ModelSizes<Real>& sizes) {
  return sizes.shared_weights + s.experts * sizes.expert_weights + sizes.looked_up;
}

// What one token is multiplied by.
template <class Real>
Real active_weights_of(const TransformerShape<Real>& s, const ModelSizes<Real>& sizes) {
  return sizes.shared_weights + s.active_experts * sizes.expert_weights;
}

}  // namespace marquetry
