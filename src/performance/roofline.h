// How fast a machine runs a workload: the passes it takes, and what its users see of them.
#pragma once

#include <span>

#include "performance/pass.h"
#include "power/power.h"

namespace marquetry::performance {

enum class Bound { compute, memory, network, overhead };
inline constexpr std::array<std::string_view, 4> bound_names{"compute", "memory", "network", "overhead"};

template <Number Real>
struct Performance {
  Real value{};         // items a second and package, in the workload's unit
  Real packages{};      // that work together, a power of two, to hold the workload
  Data<Real> needed{};  // capacity, of all of them
  Data<Real> usable{};  // capacity of one package
  Time<Real> compute{}, memory{}, network{}, overhead{};  // of one pass; of a request that is served
  Time<Real> step{};                                      // a pass, or a training step; the request
  Time<Real> first_token{};  // from the prompt's arrival; 0 where no prompt is read
  Time<Real> inter_token{};  // between tokens of one sequence; 0 where none are generated
  Bound bound{};
  Mapping<Real> mapping{};

  template <class F, class... S>
  static void each_field(F&& f, S&... s) {
    f(s.value...), f(s.packages...), f(s.needed...), f(s.usable...), f(s.compute...), f(s.memory...),
        f(s.network...), f(s.overhead...), f(s.step...), f(s.first_token...), f(s.inter_token...);
  }
};

// More than 0 for a die with modules that compute, whatever the format and however many are active.
template <Number Real>
Real computing(const Die<Real>& die);

// Operations a second of one die, by format.
template <Number Real>
Peaks<Real> die_peaks(const Die<Real>& die);

template <Number Real>
Machine<Real> machine(const System<Real>& system, std::span<const Peaks<Real>> die_peaks,
                      std::span<const DieSram<Real>> sram, const network::NetworkFigures<Real>& network);

// Of the formats that the workload may use; while that is open, any of them.
template <Number Real>
Rate<Real> peak_in_use(const Workload<Real>& workload, const Peaks<Real>& peaks);

// What the workload says of its split; tensor ways over all dies that this leaves.
template <Number Real>
Mapping<Real> mapping_of(const Workload<Real>& workload, const Real& dies, const Real& packages);

template <Number Real>
Performance<Real> roofline(const Workload<Real>& workload, const Machine<Real>& machine,
                           const EfficiencyParameters<Real>& efficiency, const Mapping<Real>& mapping);

// Over the packages that it names, or the fewest that hold it; split as it says, or else the best of the
// default splits (default_split.h).
template <Number Real>
Performance<Real> roofline(const Workload<Real>& workload, const Machine<Real>& machine,
                           const EfficiencyParameters<Real>& efficiency);

}  // namespace marquetry::performance
