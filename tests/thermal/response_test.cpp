// The estimate for moved dies against the grid solver, and against itself.
#include "thermal/response.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "thermal/heat.h"
#include "thermal/heated_dies.h"
#include "thermal/placed.h"
#include "thermal/random_dies.h"

using namespace marquetry;
using geometry::Rect;
using thermal::Foot;
using thermal::HeatedDies;
using thermal::Response;

namespace {

constexpr double metres = 1e-9;

Foot foot_of(const Rect& r) {
  return {.x = metres * static_cast<double>(r.low.x + r.high.x) / 2,
          .y = metres * static_cast<double>(r.low.y + r.high.y) / 2,
          .width = metres * static_cast<double>(r.width()),
          .height = metres * static_cast<double>(r.height())};
}

std::vector<Foot> sizes_of(const layout::Problem& problem) {
  std::vector<Foot> sizes;
  for (const auto& die : problem.dies) {
    const auto foot = foot_of({{0, 0}, {die.size.width, die.size.height}});
    sizes.push_back(foot);
    sizes.push_back({.width = foot.height, .height = foot.width});
  }
  return sizes;
}

HeatedDies heated(const layout::Problem& problem) {
  std::vector<double> powers;
  for (const auto& die : problem.dies) powers.push_back(die.power);
  return {std::make_shared<const Response>(*problem.section, 0.05, 0.05, 1, sizes_of(problem)), powers};
}

// Rises by die: mean and hottest cell.
std::vector<HeatedDies::Figures> solved(const layout::Problem& problem, const std::vector<Rect>& rects,
                                        std::size_t cells = 64) {
  const auto stack = thermal::placed_stack(problem, rects, test::interposer, test::interposer);
  const auto heat =
      thermal::steady(stack, {.columns = cells, .rows = cells}, {.tolerance = 1e-3, .certify = false});
  REQUIRE(heat.outcome.state == conduction::State::solved);
  std::vector<HeatedDies::Figures> out(rects.size());
  for (const auto& b : heat.blocks) {
    const auto& layer = stack.layers[b.layer];
    if (layer.heats) out[*layer.blocks[b.block].part] = {b.peak - stack.ambient, b.mean - stack.ambient};
  }
  return out;
}

// Pairs in the same order less those in the other one, of all pairs that differ.
double kendall(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0, all = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const double product = (a[i] - a[j]) * (b[i] - b[j]);
      sum += product > 0 ? 1 : product < 0 ? -1 : 0;
      ++all;
    }
  }
  return sum / all;
}

}  // namespace

TEST_CASE("on a section of even layers the estimate is the grid's answer") {
  Rng rng{3};
  auto problem = test::hot_dies(rng);
  for (auto& layer : problem.section->layers) layer.filler = layer.material;
  const auto sizes = sizes_of(problem);
  const Response response{*problem.section, 0.05, 0.05, 1, sizes};
  std::vector<Rect> rects;
  while (rects.empty()) rects = test::random_places(problem, rng);
  const auto exact = solved(problem, rects, 128);
  std::vector<Foot> feet;
  Response::Modes sources{};
  for (std::size_t d = 0; d < rects.size(); ++d) {
    feet.push_back(foot_of(rects[d]));
    const auto shape = response.shape(feet[d]);
    for (std::size_t m = 0; m < shape.size(); ++m) sources[m] += problem.dies[d].power * shape[m];
  }
  const auto beyond = response.beyond(sources);
  constexpr int n = 16;
  for (std::size_t d = 0; d < rects.size(); ++d) {
    double sum = 0, most = 0;
    for (int i = 0; i < n * n; ++i) {
      const double column = i % n, row = (i - i % n) / n;
      const double x = feet[d].x + ((column + 0.5) / n - 0.5) * feet[d].width,
                   y = feet[d].y + ((row + 0.5) / n - 0.5) * feet[d].height;
      double here = Response::at(beyond, response.line_x(x), response.line_y(y));
      for (std::size_t e = 0; e < rects.size(); ++e)
        here += problem.dies[e].power * response.direct(feet[e], response.table(feet[e]), 0, x, y);
      sum += here;
      most = std::max(most, here);
    }
    CHECK(sum / (n * n) == Approx(exact[d].mean).epsilon(4e-3));
    CHECK(most == Approx(exact[d].peak).epsilon(1e-2));
  }
}

TEST_CASE(
    "over random packages the estimate is within a quarter of a kelvin, and ranks them as the grid does") {
  double means = 0, peaks = 0, worst = 0, dies = 0, concordance = 0;
  constexpr int packages = 3, layouts = 6;
  for (std::uint64_t p = 0; p < packages; ++p) {
    Rng rng = Rng{11}.fork(p);
    const auto problem = test::hot_dies(rng);
    auto estimate = heated(problem);
    std::vector<double> hottest, estimated;
    while (hottest.size() < layouts) {
      const auto rects = test::random_places(problem, rng);
      if (rects.empty()) continue;
      const auto exact = solved(problem, rects);
      double most = 0;
      for (std::size_t d = 0; d < rects.size(); ++d) estimate.move(d, foot_of(rects[d]));
      for (std::size_t d = 0; d < rects.size(); ++d) {
        means += std::abs(estimate.figures()[d].mean - exact[d].mean);
        most = std::max(most, exact[d].peak);
        ++dies;
      }
      hottest.push_back(most);
      estimated.push_back(estimate.hottest());
      peaks += std::abs(hottest.back() - estimated.back());
      worst = std::max(worst, std::abs(hottest.back() - estimated.back()));
    }
    concordance += kendall(hottest, estimated);
  }
  INFO("means of dies " << means / dies << " K, hottest " << peaks / (packages * layouts) << " K, worst "
                        << worst << " K, Kendall's tau " << concordance / packages);
  CHECK(means / dies < 0.25);
  CHECK(peaks / (packages * layouts) < 0.5);
  CHECK(worst < 1);
  CHECK(concordance / packages > 0.9);
}

TEST_CASE("dies of one size heat each other alike, wherever they stand") {
  Rng rng{5};
  const Foot size{.width = 8e-3, .height = 5e-3};
  const std::vector<Foot> sizes{size};
  const Response response{test::interposer_section(), 0.05, 0.04, 1, sizes};
  for (int k = 0; k < 50; ++k) {
    const auto somewhere = [&] {
      return Foot{4e-3 + 0.042 * rng.uniform(), 2.5e-3 + 0.035 * rng.uniform(), size.width, size.height, 0};
    };
    const Foot a = somewhere(), b = somewhere();
    CHECK(response.direct(a, 0, 0, b.x, b.y) == Approx(response.direct(b, 0, 0, a.x, a.y)).epsilon(1e-12));
    // What the rest of the package adds, from die to die.
    const auto mean = [&](const Foot& from, const Foot& to) {
      const auto polynomial = response.beyond(response.shape(from)), shape = response.shape(to);
      double sum = 0;
      for (std::size_t m = 0; m < shape.size(); ++m) sum += polynomial[m] * shape[m];
      return sum;
    };
    CHECK(mean(a, b) == Approx(mean(b, a)).epsilon(1e-9));
    // It takes heat away: a die is cooler for the metal beyond the footprint.
    CHECK(mean(a, a) < 0);
  }
}

TEST_CASE("all heat leaves through the coolant: the mean rise of the footprint is power times resistance") {
  // One layer and a film: 1 / (h W H) for the whole, wherever the source.
  layout::Section section;
  section.layers.push_back({.name = "dies",
                            .thickness = 1e-3,
                            .material = test::conducting(100),
                            .filler = test::conducting(100),
                            .heats = true});
  section.top_transfer = 5000;
  const Foot source{.x = 9e-3, .y = 12e-3, .width = 6e-3, .height = 7e-3};
  const std::vector<Foot> sizes{source};
  const Response response{section, 0.03, 0.02, 1, sizes};
  double sum = 0;
  constexpr int n = 64;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j)
      sum += response.direct(source, 0, 0, (i + 0.5) * 0.03 / n, (j + 0.5) * 0.02 / n);
  }
  // Half of the layer lies above the middle where it is measured: 1 / h + 0.5 mm / 100 W/m/K.
  CHECK(sum / (n * n) == Approx((1 / 5000.0 + 0.5e-3 / 100) / (0.03 * 0.02)).epsilon(1e-3));
}

TEST_CASE("a mirrored layout has mirrored temperatures") {
  Rng rng{17};
  const auto problem = test::hot_dies(rng);
  std::vector<Rect> rects;
  while (rects.empty()) rects = test::random_places(problem, rng);
  auto as_is = heated(problem), mirrored = heated(problem);
  for (std::size_t d = 0; d < rects.size(); ++d) {
    auto foot = foot_of(rects[d]);
    as_is.move(d, foot);
    foot.x = 0.05 - foot.x;
    mirrored.move(d, foot);
  }
  for (std::size_t d = 0; d < rects.size(); ++d) {
    CHECK(mirrored.figures()[d].peak == Approx(as_is.figures()[d].peak).epsilon(1e-6));
    CHECK(mirrored.figures()[d].mean == Approx(as_is.figures()[d].mean).epsilon(1e-6));
  }
}

TEST_CASE("moved one by one or set anew, dies have the same temperatures to the bit") {
  Rng rng{23};
  const auto problem = test::hot_dies(rng);
  auto moved = heated(problem);
  for (int k = 0; k < 5; ++k) {
    std::vector<Rect> rects;
    while (rects.empty()) rects = test::random_places(problem, rng);
    for (std::size_t d = 0; d < rects.size(); ++d) {
      moved.move(d, foot_of(rects[d]));
      if (k > 0) CHECK(std::isfinite(moved.hottest()));  // half way there
    }
    auto anew = heated(problem);
    for (std::size_t d = rects.size(); d-- > 0;) anew.move(d, foot_of(rects[d]));
    for (std::size_t d = 0; d < rects.size(); ++d) {
      CHECK(moved.figures()[d].peak == anew.figures()[d].peak);
      CHECK(moved.peak_with_rim(d, 64) == anew.peak_with_rim(d, 64));
    }
  }
}

TEST_CASE("more power anywhere makes no die cooler, and one of unknown size is taken for the nearest") {
  Rng rng{29};
  auto problem = test::hot_dies(rng);
  std::vector<Rect> rects;
  while (rects.empty()) rects = test::random_places(problem, rng);
  auto before = heated(problem);
  problem.dies[1].power *= 1.5;
  auto after = heated(problem);
  for (std::size_t d = 0; d < rects.size(); ++d)
    before.move(d, foot_of(rects[d])), after.move(d, foot_of(rects[d]));
  for (std::size_t d = 0; d < rects.size(); ++d) CHECK(after.figures()[d].mean > before.figures()[d].mean);

  const std::vector<Foot> sizes{{.width = 8e-3, .height = 5e-3}, {.width = 5e-3, .height = 8e-3}};
  const Response response{test::interposer_section(), 0.05, 0.05, 1, sizes};
  CHECK(response.table({.width = 7e-3, .height = 5e-3}) == 0);
  CHECK(response.table({.width = 5e-3, .height = 9e-3}) == 1);
}
