#include "thermal/lumped.h"

#include <numbers>

namespace marquetry::thermal {
namespace {

// (T + x) / (1 + x T), for T up to 1 and x above 0.
template <Number Real>
Real film_term(const Real& T, const Real& x) {
  return (T + x) / (1.0 + x * T);
}
// Rises with x; with T it rises or falls, as x has it: exact bounds.
Interval film_term(const Interval& T, const Interval& x) {
  const auto of = [](double t, double y) { return film_term<double>(t, y); };
  return {std::min(of(T.lower, x.lower), of(T.upper, x.lower)),
          std::max(of(T.lower, x.upper), of(T.upper, x.upper))};
}

// Heat of one die and of what is stacked on it leaves through the same area.
template <Number Real>
struct Piles {
  const System<Real>& system;
  std::span<const area::DieOutline<Real>> outlines;
  std::span<const power::DiePower<Real>> die_power;
  std::span<const Power<Real>> phys;

  Power<Real> own(std::size_t d) const { return die_power[d].dynamic + die_power[d].leakage + phys[d]; }
  // Of memory that stands on a die of the type.
  Power<Real> memory_on(std::size_t d) const {
    Power<Real> sum{};
    for (const auto& m : system.memories) {
      if (m.host == d && m.stacking) sum += m.on_host * m.stacks * power::stack_power(m);
    }
    return sum;
  }
  Power<Real> all(std::size_t base) const {
    Power<Real> sum = own(base) + memory_on(base);
    for (std::size_t d = 0; d < system.dies.size(); ++d) {
      if (system.dies[d].parent != base) continue;
      sum += system.dies[d].count / system.dies[base].count * all(d);
    }
    return sum;
  }
  // Of a die and those that it stands on, whose heat passes above it.
  Power<Real> up_to(std::size_t d) const {
    const auto& die = system.dies[d];
    return die.parent ? own(d) + up_to(*die.parent) : own(d);
  }
  std::size_t base_of(std::size_t d) const {
    while (system.dies[d].parent) d = *system.dies[d].parent;
    return d;
  }

  // Across the level of a memory's stacks over all of the base: piles where they stand, beside them silicon
  // of the same height. No more than the worse of both.
  ThermalResistivity<Real> level(const AttachedMemory<Real>& m, const Area<Real>& base) const {
    const auto thin = ThermalResistivity<Real>(1e-7 * unit::K * unit::m * unit::m / unit::W);
    const auto& pile = m.memory.pile;
    if (representative(pile.si()) <= 0) return pile;
    const auto die = system.cover.die - system.cover.cover;
    const auto beside = ThermalResistivity<Real>::from_si(
        select_less(thin.si(), die.si(), larger(die, thin).si(), pile.si()));
    const Area<Real> piles = smaller(Area<Real>(m.stacks * (m.memory.width * m.memory.height)), base);
    const auto conductance = piles / pile + larger(Area<Real>{}, base - piles) / beside;
    return base / larger(conductance, base / larger(pile, beside));
  }
  // Of the stacks of memory on a die of the type: K from the foot of the piles to their top, where all that
  // is made up to there leaves through the base's area.
  Temperature<Real> across_memory(std::size_t d) const {
    Temperature<Real> most{};
    const Area<Real> base = outlines[base_of(d)].area;
    for (const auto& m : system.memories) {
      if (m.host != d || !m.stacking) continue;
      const Power<Real> heat = up_to(d) + m.on_host * m.stacks * power::stack_power(m);
      most = larger(most, Temperature<Real>(m.on_host * (heat / base * level(m, base))));
    }
    return most;
  }
  // Between the circuits of a die and the top of its pile, through joints and what stands above it.
  Temperature<Real> above(std::size_t d) const {
    Temperature<Real> most = across_memory(d);
    const Area<Real> base = outlines[base_of(d)].area;
    for (const auto& m : system.memories) {
      if (m.host == d && m.stacking)
        most = larger(most,
                      Temperature<Real>(across_memory(d) + m.on_host * (up_to(d) / base * m.stacking->pile)));
    }
    for (std::size_t top = 0; top < system.dies.size(); ++top) {
      if (system.dies[top].parent != d) continue;
      const Real stands = smaller(system.dies[top].count, Real(1.0));  // 0 for one that is left out
      most = larger(
          most, Temperature<Real>(stands * (above(top) + up_to(d) / base * system.dies[top].stacking.pile)));
    }
    return most;
  }
};

// What all dies share: coolant, plate, and how heat that enters it spreads.
template <Number Real>
struct Plate {
  Real thickness{}, along{}, transfer{}, reach{}, joint{}, middle{};  // SI; radius of where the dies stand

  Real from_disc(const Real& radius, const Real& to) const {
    const Real through = radius + reach;
    return named("spreading resistance", constriction(radius, to, thickness, along, transfer) +
                                             joint / (std::numbers::pi * through * through));
  }
};

template <Number Real>
Real radius_of(const Area<Real>& area) {
  using std::sqrt;
  return sqrt(Real(area.si() / std::numbers::pi));
}

}  // namespace

template <Number Real>
Real constriction(const Real& a, const Real& b, const Real& t, const Real& k, const Real& h) {
  using std::exp, std::sqrt;
  constexpr double root_pi = 1.7724538509055159;
  const Real beside = larger(Real(1e-9), Real(1.0 - a / b));
  const Real lambda = std::numbers::pi + b / (root_pi * a);
  const Real tanh = 1.0 - 2.0 / (exp(Real(2.0 * lambda * t / b)) + 1.0);
  const Real psi = 0.5 * beside * sqrt(beside) * film_term(tanh, Real(lambda * k / (h * b)));
  return named("constriction in lid and plate", psi / (root_pi * k * a));
}

template <Number Real>
void lumped(const System<Real>& system, std::span<const area::DieOutline<Real>> outlines,
            const area::PackageArea<Real>& area, std::span<const power::DiePower<Real>> die_power,
            const power::PackagePower<Real>& power, ThermalFigures<Real>& out) {
  const auto& cover = system.cover;
  out.dies.resize(system.dies.size());
  out.memories.resize(system.memories.size());
  // Regulators stand on the board.
  const Power<Real> heat =
      named("heat in the package", power.total * system.assumptions.regulator_efficiency);
  out.case_temperature = named("case temperature", system.cooling.ambient + heat * cover.resistance);

  const Piles<Real> piles{system, outlines, die_power, power.phys};
  const Area<Real> least = Area<Real>(1.0 * unit::mm2);
  const Area<Real> middle = larger(area.footprint, least),
                   plate = larger(larger(cover.base, area.substrate), middle);
  const bool spreads = representative(cover.spreads) > 0 && representative(cover.along.si()) > 0;
  Plate<Real> shared;
  Temperature<Real> surface = out.case_temperature;  // of the plate where the dies stand, on average
  if (spreads) {
    shared = {
        .thickness = cover.thickness.si(),
        .along = cover.along.si(),
        .transfer = named("conductance of the cooling per area", 1.0 / (cover.resistance.si() * plate.si())),
        .reach = cover.reach.si(),
        .joint = cover.joint.si(),
        .middle = named("radius of where the dies stand", radius_of(middle))};
    const Real rise =
        heat.si() * shared.from_disc(shared.middle, named("radius of the plate", radius_of(plate)));
    surface +=
        Temperature<Real>::from_si(named("rise of the plate where the dies stand", cover.spreads * rise));
  }
  out.peak = out.case_temperature;
  out.peak_flux = {};
  // Where more heat is made than on average, the plate is hotter; where less is made, not cooler: what stands
  // beside it warms it.
  const auto top_of = [&](const Power<Real>& own, const Area<Real>& size,
                          const ThermalResistivity<Real>& way) {
    Temperature<Real> t = surface + own / size * way;
    const Power<Real> excess = larger(Power<Real>{}, own - heat * (size / middle));
    if (spreads && representative(excess.si()) > 0) {
      const Real radius = named("radius of a die", radius_of(smaller(size, middle)));
      const Real local = shared.from_disc(radius, shared.middle);
      t += Temperature<Real>::from_si(cover.spreads * excess.si() * local);
    }
    return t;
  };
  for (std::size_t d = 0; d < system.dies.size(); ++d) {
    const std::size_t base = piles.base_of(d);
    const Power<Real> all = piles.all(base);
    out.dies[d] = named(label<Real>("temperature of ", system.dies[d].id),
                        top_of(all, outlines[base].area, cover.die) + piles.above(d) +
                            all / outlines[base].area * system.dies[d].node.back_resistance);
    out.peak = larger(out.peak, out.dies[d]);
    out.peak_flux = larger(out.peak_flux, all / outlines[base].area);
  }
  for (std::size_t m = 0; m < system.memories.size(); ++m) {
    const auto& attached = system.memories[m];
    const auto& memory = attached.memory;
    const Area<Real> size = larger(memory.width * memory.height, least);
    const auto pile =
        select_less(Real{0.0}, memory.pile.si(), memory.pile.si(), Real((cover.die - cover.cover).si()));
    const Temperature<Real> beside = top_of(power::stack_power(attached) - power::phy_power(attached), size,
                                            cover.cover + ThermalResistivity<Real>::from_si(pile));
    Temperature<Real> standing = beside;
    if (attached.stacking) {
      const std::size_t base = piles.base_of(attached.host);
      const Temperature<Real> on_top =
          top_of(piles.all(base), outlines[base].area, cover.cover) + piles.across_memory(attached.host);
      standing = attached.beside() * beside + attached.on_host * on_top;
    }
    out.memories[m] = named(label<Real>("temperature of ", attached.id),
                            memory.on_package * standing + (1.0 - memory.on_package) * out.case_temperature);
  }
  out.peak = named("peak temperature", out.peak);
}

#define INSTANTIATE(Real)                                                                      \
  template Real constriction(const Real&, const Real&, const Real&, const Real&, const Real&); \
  template void lumped(const System<Real>&, std::span<const area::DieOutline<Real>>,           \
                       const area::PackageArea<Real>&, std::span<const power::DiePower<Real>>, \
                       const power::PackagePower<Real>&, ThermalFigures<Real>&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::thermal
