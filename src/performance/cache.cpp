#include "performance/cache.h"

#include "performance/roofline.h"

namespace marquetry::performance {
namespace {

// Registers and accumulators of any die that computes: what tiles have at least. An estimate.
constexpr double least_tiles = 64.0 * 1024.0;  // B

// How many times the operands move because they do not fit: tiled traffic over that which moves each once.
template <Number Real>
Real repeats(const Demand<Real>& demand, const Data<Real>& traffic, const Data<Real>& sram) {
  using std::sqrt;
  const Real words = traffic / demand.word;
  return larger(Real(1.0), Real(demand.matrix / (words * sqrt(Real(sram / demand.word)))));
}

}  // namespace

template <Number Real>
DieSram<Real> die_sram(const Die<Real>& die) {
  DieSram<Real> out;
  for (const auto& [module, count, active, row] : die.modules) {
    out.all += count * module.held;
    out.cache += count * module.cached;
  }
  return out;
}

template <Number Real>
Cache<Real> cache_of(const System<Real>& system, std::span<const DieSram<Real>> sram,
                     const network::NetworkFigures<Real>& network) {
  const Real none{0.0};
  Cache<Real> out{.tiles = Data<Real>(least_tiles * unit::B)};
  for (std::size_t d = 0; d < system.dies.size(); ++d) {
    if (representative(sram[d].all.si()) == 0) continue;
    const auto& die = system.dies[d];
    const Real macs = computing(die);
    const Data<Real> cache = system.assumptions.cache_share * (die.count * sram[d].cache);
    const auto where_it = [&](const Data<Real>& computes, const Data<Real>& does_not) {
      return Data<Real>::from_si(select_less(none, macs, computes.si(), does_not.si()));
    };
    out.near += where_it(cache, Data<Real>{});
    out.tiles += where_it(die.count * sram[d].all, Data<Real>{});
    if (representative(cache.si()) == 0) continue;
    Real reach{0.0};
    for (std::size_t i = 0; i < system.networks.size(); ++i) {
      const auto& n = system.networks[i];
      if (!n.to || *n.to == n.from || (*n.to != d && n.from != d)) continue;
      const Real other = computing(system.dies[n.from == d ? *n.to : n.from]);
      const Bandwidth<Real> all = system.dies[n.from].count * network.per_die[i];
      reach = reach + select_less(none, other, all.si(), none);
    }
    reach = select_less(none, macs, none, reach);
    out.link += Bandwidth<Real>::from_si(reach);
    out.far += Data<Real>::from_si(select_less(none, reach, cache.si(), none));
  }
  out.near = named("cache on dies that compute", out.near);
  out.far = named("cache on other dies", out.far);
  return out;
}

template <Number Real>
Moved<Real> moved(const Demand<Real>& demand, const Data<Real>& traffic, const Cache<Real>& cache,
                  const Real& dies, const Real& packages) {
  const Data<Real> nothing = Data<Real>(1e-12 * unit::bit);  // over no memory at all still without end
  const Data<Real> each = traffic / packages;
  const Data<Real> not_near = larger(nothing, each - cache.near);
  Moved<Real> out{.memory = larger(nothing, each - (cache.near + cache.far)),
                  .far = smaller(not_near, cache.far)};
  if (demand.is_split) {
    // Among d dies each has 1 / d of the products and 1 / d of the SRAM.
    out.far = out.far * repeats(demand, traffic, Data<Real>(cache.tiles / dies));
    out.memory = out.memory * repeats(demand, traffic, Data<Real>((cache.tiles + cache.far) / dies));
  }
  return out;
}

#define INSTANTIATE(Real)                                                                             \
  template DieSram<Real> die_sram(const Die<Real>&);                                                  \
  template Cache<Real> cache_of(const System<Real>&, std::span<const DieSram<Real>>,                  \
                                const network::NetworkFigures<Real>&);                                \
  template Moved<Real> moved(const Demand<Real>&, const Data<Real>&, const Cache<Real>&, const Real&, \
                             const Real&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::performance
