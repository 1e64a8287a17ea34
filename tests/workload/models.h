// Published configurations, and a machine of round numbers.
#pragma once

#include "workload/transformer.h"

namespace marquetry::test {

inline workload::Transformer llama(double layers, double width, double heads, double kv_heads, double hidden,
                                   double vocabulary) {
  return {.layers = layers,
          .width = width,
          .heads = heads,
          .kv_heads = kv_heads,
          .head_width = 128,
          .feed_forward = hidden,
          .is_gated = true,
          .vocabulary = vocabulary,
          .norm = workload::Norm::rms,
          .activation = operators::Activation::silu};
}

inline workload::Transformer llama_3_70b() { return llama(80, 8192, 64, 8, 28672, 128256); }

inline workload::Transformer gpt_3() {
  return {.layers = 96,
          .width = 12288,
          .heads = 96,
          .kv_heads = 96,
          .head_width = 128,
          .feed_forward = 49152,
          .vocabulary = 50257};
}

inline workload::Transformer mixtral() {
  auto out = llama(32, 4096, 32, 8, 14336, 32000);
  out.experts = 8;
  out.active_experts = 2;
  out.expert_width = 14336;
  return out;
}

// DeepSeek-AI, arXiv 2412.19437, 2024, section 4.2.
inline workload::Transformer deepseek_v3() {
  auto out = llama(61, 7168, 128, 128, 18432, 129280);
  out.experts = 256;
  out.active_experts = 8;
  out.shared_experts = 1;
  out.expert_width = 2048;
  out.dense_layers = 3;
  out.kv_rank = 512;
  out.query_rank = 1536;
  out.rotary_width = 64;
  return out;
}

// 100 cores of four 16 x 16 arrays at 1 GHz: 204.8 TFLOP/s; 1 TB/s; dies that reduce over a ring.
inline workload::Machine round_machine() {
  workload::Machine m;
  m.die = {.clock = 1e9,
           .cores = 100,
           .arrays = 4,
           .rows = 16,
           .columns = 16,
           .vector_flop = 512,
           .exp_flop = 30,
           .sram = 200e3,
           .cache = 40e6,
           .cache_rate = 5000,
           .memory_rate = 1e12,
           .capacity = 80e9};
  m.die.macs[operators::index(operators::Format::fp16)] = 1;
  m.dies = 4;
  m.inside = {.joined = operators::Joined::ring, .bandwidth = 500e9, .latency = 50e-9};
  m.outside = {.joined = operators::Joined::switched, .bandwidth = 300e9, .latency = 1e-6, .launch = 8e-6};
  return m;
}

}  // namespace marquetry::test
