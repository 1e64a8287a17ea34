// The plan of a design over any number type; fails the test where there is none.
#pragma once

#include <catch2/catch.hpp>

#include "system/plan.h"

namespace marquetry::test {

template <Number Real>
Plan<Real> plan_of(const Library& library, const Design& design, const Lifting<Real>& lifting = {}) {
  Diagnostics diagnostics;
  auto plan = make_plan(library, design, lifting, diagnostics);
  INFO(render_all(diagnostics));
  REQUIRE(plan);
  return std::move(*plan);
}

}  // namespace marquetry::test
