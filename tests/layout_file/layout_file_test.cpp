// Placement documents: what is written reads back, and every mistake is named where it stands.
#include <catch2/catch.hpp>

#include "config/parse.h"
#include "layout_file/load.h"

using namespace marquetry;
using layout::Problem;

namespace {

struct Loaded {
  std::optional<Problem> problem{};
  std::string messages{};
};

Loaded load_text(const std::string& text) {
  Diagnostics diagnostics;
  Loaded loaded;
  if (const auto root = parse_text(text, "case.toml", diagnostics))
    loaded.problem = layout_file::load(*root, diagnostics);
  loaded.messages = render_all(diagnostics);
  return loaded;
}

// Every rule once.
constexpr auto everything = R"(format = 1
name = "everything"

[placement]
unit = "mm"
ambient = "40 degC"
gap = "0.1 mm"
edge = "500 um"
carrier = { width = "50 mm", height = "40 mm" }
largest_area = "2700 mm2"
stitch_x = ["26 mm"]
package_edge = "2 mm"
gaps = [{ between = ["cpu", "io"], gap = "0 mm" }]
fixed = [{ die = "capacitor", x = "1.000001 mm", y = "3 mm", rotation = 90 }]
keep_outs = [{ name = "stiffener", x = "0 mm", y = "0 mm", width = "2 mm", height = "2 mm" }]
alignments = [{ dies = ["hbm0", "hbm1"], line = "centre-y" }]
abutments = [{ first = "cpu", second = "hbm0", side = "right" }]
symmetries = [{ axis = "vertical", pairs = [["hbm0", "hbm1"]], alone = ["cpu"] }]
bridges = { least = { width = "2 mm", height = "2 mm" }, largest = { width = "8 mm", height = "12 mm" }, most = 4, under_die = "1 mm", gap = "0.2 mm" }
bumps = { pitch = "45 um", power_share = 0.6, escape = "500 /mm" }
dies.cpu.tsv_zones = [{ x = "1 mm", y = "2 mm", width = "2 mm", height = "2.5 mm" }]

[[die]]
name = "cpu"
width = "12 mm"
height = "10.5 mm"
rotations = [0, 180]
ring = "90 um"
clumps = [800, 600, 800, 600]
corner = "0.25 mm"
power = "105 W"
temperature_limit = "105 degC"

[[die]]
name = "hbm0"
width = "7.75 mm"
height = "11.87 mm"
kind = "hbm"
memory = true

[[die]]
name = "hbm1"
width = "7.75 mm"
height = "11.87 mm"
kind = "hbm"
memory = true

[[die]]
name = "cache"
width = "6 mm"
height = "6 mm"
on = "cpu"
overhang = "1 um"

[[die]]
name = "io"
area = "30.5 mm2"
least_aspect = 0.5
largest_aspect = 2

[[die]]
name = "capacitor"
width = "1 mm"
height = "0.5 mm"

[[link]]
name = "cpu-hbm0"
a = "cpu"
b = "hbm0"
wires = 2048
row = "hbm3"
phy = { modules = 2, width = "388.8 um", depth = "1.043 mm", reach = "2 mm", wires = 1024, side_b = "left", faces = true, bridged = true }

[[external]]
name = "pcie"
die = "io"
modules = 16
width = "0.2 mm"
depth = "1 mm"

[[terminal]]
name = "p1"
x = "0 mm"
y = "-2.5 mm"

[[net]]
pins = ["cpu", ["hbm1", "1 mm", "11.87 mm"], "p1", ["3 mm", "4 mm"]]
weight = 2.5
)";

}  // namespace

TEST_CASE("every rule of a placement can be written") {
  const auto [problem, messages] = load_text(everything);
  INFO(messages);
  REQUIRE(problem);
  CHECK(problem->unit == 1e6);
  CHECK(problem->gap == 100'000);
  CHECK(problem->edge == 500'000);
  CHECK(problem->ambient == 40);
  REQUIRE(problem->dies.size() == 6);
  const auto& cpu = problem->dies[0];
  CHECK(cpu.size == layout::Size{12'000'000, 10'500'000});
  CHECK(cpu.rotations == 0b0101);
  REQUIRE(cpu.clumps);
  CHECK((*cpu.clumps)[1].capacity == 600);
  CHECK((*cpu.clumps)[1].outside == 45'000);  // the middle of the ring
  CHECK(cpu.temperature_limit == 105);
  CHECK(cpu.tsv_zones == std::vector<layout::Rect>{{{1'000'000, 2'000'000}, {3'000'000, 4'500'000}}});
  CHECK(problem->dies[1].kind == problem->dies[2].kind);
  CHECK(problem->dies[0].kind != problem->dies[1].kind);
  CHECK(problem->dies[3].on == 0u);
  REQUIRE(problem->dies[4].soft);
  CHECK(problem->dies[4].soft->area == 30.5e12);
  CHECK(problem->dies[4].size == layout::Size{5'522'681, 5'522'681});  // sqrt(30.5) mm
  REQUIRE(problem->dies[5].fixed);
  CHECK(*problem->dies[5].fixed == layout::Placement{{1'000'001, 3'000'000}, layout::Rotation::r90});
  CHECK(problem->carrier.largest_area == Approx(2700e12).epsilon(1e-15));
  CHECK(problem->bridges.largest == layout::Size{8'000'000, 12'000'000});
  REQUIRE(problem->links.size() == 1);
  REQUIRE(problem->links[0].phy);
  CHECK(problem->links[0].phy->width == 388'800);
  CHECK(problem->links[0].phy->side_b == layout::Side::left);
  CHECK_FALSE(problem->links[0].phy->side_a);
  REQUIRE(problem->nets.size() == 1);
  const auto& pins = problem->nets[0].pins;
  REQUIRE(pins.size() == 4);
  CHECK(pins[0].at_centre);
  CHECK(pins[1].at == layout::Point{1'000'000, 11'870'000});
  CHECK(pins[2].at == layout::Point{0, -2'500'000});
  CHECK(pins[3].at == layout::Point{3'000'000, 4'000'000});
  CHECK(layout::gap_between(*problem, 4, 0) == 0);
  CHECK(problem->alignments[0].line == layout::Line::centre_y);
  CHECK(problem->abutments[0].side == layout::Side::right);
  CHECK(problem->symmetries[0].vertical);
}

TEST_CASE("a placement that is written reads back as the same, field by field") {
  const auto first = load_text(everything);
  REQUIRE(first.problem);
  const auto text = layout_file::to_toml(*first.problem, "made by a test");
  const auto second = load_text(text);
  INFO(second.messages << text);
  REQUIRE(second.problem);
  CHECK(layout_file::to_toml(*second.problem, "made by a test") == text);
  CHECK(second.problem->dies[4].soft->area == first.problem->dies[4].soft->area);
  CHECK(second.problem->dies[4].size == first.problem->dies[4].size);
  CHECK(second.problem->nets[0].pins[3].at == first.problem->nets[0].pins[3].at);
  CHECK(second.problem->links[0].phy->reach == first.problem->links[0].phy->reach);
  CHECK(second.problem->symmetries[0].pairs == first.problem->symmetries[0].pairs);
  CHECK(second.problem->bumps.escape_per_mm == Approx(first.problem->bumps.escape_per_mm).epsilon(1e-15));
  for (const std::string key : {"[[die]]", "[[link]]", "[link.phy]", "[[external]]", "[[terminal]]",
                                "[[net]]", "gaps", "fixed", "keep_outs", "alignments", "abutments",
                                "symmetries", "[placement.bridges]", "[placement.bumps]", "tsv_zones"}) {
    INFO(key);
    CHECK(text.find(key) != std::string::npos);
  }
}

TEST_CASE("mistakes of a placement are named where they stand") {
  const auto messages = [](const std::string& rest) {
    return load_text("format = 1\nname = \"x\"\n[placement]\n" + rest).messages;
  };
  const auto contains = [&](const std::string& rest, const std::string& words) {
    const auto found = messages(rest);
    INFO(found);
    CHECK(found.find(words) != std::string::npos);
  };
  const std::string cpu = "[[die]]\nname = \"cpu\"\nwidth = \"2 mm\"\nheight = \"1 mm\"\n",
                    gpu = "[[die]]\nname = \"gpu\"\nwidth = \"2 mm\"\nheight = \"1 mm\"\n", two = cpu + gpu;
  CHECK(messages("") ==
        "case.toml:1:1: error: there are no dies to place\n"
        "    format = 1\n"
        "    ^\n"
        "  hint: write each as [[die]]\n");
  CHECK(messages("[[die]]\nname = \"cpu\"\nwidth = \"0 mm\"\nheight = \"1 mm\"\n") ==
        "case.toml:6:9: error: die 'cpu': 'width' is zero\n"
        "    width = \"0 mm\"\n"
        "            ^\n"
        "  hint: give it a length above 0, or leave the part out\n");
  CHECK(messages(two + "[[net]]\npins = [\"cpu\", \"gup\"]\n") ==
        "case.toml:13:16: error: 'pins': there is no die or terminal 'gup'\n"
        "    pins = [\"cpu\", \"gup\"]\n"
        "                   ^\n"
        "  hint: did you mean 'gpu'?\n");
  CHECK(messages(two + "[[link]]\na = \"cpu\"\nb = \"gpu\"\nwires = -5\n") ==
        "case.toml:15:9: error: 'wires' is -5, but it must not be negative\n"
        "    wires = -5\n"
        "            ^\n");
  contains(two + "[[link]]\na = \"cpu\"\nb = \"gpu\"\nwires = nan\n", "must be finite");
  contains(two + "[[link]]\na = \"cpu\"\nb = \"cpu\"\n", "a link from die 'cpu' to itself");
  contains(two + "[[link]]\na = \"cpu\"\nb = \"gpu\"\nphy = { width = \"1 mm\" }\n", "missing key 'modules'");
  contains(two + "[[link]]\na = \"cpu\"\nb = \"gpu\"\nphy = { modules = 1, width = \"3 mm\" }\n",
           "takes 3 mm of edge, but die 'cpu' has at most 2 mm between its corners");
  contains(
      two + "[[link]]\na = \"cpu\"\nb = \"gpu\"\nphy = { modules = 1, width = \"1 mm\", bridged = true }\n",
      "no bridge is described");
  contains(two + cpu, "the name 'cpu' stands twice");
  contains("gap = \"1 W\"\n" + two, "'gap' must be a length, but \"1 W\" is");
  contains("gpa = \"1 mm\"\n" + two, "unknown key 'gpa'");
  contains("[die]\nx = 1\n", "'die' must be a list of tables");
  contains("[[die]]\nname = \"a\"\nwidth = \"20 m\"\nheight = \"1 m\"\n", "beyond any package");
  contains(cpu + "on = \"cpu\"\n", "stands on itself");
  contains("[[die]]\nname = \"a\"\n", "die 'a' needs 'width' and 'height', or an 'area'");
  contains("[[die]]\nname = \"a\"\narea = \"0 mm2\"\n", "needs an area above 0");
  contains(cpu + "kind = \"k\"\n" + gpu + "kind = \"k\"\npower = \"3 W\"\n",
           "dies 'cpu' and 'gpu' are of one kind, but differ in power");
}
