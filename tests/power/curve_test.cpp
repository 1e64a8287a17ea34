// Voltage, clock and power: the curve of a node, caps, and what they leave.
#include "power/curve.h"

#include <catch2/catch.hpp>
#include "support/property.h"

#include "area/die_outline.h"
#include "power/node_scaling.h"
#include "power/power.h"
#include "support/project.h"
#include "support/small_system.h"

using namespace marquetry;
using namespace marquetry::unit;

namespace {

template <Number Real = double>
CurveParameters<Real> small_curve() {
  CurveParameters<Real> c;
  c.threshold = 0.3 * V;
  c.supply_low = 0.5 * V;
  c.supply_high = 1.0 * V;
  c.saturation = Real{1.5};
  c.leakage_rise = PerVoltage<Real>::from_si(Real{1.1});
  return c;
}

double watts(const power::DiePower<double>& p) { return (p.dynamic + p.leakage) / W; }

System<double> capped_system() {
  auto system = test::small_system();
  system.dies[0].curve = small_curve();
  return system;
}

power::DiePower<double> power_of_die(const System<double>& system) {
  return power::die_power(system.dies[0], area::die_outline(system, 0));
}

}  // namespace

TEST_CASE("clock and leakage at another voltage, by hand") {
  const auto curve = small_curve();
  // (0.3 / 0.45)^1.5 x 0.75 / 0.6
  CHECK(power::clock_ratio(curve, Voltage<>(0.6 * V), Voltage<>(0.75 * V)) == Approx(0.680414).epsilon(1e-6));
  CHECK(power::clock_ratio(curve, Voltage<>(0.75 * V), Voltage<>(0.75 * V)) == Approx(1));
  // 0.8 x exp(-1.1 x 0.15)
  CHECK(power::leakage_ratio(curve, Voltage<>(0.6 * V), Voltage<>(0.75 * V)) ==
        Approx(0.678309).epsilon(1e-5));
}

TEST_CASE("a die's voltage squares into its dynamic power and moves its leakage") {
  auto system = capped_system();
  system.dies[0].voltage = 0.6 * V;
  const auto p = power_of_die(system);
  CHECK(p.dynamic / W == Approx(2 * 0.64));
  CHECK(p.leakage / W == Approx(3 * 0.678309).epsilon(1e-5));
  CHECK(power::supply_voltage(system.dies[0], p) / V == Approx(0.6));
}

TEST_CASE("every node of the library works at its nominal voltage, well above its threshold") {
  for (const auto& node : test::project_library().nodes) {
    if (!node.threshold.known) continue;
    INFO(node.id);
    CHECK(node.supply_low.typ <= node.supply_voltage.typ);
    CHECK(node.supply_voltage.typ <= node.supply_high.typ);
    CHECK(node.threshold.high < node.supply_low.low);
  }
}

TEST_CASE("the published check values of the scaling polynomials") {
  // Stillmaker & Baas 2017: energy factors of 32 nm at 0.9 V and of 65 nm at 1.3 V.
  CHECK(test::polynomial(test::find_scaling("HP32")->energy, 0.9) == Approx(0.4571).margin(5e-5));
  CHECK(test::polynomial(test::find_scaling("65")->energy, 1.3) == Approx(2.604).margin(5e-4));
}

TEST_CASE("the curves of the library lie between the polynomials of fast and of thrifty transistors") {
  const auto library = test::project_library();
  struct Row {
    std::string_view node, fast, thrifty;
    double low, high;
  };
  // How much slower at the low voltage than at the high one; polynomials where they have not bent back.
  for (const auto& [id, fast, thrifty, low, high] :
       {Row{"n90", "90", "90", 0.8, 1.3}, Row{"n65", "65", "65", 0.8, 1.3},
        Row{"n20", "HP20", "LP20", 0.6, 0.95}, Row{"n16", "HP16", "LP16", 0.6, 0.95},
        Row{"n14", "HP14", "LP14", 0.6, 0.95}, Row{"n10", "HP10", "LP10", 0.6, 0.9},
        Row{"tsmc-n7", "HP7", "LP7", 0.6, 0.85}}) {
    INFO(id);
    const auto& node = *find(library.nodes, id);
    CurveParameters<double> curve;
    curve.threshold = Voltage<>::from_si(node.threshold.typ);
    curve.saturation = node.saturation.typ;
    const double ours = power::clock_ratio(curve, Voltage<>(high * V), Voltage<>(low * V));
    const auto slower = [&](std::string_view name) {
      const auto& row = *test::find_scaling(name);
      return test::delay_ratio(row, low, row, high);
    };
    CHECK(ours >= 0.97 * slower(fast));
    CHECK(ours <= 1.03 * slower(thrifty));
  }
}

TEST_CASE("a cap is kept to the last digit, and clock and voltage fall with it") {
  auto system = capped_system();
  const double full = watts(power_of_die(system));  // 5 W
  double clock = 1.1, voltage = 1.1;
  for (double cap = full; cap > 0.3 * full; cap *= 0.97) {
    system.dies[0].power_cap = cap * W;
    const auto p = power_of_die(system);
    CHECK(watts(p) == Approx(cap).epsilon(1e-12));
    CHECK(p.throttle->clock < clock);
    CHECK(p.throttle->voltage <= voltage);
    CHECK(p.throttle->voltage >= 0.5 / 0.75 - 1e-12);
    clock = p.throttle->clock;
    voltage = p.throttle->voltage;
    // The clock is that of the curve, or less where the voltage can fall no more.
    const double allowed =
        power::clock_ratio(small_curve(), power::supply_voltage(system.dies[0], p), Voltage<>(0.75 * V));
    CHECK(clock <= allowed * (1 + 1e-12));
    if (voltage > 0.5 / 0.75 * (1 + 1e-9)) CHECK(clock == Approx(allowed).epsilon(1e-12));
  }
  CHECK(voltage == Approx(0.5 / 0.75));
}

TEST_CASE("a cap that is wide leaves everything as it is; one below the leakage all but stops the clock") {
  auto system = capped_system();
  const auto free = power_of_die(system);
  system.dies[0].power_cap = 6 * W;
  auto p = power_of_die(system);
  CHECK(p.dynamic / W == Approx(free.dynamic / W).epsilon(1e-15));
  CHECK(p.leakage / W == Approx(free.leakage / W).epsilon(1e-15));
  CHECK(p.throttle->clock == 1);
  CHECK(p.throttle->voltage == 1);
  system.dies[0].power_cap = 0.5 * W;
  p = power_of_die(system);
  CHECK(p.throttle->clock == power::least_clock);
  CHECK(watts(p) > 0.5);
}

TEST_CASE("slopes under a cap are differences, and ranges hold every value") {
  const auto at = [](double dynamic, double leakage, double cap, double threshold, double alpha, auto one) {
    using Real = decltype(one);
    (void)one;
    auto curve = small_curve<Real>();
    curve.threshold = Voltage<Real>::from_si(Real{threshold});
    curve.saturation = Real{alpha};
    power::DiePower<Real> full{Power<Real>::from_si(Real{dynamic}), Power<Real>::from_si(Real{leakage})};
    return power::throttled(full, curve, Voltage<Real>(0.75 * V), Power<Real>::from_si(Real{cap}));
  };
  for (const double cap : {2.0, 3.2, 4.4, 4.9}) {
    INFO("cap " << cap);
    const std::array x{4.0, 1.0, cap, 0.3, 1.5};
    auto curve = small_curve<Dual>();
    std::array<Dual, 5> in;
    for (std::size_t i = 0; i < 5; ++i) in[i] = Dual::input(x[i], i, 5);
    curve.threshold = Voltage<Dual>::from_si(in[3]);
    curve.saturation = in[4];
    const auto p = power::throttled<Dual>({Power<Dual>::from_si(in[0]), Power<Dual>::from_si(in[1])}, curve,
                                          Voltage<Dual>(0.75 * V), Power<Dual>::from_si(in[2]));
    for (std::size_t i = 0; i < 5; ++i) {
      INFO("input " << i);
      auto up = x, down = x;
      const double h = 1e-5 * x[i];
      up[i] += h, down[i] -= h;
      const auto more = at(up[0], up[1], up[2], up[3], up[4], 0.0),
                 less = at(down[0], down[1], down[2], down[3], down[4], 0.0);
      const auto slope = [&](double a, double b) { return (a - b) / (2 * h); };
      CHECK(p.throttle->clock.slope(i) ==
            Approx(slope(more.throttle->clock, less.throttle->clock)).epsilon(1e-5).margin(1e-7));
      CHECK(p.leakage.si().slope(i) ==
            Approx(slope(more.leakage.si(), less.leakage.si())).epsilon(1e-5).margin(1e-7));
    }
  }
  marquetry::test::check_property([&at] {
    const auto draw = [](int low, int high) { return *rc::gen::inRange(low, high) * 0.01; };
    const auto range = [&](int low, int high) {
      const double a = draw(low, high), b = draw(low, high);
      return Interval{std::min(a, b), std::max(a, b)};
    };
    const std::array<Interval, 5> r{range(50, 900), range(10, 300), range(20, 900), range(25, 36),
                                    range(100, 200)};
    auto curve = small_curve<Interval>();
    curve.threshold = Voltage<Interval>::from_si(r[3]);
    curve.saturation = r[4];
    const auto bounds =
        power::throttled<Interval>({Power<Interval>::from_si(r[0]), Power<Interval>::from_si(r[1])}, curve,
                                   Voltage<Interval>(0.75 * V), Power<Interval>::from_si(r[2]));
    const auto within = [&](const Interval& i) { return i.lower + (i.upper - i.lower) * draw(0, 101); };
    const auto p = at(within(r[0]), within(r[1]), within(r[2]), within(r[3]), within(r[4]), 0.0);
    const auto holds = [](const Interval& i, double v) {
      return i.lower - 1e-9 * std::abs(v) <= v && v <= i.upper + 1e-9 * std::abs(v);
    };
    RC_ASSERT(holds(bounds.throttle->clock, p.throttle->clock));
    RC_ASSERT(holds(bounds.throttle->voltage, p.throttle->voltage));
    RC_ASSERT(holds(bounds.leakage.si(), p.leakage.si()));
    RC_ASSERT(holds(bounds.dynamic.si(), p.dynamic.si()));
  });
}

TEST_CASE("the cap of a package takes what its dies leave, each its share") {
  auto system = capped_system();
  system.dies.push_back(system.dies[0]);
  system.dies[1].count = 1;
  system.dies[1].clock = 0.5 * GHz;
  system.networks[0].to = 0;
  std::vector<power::DiePower<double>> dies;
  for (std::size_t d = 0; d < 2; ++d) {
    dies.push_back(power::die_power(system.dies[d], area::die_outline(system, d)));
  }
  power::PackagePower<double> out;
  power::package_power<double>(system, dies, out);
  const double before = out.total / W, ratio = watts(dies[0]) / watts(dies[1]);
  system.power_cap = 0.9 * before * W;
  power::keep_cap(system, dies, out);
  CHECK(out.total / W == Approx(0.9 * before).epsilon(1e-12));
  CHECK(watts(dies[0]) / watts(dies[1]) == Approx(ratio));
  CHECK(dies[0].throttle->clock < 1);
  CHECK(dies[1].throttle->clock < 1);
}

TEST_CASE("links and memories that wait draw less, but not nothing") {
  auto system = test::small_system();
  system.networks[0].link.idle_share = 0.15;
  const double busy = power::link_power(system, system.networks[0]) / W;
  system.networks[0].activity = 0.4;
  CHECK(power::link_power(system, system.networks[0]) / W == Approx(busy * (0.4 + 0.15 * 0.6)));
  // 1024 x 3.2 Gbit/s x 4 pJ, a quarter of it, and 1 W
  system.memories[0].activity = 0.25;
  CHECK(power::stack_power(system.memories[0]) / W == Approx(13.1072 / 4 + 1));
}

TEST_CASE("an operation of every product takes less than its power over its peak") {
  // Without clocks, memory and links the model must lie below: TDP / dense FP16 peak, data sheets.
  const auto library = test::project_library();
  struct Row {
    std::string_view module, node;
    double ceiling;  // pJ
  };
  for (const auto& [module, node, ceiling] :
       {Row{"ga100-sm", "tsmc-n7", 1.28}, Row{"gh100-sm", "tsmc-n4", 0.71}, Row{"cdna3-cu", "tsmc-n5", 0.57},
        Row{"gb100-sm", "tsmc-n4", 0.44}}) {
    INFO(module);
    const auto& m = *find(library.modules, module);
    const double energy = m.energy.typ * find(library.nodes, node)->energy_scale.typ / (2 * m.fp16.typ);
    CHECK(energy < ceiling * 1e-12);
    CHECK(energy > 0.2 * ceiling * 1e-12);
  }
}

TEST_CASE("SRAM and arithmetic of the library agree with the figures of 45 nm") {
  // Horowitz, ISSCC 2014: 100 pJ for 64 bit of 1 MB, 4.6 pJ for an FP32 multiply and add, at 45 nm and 0.9 V.
  const auto library = test::project_library();
  const double n45 = find(library.nodes, "n45")->energy_scale.typ;
  const auto& slice = *find(library.modules, "sram-1mb");
  CHECK(slice.energy.typ * n45 / 8 == Approx(100e-12).epsilon(0.35));
  const auto& vector = *find(library.modules, "vector-core");
  CHECK(vector.energy.typ * n45 / vector.fp32.typ > 4.6e-12);  // registers and control come on top
  CHECK(vector.energy.typ * n45 / vector.fp32.typ < 4 * 4.6e-12);
}

TEST_CASE("leakage rises as the class of its node says") {
  // Doubles in 40 K on planar nodes, in 60-70 K on 7 to 5 nm FinFETs.
  for (const auto& node : test::project_library().nodes) {
    if (!node.leakage_slope.known) continue;
    INFO(node.id);
    const double doubling = std::log(2) / node.leakage_slope.typ;
    CHECK(doubling >= 39);
    CHECK(doubling <= 71);
    if (node.planar) CHECK(doubling < 42);
  }
}
