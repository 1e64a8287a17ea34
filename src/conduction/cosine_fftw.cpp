#include "conduction/cosine.h"

#include <fftw3.h>

#include <mutex>
#include <vector>

namespace marquetry::conduction {
namespace {

// The planner of FFTW is one for the whole process; executing needs no lock.
std::mutex& planner() {
  static std::mutex mutex;
  return mutex;
}

}  // namespace

struct CosineTransform::Plans {
  fftw_plan forward{}, backward{};
};

// FFTW_ESTIMATE measures nothing, so that the same plan, and the same bytes, come each time.
CosineTransform::CosineTransform(std::size_t columns, std::size_t rows) : plans_{std::make_unique<Plans>()} {
  const std::lock_guard lock{planner()};
  std::vector<double> plane(columns * rows);
  const auto n = [](std::size_t i) { return static_cast<int>(i); };
  const auto plan = [&](fftw_r2r_kind kind) {
    return fftw_plan_r2r_2d(n(rows), n(columns), plane.data(), plane.data(), kind, kind,
                            FFTW_ESTIMATE | FFTW_UNALIGNED);
  };
  plans_->forward = plan(FFTW_REDFT10);
  plans_->backward = plan(FFTW_REDFT01);
}

CosineTransform::~CosineTransform() {
  if (!plans_) return;
  const std::lock_guard lock{planner()};
  fftw_destroy_plan(plans_->forward);
  fftw_destroy_plan(plans_->backward);
}
CosineTransform::CosineTransform(CosineTransform&&) noexcept = default;
CosineTransform& CosineTransform::operator=(CosineTransform&&) noexcept = default;

void CosineTransform::forward(double* plane) const { fftw_execute_r2r(plans_->forward, plane, plane); }
void CosineTransform::backward(double* plane) const { fftw_execute_r2r(plans_->backward, plane, plane); }

}  // namespace marquetry::conduction
