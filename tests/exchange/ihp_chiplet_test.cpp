// IHP's .chiplet: the sample, what is written, and what is wrong with a file.
#include <catch2/catch.hpp>

#include "assembly/check.h"
#include "assembly/places.h"
#include "exchange/ihp_chiplet/read.h"
#include "exchange/ihp_chiplet/write.h"
#include "support/assemblies.h"
#include "support/folder.h"
#include "support/golden.h"

namespace marquetry::exchange {

using namespace assembly;
using test::Folder;

namespace {

std::string messages(const Diagnostics& diagnostics) {
  std::string out;
  for (const auto& d : diagnostics.all())
    out += std::to_string(d.where.line) + ": " + d.message + (d.hint.empty() ? "" : " | " + d.hint) + "\n";
  return out;
}

const std::string head = "format_version: '1.0'\nassembly: {name: a, units: um}\n";

std::string complaints(const std::string& text) {
  Diagnostics diagnostics;
  CHECK_FALSE(parse_ihp_chiplet(text, "a.chiplet", diagnostics));
  CHECK_FALSE(diagnostics.ok());
  return messages(diagnostics);
}

}  // namespace

TEST_CASE(".chiplet: the sample of two dies on an interposer") {
  const auto folder = test::sample_folder("chiplet-spec");
  if (!folder) return test::skip("no samples of .chiplet");
  Diagnostics diagnostics;
  const std::vector<std::filesystem::path> files{*folder / "v1_0_assembly_two_die.chiplet"};
  const auto read = read_ihp_chiplet(files, diagnostics);
  INFO(messages(diagnostics));
  REQUIRE(read);
  CHECK(read->name == "ihp_two_die_route");
  CHECK(read->precision == 2000);  // half of 5602.001 um
  REQUIRE(read->instances.size() == 3);
  CHECK(outline(*read, read->instances[0]) == Rect{{0, -1}, {12'984'624, 11'204'001}});
  CHECK(read->chiplets[0].kind == Kind::substrate);
  CHECK(read->instances[1].name == "U1");
  CHECK(read->instances[1].low == Point{2'000'000, 3'602'000});
  CHECK(read->instances[1].z == 115'660);
  CHECK(read->instances[1].orientation.is_flipped);
  CHECK(read->chiplets[1].name == "DIE_U1");
  CHECK(read->chiplets[1].thickness == 1'500'000);
  REQUIRE(read->connections.size() == 2);
  CHECK(read->connections[1].name == "U2_joint");
  CHECK(read->connections[1].thickness == 88'000);  // 57.83 - 13.83 um
  CHECK(assembly::check(*read).empty());
  REQUIRE(read->nets.size() == 4);
  CHECK(read->nets[2].use == NetUse::power);
  REQUIRE(read->nets[2].pins.size() == 1);
  CHECK(place_of(*read, read->nets[2].pins[0]) == Point{600'000, 5'602'000});
  CHECK((read->chiplets[1].ports == std::vector<Port>{{"A0", {}}, {"A1", {}}, {"VDD", {}}}));
  CHECK(messages(diagnostics) ==
        "0: 2 components are anchored at their layout's origin, which is taken as the middle: layouts are "
        "not read\n"
        "0: 6 pins of nets have no place in the file: they are ports of their chiplets, and not joined\n");
}

TEST_CASE(".chiplet: dies stand where they stood once written and read, pads of the interposer too") {
  for (const auto& package : {test::two_dies(), test::tower()}) {
    const Folder folder;
    Diagnostics diagnostics;
    const auto files = write_ihp_chiplet(package, folder.path() / "x.chiplet", diagnostics);
    REQUIRE(files.size() == 1);
    const auto read = read_ihp_chiplet(files, diagnostics);
    INFO(messages(diagnostics));
    REQUIRE(read);
    CHECK(read->precision == package.precision);
    REQUIRE(read->instances.size() == package.instances.size());
    for (const auto& own : package.instances) {
      const auto i = find_instance(*read, own.name);
      REQUIRE(i);
      const auto& there = read->instances[*i];
      CHECK(there.low == own.low);
      CHECK(there.z == own.z);
      CHECK(there.orientation == own.orientation);
      const auto& kind = chiplet_of(package, own);
      CHECK(chiplet_of(*read, there).name == kind.name);
      CHECK(chiplet_of(*read, there).size == kind.size);
      CHECK(chiplet_of(*read, there).thickness == kind.thickness);
    }
    REQUIRE(read->nets.size() == package.nets.size());
    for (std::size_t n = 0; n < package.nets.size(); ++n) {
      CHECK(read->nets[n].name == package.nets[n].name);
      CHECK(read->nets[n].use == package.nets[n].use);
    }
    // Of the bumps those of the interposer.
    std::vector<Point> before, after;
    for (const auto& net : package.nets) {
      for (const auto& pin : net.pins) {
        if (chiplet_of(package, package.instances[pin.instance]).kind == Kind::substrate)
          before.push_back(place_of(package, pin));
      }
    }
    for (const auto& net : read->nets) {
      for (const auto& pin : net.pins) after.push_back(place_of(*read, pin));
    }
    CHECK((before == after));
  }
}

TEST_CASE(".chiplet: mirrored dies are refused") {
  const Folder folder;
  Diagnostics diagnostics;
  CHECK(write_ihp_chiplet(test::eight_ways(), folder.path() / "x.chiplet", diagnostics).empty());
  CHECK(messages(diagnostics)
            .find("0: 'u/1' is mirrored, which a .chiplet cannot say | turn it, or give its chiplet a "
                  "mirrored layout\n") == 0);
  CHECK(diagnostics.errors() == 4);
}

TEST_CASE(".chiplet: a die that is turned over is a flip chip, about whichever axis") {
  const Folder folder;
  auto package = test::two_dies();
  for (auto& instance : package.instances) {
    if (chiplet_of(package, instance).kind != Kind::substrate)
      instance.orientation = {.rotation = {}, .is_mirrored = true, .is_flipped = true};
  }
  Diagnostics diagnostics;
  const auto files = write_ihp_chiplet(package, folder.path() / "x.chiplet", diagnostics);
  REQUIRE(files.size() == 1);
  CHECK(messages(diagnostics).find("flip_chip does not say about which axis") != std::string::npos);
  const auto read = read_ihp_chiplet(files, diagnostics);
  REQUIRE(read);
  for (const auto& own : package.instances) {
    const auto i = find_instance(*read, own.name);
    REQUIRE(i);
    CHECK(read->instances[*i].low == own.low);
    CHECK(read->instances[*i].orientation.is_flipped == own.orientation.is_flipped);
  }
}

TEST_CASE(".chiplet: what is wrong is said where it stands") {
  CHECK(complaints("format_version: '2.0'\nassembly: {name: a}\ncomponents: []\n") ==
        "1: version '2.0' of .chiplet | version 1.0 can be read\n"
        "3: there are no components | list the interposer and the dies\n");
  CHECK(complaints(head).find("there are no components") != std::string::npos);
  const auto die = [](const std::string& more) {
    return head +
           "components:\n- {id: u, type: die, position: {x: 1, y: 2}, dimensions: {width: 3, height: 4}" +
           more + "}\n";
  };
  CHECK(complaints(die(", rotation: {z: 45}")) ==
        "4: a turn of 45 degrees about z | only quarter turns about z can be read\n");
  CHECK(complaints(die(", orientation: sideways")).find("4: \"sideways\" is no orientation") == 0);
  CHECK(complaints(
            head +
            "components:\n- {id: u, type: die, position: {x: 1}, dimensions: {width: 3, height: 4}}\n") ==
        "4: a component without position.y | add y to position\n");
  CHECK(complaints(head + "components:\n- {id: u, type: dye}\n").find("4: 'dye' is no type of component") ==
        0);
  CHECK(complaints(head + "components:\n- {id: u, type: die_array}\n") ==
        "4: arrays of dies cannot be read | give each die by itself\n");
  CHECK(
      complaints(head +
                 "components:\n- {id: u, type: die, position: {x: one, y: 2}, dimensions: {width: 3, height: "
                 "4}}\n") == "4: x must be a number, not \"one\"\n");
  CHECK(complaints(
            head +
            "components:\n- {id: u, type: die, position: {x: 1e99, y: 2}, dimensions: {width: 3, height: "
            "4}}\n") == "4: \"1e99\" is beyond any package\n");
  CHECK(complaints(die("") + "netlist: {nets: [{name: n, connections: [{component: v, pin: p}]}]}\n") ==
        "5: there is no component 'v' | known: u\n");
  CHECK(complaints("format_version: [").find(":") != std::string::npos);
}

}  // namespace marquetry::exchange
