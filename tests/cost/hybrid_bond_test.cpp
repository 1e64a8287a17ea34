// A die bonded on another by a packaging that names a hybrid bond, against that bond in closed form.
#include <catch2/catch.hpp>

#include "bonding/example_process.h"
#include "cost/bond.h"
#include "support/project.h"
#include "system/hybrid.h"

using namespace marquetry;
using namespace marquetry::unit;

namespace {

template <Number Real>
area::DieOutline<Real> outline_of(const bonding::DieSize& die) {
  const auto lifted = [](Length<> x) { return Length<Real>::from_si(Real{x.si()}); };
  area::DieOutline<Real> out;
  out.width = lifted(die.width);
  out.height = lifted(die.height);
  out.area = out.width * out.height;
  return out;
}

// As YAP ships its two processes.
double by_hand(const Packaging& packaging, const bonding::DieSize& die, const Quirks& quirks = {}) {
  const bool wafers = packaging.family == "3d-hybrid-w2w";
  auto process = test::example_process(wafers ? bonding::Flow::wafer_to_wafer : bonding::Flow::die_to_wafer);
  if (wafers) process.recess.adhesion = 1.3 * J / m2;
  auto layout = test::example_layout(Length<>::from_si(packaging.bump_pitch.typ));
  layout.top_ratio = 0.667;
  return bonding::bond_yield(process, bonding::pad_array(die, layout, quirks), die, quirks).total();
}

Packaging without_rework(const Packaging& row) {
  Packaging packaging = row;
  packaging.rework_share = {};
  return packaging;
}

}  // namespace

TEST_CASE("a packaging with a hybrid bond holds as the closed form says, for dies of any size") {
  const auto library = test::project_library();
  const Quirks peer = find_preset("yap-2025")->quirks();
  for (const char* id : {"hybrid-d2w", "hybrid-w2w"}) {
    const Packaging packaging = without_rework(*find(library.packagings, id));
    const auto joint = packaging_parameters(packaging, library, Lifting<double>{});
    const auto range = packaging_parameters(packaging, library, Lifting<Interval>{.uncertain = true});
    bonding::Workspace kept;
    double last = 1;
    for (const auto& die : {bonding::DieSize{3 * mm, 4 * mm}, {10 * mm, 10 * mm}, {26 * mm, 32 * mm}}) {
      const auto outline = outline_of<double>(die);
      const double yield = cost::bond_of(joint, outline).yield;
      // Whole pads by hand: up to a pitch less along each side.
      CHECK(yield == Approx(by_hand(packaging, die)).epsilon(1e-3));
      CHECK(yield < last);
      const auto bounds = cost::bond_of(range, outline_of<Interval>(die)).yield;
      CHECK(bounds.lower < yield);
      CHECK(bounds.upper > yield);
      CHECK(bounds.lower > 0.3 * yield);
      CHECK(cost::bond_of(joint, outline, Models{.quirks = peer}).yield ==
            Approx(by_hand(packaging, die, peer)).epsilon(1e-3));
      for (int again = 0; again < 2; ++again) {
        CHECK(cost::bond_of(joint, outline, Models{.bonds = &kept}).yield == yield);
      }
      last = yield;
    }
  }
}

TEST_CASE("the yield of a hybrid bond has slopes and a derivation") {
  const auto library = test::project_library();
  const Packaging packaging = without_rework(*find(library.packagings, "hybrid-d2w"));
  const bonding::DieSize die{10 * mm, 8 * mm};
  auto joint = packaging_parameters(packaging, library, Lifting<Dual>{});
  const double density = joint.bond_particles.si().value();
  joint.bond_particles = PerArea<Dual>::from_si(Dual::input(density, 0));
  const Dual yield = cost::bond_of(joint, outline_of<Dual>(die)).yield;
  const auto at = [&](double d) {
    auto plain = packaging_parameters(packaging, library, Lifting<double>{});
    plain.bond_particles = PerArea<>::from_si(d);
    return cost::bond_of(plain, outline_of<double>(die)).yield;
  };
  const double step = 1e-3 * density;
  CHECK(yield.slope(0) == Approx((at(density + step) - at(density - step)) / (2 * step)).epsilon(1e-5));
  CHECK(yield.slope(0) < 0);

  const auto traced = packaging_parameters(packaging, library, Lifting<Trace>{});
  CHECK(cost::bond_of(traced, outline_of<Trace>(die)).yield.value() == Approx(yield.value()));
}

TEST_CASE("an open choice holds what each of its packagings gives; one without a hybrid bond is as typed") {
  const auto library = test::project_library();
  const auto& typed = *find(library.packagings, "cowos-s");
  const auto& hybrid = *find(library.packagings, "hybrid-d2w");
  const auto at = [&](const Packaging& row) {
    return packaging_parameters(row, library, Lifting<Interval>{});
  };
  CHECK_FALSE(at(typed).hybrids);
  const auto both = either_of(at(typed), at(hybrid));
  REQUIRE(both.hybrids);
  CHECK(both.hybrids->size() == 2);
  const auto outline = outline_of<Interval>({12 * mm, 9 * mm});
  const auto bounds = cost::bond_of(both, outline).yield;
  for (const auto* row : {&typed, &hybrid}) {
    const auto value = cost::bond_of(at(*row), outline).yield;
    CHECK(bounds.lower <= value.lower);
    CHECK(bounds.upper >= value.upper);
  }
}
