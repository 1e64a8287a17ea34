// The machine that an operator runs on, as its user sees it: cores with systolic arrays and vector units,
// their memories, and what share of each the kernels of a class of operators reach. Coherent SI.
#pragma once

#include <array>
#include <string_view>

#include "operators/format.h"

namespace marquetry::operators {

// Each class has its own kernels, hence its own launch overhead and efficiencies.
enum class Class { matmul, attention, softmax, norm, activation, convolution, gather, stream, transform };
inline constexpr std::array<std::string_view, 9> class_names{
    "matmul", "attention", "softmax", "norm", "activation", "convolution", "gather", "stream", "transform"};

// What one class of operators reaches. The last five are of the kernels of softmax and norms, which work row
// by row.
struct Kernels {
  double launch{};     // s, before the device works
  double hidden{};     // s of its work that pass while the host still returns from the launch
  double compute{1};   // of the peak of the units that do it
  double memory{1};    // of the memory bandwidth
  double row{};        // s of a core for one row, however short
  double short_row{};  // elements of a row that its core keeps: it is read once, and its arithmetic is hidden
  double reads{1};     // of a longer row
  double pass{};       // s more that a longer row takes from its first read to its last write
  double resident{1};  // rows at which a core works at a time
};

// Links to devices of the same kind.
enum class Joined { none, ring, fully_connected, torus, switched };
struct Peers {
  Joined joined{Joined::none};
  double bandwidth{};    // bytes/s out of the device, all links, one direction
  double latency{};      // s, of one message
  double efficiency{1};  // of the bandwidth, in a collective of large messages
  double cut{};  // bytes/s across the narrowest halving, one direction; 0: as it follows from `joined`
  // Of what carries collectives out (operators/collectives.h), s each; 0 for links driven by hardware alone.
  double launch{};  // of any collective
  double ramp{};    // small messages use the links in part
  double start{};   // of the way that large messages go, more than launch and latencies
};

struct Device {
  double clock{};  // Hz; that which it holds within its power
  double cores{};
  double arrays{};           // systolic arrays a core
  double rows{}, columns{};  // of processing elements in an array
  ByFormat macs{};           // multiply-accumulates a processing element and cycle
  double sparse_speedup{1};  // of matrix products with 2:4 sparse weights
  double vector_flop{};      // a core and cycle
  double exp_flop{};         // that one exponential takes
  double sram{};             // bytes a core
  double cache{};            // bytes, shared by all cores
  double cache_rate{};       // bytes a cycle
  double memory_rate{};      // bytes/s
  double capacity{};         // bytes
  Peers peers{};
  std::array<Kernels, class_names.size()> kernels{};

  const Kernels& of(Class operators) const { return kernels[static_cast<std::size_t>(operators)]; }
};

// FLOP/s of the matrix units for what is stored in `format`; 0 where they have no format that holds it.
double matrix_peak(const Device& device, Format format);
double vector_peak(const Device& device);
double cache_bandwidth(const Device& device);

}  // namespace marquetry::operators
