#include "evaluation/assess.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "evaluation/capacity.h"

namespace marquetry {
namespace {

// Whether a number of the derivation is an estimate. Each step is looked at once.
bool rests_on_estimate(const TraceNode& node, std::unordered_map<const TraceNode*, bool>& known) {
  if (const auto found = known.find(&node); found != known.end()) return found->second;
  bool result = node.estimate;
  for (const auto& operand : node.operands) result = rests_on_estimate(*operand, known) || result;
  return known[&node] = result;
}

template <Number Real>
Plan<Real> plan_of(const Prepared& prepared, const Lifting<Real>& lifting) {
  Diagnostics none;  // the same plan over doubles was made without complaint
  return *make_plan(*prepared.library, *prepared.design, lifting, none);
}

constexpr std::string_view first_token = "performance.{}.first_token_ms",
                           inter_token = "performance.{}.inter_token_ms", step = "performance.{}.step_s";

bool is_latency(std::string_view path) { return path == first_token || path == inter_token || path == step; }

// The latencies that users accept are those that the design constrains.
performance::Targets targets_of(const Prepared& prepared, std::size_t workload) {
  performance::Targets out;
  const std::array targets{std::pair{first_token, &out.first_token}, std::pair{inter_token, &out.inter_token},
                           std::pair{step, &out.step}};
  for (std::size_t l = 0; l < prepared.caps.size(); ++l) {
    const auto& limit = prepared.rules.limits[l];
    const auto& figure = prepared.caps[l];
    if (!figure || limit.is_least || figure->index != workload) continue;
    for (const auto& [path, target] : targets) {
      if (figure->figure->path != path) continue;
      const auto most = Time<>::from_si(limit.limit);
      *target = smaller(target->value_or(most), most);
    }
  }
  return out;
}

// What workloads that do not fit would fit with, and how each would best be split.
void judge_workloads(const Prepared& prepared, Assessment& a) {
  a.best_splits.clear();
  for (std::size_t w = 0; w < a.system.workloads.size(); ++w) {
    const auto& workload = a.system.workloads[w];
    const auto lacks =
        std::ranges::find(a.violations, "rules.capacity." + std::string{workload.id}, &Violation::path);
    if (lacks != a.violations.end()) {
      const auto remedies = capacity_remedies(*prepared.library, *prepared.design, a.system, a.evaluation, w);
      if (!remedies.empty()) lacks->hint = remedies_text(remedies);
    }
    const auto& best = a.best_splits.emplace_back(
        performance::best_mapping(workload, a.evaluation.machine, a.system.efficiency,
                                  performance::Goal::throughput, targets_of(prepared, w)));
    if (!best || !best->fits || !best->keeps) continue;
    for (auto& violation : a.violations) {
      const auto figure = find_figure(violation.path, *prepared.design);
      if (figure && figure->index == w && is_latency(figure->figure->path))
        violation.hint = "split as " + performance::text_of(best->split) + " it is kept";
    }
  }
}

}  // namespace

Assessor::Assessor(const Prepared& prepared)
    : prepared_{prepared},
      ranges_{plan_of(prepared, Lifting<Interval>{.uncertain = true})},
      traces_{plan_of(prepared, Lifting<Trace>{})} {}

const std::vector<std::string>& Assessor::estimates(const Choice& choice) {
  const Design& design = *prepared_.design;
  Choice names;
  for (std::size_t v = 0; v < choice.size(); ++v) {
    names.push_back(design.variables[v].domain.front().is_name ? choice[v] : 0);
  }
  const auto [entry, is_new] = estimates_.try_emplace(names);
  if (!is_new) return entry->second;
  const auto evaluation = evaluate(compose(traces_, std::span<const Range>{point(choice)}), prepared_.models);
  std::unordered_map<const TraceNode*, bool> known;
  for (const auto& path : figure_paths(design)) {
    if (rests_on_estimate(*find_figure(path, design)->si(evaluation).node(), known))
      entry->second.push_back(path);
  }
  return entry->second;
}

Assessment Assessor::operator()(const Choice& choice) {
  const Design& design = *prepared_.design;
  Assessment out{.choice = choice, .system = compose(prepared_, choice)};
  out.evaluation = evaluate(out.system, prepared_.models);
  out.violations = violations(design, prepared_.rules, prepared_.caps, out.system, out.evaluation, choice);
  judge_workloads(prepared_, out);
  const auto bounds = evaluate(compose(ranges_, std::span<const Range>{point(choice)}), prepared_.models);
  for (const auto& path : figure_paths(design)) {
    // Bounds of ten layers that are uncertain each say nothing of what they do together.
    if (path == "mechanics.warpage_um") continue;
    const auto figure = *find_figure(path, design);
    const Interval range = widened(figure.si(bounds));
    if (range.upper - range.lower <= 1e-9 * std::abs(range.upper)) continue;
    out.ranges.push_back({path, figure.report(range.lower), figure.report(range.upper)});
  }
  out.estimates = estimates(choice);
  out.parts = supply::sourcing(*prepared_.library, design, choice);
  return out;
}

namespace {

// Limits of single dies, and what would keep them. Rules of die types know neither.
void judge_heat(const Heated& heated, Assessment& a) {
  const auto known = [&](const std::string& path) {
    return std::ranges::find(a.violations, path, &Violation::path);
  };
  for (const auto& die : heated.dies) {
    const auto& id = die.is_memory ? a.system.memories[die.type].id : a.system.dies[die.type].id;
    const std::string path =
        (die.is_memory ? "rules.memory_temperature." : "rules.junction.") + std::string{id};
    if (die.limit.si() <= 0 || die.peak <= die.limit) continue;
    auto violation = known(path);
    if (violation == a.violations.end()) {
      a.violations.push_back({.path = path,
                              .value = (die.peak - unit::freezing_point) / unit::K,
                              .limit = (die.limit - unit::freezing_point) / unit::K,
                              .unit = "degC",
                              .what = "temperature of " + die.name});
      violation = a.violations.end() - 1;
    }
    violation->hint = heated.hint;
  }
  if (heated.plate_limit && heated.plate > *heated.plate_limit) {
    a.violations.push_back({.path = "rules.cooling_temperature",
                            .value = (heated.plate - unit::freezing_point) / unit::K,
                            .limit = (*heated.plate_limit - unit::freezing_point) / unit::K,
                            .unit = "degC",
                            .what = "temperature of the cooling's plate",
                            .hint = "another cooling, or less power"});
  }
  if (heated.is_runaway) {
    a.violations.push_back({.path = "rules.thermal_runaway",
                            .value = 1,
                            .limit = 0,
                            .what = "leakage and heat drive each other without end",
                            .hint = heated.hint});
  }
}

// Of each die type the one that lacks most.
void judge_bumps(const Delivered& delivered, Assessment& a) {
  const auto& [row, nets, report, package] = delivered;
  std::map<std::string, const delivery::Violation*> of_kind;
  for (const auto& v : report.violations) {
    if (v.kind != delivery::Violation::Kind::bumps) continue;
    auto& most = of_kind[std::ranges::find(nets.sites, v.subject, &delivery::Sites::die)->kind];
    if (most == nullptr || v.value - v.limit > most->value - most->limit) most = &v;
  }
  for (const auto& [kind, v] : of_kind)
    a.violations.push_back({.path = "delivery.bumps." + kind,
                            .value = v->value,
                            .limit = v->limit,
                            .what = v->message,
                            .hint = v->hint});
}

}  // namespace

Assessment refined(const Prepared& prepared, Assessment a, const Physical& physical) {
  const Design& design = *prepared.design;
  a.analytic = a.evaluation;
  a.evaluation = evaluate(a.system, physical, *a.analytic, prepared.models);
  a.system = placed(a.system, physical);
  a.physical = physical;
  a.violations = violations(design, prepared.rules, prepared.caps, a.system, a.evaluation, a.choice);
  judge_workloads(prepared, a);
  if (physical.heated) judge_heat(*physical.heated, a);
  if (physical.delivered) judge_bumps(*physical.delivered, a);
  for (const auto& fault : physical.faults) {
    const std::string more = fault.count > 1 ? " (and " + std::to_string(fault.count - 1) + " more)" : "";
    a.violations.push_back({.path = "layout." + fault.rule,
                            .value = 1,
                            .limit = 0,
                            .what = fault.message + more,
                            .hint = "'marquetry place' shows the layout that comes nearest"});
  }
  for (const auto& move : moves(design, a)) {
    std::erase_if(a.ranges, [&](const FigureRange& range) { return range.path == move.path; });
  }
  return a;
}

std::vector<Move> moves(const Design& design, const Assessment& a) {
  std::vector<Move> out;
  if (!a.analytic) return out;
  for (const auto& path : figure_paths(design)) {
    const auto figure = *find_figure(path, design);
    const double before = figure.si(*a.analytic), now = figure.si(a.evaluation);
    const bool same = before == now || std::abs(now - before) <= 1e-9 * std::abs(before);
    if (!same) out.push_back({path, figure, figure.report(before), figure.report(now)});
  }
  return out;
}

}  // namespace marquetry
