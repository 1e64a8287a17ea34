#include "conduction/operator.h"

#include <algorithm>
#include <cmath>

#include "conduction/lanes.h"

namespace marquetry::conduction {
namespace {

// Whether all are finite, and 0 or more.
bool conductances(const std::vector<double>& from) {
  bool good = true;
  for (const double x : from) good &= x >= 0 && x < 1e300;
  return good;
}

// With none that would lead out of the grid.
void copy(const std::vector<double>& from, std::size_t first, std::vector<double>& to) {
  std::copy(from.begin(), from.end(), to.begin() + static_cast<std::ptrdiff_t>(first));
}

bool conductance(double x) { return x >= 0 && x < 1e300; }

}  // namespace

void make_operator(const Grid& grid, const Field& extra, Operator& a) {
  a.usable = a.connected = false;
  a.ties.clear();
  a.links.clear();
  a.shape = grid.shape;
  const auto& [columns, rows, layers] = grid.shape;
  const std::size_t cells = grid.shape.cells(), plane = grid.shape.plane();
  a.hubs = grid.hubs.size();
  a.first = whole_lanes(plane);
  a.nodes = whole_lanes(cells + a.hubs);
  a.length = a.first + a.nodes + a.first;
  for (auto* v : {&a.right, &a.up, &a.above, &a.drain, &a.diagonal}) v->assign(a.length, 0.0);
  if (grid.right.size() != cells || grid.up.size() != cells || grid.above.size() != cells ||
      grid.ground.size() != cells || (!extra.cells.empty() && extra.cells.size() != cells) ||
      (!extra.hubs.empty() && extra.hubs.size() != a.hubs))
    return;
  copy(grid.right, a.first, a.right);
  copy(grid.up, a.first, a.up);
  copy(grid.above, a.first, a.above);
  copy(grid.ground, a.first, a.drain);
  for (std::size_t i = columns; columns > 0 && i <= cells; i += columns) a.right[a.first + i - 1] = 0;
  for (std::size_t l = 1; l <= layers; ++l) {
    const std::size_t end = a.first + l * plane;
    std::fill(a.up.data() + end - columns, a.up.data() + end, 0.0);
    if (l == layers) std::fill(a.above.data() + end - plane, a.above.data() + end, 0.0);
  }
  double* const drain = a.drain.data() + a.first;
  bool good = conductances(a.right) && conductances(a.up) && conductances(a.above) && conductances(a.drain);
  for (std::size_t h = 0; h < a.hubs; ++h) {
    drain[cells + h] = grid.hubs[h].ground;
    good &= conductance(grid.hubs[h].ground);
    for (const auto& [cell, g] : grid.hubs[h].cells) {
      good &= conductance(g) && cell < cells;
      if (g != 0 && cell < cells) a.ties.push_back({a.first + cell, a.hub(h), g});
    }
  }
  for (const auto& [p, q, g] : grid.hub_links) {
    good &= conductance(g) && p < a.hubs && q < a.hubs;
    if (g != 0 && p != q && p < a.hubs && q < a.hubs) a.links.push_back({a.hub(p), a.hub(q), g});
  }
  for (std::size_t i = 0; i < extra.cells.size(); ++i) drain[i] += extra.cells[i];
  for (std::size_t h = 0; h < extra.hubs.size(); ++h) drain[cells + h] += extra.hubs[h];
  for (std::size_t i = 0; i < cells + a.hubs; ++i) good &= std::abs(drain[i]) < 1e300;
  a.usable = good;
  if (!good) return;

  const double *right = a.right.data(), *up = a.up.data(), *above = a.above.data();
  for (std::size_t i = a.first; i < a.first + cells; ++i)
    a.diagonal[i] =
        a.drain[i] + right[i] + right[i - 1] + up[i] + up[i - columns] + above[i] + above[i - plane];
  for (std::size_t h = 0; h < a.hubs; ++h) a.diagonal[a.hub(h)] = a.drain[a.hub(h)];
  a.terms.assign(a.hubs, 0);
  for (const auto* list : {&a.ties, &a.links})
    for (const auto& [p, q, g] : *list)
      for (const std::size_t node : {p, q}) {
        a.diagonal[node] += g;
        if (node >= a.hub(0)) ++a.terms[node - a.hub(0)];
      }
  a.connected = all_grounded(a);
}

void pack(const Operator& a, const Field& field, Vector& vector) {
  vector.resize(a.length);
  std::copy(field.cells.begin(), field.cells.end(), vector.begin() + static_cast<std::ptrdiff_t>(a.first));
  if (a.hubs > 0 && field.hubs.empty()) std::fill_n(vector.data() + a.hub(0), a.hubs, 0.0);
  std::copy(field.hubs.begin(), field.hubs.end(), vector.begin() + static_cast<std::ptrdiff_t>(a.hub(0)));
}

void unpack(const Operator& a, const Vector& vector, Field& field) {
  const double* const begin = vector.data() + a.first;
  const double* const middle = begin + a.shape.cells();
  field.cells.assign(begin, middle);
  field.hubs.assign(middle, middle + a.hubs);
}

void multiply(const Operator& a, const Vector& from, Vector& to) {
  const std::size_t columns = a.shape.columns, plane = a.shape.plane();
  const std::size_t end = a.first + whole_lanes(a.shape.cells());
  const double* __restrict x = from.data(), * __restrict d = a.diagonal.data();
  const double* __restrict right = a.right.data(), * __restrict up = a.up.data(), * __restrict above = a.above.data();
  double* __restrict y = to.data();
  for (std::size_t i = a.first; i < end; ++i)
    y[i] = ((d[i] * x[i] - right[i] * x[i + 1]) - (right[i - 1] * x[i - 1] + up[i] * x[i + columns])) -
           ((up[i - columns] * x[i - columns] + above[i] * x[i + plane]) + above[i - plane] * x[i - plane]);
  for (std::size_t i = a.hub(0); i < a.first + a.nodes; ++i) y[i] = d[i] * x[i];
  for (const auto* list : {&a.ties, &a.links})
    for (const auto& [p, q, g] : *list) {
      y[p] -= g * x[q];
      y[q] -= g * x[p];
    }
}

}  // namespace marquetry::conduction
