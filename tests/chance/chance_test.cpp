// The pieces of the spread against what is known in closed form: points, curves, correlations, shares.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "chance/joint.h"
#include "chance/sobol.h"
#include "chance/statistics.h"

using namespace marquetry;
using namespace marquetry::chance;

namespace {

std::vector<std::vector<double>> points(std::size_t dimensions, std::size_t count,
                                        std::uint64_t scrambling = 0) {
  SobolPoints sobol{dimensions, 1, scrambling, 0};
  std::vector<std::vector<double>> out(count, std::vector<double>(dimensions));
  for (auto& point : out) sobol.next(point);
  return out;
}

double mean_of_product(std::size_t count, std::uint64_t scrambling) {
  double sum = 0;
  for (const auto& p : points(6, count, scrambling)) {
    double product = 1;
    for (const double x : p) product *= 1 + 0.5 * (x - 0.5);  // its mean is 1
    sum += product / static_cast<double>(count);
  }
  return sum;
}

// A library of a few numbers whose groups and correlations are as the test wants them, and a subject that has
// them as inputs.
struct Case {
  Library library{};
  Prepared prepared{};
  Subject subject{};

  explicit Case(std::vector<std::string> groups) {
    prepared.library = &library;
    subject.prepared = &prepared;
    for (const auto& group : groups) {
      subject.inputs.inputs.push_back({.name = "nodes/n" + std::to_string(subject.inputs.inputs.size()),
                                       .low = 1,
                                       .typ = 2,
                                       .high = 3,
                                       .group = group});
    }
  }
  Case(const Case&) = delete;
  void correlate(std::vector<std::string> groups, double rho) {
    Correlation row;
    row.groups = std::move(groups);
    row.rho.typ = rho;
    library.correlations.push_back(std::move(row));
  }
  std::optional<Joint> joint(Diagnostics& diagnostics) const {
    return joint_of(std::span{&subject, 1}, diagnostics);
  }
};

// The correlation of the normal scores of two inputs over 4096 worlds.
double drawn_correlation(const Joint& joint, std::size_t a, std::size_t b) {
  double sum = 0, squares_a = 0, squares_b = 0;
  for (auto& p : points(joint.factors.size(), 4096)) {
    joint.correlate(p);
    const double x = normal_score(p[joint.factor_of[a]]), y = normal_score(p[joint.factor_of[b]]);
    sum += x * y;
    squares_a += x * x;
    squares_b += y * y;
  }
  return sum / std::sqrt(squares_a * squares_b);
}

}  // namespace

TEST_CASE("the first 2^m scrambled points have one in each of the 2^m parts of every axis") {
  for (const std::size_t count : {16u, 256u, 1024u}) {
    const auto all = points(200, count, 3);
    for (const std::size_t d : {0u, 1u, 7u, 63u, 199u}) {
      std::vector<int> hits(count);
      for (const auto& p : all) ++hits[static_cast<std::size_t>(p[d] * static_cast<double>(count))];
      CHECK(std::ranges::all_of(hits, [](int n) { return n == 1; }));
    }
  }
}

TEST_CASE("the first 16 points have one in each cell of a 4 x 4 and of a 2 x 8 grid of the first two axes") {
  const auto all = points(2, 16, 5);
  const auto cells = [&](double across, double along) {
    std::vector<int> hits(16);
    for (const auto& p : all) {
      ++hits[static_cast<std::size_t>(std::floor(p[0] * across) * along + std::floor(p[1] * along))];
    }
    return hits;
  };
  for (const auto& hits : {cells(4, 4), cells(2, 8), cells(8, 2)})
    CHECK(*std::ranges::max_element(hits) == 1);
}

TEST_CASE("points are the same wherever one begins, and others for another scrambling") {
  const auto all = points(5, 100, 2);
  std::vector<double> point(5);
  for (const std::size_t first : {1u, 2u, 17u, 64u, 99u}) {
    SobolPoints later{5, 1, 2, first};
    later.next(point);
    CHECK(point == all[first]);
  }
  CHECK(points(5, 1, 3)[0] != all[0]);
}

TEST_CASE("a smooth mean settles far faster than random draws would let it") {
  // Random draws: deviation of the product 0.36, hence 0.36 / sqrt(4096) = 6e-3.
  for (std::uint64_t r = 0; r < 8; ++r) CHECK(mean_of_product(4096, r) == Approx(1).margin(6e-4));
}

TEST_CASE("normal scores are the inverse of the normal distribution") {
  CHECK(normal_score(0.975) == Approx(1.959963984540054).epsilon(1e-14));
  CHECK(normal_score(0.5) == 0);
  CHECK(normal_score(1e-10) == Approx(-6.361340902404056).epsilon(1e-13));
  for (double p = 0.001; p < 1; p += 0.013) CHECK(normal_share(normal_score(p)) == Approx(p).epsilon(1e-13));
}

TEST_CASE("a triangular number has its mean a third of low, typical and high, and ends at them") {
  const Distribution d{Shape::triangular, 1, 2, 6};
  double mean = 0;
  for (const auto& p : points(1, 4096)) mean += d.quantile(p[0]) / 4096;
  CHECK(mean == Approx((1.0 + 2 + 6) / 3).epsilon(1e-5));
  CHECK(d.quantile(1e-12) == Approx(1).margin(1e-5));
  CHECK(d.quantile(1 - 1e-12) == Approx(6).margin(1e-5));
  CHECK(d.quantile(0.2) == Approx(2));  // P(x < typ) = (2 - 1) / (6 - 1)
  CHECK(Distribution{Shape::triangular, 2, 2, 4}.quantile(0.75) == Approx(3));  // 4 - sqrt(0.25 * 2 * 2)
  CHECK(Distribution{Shape::triangular, 2, 4, 4}.quantile(0.25) == Approx(3));
}

TEST_CASE("cut lognormal and normal numbers keep to their range and have the typical value in the middle") {
  const Distribution ratio{Shape::lognormal, 1, 4, 16}, plain{Shape::normal, 1, 3, 5};
  CHECK(ratio.quantile(0.5) == Approx(4));
  CHECK(plain.quantile(0.5) == Approx(3));
  for (const double p : {1e-9, 0.1, 0.9, 1 - 1e-9}) {
    CHECK(ratio.quantile(p) >= 1);
    CHECK(ratio.quantile(p) <= 16);
    CHECK(ratio.quantile(p) * ratio.quantile(1 - p) == Approx(16));  // symmetric in ratio
    CHECK(plain.quantile(p) + plain.quantile(1 - p) == Approx(6));
  }
  // P(within one deviation | within two) = 0.682689 / 0.954500; one deviation of 1 .. 5 is 1.
  CHECK(plain.quantile(0.5 + 0.5 * 0.682689492137 / 0.954499736104) == Approx(4).epsilon(1e-9));
}

TEST_CASE(
    "the shape is the library's, else lognormal where a wide range lies evenly about the typical ratio") {
  CHECK(shape_of("normal", 1, 4, 16) == Shape::normal);
  CHECK(shape_of("", 1, 4, 16) == Shape::lognormal);
  CHECK(shape_of("", 1, 2, 3) == Shape::triangular);    // narrow
  CHECK(shape_of("", 1, 15, 16) == Shape::triangular);  // leaning
  CHECK(shape_of("", 0, 4, 16) == Shape::triangular);
  CHECK(Distribution{Shape::lognormal, 0, 1, 2}.shape() == Shape::triangular);  // no logarithm of 0
}

TEST_CASE("numbers of one group move as one, others by themselves") {
  const Case c{{"defects", "", "defects", "price"}};
  Diagnostics diagnostics;
  const auto joint = c.joint(diagnostics);
  REQUIRE(joint);
  REQUIRE(joint->factors.size() == 3);
  CHECK(joint->factors[0].name == "group defects");
  CHECK(joint->factors[0].inputs == std::vector<std::size_t>{0, 2});
  CHECK(joint->factors[1].name == "nodes/n1");
  CHECK_FALSE(joint->is_correlated());
  std::vector<double> values(4);
  joint->values(std::vector{0.3, 0.9, 0.5}, values);
  CHECK(values[0] == values[2]);
  CHECK(values[3] == Approx(2));
}

TEST_CASE("correlations of the library come out in the draws, within groups and between them") {
  Case c{{"defects", "defects", "price", "carrier", ""}};
  c.correlate({"defects"}, 0.8);
  c.correlate({"price", "carrier"}, 0.3);
  Diagnostics diagnostics;
  const auto joint = c.joint(diagnostics);
  REQUIRE(joint);
  CHECK(joint->factors.size() == 5);
  CHECK(drawn_correlation(*joint, 0, 1) == Approx(0.8).margin(0.01));
  CHECK(drawn_correlation(*joint, 2, 3) == Approx(0.3).margin(0.01));
  CHECK(drawn_correlation(*joint, 0, 2) == Approx(0).margin(0.01));
  CHECK(drawn_correlation(*joint, 1, 4) == Approx(0).margin(0.01));
}

TEST_CASE("correlations that no numbers can have are refused") {
  Case c{{"a", "b", "c"}};
  c.correlate({"a", "b"}, 0.9);
  c.correlate({"b", "c"}, 0.9);
  Diagnostics diagnostics;
  CHECK_FALSE(c.joint(diagnostics));
  CHECK(diagnostics.errors() == 1);
}

TEST_CASE("a number that two subjects share is one input") {
  const Case a{{"", ""}}, b{{"", "", ""}};
  const std::array subjects{a.subject, b.subject};
  Diagnostics diagnostics;
  const auto joint = joint_of(subjects, diagnostics);
  REQUIRE(joint);
  CHECK(joint->inputs.size() == 3);
  CHECK(joint->places[1] == std::vector<std::size_t>{0, 1, 2});
}

TEST_CASE("the variance of 3 x + y is to nine tenths that of x") {
  std::vector<Bins> bins(scramblings);
  for (std::size_t r = 0; r < scramblings; ++r) {
    for (const auto& p : points(3, 2048, r)) bins[r].add(p, 3 * p[0] + p[1]);
  }
  const auto known = knowledge_of(bins);
  REQUIRE(known.size() == 3);
  CHECK(known[0].factor == 0);
  CHECK(known[0].share.value == Approx(0.9).margin(0.003));
  CHECK(known[1].share.value == Approx(0.1).margin(0.003));
  CHECK(known[2].share.value == Approx(0).margin(0.002));
  CHECK(known[0].share.error < 0.01);
}

TEST_CASE("mean, deviation and quantiles of an even spread; values without end stand behind all others") {
  Values values;
  for (std::size_t r = 0; r < scramblings; ++r) {
    for (const auto& p : points(1, 1024, r)) values.push_back(p[0]);
  }
  const auto s = spread_of(values, 0.5);
  CHECK(s.mean.value == Approx(0.5).margin(1e-4));
  CHECK(s.mean.error < 1e-4);
  CHECK(s.deviation == Approx(std::sqrt(1 / 12.0)).epsilon(1e-3));
  for (std::size_t q = 0; q < shares.size(); ++q)
    CHECK(s.quantiles[q].value == Approx(shares[q]).margin(1e-3));
  for (std::size_t i = 0; i < values.size(); i += 4) values[i] = std::numeric_limits<double>::infinity();
  const auto cut = spread_of(values, 0.5);
  CHECK(cut.finite == 0.75);
  CHECK(std::isinf(cut.quantiles.back().value));
  CHECK(std::isfinite(cut.mean.value));
}
