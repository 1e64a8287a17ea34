#include "evaluation/rebuilt.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "area/die_outline.h"
#include "evaluation/figures.h"
#include "units/text.h"

namespace marquetry {
namespace {

constexpr double of_peaks = 0.003, of_memories = 0.003, of_areas = 0.03, of_power = 0.15;
constexpr double of_excuses = 0.01;  // by which ours may differ from what a deviation says it is

// "Virtuvian compute" as a design would call it, "I/O" as "io".
std::string as_id(std::string name) {
  std::erase(name, '/');
  for (auto& c : name) {
    c = c == ' ' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return name;
}

}  // namespace

std::optional<std::size_t> counterpart(const Product& product, const Design& design, const ProductDie& die) {
  const auto same = std::ranges::find(design.dies, as_id(die.name), &DesignDie::id);
  if (same != design.dies.end()) return static_cast<std::size_t>(same - design.dies.begin());
  if (product.dies.size() == 1 && design.dies.size() == 1) return 0;
  return std::nullopt;
}

DieContents die_contents(const Library& library, const System<double>& system, std::size_t d) {
  const auto& die = system.dies[d];
  DieContents out;
  for (const auto& use : die.modules) {
    if (use.row == 0) continue;
    const std::string& kind = library.modules[use.row - 1].kind;
    const bool computes = kind == "matrix" || kind == "vector" || kind == "cpu";
    auto& area = computes ? out.cores : kind == "sram" ? out.caches : kind == "phy" ? out.links : out.fabric;
    area += use.count * area::module_area(die, use.module);
  }
  for (const auto& network : system.networks) {
    if (network.from == d || network.to == d) {
      out.links += area::modules_on(system, network, d) * network.link.module_area;
    }
  }
  for (const auto& memory : system.memories) {
    if (memory.host != d) continue;
    out.memories +=
        memory.stacks * (memory.memory.phy_area +
                         memory.memory.controller / (die.node.logic_density * die.node.logic_utilisation));
  }
  return out;
}

Agreement RebuiltFigure::agreement() const {
  if (std::abs(off()) <= tolerance) return deviation == nullptr ? Agreement::close : Agreement::stale;
  const auto stated = deviation == nullptr ? std::nullopt : parse_quantity(deviation->value);
  return stated && std::abs(ours / stated->si - 1) <= of_excuses ? Agreement::excused : Agreement::off;
}

std::vector<RebuiltFigure> rebuilt_figures(const Product& product, const Design& design,
                                           const Evaluation<double>& evaluation) {
  std::vector<RebuiltFigure> out;
  const auto add = [&]<Dimension D>(std::string name, const MaybeSourced<D>& published, double ours,
                                    double tolerance) {
    if (!published.known) return;
    const auto* deviation = find_remark(product.deviations, name);
    out.push_back({std::move(name), published.typ, ours, D, tolerance, deviation});
  };
  const auto value = [&](std::string_view path) { return find_figure(path, design)->si(evaluation); };
  add("peak", product.peak, value("compute.peak_fp16_tflops"), of_peaks);
  add("peak_int8", product.peak_int8, value("compute.peak_int8_tops"), of_peaks);
  add("memory_bandwidth", product.memory_bandwidth, value("memory.bandwidth_gbyte_s"), of_memories);
  add("memory_capacity", product.memory_capacity, value("memory.capacity_gbyte"), of_memories);
  add("power", product.power, value("power.total_w"), of_power);
  for (const auto& die : product.dies) {
    const auto d = counterpart(product, design, die);
    if (d) add("dies." + die.name + ".area", die.area, evaluation.outlines[*d].area.si(), of_areas);
  }
  return out;
}

std::string rebuilt_line(const RebuiltFigure& figure) {
  auto line = fmt::format("{}: {}, published {}, {:+.1f} %", figure.figure,
                          print_quantity(figure.ours, figure.dimension, 4),
                          print_quantity(figure.published, figure.dimension, 4), 100 * figure.off());
  if (figure.agreement() == Agreement::excused) line += " (" + figure.deviation->why + ")";
  if (figure.agreement() == Agreement::off) line += ", too far off";
  return line;
}

}  // namespace marquetry
