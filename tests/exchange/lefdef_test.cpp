// LEF and DEF: the samples, what is wrong with a file, and KLayout's judgement.
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>
#include <sstream>

#include "exchange/lefdef/read.h"
#include "exchange/lefdef/write.h"
#include "support/assemblies.h"
#include "support/folder.h"
#include "support/golden.h"
#include "support/messages.h"
#include "support/tool.h"

namespace marquetry::exchange {

using namespace assembly;
using test::Folder;
using test::messages;

namespace {

std::optional<Assembly> written_and_read(const Assembly& package, Diagnostics& diagnostics) {
  const Folder folder;
  const auto files = write_lefdef(package, folder.path() / "out.def", diagnostics);
  return files.empty() ? std::nullopt : read_lefdef(files, diagnostics);
}

const std::string technology =
    "VERSION 5.8 ;\nUNITS\n DATABASE MICRONS 1000 ;\nEND UNITS\nLAYER M1\n TYPE ROUTING ;\n WIDTH 0.4 ;\nEND "
    "M1\n"
    "LAYER V1\n TYPE CUT ;\nEND V1\nLAYER M2\n TYPE ROUTING ;\n WIDTH 0.5 ;\nEND M2\n"
    "VIA via12 DEFAULT\n LAYER V1 ;\n RECT 0 0 1 1 ;\n LAYER M1 ;\n RECT 0 0 1 1 ;\n LAYER M2 ;\n RECT 0 0 1 "
    "1 ;\n"
    "END via12\n"
    "MACRO die\n CLASS BLOCK ;\n ORIGIN 1 2 ;\n SIZE 100 BY 50 ;\n PIN A\n  DIRECTION INPUT ;\n  PORT\n   "
    "LAYER M1 ;\n"
    "    RECT 4 3 6 5 ;\n  END\n END A\nEND die\nMACRO ball\n CLASS COVER BUMP ;\n SIZE 10 BY 10 ;\n PIN P\n "
    " PORT\n"
    "   LAYER M2 ;\n    RECT 0 0 10 10 ;\n  END\n END P\nEND ball\nEND LIBRARY\n";

const std::string head =
    "VERSION 5.8 ;\nDESIGN board ;\nUNITS DISTANCE MICRONS 100 ;\nDIEAREA ( 0 0 ) ( 100000 90000 ) ;\n";

std::string complaints(const std::string& lef, const std::string& def) {
  Diagnostics diagnostics;
  CHECK_FALSE(parse_lefdef(lef, def, diagnostics));
  CHECK_FALSE(diagnostics.ok());
  return messages(diagnostics);
}

}  // namespace

TEST_CASE("LEF and DEF: the samples are read, or it is said what is missing") {
  const auto folder = test::sample_folder("lefdef");
  if (!folder) return test::skip("no samples of LEF and DEF");
  using Paths = std::vector<std::filesystem::path>;
  {
    Diagnostics diagnostics;
    const auto read = read_lefdef(
        Paths{*folder / "fake_macros.lef", *folder / "tech.lef", *folder / "fake_macros.def"}, diagnostics);
    REQUIRE(read);
    CHECK(read->name == "fake_macros");
    CHECK(read->precision == 2000);
    CHECK(read->instances.size() == 11);
    CHECK(read->nets.size() == 12);
    const auto& u10 = read->instances[1];
    CHECK(u10.name == "U10");
    CHECK(u10.low == Point{449880, 14260});
    CHECK((u10.orientation == Orientation{Rotation::r0, true, false}));
    CHECK(read->chiplets[u10.chiplet].size == Size{200'000, 200'000});
    CHECK(read->chiplets.back().size == Size{900'000, 900'000});
    CHECK(read->nets[0].pins.size() == 2);
    // ROW, TRACKS, what the LEF files have besides, and a macro whose pins lie outside of it.
    REQUIRE(diagnostics.all().size() == 7);
    CHECK(diagnostics.all().back().where.line == 107);
    CHECK(diagnostics.all().back().message ==
          "2 ports of pins lie outside of their macros; this is the first");
  }
  {
    Diagnostics diagnostics;
    CHECK_FALSE(read_lefdef(Paths{*folder / "fake_macros.lef", *folder / "fake_macros.def"}, diagnostics));
    CHECK(messages(diagnostics)
              .find("layer 'metal1' is defined by no LEF file that was given | give the "
                    "technology LEF too: it has the layers") != std::string::npos);
  }
  {
    Diagnostics diagnostics;
    CHECK_FALSE(read_lefdef(
        Paths{*folder / "tech.lef", *folder / "bumps.lef", *folder / "assign_bumps.defok"}, diagnostics));
    CHECK(messages(diagnostics)
              .find(":36: component 'BUMP_0_0' is of macro 'DUMMY_BUMP', which no LEF file that "
                    "was given defines | give the LEF file that has it") != std::string::npos);
  }
  {
    Diagnostics diagnostics;
    const auto read = read_lefdef(Paths{*folder / "tech.lef", *folder / "bumps.lef"}, diagnostics);
    REQUIRE(read);
    CHECK((read->cells == std::vector<BumpCell>{{"BUMP10", {20'000, 20'000}}, {"BUMP45", {56'000, 56'000}}}));
  }
}

TEST_CASE("LEF and DEF: the finer units of the LEF hold, origins are added, vias change the layer") {
  Diagnostics diagnostics;
  const auto read = parse_lefdef(
      technology,
      head +
          "NONDEFAULTRULES 1 ;\n- wide + LAYER M1 WIDTH 300 ;\nEND NONDEFAULTRULES\n"
          "COMPONENTS 2 ;\n- u die + SOURCE DIST + PLACED ( 500 600 ) FS + WEIGHT 3 ;\n- b1 ball + FIXED ( "
          "10 20 ) N "
          ";\nEND COMPONENTS\n"
          "NETS 1 ;\n- n ( u A + SYNTHESIZED ) ( b1 P ) + ROUTED M1 ( 10 20 ) ( * 50 ) via12 ( 70 * ) NEW M1 "
          "TAPERRULE "
          "wide ( 1 2 7 ) ( 3 2 ) via12 + USE CLOCK ;\nEND NETS\n"
          "SPECIALNETS 1 ;\n- g ( * A ) + USE GROUND + ROUTED M2 40 + SHAPE STRIPE ( 0 0 ) ( 100 0 ) ;\nEND "
          "SPECIALNETS\nEND DESIGN\n",
      diagnostics);
  INFO(messages(diagnostics));
  REQUIRE(read);
  CHECK(messages(diagnostics) == "def:0: 2 vias of wires are not kept\n");
  CHECK(read->precision == 1000);
  CHECK(read->instances[0].low == Point{5000, 6000});
  CHECK(read->chiplets[0].regions[0].bumps[0].at == Point{6000, 6000});  // (5 4) of the origin (1 2), in um
  CHECK((read->chiplets[0].ports == std::vector<Port>{{"A", Direction::input}}));
  REQUIRE(read->nets.size() == 2);
  CHECK(read->nets[0].use == NetUse::clock);
  CHECK((read->nets[0].pins == std::vector<BumpOf>{{0, 0, 0}, {1, 0, 0}}));
  CHECK((read->nets[0].metal == std::vector<Segment>{{"M1", 400, {{100, 200}, {100, 500}}},
                                                     {"M2", 500, {{100, 500}, {700, 500}}},
                                                     {"M1", 3000, {{10, 20}, {30, 20}}}}));
  CHECK((read->nets[1].metal == std::vector<Segment>{{"M2", 400, {{0, 0}, {1000, 0}}}}));
  CHECK((read->nets[1].pins == std::vector<BumpOf>{{0, 0, 0}}));
}

TEST_CASE("LEF and DEF: what is wrong with a file is said where it stands") {
  const std::string end = "END DESIGN\n";
  const auto of = [&](const std::string& middle) { return complaints(technology, head + middle + end); };
  CHECK(of("COMPONENTS 1 ;\n- u dye + PLACED ( 0 0 ) N ;\nEND COMPONENTS\n") ==
        "def:6: component 'u' is of macro 'dye', which no LEF file that was given defines | did you mean "
        "'die'?\n");
  CHECK(of("COMPONENTS 1 ;\n- u die ;\nEND COMPONENTS\n") ==
        "def:6: component 'u' is not placed | only placed designs can be read: + PLACED ( x y ) N\n");
  CHECK(of("COMPONENTS 1 ;\n- u die + FIXED ( 0 0 ) R90 ;\nEND COMPONENTS\n") ==
        "def:6: 'R90' is no orientation | known: N S E W FN FS FE FW\n");
  CHECK(of("COMPONENTS 2 ;\n- u die + FIXED ( 0 0 ) N ;\n- u die + FIXED ( 0 0 ) N ;\nEND COMPONENTS\n") ==
        "def:7: component 'u' stands twice\n");
  CHECK(of("COMPONENTS 1 ;\n- u die + FIXED ( 0 0 ) N ;\nEND COMPONENTS\nNETS 1 ;\n- n ( u B ) ;\nEND "
           "NETS\n") == "def:9: net 'n' joins pin 'B' of 'u', whose macro has no such pin | known: A\n");
  CHECK(of("NETS 1 ;\n- n ( v A ) ;\nEND NETS\n") ==
        "def:6: net 'n' joins component 'v', which is not there\n");
  CHECK(of("COMPONENTS 1 ;\n- u die + FIXED ( 0 x ) N ;\nEND COMPONENTS\n") ==
        "def:6: y must be a whole number, not 'x'\n");
  CHECK(of("COMPONENTS many ;\n") == "def:5: the number of COMPONENTS must be a whole number, not 'many'\n");
  CHECK(of("hello world ;\n") ==
        "def:5: 'hello' begins no statement of DEF | a DEF file has VERSION, DESIGN, UNITS, DIEAREA, "
        "COMPONENTS and "
        "NETS\n");
  CHECK(complaints(technology, head) == "def:5: the file ends before END DESIGN | is it cut off?\n");
  CHECK(complaints(technology,
                   "DESIGN x ;\nUNITS DISTANCE MICRONS 300 ;\nDIEAREA ( 0 0 ) ( 1 1 ) ;\nEND DESIGN\n") ==
        "def:2: DEF has 300 units in a micrometre, which do not divide the 1000 of the LEF | the DATABASE "
        "MICRONS "
        "of the LEF must be a multiple of DEF's\n");
  CHECK(complaints(technology, "DESIGN x ;\nUNITS DISTANCE MICRONS 100 ;\nEND DESIGN\n") ==
        "def:0: no DIEAREA | it is the outline of the interposer: add it\n");
  CHECK(complaints("LAYER M1\n TYPE ROUTING ;\n", head + end) == "lef:1: 'M1' is not ended | add END M1\n");
  CHECK(complaints("MACRO m\n CLASS BLOCK ;\nEND m\n", head + end) ==
        "lef:1: macro 'm' has no SIZE | add: SIZE width BY height ;\n");
  CHECK(
      complaints("UNITS\nDATABASE MICRONS 100 ;\nEND UNITS\nMACRO m\n SIZE 1.005 BY 2 ;\nEND m\n",
                 head + end) ==
      "lef:4: (1.005 2) um are no whole units of 1/100 um | UNITS DATABASE MICRONS of the LEF says how fine "
      "lengths are\n");
  CHECK(complaints("PROPERTY \"open ;\n", head + end).starts_with("lef:1: a quotation mark is not closed\n"));
  CHECK(complaints("", head + "DIEAREA ( 0 0 ) ( 1e30 1 ) ;\n" + end) ==
        "def:5: x must be a whole number, not '1e30'\n");
  CHECK(complaints("", head + "DIEAREA ( 0 0 ) ( 9000000000000 1 ) ;\n" + end) ==
        "def:5: a point beyond any package\n");
}

TEST_CASE("LEF and DEF: sections that are not read are named, each once") {
  Diagnostics diagnostics;
  REQUIRE(parse_lefdef(
      technology,
      head + "TRACKS X 1 DO 2 STEP 3 LAYER M1 ;\nTRACKS Y 1 DO 2 STEP 3 LAYER M1 ;\nBLOCKAGES 1 ;\n- LAYER "
             "M1 RECT ( 0 0 ) ( 1 1 ) ;\nEND BLOCKAGES\nCOMPONENTS 3 ;\nEND COMPONENTS\nEND DESIGN\n",
      diagnostics));
  CHECK(messages(diagnostics) ==
        "def:10: 3 COMPONENTS are announced, 0 are there\ndef:7: BLOCKAGES is not read\ndef:5: TRACKS is not "
        "read: 2 of "
        "them\n");
}

TEST_CASE("LEF and DEF: what a technology has besides is passed over, blocks within blocks too, and named") {
  Diagnostics diagnostics;
  const auto read = parse_lefdef(
      technology.substr(0, technology.find("END LIBRARY")) +
          "SITE s\n CLASS CORE ;\nEND s\nNOISETABLE 1 ;\n TABLE T 0 0 ;\nEND NOISETABLE\nFOO a ;\nEND FOO\n"
          "MACRO row\n CLASS BLOCK ;\n FOREIGN x ;\n SIZE 30 BY 30 ;\n PIN A\n  ANTENNAGATEAREA 1 ;\n  PORT\n"
          "   LAYER M1 ;\n   RECT ITERATE 1 1 3 3 DO 3 BY 2 STEP 5 10 ;\n  END\n END A\n TIMING\n  FROMPIN A "
          ";\n"
          " END TIMING\n OBS\n  LAYER M1 ;\n END\nEND row\n",
      head +
          "FLOORS 1 ;\n- a ;\nEND FLOORS\nCOMPONENTS 1 ;\n- u row + FIXED ( 0 0 ) N ;\nEND COMPONENTS\nEND "
          "DESIGN\n",
      diagnostics);
  INFO(messages(diagnostics));
  REQUIRE(read);
  const auto text = messages(diagnostics);
  CHECK(text.find("not read: FOO, NOISETABLE, SITE") != std::string::npos);
  CHECK(text.find("not read in macros: FOREIGN, OBS, TIMING") != std::string::npos);
  CHECK(text.find("not read in pins: ANTENNAGATEAREA") != std::string::npos);
  CHECK(text.find("FLOORS is not read") != std::string::npos);
  const auto& row = read->chiplets[read->instances[0].chiplet];
  REQUIRE(row.regions.size() == 1);
  REQUIRE(row.regions[0].bumps.size() == 1);
  CHECK(row.regions[0].bumps[0].at == Point{7000, 7000});  // the middle of all six: 1 to 13 um both ways
}

TEST_CASE("LEF and DEF: names that they cannot hold are refused, what else is lost is said") {
  auto package = test::two_dies();
  package.precision = 300;
  package.instances[0].name = "u cpu";
  package.instances[1].name = package.instances[0].name;
  Diagnostics diagnostics;
  const Folder folder;
  CHECK(write_lefdef(package, folder.path() / "x.def", diagnostics).empty());
  std::string errors;
  for (const auto& d : diagnostics.all()) errors += d.severity == Severity::error ? d.message + "\n" : "";
  CHECK(errors ==
        "LEF has no 300 units in a micrometre\n"
        "component 'u cpu' cannot be a name in LEF and DEF\n"
        "component 'u cpu' cannot be a name in LEF and DEF\n"
        "two components would have the name 'u cpu'\n");
  CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE(
    "LEF and DEF: the design is the interposer, not the substrate below it; bumps are told by their region") {
  auto package = test::two_dies();
  auto& carrier = package.chiplets[2];
  carrier.kind = Kind::rdl;
  carrier.regions.push_back(carrier.regions[0]);  // with the same names of bumps
  carrier.regions[1].name = carrier.regions[1].layer = "BACK";
  carrier.regions[1].face = Face::back;
  package.instances[2].low = {300, 400};
  package.instances[2].z = 700;
  package.chiplets.push_back({.name = "board", .kind = Kind::substrate, .size = {9'000'000, 9'000'000}});
  package.chiplets.back().regions.push_back(
      {.name = "top", .bumps = {{.name = "c4", .at = {5, 5}, .port = "c4"}}});
  package.instances.push_back({.name = "board", .chiplet = 3});
  package.nets[5].pins.push_back({3, 0, 0});
  Diagnostics diagnostics;
  const auto read = written_and_read(package, diagnostics);
  const auto said = messages(diagnostics);
  INFO(said);
  REQUIRE(read);
  CHECK(said.find("1 instances lie below the carrier and are left out") != std::string::npos);
  CHECK(said.find("bumps of the carrier have the name of their region before their own") !=
        std::string::npos);
  CHECK(read->instances.size() == 3);
  CHECK(read->chiplets.back().size == package.chiplets[2].size);
  CHECK(read->instances.back().low == Point{300, 400});
  REQUIRE(read->chiplets.back().regions.size() == 2);
  CHECK(read->chiplets.back().regions[1].face == Face::back);
  CHECK(read->chiplets.back().regions[1].bumps[3].name == "BACK/b3");
  CHECK(read->chiplets.back().regions[0].bumps[3].at == package.chiplets[2].regions[0].bumps[3].at);
  CHECK(read->nets[5].pins.size() == 4);
}

TEST_CASE("KLayout reads LEF and DEF with the outlines, bumps, turns and wires of the package") {
  if (!test::has_tool("klayout")) return;
  for (const auto& package : {test::two_dies(), test::eight_ways()}) {
    INFO(package.name);
    const Folder folder;
    Diagnostics diagnostics;
    REQUIRE(write_lefdef(package, folder.path() / "out.def", diagnostics).size() == 2);
    const std::string unit = package.precision == 1000 ? "0.001" : "0.0005";
    const auto ran = test::run_klayout("-rd in=out.def -rd lef=out.lef -rd boxes=boxes.txt -rd dbu=" + unit,
                                       folder.path());
    INFO(ran.err);
    REQUIRE(ran.status == 0);
    std::istringstream lines{test::text_of(folder.path() / "boxes.txt")};
    std::multiset<std::string> boxes;
    std::string line;
    std::getline(lines, line);
    CHECK(line == "dbu " + unit);
    while (std::getline(lines, line)) {
      if (!line.starts_with("instance ")) boxes.insert(line.substr(line.find(' ') + 1));
    }
    std::multiset<std::string> expected;
    const auto add = [&](Point a, Point b) {
      std::ostringstream text;
      text << std::min(a.x, b.x) << ' ' << std::min(a.y, b.y) << ' ' << std::max(a.x, b.x) << ' '
           << std::max(a.y, b.y);
      expected.insert(text.str());
    };
    for (std::size_t i = 0; i < package.instances.size(); ++i) {
      const auto& chiplet = package.chiplets[package.instances[i].chiplet];
      const auto there = [&](Point p) { return test::placed_by_hand(package, i, p); };
      add(there({0, 0}), there({chiplet.size.width, chiplet.size.height}));
      for (const auto& region : chiplet.regions) {
        for (const auto& bump : region.bumps) {
          const auto [w, h] = package.cells[bump.cell].size;
          const Point low{bump.at.x - w / 2 - w % 2, bump.at.y - h / 2 - h % 2};
          add(there(low), there({low.x + w, low.y + h}));
          if (chiplet.kind == Kind::substrate)
            add(there(low), there({low.x + w, low.y + h}));  // outline and pad
        }
      }
    }
    for (const auto& net : package.nets) {
      for (const auto& s : net.metal) {
        const auto [a, b] =
            std::minmax({s.points[0], s.points[1]}, [](Point p, Point q) { return p.x + p.y < q.x + q.y; });
        add({a.x - s.width / 2, a.y - s.width / 2}, {b.x + s.width / 2, b.y + s.width / 2});
      }
    }
    CHECK((boxes == expected));
  }
}

}  // namespace marquetry::exchange
