// SRAM in the package that keeps data between passes: which of a workload's bytes then need not come from
// memory. Equations, sources and checks: docs/levers.md.
#pragma once

#include <span>

#include "network/first_order.h"
#include "performance/demand.h"

namespace marquetry::performance {

// Of one die, SRAM that may hold operands (all of it) and SRAM that the dies share as a cache.
template <Number Real>
struct DieSram {
  Data<Real> all{}, cache{};
};

// Of a machine. A default one is that of a product whose SRAM is not public: it saves nothing, and holds the
// tiles of any product.
template <Number Real>
struct Cache {
  Data<Real> near{};                               // on dies that compute
  Data<Real> far{};                                // on others, stacked or beside
  Bandwidth<Real> link{};                          // between those and the dies that compute, one direction
  Data<Real> tiles = Data<Real>(1e12 * unit::GB);  // all SRAM on dies that compute
};

template <Number Real>
DieSram<Real> die_sram(const Die<Real>& die);

// sram: by die type. A cache on a die that no link joins to one that computes serves nobody.
template <Number Real>
Cache<Real> cache_of(const System<Real>& system, std::span<const DieSram<Real>> sram,
                     const network::NetworkFigures<Real>& network);

// What one of the packages that share a pass moves, beyond its own dies.
template <Number Real>
struct Moved {
  Data<Real> memory{};  // to and from memory
  Data<Real> far{};     // to and from the cache on other dies
};

// Data that the next pass needs again stay, as much as there is room for: the optimum for data that are
// swept over and over (Belady, IBM Syst. J. 5(2), 1966), which software that places them itself reaches.
// Products whose operands do not fit are cut into tiles and move 2 m n k / sqrt(S) words with S words of SRAM
// (Hong & Kung, STOC 1981; reached but for a small term: Kwasniewski et al., SC 2019). dies: of each package,
// among which each product is split. traffic: of
// all packages, each word moved once.
template <Number Real>
Moved<Real> moved(const Demand<Real>& demand, const Data<Real>& traffic, const Cache<Real>& cache,
                  const Real& dies, const Real& packages);

}  // namespace marquetry::performance
