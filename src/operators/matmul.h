// Products of matrices: one, a batch of equal ones, and the uneven ones of a mixture of experts.
#pragma once

#include <span>

#include "operators/cost.h"
#include "operators/device.h"

namespace marquetry::operators {

// batch times [m x k] [k x n]; k x n are the weights.
struct Matmul {
  double m{}, n{}, k{};
  double batch{1};
  Format format{Format::fp16};   // of the inputs and outputs, and of the arithmetic
  Format weights{Format::fp16};  // as they are stored
  Sparsity sparsity{Sparsity::dense};
};

// Zero rows cost nothing, not even a launch. A device without a format that holds the numbers costs infinity.
Cost matmul(const Device& device, const Matmul& product);

// Cycles of one systolic array whose outputs stay in place, as SCALE-Sim counts them (Samajdar et al., arXiv
// 1811.02883, 2018, section II): every tile of rows x columns outputs takes k + rows + columns - 2.
double systolic_cycles(double m, double n, double k, double rows, double columns);

// Experts of one layer in one kernel: expert i multiplies tokens[i] rows by its own [k x n]. Those without
// tokens are not read.
struct GroupedMatmul {
  std::span<const double> tokens{};
  double n{}, k{};
  Format format{Format::fp16}, weights{Format::fp16};
  Sparsity sparsity{Sparsity::dense};
};
Cost grouped_matmul(const Device& device, const GroupedMatmul& product);

// How many of `experts` are called at least once where each of `tokens` calls `active` of them at random.
double touched_experts(double experts, double active, double tokens);

}  // namespace marquetry::operators
