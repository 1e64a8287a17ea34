// The closed form of a hybrid bond against sums by hand, against bonds that are thrown pad by pad and
// particle by particle, and against what must hold whatever the numbers.
#include "bonding/hybrid.h"

#include <catch2/catch.hpp>

#include "bonding/example_process.h"
#include "bonding/sampler.h"
#include "support/property.h"

using namespace marquetry;
using namespace marquetry::unit;
using bonding::bond_yield, bonding::DieSize, bonding::Flow, bonding::pad_array;
using test::example_layout, test::example_process;

namespace {

constexpr DieSize square{10 * mm, 10 * mm};
constexpr std::array both{Flow::die_to_wafer, Flow::wafer_to_wafer};

double drawn(double low, double high) { return low + (high - low) * 1e-4 * *rc::gen::inRange(0, 10'001); }

// Four standard errors of a share of that many draws.
double noise(double share, int draws) { return 4 * std::sqrt(std::max(share * (1 - share), 1e-3) / draws); }

}  // namespace

TEST_CASE("what a full array is made of") {
  const auto pads = pad_array(square, example_layout(10 * um));
  CHECK(pads.rows == 1000);
  CHECK(pads.critical == 1e6);
  CHECK(pads.width() / um == Approx(9990));
  CHECK(pads.bottom_radius / um == Approx(2.5));
  CHECK(pads.top_radius / um == Approx(1.66666667));
}

TEST_CASE("allowed misalignment: the lens of two discs, or the oxide between neighbours") {
  auto process = example_process();
  auto pads = pad_array(square, example_layout(10 * um));
  // Of two equal discs of radius 1 half the area is shared at d = 0.807946 (the goat problem's chord).
  pads.top_radius = pads.bottom_radius = 1 * um;
  CHECK(bonding::allowed_misalignment(process.alignment, pads) / um == Approx(0.807945507));
  // 0.2 of the pitch to stay: (1 - 0.2) 2.2 - 1 + (0.4 - 1) 1 = 0.16.
  pads.pitch = 2.2 * um;
  process.alignment.distance_share = 0.2;
  CHECK(bonding::allowed_misalignment(process.alignment, pads) / um == Approx(0.16));
}

TEST_CASE("killed area of a die, by hand") {
  // E sqrt t = sqrt(0.1) 2/1.5 = 0.42164, E t = 0.2; R_b = 5641.9 um; E r = (2/3 1.0155 + 230) 0.42164
  // = 97.262. 9990^2 + 2 19980 (97.262 + 1.667) + pi (0.2 (0.516 + 311.4 + 52900) + 2 97.262 1.667 + 2.778).
  const auto process = example_process();
  const auto killed = bonding::killed_area(process, pad_array(square, example_layout(10 * um)), square);
  CHECK(killed / um2 == Approx(103'787'747).epsilon(1e-6));
  CHECK(bonding::particle_yield(process.particles, killed) == Approx(0.9014).margin(1e-4));
  // Wafer to wafer: tails of 2/3 0.062 150000 0.42164 = 2614.2 um: 9990^2 + 2/pi 19980 2614.2.
  const auto on_wafer = example_process(Flow::wafer_to_wafer);
  CHECK(bonding::killed_area(on_wafer, pad_array(square, example_layout(10 * um)), square) / um2 ==
        Approx(133'051'200).epsilon(1e-5));
}

TEST_CASE("a pad's own error: Rice's distribution, by the exact law at the centre") {
  // About r = 0 the error is Rayleigh's: P(|e| > m) = exp(-m^2 / 2 sigma^2) = exp(-12.5) for 5 sigma.
  bonding::Pads one{.critical = 1, .copies = 1};
  const bonding::LossTable losses{100, 20, one};
  CHECK(std::exp(losses.log_loss(0)) == Approx(3.7266531720786e-06).epsilon(1e-4));
  // Far from the middle of a wide circle it is the tail of one normal error: at m - 3 sigma, 1.35e-3.
  const bonding::LossTable wide{1e6, 20, one};
  CHECK(std::exp(wide.log_loss(1e6 - 60)) == Approx(-std::log1p(-0.001349898)).epsilon(1e-3));
}

TEST_CASE("bonds thrown pad by pad and particle by particle give the closed form") {
  struct Trial {
    Flow flow{};
    Length<> pitch{}, shift{};
    double rotation{};
  };
  constexpr int draws = 2000;
  for (const auto& [flow, pitch, shift, rotation] :
       {Trial{Flow::die_to_wafer, 2 * um, {}, 1e-6}, Trial{Flow::die_to_wafer, 2 * um, 290 * nm, 1e-6},
        Trial{Flow::die_to_wafer, 1 * um, 60 * nm, 4e-6}, Trial{Flow::die_to_wafer, 1 * um, {}, 1.2e-5},
        Trial{Flow::wafer_to_wafer, 2 * um, 290 * nm, 5e-8},
        Trial{Flow::wafer_to_wafer, 2 * um, {}, 2.4e-6}}) {
    auto process = example_process(flow);
    process.alignment.x.mean = shift;
    process.alignment.rotation.mean = rotation;
    const auto pads = pad_array(square, example_layout(pitch));
    const auto exact = bond_yield(process, pads, square);
    const auto thrown = bonding::sampled_bonds(process, pads, square, draws, Rng{11});
    INFO(pitch / um << " um, shift " << shift / nm << " nm, rotation " << rotation);
    CHECK(thrown.overlay == Approx(exact.overlay).margin(noise(exact.overlay, draws) + 2e-3));
    CHECK(thrown.particles == Approx(exact.particles).margin(noise(exact.particles, draws)));
    CHECK(thrown.recess == Approx(exact.recess).margin(noise(exact.recess, draws)));
    CHECK(thrown.total == Approx(exact.total()).margin(noise(exact.total(), draws) + 2e-3));
  }
}

TEST_CASE("redundant pads: voids must cover both, and copies far apart survive more") {
  const auto process = example_process();
  auto layout = example_layout(10 * um);
  layout.critical_share = 0;
  layout.redundant_share = 1;
  double last = bond_yield(process, pad_array(square, example_layout(10 * um)), square).particles;
  for (const double apart : {1.0, 50.0, 200.0, 500.0}) {
    layout.separation = apart * um;
    const auto pads = pad_array(square, layout);
    const auto exact = bond_yield(process, pads, square);
    INFO(apart);
    CHECK(exact.particles >= last * (1 - 1e-3));
    CHECK(exact.recess >= bond_yield(process, pad_array(square, example_layout(10 * um)), square).recess);
    CHECK(bonding::sampled_bonds(process, pads, square, 4000, Rng{3}).particles ==
          Approx(exact.particles).margin(noise(exact.particles, 4000)));
    last = exact.particles;
  }
  CHECK(last > 0.98);  // 500 um are more than twice the usual void
}

TEST_CASE("a bond yields less when anything is worse") {
  test::check_property([] {
    const auto flow = both[*rc::gen::inRange(std::size_t{0}, std::size_t{2})];
    auto process = example_process(flow);
    process.alignment.x.mean = drawn(0, 400) * nm;
    process.alignment.rotation.mean *= drawn(0, 4);
    process.recess.top.deviation = drawn(1, 2) * nm;
    const DieSize die{drawn(2, 20) * mm, drawn(2, 20) * mm};
    const auto layout = example_layout(drawn(1, 10) * um);
    const auto yield_of = [&](const bonding::Process& p) {
      return bond_yield(p, pad_array(die, layout), die);
    };
    const auto base = yield_of(process);
    for (const double y : {base.overlay, base.particles, base.recess}) RC_ASSERT(y >= 0 && y <= 1);
    auto worse = process;
    worse.alignment.pad_error.deviation = 1.2 * process.alignment.pad_error.deviation;
    RC_ASSERT(yield_of(worse).overlay <= base.overlay + 2e-3);
    worse = process;
    worse.alignment.x.mean = process.alignment.x.mean + 10 * nm;
    RC_ASSERT(yield_of(worse).overlay <= base.overlay + 2e-3);
    worse = process;
    worse.particles.density = 1.5 * process.particles.density;
    RC_ASSERT(yield_of(worse).particles < base.particles);
    worse = process;
    worse.recess.bottom.deviation = 1.5 * process.recess.bottom.deviation;
    RC_ASSERT(yield_of(worse).recess <= base.recess);
  });
}

TEST_CASE("the same bond twice gives the same bits; so do thrown ones of one seed") {
  const auto process = example_process();
  const auto pads = pad_array(square, example_layout(2 * um));
  CHECK(bond_yield(process, pads, square).total() == bond_yield(process, pads, square).total());
  CHECK(bonding::sampled_bonds(process, pads, square, 500, Rng{5}).total ==
        bonding::sampled_bonds(process, pads, square, 500, Rng{5}).total);
}

TEST_CASE("each quirk of YAP moves a bond that it bears on") {
  const auto total = [](const bonding::Process& process, Length<> side, const Quirks& quirks) {
    const DieSize die{side, side};
    return bond_yield(process, pad_array(die, example_layout(2 * um), quirks), die, quirks).total();
  };
  const auto moved = [&](const bonding::Process& process, Length<> side, std::size_t number) {
    return total(process, side, Quirks{}.with(number)) - total(process, side, {});
  };
  auto shifted = example_process();
  shifted.alignment.x.mean = shifted.alignment.y.mean = 0.23 * um;
  CHECK(moved(shifted, 10 * mm, quirk("yap-random-scalar")) > 0.1);
  CHECK(std::abs(moved(shifted, 10 * mm, quirk("yap-overlay-corners"))) > 1e-3);
  CHECK(moved(example_process(), 10.1 * mm, quirk("yap-pad-blocks")) < 0);
  CHECK(moved(example_process(Flow::wafer_to_wafer), 10 * mm, quirk("yap-wafer-fill")) > 5e-3);
  auto bowed = shifted;
  bowed.alignment.bow.deviation = 20 * um;
  CHECK(std::abs(moved(bowed, 10 * mm, quirk("yap-mag-variance"))) > 1e-3);
}
