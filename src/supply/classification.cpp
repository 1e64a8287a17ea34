#include "supply/classification.h"

namespace marquetry::supply {
namespace {

// Of an operand as it is computed with: TF32 keeps 19 of its 32 bits. BIS, ECCN 3A090, technical note 2.
constexpr std::array<double, format_names.size()> bit_lengths{64, 32, 19, 16, 8, 8, 4, 4};

}  // namespace

template <Number Real>
Real processing_performance(const performance::Peaks<Real>& peaks) {
  Real most{0.0};
  for (std::size_t f = 0; f < peaks.size(); ++f) {
    most = larger(most, peaks[f] / (1e12 * unit::Hz) * bit_lengths[f]);
  }
  return named("total processing performance", most);
}

template <Number Real>
SupplyFigures<Real> supply(const System<Real>& system, std::span<const area::DieOutline<Real>> outlines,
                           const performance::Peaks<Real>& peaks) {
  SupplyFigures<Real> out;
  out.total_processing_performance = processing_performance(peaks);
  Area<Real> counted{};
  Time<Real> slowest{};
  for (std::size_t d = 0; d < system.dies.size(); ++d) {
    const auto& die = system.dies[d];
    counted += die.count * die.node.counted * outlines[d].area;
    slowest = larger(slowest, die.node.latency);
  }
  const Real area = named("area of non-planar dies in mm2", counted / unit::mm2);
  out.performance_density = out.total_processing_performance / larger(area, Real(1.0));
  out.performance_density = select_less(Real(0.0), area, out.performance_density, Real(0.0));
  out.time_to_market = system.assumptions.design_time + slowest + system.packaging.latency;
  return out;
}

#define INSTANTIATE(Real)                                                                           \
  template Real processing_performance(const performance::Peaks<Real>&);                            \
  template SupplyFigures<Real> supply(const System<Real>&, std::span<const area::DieOutline<Real>>, \
                                      const performance::Peaks<Real>&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::supply
