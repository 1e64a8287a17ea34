#include "performance/default_split.h"

namespace marquetry::performance {
namespace {

// The largest power of two up to `most` by which n can be divided; 1 at least.
double shared(double n, double most) {
  double out = 1;
  while (2 * out <= most && std::fmod(n, 2 * out) == 0) out *= 2;
  return out;
}
// The largest whole number up to `most` by which n can be divided; 1 at least.
double divisor(double n, double most) {
  double out = std::max(1.0, std::min(n, std::floor(most)));
  while (std::fmod(n, out) != 0) --out;
  return out;
}

// What a whole number follows from has no slope, and is not open but over intervals: any up to `most` there.
template <Number Real, class F>
Real whole(const Real& n, const Real& most, F f) {
  if constexpr (std::is_same_v<Real, Interval>) {
    if (n.lower == n.upper && most.lower == most.upper) return Real(f(n.lower, most.lower));
    return {1.0, std::max(1.0, std::min(n.upper, most.upper))};
  } else {
    return Real(f(representative(n), representative(most)));
  }
}

}  // namespace

template <Number Real>
bool may_repeat_cache(const Demand<Real>& d, const Real& dies, const Real& packages) {
  return may_be_less(Real(0.0), d.cache.si()) && may_be_less(d.cache_ways, Real(dies * packages));
}

template <Number Real>
Real microbatches_of(const Workload<Real>& w, const Real& stages, const Real& replicas) {
  const Real sequences = w.batch / replicas;
  if (w.microbatches) return *w.microbatches;
  if (w.kind == WorkloadKind::train) return sequences;
  return larger(smaller(stages, sequences), Real(1.0));
}

template <Number Real>
DefaultSplits<Real> default_splits(const Workload<Real>& w, const Demand<Real>& d, const Real& dies,
                                   const Real& packages) {
  DefaultSplits<Real> out;
  const Real one{1.0};
  const auto add = [&](const Levels<Real>& tensor, const Levels<Real>& pipeline, const Levels<Real>& data) {
    Mapping<Real> m{.tensor = tensor, .pipeline = pipeline, .data = data};
    if (d.has_experts) m.expert = larger(smaller(ways(data), w.model.experts), one);
    m.interleave = w.interleave;
    m.microbatches = microbatches_of(w, Real(ways(pipeline)), Real(ways(data)));
    out.add(m);
  };
  if (may_repeat_cache(d, dies, packages)) {
    const bool inside = may_be_less(d.cache_ways, dies);
    out.is_open = !must_be_less(Real(0.0), d.cache.si()) ||
                  !must_be_less(d.cache_ways, Real(dies * packages)) ||
                  inside != must_be_less(d.cache_ways, dies);
    if (inside) {
      const Real stages = whole(packages, Real(w.model.layers / dies), divisor);
      add({}, {dies, stages}, {one, packages / stages});
      add({}, {}, {dies, packages});
    }
    const Real tensor = whole(packages, Real(d.cache_ways / dies), shared);
    const Real groups = packages / tensor;
    const Real stages = whole(groups, w.model.layers, divisor);
    add({dies, tensor}, {one, stages}, {one, groups / stages});
    add({dies, tensor}, {}, {one, groups});
  }
  add({dies, packages}, {}, {});
  return out;
}

template <Number Real>
Real packages_that_hold(const Workload<Real>& w, const Demand<Real>& d, const Data<Real>& usable,
                        const Real& dies, double most) {
  // Every byte once.
  Data<Real> once = d.weights + d.gradients + d.optimiser + d.cache +
                    d.activations / microbatches_of(w, Real(1.0), Real(1.0));
  if (d.has_experts) once = once + d.experts;
  const Real fewest = power_of_two_above(smaller(Real(once / usable), Real(most)));
  if (!may_repeat_cache(d, dies, fewest)) return fewest;
  // As a factor, so that a derivation shows where the number comes from.
  const auto times = [&](double from, auto holds) {
    double factor = 1;
    while (from * factor < most && !holds(from * factor)) factor *= 2;
    return factor;
  };
  // Whether one of the splits over n packages fits: surely, or at all.
  const auto fits = [&](double n, bool surely) {
    const auto splits = default_splits(w, d, dies, Real(n));
    for (std::size_t i = 0; i < splits.count; ++i) {
      const Real needed = capacity(d, splits.mappings[i]).si(), there = (n * usable).si();
      if (surely ? !may_be_less(there, needed) : !must_be_less(there, needed)) return true;
    }
    return false;
  };
  if constexpr (std::is_same_v<Real, Interval>) {
    const double low = times(fewest.lower, [&](double n) { return fits(n, false); });
    const double high = times(fewest.upper, [&](double n) { return fits(n, true); });
    return {fewest.lower * low, fewest.upper * high};
  } else {
    const double factor = times(representative(fewest), [&](double n) { return fits(n, true); });
    return factor > 1 ? Real(factor * fewest) : fewest;
  }
}

#define INSTANTIATE(Real)                                                                              \
  template bool may_repeat_cache(const Demand<Real>&, const Real&, const Real&);                       \
  template Real microbatches_of(const Workload<Real>&, const Real&, const Real&);                      \
  template DefaultSplits<Real> default_splits(const Workload<Real>&, const Demand<Real>&, const Real&, \
                                              const Real&);                                            \
  template Real packages_that_hold(const Workload<Real>&, const Demand<Real>&, const Data<Real>&,      \
                                   const Real&, double);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::performance
