#include <catch2/catch.hpp>
#include <set>

#include "assembly/check.h"
#include "assembly/places.h"
#include "assembly/small_assembly.h"
#include "exchange/dblx/read.h"
#include "exchange/dblx/sources.h"
#include "exchange/dblx/write.h"
#include "exchange/yaml.h"
#include "support/folder.h"
#include "support/golden.h"
#include "support/property.h"

namespace marquetry::exchange {
namespace {

namespace fs = std::filesystem;
using namespace assembly;

struct ReadIn {
  std::optional<Assembly> package{};
  std::vector<std::string> messages{};  // errors, then warnings
};

ReadIn read_in(const std::vector<fs::path>& files) {
  Diagnostics diagnostics;
  ReadIn out{.package = read_3dblox(files, diagnostics)};
  for (const auto severity : {Severity::error, Severity::warning})
    for (const auto& d : diagnostics.all())
      if (d.severity == severity) out.messages.push_back(d.message);
  return out;
}

const std::string chiplets = R"(#!define SIDE 100
Header:
  version: 2.5
  unit: micron
  precision: 2000
ChipletDef:
  chip:
    type: die
    design_area: [SIDE, SIDE]
    thickness: 30
    regions:
      front:
        side: front
        coords:
          - [0, 0]
          - [SIDE, 0]
          - [SIDE, SIDE]
          - [0, SIDE]
)";
const std::string package = R"(Header:
  version: "1.0"
  unit: micron
  precision: 2000
  include: [chip*.3dbv]
Design:
  name: top
ChipletInst:
  lower:
    reference: chip
  upper:
    reference: chip
Stack:
  lower: {loc: [0.0, 0.0], z: 0.0, orient: R0}
  upper: {loc: [0.0, 0.0], z: 30.0, orient: MZ}
Connection:
  faces: {top: upper.regions.front, bot: lower.regions.front, thickness: 0.0}
  outside: {top: lower.regions.front, bot: "~"}
)";

std::string first_complaint(const std::string& from, const std::string& to) {
  const test::Folder folder;
  folder.write("chip.3dbv", test::replaced(chiplets, from, to));
  const auto made = read_in({folder.write("top.3dbx", test::replaced(package, from, to))});
  CHECK_FALSE(made.package);
  return made.messages.empty() ? std::string{} : made.messages.front();
}

// The name of the file that a region's bumps are written to becomes part of what is read.
Assembly without_bump_files(Assembly a) {
  for (auto& chiplet : a.chiplets)
    for (auto& region : chiplet.regions) region.bump_file.clear();
  return a;
}

std::vector<std::string> faults(const Assembly& a) {
  std::vector<std::string> out;
  for (const auto& fault : check(a)) out.push_back(std::string{rule_name(fault.rule)} + ": " + fault.message);
  return out;
}

std::optional<Assembly> round_trip(const Assembly& a, Diagnostics& diagnostics) {
  const test::Folder folder;
  const auto files = write_3dblox(a, folder.path() / "again.3dbx", diagnostics);
  if (files.empty()) return std::nullopt;
  return read_3dblox(std::vector{folder.path() / "again.3dbx"}, diagnostics);
}

}  // namespace

TEST_CASE("3Dblox: definitions, globs and both kinds of nothing are read") {
  const test::Folder folder;
  folder.write("chip.3dbv", chiplets);
  const auto made = read_in({folder.write("top.3dbx", package)});
  REQUIRE(made.package);
  CHECK(made.messages.empty());
  const auto& a = *made.package;
  CHECK(a.name == "top");
  CHECK(a.version == "1.0");
  CHECK(a.chiplets[0].size == Size{200'000, 200'000});
  CHECK(a.instances[1].orientation == Orientation{.is_flipped = true});
  CHECK_FALSE(a.connections[1].bottom);
  CHECK_FALSE(a.connections[1].thickness);
  CHECK(faults(a).empty());
}

TEST_CASE("3Dblox: what is wrong is said") {
  CHECK(first_complaint("orient: R0", "orient: R45") == "'orient' cannot be \"R45\"");
  CHECK(first_complaint("          - [0, SIDE]\n", "") ==
        "region 'front' has 3 points, but must have exactly four");
  CHECK(first_complaint("          - [0, SIDE]\n", "          - [0, SIDE]\n          - [5, 5]\n") ==
        "region 'front' has 5 points, but must have exactly four");
  CHECK(first_complaint("side: front", "side: top") == "'side' cannot be \"top\"");
  CHECK(first_complaint("unit: micron", "unit: inch") == "'unit' must be micron, but it is \"inch\"");
  CHECK(first_complaint("reference: chip", "reference: chop") == "there is no chiplet 'chop'");
  CHECK(first_complaint("upper: {loc: [0.0, 0.0], z: 30.0,", "upper: {loc: [0.0, 0.0],") ==
        "place of 'upper': missing key 'z'");
  CHECK(first_complaint("  upper: {loc: [0.0, 0.0], z: 30.0, orient: MZ}\n", "") ==
        "instance 'upper' has no place");
  CHECK(first_complaint("top: upper.regions.front", "top: upper.front") ==
        "there is no region 'upper.front'");
  CHECK(first_complaint("[chip*.3dbv]", "[../x.3dbv]") ==
        "'../x.3dbv' does not lie in the folder of this file");
  CHECK(first_complaint("[chip*.3dbv]", "[chap*.3dbv]") == "no file is like 'chap*.3dbv'");
  CHECK(first_complaint("[chip*.3dbv]", "[top.3dbx]") == "includes itself");
  CHECK(first_complaint("[SIDE, SIDE]", "[SIDE]") == "'design_area' must be a list of 2 numbers");
  CHECK(first_complaint("  chip:\n", "  chip: {}\n  chip:\n") == "the key 'chip' occurs twice");
  CHECK(first_complaint("Header:", "Header: [").starts_with("is no YAML: "));
  CHECK(first_complaint("precision: 2000", "precision: -1") ==
        "'precision' must be a whole number of units in a micrometre, from 1 to 1000000, but it is \"-1\"");
}

TEST_CASE("3Dblox: a bump map that lies elsewhere is read where the user names it") {
  const test::Folder folder;
  const auto bumps = folder.write("maps/chip.bmap", "# x\nb1 BUMP 10.5 20 - n1\n");
  const auto with_map = test::replaced(chiplets, "        side: front\n",
                                       "        side: front\n        bmap: ../../maps/chip.bmap\n");
  const auto file = folder.write("here/below/chip.3dbv", with_map);
  CHECK(read_in({file}).messages.front() == "'../../maps/chip.bmap' does not lie in the folder of this file");
  const auto made = read_in({file, bumps});
  REQUIRE(made.package);
  CHECK(made.package->chiplets[0].regions[0].bumps ==
        std::vector<Bump>{{"b1", 0, {21'000, 40'000}, "", "n1"}});
}

TEST_CASE("3Dblox: nothing of a file that is hostile takes long or breaks") {
  Diagnostics diagnostics;
  std::string deep(100'000, '['), bomb = "a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n";
  CHECK_FALSE(parse_yaml(deep, "deep", diagnostics));
  for (char c = 'b'; c < 'l'; ++c) {
    const std::string last{"*"}, name{static_cast<char>(c - 1)};
    bomb += std::string{c} + ": &" + c + " [";
    for (int i = 0; i < 10; ++i) bomb += last + name + ", ";
    bomb += "]\n";
  }
  CHECK_FALSE(parse_yaml(bomb, "bomb", diagnostics));
  CHECK(diagnostics.all().back().message == "has more than a million values");
  CHECK_FALSE(dblx::preprocessed(
      "#!define a aaaaaaaaaaaaaaaa\n#!define a aaaaaaaaaaaaaaaa\n" + std::string(10'000'000, 'a') + "\n",
      "grows", diagnostics));
}

TEST_CASE("3Dblox: what is written reads back as the same package") {
  test::check_property([] {
    auto made = test::random_assembly(Rng{*rc::gen::arbitrary<std::uint64_t>()});
    made.nets.clear();  // in Verilog
    made.cells.resize(2);
    made.cells[1].size = {};
    for (auto& chiplet : made.chiplets) chiplet.ports.clear();
    if (made.version.empty()) made.version = "3";
    Diagnostics diagnostics;
    auto again = round_trip(made, diagnostics);
    if (!again) RC_FAIL(render_all(diagnostics));
    // Cells are those that bumps have.
    std::set<std::string> cells;
    for (const auto& chiplet : made.chiplets)
      for (const auto& region : chiplet.regions)
        for (const auto& bump : region.bumps) cells.insert(made.cells[bump.cell].name);
    RC_ASSERT(again->cells.size() == cells.size());
    for (auto* a : {&made, &*again})
      for (auto& chiplet : a->chiplets)
        for (auto& region : chiplet.regions)
          for (auto& bump : region.bumps) bump.cell = a->cells[bump.cell].name == "BUMP" ? 0 : 1;
    made.cells = again->cells;
    RC_ASSERT(without_bump_files(*again) == without_bump_files(made));
  });
}

TEST_CASE("3Dblox: what cannot be said in it is said here") {
  Diagnostics diagnostics;
  const test::Folder folder;
  auto a = test::face_to_face();
  a.nets[0].metal = {{"RDL", 10, {{0, 0}, {1, 1}}}};
  CHECK(write_3dblox(a, folder.path() / "pair.3dbx", diagnostics).size() == 6);
  CHECK(diagnostics.all()[0].message ==
        "3Dblox has no sizes of bumps: they stand in the LEF of the bump cells");
  CHECK(diagnostics.all()[1].message == "3Dblox has no metal of nets: it stands in the DEF of the carrier");
  CHECK(diagnostics.all()[2].message == "3Dblox does not say which nets are power, ground or clock");
  CHECK(test::text_of(folder.path() / "chip_front.bmap") ==
        "# bumpInstName bumpCellType x y portName netName\na BUMP 100 300 in -\nb BUMP 900 300 out -\n");
  a.chiplets[0].regions[0].bumps[0].name = "a b";
  CHECK(write_3dblox(a, folder.path() / "pair.3dbx", diagnostics).empty());
}

TEST_CASE("3Dblox: nets come back from the Verilog, with buses, escaped names and ports of the package") {
  test::check_property([] {
    Rng rng{*rc::gen::arbitrary<std::uint64_t>()};
    auto made = test::face_to_face();
    made.version = "3";
    made.cells[0].size = {};
    for (auto& net : made.nets) net.use = NetUse::signal;
    // A net has all bumps of the ports that it joins, so those on the back of the upper die too.
    made.nets[0].pins.push_back({2, 1, 1});
    made.nets[1].pins.push_back({2, 1, 0});
    // More wires, some of them bits of a bus; pins of one port of each instance.
    auto& top = made.chiplets[1].regions[0];
    for (std::size_t w = 0; w < rng.below(30); ++w) {
      const auto name = std::array{"bus[" + std::to_string(w) + "]", "odd/" + std::to_string(w),
                                   "plain" + std::to_string(w)}[rng.below(3)];
      const auto bumps = 1 + rng.below(3);
      Net net{.name = name};
      for (std::size_t b = 0; b < bumps; ++b) {
        top.bumps.push_back({"x" + std::to_string(w) + "_" + std::to_string(b), 0, {1, 1}, name, ""});
        net.pins.push_back({0, 0, top.bumps.size() - 1});
      }
      if (rng.below(3) == 0) net.ports = {name};
      made.nets.push_back(std::move(net));
      if (rng.below(4) == 0) made.chiplets[1].ports.push_back({name, Direction::input});
    }
    Diagnostics diagnostics;
    auto again = round_trip(made, diagnostics);
    if (!again) RC_FAIL(render_all(diagnostics));
    again->files.clear();
    for (auto* a : {&made, &*again}) {
      std::ranges::sort(a->nets, {}, &Net::name);
      for (auto& net : a->nets)
        std::ranges::sort(net.pins, {}, [](const BumpOf& b) {
          return std::tuple{b.instance, b.region, b.bump};
        });
      for (auto& chiplet : a->chiplets) std::ranges::sort(chiplet.ports, {}, &Port::name);
    }
    RC_ASSERT(again->nets == made.nets);
    RC_ASSERT(without_bump_files(*again) == without_bump_files(made));
  });
}

TEST_CASE("3Dblox: Verilog that is not structural costs the nets, not the package") {
  const auto nets_of = [](const std::string& verilog) {
    const test::Folder folder;
    folder.write("chip.3dbv", chiplets);
    folder.write("top.v", verilog);
    const auto made = read_in(
        {folder.write("top.3dbx", test::replaced(package, "  name: top\n",
                                                 "  name: top\n  external: {verilog_file: top.v}\n"))});
    REQUIRE(made.package);
    CHECK(made.package->nets.empty());
    REQUIRE(made.messages.size() == 1);
    return made.messages.front();
  };
  CHECK(nets_of("module other (); endmodule") == "its nets are not read: it has no module 'top'");
  CHECK(nets_of("module top ();\n  always @(posedge c) q <= d;\nendmodule") ==
        "its nets are not read: it is not structural: a name was expected, but here is '@'");
  CHECK(nets_of(
            "module top (inout [999999:0] a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v); "
            "endmodule") == "its nets are not read: it has more bits than a package");
  CHECK(nets_of("module top (); flop x (.q(y)); endmodule") ==
        "1 instances are not of this package: their nets are not kept");
  CHECK(nets_of(
            "module chip (input [1:0] d); endmodule module top (); wire a; chip lower (.d(a)); endmodule") ==
        "its nets are not read: port 'd' of 'lower' has 2 bits, but 1 are joined to it");
  CHECK(nets_of("module top (") ==
        "its nets are not read: it is not structural: a name was expected, but here is ''");
}

TEST_CASE("3Dblox: the samples are read, judged as OpenROAD judges them, and written again without loss") {
  const auto samples = test::sample_folder("3dblox");
  if (!samples) return test::skip("no samples of 3Dblox");
  for (const auto* name : {"example.3dbx", "path_assertions.3dbx", "example.3dbv"}) {
    const auto made = read_in({*samples / name});
    INFO(name);
    REQUIRE(made.package);
    Diagnostics diagnostics;
    const auto again = round_trip(*made.package, diagnostics);
    REQUIRE(again);
    if (std::string{name}.ends_with("x")) {
      CHECK(*again == *made.package);
      CHECK(faults(*again).empty());
    } else {
      CHECK(again->chiplets == made.package->chiplets);
    }
  }
  const auto example = *read_in({*samples / "example.3dbx"}).package;
  CHECK(example.chiplets[0].regions[1].bumps.size() == 2);
  CHECK(example.chiplets[0].regions[1].property_file == "Collateral/SoC/design/SoC_r1.pmap");
  CHECK(example.chiplets[0].files.at("LEF_file") ==
        std::vector<std::string>{"../Nangate45/fake_macros.lef", "../Nangate45/fake_bumps.lef"});
  CHECK(read_in({*samples / "path_assertions.3dbx"}).package->paths[0].steps[1].is_negated);

  // What OpenROAD's reference checker finds after each change (check_3dblox.ok); the third instance stands
  // for the one that its test adds.
  auto lifted = example;
  lifted.instances[1].z += 10'000;
  CHECK(faults(lifted) ==
        std::vector<std::string>{
            "gap: connection 'soc_to_soc': soc_inst_duplicate.regions.front_reg and "
            "soc_inst.regions.front_reg are 5 "
            "um (10000 units) apart, but its thickness is 0 um (0 units)",
            "floating: 'soc_inst_duplicate' float: no connection that holds joins them to 'soc_inst'"});
  auto third = lifted;
  third.instances.push_back({.name = "third", .low = {10'000'000, 0}});
  CHECK(faults(third).size() == 3);  // two sets float
  third.instances[1].z = 300'000;
  const auto overlapping = faults(third);
  REQUIRE(overlapping.size() == 4);
  CHECK(overlapping[0] == "overlap: 'soc_inst' and 'soc_inst_duplicate' overlap by 955 x 1082 x 150 um");
  CHECK(overlapping[1].find("are -150 um (-300000 units) apart") != std::string::npos);
}

TEST_CASE("3Dblox: samples that must be refused are, and those of the reference writer are read") {
  const auto samples = test::sample_folder("3dblox");
  if (!samples) return test::skip("no samples of 3Dblox");
  CHECK(read_in({*samples / "example_no_coords.3dbv"}).messages.front() ==
        "region 'SoC.front_reg': missing key 'coords'");
  CHECK(read_in({*samples / "example_polygon.3dbv"}).messages.front() ==
        "region 'back_reg' has 5 points, but must have exactly four");
  const test::Folder folder;
  folder.write("TopDesign.3dbv", test::text_of(*samples / "write_3dbv.3dbvok"));
  const auto made = read_in({folder.write("TopDesign.3dbx", test::text_of(*samples / "write_3dbx.3dbxok"))});
  REQUIRE(made.package);
  CHECK(faults(*made.package).empty());
  CHECK_FALSE(made.package->connections[0].bottom);
  CHECK(std::ranges::count(made.messages,
                           "there is no file 'SoC_back_reg.bmap': region 'back_reg' has no bumps") == 1);
}

}  // namespace marquetry::exchange
