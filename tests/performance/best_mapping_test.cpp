// The best split against plain enumeration, and what it must keep.
#include <catch2/catch.hpp>

#include <cmath>

#include "base/rng.h"
#include "performance/best_mapping.h"
#include "performance/passes.h"

using namespace marquetry;
using namespace marquetry::unit;
using performance::best_mapping;
using performance::Goal;

namespace {

performance::Machine<double> machine(double dies) {
  performance::Machine<double> m;
  m.peaks.fill(100e12 * Hz);
  m.memory = 1 * TB / s;
  m.capacity = 100 * GB;
  m.dies = dies;
  m.between_dies = 100 * GB / s;
  m.step = 100 * ns;
  m.between_packages = 20 * GB / s;
  m.joins_packages = true;
  return m;
}

const EfficiencyParameters<double> habits = test::passes_efficiency();

// Every number of ways up to all dies, whatever it is.
double best_by_enumeration(const Workload<double>& workload, const performance::Machine<double>& m,
                           Goal goal) {
  const double n = *workload.packages, dies = m.dies * n;
  double best = -1;
  bool best_fits = false;
  for (double t = 1; t <= dies; ++t) {
    for (double p = 1; p <= dies; ++p) {
      for (double d = 1; d <= dies; ++d) {
        if (t * p * d > dies || std::fmod(workload.model.heads, t) != 0 ||
            std::fmod(workload.model.layers, p) != 0)
          continue;
        if (d > workload.batch || (workload.kind == WorkloadKind::train && std::fmod(workload.batch, d) != 0))
          continue;
        Workload<double> w = workload;
        w.ways = {.tensor = t, .pipeline = p, .data = d, .expert = 1.0};
        const auto mapping = performance::mapping_of(w, m.dies, n);
        bool whole = packages(mapping) == n;
        for (const auto& level : {mapping.tensor, mapping.pipeline, mapping.data}) {
          whole =
              whole && level.inside == std::floor(level.inside) && level.outside == std::floor(level.outside);
        }
        if (!whole) continue;
        const auto r = roofline(w, m, habits, mapping);
        const bool fits = r.needed <= r.packages * r.usable;
        const double merit = goal == Goal::throughput ? r.value : 1 / (r.step / unit::s);
        if (fits < best_fits || (fits == best_fits && merit <= best)) continue;
        best = merit;
        best_fits = fits;
      }
    }
  }
  return best;
}

}  // namespace

TEST_CASE("the best split is that of plain enumeration, for throughput and for latency") {
  Rng rng{5};
  const std::array kinds{WorkloadKind::prefill, WorkloadKind::decode, WorkloadKind::serve,
                         WorkloadKind::train};
  for (int i = 0; i < 60; ++i) {
    auto m = machine(static_cast<double>(1 + rng.below(6)));
    m.between_packages = (1 + static_cast<double>(rng.below(200))) * GB / s;
    auto w = test::small_model(kinds[rng.below(4)], static_cast<double>(1 + rng.below(16)), 1000);
    w.output = 100;
    w.packages = static_cast<double>(1 + rng.below(4));
    const Goal goal = rng.below(2) == 0 ? Goal::throughput : Goal::latency;
    const auto best = best_mapping(w, m, habits, goal);
    const double expected = best_by_enumeration(w, m, goal);
    CAPTURE(i);
    REQUIRE(best.has_value() == (expected >= 0));
    if (!best) continue;
    CHECK((goal == Goal::throughput ? best->performance.value : 1 / (best->performance.step / s)) ==
          Approx(expected));
  }
}

TEST_CASE("ways that are given are kept, and the same split comes out each time") {
  auto w = test::small_model(WorkloadKind::train, 16, 1000);
  w.packages = 4;
  w.ways.data = 2;
  const auto m = machine(4);
  const auto a = best_mapping(w, m, habits), b = best_mapping(w, m, habits);
  REQUIRE(a);
  CHECK(a->split.data == 2);
  CHECK(performance::text_of(a->split) == performance::text_of(b->split));
  CHECK(a->tried == b->tried);
  w.ways.data = 5;  // of 16 dies in 4 packages: no whole packages
  CHECK_FALSE(best_mapping(w, m, habits));
}

TEST_CASE("the best split is never worse than tensor ways over all dies") {
  for (const double dies : {1.0, 2.0, 4.0, 8.0}) {
    auto w = test::small_model(WorkloadKind::decode, 32, 1000);
    w.packages = 1;
    const auto m = machine(dies);
    const auto best = best_mapping(w, m, habits);
    const auto usual = roofline(w, m, habits);
    REQUIRE(best);
    if (std::fmod(w.model.heads, dies) == 0) CHECK(best->performance.value >= usual.value * (1 - 1e-12));
  }
}

TEST_CASE("a target for the time between tokens gives up throughput") {
  auto w = test::small_model(WorkloadKind::decode, 32, 1000);
  w.packages = 2;
  const auto m = machine(4);
  const auto most = best_mapping(w, m, habits);
  const auto fastest = best_mapping(w, m, habits, Goal::latency);
  REQUIRE((most && fastest));
  CHECK(fastest->performance.step <= most->performance.step);
  const auto kept =
      best_mapping(w, m, habits, Goal::throughput, {.inter_token = fastest->performance.inter_token});
  REQUIRE(kept);
  CHECK(kept->keeps);
  CHECK(kept->performance.inter_token <= fastest->performance.inter_token);
  CHECK_FALSE(best_mapping(w, m, habits, Goal::throughput, {.inter_token = 1 * ns})->keeps);
}

TEST_CASE("splits in words") {
  CHECK(performance::text_of({.tensor = 4, .data = 2}) == "tensor 4 x data 2");
  CHECK(performance::text_of({.pipeline = 8, .data = 4, .expert = 4}) == "pipeline 8 x data 4, experts 4");
  CHECK(performance::text_of({}) == "one die");
}

TEST_CASE("too many dies are not searched") {
  auto w = test::small_model(WorkloadKind::decode, 1, 1000);
  w.packages = 1e6;
  CHECK_FALSE(best_mapping(w, machine(8), habits));
}

TEST_CASE("2:4 sparsity speeds matrix products up by what the modules say") {
  auto w = test::small_model(WorkloadKind::prefill, 8, 1000);
  auto m = machine(1);
  m.sparse = 2;
  const auto dense = roofline(w, m, habits);
  w.sparse = 1;
  const auto sparse = roofline(w, m, habits);
  CHECK(sparse.compute < dense.compute);
  CHECK(sparse.compute > 0.5 * dense.compute);  // attention stays
}
