// 3D-ICE's stack files and floorplans: what is read, and what is refused and where.
#include <catch2/catch.hpp>

#include "exchange/threedice/read.h"
#include "support/folder.h"
#include "support/golden.h"
#include "thermal/check.h"
#include "thermal/heat.h"

namespace marquetry::exchange {
namespace {

const std::string head =
    "material SI :\n  thermal conductivity 1.30e-4 ;\n  volumetric heat capacity 1.628e-12 ;\n"
    "material BEOL :\n  thermal conductivity 2.25e-6, 2.5e-6, 1.1e-6 ; // x, y, z\n"
    "  volumetric heat capacity 2.175e-12 ;\n";
const std::string sink = "top heat sink :\n  heat transfer coefficient 1e-7 ;\n  temperature 300 ;\n";
const std::string size = "dimensions :\n  chip length 8000, width 6000 ;\n  cell length 200, width 300 ;\n";
const std::string parts =
    "layer BOARD : height 10 ; material BEOL ;\n"
    "die LOGIC :\n  layer 10 BEOL ;\n  source 2 SI ;\n  layer 50 SI ;\n";
const std::string pile = "stack:\n  die UP LOGIC floorplan \"./u.flp\" ;\n  layer BASE BOARD ;\n";
const std::string transient = "solver:\n  transient step 0.01, slot 0.1 ;\n  initial temperature 300.0 ;\n";
const std::string flp =
    "Core :\n  rectangle ( 0, 0, 2000, 6000 ) ;\n  rectangle ( 2000, 0, 2000, 2000 ) ;\n"
    "  power values 8.0, 4.0 ;\nIo :\n  position 6000, 0 ;\n  dimension 2000, 6000 ;\n  power values 0.5, "
    "0.5 ;\n";

struct Read {
  test::Folder folder{};
  Diagnostics diagnostics{};
  std::optional<ThreediceRun> run{};
  std::string said{};

  explicit Read(const std::string& stack, const std::string& floorplan = flp) {
    folder.write("u.flp", floorplan);
    run = load_threedice(folder.write("a.stk", stack), diagnostics);
    said = folder.without_path(render_all(diagnostics));
  }
  void says(const std::string& what) const {
    INFO(what << "\n" << said);
    CHECK(said.find(what) != std::string::npos);
    CHECK_FALSE(run);
  }
};

}  // namespace

TEST_CASE("a stack of 3D-ICE is read from its top down, in SI") {
  const Read read{head + sink + size + parts + pile + transient +
                  "output:\n  Tmap ( UP, \"m.txt\", final ) ;\n"};
  INFO(read.said);
  REQUIRE(read.run);
  CHECK(read.said.empty());
  const auto& heat = read.run->heat;
  const auto& stack = heat.stack;
  CHECK(stack.width == Approx(8e-3));
  CHECK(stack.height == Approx(6e-3));
  CHECK(heat.settings.columns == 40);
  CHECK(heat.settings.rows == 20);
  CHECK(stack.top_transfer == Approx(1e5));
  CHECK(stack.bottom_transfer == 0);
  CHECK(stack.ambient == 300);
  REQUIRE(stack.layers.size() == 4);  // the board at the bottom
  CHECK(stack.layers[0].name == "BASE");
  CHECK(stack.layers[0].material.along_x == Approx(2.25));
  CHECK(stack.layers[0].material.along_y == Approx(2.5));
  CHECK(stack.layers[0].material.across == Approx(1.1));
  CHECK(stack.layers[0].material.capacity == Approx(2.175e6));
  CHECK(stack.layers[1].thickness == Approx(50e-6));
  CHECK(stack.layers[2].name == "UP");
  CHECK(stack.layers[2].heats);
  CHECK(stack.layers[2].thickness == Approx(2e-6));
  CHECK(stack.layers[3].material.name == "BEOL");
  // Two rectangles are one element: its power goes by their areas.
  REQUIRE(stack.layers[2].blocks.size() == 3);
  CHECK(stack.layers[2].blocks[0].name == "Core.1");
  CHECK(stack.layers[2].blocks[0].power == Approx(6 * 12.0 / 16));
  CHECK(stack.layers[2].blocks[1].power == Approx(6 * 4.0 / 16));
  REQUIRE(read.run->unions.size() == 1);
  CHECK(read.run->unions[0].name == "Core");
  CHECK(read.run->unions[0].layer == 2);
  CHECK(read.run->unions[0].count == 2);
  CHECK(heat.step == 0.01);
  REQUIRE(heat.trace);
  CHECK(heat.trace->interval == 0.1);
  REQUIRE(heat.trace->powers.size() == 2);
  CHECK(heat.trace->powers[1][0] == Approx(3));
  CHECK(heat.trace->powers[1][2] == Approx(0.5));
  CHECK(heat.notes.size() == 1);  // the output section
  Diagnostics complaints;
  thermal::check(stack, complaints);
  CHECK(complaints.ok());
}

TEST_CASE("a steady stack takes the first power values, as 3D-ICE does") {
  const Read read{head + sink + size + parts + pile + "solver:\n  steady ;\n  initial temperature 300 ;\n"};
  INFO(read.said);
  REQUIRE(read.run);
  CHECK_FALSE(read.run->heat.trace);
  CHECK(read.run->heat.stack.layers[2].blocks[0].power == Approx(6));
  CHECK(read.run->heat.stack.layers[2].blocks[2].power == Approx(0.5));
}

TEST_CASE("what of 3D-ICE is not computed is refused with its place") {
  Read{head + sink + "microchannel 4rm :\n  height 100 ;\n  channel length 100 ;\n" + size + parts + pile +
       transient}
      .says("a.stk:10:1: error: microchannels are not computed");
  Read{head + "top pluggable heat sink :\n  material SI ;\n  plugin \"x.so\", \"y\" ;\n" + size + parts +
       pile + transient}
      .says("a.stk:7:1: error: a pluggable heat sink is a program of its own");
  Read{head + sink + size + "  non-uniform 1;\n" + parts + pile + transient}.says(
      "a.stk:13:3: error: cells of several sizes are not computed");
  Read{head + sink + size + parts + "stack:\n  die UP LOGIC floorplan \"u.flp\" discretization 4 5 ;\n" +
       transient}
      .says("error: cells of a die's own are not computed");
  Read{head + sink + size + parts + "stack:\n  channel C ;\n  die UP LOGIC floorplan \"u.flp\" ;\n" +
       transient}
      .says("a.stk:19:3: error: microchannels are not computed");
  Read{head + sink + "bottom heat sink :\n heat transfer coefficient 1e-8 ;\n temperature 310 ;\n" + size +
       parts + pile + transient}
      .says("a.stk:10:1: error: two heat sinks of two temperatures are not computed");
}

TEST_CASE("faults of a stack file are all named, each with its place") {
  const Read many{"material SI :\n  thermal conductivity 0 ;\n  volumetric heat capacity x ;\n" + sink +
                  "dimensions :\n  chip length 8000, width 6000 ;\n  cell length nan, width 300 ;\n" +
                  "die D :\n  layer 10 SI ;\n"};
  many.says("a.stk:2:24: error: the thermal conductivity is 0, but must be at least");
  many.says("a.stk:3:28: error: the heat capacity must be a number, not 'x'");
  many.says("a.stk:9:15: error: the cell's length is nan");
  many.says("a.stk:10:1: error: die 'D' has 0 source layers, where one is expected");

  Read{head + size + parts + pile + transient}.says(
      "a.stk: error: no heat sink: nothing takes the heat away");
  Read{head + sink + parts + pile + transient}.says(
      "a.stk: error: the dimensions of chip and cells are missing");
  Read{head + sink + size + parts + transient}.says("a.stk: error: the stack is missing or empty");
  Read{head + sink + "dimensions :\n  chip length 8000, width 6000 ;\n  cell length 300, width 300 ;\n" +
       parts + pile + transient}
      .says("error: the cell's length does not divide the chip's");
  Read{head + sink + size + parts + "stack:\n  die UP LOGIK floorplan \"u.flp\" ;\n" + transient}.says(
      "no die 'LOGIK'");
  Read{head + sink + size + "die LOGIC :\n  source 2 SX ;\n" + pile + transient}.says("no material 'SX'");
  Read{head + sink + size + parts +
       "stack:\n  die UP LOGIC floorplan \"u.flp\" ;\n  die UP LOGIC floorplan \"u.flp\" ;\n" + transient}
      .says("a.stk:20:3: error: 'UP' stands in the stack a second time");
  Read{head + sink + size + parts + "stack:\n  die UP LOGIC floorplan \"none.flp\" ;\n" + transient}.says(
      "none.flp");
  Read{"colour red ;\n" + head + sink + size + parts + pile}.says(
      "a.stk:1:1: error: 'colour' begins no section");
}

TEST_CASE("faults of a floorplan of 3D-ICE are named") {
  const auto stack = head + sink + size + parts + pile + transient;
  Read{stack, "A :\n  position 0, 0 ;\n  dimension 100, 100 ;\n"}.says(
      "u.flp:1:1: error: element 'A' has no power values");
  Read{stack, "A :\n  power values 1 ;\n"}.says("u.flp:1:1: error: element 'A' has no place");
  Read{stack, "A :\n  position 0, 0 ;\n  power values 1 ;\n"}.says("'dimension' is expected, not 'power'");
  Read{stack, "A :\n  position 0, -1 ;\n  dimension 1, 1 ;\n  power values 1e99 ;\n"}.says(
      "u.flp:2:15: error: the position is -1");
  Read{stack, flp + "Io :\n  position 0,0;\n dimension 1,1; power values 1, 1;\n"}.says(
      "u.flp:9:1: error: element 'Io' stands here a second time");
  Read{stack, flp + "X :\n  position 0,0;\n dimension 1,1; power values 1;\n"}.says(
      "u.flp:9:1: error: element 'X' has 1 power values, 'Core' has 2");
  Read{stack, ""}.says("u.flp: error: has no element");
}

TEST_CASE("3D-ICE's files damaged anywhere are read or refused, never worse") {
  const auto stack = head + sink + size + parts + pile + transient;
  std::uint32_t state = 5;
  const auto next = [&](std::size_t below) {
    state = state * 1664525u + 1013904223u;
    return (state >> 8u) % below;
  };
  int read_well = 0, refused = 0;
  for (int round = 0; round < 800; ++round) {
    auto text = stack, floorplan = flp;
    auto& damaged = next(3) == 0 ? floorplan : text;
    constexpr std::string_view odd = ";:,()\".e-+ \n9A/*";
    for (auto k = 1 + next(3); k > 0 && !damaged.empty(); --k) {
      const auto place = next(damaged.size());
      if (next(5) == 0)
        damaged.resize(place);
      else if (next(2) == 0)
        damaged[place] = odd[next(odd.size())];
      else
        damaged.erase(place, 1 + next(9));
    }
    const Read one{text, floorplan};
    CHECK(one.run.has_value() == one.diagnostics.ok());
    ++(one.run ? read_well : refused);
  }
  CHECK(read_well > 20);
  CHECK(refused > 100);
}

TEST_CASE("the sample of 3D-ICE is read and heated") {
  const auto samples = test::sample_folder("3dice");
  if (!samples) return test::skip("no samples of 3D-ICE");
  Diagnostics diagnostics;
  const auto run = load_threedice(*samples / "two_die.stk", diagnostics);
  INFO(render_all(diagnostics));
  REQUIRE(run);
  CHECK(run->heat.stack.layers.size() == 7);
  CHECK(run->heat.trace->powers.size() == 3);
  CHECK(run->unions.size() == 1);
  const auto heat = thermal::steady(run->heat.stack, run->heat.settings);
  CHECK(heat.power == Approx(6 + 0.5 + 5 + 1));
  CHECK(heat.peak > 300);
  // All heat leaves by the top: its mean rise is what flows over the coefficient and half of the top layer.
  const auto& top = run->heat.stack.layers.back();
  const double area = 8e-3 * 6e-3;
  CHECK(heat.layers.back().mean - 300 ==
        Approx(heat.power / area * (1 / 1e5 + top.thickness / 2 / top.material.across)).epsilon(1e-4));
}

}  // namespace marquetry::exchange
