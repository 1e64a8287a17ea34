#include "evaluation/checks.h"

#include <algorithm>
#include <limits>

#include "performance/roofline.h"

namespace marquetry {
namespace {

template <class F>
constexpr Check check(std::string_view path, std::string_view unit, double unit_si, double zero_si,
                      Scope scope, std::string_view what, std::string_view hint, F f) {
  return {path, unit, unit_si, zero_si, scope, what, hint, f, f};
}

template <Dimension D, Number Real>
Margin<Real> margin(const Quantity<D, Real>& value, const Quantity<D, Real>& limit) {
  return {value.si(), limit.si()};
}

// Bumps that a die needs: its signals, and supply and ground for its current.
template <Number Real>
Real bumps_needed(const System<Real>& s, const Evaluation<Real>& e, std::size_t d) {
  const auto& p = e.die_powers[d];
  const Current<Real> current = (p.dynamic + p.leakage) / power::supply_voltage(s.dies[d], p);
  return e.outlines[d].signal_bumps + 2.0 * (current / s.assumptions.bump_current);
}

// Of the modules that compute; fabrics and caches have clocks of their own.
template <Number Real>
Rate<Real> highest_clock(const Die<Real>& die) {
  const Real unlimited{std::numeric_limits<double>::infinity()};
  Real least = unlimited;
  for (const auto& [module, count, active, row] : die.modules) {
    Real macs{0.0};
    for (const auto& rate : module.rates) macs = macs + rate;
    least = select_less(Real{0.0}, macs, smaller(least, module.clock.si()), least);
  }
  const Rate<Real> nominal = Rate<Real>::from_si(least) * die.node.speed_scale;
  if (!die.voltage) return nominal;
  return nominal * power::clock_ratio(*die.curve, *die.voltage, die.node.supply_voltage);
}

// Kept by what has no cap.
template <Number Real>
Margin<Real> within(const std::optional<Power<Real>>& cap, const Power<Real>& power) {
  return cap ? margin(power, *cap) : Margin<Real>{Real{0.0}, Real{1.0}};
}

const std::array table{
    check("rules.reticle.{}", "mm", unit::mm.si(), 0, Scope::die, "longer side",
          "split the die, or use a denser node",
          [](const auto& s, const auto& e, std::size_t d) {
            // Both sides must fit the field; the one that exceeds it more is the one that is shown.
            const auto longer = larger(e.outlines[d].width, e.outlines[d].height);
            const auto shorter = smaller(e.outlines[d].width, e.outlines[d].height);
            const auto equal = shorter / s.assumptions.reticle_width * s.assumptions.reticle_height;
            return margin(larger(longer, equal), s.assumptions.reticle_height);
          }),
    check("rules.wafer.{}", "", 1, 0, Scope::die, "no wafer holds a die of this size",
          "split the die, or use a denser node",
          [](const auto&, const auto& e, std::size_t d) {
            using Real = std::decay_t<decltype(e.die_costs[d].gross)>;
            return Margin<Real>{Real{1.0}, e.die_costs[d].gross};
          }),
    check("rules.clock.{}", "GHz", unit::GHz.si(), 0, Scope::die, "clock",
          "lower the clock, raise the die's `voltage`, or use a faster node",
          [](const auto& s, const auto&, std::size_t d) {
            return margin(s.dies[d].clock, highest_clock(s.dies[d]));
          }),
    check("rules.beachfront.{}", "mm", unit::mm.si(), 0, Scope::die, "edge that PHYs take",
          "fewer or denser link modules, fewer stacks a die, or a larger die",
          [](const auto& s, const auto& e, std::size_t d) {
            const auto& o = e.outlines[d];
            return margin(o.beachfront, 2.0 * (o.width + o.height) * s.assumptions.beachfront_share);
          }),
    check("rules.dies_in_network.{}", "", 1, 0, Scope::die, "dies of one type",
          "at most 64 dies of one type can be connected",
          [](const auto& s, const auto&, std::size_t d) {
            using Real = std::decay_t<decltype(s.dies[d].count)>;
            return Margin<Real>{s.dies[d].count, Real{static_cast<double>(topology::most_dies)}};
          }),
    check("rules.voltage.{}", "V", unit::V.si(), 0, Scope::die,
          "voltage, or as far beyond it as it is too low",
          "a voltage within the node's `supply_low` and `supply_high`",
          [](const auto& s, const auto&, std::size_t d) {
            using Real = std::decay_t<decltype(s.dies[d].count)>;
            const auto& die = s.dies[d];
            if (!die.voltage) return Margin<Real>{Real{0.0}, Real{1.0}};
            const auto mirrored = die.curve->supply_low / *die.voltage * die.curve->supply_high;
            return margin(larger(*die.voltage, mirrored), die.curve->supply_high);
          }),
    check("rules.power_cap.{}", "W", unit::W.si(), 0, Scope::die,
          "power at the lowest voltage, clock all but stopped",
          "a higher `power_cap`: leakage alone exceeds it",
          [](const auto& s, const auto& e, std::size_t d) {
            const auto& p = e.die_powers[d];
            return within(s.dies[d].power_cap, p.dynamic + p.leakage);
          }),
    check("rules.bumps.{}", "", 1, 0, Scope::die, "bumps",
          "a packaging of finer pitch, a larger die, or less power",
          [](const auto& s, const auto& e, std::size_t d) {
            using Real = std::decay_t<decltype(s.dies[d].count)>;
            const auto& die = s.dies[d];
            const auto& pitch = die.parent ? die.stacking.bump_pitch : s.packaging.bump_pitch;
            return Margin<Real>{bumps_needed(s, e, d), Real{e.outlines[d].area / (pitch * pitch)}};
          }),
    check("rules.stack.{}", "mm2", unit::mm2.si(), 0, Scope::die, "dies that stand on it, side by side",
          "fewer or smaller dies on top, or a larger base",
          [](const auto& s, const auto& e, std::size_t d) {
            auto standing = 0.0 * e.outlines[d].area;
            for (std::size_t top = 0; top < s.dies.size(); ++top) {
              if (s.dies[top].parent != d) continue;
              standing += s.dies[top].count / s.dies[d].count * e.outlines[top].area;
            }
            for (const auto& m : s.memories) {
              if (m.host == d && m.stacking)
                standing += m.stacks * m.on_host * (m.memory.width * m.memory.height);
            }
            return margin(standing, e.outlines[d].area);
          }),
    check("rules.interposer", "mm2", unit::mm2.si(), 0, Scope::package, "interposer area",
          "fewer or smaller dies and stacks, or a packaging that allows a larger one",
          [](const auto& s, const auto& e, std::size_t) {
            return margin(e.area.carrier, s.packaging.carrier_limit);
          }),
    check("rules.package", "mm2", unit::mm2.si(), 0, Scope::package, "package area",
          "fewer or smaller dies and stacks",
          [](const auto& s, const auto& e, std::size_t) {
            return margin(e.area.substrate, s.packaging.substrate_limit);
          }),
    check("rules.power_cap", "W", unit::W.si(), 0, Scope::package, "power with clocks all but stopped",
          "a higher `power_cap`: leakage, memories and links alone exceed it",
          [](const auto& s, const auto& e, std::size_t) { return within(s.power_cap, e.power.total); }),
    check("rules.junction.{}", "degC", 1, unit::freezing_point.si(), Scope::die, "temperature",
          "better cooling, or less power",
          [](const auto& s, const auto& e, std::size_t d) {
            return margin(e.thermal.dies[d], s.assumptions.junction_limit);
          }),
    check("rules.heat_flux", "W/cm2", (unit::W / unit::cm2).si(), 0, Scope::package, "heat flux",
          "better cooling, or power spread over more silicon",
          [](const auto& s, const auto& e, std::size_t) {
            return margin(e.thermal.peak_flux, s.cooling.flux_limit);
          }),
    check("rules.memory_temperature.{}", "degC", 1, unit::freezing_point.si(), Scope::memory, "temperature",
          "better cooling, or less power",
          [](const auto& s, const auto& e, std::size_t m) {
            return margin(e.thermal.memories[m], s.memories[m].memory.temperature_limit);
          }),
    check("rules.memory_attachment.{}", "", 1, 0, Scope::memory, "packaging cannot take this memory",
          "a packaging with `hbm = true`",
          [](const auto& s, const auto&, std::size_t m) {
            using Real = std::decay_t<decltype(s.memories[m].stacks)>;
            return Margin<Real>{s.memories[m].unattachable, Real{0.0}};
          }),
    check("rules.link_class.{}", "", 1, 0, Scope::network, "packaging cannot carry this class of link",
          "a link of a class that the packaging's `links` name",
          [](const auto& s, const auto&, std::size_t n) {
            using Real = std::decay_t<decltype(s.networks[n].modules)>;
            return Margin<Real>{s.networks[n].unbuildable, Real{0.0}};
          }),
    check("rules.topology.{}", "", 1, 0, Scope::network, "topology cannot join this number of dies",
          "another number of dies, or a topology that takes any: 'mesh', 'all', 'ring'",
          [](const auto& s, const auto&, std::size_t n) {
            using Real = std::decay_t<decltype(s.networks[n].modules)>;
            return Margin<Real>{s.networks[n].unjoinable, Real{0.0}};
          }),
    check("rules.reach.{}", "mm", unit::mm.si(), 0, Scope::network, "longest wire",
          "a link of longer reach, or a topology of nearest neighbours",
          [](const auto& s, const auto& e, std::size_t n) {
            return margin(e.network.wire[n], s.networks[n].link.reach);
          }),
    check("rules.mapping.{}", "", 1, 0, Scope::workload, "ways, batches or formats that do not go together",
          "ways that divide heads, layers, experts and batch; as many active experts as there are",
          [](const auto& s, const auto&, std::size_t w) {
            using Real = std::decay_t<decltype(s.workloads[w].batch)>;
            Real sum{0.0};
            for (const auto& misfit : s.workloads[w].misfits) sum = sum + misfit;
            return Margin<Real>{sum, Real{0.0}};
          }),
    check("rules.ways.{}", "", 1, 0, Scope::workload, "packages that its ways take",
          "fewer ways, more dies or packages, or a link with to = \"outside\"",
          [](const auto& s, const auto& e, std::size_t w) {
            using Real = std::decay_t<decltype(s.workloads[w].batch)>;
            const bool joins = std::ranges::any_of(s.networks, [](const auto& n) { return !n.to; });
            const Real unlimited{std::numeric_limits<double>::infinity()};
            const auto& given = s.workloads[w].packages;
            const Real most = given ? *given : joins ? unlimited : Real{1.0};
            return Margin<Real>{e.performance[w].packages, most};
          }),
    check("rules.format.{}", "", 1, 0, Scope::workload, "no module computes in its format, or in a wider one",
          "another precision, or other modules",
          [](const auto& s, const auto& e, std::size_t w) {
            using Real = std::decay_t<decltype(s.workloads[w].batch)>;
            const Real peak = performance::peak_in_use(s.workloads[w], e.machine.peaks).si();
            return Margin<Real>{select_less(Real{0.0}, peak, Real{0.0}, Real{1.0}), Real{0.0}};
          }),
    check("rules.capacity.{}", "GB", unit::GB.si(), 0, Scope::workload, "memory needed, a package",
          "more or larger stacks, fewer bits a word, a smaller batch, or links to other packages",
          [](const auto&, const auto& e, std::size_t w) {
            const auto& p = e.performance[w];
            return margin(p.needed / p.packages, p.usable);
          }),
};

}  // namespace

std::span<const Check> checks() { return table; }

}  // namespace marquetry
