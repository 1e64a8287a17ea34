// How many splits there are: divisors of the heads x divisors of the layers x replicas that dies are left
// for. A thousand dies have a few thousand of them, each a fraction of a microsecond.
#include "performance/best_mapping.h"

#include <cmath>
#include <vector>

#include "base/text.h"

namespace marquetry::performance {
namespace {

using Numbers = std::vector<double>;

// Whole numbers up to `most` that divide `whole`; 1 alone where there is nothing to split.
Numbers divisors(double whole, double most) {
  Numbers out;
  for (double n = 1; n <= std::min(whole, most); ++n) {
    if (std::fmod(whole, n) == 0) out.push_back(n);
  }
  if (out.empty()) out.push_back(1);
  return out;
}

// What is given, or else what may be.
Numbers given_or(const std::optional<double>& given, Numbers all) {
  return given ? Numbers{*given} : std::move(all);
}

bool is_transformer(const Workload<double>& w) {
  return w.kind == WorkloadKind::prefill || w.kind == WorkloadKind::decode || w.kind == WorkloadKind::serve ||
         w.kind == WorkloadKind::train;
}

// Replicas that leave no die idle that one more could use come last: they are worth most and hold least.
Numbers replicas(const Workload<double>& w, double room) {
  Numbers out;
  for (double n = 1; n <= std::min(room, w.batch); ++n) {
    if (w.kind != WorkloadKind::train || std::fmod(w.batch, n) == 0) out.push_back(n);
  }
  return out;
}

bool better(const BestMapping& a, const BestMapping& b, Goal goal) {
  if (a.fits != b.fits) return a.fits;
  if (a.keeps != b.keeps) return a.keeps;
  const auto merit = [goal](const BestMapping& m) {
    return goal == Goal::throughput ? m.performance.value : 1 / (m.performance.step / unit::s);
  };
  return merit(a) > merit(b);
}

// In whole packages, each with whole ways inside; a machine that is named is used whole.
bool is_whole(const Mapping<double>& m, const std::optional<double>& packages_given) {
  for (const auto& levels : {m.tensor, m.pipeline, m.data}) {
    if (std::fmod(levels.inside, 1) != 0 || std::fmod(levels.outside, 1) != 0) return false;
  }
  return !packages_given || packages(m) == *packages_given;
}

bool keeps(const Targets& targets, const Performance<double>& p) {
  const auto within = [](const std::optional<Time<>>& target, const Time<>& time) {
    return !target || time <= *target;
  };
  return within(targets.first_token, p.first_token) && within(targets.inter_token, p.inter_token) &&
         within(targets.step, p.step);
}

}  // namespace

std::optional<BestMapping> best_mapping(const Workload<double>& workload, const Machine<double>& machine,
                                        const EfficiencyParameters<double>& efficiency, Goal goal,
                                        const Targets& targets) {
  const auto& given = workload.ways;
  Workload<double> w = workload;
  if (!w.packages) w.packages = roofline(workload, machine, efficiency).packages;
  const double dies = machine.dies * *w.packages;
  if (!(dies <= most_dies)) return std::nullopt;
  const bool transformer = is_transformer(w);
  const double any = transformer ? w.model.heads : dies;
  std::optional<BestMapping> best;
  std::size_t tried = 0;
  const auto look_at = [&](const Split& split) {
    w.ways = {.tensor = split.tensor, .pipeline = split.pipeline, .data = split.data, .expert = split.expert};
    const auto mapping = mapping_of(w, machine.dies, *w.packages);
    if (!is_whole(mapping, workload.packages)) return;
    BestMapping found{.split = split, .performance = roofline(w, machine, efficiency, mapping)};
    const auto& p = found.performance;
    found.fits = p.needed <= p.packages * p.usable;
    found.keeps = keeps(targets, p);
    ++tried;
    if (!best || better(found, *best, goal)) best = found;
  };
  for (const double stages : given_or(given.pipeline, divisors(transformer ? w.model.layers : 1, dies))) {
    for (const double tensor : given_or(given.tensor, divisors(any, dies / stages))) {
      for (const double data : given_or(given.data, replicas(w, std::floor(dies / (stages * tensor))))) {
        if (stages * tensor * data > dies) continue;
        const double spread = tensor * data;
        for (const double expert : given_or(given.expert, divisors(w.model.experts, spread))) {
          if (expert <= std::max(spread, 1.0)) look_at({tensor, stages, data, expert});
        }
      }
    }
  }
  if (best) best->tried = tried;
  return best;
}

Split split_of(const Workload<double>& workload, const Mapping<double>& m) {
  const double spread = m.expert > 1 ? m.expert * ways(m.tensor) : 1;
  return {ways(m.tensor), ways(m.pipeline), ways(m.data), workload.ways.expert.value_or(spread)};
}

std::string text_of(const Split& split) {
  std::string text;
  const auto tell = [&text](std::string_view name, double ways) {
    if (ways > 1) text += (text.empty() ? "" : " x ") + std::string{name} + " " + exact(ways);
  };
  tell("tensor", split.tensor), tell("pipeline", split.pipeline), tell("data", split.data);
  if (split.expert > 1) text += (text.empty() ? "experts " : ", experts ") + exact(split.expert);
  return text.empty() ? "one die" : text;
}

}  // namespace marquetry::performance
