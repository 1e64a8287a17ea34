#include "report/evaluation_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "base/wrap.h"
#include "report/cost_items.h"
#include "report/evaluation_json.h"
#include "report/physical.h"
#include "report/table.h"

namespace marquetry::report {
namespace {

// A figure with its unit, the range that uncertain numbers give it, and a mark where it rests on an estimate.
std::vector<std::string> figure_row(const std::string& path, std::string_view words, const Prepared& prepared,
                                    const Assessment& a) {
  const auto figure = *find_figure(path, *prepared.design);
  const auto range = std::ranges::find(a.ranges, path, &FigureRange::path);
  const bool estimate = std::ranges::find(a.estimates, path) != a.estimates.end();
  // Whole programmes cost millions.
  const double value = figure.report(figure.si(a.evaluation));
  const bool millions = figure.figure->unit == "USD" && value >= 1e7;
  const double scale = millions ? 1e6 : 1;
  return {std::string{words}, readable(value / scale), millions ? "MUSD" : std::string{figure.figure->unit},
          range == a.ranges.end()
              ? beside(path, scale, prepared, a)
              : fmt::format("{} .. {}", readable(range->low / scale), readable(range->high / scale)),
          estimate ? "estimate" : ""};
}

const std::vector<Align> figure_columns{Align::left, Align::right, Align::left, Align::left, Align::left};

std::string dies_text(const Prepared& prepared, const Assessment& a) {
  Table table{.columns = {Align::left, Align::right, Align::left, Align::right, Align::right, Align::right,
                          Align::right, Align::right},
              .rows = {{"die", "count", "node", "mm x mm", "mm2", "yield", "USD good", "degC"}}};
  for (std::size_t d = 0; d < a.system.dies.size(); ++d) {
    const auto& outline = a.evaluation.outlines[d];
    const auto& cost = a.evaluation.die_costs[d];
    const auto part = std::ranges::find(a.parts, prepared.design->dies[d].id, &supply::Sourcing::part);
    if (part == a.parts.end()) continue;  // a die that is left out
    table.rows.push_back({prepared.design->dies[d].id, readable(a.system.dies[d].count), part->row,
                          fmt::format("{:.1f} x {:.1f}", outline.width / unit::mm, outline.height / unit::mm),
                          readable(outline.area / unit::mm2), readable(cost.yield),
                          readable(cost.known_good / unit::USD),
                          readable((a.evaluation.thermal.dies[d] - unit::freezing_point) / unit::K)});
  }
  return print(table);
}

// How a transformer is split, and a split that would be better by more than 1 %.
std::string split_text(const Assessment& a, std::size_t w) {
  const auto& workload = a.system.workloads[w];
  const auto& p = a.evaluation.performance[w];
  if (workload.model.sizes.shared_weights <= 0 || !std::isfinite(p.packages)) return {};
  const auto used = performance::split_of(workload, p.mapping);
  std::string text;
  if (used.tensor * used.pipeline * used.data > 1) text = "; " + performance::text_of(used);
  const auto& best = a.best_splits[w];
  if (best && best->fits && best->keeps && best->performance.value > 1.01 * p.value) {
    text += fmt::format("; {} would give {}", performance::text_of(best->split),
                        readable(best->performance.value));
  }
  return text;
}

std::string performance_text(const Prepared& prepared, const Assessment& a) {
  Table table{.columns = {Align::left, Align::right, Align::left, Align::left}};
  for (std::size_t w = 0; w < a.system.workloads.size(); ++w) {
    const auto& p = a.evaluation.performance[w];
    std::string bound =
        fmt::format("bound by {}", performance::bound_names[static_cast<std::size_t>(p.bound)]);
    if (p.packages > 1 && p.usable.si() > 0)
      bound += fmt::format("; {} packages share it", readable(p.packages));
    if (a.system.workloads[w].kind == WorkloadKind::serve) {
      bound += fmt::format("; first token after {} ms, {} ms between tokens",
                           readable(p.first_token / unit::ms), readable(p.inter_token / unit::ms));
    }
    if (a.system.workloads[w].kind == WorkloadKind::train)
      bound += fmt::format("; a step takes {} s", readable(p.step / unit::s));
    bound += split_text(a, w);
    table.rows.push_back({prepared.design->workloads[w].id, readable(p.value),
                          std::string{performance::unit_of(a.system.workloads[w].kind)}, bound});
  }
  return print(table);
}

// Largest first, with its share.
std::string breakdown_text(std::vector<std::pair<std::string, double>> items, double total,
                           std::string_view unit) {
  std::ranges::stable_sort(items, std::greater{}, [](const auto& i) { return i.second; });
  Table table{.columns = {Align::left, Align::right, Align::left, Align::right}};
  for (const auto& [name, value] : items) {
    if (value == 0) continue;
    table.rows.push_back(
        {name, readable(value), std::string{unit},
         std::isfinite(total) ? fmt::format("{:.0f} %", 100 * value / total) : std::string{}});
  }
  return print(table);
}

std::string cost_text(const Prepared& prepared, const Assessment& a) {
  std::vector<std::pair<std::string, double>> items;
  for (const auto& [name, money] : cost_by_part(*prepared.design, a.evaluation.cost)) {
    items.emplace_back(name, money / unit::USD);
  }
  return breakdown_text(std::move(items), a.evaluation.cost.unit / unit::USD, "USD");
}

// Each item with the sum so far, and a bar from one to the other.
std::string waterfall_text(const Assessment& a) {
  constexpr double width = 40;
  const double whole = std::max(a.evaluation.cost.per_good_unit, a.evaluation.cost.unit) / unit::USD;
  if (!std::isfinite(whole)) return "  none: a die or its carrier is larger than the wafer\n";
  Table table{.columns = {Align::left, Align::right, Align::right, Align::left},
              .rows = {{"", "USD", "so far", ""}}};
  double sum = 0;
  for (const auto& [name, money] : cost_waterfall(a.system, a.evaluation.cost)) {
    const auto column = [&](double usd) {
      return static_cast<std::size_t>(std::lround(width * usd / whole));
    };
    const std::size_t from = column(sum);
    sum += money / unit::USD;
    const std::size_t to = column(sum);
    table.rows.push_back({name, readable(money / unit::USD), readable(sum),
                          std::string(from, ' ') + std::string(std::max<std::size_t>(to - from, 1), '#')});
  }
  return print(table);
}

std::string power_text(const Prepared& prepared, const Assessment& a) {
  const auto& p = a.evaluation.power;
  const Design& design = *prepared.design;
  std::vector<std::pair<std::string, double>> items;
  for (std::size_t d = 0; d < p.dies.size(); ++d)
    items.emplace_back("dies " + design.dies[d].id, p.dies[d].si());
  for (std::size_t m = 0; m < p.memories.size(); ++m) {
    items.emplace_back("memory " + design.memories[m].id, p.memories[m].si());
  }
  items.emplace_back("links", p.links.si());
  items.emplace_back("voltage conversion", p.conversion.si());
  std::string out = breakdown_text(std::move(items), p.total.si(), "W");
  for (std::size_t d = 0; d < p.dies.size(); ++d) {
    const auto& die = a.system.dies[d];
    const auto& power = a.evaluation.die_powers[d];
    if (!die.curve) continue;
    const double share = power.throttle ? power.throttle->clock : 1;
    out += fmt::format("  {} runs at {} GHz and {} V", die.id, readable(share * die.clock / unit::GHz),
                       readable(power::supply_voltage(die, power) / unit::V));
    if (share < 1) out += fmt::format(": the power cap leaves {:.0f} % of its clock", 100 * share);
    out += "\n";
  }
  return out;
}

std::string carbon_text(const Assessment& a) {
  const auto& c = a.evaluation.carbon;
  return breakdown_text({{"dies", c.dies.si()},
                         {"memories", c.memories.si()},
                         {"packaging", c.packaging.si()},
                         {"design", c.design.si()}},
                        c.embodied.si(), "kg");
}

// Units a month, step by step, and how long the volume takes.
std::string capacity_text(const Assessment& a, const supply::Capacity& capacity) {
  constexpr std::size_t shown = 4;
  std::string steps;
  for (std::size_t i = 1; i < std::min(shown, capacity.steps.size()); ++i) {
    const auto& step = capacity.steps[i];
    steps += fmt::format("; {} ({}) {}", step.part, step.row, readable(step.units_per_month));
  }
  const auto& first = capacity.steps.front();
  const double share = a.system.assumptions.supply_share;
  const auto most =
      fmt::format("  at most {} units a month, with {} % of the world's capacity: {} ({}) is scarcest{}",
                  readable(first.units_per_month), readable(100 * share), first.part, first.row, steps);
  return wrapped(most, "    ") +
         fmt::format(
             "  the volume of {} at that rate: {} weeks; {} wafers a month if it is made in {} weeks\n"
             "  each percent of wafer supply lost delays the market by {} weeks\n",
             readable(a.system.volume), readable(a.evaluation.supply.delivery / unit::week),
             readable(a.evaluation.supply.wafers_per_month),
             readable(a.system.assumptions.production_time / unit::week),
             readable(a.evaluation.supply.agility / unit::week));
}

std::string supply_text(const Assessment& a) {
  const auto single = supply::single_sourced(a.parts);
  std::string out =
      "\nsupply\n" +
      wrapped(fmt::format("  suppliers: {}", fmt::join(supply::suppliers_of(a.parts), ", ")), "    ");
  if (!single.empty()) out += wrapped(fmt::format("  single-sourced: {}", fmt::join(single, ", ")), "    ");
  for (const auto& losses : {supply::losses_by_supplier(a.parts), supply::losses_by_region(a.parts)}) {
    for (const auto& [name, lost] : losses) {
      if (!lost.empty())
        out += wrapped(fmt::format("  without {}: no {}", name, fmt::join(lost, ", ")), "    ");
    }
  }
  const auto capacity = supply::capacity({a.system, a.evaluation.die_costs, a.evaluation.cost}, a.parts);
  if (!capacity.steps.empty()) out += capacity_text(a, capacity);
  if (!capacity.unknown.empty()) {
    out += fmt::format("  capacity unknown: {}\n", fmt::join(capacity.unknown, ", "));
  }
  return out;
}

std::string key_figures(const Prepared& prepared, const Assessment& a) {
  Table table{.columns = figure_columns, .rows = {{"", "typical", "", "range of the sources", ""}}};
  const std::pair<const char*, const char*> rows[] = {
      {"cost.unit_usd", "unit cost"},
      {"cost.per_good_unit_usd", "per good unit"},
      {"cost.nre_total_usd", "NRE, whole"},
      {"power.total_w", "power"},
      {"thermal.peak_c", "hottest die"},
      {"yield.assembly", "assembly yield"},
      {"area.silicon_mm2", "silicon"},
      {"area.interposer_mm2", "interposer"},
      {"area.package_mm2", "package"},
      {"compute.peak_fp16_tflops", "peak, FP16"},
      {"compute.peak_int8_tops", "peak, 8 bit"},
      {"memory.bandwidth_gbyte_s", "memory bandwidth"},
      {"memory.capacity_gbyte", "memory capacity"},
      {"network.bisection_gbit_s", "bisection"},
      {"network.latency_ns", "latency across"},
      {"carbon.embodied_kg", "embodied carbon"},
      {"carbon.operational_kg", "carbon in use"},
      {"supply.tpp", "TPP"},
      {"supply.performance_density", "performance density"},
      {"supply.time_to_market_weeks", "time to market"},
      {"supply.units_per_month", "units a month"},
  };
  for (const auto& [path, words] : rows) {
    auto row = figure_row(path, words, prepared, a);
    if (row[1] != "0") table.rows.push_back(std::move(row));
  }
  return print(table);
}

}  // namespace

std::string choice_text(const Design& design, const Choice& choice) {
  std::string out;
  for (std::size_t v = 0; v < choice.size(); ++v) {
    out += fmt::format("{}{} = {}", v == 0 ? "" : ", ", design.variables[v].name,
                       design.variables[v].domain[choice[v]].text);
  }
  return out;
}

namespace {

// With as many digits as tell it from its limit.
std::string beyond(double value, double limit) {
  std::string out = readable(value);
  for (int digits = 4; out == readable(limit) && digits <= 9; ++digits) out = significant(value, digits);
  return out;
}

}  // namespace

std::string violations_text(const std::vector<Violation>& violations) {
  std::string out;
  for (const auto& v : violations) {
    const bool is_name = v.limit == 0;
    const std::string unit = v.unit.empty() ? "" : " " + v.unit;
    const std::string value = is_name ? v.what
                                      : fmt::format("{} {}{}, limit {}{}", v.what, beyond(v.value, v.limit),
                                                    unit, readable(v.limit), unit);
    out += wrapped(fmt::format("  {}: {}", v.path, value), "    ") + wrapped("    hint: " + v.hint, "      ");
  }
  return out;
}

std::string evaluation_text(const Prepared& prepared, const Assessment& a) {
  const Design& design = *prepared.design;
  std::string out = fmt::format("{}{}{}\n", design.name, design.title.empty() ? "" : ": ", design.title);
  if (!a.choice.empty()) out += wrapped("  " + choice_text(design, a.choice), "    ");
  out += a.violations.empty() ? "  feasible\n" : "  NOT feasible:\n" + violations_text(a.violations);
  out += "\ndies\n" + dies_text(prepared, a);
  if (!a.system.workloads.empty()) out += "\nperformance, a package\n" + performance_text(prepared, a);
  out += "\nfigures\n" + key_figures(prepared, a);
  if (a.physical) out += physical_text(prepared, a);
  out += "\ncost of a unit\n" + cost_text(prepared, a);
  out += "\nfrom bare wafers to a good unit\n" + waterfall_text(a);
  out += "\npower at full load\n" + power_text(prepared, a);
  out += "\ncarbon of a unit\n" + carbon_text(a);
  out += supply_text(a);
  if (const auto rows = overridden_rows(*prepared.library); !rows.empty()) {
    out += fmt::format("\nyour own numbers, in place of the library's\n  {}\n", fmt::join(rows, ", "));
  }
  out += fmt::format("\n{} rung, preset {}; still simple\n  {}\n", a.physical ? "physical" : "analytic",
                     models_text(prepared), fmt::join(a.physical ? not_yet_physical() : not_yet(), "\n  "));
  return out;
}

}  // namespace marquetry::report
