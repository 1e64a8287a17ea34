// A small transformer, a machine and constants for tests of passes on paper, over any number type.
#pragma once

#include "performance/roofline.h"

namespace marquetry::test {

constexpr std::size_t format_in_use = operators::index(operators::Format::fp16);

// Four layers of 64, four heads of 16 with two for keys and values, a vocabulary of 1000; 16 bits.
inline Workload<double> small_model(WorkloadKind kind, double batch, double context) {
  TransformerShape<double> shape;
  shape.layers = 4;
  shape.width = 64;
  shape.heads = 4;
  shape.kv_heads = 2;
  shape.head_width = 16;
  shape.feed_forward = 256;
  shape.feed_forward_matrices = 2;
  shape.vocabulary = 1000;
  Workload<double> w{.id = "small", .kind = kind};
  w.model.sizes = model_sizes(shape);
  w.model.layers = 4;
  w.model.width = 64;
  w.model.heads = 4;
  w.model.kv_heads = 2;
  w.batch = batch;
  w.context = context;
  w.may_use[format_in_use] = true;
  w.word = w.weight = w.cache_word = 16 * unit::bit;
  return w;
}

// 1 TFLOP/s, 100 GB/s, 1 GB; 50 GB/s to others.
inline performance::Machine<double> passes_machine() {
  performance::Machine<double> m;
  m.peaks[format_in_use] = 1e12 * unit::Hz;
  m.memory = 100 * unit::GB / unit::s;
  m.capacity = 1 * unit::GB;
  m.joins_packages = true;
  m.between_packages = 50 * unit::GB / unit::s;
  return m;
}

inline EfficiencyParameters<double> passes_efficiency() {
  EfficiencyParameters<double> e;
  e.matrix = 0.5;
  e.attention = 0.25;
  e.memory = 0.8;
  e.network = e.data_network = 0.7;
  e.usable_capacity = 0.9;
  e.layer_overhead = 5 * unit::us;
  e.collective_latency = 10 * unit::us;
  e.sequence_overhead = 2 * unit::us;
  e.request_overhead = 100 * unit::us;
  e.burst = 0.5;
  e.prompt_tokens = 1000;
  return e;
}

// The same over another number type. `open` may leave something open.
template <Number Real, class F>
Workload<Real> lifted(const Workload<double>& w, F open) {
  Workload<Real> out{.id = w.id, .kind = w.kind};
  WorkloadParameters<Real>::each_field(
      [](auto& to, const auto& from) { to = std::decay_t<decltype(to)>(from); }, out.model, w.model);
  out.batch = w.batch;
  out.context = w.context;
  out.output = w.output;
  out.may_use = w.may_use;
  out.word = w.word;
  out.weight = w.weight;
  out.cache_word = w.cache_word;
  out.recompute_all = w.recompute_all;
  out.recompute_some = w.recompute_some;
  open(out);
  return out;
}
template <Number Real>
performance::Machine<Real> lifted(const performance::Machine<double>& m) {
  performance::Machine<Real> out;
  for (std::size_t f = 0; f < m.peaks.size(); ++f) out.peaks[f] = m.peaks[f];
  out.memory = m.memory;
  out.capacity = m.capacity;
  out.dies = m.dies;
  out.between_dies = m.between_dies;
  out.step = m.step;
  out.joins_packages = m.joins_packages;
  out.between_packages = m.between_packages;
  return out;
}
template <Number Real>
EfficiencyParameters<Real> lifted(const EfficiencyParameters<double>& e) {
  EfficiencyParameters<Real> out;
  EfficiencyParameters<Real>::each_field(
      [](auto& to, const auto& from) { to = std::decay_t<decltype(to)>(from); }, out, e);
  return out;
}

}  // namespace marquetry::test
