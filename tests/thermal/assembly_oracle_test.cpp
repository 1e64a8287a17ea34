// The networks of both models written down a second time, resistor by resistor and with the names of the
// published equations, and solved as dense matrices.
#include <Eigen/Dense>
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "base/rng.h"
#include "thermal/heat.h"

using namespace marquetry;
using namespace marquetry::thermal;

namespace {

constexpr double mm = 1e-3, um = 1e-6;

struct Network {
  Eigen::MatrixXd matrix{};

  explicit Network(Eigen::Index nodes) : matrix{Eigen::MatrixXd::Zero(nodes, nodes)} {}
  void ambient(Eigen::Index a, double r) { matrix(a, a) += 1 / r; }
  void resistor(Eigen::Index a, Eigen::Index b, double r) {
    matrix(a, a) += 1 / r;
    matrix(b, b) += 1 / r;
    matrix(a, b) -= 1 / r;
    matrix(b, a) -= 1 / r;
  }
};

// Rows from the top, as HotSpot counts them. Overlap of a block with that cell, as a part of the cell.
double overlap(const Stack& stack, const Block& block, int i, int j, int rows, int columns) {
  const double cw = stack.width / columns, ch = stack.height / rows;
  const double left = j * cw, bottom = stack.height - (i + 1) * ch;
  const double ow = std::min(left + cw, block.x + block.width) - std::max(left, block.x);
  const double oh = std::min(bottom + ch, block.y + block.height) - std::max(bottom, block.y);
  return std::max(ow, 0.0) * std::max(oh, 0.0) / (cw * ch);
}

double mixed_k(const Stack& stack, const Layer& layer, int i, int j, const Settings& settings) {
  const int rows = static_cast<int>(settings.rows), columns = static_cast<int>(settings.columns);
  const double own = layer.material.across;
  double k = 0, covered = 0;
  bool locked = false;
  if (settings.model == Model::hotspot7 && !settings.detailed) return own;
  for (const auto& block : layer.blocks) {
    const double share = overlap(stack, block, i, j, rows, columns);
    const double its = block.material ? block.material->across : own;
    if (settings.model == Model::hotspot7 && !locked && share >= 0.95) {
      locked = true;
      k = its;
    }
    if (!locked) k += share * its;
    covered += share;
  }
  if (settings.model == Model::physical) return k + (1 - covered) * own;
  return covered > 0 ? k : own;
}

// W/K to every node and back again: the rise of all nodes, cells first (layer, row from the top, column),
// then spreader W E N S, inner sink W E N S, outer sink W E N S.
Eigen::VectorXd dense(const Stack& stack, const Settings& settings) {
  const bool physical = settings.model == Model::physical;
  const int nr = static_cast<int>(settings.rows), nc = static_cast<int>(settings.columns);
  auto layers = stack.layers;
  const auto& p = *stack.package;
  layers.push_back({.name = "sp", .thickness = p.spreader.thickness, .material = p.spreader.material});
  layers.push_back({.name = "hs", .thickness = p.sink.thickness, .material = p.sink.material});
  const int nl = static_cast<int>(layers.size()), sp = nl - 2, hs = nl - 1, cells = nl * nr * nc;
  const double w = stack.width, h = stack.height, cw = w / nc, ch = h / nr;
  const double s_sp = p.spreader.side, s_hs = p.sink.side, t_sp = p.spreader.thickness,
               t_hs = p.sink.thickness;
  const double k_sp = p.spreader.material.across, k_hs = p.sink.material.across;
  const double convection = p.convection * s_hs * s_hs / (cw * ch);
  const auto at = [&](int l, int i, int j) { return static_cast<Eigen::Index>((l * nr + i) * nc + j); };
  const auto k = [&](int l, int i, int j) {
    return mixed_k(stack, layers[static_cast<std::size_t>(l)], i, j, settings);
  };
  const auto t = [&](int l) { return layers[static_cast<std::size_t>(l)].thickness; };
  const auto rx = [&](int l, int i, int j) { return cw / (k(l, i, j) * ch * t(l)); };
  const auto ry = [&](int l, int i, int j) { return ch / (k(l, i, j) * cw * t(l)); };
  const auto rz = [&](int l, int i, int j) {
    return t(l) / (k(l, i, j) * cw * ch) + (!physical && l == hs ? convection : 0);
  };

  Network net{cells + 12};
  for (int l = 0; l < nl; ++l)
    for (int i = 0; i < nr; ++i)
      for (int j = 0; j < nc; ++j) {
        const double down_x = physical ? ry(l, i, j) : rx(l, i, j),
                     right_x = physical ? rx(l, i, j) : ry(l, i, j);
        if (i + 1 < nr)
          net.resistor(at(l, i, j), at(l, i + 1, j),
                       down_x / 2 + (physical ? ry(l, i + 1, j) : rx(l, i + 1, j)) / 2);
        if (j + 1 < nc)
          net.resistor(at(l, i, j), at(l, i, j + 1),
                       right_x / 2 + (physical ? rx(l, i, j + 1) : ry(l, i, j + 1)) / 2);
        if (l + 1 < nl) {
          double r = rz(l, i, j) / 2 + rz(l + 1, i, j) / 2;
          if (!physical && settings.detailed && l == 0) r = rz(0, i, j) + rz(1, i, j) / 2;
          if (!physical && !settings.detailed) r = rz(l, i, j);
          net.resistor(at(l, i, j), at(l + 1, i, j),
                       r + layers[static_cast<std::size_t>(l)].contact / (cw * ch));
        }
        if (l == hs) net.ambient(at(l, i, j), physical ? rz(l, i, j) / 2 + convection : rz(l, i, j));
      }

  const double r_sp1_x = (s_sp - w) / 4 / (k_sp * (s_sp + 3 * h) / 4 * t_sp);
  const double r_sp1_y = (s_sp - h) / 4 / (k_sp * (s_sp + 3 * w) / 4 * t_sp);
  const double r_hs1_x = (s_sp - w) / 4 / (k_hs * (s_sp + 3 * h) / 4 * t_hs);
  const double r_hs1_y = (s_sp - h) / 4 / (k_hs * (s_sp + 3 * w) / 4 * t_hs);
  const double r_hs2_x = (s_sp - w) / 4 / (k_hs * (3 * s_sp + h) / 4 * t_hs);
  const double r_hs2_y = (s_sp - h) / 4 / (k_hs * (3 * s_sp + w) / 4 * t_hs);
  const double r_hs = (s_hs - s_sp) / 4 / (k_hs * (s_hs + 3 * s_sp) / 4 * t_hs);
  const double area_x = (s_sp + h) * (s_sp - w) / 4, area_y = (s_sp + w) * (s_sp - h) / 4;
  const double area_out = (s_hs * s_hs - s_sp * s_sp) / 4;
  const auto amb = [&](double area) { return p.convection * s_hs * s_hs / area; };
  for (Eigen::Index side = 0; side < 4; ++side) {
    const bool x = side < 2;
    const Eigen::Index spreader = cells + side, inner = spreader + 4, outer = spreader + 8;
    for (int n = 0; n < (x ? nr : nc); ++n) {
      const int i = x ? n : side == 2 ? 0 : nr - 1, j = !x ? n : side == 0 ? 0 : nc - 1;
      net.resistor(at(sp, i, j), spreader,
                   x ? rx(sp, i, j) / 2 + nr * r_sp1_x : ry(sp, i, j) / 2 + nc * r_sp1_y);
      net.resistor(at(hs, i, j), inner,
                   x ? rx(hs, i, j) / 2 + nr * r_hs1_x : ry(hs, i, j) / 2 + nc * r_hs1_y);
    }
    const double area = x ? area_x : area_y;
    net.resistor(spreader, inner, t_sp / (k_sp * area));
    net.resistor(inner, outer, (x ? r_hs2_x : r_hs2_y) + r_hs);
    net.ambient(inner, t_hs / (k_hs * area) + amb(area));
    net.ambient(outer, t_hs / (k_hs * area_out) + amb(area_out));
  }

  Eigen::VectorXd power = Eigen::VectorXd::Zero(cells + 12);
  for (int l = 0; l < nl; ++l)
    for (const auto& block : layers[static_cast<std::size_t>(l)].blocks)
      for (int i = 0; i < nr; ++i)
        for (int j = 0; j < nc; ++j)
          power[at(l, i, j)] +=
              block.power / (block.width * block.height) * cw * ch * overlap(stack, block, i, j, nr, nc);
  return net.matrix.ldlt().solve(power);
}

Material isotropic(double k) { return {.along_x = k, .along_y = k, .across = k, .capacity = 1e6}; }

// Up to three blocks side by side, with gaps between them or none.
Stack random_stack(Rng& rng) {
  Stack stack{
      .width = (5 + 20 * rng.uniform()) * mm, .height = (5 + 20 * rng.uniform()) * mm, .ambient = 300};
  const auto layers = 1 + rng.below(3);
  for (std::uint64_t l = 0; l < layers; ++l) {
    Layer layer{.name = "layer",
                .thickness = (20 + 200 * rng.uniform()) * um,
                .material = isotropic(std::exp(std::log(400.0) * rng.uniform())),
                .heats = true,
                .contact = rng.below(2) == 0 ? 0 : 1e-5 * rng.uniform()};
    const auto blocks = rng.below(4);
    const double wide = stack.width / static_cast<double>(blocks + 1);
    for (std::uint64_t b = 0; b < blocks; ++b)
      layer.blocks.push_back({.name = "block",
                              .x = wide * static_cast<double>(b) * 1.3,
                              .y = 0.2 * rng.uniform() * stack.height,
                              .width = wide * (0.7 + 0.3 * rng.uniform()),
                              .height = (0.3 + 0.5 * rng.uniform()) * stack.height,
                              .power = 20 * rng.uniform(),
                              .material = isotropic(1 + 200 * rng.uniform())});
    stack.layers.push_back(layer);
  }
  const double chip = std::max(stack.width, stack.height), spreader = chip * (1.05 + rng.uniform());
  stack.package =
      Spreading{.spreader = {spreader, (0.5 + rng.uniform()) * mm, isotropic(300 + 100 * rng.uniform())},
                .sink = {spreader * (1.05 + rng.uniform()), (2 + 5 * rng.uniform()) * mm,
                         isotropic(200 + 200 * rng.uniform())},
                .convection = 0.05 + 0.3 * rng.uniform()};
  return stack;
}

}  // namespace

TEST_CASE("both models give what their networks give, written down and solved a second time") {
  const Rng seed{7};
  for (std::uint64_t trial = 0; trial < 30; ++trial) {
    auto rng = seed.fork(trial);
    const auto stack = random_stack(rng);
    Settings settings{.columns = 2 + rng.below(7), .rows = 2 + rng.below(7)};
    settings.model = trial % 3 == 0 ? Model::physical : Model::hotspot7;
    settings.detailed = trial % 3 == 1;
    INFO("trial " << trial);
    const auto expected = dense(stack, settings);
    const auto heat = steady(stack, settings, {.tolerance = 1e-8, .most_iterations = 2000});
    REQUIRE(heat.outcome.state == conduction::State::solved);
    const auto& shape = heat.shape;
    double worst = 0;
    for (std::size_t l = 0; l < shape.layers; ++l)
      for (std::size_t r = 0; r < shape.rows; ++r)
        for (std::size_t c = 0; c < shape.columns; ++c)
          worst = std::max(
              worst, std::abs(heat.rise.cells[shape.cell(l, r, c)] -
                              expected[static_cast<Eigen::Index>(shape.cell(l, shape.rows - 1 - r, c))]));
    for (std::size_t n = 0; n < 12; ++n)
      worst = std::max(
          worst, std::abs(heat.rise.hubs.at(n) - expected[static_cast<Eigen::Index>(shape.cells() + n)]));
    CHECK(worst < 1e-6);
  }
}
