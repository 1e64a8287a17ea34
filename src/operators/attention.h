// Attention: every query of a sequence against the keys and values of its context.
#pragma once

#include "operators/cost.h"
#include "operators/device.h"

namespace marquetry::operators {

enum class Mask { causal, full };
// fused: scores stay on the chip (Dao et al., FlashAttention, NeurIPS 2022). unfused: they go to memory, to a
// softmax and back.
enum class Fusion { fused, unfused };

struct Attention {
  double sequences{1};
  double queries{1};  // new tokens a sequence
  double context{};   // tokens a sequence, the new ones counted
  double heads{}, kv_heads{};
  double head_width{};   // of queries and keys
  double value_width{};  // 0: as head_width
  Mask mask{Mask::causal};
  Fusion fusion{Fusion::fused};
  Format format{Format::fp16};
  Format cache{Format::fp16};  // of keys and values in memory
};

Cost attention(const Device& device, const Attention& attention);

// Multi-head latent attention (DeepSeek-V2, arXiv 2405.04434, 2024, section 2.1): one latent of `rank` and a
// rotary key of `rotary` elements a token serve all heads. Absorbed: the queries are projected into the
// latent (decoding). Otherwise keys and values of head_width are made from it first (prompts); that product
// is counted.
enum class Latent { absorbed, expanded };
struct LatentAttention {
  double sequences{1}, queries{1}, context{};
  double heads{};
  double rank{}, rotary{};
  double head_width{};  // of a key without its rotary part, and of a value
  Latent latent{Latent::absorbed};
  Mask mask{Mask::causal};
  Format format{Format::fp16}, cache{Format::fp16};
};
Cost latent_attention(const Device& device, const LatentAttention& attention);

// Pairs of a query and a token that it sees, of one sequence: (context - (queries - 1) / 2) queries with a
// mask.
double seen_pairs(double queries, double context, Mask mask);

}  // namespace marquetry::operators
