// Sums over the nodes of a grid.
#pragma once

#include <algorithm>
#include <cmath>

#include "conduction/grid.h"

namespace marquetry::conduction {

inline Field zeros(const Grid& grid) {
  return {std::vector<double>(grid.shape.cells()), std::vector<double>(grid.hubs.size())};
}

inline bool fits(const Grid& grid, const Field& field) {
  return field.cells.size() == grid.shape.cells() && field.hubs.size() == grid.hubs.size();
}

inline double dot(const Field& a, const Field& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.cells.size(); ++i) sum += a.cells[i] * b.cells[i];
  for (std::size_t i = 0; i < a.hubs.size(); ++i) sum += a.hubs[i] * b.hubs[i];
  return sum;
}

// to += factor what; an empty part of `what` is nothing.
inline void add(Field& to, double factor, const Field& what) {
  for (std::size_t i = 0; i < what.cells.size(); ++i) to.cells[i] += factor * what.cells[i];
  for (std::size_t i = 0; i < what.hubs.size(); ++i) to.hubs[i] += factor * what.hubs[i];
}

inline double largest(const Field& field) {
  double most = 0;
  for (const double x : field.cells) most = std::max(most, std::abs(x));
  for (const double x : field.hubs) most = std::max(most, std::abs(x));
  return most;
}

inline double total(const Field& field) {
  double sum = 0;
  for (const double x : field.cells) sum += x;
  for (const double x : field.hubs) sum += x;
  return sum;
}

}  // namespace marquetry::conduction
