// The recursion of masses: start with one unit, multiply what is good by each part's quality and each step's
// yield, add what each costs; the final test scraps what it finds. Money in = money in shipped units.
#include "cost/assembly.h"

#include "cost/wafer.h"

namespace marquetry::cost {
namespace {

template <Number Real>
struct Carrier {
  Money<Real> raw{};
  Real started{1.0};  // for one that is used
  Real yield{1.0};    // of the carrier where dies are already on it when it is built
};

// Chip-last: the carrier is made and tested before it gets dies. Chip-first: its loss is the dies' loss.
template <Number Real>
Carrier<Real> carrier(const System<Real>& system, const area::PackageArea<Real>& area,
                      const yield::Model& model) {
  const auto& packaging = system.packaging;
  const Area<Real> size = larger(area.carrier, Area<Real>(1.0 * unit::mm2));
  const Length<Real> side = sqrt(size);
  const Real gross = gross_dies(side, side, packaging.carrier_diameter, system.assumptions);
  const Real yield =
      named("yield of the carrier",
            model.function<Real>()(area.carrier, {packaging.carrier_defects, packaging.carrier_clustering}),
            model.source);
  const Money<Real> raw = named("raw carrier", packaging.carrier_price / gross);
  // raw where chips come first, else raw / yield; each variable once: tight bounds.
  return {.raw = raw,
          .started = 1.0 + (1.0 - packaging.chip_first) * (1.0 / yield - 1.0),
          .yield = power_of(yield, packaging.chip_first)};
}

// Bridges: one for each link between dies of the package (not within a stack) and one for each memory on it.
template <Number Real>
Real bridge_count(const System<Real>& system) {
  Real count{0.0};
  for (const auto& network : system.networks) {
    if (!network.to) continue;
    if (!in_stack(system, network)) count = count + network.graph.links;
  }
  for (const auto& memory : system.memories) {
    count = count + memory.stacks * system.dies[memory.host].count * memory.memory.on_package;
  }
  return count;
}

}  // namespace

template <Number Real>
void unit_cost(const System<Real>& system, std::span<const DieCost<Real>> dies,
               const area::PackageArea<Real>& area, const yield::Model& model, UnitCost<Real>& out) {
  const auto& packaging = system.packaging;
  out.dies.resize(dies.size());
  out.memories.resize(system.memories.size());
  using std::log;
  Real log_parts{0.0};     // log P(all parts good)
  Real log_assembly{0.0};  // log P(assembly good | parts good)
  Money<Real> bonding{};
  out.nre_total = packaging.nre_fixed + packaging.nre_per_area * area.substrate;
  for (std::size_t d = 0; d < dies.size(); ++d) {
    const auto& die = system.dies[d];
    const auto& joint = die.parent ? die.stacking : packaging;
    out.dies[d] = named(label<Real>("dies ", die.id), die.count * dies[d].known_good);
    out.nre_total += dies[d].nre;
    log_parts = log_parts + die.count * log(dies[d].quality);
    log_assembly = log_assembly + die.count * log(joint.bond_yield);
    bonding += die.count * joint.bond_cost;
  }
  for (std::size_t m = 0; m < system.memories.size(); ++m) {
    const auto& [id, memory, stacks, host, separate, unattachable] = system.memories[m];
    const Real count = stacks * system.dies[host].count;
    out.memories[m] = {};
    if (separate) continue;
    out.memories[m] = named(label<Real>("memory ", id), count * (memory.capacity * memory.price));
    const Real bonded = count * memory.on_package;
    log_parts = log_parts + bonded * log(memory.quality);
    log_assembly = log_assembly + bonded * log(packaging.bond_yield);
    bonding += bonded * packaging.bond_cost;
  }
  const auto base = carrier(system, area, model);
  out.carriers = base.started;
  out.carrier = named("carrier", base.raw * base.started);
  out.substrate = named("substrate", area.substrate * packaging.substrate_price);
  out.assembly = named("bonding", bonding) + bridge_count(system) * packaging.bridge_price +
                 packaging.assembly_cost + system.cooling.price;
  out.test = named("final test", system.test.final_time * system.test.final_rate);

  using std::exp;
  out.assembly_yield = named("assembly yield", exp(log_assembly) * (base.yield * packaging.assembly_yield));
  const Real good = named("share of good packages", exp(log_parts) * out.assembly_yield);
  // What the final test misses is shipped too. Each variable stands once: tight bounds.
  const Real missed = 1.0 - system.test.final_coverage;
  out.shipped = named("share that is shipped", 1.0 - system.test.final_coverage * (1.0 - good));
  out.quality = named("shipped quality", 1.0 / (1.0 + missed * (1.0 / good - 1.0)));

  Money<Real> started = out.carrier + out.substrate + out.assembly + out.test;
  for (const auto& item : out.dies) started += item;
  for (const auto& item : out.memories) started += item;
  started = named("cost of a started package", started);
  out.recurring = named("recurring cost", started / out.shipped);
  out.scrap = started * (1.0 / out.shipped - 1.0);
  out.nre = named("NRE per unit", out.nre_total / system.volume);
  out.unit = out.recurring + out.nre;
  out.per_good_unit = named("cost of a good package", started / good) +
                      missed * (1.0 / good - 1.0) * system.test.escape_cost + out.nre / out.quality;
}

#define INSTANTIATE(Real)                                                      \
  template void unit_cost(const System<Real>&, std::span<const DieCost<Real>>, \
                          const area::PackageArea<Real>&, const yield::Model&, UnitCost<Real>&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::cost
