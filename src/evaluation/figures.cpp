#include "evaluation/figures.h"

#include "evaluation/warpage.h"

namespace marquetry {
namespace {

template <Dimension D>
constexpr Figure figure(std::string_view path, std::string_view unit, Quantity<D> one, Scope scope,
                        std::string_view summary, Getters getters) {
  return {path, unit, one.si(), 0, D, scope, summary, getters};
}
constexpr Figure number(std::string_view path, Scope scope, std::string_view summary, Getters getters) {
  return {path, "", 1, 0, dimension::none, scope, summary, getters};
}
constexpr Figure celsius(std::string_view path, Scope scope, std::string_view summary, Getters getters) {
  return {path, "degC", 1, unit::freezing_point.si(), dimension::temperature, scope, summary, getters};
}

constexpr auto package = Scope::package;

const std::array table{
    figure("area.dies_mm2.{}", "mm2", unit::mm2, Scope::die, "one die of the type",
           [](const auto& e, std::size_t i) { return e.outlines[i].area.si(); }),
    figure("area.silicon_mm2", "mm2", unit::mm2, package, "all dies",
           [](const auto& e, std::size_t) { return e.area.silicon.si(); }),
    figure("area.interposer_mm2", "mm2", unit::mm2, package, "interposer, RDL or glass; 0 without one",
           [](const auto& e, std::size_t) { return e.area.carrier.si(); }),
    figure("area.package_mm2", "mm2", unit::mm2, package, "package substrate",
           [](const auto& e, std::size_t) { return e.area.substrate.si(); }),
    number("yield.dies.{}", Scope::die, "P(good enough to be sold) of a die as made",
           [](const auto& e, std::size_t i) { return e.die_costs[i].yield; }),
    number("yield.whole_dies.{}", Scope::die, "P(nothing on it is broken)",
           [](const auto& e, std::size_t i) { return e.die_costs[i].whole; }),
    number("yield.assembly", package, "P(good package | good parts)",
           [](const auto& e, std::size_t) { return e.cost.assembly_yield; }),
    number("yield.shipped_quality", package, "P(good | shipped)",
           [](const auto& e, std::size_t) { return e.cost.quality; }),
    figure("cost.unit_usd", "USD", unit::USD, package, "a shipped unit, NRE included",
           [](const auto& e, std::size_t) { return e.cost.unit.si(); }),
    figure("cost.recurring_usd", "USD", unit::USD, package, "a shipped unit",
           [](const auto& e, std::size_t) { return e.cost.recurring.si(); }),
    figure("cost.nre_total_usd", "USD", unit::USD, package, "design, masks and tooling of the programme",
           [](const auto& e, std::size_t) { return e.cost.nre_total.si(); }),
    figure("cost.nre_per_unit_usd", "USD", unit::USD, package, "the same over the volume",
           [](const auto& e, std::size_t) { return e.cost.nre.si(); }),
    figure("cost.per_good_unit_usd", "USD", unit::USD, package, "a good unit, escapes paid for",
           [](const auto& e, std::size_t) { return e.cost.per_good_unit.si(); }),
    figure("power.total_w", "W", unit::W, package, "every part busy",
           [](const auto& e, std::size_t) { return e.power.total.si(); }),
    celsius("thermal.peak_c", package, "hottest die",
            [](const auto& e, std::size_t) { return e.thermal.peak.si(); }),
    celsius("thermal.dies_c.{}", Scope::die, "each die of the type",
            [](const auto& e, std::size_t i) { return e.thermal.dies[i].si(); }),
    figure("mechanics.warpage_um", "um", unit::um, package, "bending of the package, cooled from assembly",
           [](const auto& e, std::size_t) { return warpage(e).si(); }),
    figure("network.latency_ns", "ns", unit::ns, package, "longest route between dies",
           [](const auto& e, std::size_t) { return e.network.latency.si(); }),
    figure("network.bisection_gbit_s", "Gbit/s", unit::Gbit / unit::s, package,
           "narrowest network, one direction",
           [](const auto& e, std::size_t) { return e.network.bisection.si(); }),
    number("network.throughput_fraction", package,
           "least share of the rate without networks, over the workloads",
           [](const auto& e, std::size_t) { return e.throughput; }),
    figure("memory.bandwidth_gbyte_s", "GB/s", unit::GB / unit::s, package,
           "that the computing dies can reach",
           [](const auto& e, std::size_t) { return e.machine.memory.si(); }),
    figure("memory.capacity_gbyte", "GB", unit::GB, package, "all memories",
           [](const auto& e, std::size_t) { return e.machine.capacity.si(); }),
    number("performance.{}.value", Scope::workload, "items a second and package",
           [](const auto& e, std::size_t i) { return e.performance[i].value; }),
    figure("performance.{}.step_s", "s", unit::s, Scope::workload,
           "a pass, a training step, a request served",
           [](const auto& e, std::size_t i) { return e.performance[i].step.si(); }),
    figure("performance.{}.first_token_ms", "ms", unit::ms, Scope::workload,
           "from a prompt to its first token; 0 where none is read",
           [](const auto& e, std::size_t i) { return e.performance[i].first_token.si(); }),
    figure("performance.{}.inter_token_ms", "ms", unit::ms, Scope::workload,
           "between tokens of one sequence; 0 where none are made",
           [](const auto& e, std::size_t i) { return e.performance[i].inter_token.si(); }),
    figure("performance.{}.memory_gbyte", "GB", unit::GB, Scope::workload,
           "kept in the memories of all packages that share it",
           [](const auto& e, std::size_t i) { return e.performance[i].needed.si(); }),
    number("performance.{}.packages", Scope::workload, "that share it",
           [](const auto& e, std::size_t i) { return e.performance[i].packages; }),
    figure("compute.peak_fp16_tflops", "TFLOP/s", unit::TFLOP / unit::s, package, "dense",
           [](const auto& e, std::size_t) { return e.machine.peaks[operators::index(Format::fp16)].si(); }),
    figure("compute.peak_int8_tops", "TOP/s", unit::TFLOP / unit::s, package, "dense",
           [](const auto& e, std::size_t) { return e.machine.peaks[operators::index(Format::int8)].si(); }),
    figure("carbon.embodied_kg", "kg CO2e", unit::kgCO2, package, "a shipped package",
           [](const auto& e, std::size_t) { return e.carbon.embodied.si(); }),
    figure("carbon.dies_kg", "kg CO2e", unit::kgCO2, package, "of it, wafers",
           [](const auto& e, std::size_t) { return e.carbon.dies.si(); }),
    figure("carbon.memories_kg", "kg CO2e", unit::kgCO2, package, "of it, memories in the package",
           [](const auto& e, std::size_t) { return e.carbon.memories.si(); }),
    figure("carbon.packaging_kg", "kg CO2e", unit::kgCO2, package,
           "of it, carrier, bridges, substrate, bonding",
           [](const auto& e, std::size_t) { return e.carbon.packaging.si(); }),
    figure("carbon.design_kg", "kg CO2e", unit::kgCO2, package, "of it, a unit's share of the design",
           [](const auto& e, std::size_t) { return e.carbon.design.si(); }),
    figure("carbon.scope1_kg", "kg CO2e", unit::kgCO2, package, "of the embodied, gases that fabs let out",
           [](const auto& e, std::size_t) { return e.carbon.scopes.gases.si(); }),
    figure("carbon.scope2_kg", "kg CO2e", unit::kgCO2, package,
           "of it, electricity of fabs, bonding and design",
           [](const auto& e, std::size_t) { return e.carbon.scopes.electricity.si(); }),
    figure("carbon.scope3_kg", "kg CO2e", unit::kgCO2, package, "of it, what is bought",
           [](const auto& e, std::size_t) { return e.carbon.scopes.materials.si(); }),
    figure("carbon.price_usd", "USD", unit::USD, package,
           "of the embodied, at `carbon_price`; not in the cost",
           [](const auto& e, std::size_t) { return e.carbon.price.si(); }),
    figure("carbon.operational_kg", "kg CO2e", unit::kgCO2, package, "its service life",
           [](const auto& e, std::size_t) { return e.carbon.operational.si(); }),
    number("supply.tpp", package, "total processing performance: TOPS x bits",
           [](const auto& e, std::size_t) { return e.supply.total_processing_performance; }),
    number("supply.performance_density", package, "TPP a mm2 of non-planar dies",
           [](const auto& e, std::size_t) { return e.supply.performance_density; }),
    figure("supply.time_to_market_weeks", "weeks", unit::week, package,
           "design, wafers of the volume, assembly",
           [](const auto& e, std::size_t) { return e.supply.time_to_market.si(); }),
    figure("supply.agility_weeks", "weeks", unit::week, package,
           "by which that grows with each percent of wafer supply lost",
           [](const auto& e, std::size_t) { return e.supply.agility.si(); }),
    number("supply.units_per_month", package, "that the scarcest step lets through",
           [](const auto& e, std::size_t) { return e.supply.units_per_month; }),
    figure("supply.delivery_weeks", "weeks", unit::week, package, "the volume at that rate",
           [](const auto& e, std::size_t) { return e.supply.delivery.si(); }),
    number("supply.wafers_per_month", package, "of all nodes, for the volume in `production_time`",
           [](const auto& e, std::size_t) { return e.supply.wafers_per_month; }),
    number("supply.packages_per_month", package, "units, for the volume in `production_time`",
           [](const auto& e, std::size_t) { return e.supply.packages_per_month; }),
};

}  // namespace

std::span<const Figure> figures() { return table; }

namespace {

std::size_t parts_of(Scope scope, const Design& design) {
  switch (scope) {
    case Scope::die:
      return design.dies.size();
    case Scope::network:
      return design.links.size();
    case Scope::memory:
      return design.memories.size();
    case Scope::workload:
      return design.workloads.size();
    case Scope::package:
      break;
  }
  return 1;
}

std::string_view id_of(Scope scope, const Design& design, std::size_t index) {
  switch (scope) {
    case Scope::die:
      return design.dies[index].id;
    case Scope::network:
      return design.links[index].id;
    case Scope::memory:
      return design.memories[index].id;
    case Scope::workload:
      return design.workloads[index].id;
    case Scope::package:
      break;
  }
  return "";
}

}  // namespace

std::vector<std::string> ids_of(Scope scope, const Design& design) {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < parts_of(scope, design); ++i) ids.emplace_back(id_of(scope, design, i));
  return ids;
}

std::string path_of(const FigureRef& ref, const Design& design) {
  std::string path{ref.figure->path};
  if (const auto hole = path.find("{}"); hole != std::string::npos) {
    path.replace(hole, 2, id_of(ref.figure->scope, design, ref.index));
  }
  return path;
}

std::vector<std::string> figure_paths(const Design& design) {
  std::vector<std::string> paths;
  for (const auto& figure : table) {
    for (std::size_t i = 0; i < parts_of(figure.scope, design); ++i)
      paths.push_back(path_of({&figure, i}, design));
  }
  return paths;
}

std::optional<FigureRef> find_figure(std::string_view path, const Design& design) {
  // "thermal.dies_c.ccd[3]" is that of its type: all dies of one type are alike.
  const auto bracket = path.find('[');
  const bool of_instance = bracket != std::string_view::npos && path.ends_with(']') &&
                           bracket + 2 < path.size() &&
                           path.find_first_not_of("0123456789", bracket + 1) == path.size() - 1;
  const auto whole = of_instance ? path.substr(0, bracket) : path;
  for (const auto& figure : table) {
    if (of_instance && figure.scope != Scope::die) continue;
    for (std::size_t i = 0; i < parts_of(figure.scope, design); ++i) {
      if (path_of({&figure, i}, design) == whole) return FigureRef{&figure, i};
    }
  }
  return std::nullopt;
}

std::optional<FigureRef> figure_named(std::string_view path, const Design& design, const SourceSpot& where,
                                      Diagnostics& diagnostics) {
  auto figure = find_figure(path, design);
  if (figure) return figure;
  const auto paths = figure_paths(design);
  diagnostics.error(where, "no figure '" + std::string{path} + "'",
                    suggest(path, std::vector<std::string_view>(paths.begin(), paths.end())));
  return std::nullopt;
}

}  // namespace marquetry
