#include "session/finalists.h"

#include "chance/uncertainty.h"

namespace marquetry {
namespace {

constexpr std::size_t worlds = 1024;  // enough for the ends of nine in ten to three digits or so

// The figures of a match.
std::vector<std::string> uncertain_paths(const Design& design) {
  std::vector<std::string> out{"cost.unit_usd", "power.total_w", "yield.assembly"};
  for (const auto& workload : design.workloads) out.push_back("performance." + workload.id + ".value");
  return out;
}

// From the 5 % to the 95 % quantile, of the worlds that all of them share.
void draw(const Prepared& prepared, std::vector<report::Finalist>& finalists, std::uint64_t seed,
          int threads) {
  std::vector<chance::Subject> subjects;
  for (const auto& f : finalists) subjects.push_back(chance::subject_of(prepared, f.best->choice));
  Diagnostics none;  // a library whose correlations contradict each other has bounds alone
  const auto joint = chance::joint_of(subjects, none);
  if (!joint) return;
  const auto paths = uncertain_paths(*prepared.design);
  std::vector<std::vector<FigureRef>> figures;
  for (const auto& path : paths) {
    figures.emplace_back(subjects.size(), *find_figure(path, *prepared.design));
  }
  const auto drawn =
      chance::uncertainty(*joint, subjects, figures, {.samples = worlds, .seed = seed, .threads = threads});
  for (std::size_t p = 0; drawn && p < paths.size(); ++p) {
    for (std::size_t f = 0; f < finalists.size(); ++f) {
      const auto& spread = drawn->spreads[p][f];
      finalists[f].likely.push_back(
          {paths[p], spread.quantiles.front().value, spread.quantiles.back().value});
    }
  }
}

}  // namespace

std::vector<report::Finalist> finalists_of(const Prepared& prepared, const explore::Exploration& exploration,
                                           Assessor& assess, std::uint64_t seed, int threads) {
  std::vector<report::Finalist> out;
  for (const auto& best : exploration.best) {
    out.push_back({.best = &best, .assessment = assess(best.choice)});
  }
  if (out.empty() || !exploration.reference) return out;
  draw(prepared, out, seed, threads);
  for (auto& f : out) f.fleet = explore::fleet_of(prepared, *exploration.reference, f.assessment, f.likely);
  return out;
}

}  // namespace marquetry
