// A problem and a layout of it, built die by die in millimetres, and what the checker says of it.
#pragma once

#include <set>

#include "layout/legality.h"

namespace marquetry::test {

using geometry::Nanometre;

inline constexpr Nanometre mm = 1'000'000, um = 1'000;

inline geometry::Rect rect(double x, double y, double w, double h) {
  const auto nm = [](double v) { return static_cast<Nanometre>(v * 1e6 + 0.5); };
  return {{nm(x), nm(y)}, {nm(x) + nm(w), nm(y) + nm(h)}};
}

struct Case {
  layout::Problem problem{};
  layout::Layout layout{};
};

inline void add_die(Case& c, const std::string& name, geometry::Rect where) {
  const geometry::Size size{where.width(), where.height()};
  c.problem.dies.push_back({.name = name, .size = size});
  c.layout.dies.push_back({where.low, geometry::Rotation::r0});
  c.layout.sizes.push_back(size);
}

// The names of the rules that are broken, and the first message.
inline std::set<std::string> broken(const Case& c) {
  std::set<std::string> names;
  for (const auto& violation : layout::violations(c.problem, c.layout)) names.insert(violation.rule);
  return names;
}
inline std::string message(const Case& c) {
  const auto found = layout::violations(c.problem, c.layout);
  return found.empty() ? "" : found.front().message;
}

}  // namespace marquetry::test
