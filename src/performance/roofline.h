// How fast a machine runs a workload: the slowest of compute and memory, and what collectives and fixed steps
// add.
#pragma once

#include <span>
#include <vector>

#include "network/first_order.h"
#include "performance/demand.h"
#include "performance/mapping.h"
#include "power/power.h"

namespace marquetry::performance {

template <Number Real>
using Peaks = std::array<Rate<Real>, format_names.size()>;

// All that the roofline knows of a machine: a composed system or a product of the market.
template <Number Real>
struct Machine {
  Peaks<Real> peaks{};  // operations a second, by format
  Bandwidth<Real> memory{};
  Data<Real> capacity{};
  Real dies{1.0};                      // among which the work is split
  Bandwidth<Real> between_dies{};      // payload out of each in a ring, one direction
  Time<Real> step{};                   // of that ring
  Bandwidth<Real> between_packages{};  // payload out of the package, one direction
  bool joins_packages{};               // it has links to others
};

enum class Bound { compute, memory, network, overhead };
inline constexpr std::array<std::string_view, 4> bound_names{"compute", "memory", "network", "overhead"};

template <Number Real>
struct Performance {
  Real value{};         // items a second and package, in the workload's unit
  Real packages{};      // that work together, a power of two, to hold the workload
  Data<Real> needed{};  // capacity
  Data<Real> usable{};  // capacity of one package
  Time<Real> compute{}, memory{}, network{}, overhead{};  // of one pass
  Bound bound{};
};

// More than 0 for a die with modules that compute, whatever the format and however many are active.
template <Number Real>
Real computing(const Die<Real>& die);

// Operations a second of one die, by format.
template <Number Real>
Peaks<Real> die_peaks(const Die<Real>& die);

template <Number Real>
Machine<Real> machine(const System<Real>& system, std::span<const Peaks<Real>> die_peaks,
                      const network::NetworkFigures<Real>& network);

// Of the formats that the workload may use; while that is open, any of them.
template <Number Real>
Rate<Real> peak_in_use(const Workload<Real>& workload, const Peaks<Real>& peaks);

template <Number Real>
struct PassTime {
  Time<Real> compute{}, memory{}, network{}, overhead{}, total{};
};

// Of one pass, split like that. `peak` is a package's.
template <Number Real>
PassTime<Real> pass_time(const Demand<Real>& demand, const Rate<Real>& peak, const Machine<Real>& machine,
                         const EfficiencyParameters<Real>& efficiency, const Mapping<Real>& mapping);

template <Number Real>
Performance<Real> roofline(const Workload<Real>& workload, const Machine<Real>& machine,
                           const EfficiencyParameters<Real>& efficiency);

}  // namespace marquetry::performance
