// Passes that are split: tensor ways, stages, replicas and experts, by hand; and what must hold for any
// split.
#include <catch2/catch.hpp>

#include "performance/passes.h"
#include "support/property.h"

using namespace marquetry;
using namespace marquetry::unit;
using performance::Mapping;

namespace {

Mapping<double> split(double tensor, double pipeline, double data, double microbatches = 1) {
  auto out = performance::placed(tensor, pipeline, data, 1.0);
  out.microbatches = microbatches;
  return out;
}

}  // namespace

TEST_CASE("ways fill the dies of a package from the inside: tensor ways, stages, replicas") {
  const auto m = performance::placed(2.0, 4.0, 8.0, 4.0);
  CHECK(m.tensor.inside == 2);
  CHECK(m.pipeline.inside == 2);
  CHECK(m.pipeline.outside == 2);
  CHECK(m.data.inside == 1);
  CHECK(packages(m) == 16);
  CHECK(m.busy == 1);
  CHECK(performance::placed(2.0, 1.0, 1.0, 4.0).busy == 0.5);
}

TEST_CASE("a cache is repeated on tensor ways beyond its heads; a latent one on each") {
  auto w = test::small_model(WorkloadKind::decode, 8, 1000);
  const auto d = performance::demand(w);
  const auto one = capacity(d, split(1, 1, 1)), two = capacity(d, split(2, 1, 1));
  CHECK(one == two);  // two KV heads
  CHECK((capacity(d, split(8, 1, 1)) - one) / B == Approx(3 * (d.cache / B)));
  w.model.latent = 1;
  CHECK((capacity(performance::demand(w), split(8, 1, 1)) - one) / B == Approx(7 * (d.cache / B)));
  // Replicas keep their own sequences, and the weights again.
  CHECK((capacity(d, split(1, 1, 4)) - one) / B == Approx(3 * (d.weights / B)));
  CHECK(traffic(d, split(1, 1, 4)) / B == Approx(4 * (d.weights_read / B) + d.cache_read / B));
}

TEST_CASE("stages wait for the first microbatch and until the last has gone, by hand") {
  // 4 stages, 8 microbatches: 1 + 3 / 8 of the time; stages in two parts each: 1 + 3 / 16.
  const auto w = test::small_model(WorkloadKind::train, 8, 1024);
  auto efficiency = test::passes_efficiency();
  efficiency.layer_overhead = {};
  const auto machine = test::passes_machine();
  const auto time = [&](const Mapping<double>& m) { return roofline(w, machine, efficiency, m).compute / s; };
  auto m = split(1, 4, 1, 8);
  CHECK(time(m) == Approx(time(split(1, 1, 1, 8)) / 4 * (1 + 3.0 / 8)));
  m.interleave = 2;
  CHECK(time(m) == Approx(time(split(1, 1, 1, 8)) / 4 * (1 + 3.0 / 16)));
  // While tokens are generated each microbatch goes round and round: full stages wait for nothing.
  const auto d = test::small_model(WorkloadKind::decode, 8, 1024);
  const auto step = [&](const Mapping<double>& x) { return roofline(d, machine, efficiency, x).compute / s; };
  CHECK(step(split(1, 4, 1, 4)) == Approx(step(split(1, 1, 1)) / 4));
  CHECK(step(split(1, 4, 1, 1)) == Approx(step(split(1, 1, 1))));
}

TEST_CASE("a training step by hand: operations, collectives, gradients") {
  auto w = test::small_model(WorkloadKind::train, 16, 512);
  const auto d = performance::demand(w);
  // 6 operations a weight and token: 4 layers (4 x 64^2 for half of the heads' width ... from its sizes)
  const double weights = w.model.sizes.shared_weights, tokens = 16 * 512;
  CHECK(d.matrix == Approx(6 * weights * tokens));
  // 12 layers width sequence tokens over the full square, half of it with a mask
  CHECK(d.attention == Approx(12 * 4 * 64 * 513 / 2.0 * tokens));
  CHECK(d.all_reduces == 16);
  CHECK(d.optimiser / B == Approx(12 * (weights + w.model.sizes.looked_up)));
  w.recompute_all = 1;
  const auto again = performance::demand(w);
  CHECK(again.matrix == Approx(8 * weights * tokens));
  CHECK(again.all_reduces == 24);
  // 34 bytes for each token and element, and the scores' 5 heads sequence / width; 2 where all is done again
  CHECK(again.activations / B == Approx(4 * 64 * tokens * 2));
  CHECK(d.activations / B == Approx(4 * 64 * tokens * (34 + 5 * 4 * 512 / 64.0)));
  // Replicas reduce 2 bytes a weight in a ring over 50 GB/s at 0.7: 2 x 3 / 4 of them
  w.recompute_all = 0;
  const auto p = roofline(w, test::passes_machine(), test::passes_efficiency(), split(1, 1, 4, 4));
  const double kept = weights + w.model.sizes.looked_up;
  CHECK(p.network / s == Approx(1.5 * 2 * kept / (50e9 * 0.7) + 10e-6));
}

TEST_CASE("of the experts those are read that some token has chosen; spread ones are sent to") {
  auto w = test::small_model(WorkloadKind::decode, 4, 100);
  w.model.experts = 8;
  w.model.active_experts = 2;
  w.model.sizes.expert_weights = 1e6;
  const auto d = performance::demand(w);
  // (3/4)^4 of them are left alone by four tokens
  const double read = 8e6 * 2 * (1 - std::pow(0.75, 4));
  CHECK(traffic(d, split(1, 1, 1)) / B == Approx(d.weights_read / B + d.cache_read / B + read));
  CHECK(d.matrix == Approx(2 * (w.model.sizes.shared_weights + 2e6) * 4));
  // Four replicas with two experts each keep and read them once.
  auto m = split(1, 1, 4);
  m.expert = 4;
  CHECK(traffic(d, m) / B == Approx(4 * (d.weights_read / B) + d.cache_read / B + read));
  CHECK(capacity(d, m) / B == Approx(4 * (d.weights / B) + d.cache / B + 16e6));
  const auto p = roofline(w, test::passes_machine(), test::passes_efficiency(), m);
  // 8 times, to the experts and back: a token of each replica to two of them, 128 B each, 3/4 to others
  CHECK(p.network / s == Approx(8 * (0.75 * 2 * 128 / (50e9 * 0.7) + 10e-6)));
}

TEST_CASE("more of anything never makes a pass slower, whatever its split") {
  test::check_property([] {
    const auto kind = *rc::gen::element(WorkloadKind::prefill, WorkloadKind::decode, WorkloadKind::serve,
                                        WorkloadKind::train);
    auto w =
        test::small_model(kind, *rc::gen::element(8.0, 16.0, 64.0), *rc::gen::element(16.0, 100.0, 4000.0));
    w.output = 50;
    const auto m = split(*rc::gen::element(1.0, 2.0, 8.0), *rc::gen::element(1.0, 2.0, 4.0),
                         *rc::gen::element(1.0, 2.0, 8.0), *rc::gen::element(1.0, 4.0));
    const auto efficiency = test::passes_efficiency();
    const auto base = test::passes_machine();
    const double now = roofline(w, base, efficiency, m).step / s;
    for (int i = 0; i < 4; ++i) {
      auto better = base;
      if (i == 0) better.memory = 2 * base.memory;
      if (i == 1)
        for (auto& p : better.peaks) p = 2 * p;
      if (i == 2) better.between_packages = 2 * base.between_packages;
      if (i == 3) better.between_groups = 10 * base.between_packages;
      RC_ASSERT(roofline(w, better, efficiency, m).step / s <= now * (1 + 1e-12));
    }
  });
}

TEST_CASE("bounds of a pass hold its values, and slopes are central differences") {
  const auto efficiency = test::passes_efficiency();
  for (const auto kind :
       {WorkloadKind::prefill, WorkloadKind::decode, WorkloadKind::serve, WorkloadKind::train}) {
    auto w = test::small_model(kind, 16, 200);
    w.output = 30;
    const auto open = test::lifted<Interval>(w, [](auto& o) { o.batch = Interval{8, 32}; });
    const auto bounds =
        roofline(open, test::lifted<Interval>(test::passes_machine()), test::lifted<Interval>(efficiency));
    for (const double batch : {8.0, 15.0, 32.0}) {
      w.batch = batch;
      const auto p = roofline(w, test::passes_machine(), efficiency);
      CHECK(contains(widened(bounds.value), p.value));
      CHECK(contains(widened(bounds.step.si()), p.step.si()));
      CHECK(contains(widened(bounds.first_token.si()), p.first_token.si()));
      CHECK(contains(widened(bounds.inter_token.si()), p.inter_token.si()));
      CHECK(contains(widened(bounds.needed.si()), p.needed.si()));
    }
    w.batch = 16;
    const auto inputs = test::lifted<Dual>(w, [](auto& o) { o.context = Dual::input(200, 0); });
    const auto slopes =
        roofline(inputs, test::lifted<Dual>(test::passes_machine()), test::lifted<Dual>(efficiency));
    auto more = w, less = w;
    more.context = 200.01;
    less.context = 199.99;
    const auto up = roofline(more, test::passes_machine(), efficiency);
    const auto down = roofline(less, test::passes_machine(), efficiency);
    CHECK(slopes.step.si().slope(0) == Approx((up.step.si() - down.step.si()) / 0.02).epsilon(1e-5));
  }
}
