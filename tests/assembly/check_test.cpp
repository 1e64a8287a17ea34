#include "assembly/check.h"

#include <catch2/catch.hpp>
#include <functional>

#include "assembly/orientation.h"
#include "assembly/places.h"
#include "assembly/small_assembly.h"
#include "support/property.h"

namespace marquetry::assembly {
namespace {

std::vector<std::string> broken(const Assembly& a) {
  std::vector<std::string> out;
  for (const auto& fault : check(a)) out.push_back(std::string{rule_name(fault.rule)} + ": " + fault.message);
  return out;
}

}  // namespace

TEST_CASE("two dies face to face on a substrate keep every rule") {
  CHECK(broken(test::face_to_face()) == std::vector<std::string>{});
}

TEST_CASE("each broken rule is named, with what broke it and by how much") {
  struct Case {
    std::function<void(Assembly&)> change;
    std::vector<std::string> faults;
  };
  const auto [change, faults] = GENERATE(values<Case>({
      {[](Assembly& a) { a.connections[0].thickness = 5'000; },
       {"gap: connection 'faces': upper.regions.front and lower.regions.front are 0 um (0 units) apart, but "
        "its "
        "thickness is 5 um (5000 units)",
        "floating: 'upper' float: no connection that holds joins them to 'base'"}},
      {[](Assembly& a) { a.instances[2].z -= 150'000; },
       {"overlap: 'lower' and 'upper' overlap by 1000 x 600 x 150 um",
        "gap: connection 'faces': upper.regions.front and lower.regions.front are -150 um (-150000 units) "
        "apart, "
        "but its thickness is 0 um (0 units)",
        "floating: 'upper' float: no connection that holds joins them to 'base'"}},
      {[](Assembly& a) { a.instances[2].orientation.is_flipped = false; },
       {"facing: connection 'faces': upper.regions.front and lower.regions.front do not face each other: the "
        "upper one looks up, the lower one looks up",
        "floating: 'upper' float: no connection that holds joins them to 'base'"}},
      {[](Assembly& a) { a.instances[2].low.x += 2'000'000; },
       {"facing: connection 'faces': upper.regions.front and lower.regions.front do not lie above each other",
        "floating: 'upper' float: no connection that holds joins them to 'base'",
        "net-connected: net 'left' is open: no bumps that meet join 'lower.a' to 'upper.b'",
        "net-connected: net 'right' is open: no bumps that meet join 'lower.b' to 'upper.a'"}},
      {[](Assembly& a) { a.instances[2].orientation.is_mirrored = false; },
       {"bump-nets: bumps 'upper.a' and 'lower.a' meet at (600, 500) um, but carry nets 'right' and 'left'",
        "bump-nets: bumps 'upper.b' and 'lower.b' meet at (1400, 500) um, but carry nets 'left' and 'right'",
        "net-connected: net 'left' is open: no bumps that meet join 'lower.a' to 'upper.b'",
        "net-connected: net 'right' is open: no bumps that meet join 'lower.b' to 'upper.a'"}},
      {[](Assembly& a) {
         a.chiplets[1].regions[0].bumps.push_back({"e", 0, {2'000'001, 0}, "", ""});
       },
       {"bump-in-region: bump 'e' at (2000.001, 0) um lies outside its region 'substrate.top'"}},
      {[](Assembly& a) {
         auto region = a.chiplets[1].regions[0];
         region.name = "cavity";
         region.face = Face::internal_ext;
         a.chiplets[1].regions.push_back(region);
       },
       {"region-used: region 'base.regions.cavity' is internal_ext, but nothing uses it"}},
      {[](Assembly& a) { a.instances[1].name = "upper"; },
       {"unique-names: instance 'upper' occurs more than once"}},
      {[](Assembly& a) {
         a.connections[1].bottom = RegionOf{7, 0};
       },
       {"reference: connection 'bumps' refers to what is not there"}},
  }));
  auto a = test::face_to_face();
  change(a);
  CHECK(broken(a) == faults);
}

TEST_CASE("what stands in a cavity does not overlap what it stands in") {
  auto a = test::face_to_face();
  Chiplet bridge{.name = "bridge", .size = {100'000, 100'000}, .thickness = 50'000};
  bridge.regions = {{.name = "all",
                     .face = Face::internal,
                     .corners = {Point{0, 0}, {100'000, 0}, {100'000, 100'000}, {0, 100'000}}}};
  a.chiplets.push_back(bridge);
  a.instances.push_back({.name = "bridge", .chiplet = 2, .low = {10'000, 10'000}, .z = 700'000});
  CHECK(broken(a).front() == "overlap: 'base' and 'bridge' overlap by 100 x 100 x 50 um");
  a.chiplets[1].regions.push_back({.name = "cavity",
                                   .face = Face::internal_ext,
                                   .corners = {Point{0, 0}, {110'000, 0}, {110'000, 110'000}, {0, 110'000}}});
  a.connections.push_back({.name = "cavity", .top = RegionOf{3, 0}, .bottom = RegionOf{0, 1}});
  CHECK(broken(a) == std::vector<std::string>{});
}

TEST_CASE("a rule that is broken often is shown twenty times and then counted") {
  auto a = test::face_to_face();
  for (int b = 0; b < 1000; ++b)
    a.chiplets[1].regions[0].bumps.push_back({"x" + std::to_string(b), 0, {-1, 0}, "", ""});
  const auto faults = check(a);
  REQUIRE(faults.size() == 21);
  CHECK(faults.back().message == "980 more of these");
  CHECK(faults.back().count == 980);
}

TEST_CASE("a point goes where its orientation puts it, and back") {
  const Size size{10, 4};
  const auto at = [&](std::string_view name) { return placed(Point{1, 1}, size, *orientation_of(name)); };
  CHECK(at("R0") == Point{1, 1});
  CHECK(at("R90") == Point{3, 1});
  CHECK(at("MY") == Point{9, 1});
  CHECK(at("MX") == Point{1, 3});
  CHECK(at("MY_R90") == Point{3, 9});
  CHECK(at("MX_R90") == Point{1, 1});
  CHECK(at("MZ") == Point{1, 1});
  CHECK(at("MZ_MY") == Point{9, 1});
  for (const auto& name : orientation_names()) {
    const auto o = *orientation_of(name);
    CHECK(orientation_name(o) == name);
    CHECK(unplaced(placed(Point{2, 3}, size, o), size, o) == Point{2, 3});
    if (!o.is_flipped) CHECK(orientation_of_def(def_orientation_name(o)) == o);
  }
  CHECK_FALSE(orientation_of("R45"));
}

TEST_CASE("lengths are written with as few digits as give the same units again") {
  CHECK(micrometres(1'999, 2000) == "0.9995");
  CHECK(micrometres(-300'000, 1000) == "-300");
  CHECK(micrometres(-5, 1000) == "-0.005");
  test::check_property([] {
    const auto units = *rc::gen::inRange<Units>(-1'000'000'000, 1'000'000'000);
    const auto precision = *rc::gen::element(1, 100, 1000, 2000, 3000, 7);
    const auto read = units_of(micrometres(units, precision), precision);
    RC_ASSERT(read && read->units == units && read->is_whole);
  });
}

TEST_CASE("a point lies in a four-cornered region, its rim included") {
  const Region slanted{.corners = {Point{0, 0}, {10, 0}, {14, 10}, {4, 10}}};
  CHECK(contains(slanted, {0, 0}));
  CHECK(contains(slanted, {2, 5}));
  CHECK_FALSE(contains(slanted, {1, 5}));
  CHECK(contains(slanted, {12, 5}));
  CHECK_FALSE(contains(slanted, {13, 5}));
  CHECK_FALSE(contains(slanted, {7, 11}));
}

}  // namespace marquetry::assembly
