#include <catch2/catch.hpp>

#include "units/units.h"

using namespace marquetry;
using namespace marquetry::unit;

// Whether A + B compiles.
template <class A, class B>
concept Addable = requires(A a, B b) {
  a + b;
};

// What must not compile is as much part of the contract as what must.
static_assert(Addable<Length<>, Length<>>);
static_assert(!Addable<Length<>, Area<>>);
static_assert(!Addable<Length<>, double>);
static_assert(sizeof(Length<>) == sizeof(double));
static_assert(std::is_same_v<decltype(mm / mm), double>);

TEST_CASE("a quantity divided by its unit is a number") {
  CHECK(8 * mm / um == Approx(8000));
  CHECK(8 * mm * (8 * mm) / mm2 == Approx(64));
  CHECK(sqrt(64 * mm2) / mm == Approx(8));
}

TEST_CASE("power of a link: bandwidth times energy per bit") {
  const Bandwidth<> bandwidth = 64 * GB / s;
  const EnergyPerBit<> energy = 0.5 * pJ / bit;
  CHECK(bandwidth * energy / W == Approx(0.256));  // 64e9 * 8 bit/s * 0.5e-12 J/bit
}
