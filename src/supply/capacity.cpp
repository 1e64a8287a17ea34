#include "supply/capacity.h"

#include "cost/carrier.h"
#include "cost/wafer.h"

namespace marquetry::supply {

template <Number Real>
Real wafers_of(const Made<Real>& made, std::size_t d) {
  const auto& die = made.dies[d];
  return named(label<Real>("wafers of a unit, ", made.system.dies[d].id),
               made.system.dies[d].count * made.cost.starts.dies[d] /
                   cost::at_least_some(Real(die.gross * die.passed)));
}

template <Number Real>
Time<Real> node_time(const Made<Real>& made, std::size_t d) {
  const auto& dies = made.system.dies;
  Time<Real> sum = wafers_of(made, d) * dies[d].node.wafer_time;
  for (std::size_t other = 0; other < dies.size(); ++other) {
    if (other == d) continue;
    const bool open = dies[d].node_row == 0 || dies[other].node_row == 0;
    if (!open && dies[d].node_row != dies[other].node_row) continue;
    const Time<Real> theirs = wafers_of(made, other) * dies[other].node.wafer_time;
    sum += open ? either(theirs, Time<Real>{}) : theirs;
  }
  return sum;
}

template <Number Real>
Time<Real> stacking_time(const Made<Real>& made, std::size_t d) {
  const auto& die = made.system.dies[d];
  return die.parent ? Time<Real>(wafers_of(made, d) * die.stacking.sheet_time) : Time<Real>{};
}

template <Number Real>
Time<Real> memory_time(const Made<Real>& made, std::size_t m) {
  const auto& memory = made.system.memories[m];
  if (memory.sold_separately) return {};
  const Real pieces = memory.stacks * made.system.dies[memory.host].count * made.cost.starts.parts;
  return pieces * memory.memory.piece_time;
}

template <Number Real>
Time<Real> packaging_time(const Made<Real>& made) {
  const auto& packaging = made.system.packaging;
  const Real sheets = made.cost.starts.carriers * (made.cost.carrier_taken / cost::sheet_area(packaging));
  const Real taken =
      named("wafers, panels or packages of a unit",
            select_less(Real{0.0}, packaging.carrier_factor, sheets, made.cost.starts.packages));
  return taken * packaging.sheet_time;
}

template <Number Real>
Time<Real> slowest_step(const Made<Real>& made) {
  Time<Real> slowest = packaging_time(made);
  for (std::size_t d = 0; d < made.system.dies.size(); ++d) {
    slowest = larger(slowest, node_time(made, d));
    slowest = larger(slowest, stacking_time(made, d));
  }
  for (std::size_t m = 0; m < made.system.memories.size(); ++m) {
    slowest = larger(slowest, memory_time(made, m));
  }
  return slowest;
}

template <Number Real>
Real units_per_month(const Time<Real>& time, const Real& share) {
  constexpr auto shortest = 1e-3 * unit::ms;  // no unit is made faster
  return share * (unit::month / larger(time, Time<Real>(shortest)));
}

#define INSTANTIATE(Real)                                            \
  template Real wafers_of(const Made<Real>&, std::size_t);           \
  template Time<Real> node_time(const Made<Real>&, std::size_t);     \
  template Time<Real> stacking_time(const Made<Real>&, std::size_t); \
  template Time<Real> memory_time(const Made<Real>&, std::size_t);   \
  template Time<Real> packaging_time(const Made<Real>&);             \
  template Time<Real> slowest_step(const Made<Real>&);               \
  template Real units_per_month(const Time<Real>&, const Real&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::supply
