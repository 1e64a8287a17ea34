#include "report/answer_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "explore/levers.h"
#include "report/table.h"

namespace marquetry::report {
namespace {

struct SenseWords {
  explore::Sense sense;
  std::string_view name, reason;
};
constexpr std::array sense_words{
    SenseWords{explore::Sense::nearest, "nearest",
               "no feasible choice has a smaller gap to the product over all objectives"},
    SenseWords{explore::Sense::cheapest, "cheapest match",
               "no feasible choice matches the product for less unit cost x packages"},
    SenseWords{explore::Sense::frugal, "least power match",
               "no feasible choice matches the product with less power x packages"},
    SenseWords{explore::Sense::knee, "knee",
               "nearest to the best of every objective at once, each scaled to the extent of the front"},
};

const SenseWords& words_of(explore::Sense sense) {
  return *std::ranges::find(sense_words, sense, &SenseWords::sense);
}

}  // namespace

std::string unit_of(const FigureRef& figure, const Prepared& prepared) {
  if (figure.figure->path == "performance.{}.value") {
    return std::string{performance::unit_of(prepared.plan.base.workloads[figure.index].kind)};
  }
  return std::string{figure.figure->unit};
}

std::string composition_words(const Prepared& prepared, const Assessment& a) {
  const Design& design = *prepared.design;
  std::string out;
  const auto add = [&out](const std::string& part) { out += (out.empty() ? "" : ", ") + part; };
  for (std::size_t d = 0; d < design.dies.size(); ++d) {
    if (a.system.dies[d].count == 0) continue;  // left out
    add(fmt::format("{:g} {} on {}", a.system.dies[d].count, design.dies[d].id,
                    chosen(design, a.choice, design.dies[d].node)));
  }
  for (std::size_t m = 0; m < design.memories.size(); ++m) {
    const auto& memory = a.system.memories[m];
    add(fmt::format("{:g} {}{}", memory.stacks * a.system.dies[memory.host].count,
                    chosen(design, a.choice, design.memories[m].memory),
                    memory.on_host > 0 ? " on " + design.memories[m].host : ""));
  }
  if (const auto& packaging = chosen(design, a.choice, design.packaging); !packaging.empty()) add(packaging);
  if (const auto& lid = chosen(design, a.choice, design.lid); !lid.empty())
    add(lid == "none" ? "no lid" : "lid of " + lid);
  if (const auto& cooling = chosen(design, a.choice, design.cooling); !cooling.empty()) add(cooling);
  return out;
}

std::string_view sense_name(explore::Sense sense) { return words_of(sense).name; }
std::string_view sense_reason(explore::Sense sense) { return words_of(sense).reason; }

std::string range_text(const explore::Span& span) {
  const auto low = readable(span.low), high = readable(span.high);
  return low == high ? low : low + " .. " + high;
}

std::string levers_text(const Prepared& prepared, std::size_t workload, const Choice& choice) {
  const Design& design = *prepared.design;
  std::string out;
  for (const auto v : explore::levers_of(design, design.workloads[workload])) {
    const auto& variable = design.variables[v];
    out += fmt::format("{}{} = {}", out.empty() ? "" : ", ", variable.name, variable.domain[choice[v]].text);
  }
  return out;
}

std::string measure_name(const Prepared& prepared, const explore::Measure& measure) {
  switch (measure.kind) {
    case explore::MeasureKind::objective:
      return explore::figure_name(path_of(prepared.objectives[measure.objective].figure, *prepared.design));
    case explore::MeasureKind::shortfall:
      return "gap";
    case explore::MeasureKind::match_cost:
      return "cost of a match";
    case explore::MeasureKind::match_power:
      return "power of a match";
  }
  return {};
}

std::string measure_path(const Prepared& prepared, const explore::Measure& measure) {
  switch (measure.kind) {
    case explore::MeasureKind::objective:
      return path_of(prepared.objectives[measure.objective].figure, *prepared.design);
    case explore::MeasureKind::shortfall:
      return "reference.shortfall";
    case explore::MeasureKind::match_cost:
      return "match.cost_usd";
    case explore::MeasureKind::match_power:
      return "match.power_w";
  }
  return {};
}

double measure_scale(const Prepared& prepared, const explore::Measure& measure) {
  switch (measure.kind) {
    case explore::MeasureKind::objective:
      return prepared.objectives[measure.objective].figure.figure->unit_si;
    case explore::MeasureKind::match_cost:
      return unit::USD.si();
    case explore::MeasureKind::match_power:
      return unit::W.si();
    case explore::MeasureKind::shortfall:
      break;
  }
  return 1;
}

double measure_value(const Prepared& prepared, const explore::Measure& measure, double value) {
  if (measure.kind != explore::MeasureKind::objective) return value / measure_scale(prepared, measure);
  const auto& objective = prepared.objectives[measure.objective];
  return objective.figure.report(objective.maximize ? -value : value);
}

}  // namespace marquetry::report
