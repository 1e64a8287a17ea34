// Peaks, memory and links of a machine, and how fast it runs a workload.
#include "performance/roofline.h"

#include "performance/default_split.h"

namespace marquetry::performance {
namespace {

constexpr double most_packages = 1 << 20;

template <Number Real>
Bound slowest(const Performance<Real>& p) {
  const std::array times{representative(p.compute.si()), representative(p.memory.si()),
                         representative(p.network.si()), representative(p.overhead.si())};
  return static_cast<Bound>(std::max_element(times.begin(), times.end()) - times.begin());
}

// Of what a pass keeps in memory; while requests are served, of their last tokens.
template <Number Real>
Demand<Real> kept(const Workload<Real>& w) {
  return w.kind == WorkloadKind::serve ? token_pass(w, w.batch, Real(w.context + w.output)) : demand(w);
}

// A batch of requests that are served, each anew when its user's last one ended. Prompts that arrive
// together share passes of so many tokens; `burst` of the requests come so, behind half of those passes on
// average, the others wait for their own. Decoding stops while other prompts pass. docs/performance.md
template <Number Real>
void serve(const Workload<Real>& w, const Machine<Real>& m, const Rate<Real>& peak,
           const EfficiencyParameters<Real>& efficiency, const Mapping<Real>& mapping,
           Performance<Real>& out) {
  const Real replicas = ways(mapping.data);
  const Real users = w.batch / replicas;
  const Real together =
      smaller(users, larger(efficiency.prompt_tokens / larger(w.context, Real(1.0)), Real(1.0)));
  const Real passes = users / together;
  const auto prompts = pass_time(prompt_pass(w, Real(together * replicas)), peak, m, efficiency, mapping);
  const auto tokens =
      pass_time(token_pass(w, w.batch, Real(w.context + 0.5 * w.output)), peak, m, efficiency, mapping);
  const Real waited = 1.0 + efficiency.burst * 0.5 * (passes - 1.0);
  out.first_token = named("time to the first token", efficiency.request_overhead + waited * prompts.total);
  const Time<Real> others = (passes - 1.0) / larger(w.output, Real(1.0)) * prompts.total;
  out.inter_token = named("time between tokens",
                          tokens.total + users * efficiency.sequence_overhead +
                              Time<Real>::from_si(select_less(Real(1.0), passes, others.si(), Real(0.0))));
  const Real more = larger(w.output - 1.0, Real(0.0));
  out.step = named("time of a request", out.first_token + more * out.inter_token);
  const auto sum = [&](Time<Real> PassTime<Real>::*part) {
    return Time<Real>(passes * prompts.*part + w.output * tokens.*part);
  };
  out.compute = sum(&PassTime<Real>::compute);
  out.memory = sum(&PassTime<Real>::memory);
  out.network = sum(&PassTime<Real>::network);
  out.overhead = sum(&PassTime<Real>::overhead) + w.output * (users * efficiency.sequence_overhead);
  out.value = w.batch * w.output;
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

// How much faster the matrix products of all dies are with weights of which 2 of 4 are zero.
template <Number Real>
Real sparse_gain(const System<Real>& system) {
  Real dense{0.0}, sparse{0.0};
  for (const auto& die : system.dies) {
    for (const auto& use : die.modules) {
      const Real rate =
          die.count * use.active * use.module.rates[operators::index(Format::fp16)] * die.clock.si();
      dense = dense + rate;
      sparse = sparse + rate * use.module.sparse;
    }
  }
  return select_less(Real(0.0), dense, Real(sparse / larger(dense, Real(1.0))), Real(1.0));
}

template <Number Real>
bool has_ways(const Workload<Real>& w) {
  return w.ways.tensor || w.ways.pipeline || w.ways.data || w.ways.expert;
}

// Dies in part of a package take all of it.
template <Number Real>
Real whole_above(const Real& n) {
  return Real(0.0) - falling(
                         std::array{n},
                         [](const std::array<double, 1>& x) { return -std::ceil(x[0] - 1e-9); },
                         "less, in whole numbers");
}

template <Number Real>
bool may_be_sparse(const Workload<Real>& workload) {
  return representative(workload.sparse) > 0;
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
                      std::span<const DieSram<Real>> sram, const network::NetworkFigures<Real>& network) {
  Machine<Real> out;
  for (std::size_t d = 0; d < system.dies.size(); ++d) {
    for (std::size_t f = 0; f < out.peaks.size(); ++f) out.peaks[f] += system.dies[d].count * die_peaks[d][f];
  }
  for (const auto& attached : system.memories) {
    const auto& memory = attached.memory;
    const std::size_t host = attached.host;
    const Real count = attached.stacks * system.dies[host].count;
    out.memory += through_hub(system, host, count * power::stack_bandwidth(memory), network);
    out.capacity += count * memory.capacity;
  }
  out.memory = named("memory bandwidth", out.memory);
  out.capacity = named("memory capacity", out.capacity);
  out.cache = cache_of(system, sram, network);
  connect(system, network, out);
  if (std::ranges::any_of(system.workloads, may_be_sparse<Real>)) {
    out.sparse = named("rate with 2:4 sparsity", sparse_gain(system));
  }
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
Mapping<Real> mapping_of(const Workload<Real>& w, const Real& dies, const Real& packages) {
  const auto& [tensor, pipeline, data, expert] = w.ways;
  const Real one{1.0};
  const Real stages = pipeline ? *pipeline : one;
  const Real replicas = data ? *data : one;
  Mapping<Real> out = tensor_over_all(dies, packages);
  if (tensor || pipeline || data) {
    out =
        placed(tensor ? *tensor : larger(dies * packages / (stages * replicas), one), stages, replicas, dies);
  }
  if (expert) out.expert = smaller(larger(*expert / ways(out.tensor), one), replicas);
  out.interleave = w.interleave;
  out.microbatches = microbatches_of(w, stages, replicas);
  return out;
}

namespace {

// `d` is what is kept of it.
template <Number Real>
Performance<Real> run(const Workload<Real>& workload, const Demand<Real>& d, const Machine<Real>& m,
                      const EfficiencyParameters<Real>& given, const Mapping<Real>& mapping) {
  EfficiencyParameters<Real> efficiency = given;
  if (may_be_sparse(workload)) {
    efficiency.matrix = efficiency.matrix * (1.0 + workload.sparse * (m.sparse - 1.0));
  }
  const Rate<Real> peak = peak_in_use(workload, m.peaks);
  Performance<Real> out;
  out.mapping = mapping;
  out.packages = has_ways(workload) ? whole_above(packages(mapping)) : packages(mapping);
  out.needed = capacity(d, mapping);
  out.usable = m.capacity * efficiency.usable_capacity;
  if (workload.kind == WorkloadKind::serve) {
    serve(workload, m, peak, efficiency, mapping, out);
  } else {
    const auto pass = pass_time(d, peak, m, efficiency, mapping);
    out.compute = pass.compute;
    out.memory = pass.memory;
    out.network = pass.network;
    out.overhead = pass.overhead;
    out.step = pass.total;
    if (workload.kind == WorkloadKind::prefill) out.first_token = pass.total;
    if (workload.kind == WorkloadKind::decode) out.inter_token = pass.total;
    out.value = d.items;
  }
  out.value = out.value / (out.packages * (out.step / unit::s)) / items_per_unit(workload.kind);
  out.value = named(label<Real>("performance on ", workload.id), out.value);
  out.bound = slowest(out);
  return out;
}

// What fits counts by what it gives, with a sequence at least for each replica; what does not, not at all.
template <Number Real>
Real merit(const Workload<Real>& w, const Performance<Real>& p) {
  const Real none{0.0};
  const Real held = select_less((p.packages * p.usable).si(), p.needed.si(), none, p.value);
  return select_less(w.batch, Real(ways(p.mapping.data)), none, held);
}

// Keeps the better of two splits, the first among equals; over intervals both where either may be it.
template <Number Real>
void keep_better(const Workload<Real>& w, bool is_open, Performance<Real>& best,
                 const Performance<Real>& other) {
  const Real least = merit(w, best), now = merit(w, other);
  if (!is_open && !may_be_less(least, now)) return;
  if (is_open || !must_be_less(least, now)) {
    Performance<Real>::each_field([](auto& a, const auto& b) { a = either(a, b); }, best, other);
  } else {
    best = other;
  }
}

}  // namespace

template <Number Real>
Performance<Real> roofline(const Workload<Real>& workload, const Machine<Real>& m,
                           const EfficiencyParameters<Real>& efficiency, const Mapping<Real>& mapping) {
  return run(workload, kept(workload), m, efficiency, mapping);
}

template <Number Real>
Performance<Real> roofline(const Workload<Real>& workload, const Machine<Real>& m,
                           const EfficiencyParameters<Real>& efficiency) {
  const Demand<Real> d = kept(workload);
  Real n{1.0};
  if (workload.packages) {
    n = *workload.packages;
  } else if (m.joins_packages) {
    // Without memory no number of packages will do: the capacity rule says so, not a count without end.
    n = named(
        "packages that share the workload",
        packages_that_hold(workload, d, m.capacity * efficiency.usable_capacity, m.dies, most_packages));
  }
  if (has_ways(workload) || !may_repeat_cache(d, m.dies, n)) {
    return run(workload, d, m, efficiency, mapping_of(workload, m.dies, n));
  }
  const auto splits = default_splits(workload, d, m.dies, n);
  Performance<Real> best = run(workload, d, m, efficiency, splits.mappings[0]);
  for (std::size_t i = 1; i < splits.count; ++i) {
    keep_better(workload, splits.is_open, best, run(workload, d, m, efficiency, splits.mappings[i]));
  }
  return best;
}

#define INSTANTIATE(Real)                                                                               \
  template Real computing(const Die<Real>&);                                                            \
  template Peaks<Real> die_peaks(const Die<Real>&);                                                     \
  template Machine<Real> machine(const System<Real>&, std::span<const Peaks<Real>>,                     \
                                 std::span<const DieSram<Real>>, const network::NetworkFigures<Real>&); \
  template Rate<Real> peak_in_use(const Workload<Real>&, const Peaks<Real>&);                           \
  template Mapping<Real> mapping_of(const Workload<Real>&, const Real&, const Real&);                   \
  template Performance<Real> roofline(const Workload<Real>&, const Machine<Real>&,                      \
                                      const EfficiencyParameters<Real>&, const Mapping<Real>&);         \
  template Performance<Real> roofline(const Workload<Real>&, const Machine<Real>&,                      \
                                      const EfficiencyParameters<Real>&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::performance
