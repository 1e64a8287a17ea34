#include "refine/heat.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "power/power_map.h"
#include "refine/heat_stack.h"
#include "thermal/heat.h"

namespace marquetry::refine {
namespace {

constexpr conduction::Request exact{.tolerance = 5e-3};
constexpr double usable = 0.8;         // of what a better cooling must gain; the rest falls with the leakage
constexpr std::size_t most_tries = 3;  // coolings that are solved for a hint

constexpr thermal::Settings settings{.columns = 64, .rows = 64};

// Where circuits of a die are told from those of others: itself, or the one below that its heat goes to.
std::size_t told_by(const layout::Problem& problem, std::size_t die, const std::vector<bool>& is_told) {
  while (!is_told[die] && problem.dies[die].on) die = *problem.dies[die].on;
  return die;
}

struct Warmth {
  double peak{}, mean{}, area{};
};

std::vector<Warmth> warmth_of(const HeatStack& made, const thermal::Heat& heat) {
  std::vector<Warmth> out(made.dynamic.size());
  for (const auto& t : heat.blocks) {
    const auto& block = made.stack.layers[t.layer].blocks[t.block];
    if (!made.is_circuit[t.layer][t.block]) continue;
    auto& die = out[*block.part];
    const double area = block.width * block.height;
    die.peak = std::max(die.peak, t.peak);
    die.mean = (die.mean * die.area + t.mean * area) / (die.area + area);
    die.area += area;
  }
  return out;
}

std::optional<thermal::Heat> solved(const thermal::Stack& stack) {
  auto heat = thermal::steady(stack, settings, exact);
  const auto state = heat.outcome.state;
  if (state == conduction::State::solved || state == conduction::State::indefinite) return heat;
  return std::nullopt;
}

HeatPlane plane_of(const thermal::Stack& stack, const thermal::Heat& heat) {
  HeatPlane out{.columns = heat.shape.columns,
                .rows = heat.shape.rows,
                .width = stack.width,
                .height = stack.height,
                .kelvin = std::vector<double>(heat.shape.plane())};
  for (std::size_t l = 0; l < stack.layers.size(); ++l) {
    if (!stack.layers[l].heats) continue;
    for (std::size_t c = 0; c < out.kelvin.size(); ++c) {
      out.kelvin[c] = std::max(out.kelvin[c], stack.ambient + heat.rise.cells[l * out.kelvin.size() + c]);
    }
  }
  return out;
}

// Kelvin by which the die that is worst off is beyond its limit; below 0 where all keep it.
double excess(const Heated& heated) {
  double worst = -1e9;
  for (const auto& die : heated.dies) {
    if (die.limit.si() > 0) worst = std::max(worst, (die.peak - die.limit) / unit::K);
  }
  return worst;
}

struct Situation {
  const Prepared& prepared;
  const Choice& choice;
  const System<double>& system;
  const Evaluation<double>& powers;
  const placement::PackageProblem& package;
  const layout::Layout& layout;
};

std::optional<Heated> heated_by(const Situation& s, const layout::Problem& problem, const Cooling& cooling) {
  const auto made = heat_stack(s.prepared, s.choice, s.system, s.powers, problem, s.layout);
  const auto& stack = made.stack;
  const auto heat = solved(stack);
  if (!heat) return std::nullopt;
  const auto warmth = warmth_of(made, *heat);
  std::vector<bool> is_told;
  for (const auto& die : warmth) is_told.push_back(die.area > 0);
  Heated out{.bound = heat->outcome.bound,
             .plate = heat->layers.back().peak * unit::K,
             .power = heat->power * unit::W,
             .leakage = heat->leakage * unit::W,
             .plane = plane_of(stack, *heat),
             .is_runaway = heat->outcome.state == conduction::State::indefinite};
  if (cooling.temperature_limit.known) out.plate_limit = cooling.temperature_limit.typ * unit::K;
  const auto absolute = [](double celsius) {
    return celsius > 0 ? celsius * unit::K + unit::freezing_point : Temperature<>{};
  };
  const auto nanometres = [](geometry::Nanometre n) { return 1e-9 * static_cast<double>(n); };
  // The footprint has one centre with the package.
  const geometry::Point corner{
      (s.layout.package.low.x + s.layout.package.high.x) / 2 - std::llround(1e9 * stack.width / 2),
      (s.layout.package.low.y + s.layout.package.high.y) / 2 - std::llround(1e9 * stack.height / 2)};
  for (std::size_t d = 0; d < warmth.size(); ++d) {
    const auto& part = s.package.parts[d];
    const auto& die = problem.dies[d];
    const auto rect = layout::outline(s.layout, d);
    const std::size_t by = told_by(problem, d, is_told);
    const double leakage =
        made.leakage[d] * std::exp(made.slope[d] * (warmth[by].mean - power::leakage_reference));
    out.dies.push_back({.name = die.name,
                        .is_memory = part.is_memory,
                        .type = part.type,
                        .instance = part.instance,
                        .peak = warmth[by].peak * unit::K,
                        .mean = warmth[by].mean * unit::K,
                        .limit = absolute(die.temperature_limit),
                        .throttle = absolute(die.throttle),
                        .x = nanometres(rect.low.x - corner.x),
                        .y = nanometres(rect.low.y - corner.y),
                        .width = nanometres(rect.width()),
                        .height = nanometres(rect.height()),
                        .power = (made.dynamic[d] + leakage) * unit::W,
                        .leakage = leakage * unit::W});
  }
  return out;
}

// The cheapest cooling of the library that keeps all limits, by its resistance first and then by the grid.
std::string remedy(const Situation& s, const Heated& now) {
  const auto& library = *s.prepared.library;
  double watts = 0;
  for (const auto& die : now.dies) watts += die.power / unit::W;
  const auto& own = *s.package.section.cooling;
  const double over = excess(now), here = own.ambient.typ + watts * own.resistance.typ;
  std::vector<const Cooling*> better;
  for (const auto& row : library.coolings) {
    if (row.ambient.typ + watts * row.resistance.typ < here - usable * over) better.push_back(&row);
  }
  std::ranges::stable_sort(better, {}, [](const Cooling* row) { return row->price.typ; });
  for (std::size_t i = 0; i < std::min(better.size(), most_tries); ++i) {
    auto parts = s.package.section;
    parts.cooling = better[i];
    parts.resistance = better[i]->resistance.typ;
    layout::Problem problem = s.package.problem;
    problem.section = placement::package_section(library, parts);
    problem.ambient = better[i]->ambient.typ - unit::freezing_point.si();
    const auto then = problem.section ? heated_by(s, problem, *better[i]) : std::nullopt;
    if (!then || then->is_runaway || excess(*then) > 0) continue;
    return fmt::format("cooling '{}' would keep all limits, by {:.1f} K", better[i]->id, -excess(*then));
  }
  return "less power, dies further apart, or another section of the package: no cooling that was tried would "
         "do";
}

}  // namespace

std::optional<thermal::HeatCase> heat_case(const Prepared& prepared, const Choice& choice,
                                           const System<double>& system, const Evaluation<double>& analytic,
                                           const Refined& refined) {
  const auto& [physical, package, layout] = refined;
  if (!package.problem.section) return std::nullopt;
  Physical cold = physical;
  cold.leakage = assumed(system, analytic).leakage;
  const auto powers = evaluate(system, cold, analytic, prepared.models);
  return thermal::HeatCase{
      .stack = heat_stack(prepared, choice, placed(system, cold), powers, package.problem, layout).stack,
      .settings = settings,
      .notes = {"regulators stand on the board and warm nothing here"}};
}

std::optional<Heated> heated(const Prepared& prepared, const Choice& choice, const System<double>& system,
                             const Evaluation<double>& powers, const placement::PackageProblem& package,
                             const layout::Layout& layout) {
  if (!package.problem.section) return std::nullopt;
  const Situation s{prepared, choice, system, powers, package, layout};
  auto out = heated_by(s, package.problem, *package.section.cooling);
  if (out && (out->is_runaway || excess(*out) > 0)) out->hint = remedy(s, *out);
  return out;
}

}  // namespace marquetry::refine
