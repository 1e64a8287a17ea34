// LEF and DEF: what is written reads back, the samples, what is wrong with a file, and KLayout's judgement.
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>
#include <sstream>

#include "exchange/lefdef/read.h"
#include "exchange/lefdef/write.h"
#include "support/assemblies.h"
#include "support/folder.h"
#include "support/golden.h"
#include "support/property.h"
#include "support/tool.h"

namespace marquetry::exchange {

using namespace assembly;
using test::Folder;

namespace {

// Without what LEF and DEF have no place for: the third dimension, connections, names of the carrier.
Assembly flat(Assembly package) {
  package.version = "5.8";
  package.connections.clear();
  package.paths.clear();
  for (auto& chiplet : package.chiplets) {
    if (chiplet.kind == Kind::substrate)
      chiplet.name = package.name;
    else
      chiplet.kind = Kind::die;
    chiplet.thickness = 0;
    chiplet.has_tsv = false;
  }
  for (auto& instance : package.instances) {
    instance.z = 0;
    instance.orientation.is_flipped = false;
    if (package.chiplets[instance.chiplet].kind == Kind::substrate) instance.name = package.name;
  }
  std::ranges::stable_partition(
      package.nets, [](const Net& net) { return net.use == NetUse::signal || net.use == NetUse::clock; });
  return package;
}

std::optional<Assembly> written_and_read(const Assembly& package, Diagnostics& diagnostics) {
  const Folder folder;
  const auto files = write_lefdef(package, folder.path() / "out.def", diagnostics);
  return files.empty() ? std::nullopt : read_lefdef(files, diagnostics);
}

std::string messages(const Diagnostics& diagnostics) {
  std::string out;
  for (const auto& d : diagnostics.all())
    out += d.where.file + ":" + std::to_string(d.where.line) + ": " + d.message +
           (d.hint.empty() ? "" : " | " + d.hint) + "\n";
  return out;
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

TEST_CASE("LEF and DEF: what they can hold is read as it was written") {
  for (const auto& package : {flat(test::two_dies()), flat(test::eight_ways())}) {
    Diagnostics diagnostics;
    const auto read = written_and_read(package, diagnostics);
    CHECK(messages(diagnostics) == "");
    REQUIRE(read);
    CHECK((*read == package));
  }
}

TEST_CASE("LEF and DEF: any flat package is read as it was written, without a word") {
  test::check_property([] {
    const auto pick = [](int low, int high) { return *rc::gen::inRange(low, high); };
    Assembly package{
        .name = "top", .precision = *rc::gen::element(100, 1000, 2000, 20'000), .version = "5.8"};
    const int cells = pick(1, 4);
    for (int c = 0; c < cells; ++c)
      package.cells.push_back({"cell" + std::to_string(c), {10 + 7 * c, pick(1, 60)}});
    std::set<std::size_t> seen;
    const auto bumps = [&](Size size, const std::string& prefix, const char* layer, bool is_carrier) {
      Region region{.name = layer,
                    .corners = {Point{0, 0}, {size.width, 0}, {size.width, size.height}, {0, size.height}},
                    .layer = layer};
      const int count = pick(1, 8);
      for (int b = 0; b < count; ++b) {
        const auto name = prefix + "[" + std::to_string(b) + "]";
        const auto cell =
            is_carrier ? static_cast<std::size_t>(b % cells) : static_cast<std::size_t>(pick(0, cells));
        region.bumps.push_back({name, cell, {pick(0, 900), pick(0, 900)}, is_carrier ? "" : name, ""});
        seen.insert(cell);
      }
      return region;
    };
    const int kinds = pick(1, 4), dies = pick(1, 6);
    for (int k = 0; k < kinds; ++k) {
      Chiplet die{.name = "die" + std::to_string(k), .size = {pick(1, 5000), pick(1, 5000)}};
      die.regions.push_back(bumps(die.size, "p", k % 2 == 0 ? "UP" : "DOWN", false));
      if (k % 2 != 0) die.regions.back().face = Face::back;
      if (pick(0, 2) == 1) die.ports.push_back({"p[0]", Direction::output});
      if (pick(0, 2) == 1) die.ports.push_back({"test", Direction::input});
      package.chiplets.push_back(die);
    }
    for (int d = 0; d < dies; ++d)
      package.instances.push_back(
          {.name = "u" + std::to_string(d),
           .chiplet = static_cast<std::size_t>(pick(0, kinds)),
           .low = {pick(-9000, 9000), pick(-9000, 9000)},
           .orientation = {*rc::gen::elementOf(
                               std::vector<Rotation>(geometry::rotations.begin(), geometry::rotations.end())),
                           pick(0, 2) == 1, false}});
    package.instances.push_back(
        {.name = "top", .chiplet = package.chiplets.size(), .low = {pick(-50, 50), 7}});
    Chiplet carrier{.name = "top", .kind = Kind::substrate, .size = {20'000, 30'000}};
    carrier.regions.push_back(bumps(carrier.size, "b", "UP", true));
    package.chiplets.push_back(carrier);
    // A cell that no bump has is not written.
    for (std::size_t c = package.cells.size(); c-- > 0;) {
      if (!seen.contains(c)) {
        package.cells.erase(package.cells.begin() + static_cast<std::ptrdiff_t>(c));
        for (auto& chiplet : package.chiplets) {
          for (auto& bump : chiplet.regions[0].bumps) bump.cell -= bump.cell > c ? 1 : 0;
        }
      }
    }
    const auto base = package.instances.size() - 1;
    for (std::size_t b = 0; b < package.chiplets.back().regions[0].bumps.size(); ++b) {
      auto& bump = package.chiplets.back().regions[0].bumps[b];
      if (pick(0, 4) == 0) continue;
      Net net{.name = "n" + std::to_string(b)};
      const auto at = static_cast<std::size_t>(pick(0, dies));
      net.pins = {{base, 0, b}};
      if (b < package.chiplets[package.instances[at].chiplet].regions[0].bumps.size())
        net.pins.push_back({at, 0, b});
      bump.port = bump.net = net.name;
      if (pick(0, 2) == 1) net.ports.push_back("port" + std::to_string(b));
      const int wires = pick(0, 3);
      for (int w = 0; w < wires; ++w) {
        const Point p{pick(-500, 500), pick(-500, 500)};
        const auto d = pick(1, 400);
        net.metal.push_back({.layer = pick(0, 2) == 1 ? "UP" : "M2",
                             .width = 2 * pick(1, 4),
                             .points = {p, {p.x + d, p.y}, {p.x + 2 * d, p.y - d}}});
      }
      if (pick(0, 4) == 0) net.use = *rc::gen::element(NetUse::power, NetUse::ground, NetUse::clock);
      package.nets.push_back(net);
    }
    package = flat(package);
    package.chiplets.back().name = "top";
    Diagnostics diagnostics;
    const auto read = written_and_read(package, diagnostics);
    RC_ASSERT(messages(diagnostics) == "");
    RC_ASSERT(read.has_value());
    RC_ASSERT(*read == package);
  });
}

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
    CHECK(diagnostics.all().size() == 2);  // ROW and TRACKS
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
    const auto ran = test::run_tool(
        "klayout -b -r " SOURCE_DIR
        "/tests/exchange/klayout_boxes.py -rd in=out.def -rd lef=out.lef -rd out=boxes.txt -rd dbu=" +
            unit,
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
