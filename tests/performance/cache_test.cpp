// What caches save: rooflines on paper, limits of the model, and which SRAM of a system counts.
#include <catch2/catch.hpp>
#include <cmath>

#include "performance/roofline.h"
#include "support/small_system.h"

using namespace marquetry;
using namespace marquetry::unit;

namespace {

const EfficiencyParameters<double> habits = test::small_system().efficiency;

// 8 GB of operands that are swept over in each pass.
Workload<double> sweep() {
  Workload<double> w{.id = "sweep", .kind = WorkloadKind::stream};
  w.model.operations = 2;
  w.model.words = 1;
  w.batch = 1e9;
  w.may_use[0] = true;
  w.word = 64 * bit;
  return w;
}

Workload<double> square(double n) {
  Workload<double> w{.id = "square", .kind = WorkloadKind::matrix_product};
  w.model.m = w.model.n = w.model.k = n;
  w.batch = 1;
  w.may_use[2] = true;
  w.word = 16 * bit;
  return w;
}

performance::Machine<double> machine() {
  performance::Machine<double> m;
  m.peaks.fill(1e15 * Hz);
  m.memory = 1 * TB / s;
  m.capacity = 100 * GB;
  return m;
}

double memory_time(const Workload<double>& w, const performance::Machine<double>& m) {
  return performance::roofline(w, m, habits).memory / s;
}

std::vector<performance::DieSram<double>> sram_of(const System<double>& system) {
  std::vector<performance::DieSram<double>> out;
  for (const auto& die : system.dies) out.push_back(performance::die_sram(die));
  return out;
}

}  // namespace

TEST_CASE("what fits in the cache stays there: memory moves the rest, by hand") {
  auto m = machine();
  CHECK(memory_time(sweep(), m) == Approx(8e9 / (0.8 * 1e12)));
  m.cache.near = 2 * GB;
  CHECK(memory_time(sweep(), m) == Approx(6e9 / (0.8 * 1e12)));
  m.cache.near = 8 * GB;
  CHECK(memory_time(sweep(), m) < 1e-15);
}

TEST_CASE("a cache on another die gives no more than its link") {
  auto m = machine();
  m.cache.far = 6 * GB;
  m.cache.link = 4 * TB / s;
  CHECK(memory_time(sweep(), m) == Approx(2e9 / (0.8 * 1e12)));  // longer than the 6 GB over the link
  m.cache.link = 1 * TB / s;
  CHECK(memory_time(sweep(), m) == Approx(6e9 / 1e12));
}

TEST_CASE("packages that share a pass have the caches of all of them") {
  auto m = machine();
  m.joins_packages = true;
  m.between_packages = 1 * TB / s;
  m.capacity = 5 * GB;
  m.cache.near = 2 * GB;
  const auto p = performance::roofline(sweep(), m, habits);
  CHECK(p.packages == 2);
  CHECK(p.memory / s == Approx(2e9 / (0.8 * 1e12)));
}

TEST_CASE("products that do not fit are tiled: traffic goes with one over the root of the SRAM") {
  auto m = machine();
  const double n = 8192, words = 3 * n * n;
  const auto traffic = [&](double sram_words) {
    m.cache.tiles = sram_words * 16 * bit;
    return memory_time(square(n), m) * 0.8 * 1e12 / 2;  // words
  };
  CHECK(traffic(1e4) == Approx(2 * n * n * n / std::sqrt(1e4)));
  CHECK(traffic(4e4) == Approx(traffic(1e4) / 2));
  CHECK(traffic(1e9) == Approx(words));  // each word once
  m.dies = 4;                            // each with a quarter of the SRAM
  CHECK(traffic(4e4) == Approx(2 * n * n * n / std::sqrt(1e4)));
}

TEST_CASE("more SRAM is never slower, over near, far and all of a product's sizes") {
  for (const double n : {512.0, 2048.0, 8192.0}) {
    double last = 1e9;
    for (double size = 1e5; size < 1e10; size *= 1.7) {
      auto m = machine();
      m.cache.near = size * B;
      m.cache.far = 0.3 * size * B;
      m.cache.link = 10 * TB / s;
      m.cache.tiles = size * B;
      const double now = memory_time(square(n), m);
      CHECK(now <= last * (1 + 1e-12));
      last = now;
    }
    CHECK(last < 1e-15);
  }
}

TEST_CASE("of a system, caches on computing dies are near, others as far as a link reaches") {
  auto system = test::small_system();
  system.assumptions.cache_share = 0.5;
  auto slice = system.dies[0].modules[0];
  slice.module = {};
  slice.module.held = slice.module.cached = 8 * Mbit;
  slice.count = slice.active = 16;
  auto cache_die = system.dies[0];
  cache_die.modules = {slice};
  cache_die.parent = 0;
  system.dies.push_back(cache_die);
  auto up = system.networks[0];
  up.to = 1;
  network::NetworkFigures<double> network;
  network.per_die = {100 * GB / s, 400 * GB / s};
  network.step = {2 * ns, 2 * ns};
  network.collectives = {};

  const auto without = performance::cache_of<double>(system, sram_of(system), network);
  CHECK(without.near / B == 0);
  CHECK(without.far / B == 0);  // no link leads to it
  CHECK(without.tiles / (20 * Mbit) == Approx(2 * 10).epsilon(0.01));

  system.networks.push_back(up);
  const auto with = performance::cache_of<double>(system, sram_of(system), network);
  CHECK(with.far / Mbit == Approx(2 * 16 * 8 * 0.5));
  CHECK(with.link / (GB / s) == Approx(800));

  system.dies[0].modules.push_back(slice);
  CHECK(performance::cache_of<double>(system, sram_of(system), network).near / Mbit ==
        Approx(2 * 16 * 8 * 0.5));
}
