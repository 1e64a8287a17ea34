// The recursion of lots (cost/lot.h): what is attached brings its cost and its quality, what is tested leaves
// the bad behind, and those that go on bear their cost.
#include "cost/assembly.h"

#include "cost/actuary_layers.h"
#include "cost/bond.h"
#include "cost/carrier.h"
#include "cost/nre.h"

namespace marquetry::cost {
namespace {

// What is attached in one step: its money, bonding included, and log P(all of it is good and holds).
template <Number Real>
struct Attached {
  Money<Real> cost{};
  Real log_good{0.0};
};

template <Number Real>
struct Builder {
  const System<Real>& system;
  std::span<const area::DieOutline<Real>> outlines;
  std::span<const DieCost<Real>> dies;
  const Models& models;
  UnitCost<Real>& out;

  Money<Real> bumps(std::size_t d) const;
  Bond<Real> bond(std::size_t d) const;
  void multiply_starts(std::size_t d, const Real& factor);
  Lot<Real> stack_on(std::size_t d);
  Attached<Real> attached(std::optional<std::size_t> parent, std::size_t step = 0);
  void add_memories(Attached<Real>& sum);
};

// 1 where there is an interposer, RDL or the like, else 0.
template <Number Real>
Real has_carrier(const System<Real>& system) {
  return named("1 with a carrier, else 0",
               select_less(Real{0.0}, system.packaging.carrier_factor, Real{1.0}, Real{0.0}));
}

// Of one die of the type.
template <Number Real>
Money<Real> Builder<Real>::bumps(std::size_t d) const {
  const auto& die = system.dies[d];
  const Money<Real> own = outlines[d].area * (die.parent ? die.stacking : system.packaging).bump_price;
  if (die.parent || !models.quirks.has(quirk("actuary-bump-per-type"))) return own;
  return own * (1.0 - has_carrier(system) * (1.0 - 1.0 / die.count));
}

template <Number Real>
Bond<Real> Builder<Real>::bond(std::size_t d) const {
  const auto& die = system.dies[d];
  if (die.parent) {
    auto joint = bond_of(die.stacking, outlines[d], models, die.mended);
    joint.yield = joint.yield * die.stacking.tsv_yield;
    return joint;
  }
  auto joint = bond_of(system.packaging, outlines[d], models, die.mended);
  if (models.quirks.has(quirk("actuary-chip-first-no-bond"))) {
    joint.yield = power_of(joint.yield, 1.0 - system.packaging.chip_first);
  }
  return joint;
}

template <Number Real>
void Builder<Real>::multiply_starts(std::size_t d, const Real& factor) {
  out.starts.dies[d] = out.starts.dies[d] * factor;
  for (std::size_t c = 0; c < system.dies.size(); ++c) {
    if (system.dies[c].parent == d) multiply_starts(c, factor);
  }
}

// One die of the type with all that stands on it, tested where something does.
template <Number Real>
Lot<Real> Builder<Real>::stack_on(std::size_t d) {
  using std::exp;
  const Lot<Real> alone{dies[d].known_good + bumps(d), dies[d].quality};
  out.stack_tests[d] = {};
  if (std::ranges::none_of(system.dies, [d](const auto& die) { return die.parent == d; })) return alone;
  const auto above = attached(d);
  const auto test = screen_of(system.test.stack, system.coverages.stack, Time<Real>{}, models.quirks);
  const auto done =
      screened(Lot<Real>{alone.cost + above.cost, alone.quality * exp(above.log_good)}, test, "stack test");
  out.stack_tests[d] = test.cost;
  multiply_starts(d, 1.0 / done.passed);
  return done.lot;
}

// The dies that stand on `parent`, for one of it; with none, those that go on the package in that step.
template <Number Real>
Attached<Real> Builder<Real>::attached(std::optional<std::size_t> parent, std::size_t step) {
  using std::log;
  Attached<Real> sum;
  for (std::size_t d = 0; d < system.dies.size(); ++d) {
    if (system.dies[d].parent != parent || (!parent && system.dies[d].step != step)) continue;
    Real count = system.dies[d].count;
    if (parent) count = count / system.dies[*parent].count;
    const auto lot = stack_on(d);
    out.bonds[d] = bond(d);
    sum.cost += count * (lot.cost + out.bonds[d].cost);
    sum.log_good = sum.log_good + count * (log(lot.quality) + log(out.bonds[d].yield));
  }
  return sum;
}

template <Number Real>
void Builder<Real>::add_memories(Attached<Real>& sum) {
  using std::log;
  for (std::size_t m = 0; m < system.memories.size(); ++m) {
    const auto& attached = system.memories[m];
    const auto& memory = attached.memory;
    out.memories[m] = {};
    if (attached.sold_separately) continue;
    const Real count = attached.stacks * system.dies[attached.host].count;
    out.memories[m] = named(label<Real>("memory ", attached.id), count * (memory.capacity * memory.price));
    const Real bonded = count * memory.on_package;
    auto joint = bond_of(system.packaging, memory.phy_bumps);
    if (attached.stacking) {
      const auto on_die = bond_of(*attached.stacking, memory.phy_bumps);
      joint.cost = attached.beside() * joint.cost + attached.on_host * on_die.cost;
      joint.yield =
          attached.beside() * joint.yield + attached.on_host * (on_die.yield * attached.stacking->tsv_yield);
    }
    sum.cost += out.memories[m] + bonded * joint.cost;
    sum.log_good = sum.log_good + bonded * (log(memory.quality) + log(joint.yield));
    out.memory_bonds.cost += bonded * joint.cost;
    out.memory_bonds.yield = out.memory_bonds.yield * power_of(joint.yield, bonded);
  }
}

// What dies cost one by one, from the wafer to the bond.
template <Number Real>
void sum_dies(const Builder<Real>& builder, UnitCost<Real>& out) {
  using std::exp, std::log;
  Real log_bonds{0.0};
  for (std::size_t d = 0; d < out.dies.size(); ++d) {
    const Real count = builder.system.dies[d].count;
    const auto& die = builder.dies[d];
    const Money<Real> bumps = builder.bumps(d);
    out.dies[d] = named(label<Real>("dies ", builder.system.dies[d].id), count * (die.known_good + bumps));
    out.silicon += count * die.raw;
    out.sort += count * die.sort;
    out.bad_dies += count * (die.known_good - die.raw - die.sort);
    out.bumps += count * bumps;
    out.bonding += count * out.bonds[d].cost;
    out.test += count * out.stack_tests[d];
    log_bonds = log_bonds + count * log(out.bonds[d].yield);
  }
  out.bonding = named("bonding", out.bonding + out.memory_bonds.cost);
  out.assembly_yield = exp(log_bonds) * out.memory_bonds.yield;
}

template <Number Real>
void clear(const System<Real>& system, UnitCost<Real>& out) {
  const std::size_t n = system.dies.size();
  const Money<Real> nothing{};
  out.dies.resize(n);
  out.bonds.resize(n);
  out.stack_tests.resize(n);
  out.memories.resize(system.memories.size());
  out.memory_bonds = {};
  out.starts.dies.assign(n, Real{1.0});
  std::size_t steps = 1;
  for (const auto& die : system.dies) steps = die.parent ? steps : std::max(steps, die.step);
  out.starts.steps.assign(steps, Real{1.0});
  out.test = out.silicon = out.sort = out.bad_dies = out.bumps = out.bonding = nothing;
}

// Spent on one package before and in the first step of attaching dies, in the last one, after it; and on the
// test after each step but the last. Dies and their bonds not included.
template <Number Real>
struct Spent {
  Money<Real> opening{}, joining{}, closing{}, between{};
};

// What assembly scraps: all that was started, but for what one shipped package holds.
template <Number Real>
void count_scrap(const System<Real>& system, UnitCost<Real>& out, const Spent<Real>& spent) {
  const Money<Real> nothing{};
  const auto& starts = out.starts;
  out.scrap_dies = out.scrap_memories = nothing;
  out.scrap_package = spent.opening * (starts.steps.front() - 1.0) + spent.joining * (starts.parts - 1.0) +
                      spent.closing * (starts.packages - 1.0);
  for (std::size_t k = 0; k + 1 < starts.steps.size(); ++k) {
    out.scrap_package += spent.between * (starts.steps[k] - 1.0);
  }
  for (std::size_t d = 0; d < out.dies.size(); ++d) {
    const auto& die = system.dies[d];
    out.scrap_dies += out.dies[d] * (starts.dies[d] - 1.0);
    // What was spent on a stack is lost with its lowest die.
    out.scrap_package += die.count * (out.stack_tests[d] * (starts.dies[d] - 1.0));
    const Real& base = die.parent ? starts.dies[*die.parent] : starts.steps[die.step - 1];
    out.scrap_package += die.count * (out.bonds[d].cost * (base - 1.0));
  }
  for (const auto& memory : out.memories) out.scrap_memories += memory * (starts.parts - 1.0);
}

// Of the die of the package that this one stands on, however deep.
template <Number Real>
std::size_t step_of(const System<Real>& system, std::size_t d) {
  return system.dies[d].parent ? step_of(system, *system.dies[d].parent) : system.dies[d].step;
}

// How many of everything are started for one package that is shipped, from the final test back to the first
// step. Until here starts.steps holds the share that passes each step's test.
template <Number Real>
void count_starts(const System<Real>& system, UnitCost<Real>& out, const Carrier<Real>& carrier,
                  const Real& passed_final, const Real& on_carrier) {
  auto& starts = out.starts;
  starts.packages = 1.0 / passed_final;
  Real later = starts.packages;
  for (auto step = starts.steps.rbegin(); step != starts.steps.rend(); ++step) {
    later = later / *step;
    *step = later;
  }
  starts.parts = starts.steps.back();
  starts.substrates = on_carrier * starts.packages + (1.0 - on_carrier) * starts.steps.front();
  starts.carriers = starts.steps.front() / carrier.passed;
  for (std::size_t d = 0; d < starts.dies.size(); ++d) {
    starts.dies[d] = starts.dies[d] * starts.steps[step_of(system, d) - 1];
  }
}

template <Number Real>
void add_nre(const System<Real>& system, std::span<const area::DieOutline<Real>> outlines,
             const area::PackageArea<Real>& area, const Quirks& quirks, UnitCost<Real>& out) {
  out.nre_total = package_nre(system, area, quirks) + modules_nre(system, outlines);
  for (std::size_t d = 0; d < outlines.size(); ++d) out.nre_total += die_nre(system, d, outlines[d]);
  out.nre_total = named("NRE", out.nre_total);
  out.nre = named("NRE per unit", out.nre_total / system.volume);
}

}  // namespace

template <Number Real>
Real bridge_count(const System<Real>& system) {
  if (system.bridges) return *system.bridges;
  Real count{0.0};
  for (const auto& network : system.networks) {
    if (!network.to) continue;
    if (!in_stack(system, network)) count = count + network.graph.links;
  }
  for (const auto& memory : system.memories) {
    count = count + memory.stacks * system.dies[memory.host].count * memory.on_carrier();
  }
  return count;
}

template <Number Real>
void unit_cost(const System<Real>& system, std::span<const area::DieOutline<Real>> outlines,
               std::span<const DieCost<Real>> dies, const area::PackageArea<Real>& area, const Models& models,
               UnitCost<Real>& out) {
  using std::exp;
  const auto& packaging = system.packaging;
  const auto stage = [&](const StageParameters<Real>& test, const std::optional<Real>& coverage) {
    return screen_of(test, coverage, Time<Real>{}, models.quirks);
  };
  clear(system, out);

  // Step by step dies go on the carrier; where there is none, on the substrate; with the last ones memories.
  Builder<Real> builder{system, outlines, dies, models, out};
  const auto carrier = carrier_of(system, area, models);
  Money<Real> substrate = named("substrate", area.substrate * packaging.substrate_price);
  if (models.quirks.has(quirk("actuary-substrate-step")))
    substrate = substrate * actuary_layers(system, area);
  const Real on_carrier = has_carrier(system);
  const Money<Real> bridges = named("bridges", bridge_count(system) * packaging.bridge_price);
  const Money<Real> early = bridges + (1.0 - on_carrier) * substrate;
  const auto step_test = stage(system.test.step, system.coverages.step);
  const auto partial_test = stage(system.test.partial, system.coverages.partial);
  auto& steps = out.starts.steps;
  Lot<Real> lot{carrier.lot.cost + early, carrier.lot.quality};
  for (std::size_t step = 1; step <= steps.size(); ++step) {
    const bool last = step == steps.size();
    auto parts = builder.attached(std::nullopt, step);
    if (last) builder.add_memories(parts);
    parts.cost = named("parts, attached", parts.cost);
    parts.log_good = named("log of the share whose parts are good and hold", parts.log_good);
    const Lot<Real> joined{lot.cost + parts.cost, lot.quality * exp(parts.log_good)};
    const auto done = last ? screened(joined, partial_test, "the test with dies on")
                           : screened(joined, step_test, "the test between steps");
    steps[step - 1] = done.passed;
    lot = done.lot;
  }
  sum_dies(builder, out);

  // The substrate, what covers it, and the last test.
  const Money<Real> cover =
      named("lid, balls, assembly, cooling",
            packaging.assembly_cost + area.substrate * (packaging.cover_price + system.cover.lid_price) +
                system.cooling.price);
  const Money<Real> late = on_carrier * substrate + cover;
  const auto final_test = stage(system.test.final, system.coverages.final);
  const Lot<Real> package{lot.cost + late, lot.quality * packaging.assembly_yield};
  const auto done = screened(package, final_test, "final test");

  Real through = done.passed;
  for (const auto& passed : steps) through = through * passed;
  out.shipped = named("share that is shipped", through);
  count_starts(system, out, carrier, done.passed, on_carrier);
  out.carrier_taken = carrier.taken;
  out.carrier = named("carrier", carrier.lot.cost);
  out.bad_carriers = carrier.lot.cost - carrier.raw - carrier.test;
  out.substrate = substrate;
  out.assembly = out.bonding + bridges + cover;
  const Real between{static_cast<double>(steps.size() - 1)};
  out.test = named("tests of stacks and packages",
                   out.test + between * step_test.cost + partial_test.cost + final_test.cost);
  count_scrap(system, out,
              Spent<Real>{.opening = carrier.lot.cost + early,
                          .joining = out.memory_bonds.cost + partial_test.cost,
                          .closing = late + final_test.cost,
                          .between = step_test.cost});

  // Chip first: a bad carrier loses the package. Chosen, not computed: 1 - (1 - y) has no digits of a small
  // y.
  const Real carried = select_less(Real(0.5), packaging.chip_first, carrier.yield, Real(1.0));
  out.assembly_yield = named("assembly yield", out.assembly_yield * packaging.assembly_yield * carried);
  out.quality = named("shipped quality", done.lot.quality);
  out.recurring = named("recurring cost", done.lot.cost);
  add_nre(system, outlines, area, models.quirks, out);
  out.unit = out.recurring + out.nre;
  // Each good one bears the bad ones that were shipped with it. Each variable stands once: tight bounds.
  const Real missed = (1.0 - final_test.coverage) / (1.0 - final_test.overkill);
  const Real escapes = named("escapes for a good package", missed * (1.0 / package.quality - 1.0));
  out.per_good_unit = (package.cost + final_test.cost) / (package.quality * (1.0 - final_test.overkill)) +
                      escapes * system.test.escape_cost + out.nre * (1.0 + escapes);
}

#define INSTANTIATE(Real)                                                                                \
  template Real bridge_count(const System<Real>&);                                                       \
  template void unit_cost(const System<Real>&, std::span<const area::DieOutline<Real>>,                  \
                          std::span<const DieCost<Real>>, const area::PackageArea<Real>&, const Models&, \
                          UnitCost<Real>&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::cost
