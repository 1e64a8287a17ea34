// Heat that spreads in a shared plate: against the point source of the fin, a finite-difference solve, and
// published 2.5D stacks.
#include <catch2/catch.hpp>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numbers>

#include "base/rng.h"
#include "support/golden.h"
#include "thermal/spread.h"

using namespace marquetry;
using geometry::Nanometre;
using geometry::Rect;
using thermal::Plate;
using thermal::Source;

namespace {

constexpr Nanometre mm = 1'000'000;

Rect rect(double x, double y, double width, double height) {
  const auto nm = [](double v) { return static_cast<Nanometre>(std::llround(v * mm)); };
  return {{nm(x), nm(y)}, {nm(x) + nm(width), nm(y) + nm(height)}};
}

const Plate lid{.width = 0.06, .height = 0.06, .thickness = 0.003, .conductivity = 400, .transfer = 2800};
const Rect carrier = rect(0, 0, 40, 40);

double response(const Plate& plate, const Rect& a, const Rect& b, Nanometre finest = 4 * mm) {
  const thermal::Spreader spreader{plate, carrier, finest};
  return spreader.response(spreader.footing(a), spreader.footing(b));
}

// The fin on n x n cells by successive over-relaxation; rise of every cell.
struct Cells {
  int n{};
  std::vector<double> rise{};
};
Cells solved(const Plate& plate, const std::vector<Source>& sources, int n) {
  const double dx = plate.width / n, dy = plate.height / n, kt = plate.conductivity * plate.thickness;
  const double gx = kt * dy / dx, gy = kt * dx / dy, down = plate.transfer * dx * dy;
  const double left = (plate.width - 0.04) / 2, bottom = (plate.height - 0.04) / 2;
  const auto at = [n](int i, int j) { return static_cast<std::size_t>(j * n + i); };
  std::vector<double> heat(static_cast<std::size_t>(n * n)), t(heat.size());
  for (const auto& s : sources) {
    const auto covered = [](double low, double high, double a, double b) {
      return std::max(0.0, std::min(high, b) - std::max(low, a));
    };
    const double x0 = left + 1e-9 * double(s.rect.low.x), x1 = left + 1e-9 * double(s.rect.high.x);
    const double y0 = bottom + 1e-9 * double(s.rect.low.y), y1 = bottom + 1e-9 * double(s.rect.high.y);
    for (int j = 0; j < n; ++j) {
      for (int i = 0; i < n; ++i) {
        heat[at(i, j)] += s.power * covered(i * dx, (i + 1) * dx, x0, x1) *
                          covered(j * dy, (j + 1) * dy, y0, y1) / ((x1 - x0) * (y1 - y0));
      }
    }
  }
  for (double change = 1; change > 1e-10;) {
    change = 0;
    for (int j = 0; j < n; ++j) {
      for (int i = 0; i < n; ++i) {
        double sum = heat[at(i, j)], g = down;
        if (i > 0) sum += gx * t[at(i - 1, j)], g += gx;
        if (i + 1 < n) sum += gx * t[at(i + 1, j)], g += gx;
        if (j > 0) sum += gy * t[at(i, j - 1)], g += gy;
        if (j + 1 < n) sum += gy * t[at(i, j + 1)], g += gy;
        const double next = t[at(i, j)] + 1.95 * (sum / g - t[at(i, j)]);
        change = std::max(change, std::abs(next - t[at(i, j)]));
        t[at(i, j)] = next;
      }
    }
  }
  return {n, std::move(t)};
}

double mean_under(const Cells& cells, const Plate& plate, const Rect& r) {
  const double left = (plate.width - 0.04) / 2, bottom = (plate.height - 0.04) / 2;
  double sum = 0, weight = 0;
  for (int j = 0; j < cells.n; ++j) {
    for (int i = 0; i < cells.n; ++i) {
      const double x = (i + 0.5) * plate.width / cells.n - left,
                   y = (j + 0.5) * plate.height / cells.n - bottom;
      if (x < 1e-9 * double(r.low.x) || x > 1e-9 * double(r.high.x)) continue;
      if (y < 1e-9 * double(r.low.y) || y > 1e-9 * double(r.high.y)) continue;
      sum += cells.rise[static_cast<std::size_t>(j * cells.n + i)];
      ++weight;
    }
  }
  return sum / weight;
}

}  // namespace

TEST_CASE("far from the rim a small source is felt as a line source in an endless fin") {
  // K0(r / lambda) / (2 pi k t), lambda = sqrt(k t / h) = 20.7 mm
  Plate wide = lid;
  wide.width = wide.height = 0.6;
  const double kt = wide.conductivity * wide.thickness;
  for (const double r : {12.0, 20.0, 30.0}) {
    const double by_hand =
        std::cyl_bessel_k(0.0, r * 1e-3 / std::sqrt(kt / wide.transfer)) / (2 * std::numbers::pi * kt);
    CHECK(response(wide, rect(4, 19.5, 1, 1), rect(4 + r, 19.5, 1, 1), mm) == Approx(by_hand).epsilon(2e-3));
  }
}

TEST_CASE("rectangles under a plate are as warm as a finite-difference solve says") {
  Plate oblong = lid;
  oblong.height = 0.048;
  const std::vector<Source> dies{{rect(2, 4, 12, 16), 100, 0},
                                 {rect(15, 4, 8, 8), 40, 0},
                                 {rect(14, 24, 20, 10), 60, 0},
                                 {rect(30, 8, 6, 12), 10, 0},
                                 {rect(1, 22, 12, 10), 20, 0}};
  Plate thin = oblong;  // what through_plate adds is no part of the fin
  const auto found = thermal::spread(thin, carrier, 0, dies);
  const auto cells = solved(oblong, dies, 120);
  for (std::size_t i = 0; i < dies.size(); ++i) {
    const double through =
        dies[i].power / (geometry::area(dies[i].rect) * 1e-18) * thermal::through_plate(oblong, dies[i].rect);
    CHECK(found.sources[i] - through == Approx(mean_under(cells, oblong, dies[i].rect)).epsilon(2e-3));
  }
}

TEST_CASE("a response is the same both ways, above 0, and rises nowhere above a source's own") {
  Rng rng{7};
  const thermal::Spreader spreader{lid, carrier, 2 * mm};
  const auto random_rect = [&rng] {
    const double w = 2 + 12 * rng.uniform(), h = 2 + 12 * rng.uniform();
    return rect((40 - w) * rng.uniform(), (40 - h) * rng.uniform(), w, h);
  };
  for (int i = 0; i < 200; ++i) {
    const auto a = spreader.footing(random_rect()), b = spreader.footing(random_rect());
    const double there = spreader.response(a, b);
    CHECK(there == Approx(spreader.response(b, a)).epsilon(1e-12));
    CHECK(there > 0);
    CHECK(a.own == Approx(spreader.response(a, a)).epsilon(1e-9));
    CHECK(there * there <= spreader.response(a, a) * spreader.response(b, b) * (1 + 1e-9));
  }
}

TEST_CASE("a mirrored layout has mirrored temperatures") {
  const std::vector<Source> dies{{rect(2, 4, 12, 16), 100, 1e-5}, {rect(20, 6, 8, 8), 40, 1e-5}};
  std::vector<Source> mirrored = dies, turned = dies;
  for (std::size_t i = 0; i < dies.size(); ++i) {
    const Rect& r = dies[i].rect;
    mirrored[i].rect = {{40 * mm - r.high.x, r.low.y}, {40 * mm - r.low.x, r.high.y}};
    turned[i].rect = {{r.low.y, r.low.x}, {r.high.y, r.high.x}};
  }
  const auto as_is = thermal::spread(lid, carrier, 45, dies);
  for (const auto& other :
       {thermal::spread(lid, carrier, 45, mirrored), thermal::spread(lid, carrier, 45, turned)}) {
    for (std::size_t i = 0; i < dies.size(); ++i) {
      CHECK(other.sources[i] == Approx(as_is.sources[i]).epsilon(1e-5));
    }
  }
}

TEST_CASE("two sources that part in the middle of a plate never get hotter") {
  Plate wide = lid;
  wide.width = wide.height = 0.2;
  double before = std::numeric_limits<double>::infinity();
  for (double gap = 0; gap <= 20; gap += 0.5) {
    const std::vector<Source> dies{{rect(20 - gap / 2 - 8, 15, 8, 8), 100, 1e-5},
                                   {rect(20 + gap / 2, 15, 8, 8), 100, 1e-5}};
    const double peak = thermal::spread(wide, carrier, 45, dies).peak;
    CHECK(peak < before + 1e-9);
    before = peak;
  }
  // What one feels of the other falls with the distance wherever they are.
  double felt = std::numeric_limits<double>::infinity();
  for (double x = 8; x <= 32; x += 0.5) {
    const double now = response(lid, rect(0, 10, 8, 8), rect(x, 10, 8, 8));
    CHECK(now < felt);
    felt = now;
  }
}

TEST_CASE("the plate as a whole is as warm as all its heat makes its cooling") {
  // 4 x 4 tiles of all the plate, evenly hot: each at power x resistance; 1 / (2800 x 0.06^2) K/W
  Plate bare = lid;
  bare.background = 16;
  const Rect whole = rect(0, 0, 60, 60);
  std::vector<Source> tiles;
  for (int i = 0; i < 16; ++i) tiles.push_back({rect(15 * (i % 4), 15 * (i / 4), 15, 15), 10, 0});
  const auto even = thermal::spread(bare, whole, 20, tiles);
  CHECK(even.mean == Approx(20 + 176 / (2800 * 0.0036)));
  const double through = 10 / (0.015 * 0.015) * thermal::through_plate(bare, tiles[0].rect);
  for (const double t : even.sources) CHECK(t - through == Approx(even.mean).epsilon(5e-5));
  // One source: the mean over tiles is that of the plate.
  const thermal::Spreader spreader{bare, whole, 5 * mm};
  const auto source = spreader.footing(rect(3, 7, 11, 5));
  double sum = 0;
  for (const auto& tile : tiles) sum += spreader.response(source, spreader.footing(tile.rect)) / 16;
  CHECK(sum == Approx(spreader.mean_response()).epsilon(1e-6));
}

TEST_CASE("in a plate that conducts without limit every die is at the temperature of the case") {
  Plate even = lid;
  even.conductivity = 1e9;
  const std::vector<Source> dies{{rect(2, 4, 10, 10), 100, 2e-5}, {rect(20, 6, 8, 8), 0, 2e-5}};
  const auto found = thermal::spread(even, carrier, 45, dies);
  const double at_case = 45 + 100 / (2800 * 0.0036);
  CHECK(found.sources[1] == Approx(at_case).epsilon(1e-5));
  CHECK(found.sources[0] == Approx(at_case + 1e6 * 2e-5).epsilon(1e-5));  // 1 W/mm2
  CHECK(found.peak == found.sources[0]);
}

TEST_CASE("a carrier larger than the plate keeps the resistance of the cooling") {
  const Rect large = rect(0, 0, 80, 50);
  CHECK(thermal::spread(lid, large, 0, std::vector<Source>{{rect(0, 0, 80, 50), 10, 0}}).mean ==
        Approx(10 / (2800 * 0.0036)));
}

TEST_CASE("strange plates and places give numbers") {
  Plate poor = lid;
  poor.conductivity = 1e-3;
  poor.transfer = 1e6;
  for (const Plate& plate : {poor, Plate{0.3, 0.01, 0.001, 100, 1000, 0, 0}}) {
    const thermal::Spreader spreader{plate, carrier, 1000};
    const auto inside = spreader.footing(rect(5, 5, 2, 2)), outside = spreader.footing(rect(500, -90, 2, 2));
    for (const double r : {spreader.response(inside, inside), spreader.response(inside, outside),
                           spreader.response(outside, outside)}) {
      CHECK(std::isfinite(r));
      CHECK(r >= 0);
    }
  }
}

// Spreader and sink as one plate of the sink's size, half of the dies and what lies on them as contact.
TEST_CASE("dies of published 2.5D stacks rise as the grid solver says, within 5 %") {
  const auto folder = test::golden_folder("thermal");
  if (!folder) return test::skip("no golden cases of thermal");
  for (const auto& index : test::golden_indices(*folder)) {
    for (const auto& entry : index.cases) {
      if (nlohmann::json::parse(entry.json).at("kind") != "25d") continue;
      std::ifstream in{entry.file};
      const auto stack = nlohmann::json::parse(in);
      const auto& package = stack.at("package");
      const double side = package.at("s_sink");
      const Plate plate{
          .width = side,
          .height = side,
          .thickness = package.at("t_sink").get<double>() + package.at("t_spreader").get<double>(),
          .conductivity = package.at("k_sink"),
          .transfer = 1 / (package.at("r_convec").get<double>() * side * side)};
      double contact = 0;
      std::vector<Source> dies;
      std::vector<double> expected;
      for (std::size_t number = 0; number < stack.at("layers").size(); ++number) {
        const auto& layer = stack.at("layers").at(number);
        const double resistance = layer.at("thickness").get<double>() / layer.at("k").get<double>();
        contact += layer.at("power") ? resistance / 2 : dies.empty() ? 0 : resistance;
        if (!layer.at("power")) continue;
        const auto& solved = stack.at("results_physical").at("block_T_K").at(number);
        for (const auto& b : layer.at("blocks")) {
          if (b.value("power", 0.0) == 0) continue;
          const auto mm_of = [&b](const char* key) { return 1e3 * b.at(key).get<double>(); };
          dies.push_back({rect(mm_of("x"), mm_of("y"), mm_of("w"), mm_of("h")), b.at("power"), 0});
          expected.push_back(solved.at(b.at("name")));
        }
      }
      for (auto& die : dies) die.contact = contact;
      const double ambient = stack.at("ambient");
      const Rect chip = rect(0, 0, 1e3 * stack.at("chip").at("width").get<double>(),
                             1e3 * stack.at("chip").at("height").get<double>());
      const auto found = thermal::spread(plate, chip, ambient, dies);
      INFO(entry.name);
      for (std::size_t i = 0; i < dies.size(); ++i) {
        CHECK(found.sources[i] - ambient == Approx(expected[i] - ambient).epsilon(0.05));
      }
    }
  }
}
