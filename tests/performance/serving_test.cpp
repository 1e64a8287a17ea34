// Requests that are served: by hand, and against a machine that serves them one iteration after another.
#include <catch2/catch.hpp>

#include "performance/passes.h"

using namespace marquetry;
using namespace marquetry::unit;

namespace {

Workload<double> served(double users, double input, double output) {
  auto w = test::small_model(WorkloadKind::serve, users, input);
  w.output = output;
  return w;
}

performance::Performance<double> serve(const Workload<double>& w, const EfficiencyParameters<double>& e) {
  return roofline(w, test::passes_machine(), e, performance::tensor_over_all(1.0, 1.0));
}

// Time of a pass of the small model, in seconds, from its shape alone: q new tokens of each of n sequences
// that see `seen` tokens, of `kept` tokens in the cache of each.
double pass(double n, double q, double seen, double kept) {
  const double layer = 64 * (2 * 64 + 2 * 32) + 2 * 64 * 256, weights = 4 * layer + 1000 * 64;
  const double products = 2 * weights * n * q / (1e12 * 0.5);
  const double attention = 4 * 4 * 64 * n * q * seen / (1e12 * 0.25);
  const double bytes = 2 * (weights + 2 * 4 * 32 * n * kept);
  return std::max(products + attention, bytes / (100e9 * 0.8)) + 4 * 5e-6;
}

}  // namespace

TEST_CASE("one user: a prompt, then a token after another") {
  const auto p = serve(served(1, 200, 100), test::passes_efficiency());
  const double first = 100e-6 + pass(1, 200, 100.5, 200), each = 2e-6 + pass(1, 1, 250, 250);
  CHECK(p.first_token / s == Approx(first));
  CHECK(p.inter_token / s == Approx(each));
  CHECK(p.step / s == Approx(first + 99 * each));
  CHECK(p.value == Approx(100 / (first + 99 * each)));
  CHECK(p.first_token + 99 * p.inter_token == p.step);
}

TEST_CASE("prompts that arrive together share passes of so many tokens") {
  // 1000 tokens a pass: five prompts of 200 each, so that 20 users come in four passes.
  const auto p = serve(served(20, 200, 100), test::passes_efficiency());
  const double prompts = pass(5, 200, 100.5, 200);
  CHECK(p.first_token / s == Approx(100e-6 + prompts * (0.5 * (1 + 4) / 2 + 0.5)));
  CHECK(p.inter_token / s == Approx(pass(20, 1, 250, 250) + 20 * 2e-6 + 3 * prompts / 100));
  // A prompt longer than that takes a pass of its own.
  const auto longer = serve(served(4, 3000, 100), test::passes_efficiency());
  const double alone = pass(1, 3000, 1500.5, 3000);
  CHECK(longer.first_token / s == Approx(100e-6 + alone * (0.5 * (1 + 4) / 2 + 0.5)));
}

TEST_CASE("all in a burst: the mean wait is that of passes one after another") {
  auto e = test::passes_efficiency();
  e.burst = 1;
  const double prompts = pass(5, 200, 100.5, 200);
  double waited = 0;  // the five of pass i wait for i passes
  for (int i = 1; i <= 4; ++i) waited += i * prompts / 4;
  CHECK(serve(served(20, 200, 100), e).first_token / s == Approx(100e-6 + waited));
  e.burst = 0;
  CHECK(serve(served(20, 200, 100), e).first_token / s == Approx(100e-6 + prompts));
}

TEST_CASE("more users wait longer and get more done; longer prompts are never sooner answered") {
  const auto e = test::passes_efficiency();
  double first = 0, between = 0, rate = 0;
  for (const double users : {1.0, 2.0, 5.0, 10.0, 50.0, 200.0}) {
    const auto p = serve(served(users, 300, 1000), e);
    CHECK(p.first_token / s >= first);
    CHECK(p.inter_token / s > between);
    CHECK(p.value > rate);
    first = p.first_token / s;
    between = p.inter_token / s;
    rate = p.value;
  }
  first = 0;
  for (double input = 10; input < 1e5; input *= 2) {
    const auto p = serve(served(10, input, 100), e);
    CHECK(p.first_token / s > first);
    first = p.first_token / s;
  }
}

TEST_CASE("what is served keeps the caches of whole answers, and replicas share the users") {
  const auto w = served(20, 200, 100);
  const auto d = performance::token_pass(w, 20.0, 300.0);
  const auto e = test::passes_efficiency();
  CHECK(serve(w, e).needed == capacity(d, performance::tensor_over_all(1.0, 1.0)));
  auto m = performance::placed(1.0, 1.0, 4.0, 1.0);
  const auto p = roofline(w, test::passes_machine(), e, m);
  const auto quarter = serve(served(5, 200, 100), e);
  CHECK(p.first_token / s == Approx(quarter.first_token / s));
  CHECK(p.inter_token / s == Approx(quarter.inter_token / s));
  CHECK(p.value == Approx(quarter.value));  // a package
}
