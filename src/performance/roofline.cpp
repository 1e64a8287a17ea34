// Williams, Waterman, Patterson, "Roofline", CACM 52(4), 2009, in bytes; ring all-reduce: Thakur,
// Rabenseifner, Gropp, Int. J. High Perform. Comput. Appl. 19(1), 2005.
#include "performance/roofline.h"

namespace marquetry::performance {
namespace {

constexpr double most_packages = 1 << 20;

// Each of n, two at least, takes part in 2 (n - 1) steps of a message of 1/n of the payload.
template <Number Real>
Time<Real> all_reduce(const Data<Real>& payload, const Real& n, const Bandwidth<Real>& bandwidth,
                      const Time<Real>& latency) {
  const Real steps = 2.0 * larger(n - 1.0, Real(1.0));
  return steps * (payload / n / bandwidth + latency);
}

template <Number Real>
Bound slowest(const Performance<Real>& p) {
  const std::array times{representative(p.compute.si()), representative(p.memory.si()),
                         representative(p.network.si()), representative(p.overhead.si())};
  return static_cast<Bound>(std::max_element(times.begin(), times.end()) - times.begin());
}

// With one participant there is no collective, whatever the links: 0 where n is 1.
template <Number Real>
Time<Real> unless_alone(const Real& n, const Time<Real>& t) {
  return Time<Real>::from_si(select_less(Real(1.5), n, t.si(), Real(0.0)));
}

// Over ways inside each package and among packages.
template <Number Real>
Time<Real> all_reduce(const Data<Real>& payload, const Ways<Real>& ways, const Machine<Real>& m,
                      const EfficiencyParameters<Real>& efficiency) {
  const Time<Real> inside = unless_alone(
      ways.inside, all_reduce(payload, ways.inside, m.between_dies * efficiency.network, m.step));
  Time<Real> outside{};
  if (m.joins_packages) {
    const Real& n = ways.outside;
    outside = unless_alone(n, all_reduce(payload, n, m.between_packages * efficiency.network,
                                         efficiency.collective_latency / (2.0 * larger(n - 1.0, Real(1.0)))));
  }
  return inside + outside;
}

// What sits on a hub that computes nothing (memory, links to the outside) gives no more than the links to it
// from the dies that compute.
template <Number Real>
Bandwidth<Real> through_hub(const System<Real>& system, std::size_t hub, const Bandwidth<Real>& own,
                            const network::NetworkFigures<Real>& network) {
  const Real none{0.0};
  Real reach{0.0};
  Real linked{0.0};  // more than 0 where a computing die is linked to the hub
  for (std::size_t i = 0; i < system.networks.size(); ++i) {
    const auto& n = system.networks[i];
    if (n.to != hub || n.from == hub) continue;
    const Die<Real>& from = system.dies[n.from];
    const Real macs = computing(from);
    reach = reach + select_less(none, macs, (from.count * network.per_die[i]).si(), none);
    linked = linked + macs;
  }
  const Real capped = select_less(none, linked, smaller(own.si(), reach), own.si());
  return Bandwidth<Real>::from_si(select_less(none, computing(system.dies[hub]), own.si(), capped));
}

// The first network between computing dies of the package (not within a stack) carries the collectives
// inside, the widest one to the outside those among packages (the others serve the host).
template <Number Real>
void connect(const System<Real>& system, const network::NetworkFigures<Real>& network, Machine<Real>& out) {
  bool connected = false;
  for (std::size_t i = 0; i < system.networks.size(); ++i) {
    const auto& n = system.networks[i];
    const auto& from = system.dies[n.from];
    if (!n.to) {
      const Bandwidth<Real> own = from.count * network.per_die[i];
      out.between_packages = larger(out.between_packages, through_hub(system, n.from, own, network));
      out.joins_packages = true;
    } else if (!connected && !in_stack(system, n) && representative(computing(from)) > 0) {
      out.dies = from.count;
      out.between_dies = network.per_die[i] * (n.graph.ring_links / larger(n.graph.degree, Real(1.0)));
      out.step = network.step[i];
      if (i < network.collectives.size() && representative(network.collectives[i].bandwidth.si()) > 0) {
        out.between_dies = network.collectives[i].bandwidth;
        out.step = network.collectives[i].step;
      }
      connected = true;
    }
  }
}

}  // namespace

template <Number Real>
Real computing(const Die<Real>& die) {
  Real macs{0.0};
  for (const auto& use : die.modules) {
    for (const auto& rate : use.module.rates) macs = macs + rate;
  }
  return macs;
}

template <Number Real>
Peaks<Real> die_peaks(const Die<Real>& die) {
  std::array<Real, format_names.size()> macs;
  macs.fill(Real(0.0));
  for (const auto& [module, count, active, row] : die.modules) {
    for (std::size_t f = 0; f < macs.size(); ++f) macs[f] = macs[f] + active * module.rates[f];
  }
  Peaks<Real> out;
  for (std::size_t f = 0; f < out.size(); ++f) {
    out[f] = named(label<Real>(format_names[f], " peak of a die"), 2.0 * macs[f] * die.clock);
  }
  return out;
}

template <Number Real>
Machine<Real> machine(const System<Real>& system, std::span<const Peaks<Real>> die_peaks,
                      const network::NetworkFigures<Real>& network) {
  Machine<Real> out;
  for (std::size_t d = 0; d < system.dies.size(); ++d) {
    for (std::size_t f = 0; f < out.peaks.size(); ++f) out.peaks[f] += system.dies[d].count * die_peaks[d][f];
  }
  for (const auto& [id, memory, stacks, host, separate, unattachable, activity] : system.memories) {
    const Real count = stacks * system.dies[host].count;
    out.memory += through_hub(system, host, count * power::stack_bandwidth(memory), network);
    out.capacity += count * memory.capacity;
  }
  out.memory = named("memory bandwidth", out.memory);
  out.capacity = named("memory capacity", out.capacity);
  connect(system, network, out);
  return out;
}

template <Number Real>
Rate<Real> peak_in_use(const Workload<Real>& workload, const Peaks<Real>& peaks) {
  Rate<Real> peak{};
  bool first = true;
  for (std::size_t f = 0; f < peaks.size(); ++f) {
    if (!workload.may_use[f]) continue;
    peak = first ? peaks[f] : either(peak, peaks[f]);
    first = false;
  }
  return peak;
}

template <Number Real>
PassTime<Real> pass_time(const Demand<Real>& d, const Rate<Real>& peak, const Machine<Real>& m,
                         const EfficiencyParameters<Real>& efficiency, const Mapping<Real>& mapping) {
  const Real n = packages(mapping);
  PassTime<Real> out;
  out.compute = named("compute time", operations(d) / (n * peak * efficiency.matrix));
  out.memory = named("memory time", traffic(d) / (n * m.memory * efficiency.memory));
  if (d.is_split) {
    out.network =
        named("network time", d.all_reduces * all_reduce(d.all_reduce, mapping.tensor, m, efficiency));
  }
  out.overhead = named("overhead", d.layers * efficiency.layer_overhead);
  out.total = named("time of a pass", larger(out.compute, out.memory) + out.network + out.overhead);
  return out;
}

template <Number Real>
Performance<Real> roofline(const Workload<Real>& workload, const Machine<Real>& m,
                           const EfficiencyParameters<Real>& efficiency) {
  const Demand<Real> d = demand(workload);
  Performance<Real> out;
  out.needed = named("capacity needed", capacity(d));
  out.usable = m.capacity * efficiency.usable_capacity;
  // Without memory no number of packages will do: the capacity rule says so, not a count without end.
  const Real full = smaller(out.needed / out.usable, Real(most_packages));
  out.packages =
      m.joins_packages ? named("packages that share the workload", power_of_two_above(full)) : Real(1.0);
  const auto pass =
      pass_time(d, peak_in_use(workload, m.peaks), m, efficiency, tensor_over_all(m.dies, out.packages));
  out.compute = pass.compute;
  out.memory = pass.memory;
  out.network = pass.network;
  out.overhead = pass.overhead;
  out.value = d.items / (out.packages * (pass.total / unit::s)) / items_per_unit(workload.kind);
  out.value = named(label<Real>("performance on ", workload.id), out.value);
  out.bound = slowest(out);
  return out;
}

#define INSTANTIATE(Real)                                                                         \
  template Real computing(const Die<Real>&);                                                      \
  template Peaks<Real> die_peaks(const Die<Real>&);                                               \
  template Machine<Real> machine(const System<Real>&, std::span<const Peaks<Real>>,               \
                                 const network::NetworkFigures<Real>&);                           \
  template Rate<Real> peak_in_use(const Workload<Real>&, const Peaks<Real>&);                     \
  template PassTime<Real> pass_time(const Demand<Real>&, const Rate<Real>&, const Machine<Real>&, \
                                    const EfficiencyParameters<Real>&, const Mapping<Real>&);     \
  template Performance<Real> roofline(const Workload<Real>&, const Machine<Real>&,                \
                                      const EfficiencyParameters<Real>&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::performance
