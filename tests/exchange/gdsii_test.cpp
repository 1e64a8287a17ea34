// GDSII: read again by a reader of the tests, and by KLayout, it has the geometry of the package.
#include <catch2/catch.hpp>
#include <sstream>

#include "exchange/expected_boxes.h"
#include "exchange/gds_reader.h"
#include "exchange/gdsii/grid.h"
#include "exchange/gdsii/write.h"
#include "support/folder.h"
#include "support/property.h"
#include "support/tool.h"

namespace marquetry::exchange {

using test::Folder;

TEST_CASE("GDSII: what is written has the boxes of the package, in all eight ways to turn") {
  for (const auto& package : {test::two_dies(), test::eight_ways(), test::tower()}) {
    INFO(package.name);
    const Folder folder;
    Diagnostics diagnostics;
    const auto file = folder.path() / "out.gds";
    REQUIRE(write_gdsii(package, file, diagnostics) == std::vector{file});
    const auto read = test::read_gds(file);
    CHECK(read.metres == Approx(1e-6 / package.precision));
    CHECK(read.user_unit == Approx(1.0 / package.precision));
    CHECK(test::flat_boxes(read, read.library) == test::expected_boxes(package));
  }
}

TEST_CASE("GDSII: the same package gives the same bytes, and nothing is left beside the file") {
  const Folder folder;
  Diagnostics diagnostics;
  const auto package = test::eight_ways();
  write_gdsii(package, folder.path() / "a.gds", diagnostics);
  write_gdsii(package, folder.path() / "b.gds", diagnostics);
  CHECK(test::text_of(folder.path() / "a.gds") == test::text_of(folder.path() / "b.gds"));
  CHECK(std::distance(std::filesystem::directory_iterator{folder.path()}, {}) == 2);
}

TEST_CASE("GDSII: a full grid of bumps is one array") {
  const Folder folder;
  Diagnostics diagnostics;
  const auto file = folder.path() / "out.gds";
  write_gdsii(test::tower(), file, diagnostics);
  const auto read = test::read_gds(file);
  int arrays = 0, references = 0;
  for (const auto& e : read.structures.at("layer")) {
    arrays += e.kind == 0x0b ? 1 : 0;
    references += e.kind == 0x0a ? 1 : 0;
    if (e.kind == 0x0b) CHECK((e.columns == 30 && e.rows == 20));
  }
  CHECK(arrays == 2);  // one a face
  CHECK(references == 0);
}

TEST_CASE("GDSII: grids are found in any order, and only where they are full") {
  test::check_property([](bool is_broken) {
    const auto columns = *rc::gen::inRange<std::size_t>(2, 9), rows = *rc::gen::inRange<std::size_t>(2, 9);
    const auto dx = *rc::gen::inRange<assembly::Units>(1, 50), dy = *rc::gen::inRange<assembly::Units>(1, 50);
    std::vector<assembly::Point> points;
    for (std::size_t i = 0; i < columns * rows; ++i)
      points.push_back({7 + dx * static_cast<assembly::Units>(i % columns),
                        -9 + dy * static_cast<assembly::Units>(i / columns)});
    std::swap(points.front(), points[*rc::gen::inRange<std::size_t>(0, points.size())]);
    if (is_broken) points[1] = points[0];
    const auto grid = grid_of(points);
    RC_ASSERT(grid.has_value() == !is_broken);
    if (grid) {
      RC_ASSERT((grid->columns == columns && grid->rows == rows));
      RC_ASSERT((grid->first == assembly::Point{7, -9}));
    }
  });
}

TEST_CASE("GDSII: what it cannot hold is said, and what does not fit is refused") {
  const Folder folder;
  auto package = test::two_dies();
  package.name = "a name of more than thirty-two characters";
  package.cells[0].size = {};
  Diagnostics diagnostics;
  CHECK(write_gdsii(package, folder.path() / "out.gds", diagnostics).size() == 1);
  std::string all;
  for (const auto& d : diagnostics.all()) all += d.message + "\n";
  CHECK(all ==
        "1 structures have another name than their chiplet or bump cell: GDSII takes 32 letters, digits, _ $ "
        "and ?, each name once\n"
        "GDSII is flat: heights, thicknesses and which face looks down are not in it\n"
        "1 bump cells have no size: their structures are empty\n"
        "GDSII has no netlist: nets are names on bumps and metal only\n"
        "GDSII has no connections between regions and no paths: they are not in it\n");
  package.instances[0].low.x = 3'000'000'000;
  CHECK(write_gdsii(package, folder.path() / "far.gds", diagnostics).empty());
  CHECK_FALSE(std::filesystem::exists(folder.path() / "far.gds"));
  CHECK(diagnostics.all().back().message ==
        "a coordinate is beyond what 32 bits hold of units of 1/1000 um: 0.537 m");
}

TEST_CASE("GDSII: a region's own layer wins") {
  assembly::Region region{.face = assembly::Face::back};
  CHECK(region_layer(region) == GdsLayer{11, 0});
  region.gds_layer = "205;10";
  CHECK(region_layer(region) == GdsLayer{205, 10});
  region.gds_layer = "7";
  CHECK(region_layer(region) == GdsLayer{7, 0});
  region.gds_layer = "metal";
  CHECK(region_layer(region) == GdsLayer{11, 0});
}

namespace {

struct Dump {
  std::string unit{};
  std::vector<std::string> boxes{};
};

Dump dumped(const std::filesystem::path& file) {
  std::istringstream lines{test::text_of(file)};
  Dump out;
  std::getline(lines, out.unit);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("instance ")) out.boxes.push_back(line);
  }
  return out;
}

std::vector<std::string> different(std::vector<std::string> boxes) {
  boxes.erase(std::unique(boxes.begin(), boxes.end()), boxes.end());
  return boxes;
}

}  // namespace

TEST_CASE("KLayout reads the GDSII with the boxes of the package, and turns it into OASIS and back") {
  if (!test::has_tool("klayout")) return;
  for (const auto& package : {test::two_dies(), test::eight_ways(), test::tower()}) {
    INFO(package.name);
    const Folder folder;
    Diagnostics diagnostics;
    REQUIRE(write_gdsii(package, folder.path() / "out.gds", diagnostics).size() == 1);
    const auto first = test::run_klayout("-rd in=out.gds -rd boxes=gds.txt -rd save=out.oas", folder.path());
    INFO(first.err);
    REQUIRE(first.status == 0);
    const auto gds = dumped(folder.path() / "gds.txt");
    CHECK(gds.unit == (package.precision == 1000 ? "dbu 0.001" : "dbu 0.0005"));
    CHECK((gds.boxes == test::expected_boxes(package)));
    const auto second = test::run_klayout("-rd in=out.oas -rd boxes=oas.txt", folder.path());
    CHECK(second.status == 0);
    const auto oasis = dumped(folder.path() / "oas.txt");
    CHECK(oasis.unit == gds.unit);
    // KLayout writes equal dies at one place, as in a pile, once.
    CHECK((different(oasis.boxes) == different(gds.boxes)));
  }
}

}  // namespace marquetry::exchange
