// The transform of a build without FFTW (MARQUETRY_GPL=OFF).
#include "conduction/cosine.h"

#include "conduction/cosine_eigen.h"

namespace marquetry::conduction {

struct CosineTransform::Plans : EigenCosine {
  using EigenCosine::EigenCosine;
};

CosineTransform::CosineTransform(std::size_t columns, std::size_t rows)
    : plans_{std::make_unique<Plans>(columns, rows)} {}
CosineTransform::~CosineTransform() = default;
CosineTransform::CosineTransform(CosineTransform&&) noexcept = default;
CosineTransform& CosineTransform::operator=(CosineTransform&&) noexcept = default;

void CosineTransform::forward(double* plane) const { plans_->forward(plane); }
void CosineTransform::backward(double* plane) const { plans_->backward(plane); }

}  // namespace marquetry::conduction
