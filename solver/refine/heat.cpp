#include "refine/heat.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "placement/stacks.h"
#include "power/power.h"
#include "thermal/heat.h"
#include "thermal/placed.h"

namespace marquetry::refine {
namespace {

constexpr double reference = 358.15;  // K, at which leakage is given
constexpr conduction::Request exact{.tolerance = 5e-3};
constexpr double usable = 0.8;         // of what a better cooling must gain; the rest falls with the leakage
constexpr std::size_t most_tries = 3;  // coolings that are solved for a hint

// W by die of the problem.
struct Powers {
  std::vector<double> dynamic{}, leakage{};
};

Powers powers_of(const System<double>& system, const Evaluation<double>& e,
                 const placement::PackageProblem& package) {
  Powers out;
  std::vector<double> dies(system.dies.size()), memories(system.memories.size());
  for (const auto& part : package.parts) ++(part.is_memory ? memories : dies)[part.type];
  std::vector<double> links(system.dies.size());  // W of each die of a type
  for (const auto& network : system.networks) {
    const double watts = power::link_power(system, network) / unit::W;
    const bool is_shared = network.to && *network.to != network.from;
    const auto give = [&](std::size_t type, double share) {
      if (dies[type] > 0) links[type] += share * watts / dies[type];
    };
    give(network.from, is_shared ? 0.5 : 1);
    if (is_shared) give(*network.to, 0.5);
  }
  for (const auto& part : package.parts) {
    if (part.is_memory) {
      out.dynamic.push_back(e.power.memories[part.type] / unit::W / memories[part.type]);
      out.leakage.push_back(0);
    } else {
      out.dynamic.push_back(e.die_powers[part.type].dynamic / unit::W + links[part.type]);
      out.leakage.push_back(e.die_powers[part.type].leakage / unit::W);
    }
  }
  return out;
}

thermal::Stack stack_with(const layout::Problem& problem, const layout::Layout& layout,
                          const std::vector<double>& powers) {
  layout::Problem own = problem;
  std::vector<geometry::Rect> rects, bridges;
  for (std::size_t d = 0; d < powers.size(); ++d) {
    own.dies[d].power = powers[d];
    rects.push_back(layout::outline(layout, d));
  }
  for (const auto& bridge : layout.bridges) bridges.push_back(bridge.rect);
  return thermal::placed_stack(own, rects, layout.carrier, layout.package, bridges);
}

// Slope of a die's leakage with the temperature, per kelvin; 0 where its node has none.
double slope_of(const Prepared& prepared, const Choice& choice, const placement::Part& part) {
  if (part.is_memory) return 0;
  const auto& design = *prepared.design;
  const auto* node = find(prepared.library->nodes, chosen(design, choice, design.dies[part.type].node));
  return node != nullptr && node->leakage_slope.known ? node->leakage_slope.typ : 0;
}

thermal::Stack stack_of(const Prepared& prepared, const Choice& choice, const System<double>& system,
                        const Evaluation<double>& e, const placement::PackageProblem& package,
                        const layout::Problem& problem, const layout::Layout& layout) {
  const auto powers = powers_of(system, e, package);
  auto stack = stack_with(problem, layout, powers.dynamic);
  const auto leaking = stack_with(problem, layout, powers.leakage);  // the same blocks
  for (std::size_t l = 0; l < stack.layers.size(); ++l) {
    for (std::size_t b = 0; b < stack.layers[l].blocks.size(); ++b) {
      auto& block = stack.layers[l].blocks[b];
      const double watts = leaking.layers[l].blocks[b].power;
      if (watts <= 0 || !block.part) continue;
      block.leakage = {.power = watts,
                       .slope = slope_of(prepared, choice, package.parts[*block.part]),
                       .reference = reference};
    }
  }
  return stack;
}

constexpr thermal::Settings settings{.columns = 64, .rows = 64};

// Where circuits of a die are told from those of others: itself, or the one below that its heat goes to.
std::size_t told_by(const layout::Problem& problem, std::size_t die, const std::vector<bool>& is_told) {
  while (!is_told[die] && problem.dies[die].on) die = *problem.dies[die].on;
  return die;
}

struct Warmth {
  double peak{}, mean{}, area{}, leakage{};
};

std::vector<Warmth> warmth_of(const thermal::Stack& stack, const thermal::Heat& heat,
                              const placement::PackageProblem& package) {
  std::vector<Warmth> out(package.parts.size());
  for (const auto& t : heat.blocks) {
    const auto& layer = stack.layers[t.layer];
    const auto& block = layer.blocks[t.block];
    if (!layer.heats || !block.part || block.name != package.problem.dies[*block.part].name) continue;
    auto& die = out[*block.part];
    const double area = block.width * block.height;
    die.peak = std::max(die.peak, t.peak);
    die.mean = (die.mean * die.area + t.mean * area) / (die.area + area);
    die.area += area;
    die.leakage += block.leakage.power * std::exp(block.leakage.slope * (t.mean - reference));
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
  const auto stack = stack_of(s.prepared, s.choice, s.system, s.powers, s.package, problem, s.layout);
  const auto heat = solved(stack);
  if (!heat) return std::nullopt;
  const auto warmth = warmth_of(stack, *heat, s.package);
  const auto powers = powers_of(s.system, s.powers, s.package);
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
    return celsius > 0 ? (celsius + 273.15) * unit::K : Temperature<>{};
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
        powers.leakage[d] * std::exp(slope_of(s.prepared, s.choice, part) * (warmth[by].mean - reference));
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
                        .power = (powers.dynamic[d] + leakage) * unit::W,
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
    problem.ambient = better[i]->ambient.typ - 273.15;
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
      .stack = stack_of(prepared, choice, placed(system, cold), powers, package, package.problem, layout),
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
