#include "supply/classification.h"

namespace marquetry::supply {
namespace {

// Of an operand as it is computed with: TF32 keeps 19 of its 32 bits. BIS, ECCN 3A090, technical note 2.
constexpr std::array<double, format_names.size()> bit_lengths{64, 32, 19, 16, 8, 8, 4, 4};

// BIS, 15 CFR 774 Supplement 1, ECCN 3A090, technical notes (October 2023).
template <Number Real>
Real density(const System<Real>& system, std::span<const area::DieOutline<Real>> outlines, const Real& tpp) {
  Area<Real> counted{};
  for (std::size_t d = 0; d < system.dies.size(); ++d) {
    counted += system.dies[d].count * system.dies[d].node.counted * outlines[d].area;
  }
  const Real area = named("area of non-planar dies in mm2", counted / unit::mm2);
  return select_less(Real(0.0), area, tpp / larger(area, Real(1.0)), Real(0.0));
}

// Ning, Tziantzioulis, Wentzlaff, "Supply Chain Aware Computer Architecture", ISCA 2023: tape-out + most over
// the nodes of (wafers / rate + fab latency) + assembly.
template <Number Real>
void put_time_to_market(const Made<Real>& made, SupplyFigures<Real>& out) {
  const auto& system = made.system;
  // Of the node that is ready last: until its last wafer, and of that the time at its rate.
  Time<Real> slowest{}, waited{};
  for (std::size_t d = 0; d < system.dies.size(); ++d) {
    const Time<Real> made_in = system.volume / system.assumptions.supply_share * node_time(made, d);
    const Time<Real> ready = system.dies[d].node.latency + made_in;
    waited = Time<Real>::from_si(select_less(slowest.si(), ready.si(), made_in.si(), waited.si()));
    slowest = larger(slowest, ready);
  }
  out.time_to_market = system.assumptions.design_time + slowest + system.packaging.latency;
  out.agility = 0.01 * waited;
}

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
SupplyFigures<Real> supply(const Made<Real>& made, std::span<const area::DieOutline<Real>> outlines,
                           const performance::Peaks<Real>& peaks) {
  const auto& system = made.system;
  SupplyFigures<Real> out;
  out.total_processing_performance = processing_performance(peaks);
  out.performance_density = density(system, outlines, out.total_processing_performance);
  put_time_to_market(made, out);
  out.units_per_month = units_per_month(slowest_step(made), system.assumptions.supply_share);
  out.delivery = system.volume / out.units_per_month * unit::month;
  const Real months = system.assumptions.production_time / unit::month;
  Real wafers{0.0};
  for (std::size_t d = 0; d < system.dies.size(); ++d) wafers = wafers + wafers_of(made, d);
  out.wafers_per_month = system.volume * wafers / months;
  out.packages_per_month = system.volume / months;
  return out;
}

#define INSTANTIATE(Real)                                                                         \
  template Real processing_performance(const performance::Peaks<Real>&);                          \
  template SupplyFigures<Real> supply(const Made<Real>&, std::span<const area::DieOutline<Real>>, \
                                      const performance::Peaks<Real>&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::supply
