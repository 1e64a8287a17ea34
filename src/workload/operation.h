// One operator of a layer as a device runs it: its sizes there, and how often.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <variant>

#include "operators/attention.h"
#include "operators/collectives.h"
#include "operators/convolution.h"
#include "operators/matmul.h"
#include "operators/vector.h"
#include "workload/machine.h"

namespace marquetry::workload {

struct Softmax {
  operators::Rows tensor{};
};
struct LayerNorm {
  operators::Rows tensor{};
};
struct RmsNorm {
  operators::Rows tensor{};
};
struct Activated {
  operators::Activation function{};
  operators::Elements tensor{};
};
// Queries times keys, or scores times values, as kernels of their own: a product for each head of keys.
struct HeadProducts {
  operators::Matmul product{};
};
// A collective of so many dies: within a package as far as it has dies, then among packages.
struct Exchange {
  operators::Collective kind{};
  double members{1};
  double bytes{};
};

using Work = std::variant<operators::Matmul, operators::Attention, operators::LatentAttention, HeadProducts,
                          Softmax, LayerNorm, RmsNorm, Activated, operators::Convolution, operators::Gather,
                          operators::Stream, operators::Transform, Exchange>;

struct Operation {
  std::string name{};
  Work work{};
  double count{1};  // times a layer
};

// What a report sums over.
enum class Kind { matmul, attention, vector, convolution, memory, network };
inline constexpr std::array<std::string_view, 6> kind_names{"matmul",      "attention", "vector",
                                                            "convolution", "memory",    "network"};
Kind kind_of(const Operation& operation);

// Once.
operators::Cost cost(const Machine& machine, const Operation& operation);

// "8 x 12288 x 3072, fp16"
std::string sizes_text(const Operation& operation);

}  // namespace marquetry::workload
