// Convolution as the product of matrices that it is (implicit GEMM: Chetlur et al., arXiv 1410.0759, 2014,
// section 3): its inputs are read once, not once a window.
#pragma once

#include "operators/cost.h"
#include "operators/device.h"

namespace marquetry::operators {

struct Convolution {
  double images{1};
  double channels{}, filters{};
  double height{}, width{};  // of the input
  double kernel_height{}, kernel_width{};
  double stride{1}, padding{};  // of both dimensions
  double groups{1};
  Format format{Format::fp16}, weights{Format::fp16};
};

double output_height(const Convolution& convolution);
double output_width(const Convolution& convolution);
Cost convolution(const Device& device, const Convolution& convolution);

}  // namespace marquetry::operators
