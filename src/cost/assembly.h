// From known good dies to a shipped package: what is put together, what is lost on the way, what is shipped.
//
// Stacks are built and tested first; what carries the dies is made and tested; dies and memories are attached
// to it (or it is built around them); that is tested; it gets its substrate, balls and lid; the package is
// tested.
#pragma once

#include <span>
#include <vector>

#include "area/package_area.h"
#include "cost/bond.h"
#include "cost/die.h"

namespace marquetry::cost {

// Of a part in the assembly of one package: how many are started for one package that is shipped.
template <Number Real>
struct Starts {
  std::vector<Real> dies{};   // by die type, for each die of the package; known good dies
  std::vector<Real> steps{};  // by step of attaching dies, from the first: what is spent in it
  Real parts{1.0};            // memories, and all else of the last step
  Real carriers{1.0};         // interposers and RDL, those that are bad before anything is on them too
  Real substrates{1.0};       // as the first step where dies go on the substrate itself, else as `packages`
  Real packages{1.0};         // lids, final tests
};

// All money per shipped unit, in the order in which it is spent. The items add up to `recurring`, and with
// NRE to `unit`: nothing is spent that is not in a shipped package or in the scrap.
template <Number Real>
struct UnitCost {
  std::vector<Money<Real>> dies{};      // by die type: known good dies, bumps included
  std::vector<Money<Real>> memories{};  // by memory
  Money<Real> carrier{}, substrate{}, assembly{}, test{};
  Money<Real> scrap_dies{}, scrap_memories{}, scrap_package{};  // lost in assembly: known good dies, the rest
  Money<Real> recurring{};
  Money<Real> nre_total{};  // of the whole programme
  Money<Real> nre{};
  Money<Real> unit{};           // recurring + NRE
  Money<Real> per_good_unit{};  // escapes paid for; NRE included

  // Of `dies`: wafer area of the good ones, of the bad ones, wafer sort, bumps. Of `carrier`: bad ones. Of
  // `assembly`: machines and materials of the bonds.
  Money<Real> silicon{}, bad_dies{}, sort{}, bumps{}, bad_carriers{}, bonding{};
  std::vector<Bond<Real>> bonds{};         // by die type: attaching one
  std::vector<Money<Real>> stack_tests{};  // by die type: testing one with what stands on it
  Bond<Real> memory_bonds{};               // of all memories
  Starts<Real> starts{};
  Area<Real> carrier_taken{};  // of its wafer, for one carrier
  Real assembly_yield{};       // P(good package | good parts)
  Real shipped{};              // shipped / assemblies that were started
  Real quality{};              // P(good | shipped)

  Money<Real> scrap() const { return scrap_dies + scrap_memories + scrap_package; }
};

// Bridges: one for each link between dies of the package (not within a stack) and one for each memory on it.
template <Number Real>
Real bridge_count(const System<Real>& system);

template <Number Real>
void unit_cost(const System<Real>& system, std::span<const area::DieOutline<Real>> outlines,
               std::span<const DieCost<Real>> dies, const area::PackageArea<Real>& area, const Models& models,
               UnitCost<Real>& out);

}  // namespace marquetry::cost
