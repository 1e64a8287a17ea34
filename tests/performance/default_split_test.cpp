// Where nothing is said of the split: it holds what can be held, repeats no cache in vain, and its bounds
// hold.
#include "performance/default_split.h"

#include <catch2/catch.hpp>

#include "base/rng.h"
#include "performance/best_mapping.h"
#include "performance/passes.h"

using namespace marquetry;
using namespace marquetry::unit;

namespace {

performance::Machine<double> machine(double dies, double capacity) {
  auto m = test::passes_machine();
  m.dies = dies;
  m.between_dies = 200 * GB / s;
  m.capacity = capacity * GB;
  return m;
}

const auto habits = test::passes_efficiency();

bool fits(const performance::Performance<double>& p) { return p.needed <= p.packages * p.usable; }

// Small model, large cache: 128 B a token and layer.
Workload<double> decode(double batch, double context) {
  return test::small_model(WorkloadKind::decode, batch, context);
}

}  // namespace

TEST_CASE("up to the heads of its cache a workload is split by tensor ways alone") {
  const auto w = decode(16, 1000);
  for (const double dies : {1.0, 2.0}) {
    const auto m = machine(dies, 1);
    const auto p = roofline(w, m, habits);
    CHECK(p.packages == 1);
    CHECK(performance::text_of(performance::split_of(w, p.mapping)) == (dies == 1 ? "one die" : "tensor 2"));
  }
}

TEST_CASE("beyond its heads a cache is spread over replicas or stages, not repeated") {
  // 16000 sequences of 1000 tokens: 16e6 x 512 B = 8.2 GB of 0.9 GB a package, with two heads.
  const auto w = decode(16000, 1000);
  const auto m = machine(1, 1);
  const auto p = roofline(w, m, habits);
  const auto d = performance::demand(w);
  CHECK(p.packages == 16);  // 8.2 / 0.9 = 9.1; as a power of two
  CHECK(fits(p));
  CHECK(p.needed <= d.cache + 16 * d.weights);
  // The cache is read once: with tensor ways over all it was read 8 times.
  const auto tensor = roofline(w, m, habits, performance::tensor_over_all(1.0, 16.0));
  CHECK_FALSE(fits(tensor));
  CHECK(p.memory / tensor.memory == Approx(1.0 / 8).epsilon(0.1));
  // A latent serves all heads: it is kept on one die alone.
  auto latent = w;
  latent.model.latent = 1;
  CHECK(fits(roofline(latent, machine(4, 1), habits)));
}

TEST_CASE("the default holds what some split holds, over as few packages") {
  Rng rng{17};
  int beyond = 0;
  for (int i = 0; i < 200; ++i) {
    const auto m =
        machine(static_cast<double>(1 + rng.below(4)), 0.02 * (1 + static_cast<double>(rng.below(20))));
    auto w = decode(static_cast<double>(1 + rng.below(64)), static_cast<double>(100 + rng.below(4000)));
    if (rng.below(3) == 0) w.model.latent = 1;
    w.model.kv_heads = static_cast<double>(1 << rng.below(3));
    const auto p = roofline(w, m, habits);
    CAPTURE(i, p.packages);
    CHECK(fits(p));
    if (m.dies * p.packages > 64) continue;
    for (double n = 1; n < p.packages; n *= 2) {
      auto fewer = w;
      fewer.packages = n;
      const auto best = best_mapping(fewer, m, habits);
      // Stages and replicas that are no powers of two may do with less.
      if (best && best->fits) CHECK(2 * n == p.packages);
    }
    // It is one of the splits of its packages, and no worse than tensor ways over all.
    const auto tensor = roofline(w, m, habits, performance::tensor_over_all(m.dies, p.packages));
    if (fits(tensor)) CHECK(p.value >= tensor.value);
    beyond += tensor.needed > 1.001 * p.needed ? 1 : 0;
  }
  CHECK(beyond > 50);  // caches that tensor ways would have repeated
}

TEST_CASE("bounds of the default hold the values of all that is open") {
  Rng rng{29};
  for (int i = 0; i < 100; ++i) {
    const auto m =
        machine(static_cast<double>(1 + rng.below(4)), 0.05 * (1 + static_cast<double>(rng.below(20))));
    const double least = static_cast<double>(1 + rng.below(200)),
                 most = least + static_cast<double>(rng.below(4000));
    auto w = decode(least, 1000);
    if (rng.below(3) == 0) w.model.latent = 1;
    const auto open = test::lifted<Interval>(w, [&](auto& o) { o.batch = Interval{least, most}; });
    const auto bounds = roofline(open, test::lifted<Interval>(m), test::lifted<Interval>(habits));
    for (int k = 0; k <= 10; ++k) {
      w.batch = least + std::floor((most - least) * k / 10);
      const auto p = roofline(w, m, habits);
      CAPTURE(i, w.batch, p.packages, bounds.packages.lower, bounds.packages.upper);
      CHECK(contains(widened(bounds.value), p.value));
      CHECK(contains(widened(bounds.packages), p.packages));
      CHECK(contains(widened(bounds.step.si()), p.step.si()));
      CHECK(contains(widened(bounds.needed.si()), p.needed.si()));
    }
  }
}
