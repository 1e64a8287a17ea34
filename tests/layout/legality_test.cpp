// A layout with everything that the rules speak of, broken in one way at a time.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <functional>

#include "layout/small_case.h"
#include "support/folder.h"

using namespace marquetry;
using namespace marquetry::test;
using geometry::Nanometre;
using geometry::Rotation;
using geometry::Side;

namespace {

enum Name : std::size_t { gpu, hbm, io, cache, ram, p, q, r, t, u, v, f, s };

void add_phy(Case& c, std::size_t link, std::size_t module, std::size_t die, Side side,
             geometry::Rect where) {
  c.layout.phys.push_back({.link = link, .die = die, .module = module, .side = side, .rect = where});
}

// A gpu with a cache on it, a memory at its right and an I/O die at its left, both over bridges; a second
// memory above; a mirrored pair below; others in line, touching, fixed, soft.
Case legal() {
  Case c;
  add_die(c, "gpu", rect(14, 14, 12, 12));
  add_die(c, "hbm", rect(27, 16, 6, 8));
  add_die(c, "io", rect(7, 17, 6, 6));
  add_die(c, "cache", rect(18, 18, 4, 4));
  add_die(c, "ram", rect(18, 27, 4, 4));
  add_die(c, "p", rect(8, 5, 3, 3));
  add_die(c, "q", rect(29, 5, 3, 3));
  add_die(c, "r", rect(2, 33, 2, 2));
  add_die(c, "t", rect(6, 33, 2, 2));
  add_die(c, "u", rect(30, 33, 3, 3));
  add_die(c, "v", rect(33.5, 33.5, 2, 2));
  add_die(c, "f", rect(40, 2, 2, 2));
  add_die(c, "s", rect(40, 8, 2, 2));
  auto& problem = c.problem;
  auto& dies = problem.dies;
  dies[gpu].corner = 200 * um;
  dies[gpu].tsv_zones = {rect(4, 4, 4, 4)};
  dies[gpu].ring = 100 * um;
  dies[cache].on = gpu;
  dies[hbm].is_memory = dies[ram].is_memory = true;
  dies[t].rotations = 0b0001;
  dies[f].fixed = c.layout.dies[f];
  dies[s].soft = layout::Soft{.area = 4e12, .least_aspect = 0.5, .largest_aspect = 2};

  problem.links = {{.name = "stack of memory",
                    .a = gpu,
                    .b = hbm,
                    .wires = 2000,
                    .phy = layout::Phy{.modules = 2,
                                       .width = 2 * mm,
                                       .depth = mm,
                                       .reach = 2 * mm,
                                       .wires = 500,
                                       .side_b = Side::left,
                                       .faces = true,
                                       .bridged = true}},
                   {.name = "to the world",
                    .a = io,
                    .b = gpu,
                    .wires = 500,
                    .phy = layout::Phy{.modules = 1,
                                       .width = 3 * mm,
                                       .depth = mm,
                                       .reach = 2 * mm,
                                       .wires = 500,
                                       .faces = true,
                                       .bridged = true}},
                   {.name = "slow",
                    .a = ram,
                    .b = gpu,
                    .wires = 100,
                    .phy = layout::Phy{.modules = 1, .width = 2 * mm, .depth = mm, .wires = 100}}};
  for (const double y : {16.5, 19.0}) {
    add_phy(c, 0, y < 17 ? 0 : 1, gpu, Side::right, rect(25, y, 1, 2));
    add_phy(c, 0, y < 17 ? 0 : 1, hbm, Side::left, rect(27, y, 1, 2));
  }
  add_phy(c, 1, 0, io, Side::right, rect(12, 18.5, 1, 3));
  add_phy(c, 1, 0, gpu, Side::left, rect(14, 18.5, 1, 3));
  add_phy(c, 2, 0, ram, Side::bottom, rect(19, 27, 2, 1));
  add_phy(c, 2, 0, gpu, Side::top, rect(20, 25, 2, 1));
  problem.externals = {{.name = "pcie", .die = gpu, .modules = 1, .width = 2 * mm, .depth = mm}};
  c.layout.phys.push_back({.external = 0, .die = gpu, .side = Side::bottom, .rect = rect(17, 14, 2, 1)});
  c.layout.bridges = {{0, rect(25, 16.5, 3, 4.5)}, {1, rect(12, 18, 3, 4)}};

  problem.gap = 500 * um;
  problem.gaps = {{r, t, 1500 * um}};
  problem.edge = 1 * mm;
  problem.keep_outs = {{"capacitor", rect(44, 30, 4, 4)}};
  problem.alignments = {{{r, t}, layout::Line::bottom}};
  problem.abutments = {{u, v, Side::right}};
  problem.symmetries = {{.vertical = true, .pairs = {{p, q}}, .alone = {gpu}}};
  problem.bridges = {
      .least = {2 * mm, 2 * mm}, .largest = {3 * mm, 5 * mm}, .most = 3, .under_die = mm, .gap = 500 * um};
  problem.bumps = {.pitch = 50 * um, .power_share = 0.5, .escape_per_mm = 1000};
  problem.carrier = {.largest = geometry::Size{40 * mm, 50 * mm},
                     .largest_area = 2100e12,
                     .least_aspect = 0.5,
                     .largest_aspect = 2,
                     .least_utilisation = 0.1,
                     .stitch_x = {16'500 * um},
                     .field = geometry::Size{33 * mm, 26 * mm},
                     .package = geometry::Size{60 * mm, 50 * mm},
                     .package_edge = 3 * mm};
  c.layout.carrier = rect(0, 0, 50, 40);
  c.layout.package = {{-5 * mm, -5 * mm}, {55 * mm, 45 * mm}};
  return c;
}

void shift(geometry::Rect& rect, Nanometre x, Nanometre y) { rect = geometry::moved(rect, {x, y}); }
void move(Case& c, std::size_t die, double x, double y) { c.layout.dies[die].low = rect(x, y, 0, 0).low; }

struct Mutation {
  std::string rule{};
  std::function<void(Case&)> apply{};
  std::string message{};
};

const std::vector<Mutation> mutations{
    {"complete", [](Case& c) { c.layout.dies.pop_back(); }, "of 13 dies 12 are placed and 13 have a size"},
    {"complete", [](Case& c) { c.layout.phys[0].die = io; }, "a PHY on 'io' belongs to no link there"},
    {"overlap", [](Case& c) { move(c, s, 41.65, 1.9); }, "'f' and 's' overlap by 0.35 mm x 1.9 mm"},
    {"gap", [](Case& c) { move(c, t, 5.4, 33); }, "'r' and 't' are 1.4 mm apart, and need 1.5 mm"},
    {"gap", [](Case& c) { move(c, s, 20, 11.95); }, "the bump rings of 'gpu' and 's' overlap by 0.05 mm"},
    {"gap", [](Case& c) { move(c, s, 20, 11.5); },
     "'gpu' and 's' are 0.4 mm apart (ring to ring), and need 0.5 mm"},
    {"outline", [](Case& c) { move(c, s, 48.2, 8); }, "'s' stands 0.2 mm over the right edge of the carrier"},
    {"edge", [](Case& c) { move(c, s, 47.5, 8); },
     "'s' is 0.5 mm from the right edge of the carrier, and needs 1 mm"},
    {"keep-out", [](Case& c) { move(c, s, 43, 32); }, "'s' enters the keep-out 'capacitor' by 1 mm x 2 mm"},
    {"rotation", [](Case& c) { c.layout.dies[t].rotation = Rotation::r180; },
     "'t' is turned by 180 degrees, which it may not be"},
    {"size",
     [](Case& c) {
       c.layout.sizes[r] = {2 * mm, 2 * mm - 1};
     },
     "'r' is drawn as 2 mm x 2 mm, but is 2 mm x 2 mm"},
    {"size",
     [](Case& c) {
       c.layout.sizes[s] = {1 * mm, 2 * mm};
     },
     "'s' has 2 mm2, and needs 4 mm2"},
    {"size",
     [](Case& c) {
       c.layout.sizes[s] = {4 * mm, 1 * mm};
     },
     "'s' is 4 mm x 1 mm, width by height 4, which must lie from 0.5 to 2"},
    {"fixed", [](Case& c) { move(c, f, 40, 3); }, "'f' is fixed, but stands 0 mm in x and 1 mm in y away"},
    {"carrier",
     [](Case& c) {
       c.problem.carrier.largest = geometry::Size{45 * mm, 45 * mm};
     },
     "the carrier is 50 mm x 40 mm, 5 mm more than the largest, 45 mm x 45 mm"},
    {"carrier",
     [](Case& c) {
       c.problem.carrier.fixed = geometry::Size{50 * mm, 41 * mm};
     },
     "the carrier is drawn as 50 mm x 40 mm, but is 50 mm x 41 mm"},
    {"carrier area", [](Case& c) { c.problem.carrier.largest_area = 1716e12; },
     "the carrier has 2000 mm2 (2.33 exposures), and may have 1716 mm2 (2 exposures)"},
    {"aspect", [](Case& c) { c.problem.carrier.least_aspect = 1.5; },
     "the box round the dies is 40 mm x 34 mm, width by height 1.176, which must be at least 1.5"},
    {"aspect", [](Case& c) { c.problem.carrier.largest_aspect = 1.1; }, ""},
    {"utilisation", [](Case& c) { c.problem.carrier.least_utilisation = 0.5; }, ""},
    {"package", [](Case& c) { shift(c.layout.package, mm, 0); },
     "the carrier is off the package's centre by -1 mm in x and 0 mm in y"},
    {"package", [](Case& c) { c.problem.carrier.package_edge = 6 * mm; },
     "the package is 1 mm too small for the carrier and the 6 mm round it"},
    {"modules", [](Case& c) { c.layout.phys.erase(c.layout.phys.begin() + 3); },
     "module 1 of 'stack of memory' stands nowhere on 'hbm'"},
    {"modules", [](Case& c) { c.layout.phys.pop_back(); }, "module 0 of 'pcie' stands nowhere on 'gpu'"},
    {"modules", [](Case& c) { c.problem.links[0].phy->modules = 1; },
     "'stack of memory' has 1 modules, but 'gpu' holds one more"},
    {"PHY edge", [](Case& c) { shift(c.layout.phys.back().rect, 0, 100 * um); },
     "module 0 of 'pcie' on 'gpu' lies 0.1 mm inside the bottom edge"},
    {"PHY edge", [](Case& c) { shift(c.layout.phys.back().rect, 0, -100 * um); },
     "module 0 of 'pcie' on 'gpu' stands 0.1 mm out of its die"},
    {"PHY edge", [](Case& c) { c.layout.phys.back().rect.high.x += 100 * um; },
     "module 0 of 'pcie' on 'gpu' is drawn as 2.1 mm x 1 mm, but is 2 mm x 1 mm"},
    {"PHY side", [](Case& c) { c.problem.links[0].phy->side_b = Side::right; },
     "module 0 of 'stack of memory' on 'hbm' is at the left edge, but its die has it at what is now the "
     "right one"},
    {"PHY overlap",
     [](Case& c) {
       c.problem.externals[0].modules = 2;
       auto other = c.layout.phys.back();
       other.module = 1;
       shift(other.rect, mm, 0);
       c.layout.phys.push_back(other);
     },
     "module 0 of 'pcie' on 'gpu' overlaps module 1 of 'pcie' on 'gpu' by 1 mm x 1 mm"},
    {"corner", [](Case& c) { c.layout.phys.back().rect = rect(23.9, 14, 2, 1); },
     "module 0 of 'pcie' on 'gpu' is 0.1 mm from a corner, which needs 0.2 mm"},
    {"TSV zone", [](Case& c) { c.problem.dies[gpu].tsv_zones = {rect(3, 0.5, 1, 4)}; },
     "module 0 of 'pcie' on 'gpu' enters a TSV zone by 1 mm x 0.5 mm"},
    {"stitch", [](Case& c) { shift(c.layout.phys.back().rect, -mm, 0); },
     "a PHY of 'gpu' crosses the stitch line at x = 16.5 mm"},
    {"stitch", [](Case& c) { c.problem.carrier.field->height = 20 * mm; },
     "a PHY of 'gpu' crosses the stitch line at y = 20 mm"},
    {"facing",
     [](Case& c) {
       c.layout.phys[4].side = Side::top;
       c.layout.phys[4].rect = rect(9, 22, 3, 1);
       c.problem.links[1].phy->reach = 0;
     },
     "module 0 of 'to the world' between 'io' and 'gpu': the top and the left edge do not face"},
    {"facing",
     [](Case& c) {
       c.layout.phys[5].rect = rect(14, 17.8, 1, 3);
       c.problem.links[1].phy->bridged = false;
       c.layout.bridges.pop_back();
     },
     "module 0 of 'to the world' between 'io' and 'gpu': the spans of the two PHYs share 2.3 mm, and need 3 "
     "mm"},
    {"facing",
     [](Case& c) {
       c.problem.gap = 0;
       c.problem.abutments.clear();
       c.problem.dies[gpu].ring = 0;
       c.layout.sizes[s] = {707 * um, 5'657'709};
       c.problem.dies[s].soft->least_aspect = 0.1;
       move(c, s, 13.1, 15);
     },
     "module 0 of 'to the world' between 'io' and 'gpu': 's' stands between"},
    {"reach", [](Case& c) { c.problem.links[0].phy->reach = 900 * um; },
     "module 0 of 'stack of memory' between 'gpu' and 'hbm': 1 mm of wire, and it reaches 0.9 mm"},
    {"memory",
     [](Case& c) {
       c.layout.phys[6].side = Side::top;
       c.layout.phys[6].rect = rect(19, 30, 2, 1);
     },
     "the top edge of 'ram', with its PHY, does not look at its host 'gpu' beside it"},
    {"alignment", [](Case& c) { move(c, t, 6, 33.2); },
     "the bottom edges of 'r' and 't' should be in line, and are 0.2 mm apart"},
    {"abutment", [](Case& c) { move(c, v, 33.7, 33.5); },
     "'v' should touch the right edge of 'u', and is 0.2 mm too far off"},
    {"abutment", [](Case& c) { move(c, v, 33.5, 36.2); },
     "'v' should touch the right edge of 'u', but does not lie beside it"},
    {"symmetry", [](Case& c) { move(c, q, 29, 5.2); }, "'p' and 'q' are no mirror images: shifted by 0.2 mm"},
    {"symmetry", [](Case& c) { move(c, q, 29.4, 5); }, "'gpu' is off the group's vertical axis by 0.2 mm"},
    {"stack", [](Case& c) { move(c, cache, 22.3, 18); },
     "'cache' stands 0.3 mm over the edge of 'gpu' below it, and may by 0 mm"},
    {"bridge", [](Case& c) { c.layout.bridges.pop_back(); },
     "module 0 of 'to the world' between 'io' and 'gpu' has no bridge under it"},
    {"bridge", [](Case& c) { c.problem.links[1].phy->bridged = false; }, ""},
    {"bridge", [](Case& c) { shift(c.layout.bridges[1].rect, 0, mm); }, ""},
    {"bridge depth", [](Case& c) { shift(c.layout.bridges[1].rect, 100 * um, 0); },
     "the bridge of 'to the world' between 'io' and 'gpu' reaches 0.9 mm under 'io', and needs 1 mm"},
    {"bridge size",
     [](Case& c) {
       c.problem.bridges.largest = {3 * mm, 4 * mm};
     },
     "the bridge of 'stack of memory' between 'gpu' and 'hbm' is 3 mm x 4.5 mm, and must be at most 3 mm x 4 "
     "mm"},
    {"bridge size",
     [](Case& c) {
       c.problem.bridges.least = {4 * mm, 3'200 * um};
     },
     ""},
    {"bridge count", [](Case& c) { c.problem.bridges.most = 1; }, "there are 2 bridges, and may be 1"},
    {"bridge overlap",
     [](Case& c) {
       c.layout.bridges.push_back({1, rect(12, 19, 3, 3.5)});
     },
     ""},
    {"bridge gap",
     [](Case& c) {
       c.layout.bridges[1].rect = rect(12, 17.5, 3, 4);
       c.layout.bridges.push_back({1, rect(12, 21.7, 3, 2)});
     },
     "the bridge of 'to the world' between 'io' and 'gpu' is 0.2 mm from the bridge of 'to the world' "
     "between 'io' and 'gpu', and needs 0.5 mm"},
    {"bumps", [](Case& c) { c.problem.links[0].wires = 9601; },
     "'hbm' has 9601 signals, and bumps for 9600 beside power and ground"},
    {"bumps", [](Case& c) { c.problem.links[0].phy->wires = 801; },
     "a PHY of 'gpu' has 801 wires, and 800 bumps under it"},
    {"escape", [](Case& c) { c.problem.bumps.escape_per_mm = 83; },
     "1000 wires leave 'gpu' over its right edge, which lets 996 out"},
};

}  // namespace

TEST_CASE("a layout that keeps every rule is legal") {
  const auto c = legal();
  for (const auto& violation : layout::violations(c.problem, c.layout)) {
    UNSCOPED_INFO(violation.rule << ": " << violation.message);
  }
  CHECK(broken(c).empty());
}

TEST_CASE("a rule that is broken is named, with names and lengths, and no other") {
  for (const auto& mutation : mutations) {
    Case c = legal();
    mutation.apply(c);
    for (const auto& violation : layout::violations(c.problem, c.layout)) {
      UNSCOPED_INFO(violation.rule << ": " << violation.message);
    }
    INFO("broken: " << mutation.rule);
    CHECK(broken(c) == std::set{mutation.rule});
    if (!mutation.message.empty()) CHECK(message(c) == mutation.message);
  }
}

TEST_CASE("an edge with more PHYs than it has room for is named, beside the PHYs that overlap there") {
  Case c = legal();
  c.problem.externals[0].modules = 6;
  for (std::size_t m = 1; m < 6; ++m) {
    auto other = c.layout.phys.back();
    other.module = m;
    c.layout.phys.push_back(other);
  }
  CHECK(broken(c) == std::set<std::string>{"PHY overlap", "shoreline"});
  const auto found = layout::violations(c.problem, c.layout);
  CHECK(found.back().message == "the PHYs at the bottom edge of 'gpu' take 12 mm, and it has 11.6 mm");
}

TEST_CASE("every rule of the table is broken by a test, and its summary says what it is") {
  std::set<std::string> names{"shoreline"};
  for (const auto& mutation : mutations) names.insert(mutation.rule);
  for (const auto& rule : layout::rules()) {
    CHECK(names.erase(std::string{rule.name}) == 1);
    CHECK(rule.summary.size() > 20);
  }
  CHECK(names.empty());
}

TEST_CASE("the documentation lists every rule as the table has it") {
  std::ifstream in{test::source_folder() / "docs" / "layout.md"};
  const std::string page{std::istreambuf_iterator<char>{in}, {}};
  for (const auto& rule : layout::rules()) {
    const auto row = "| `" + std::string{rule.name} + "` | " + std::string{rule.summary} + " |";
    INFO(row);
    CHECK(page.find(row) != std::string::npos);
  }
}
