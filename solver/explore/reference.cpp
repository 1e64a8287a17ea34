#include "explore/reference.h"

#include <cmath>

#include "explore/levers.h"

namespace marquetry::explore {
namespace {

// Units times clock where both are public, else the published peak.
Rate<> peak_of(const Product& p) {
  if (p.units.known && p.macs.known && p.clock.known) {
    return Rate<>::from_si(2 * p.units.typ * p.macs.typ * p.clock.typ);
  }
  return Rate<>::from_si(p.peak.known ? p.peak.typ : 0);
}

// A product's dies are taken as one: its inner networks are in its published peaks.
performance::Machine<double> machine_of(const Product& p) {
  performance::Machine<double> m;
  auto& fp16 = m.peaks[operators::index(Format::fp16)];
  auto& int8 = m.peaks[operators::index(Format::int8)];
  fp16 = peak_of(p);
  int8 = p.int8_ratio.known ? fp16 * p.int8_ratio.typ
                            : Rate<>::from_si(p.peak_int8.known ? p.peak_int8.typ : fp16.si());
  const Rate<> fp8 = p.fp8 ? int8 : fp16;
  // Narrower formats run no slower than these; products that have units for them are faster than that.
  m.peaks[operators::index(Format::fp8)] = m.peaks[operators::index(Format::fp4)] = fp8;
  m.peaks[operators::index(Format::int4)] = int8;
  m.memory = Bandwidth<>::from_si(p.memory_bandwidth.known ? p.memory_bandwidth.typ : 0);
  if (p.memory_stacks.known && p.memory_pins.known && p.memory_pin_rate.known) {
    m.memory = Bandwidth<>::from_si(p.memory_stacks.typ * p.memory_pins.typ * p.memory_pin_rate.typ);
  }
  m.capacity = Data<>::from_si(p.memory_capacity.known ? p.memory_capacity.typ : 0);
  m.joins_packages = p.external_bandwidth.known;
  if (m.joins_packages) m.between_packages = Bandwidth<>::from_si(p.external_bandwidth.typ);
  return m;
}

std::optional<double> maybe(bool known, double value) { return known ? std::optional{value} : std::nullopt; }

// The area of those of its dies that count; nothing where one is not public, or none counts.
std::optional<double> silicon_of(const Product& p, auto counts) {
  double sum = 0;
  for (const auto& die : p.dies) {
    if (!counts(die)) continue;
    if (!die.area.known) return std::nullopt;
    sum += die.count * die.area.typ;
  }
  return maybe(sum > 0, sum);
}

struct Run {
  std::optional<double> value{};  // nothing where the product's figures do not say it
  bool fits{};                    // in the memory of as many packages as may share it
};

Run run(const performance::Machine<double>& machine, const System<double>& system, std::size_t workload) {
  const auto p = performance::roofline(system.workloads[workload], machine, system.efficiency);
  return {.value = maybe(std::isfinite(p.value) && p.value > 0, p.value),
          .fits = p.needed <= p.usable * p.packages};
}

// With the best setting of its levers that fits, or, where none does, the best of all; the setting goes into
// `best`. Where several packages share the work the value is that of one of them.
std::optional<double> best_performance(const performance::Machine<double>& machine, const Prepared& prepared,
                                       std::size_t workload, Choice& best) {
  const Design& design = *prepared.design;
  Run most;
  each_setting(design, levers_of(design, design.workloads[workload]), [&](const Choice& setting) {
    const Run one = run(machine, compose(prepared, setting), workload);
    const bool is_better =
        one.value && (!most.value || std::pair{one.fits, *one.value} > std::pair{most.fits, *most.value});
    if (is_better || best.empty()) best = setting;
    if (is_better) most = one;
  });
  return most.value;
}

}  // namespace

std::optional<double> product_value(const Product& p, const FigureRef& figure, const System<double>& system,
                                    const Library& library) {
  const std::string_view path = figure.figure->path;
  const auto machine = machine_of(p);
  const auto peak = [&machine](Format format) { return machine.peaks[operators::index(format)].si(); };
  const double tpp = supply::processing_performance(machine.peaks);
  if (path.starts_with("cost.")) return maybe(p.price.known, p.price.typ);
  if (path == "power.total_w") return maybe(p.power.known, p.power.typ);
  if (path == "memory.bandwidth_gbyte_s") return maybe(machine.memory.si() > 0, machine.memory.si());
  if (path == "memory.capacity_gbyte") return maybe(machine.capacity.si() > 0, machine.capacity.si());
  if (path == "compute.peak_fp16_tflops") return maybe(peak(Format::fp16) > 0, peak(Format::fp16));
  if (path == "compute.peak_int8_tops") return maybe(peak(Format::int8) > 0, peak(Format::int8));
  if (path == "supply.tpp") return maybe(tpp > 0, tpp);
  if (path == "area.silicon_mm2") return silicon_of(p, [](const ProductDie&) { return true; });
  if (path == "supply.performance_density") {  // without the dies on planar nodes and those without circuits
    const auto area = silicon_of(p, [&library](const ProductDie& die) {
      const auto* node = find(library.nodes, die.node);
      return node != nullptr && !node->planar;
    });
    return tpp > 0 && area ? std::optional{tpp / (*area / unit::mm2.si())} : std::nullopt;
  }
  if (path == "performance.{}.value") return run(machine, system, figure.index).value;
  return std::nullopt;
}

void check_reference(const Design& design, Diagnostics& diagnostics) {
  if (design.reference.empty()) return;
  check_levers(design, diagnostics);
}

std::optional<Reference> reference_of(const Prepared& prepared) {
  if (prepared.design->reference.empty()) return std::nullopt;
  Reference out{.product = find(prepared.library->products, prepared.design->reference)};
  if (out.product == nullptr) return std::nullopt;
  const auto machine = machine_of(*out.product);
  const auto system = compose(prepared, Choice(prepared.design->variables.size(), 0));
  out.levers.resize(system.workloads.size());
  for (std::size_t w = 0; w < system.workloads.size(); ++w) {
    out.workloads.push_back(best_performance(machine, prepared, w, out.levers[w]));
  }
  for (const auto& [figure, maximize] : prepared.objectives) {
    const bool is_workload = figure.figure->path == "performance.{}.value";
    out.values.push_back(is_workload ? out.workloads[figure.index]
                                     : product_value(*out.product, figure, system, *prepared.library));
  }
  return out;
}

std::optional<double> ratio(const Reference& reference, const Prepared& prepared, std::size_t objective,
                            double cost) {
  if (!reference.values[objective]) return std::nullopt;
  const double value = prepared.objectives[objective].maximize ? -cost : cost;
  return value / *reference.values[objective];
}

double shortfall(const Reference& reference, const Prepared& prepared, std::span<const double> costs) {
  double sum = 0;
  for (std::size_t o = 0; o < prepared.objectives.size(); ++o) {
    const auto r = ratio(reference, prepared, o, costs[o]);
    if (!r) continue;
    const double worse = prepared.objectives[o].maximize ? -std::log(*r) : std::log(*r);
    sum += worse > 0 ? worse * worse : 0;
  }
  return std::sqrt(sum);
}

bool is_performance(const ObjectiveFigure& objective) {
  return objective.maximize && objective.figure.figure->path == "performance.{}.value";
}

bool can_match(const Reference& reference, const Prepared& prepared) {
  for (std::size_t o = 0; o < prepared.objectives.size(); ++o) {
    if (is_performance(prepared.objectives[o]) && reference.values[o]) return true;
  }
  return false;
}

double packages_needed(const Reference& reference, const Prepared& prepared, std::span<const double> costs) {
  double most = 0;
  for (std::size_t o = 0; o < prepared.objectives.size(); ++o) {
    if (!is_performance(prepared.objectives[o])) continue;
    if (const auto r = ratio(reference, prepared, o, costs[o])) most = std::max(most, 1 / *r);
  }
  return most;
}

performance::Machine<double> product_machine(const Product& product) { return machine_of(product); }

}  // namespace marquetry::explore
