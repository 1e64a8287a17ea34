// Operators of the vector units, bound by memory more often than not: softmax, norms, activations, streams,
// gathers, transforms.
#pragma once

#include "operators/cost.h"
#include "operators/device.h"

namespace marquetry::operators {

// Along the second dimension.
struct Rows {
  double rows{}, columns{};
  Format format{Format::fp16};
};
Cost softmax(const Device& device, const Rows& tensor);
Cost layer_norm(const Device& device, const Rows& tensor);
Cost rms_norm(const Device& device, const Rows& tensor);

enum class Activation { gelu, silu, relu };
struct Elements {
  double count{};
  Format format{Format::fp16};
};
Cost activation(const Device& device, Activation function, const Elements& tensor);

// Anything that reads and writes each of its bytes once: sums, copies, stencils, sparse products.
struct Stream {
  double bytes{}, flop{};
};
Cost stream(const Device& device, const Stream& stream);

// `rows` of `width` from a table in memory: embedding tables. Rows shorter than a memory access fetch all of
// it.
struct Gather {
  double rows{}, width{};
  double pooled{1};  // rows that are added up into one that is written
  Format format{Format::fp16};
};
Cost gather(const Device& device, const Gather& lookup);

// `batch` complex Fourier transforms of `points`: 5 n log2 n FLOP (Cooley and Tukey as FFTW counts it: Frigo
// and Johnson, Proc. IEEE 93(2), 2005, section V). What does not fit the cores' memory passes through memory
// more often.
struct Transform {
  double points{}, batch{1};
  Format format{Format::fp32};
};
Cost transform(const Device& device, const Transform& transform);

}  // namespace marquetry::operators
