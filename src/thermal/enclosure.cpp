#include "thermal/enclosure.h"

#include <cmath>
#include <limits>

#include "conduction/field.h"

namespace marquetry::thermal {
namespace {

using conduction::Field;
using conduction::Grid;

constexpr double infinite = std::numeric_limits<double>::infinity();

// tie(a, b, conductance), each of a and b as picked from `field` by reference.
template <class F, class Tie>
void for_ties(const Grid& grid, F& field, Tie&& tie) {
  const auto& [columns, rows, layers] = grid.shape;
  for (std::size_t l = 0, i = 0; l < layers; ++l)
    for (std::size_t r = 0; r < rows; ++r)
      for (std::size_t c = 0; c < columns; ++c, ++i) {
        if (c + 1 < columns) tie(field.cells[i], field.cells[i + 1], grid.right[i]);
        if (r + 1 < rows) tie(field.cells[i], field.cells[i + columns], grid.up[i]);
        if (l + 1 < layers) tie(field.cells[i], field.cells[i + grid.shape.plane()], grid.above[i]);
      }
  for (std::size_t h = 0; h < grid.hubs.size(); ++h)
    for (const auto& [cell, g] : grid.hubs[h].cells) tie(field.cells[cell], field.hubs[h], g);
  for (const auto& [a, b, g] : grid.hub_links) tie(field.hubs[a], field.hubs[b], g);
}

// How much surplus at each node may be off by rounding: every flow and every partial sum by a unit or two,
// and there are as many of them as flows.
Field roundings(const Grid& grid, const Field& power, std::span<const Leak> leaks, const Field& rise) {
  struct Node {
    double rise{}, sum{};
    double terms{};
  };
  struct {
    std::vector<Node> cells{}, hubs{};
  } nodes;
  for (std::size_t i = 0; i < rise.cells.size(); ++i)
    nodes.cells.push_back(
        {rise.cells[i], std::abs(grid.ground[i] * rise.cells[i]) + std::abs(power.cells[i]), 3});
  for (std::size_t i = 0; i < rise.hubs.size(); ++i) {
    const double in = power.hubs.empty() ? 0 : std::abs(power.hubs[i]);
    nodes.hubs.push_back({rise.hubs[i], std::abs(grid.hubs[i].ground * rise.hubs[i]) + in, 3});
  }
  for_ties(grid, nodes, [](Node& a, Node& b, double g) {
    const double flow = std::abs(g * (a.rise - b.rise));
    for (Node* n : {&a, &b}) {
      n->sum += flow;
      ++n->terms;
    }
  });
  for (const auto& leak : leaks) {
    auto& node = nodes.cells[leak.cell];
    const double exponent = leak.slope * node.rise;
    node.sum += (1 + std::abs(exponent)) * std::abs(leak.power) * std::exp(exponent);
    ++node.terms;
  }
  Field out;
  const auto bound = [](const Node& n) {
    return 2 * (n.terms + 2) * std::numeric_limits<double>::epsilon() * n.sum;
  };
  for (const auto& n : nodes.cells) out.cells.push_back(bound(n));
  for (const auto& n : nodes.hubs) out.hubs.push_back(bound(n));
  return out;
}

// sign times the surplus is beyond rounding at every node.
bool beyond(double sign, const Field& surplus, const Field& rounding) {
  for (std::size_t i = 0; i < surplus.cells.size(); ++i)
    if (!(sign * surplus.cells[i] > rounding.cells[i])) return false;
  for (std::size_t i = 0; i < surplus.hubs.size(); ++i)
    if (!(sign * surplus.hubs[i] > rounding.hubs[i])) return false;
  return true;
}

}  // namespace

Field surplus(const Grid& grid, const Field& power, std::span<const Leak> leaks, const Field& rise) {
  Field out = conduction::applied(grid, {}, rise);
  conduction::add(out, -1, power);
  for (const auto& leak : leaks)
    out.cells[leak.cell] -= leak.power * std::exp(leak.slope * rise.cells[leak.cell]);
  return out;
}

Field conductances(const Grid& grid) {
  Field sum{grid.ground, {}};
  for (const auto& hub : grid.hubs) sum.hubs.push_back(hub.ground);
  for_ties(grid, sum, [](double& a, double& b, double g) {
    a += g;
    b += g;
  });
  return sum;
}

double enclosure(const Grid& grid, const Field& power, std::span<const Leak> leaks, const Field& rise,
                 const Field& witness) {
  for (const double z : witness.cells)
    if (!(z > 0)) return infinite;
  for (const double z : witness.hubs)
    if (!(z > 0)) return infinite;
  double e = 1.05 * conduction::largest(surplus(grid, power, leaks, rise)) +
             2 * conduction::largest(roundings(grid, power, leaks, rise));
  for (int doubling = 0; doubling < 12; ++doubling, e *= 2) {
    Field above = rise, below = rise;
    conduction::add(above, e, witness);
    if (!beyond(1, surplus(grid, power, leaks, above), roundings(grid, power, leaks, above))) continue;
    conduction::add(below, -e, witness);
    if (beyond(-1, surplus(grid, power, leaks, below), roundings(grid, power, leaks, below))) return e;
  }
  return infinite;
}

}  // namespace marquetry::thermal
