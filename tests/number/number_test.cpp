// The number types against double: every operation of number.h, on random operands.
#include <catch2/catch.hpp>

#include <functional>

#include "number/numbers.h"
#include "support/property.h"
#include "units/units.h"

using namespace marquetry;

namespace {

using std::exp, std::log, std::sqrt;

// One formula of each operation, for any number type. Operands are positive.
template <class Real>
struct Formula {
  const char* name;
  Real (*apply)(const Real&, const Real&);
  bool is_smooth = true;
};

template <class Real>
std::vector<Formula<Real>> formulas() {
  using R = const Real&;
  return {
      {"sum", [](R a, R b) { return Real(a + b); }},
      {"difference", [](R a, R b) { return Real(a - b); }},
      {"product", [](R a, R b) { return Real(a * b); }},
      {"quotient", [](R a, R b) { return Real(a / b); }},
      {"negative", [](R a, R) { return Real(-a); }},
      {"with constants", [](R a, R b) { return Real(2.0 * a + 1.0 / b - 3.0); }},
      {"square", [](R a, R) { return square(a); }},
      {"exp", [](R a, R b) { return Real(exp(Real(a - b))); }},
      {"log", [](R a, R b) { return Real(log(Real(a * b))); }},
      {"sqrt", [](R a, R b) { return Real(sqrt(Real(a + b))); }},
      {"rise", [](R a, R b) { return Real(rise(Real(a * b))); }},
      {"smaller", [](R a, R b) { return Real(smaller(a, b)); }},
      {"larger", [](R a, R b) { return Real(larger(a, b)); }},
      {"select", [](R a, R b) { return Real(select_less(a, b, Real(a * 2.0), Real(b + 5.0))); }, false},
      {"power of two", [](R a, R) { return Real(power_of_two_above(a)); }, false},
      {"falling",
       [](R a, R b) {
         return Real(falling(
             std::array{a, b}, [](const std::array<double, 2>& x) { return 1 / (x[0] + x[1]); }, "decay"));
       },
       false},
      {"yield", [](R a, R b) { return Real(exp(Real(-b * log(Real(1.0 + a / b))))); }},
  };
}

double drawn() { return *rc::gen::inRange(1, 10'000) * 1e-3; }  // 0.001 ... 10

}  // namespace

TEST_CASE("the result of an interval operation holds the result for every operand in it") {
  const auto plain = formulas<double>();
  const auto ranged = formulas<Interval>();
  test::check_property([&] {
    const double a = drawn(), b = drawn(), c = drawn(), d = drawn();
    const Interval x{std::min(a, b), std::max(a, b)}, y{std::min(c, d), std::max(c, d)};
    const double t = *rc::gen::inRange(0, 101) * 0.01, u = *rc::gen::inRange(0, 101) * 0.01;
    const double p = std::min(x.lower + t * (x.upper - x.lower), x.upper);
    const double q = std::min(y.lower + u * (y.upper - y.lower), y.upper);
    for (std::size_t i = 0; i < plain.size(); ++i) {
      const auto range = ranged[i].apply(x, y);
      const auto value = plain[i].apply(p, q);
      RC_LOG() << plain[i].name << ": " << value << " in " << range.lower << " .. " << range.upper << "\n";
      const double room = 1e-12 * (1 + std::abs(value));
      RC_ASSERT(range.lower - room <= value && value <= range.upper + room);
    }
  });
}

TEST_CASE("an interval of one point is that point") {
  const auto plain = formulas<double>();
  const auto ranged = formulas<Interval>();
  test::check_property([&] {
    const double a = drawn(), b = drawn();
    for (std::size_t i = 0; i < plain.size(); ++i) {
      const auto value = plain[i].apply(a, b);
      const auto range = ranged[i].apply(a, b);
      RC_LOG() << plain[i].name << "\n";
      const double room = 1e-14 * (10 + std::abs(value));
      RC_ASSERT(std::abs(range.lower - value) <= room && std::abs(range.upper - value) <= room);
    }
  });
}

TEST_CASE("a dual has the value of the double, and its slopes are central differences") {
  const auto plain = formulas<double>();
  const auto duals = formulas<Dual>();
  test::check_property([&] {
    const double a = drawn(), b = drawn();
    const double step = 1e-6;
    RC_PRE(std::abs(a - b) > 1e-4 && a > 1e-2 && b > 1e-2);  // away from the kinks of min and max
    for (std::size_t i = 0; i < plain.size(); ++i) {
      const auto dual = duals[i].apply(Dual::input(a, 0), Dual::input(b, 1));
      const auto value = plain[i].apply(a, b);
      RC_LOG() << plain[i].name << " of " << a << ", " << b << "\n";
      RC_ASSERT(std::abs(dual.value() - value) <= 1e-12 * (1 + std::abs(value)));
      if (!plain[i].is_smooth) continue;
      const double by_a = (plain[i].apply(a + step, b) - plain[i].apply(a - step, b)) / (2 * step);
      const double by_b = (plain[i].apply(a, b + step) - plain[i].apply(a, b - step)) / (2 * step);
      RC_ASSERT(std::abs(dual.slope(0) - by_a) <= 1e-4 * (1 + std::abs(by_a)));
      RC_ASSERT(std::abs(dual.slope(1) - by_b) <= 1e-4 * (1 + std::abs(by_b)));
    }
  });
}

TEST_CASE("steps have a value and no slope") {
  CHECK(power_of_two_above(Dual::input(2.5, 0)).slope(0) == 0);
  CHECK(Dual{3.0}.slope(5) == 0);
  CHECK(representative(Dual::input(2.5, 0)) == 2.5);
}

TEST_CASE("a trace has the value of the double, bit for bit") {
  const auto plain = formulas<double>();
  const auto traces = formulas<Trace>();
  test::check_property([&] {
    const double a = drawn(), b = drawn();
    for (std::size_t i = 0; i < plain.size(); ++i) {
      RC_LOG() << plain[i].name << "\n";
      RC_ASSERT(traces[i].apply(Trace{a}, Trace{b}).value() == plain[i].apply(a, b));
    }
  });
}

TEST_CASE("a trace keeps names, sources and the way") {
  const auto area = named("area", Quantity<dimension::area, Trace>::from_si(64e-6), "a datasheet");
  const auto density = named("density", Quantity<dimension::area * -1, Trace>::from_si(1e3), "a paper");
  const auto faults = named("faults", area * density, "Poisson");
  const auto again = named("mean", faults);
  const auto& node = *faults.node();
  CHECK(node.name == "faults");
  CHECK(node.source == "Poisson");
  CHECK(node.operation == Operation::multiply);
  REQUIRE(node.operands.size() == 2);
  CHECK(node.operands[0]->name == "area");
  CHECK(node.operands[0]->dimension == dimension::area);
  CHECK(node.operands[1]->source == "a paper");
  REQUIRE(again.node()->operands.size() == 1);
  CHECK(again.node()->name == "mean");
  CHECK(again.node()->operands[0]->name == "faults");
  CHECK(again.value() == faults.value());
}

TEST_CASE("a quotient by a range around zero may be anything, and widening only widens") {
  CHECK(Interval{1, 2} / Interval{-1, 1} == Interval::everything());
  CHECK(contains(widened({1, 2}), 1 - 1e-13));
  CHECK(either(Interval{1, 2}, Interval{4, 5}) == Interval{1, 5});
  CHECK(hull(Interval{1, 2}, Interval{4, 5}) == Interval{1, 5});
  CHECK(Interval{-2, 3} * Interval{-1, 4} == Interval{-8, 12});
}

TEST_CASE("plain quantities join any number type") {
  const Area<> plain = 64 * unit::mm2;
  const auto mixed = plain * Quantity<dimension::area * -1, Interval>::from_si({1e3, 2e3});
  CHECK(mixed.lower == Approx(0.064));
  CHECK(mixed.upper == Approx(0.128));
  CHECK(smaller(plain, Area<Interval>::from_si({1e-6, 1})).si() == Interval{1e-6, plain.si()});
}
