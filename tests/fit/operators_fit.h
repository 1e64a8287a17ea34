// Constants of a device's kernels, fitted to the measured rows of operator sets that may be fitted on.
#pragma once

#include "operators/golden_sets.h"

namespace marquetry::test {

struct FittedConstant {
  std::string key{};  // of a row of `devices`
  double value{};     // SI
  bool seconds{};
};

struct OperatorFit {
  std::string set{}, operation{}, device{};
  std::size_t rows{};
  std::vector<FittedConstant> constants{};
  double error{};  // mean of |ours / measured - 1| on the rows fitted on
  double
      hold_out{};  // the same where each row is predicted by constants fitted to the others; 0: not asked for
};

enum class HoldOut { none, each_row };

// How the source of a fitted constant begins: on what, and how well.
std::string fit_source(const OperatorFit& fit);

// Fits the sets of one device one after the other: activation (with the memory efficiency that all vector
// operators share), softmax (with their arithmetic's), norm, matrix product. `device` holds the hardware; its
// constants of kernels are replaced. Least mean of |log(ours / measured)|^1.5, between the mean error and the
// mean square.
std::vector<OperatorFit> fit_operators(operators::Device& device, const std::vector<OperatorSet>& sets,
                                       HoldOut hold_out);

}  // namespace marquetry::test
