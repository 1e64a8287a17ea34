// Williams, Waterman, Patterson, "Roofline", CACM 52(4), 2009, in bytes; ring all-reduce: Thakur,
// Rabenseifner, Gropp, Int. J. High Perform. Comput. Appl. 19(1), 2005; pipelines: Narayanan et al., SC 2021,
// section 2.2.
#include "performance/pass.h"

namespace marquetry::performance {
namespace {

// With one participant there is no collective, whatever the links: 0 where n is 1.
template <Number Real>
Time<Real> unless_alone(const Real& n, const Time<Real>& t) {
  return Time<Real>::from_si(select_less(Real(1.5), n, t.si(), Real(0.0)));
}

// Each of n, two at least, takes part in 2 (n - 1) steps of a message of 1/n of the payload.
template <Number Real>
Time<Real> ring(const Data<Real>& payload, const Real& n, const Bandwidth<Real>& bandwidth,
                const Time<Real>& latency) {
  const Real steps = 2.0 * larger(n - 1.0, Real(1.0));
  return steps * (payload / n / bandwidth + latency);
}

// One all-reduce between packages has its latency once, whatever their number.
template <Number Real>
Time<Real> of_a_step(const Time<Real>& latency, const Real& n) {
  return latency / (2.0 * larger(n - 1.0, Real(1.0)));
}

template <Number Real>
Bandwidth<Real> between_groups(const Machine<Real>& m) {
  return Bandwidth<Real>::from_si(
      select_less(Real(0.0), m.between_groups.si(), m.between_groups.si(), m.between_packages.si()));
}

template <Number Real>
Time<Real> tensor_time(const Data<Real>& payload, const Levels<Real>& ways, const Machine<Real>& m,
                       const EfficiencyParameters<Real>& efficiency) {
  const Time<Real> inside =
      unless_alone(ways.inside, ring(payload, ways.inside, m.between_dies * efficiency.network, m.step));
  if (!m.joins_packages) return inside;
  const Real& n = ways.outside;
  return inside + unless_alone(n, ring(payload, n, m.between_packages * efficiency.network,
                                       of_a_step(efficiency.collective_latency, n)));
}

// Each of n sends all but its own share of the payload to the others.
template <Number Real>
Time<Real> exchange(const Data<Real>& payload, const Real& n, const Bandwidth<Real>& bandwidth,
                    const Time<Real>& latency) {
  return unless_alone(n, Time<Real>((n - 1.0) / n * payload / bandwidth + latency));
}

template <Number Real>
Time<Real> expert_time(const Data<Real>& payload, const Mapping<Real>& mapping, const Machine<Real>& m,
                       const EfficiencyParameters<Real>& efficiency) {
  const Real inside = smaller(mapping.expert, mapping.data.inside);
  const Time<Real> among_dies = exchange(payload, inside, m.between_dies * efficiency.network, m.step);
  if (!m.joins_packages) return among_dies;
  // The replicas of a package share its links.
  return among_dies + exchange(Data<Real>(payload * mapping.data.inside), mapping.expert / inside,
                               m.between_packages * efficiency.network, efficiency.collective_latency);
}

// Handed on by all microbatches of a replica: between stages of a package, or from one package to the next.
template <Number Real>
Time<Real> boundary_time(const Data<Real>& payload, const Mapping<Real>& mapping, const Machine<Real>& m,
                         const EfficiencyParameters<Real>& efficiency) {
  const Time<Real> inside =
      unless_alone(mapping.pipeline.inside,
                   Time<Real>(payload / (m.between_dies * efficiency.network) / mapping.tensor.inside));
  if (!m.joins_packages) return inside;
  const Real shared = mapping.tensor.outside / mapping.data.inside;
  return inside + unless_alone(mapping.pipeline.outside,
                               Time<Real>(payload / shared / (between_groups(m) * efficiency.data_network)));
}

// What of the reduction of gradients the pass does not hide.
template <Number Real>
Time<Real> gradient_time(const Demand<Real>& d, const Mapping<Real>& mapping, const Machine<Real>& m,
                         const EfficiencyParameters<Real>& efficiency) {
  const Data<Real> share = d.gradients / (ways(mapping.tensor) * ways(mapping.pipeline));
  const Real& in = mapping.data.inside;
  const Real& out = mapping.data.outside;
  Time<Real> t = unless_alone(in, ring(share, in, m.between_dies * efficiency.network, m.step));
  if (m.joins_packages) {
    const Data<Real> package = d.gradients / (mapping.tensor.outside * mapping.pipeline.outside);
    t = t + unless_alone(out, ring(package, out, between_groups(m) * efficiency.data_network,
                                   of_a_step(efficiency.collective_latency, out)));
  }
  return (1.0 - efficiency.data_overlap) * t;
}

template <Number Real>
Real repeats(const Demand<Real>& d, const Real& tensor) {
  return larger(tensor / larger(d.cache_ways, Real(1.0)), Real(1.0));
}

}  // namespace

template <Number Real>
Data<Real> traffic(const Demand<Real>& d, const Mapping<Real>& mapping) {
  const Real data = ways(mapping.data);
  const Real times = data * mapping.microbatches;
  Data<Real> weights = d.weights_read * times;
  if (d.has_experts) {
    // Of the experts those that a token of the microbatches that meet there has chosen.
    const Real groups = times / mapping.expert;
    weights = weights + d.experts * (groups * rise(d.chosen * (d.tokens / groups)));
  }
  return weights + d.cache_read * repeats(d, ways(mapping.tensor)) + d.activations_moved;
}

template <Number Real>
Data<Real> capacity(const Demand<Real>& d, const Mapping<Real>& mapping) {
  const Real data = ways(mapping.data);
  Data<Real> kept = (d.weights + d.gradients) * data + d.cache * repeats(d, ways(mapping.tensor)) +
                    d.optimiser +
                    d.activations * smaller(ways(mapping.pipeline) / mapping.microbatches, Real(1.0));
  if (d.has_experts) kept = kept + d.experts * (data / mapping.expert);
  return named("capacity needed", kept);
}

template <Number Real>
PassTime<Real> pass_time(const Demand<Real>& d, const Rate<Real>& peak, const Machine<Real>& m,
                         const EfficiencyParameters<Real>& efficiency, const Mapping<Real>& mapping) {
  const Real n = packages(mapping) * mapping.busy;
  const Real stages = ways(mapping.pipeline);
  const Real& microbatches = mapping.microbatches;
  // Stages wait for the first microbatch, and until the last has gone; where the next pass of a microbatch
  // follows its last one, only while there are fewer of them than stages.
  const Real filled = d.is_cyclic ? larger(stages / microbatches, Real(1.0))
                                  : Real(1.0 + (stages - 1.0) / (microbatches * mapping.interleave));
  PassTime<Real> out;
  const Rate<Real> reached = n * peak;
  // Divided once: a machine without units for the format takes for ever, whatever there is none of.
  out.compute =
      named("compute time", filled * ((d.matrix / efficiency.matrix + d.attention / efficiency.attention +
                                       d.other / efficiency.vector) /
                                      reached));
  const auto moves = moved(d, traffic(d, mapping), m.cache, mapping.tensor.inside, n);
  out.memory = named("memory time", filled * (moves.memory / (m.memory * efficiency.memory)));
  if (representative(m.cache.far.si()) > 0) {
    out.memory = named("time of memory and cache",
                       larger(out.memory, Time<Real>(filled * (moves.far / m.cache.link))));
  }
  const Real turns = filled * microbatches / stages;
  if (d.is_split) {
    const Real part = 1.0 / (ways(mapping.data) * microbatches);
    Time<Real> network =
        turns * (d.all_reduces * tensor_time(Data<Real>(d.all_reduce * part), mapping.tensor, m, efficiency));
    if (d.has_experts) {
      network = network + turns * (d.all_to_alls *
                                   expert_time(Data<Real>(d.all_to_all * part), mapping, m, efficiency));
    }
    network = network + boundary_time(Data<Real>(d.boundary / ways(mapping.data)), mapping, m, efficiency);
    if (d.is_training) network = network + gradient_time(d, mapping, m, efficiency);
    out.network = named("network time", network);
  }
  out.overhead = named("overhead", turns * (d.layers * efficiency.layer_overhead));
  if (d.is_training) {
    out.overhead = out.overhead +
                   named("time between products", filled * (d.between / (n * m.memory * efficiency.memory)));
  }
  out.total = named("time of a pass", larger(out.compute, out.memory) + out.network + out.overhead);
  return out;
}

#define INSTANTIATE(Real)                                                                         \
  template Data<Real> traffic(const Demand<Real>&, const Mapping<Real>&);                         \
  template Data<Real> capacity(const Demand<Real>&, const Mapping<Real>&);                        \
  template PassTime<Real> pass_time(const Demand<Real>&, const Rate<Real>&, const Machine<Real>&, \
                                    const EfficiencyParameters<Real>&, const Mapping<Real>&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::performance
