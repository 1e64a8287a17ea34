// Bridges under facing modules: within their sizes, apart from each other, as many as it takes.
#include "placement/bridges.h"

#include "placement/pin_case.h"

using namespace marquetry;
using namespace marquetry::test;
using geometry::Side;

namespace {

// A gpu with two memories at its right and an I/O die at its left, every link over bridges.
Case bridged() {
  Case c = on_carrier(50, 40);
  add_die(c, "gpu", rect(15, 8, 20, 24));
  add_die(c, "hbm0", rect(36, 8.5, 8, 11));
  add_die(c, "hbm1", rect(36, 20.5, 8, 11));
  add_die(c, "io", rect(8, 10, 6, 20));
  c.problem.links = {{.name = "m0", .a = 0, .b = 1, .phy = phy(8, 1)},
                     {.name = "m1", .a = 2, .b = 0, .phy = phy(8, 1)},
                     {.name = "io", .a = 0, .b = 3, .phy = phy(6, 2)}};
  for (auto& link : c.problem.links) link.phy->faces = link.phy->bridged = true;
  c.problem.bridges = {
      .least = {2 * mm, 2 * mm}, .largest = {4 * mm, 8 * mm}, .under_die = mm, .gap = 500 * um};
  return c;
}

}  // namespace

TEST_CASE("every bridged module has a bridge under it, and none is longer than allowed") {
  Case c = bridged();
  legal_pins(c);
  // 8 mm over one bridge each at the right; 12 mm over two of 6 mm at the left.
  REQUIRE(c.layout.bridges.size() == 4);
  CHECK(c.layout.bridges[0].rect.width() == 3 * mm);
  CHECK(c.layout.bridges[0].rect.height() == 8 * mm);
  CHECK(c.layout.bridges[2].rect.height() == 6 * mm);
  CHECK(c.layout.bridges[3].rect.low.y - c.layout.bridges[2].rect.high.y == 500 * um);
}

TEST_CASE("a bridge longer than its modules stands over them, and neighbours make room") {
  Case c = bridged();
  c.problem.bridges.least = {2 * mm, 9 * mm};
  c.problem.bridges.largest = {4 * mm, 9'500 * um};
  c.problem.bridges.gap = 100 * um;
  legal_pins(c);
  for (const auto& bridge : c.layout.bridges) CHECK(bridge.rect.height() == 9 * mm);
}

TEST_CASE("the range of a bridge's length follows from how far it crosses") {
  const layout::BridgeRules rules{.least = {2 * mm, 4 * mm}, .largest = {5 * mm, 10 * mm}, .under_die = mm};
  const auto near = placement::bridge_range(rules, 500 * um);  // 2.5 mm across: the short side
  CHECK(near.possible);
  CHECK(near.across == 2'500 * um);
  CHECK(near.least_along == 4 * mm);
  CHECK(near.most_along == 10 * mm);
  const auto far = placement::bridge_range(rules, 6 * mm);  // 8 mm across: the long side
  CHECK(far.possible);
  CHECK(far.least_along == 2 * mm);
  CHECK(far.most_along == 5 * mm);
  CHECK_FALSE(placement::bridge_range(rules, 9 * mm).possible);
  CHECK(placement::bridge_range({.under_die = mm}, 20 * mm).possible);  // no limits given
}

TEST_CASE("what no bridge can carry is said") {
  Case c = bridged();
  c.layout.phys = placement::assign_pins(c.problem, c.layout).phys;
  c.problem.bridges.most = 3;
  CHECK(placement::place_bridges(c.problem, c.layout).complaints ==
        std::vector<std::string>{"4 bridges are needed, and there may be 3"});
  c.problem.bridges.most = 0;
  c.problem.bridges.under_die = 4 * mm;
  const auto far = placement::place_bridges(c.problem, c.layout);
  REQUIRE(far.complaints.size() == 3);
  CHECK(far.complaints[0] ==
        "'m0' between 'gpu' and 'hbm0' is 1 mm apart, too far for a bridge of at most 4 mm x 8 mm");
  c.layout.phys.clear();
  CHECK(placement::place_bridges(c.problem, c.layout).complaints.at(0) ==
        "'m0' between 'gpu' and 'hbm0' has no modules that face");
}
