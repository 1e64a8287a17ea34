// Pairs of constants at a time, over both their grids, until none helps: a single one at a time is caught in
// valleys where two make up for each other.
#include "performance/fit.h"

namespace marquetry::test {
namespace {

using Constants = EfficiencyParameters<double>;

// One all-reduce waits for several kernels on every device, a layer for some more: both are launches.
void put_launches(Constants& e, double layer) {
  e.layer_overhead = layer * unit::us;
  e.collective_latency = 0.25 * e.layer_overhead;
}

class Search {
 public:
  Search(const FitPlan& plan, std::span<const Measured> rows, const Constants& start)
      : plan_{plan}, rows_{rows}, start_{start} {}

  std::vector<int> best() const {
    std::vector<int> at;
    for (const auto& c : plan_.constants) at.push_back(c.count / 2);
    double least = error(at);
    for (bool better = true; better;) {
      better = false;
      for (std::size_t i = 0; i < at.size(); ++i) {
        for (std::size_t j = i; j < at.size(); ++j) better = improved(at, i, j, least) || better;
      }
    }
    return at;
  }

  Constants constants(const std::vector<int>& at) const {
    Constants out = start_;
    for (std::size_t i = 0; i < at.size(); ++i) {
      plan_.constants[i].put(out, plan_.constants[i].value(at[i]));
    }
    return out;
  }

 private:
  double error(const std::vector<int>& at) const { return mean_error(rows_, constants(at)); }

  bool improved(std::vector<int>& at, std::size_t i, std::size_t j, double& least) const {
    auto now = at, best = at;
    for (int a = 0; a < plan_.constants[i].count; ++a) {
      for (int b = 0; b < (i == j ? 1 : plan_.constants[j].count); ++b) {
        now[j] = b;
        now[i] = a;
        const double here = error(now);
        if (here >= least - 1e-9) continue;
        least = here;
        best = now;
      }
    }
    const bool moved = best != at;
    at = best;
    return moved;
  }

  const FitPlan& plan_;
  std::span<const Measured> rows_;
  const Constants& start_;
};

}  // namespace

double mean_error(std::span<const Measured> rows, const Constants& efficiency) {
  double sum = 0, count = 0;
  for (const auto& row : rows) {
    const auto performance = modelled(row, efficiency);
    const std::size_t figures = row.set == MeasuredSet::serving ? 2 : row.figures.size();
    for (std::size_t f = 0; f < figures; ++f) {
      const auto& figure = row.figures[f];
      sum += std::abs(figure.ours(performance) / figure.measured - 1);
      ++count;
    }
  }
  return count > 0 ? sum / count : 0;
}

std::vector<FitPlan> fit_plans() {
  const FitConstant launches{"layer_overhead, us", 30, 2.5, 41, put_launches};
  const FitConstant memory{"memory", 0.7, 0.01, 31, [](Constants& e, double x) { e.memory = x; }};
  const FitConstant matrix{"matrix", 0.3, 0.01, 61, [](Constants& e, double x) { e.matrix = x; }};
  const FitConstant attention{"attention", 0.05, 0.05, 19, [](Constants& e, double x) { e.attention = x; }};
  // Kernels that do not skip the masked half of the scores do twice what is counted.
  const FitConstant unfused{"matrix", 0.3, 0.01, 61, [](Constants& e, double x) {
                              e.matrix = x;
                              e.attention = 0.5 * x;
                            }};
  // Two products with a softmax between them, in one kernel.
  const FitConstant fused{"matrix", 0.3, 0.01, 61, [](Constants& e, double x) {
                            e.matrix = x;
                            e.attention = x / 3;
                          }};
  const FitConstant a_sequence{"sequence_overhead, us", 0, 10, 41,
                               [](Constants& e, double x) { e.sequence_overhead = x * unit::us; }};
  const FitConstant a_request{"request_overhead, ms", 0, 2.5, 17,
                              [](Constants& e, double x) { e.request_overhead = x * unit::ms; }};
  const FitConstant burst{"burst", 0, 0.05, 21, [](Constants& e, double x) { e.burst = x; }};
  return {
      {"a100-inference", {memory, launches}},
      {"h100-inference", {memory, launches}},
      {"a100-serving", {matrix, attention, launches, a_sequence, a_request, burst}},
      {"a100-training", {unfused}},
      {"h100-training", {fused}},
  };
}

Fit fit(const FitPlan& plan, std::span<const Measured> rows, const Constants& start) {
  Fit out;
  const Search all{plan, rows, start};
  const auto at = all.best();
  for (std::size_t i = 0; i < at.size(); ++i) out.constants.push_back(plan.constants[i].value(at[i]));
  out.efficiency = all.constants(at);
  out.error = mean_error(rows, out.efficiency);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::vector<Measured> others{rows.begin(), rows.end()};
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(r));
    const Search without{plan, others, start};
    out.held_out +=
        mean_error(rows.subspan(r, 1), without.constants(without.best())) / static_cast<double>(rows.size());
  }
  return out;
}

}  // namespace marquetry::test
