// Transformers as operators: dense or with experts, with grouped, multi-head or latent attention, decoders
// and encoders; split over dies by tensor, pipeline, data and expert.
#pragma once

#include "workload/graph.h"

namespace marquetry::workload {

enum class Norm { layer, rms };

// As published in a model's configuration. Experts: 0 in a dense model. Latents: 0 with ordinary keys and
// values.
struct Transformer {
  double layers{}, width{}, heads{}, kv_heads{}, head_width{}, feed_forward{};
  bool is_gated{};  // three matrices a feed-forward block; else two
  double vocabulary{};
  Norm norm{Norm::layer};
  operators::Activation activation{operators::Activation::gelu};
  bool is_encoder{};  // every token sees all; nothing is generated
  bool is_tied{};     // one embedding serves both ends

  double experts{}, active_experts{}, shared_experts{}, expert_width{};
  double dense_layers{};  // of the layers, those without experts

  double kv_rank{}, query_rank{}, rotary_width{};  // Multi-head latent attention
};

// Devices of a group: tensor * pipeline * data. Experts lie on `expert` of the tensor * data dies of a stage.
struct Split {
  double tensor{1}, pipeline{1}, data{1}, expert{1};
  double members() const { return tensor * pipeline * data; }
};

// A training pass is a prompt whose every token is predicted, and the way back.
enum class Phase { prefill, decode, train };

// Of a training pass: what is computed again on the way back.
enum class Recompute { none, attention, all };

struct Pass {
  Phase phase{};
  double batch{1};    // sequences, of the whole group
  double context{};   // tokens a sequence, the new ones counted
  double queries{1};  // new tokens a sequence: all of the context where a prompt is fresh
  operators::Format format{operators::Format::fp16};   // activations and arithmetic
  operators::Format weights{operators::Format::fp16};  // as they are stored
  operators::Format cache{operators::Format::fp16};
  operators::Sparsity sparsity{operators::Sparsity::dense};
  Recompute recompute{};
  operators::Fusion fusion{
      operators::Fusion::fused};  // of attention; unfused kernels also take Q, K, V singly
};

// Of all layers and embeddings, without norms, biases and positions.
double parameters(const Transformer& model);
// Bytes of keys and values, or of latents, that one token keeps in all layers.
double cache_bytes_per_token(const Transformer& model, operators::Format cache);

// The layers of one stage's worth of a pass, each as one die runs it, times those of all stages: with a
// pipeline the stages of one pass run one after the other.
Graph transformer(const Transformer& model, const Pass& pass, const Split& split);

}  // namespace marquetry::workload
