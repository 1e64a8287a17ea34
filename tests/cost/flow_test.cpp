// The flow of assembly against books kept in another way: masses of good and faulty units, money as it is
// spent.
#include <catch2/catch.hpp>

#include "cost/lot.h"
#include "support/costed.h"
#include "support/property.h"

using namespace marquetry;
using namespace marquetry::unit;

namespace {

// A heap of like units: how many are good, how many are not and nobody knows, what they hold, in USD: in a
// unit, and what was thrown away so far. Starts as one good unit of nothing.
struct Heap {
  double good{1}, faulty{}, spent{}, in_a_unit{}, scrapped{};

  double units() const { return good + faulty; }
  void spend(double usd) {
    spent += units() * usd;
    in_a_unit += usd;
  }
  // Each unit takes `count` of the other heap's, whose own books it takes over.
  void attach(const Heap& other, double count) {
    const double taken = units() * count / other.units();
    spent += other.spent * taken;
    scrapped += other.scrapped * taken;
    in_a_unit += other.in_a_unit * count;
    spoil(std::pow(other.good / other.units(), count));
  }
  void spoil(double yield) {
    faulty += good * (1 - yield);
    good *= yield;
  }
  void test(const StageParameters<double>& stage) {
    spend(stage.time * stage.rate / USD);
    const double before = units();
    good *= 1 - stage.overkill;
    faulty *= 1 - stage.coverage;
    scrapped += (before - units()) * in_a_unit;
  }
};

Heap die_heap(const System<double>& s, const test::Costed& c, std::size_t d) {
  Heap heap;
  heap.spend(s.dies[d].node.wafer_price / c.dies[d].gross / USD);
  heap.spoil(c.dies[d].yield);
  heap.test(s.test.sort);
  return heap;
}

// The small system's package: an interposer; compute dies, each with caches on top, and an I/O die, in one
// step or two; memories.
Heap package_heap(const System<double>& s, const test::Costed& c) {
  Heap compute = die_heap(s, c, 0);
  const double caches = s.dies[1].count / s.dies[0].count;
  compute.attach(die_heap(s, c, 1), caches);
  compute.spend(caches * (s.dies[1].stacking.bond_cost / USD));
  compute.spoil(std::pow(s.dies[1].stacking.bond_yield * s.dies[1].stacking.tsv_yield, caches));
  compute.test(s.test.stack);

  Heap package;
  const double carrier_yield = std::pow(1 + c.area.carrier * s.packaging.carrier_defects / 6, -6);
  package.spend((c.unit.carrier - c.unit.bad_carriers) / USD -
                s.test.carrier.time * s.test.carrier.rate / USD);
  package.spoil(carrier_yield);
  if (s.packaging.chip_first == 0) package.test(s.test.carrier);
  package.spend(3 * s.memories[0].stacks * s.dies[0].count);  // a bridge each
  const auto put_on = [&](const Heap& heap, double count) {
    package.attach(heap, count);
    package.spend(count * (s.packaging.bond_cost / USD));
    package.spoil(std::pow(s.packaging.bond_yield, count));
  };
  for (std::size_t step = 1; step <= 2; ++step) {
    if (s.dies[0].step == step) put_on(compute, s.dies[0].count);
    if (s.dies[2].step == step) put_on(die_heap(s, c, 2), s.dies[2].count);
    const bool more = std::max(s.dies[0].step, s.dies[2].step) > step;
    if (more) package.test(s.test.step);
    if (!more) break;
  }
  const double stacks = s.memories[0].stacks * s.dies[0].count;
  package.spend(stacks * (160 + s.packaging.bond_cost / USD));
  package.spoil(std::pow(0.999 * s.packaging.bond_yield, stacks));
  package.test(s.test.partial);
  package.spend(c.unit.substrate / USD + 20 + 50);
  package.spoil(s.packaging.assembly_yield);
  package.test(s.test.final);
  return package;
}

double share() { return 0.01 * *rc::gen::inRange(0, 101); }

StageParameters<double> drawn_stage() {
  return {.time = share() * h, .rate = 100 * USD / h, .coverage = share(), .overkill = 0.1 * share()};
}

System<double> drawn_stack() {
  auto s = test::small_system();
  s.networks.clear();
  s.dies[0].given_area = *rc::gen::inRange(20, 600) * mm2;
  s.dies[0].count = *rc::gen::inRange(1, 4);
  s.dies[0].node.defect_density = (0.01 + share()) / cm2;
  s.memories[0].stacks = *rc::gen::inRange(1, 4);
  s.packaging.bond_yield = 0.9 + 0.1 * share();
  s.packaging.chip_first = *rc::gen::inRange(0, 2);
  auto cache = s.dies[0];
  cache.id = "cache";
  cache.parent = 0;
  cache.count = s.dies[0].count * *rc::gen::inRange(1, 4);
  cache.given_area = *rc::gen::inRange(10, 100) * mm2;
  cache.stacking = s.packaging;
  cache.stacking.tsv_yield = 0.9 + 0.1 * share();
  s.dies.push_back(cache);
  auto io = s.dies[0];
  io.id = "io";
  io.count = 1;
  io.given_area = *rc::gen::inRange(10, 300) * mm2;
  s.dies.push_back(io);
  s.dies[0].step = *rc::gen::element<std::size_t>(1, 2);
  s.dies[2].step = s.dies[0].step == 2 ? 1 : *rc::gen::element<std::size_t>(1, 2);
  s.test.step = drawn_stage();
  s.test.sort = drawn_stage();
  s.test.carrier = s.packaging.chip_first == 0 ? drawn_stage() : StageParameters<double>{};
  s.test.stack = drawn_stage();
  s.test.partial = drawn_stage();
  s.test.final = drawn_stage();
  return s;
}

bool close(double a, double b) { return std::abs(a - b) <= 1e-9 * std::max(std::abs(a), std::abs(b)); }

}  // namespace

TEST_CASE("every flow costs what the books of masses say") {
  test::check_property([] {
    const auto s = drawn_stack();
    const auto c = test::costed(s);
    const auto heap = package_heap(s, c);
    RC_ASSERT(close(c.unit.recurring / USD, heap.spent / heap.units()));
    RC_ASSERT(close(c.unit.quality, heap.good / heap.units()));
    RC_ASSERT(close((c.unit.per_good_unit - c.unit.nre / c.unit.quality) / USD,
                    (heap.spent + heap.faulty * 1000) / heap.good));
  });
}

TEST_CASE("money in is money in shipped units and money in scrap, to the cent") {
  test::check_property([] {
    const auto s = drawn_stack();
    const auto c = test::costed(s);
    const auto& u = c.unit;
    const auto heap = package_heap(s, c);
    RC_ASSERT(close(heap.spent, heap.units() * heap.in_a_unit + heap.scrapped));
    // Ours: what one shipped package holds, and all losses from the wafer on.
    const Money<> lost = u.bad_dies + u.bad_carriers + u.scrap();
    RC_ASSERT(close(lost / USD, heap.scrapped / heap.units()));
    RC_ASSERT(close((u.recurring - lost) / USD, heap.in_a_unit));
    RC_ASSERT(u.scrap_dies.si() >= 0 && u.scrap_memories.si() >= 0 && u.scrap_package.si() >= -1e-12);
  });
}

TEST_CASE("more coverage never raises escapes, at any stage") {
  test::check_property([] {
    auto s = drawn_stack();
    const int stage = *rc::gen::inRange(0, 6);
    auto& test = stage == 0   ? s.test.sort
                 : stage == 1 ? s.test.carrier
                 : stage == 2 ? s.test.stack
                 : stage == 3 ? s.test.partial
                 : stage == 4 ? s.test.step
                              : s.test.final;
    const double before = test::costed(s).unit.quality;
    test.coverage += (1 - test.coverage) * share();
    RC_ASSERT(test::costed(s).unit.quality >= before * (1 - 1e-12));
  });
}

TEST_CASE("dies of wafers that are bonded whole are not sorted: bad ones spoil good ones") {
  auto system = test::small_system();
  system.memories.clear();
  auto top = system.dies[0];
  top.parent = 0;
  top.stacking = system.packaging;
  system.dies.push_back(top);
  system.test.stack = {.coverage = 1};
  const auto sorted = test::costed(system);
  system.dies[1].stacking.wafer_to_wafer = 1;
  const auto whole = test::costed(system);
  CHECK(whole.dies[0].passed == 1);
  CHECK(whole.dies[1].quality == Approx(whole.dies[1].yield));
  CHECK(whole.dies[1].sort.si() == 0);
  CHECK(whole.unit.starts.dies[0] > sorted.unit.starts.dies[0]);
}

TEST_CASE("a failed bond that is found is made again") {
  PackagingParameters<double> joint = test::small_packaging();
  joint.bond_yield = 0.9;
  joint.rework_share = 0.5;
  joint.rework_cost = 4 * USD;
  const auto bond = cost::bond_of(joint, 0.0);
  // 0.9 + 0.05 x (0.9 + 0.05 x ...) = 0.9 / (1 - 0.05); 0.05 / 0.95 bonds are made again
  CHECK(bond.yield == Approx(0.9 / 0.95));
  CHECK(bond.cost / USD == Approx(1 + 4 * 0.05 / 0.95));
  joint.rework_share = 0;
  joint.connection_yield = 0.99999;
  CHECK(cost::bond_of(joint, 1000.0).yield == Approx(0.9 * std::pow(0.99999, 1000)));
}

TEST_CASE("test time doubles as escapes halve") {
  const StageParameters<double> stage{.time = 30 * unit::s, .rate = 120 * USD / h, .coverage = 0.9};
  const auto cost = [&](double coverage) {
    return cost::screen_of<double>(stage, coverage, Time<>{}, {}).cost / USD;
  };
  CHECK(cost::screen_of<double>(stage, std::nullopt, Time<>{}, {}).cost / USD == Approx(1));
  CHECK(cost(0.9) == Approx(1));
  CHECK(cost(0.95) == Approx(2));
  CHECK(cost(0.99) == Approx(10));
  CHECK(cost(0.8) == Approx(0.5));
}

TEST_CASE("dear dies go on last: then they go on good packages only") {
  auto s = test::small_system();
  s.memories.clear();
  s.networks.clear();
  auto cheap = s.dies[0];
  cheap.id = "risky";
  cheap.node.wafer_price = 100 * USD;
  s.dies.push_back(cheap);
  s.packaging.bond_yield = 0.8;
  s.test.step = {.coverage = 1};
  const double together = test::costed(s).unit.recurring / USD;
  s.dies[0].step = 2;
  const double dear_last = test::costed(s).unit.recurring / USD;
  s.dies[0].step = 1;
  s.dies[1].step = 2;
  const double dear_first = test::costed(s).unit.recurring / USD;
  CHECK(dear_last < dear_first);
  CHECK(dear_last < together);
}
