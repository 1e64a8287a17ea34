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
gap = "0.1 mm"
edge = "500 um"
ambient = "40 degC"

[[placement.dies]]
name = "cpu"
size = ["12 mm", "10.5 mm"]
rotations = [0, 180]
ring = "90 um"
clumps = [800, 600, 800, 600]
corner = "0.25 mm"
power = "105 W"
temperature_limit = "105 degC"
tsv_zones = [["1 mm", "2 mm", "3 mm", "4.5 mm"]]

[[placement.dies]]
name = "hbm0"
size = ["7.75 mm", "11.87 mm"]
kind = "hbm"
memory = true

[[placement.dies]]
name = "hbm1"
size = ["7.75 mm", "11.87 mm"]
kind = "hbm"
memory = true

[[placement.dies]]
name = "cache"
size = ["6 mm", "6 mm"]
on = "cpu"
overhang = "1 um"

[[placement.dies]]
name = "io"
area = "30.5 mm2"
least_aspect = 0.5
largest_aspect = 2

[[placement.dies]]
name = "capacitor"
size = ["1 mm", "0.5 mm"]
at = ["-1.000001 mm", "3 mm"]
rotation = 90

[placement.carrier]
size = ["50 mm", "40 mm"]
largest = ["60 mm", "60 mm"]
largest_area = "2700 mm2"
least_aspect = 0.5
largest_aspect = 2
least_utilisation = 0.25
stitch_x = ["26 mm"]
stitch_y = ["33 mm"]
field = ["26 mm", "33 mm"]
package = ["70 mm", "60 mm"]
package_edge = "2 mm"

[placement.bridges]
least = ["2 mm", "2 mm"]
largest = ["8 mm", "12 mm"]
most = 4
under_die = "1 mm"
gap = "0.2 mm"

[placement.bumps]
pitch = "45 um"
power_share = 0.6
escape_per_mm = 500

[[placement.links]]
name = "cpu-hbm0"
a = "cpu"
b = "hbm0"
wires = 2048
phy = { modules = 2, width = "388.8 um", depth = "1.043 mm", reach = "2 mm", wires = 1024, side_b = "left", faces = true, bridged = true }
row = "hbm3"

[[placement.externals]]
name = "pcie"
die = "io"
modules = 16
width = "0.2 mm"
depth = "1 mm"

[[placement.terminals]]
name = "p1"
at = ["0 mm", "-2.5 mm"]

[[placement.nets]]
pins = ["cpu", ["hbm1", "1 mm", "11.87 mm"], "p1", ["3 mm", "4 mm"]]
weight = 2.5

[[placement.gaps]]
a = "cpu"
b = "io"
gap = "0 mm"

[[placement.keep_outs]]
name = "stiffener"
rect = ["0 mm", "0 mm", "2 mm", "2 mm"]

[[placement.alignments]]
dies = ["hbm0", "hbm1"]
line = "centre_y"

[[placement.abutments]]
first = "cpu"
second = "hbm0"
side = "right"

[[placement.symmetries]]
axis = "vertical"
pairs = [["hbm0", "hbm1"]]
alone = ["cpu"]
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
  CHECK(*problem->dies[5].fixed == layout::Placement{{-1'000'001, 3'000'000}, layout::Rotation::r90});
  CHECK(problem->carrier.largest_area == 2700e12);
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
  for (const std::string key : {"dies", "carrier", "bridges", "bumps", "links", "externals", "terminals",
                                "nets", "gaps", "keep_outs", "alignments", "abutments", "symmetries"}) {
    CHECK(text.find("[placement." + key + "]") != std::string::npos);
  }
}

TEST_CASE("mistakes of a placement are named where they stand") {
  const auto messages = [](const std::string& rest) {
    return load_text("format = 1\nname = \"x\"\n[placement]\n" + rest).messages;
  };
  const std::string two =
      "[[placement.dies]]\nname = \"cpu\"\nsize = [\"2 mm\", \"1 mm\"]\n"
      "[[placement.dies]]\nname = \"gpu\"\nsize = [\"2 mm\", \"1 mm\"]\n";
  CHECK(messages("") ==
        "case.toml:3:2: error: there are no dies to place\n"
        "    [placement]\n"
        "     ^\n"
        "  hint: write each as [[placement.dies]]\n");
  CHECK(messages("[[placement.dies]]\nname = \"cpu\"\nsize = [\"0 mm\", \"1 mm\"]\n") ==
        "case.toml:6:8: error: die 'cpu': 'size' is 0 x 1000000 nm: both must be above 0\n"
        "    size = [\"0 mm\", \"1 mm\"]\n"
        "           ^\n"
        "  hint: give its width and height, or leave it out\n");
  CHECK(messages(two + "[[placement.nets]]\npins = [\"cpu\", \"gup\"]\n") ==
        "case.toml:11:16: error: 'pins': there is no die or terminal 'gup'\n"
        "    pins = [\"cpu\", \"gup\"]\n"
        "                   ^\n"
        "  hint: did you mean 'gpu'?\n");
  CHECK(messages(two + "[[placement.links]]\na = \"cpu\"\nb = \"gpu\"\nwires = -5\n") ==
        "case.toml:13:9: error: 'wires' is -5, but it must not be negative\n"
        "    wires = -5\n"
        "            ^\n");
  CHECK(
      messages(two + "[[placement.links]]\na = \"cpu\"\nb = \"gpu\"\nwires = nan\n").find("must be finite") !=
      std::string::npos);
  CHECK(messages(two + "[[placement.gaps]]\na = \"cpu\"\nb = \"cpu\"\ngap = \"1 mm\"\n").find("to itself") !=
        std::string::npos);
  CHECK(messages(two + "[[placement.links]]\na = \"cpu\"\nb = \"gpu\"\nphy = { width = \"1 mm\" }\n")
            .find("missing key 'modules'") != std::string::npos);
  CHECK(messages(two + "[[placement.alignments]]\ndies = [\"cpu\"]\nline = \"middle\"\n")
            .find("'line' cannot be \"middle\"") != std::string::npos);
  CHECK(messages(two + "[[placement.dies]]\nname = \"cpu\"\nsize = [\"1 mm\", \"1 mm\"]\n")
            .find("the name 'cpu' stands twice") != std::string::npos);
  CHECK(messages("dies = 5\n").find("'dies' must be a list of tables") != std::string::npos);
  CHECK(
      messages("[[placement.dies]]\nname = \"a\"\nsize = [\"20 km\", \"1 mm\"]\n").find("not a known unit") !=
      std::string::npos);
  CHECK(messages("[[placement.dies]]\nname = \"a\"\nsize = [\"20 m\", \"1 mm\"]\n").find("more than 10 m") !=
        std::string::npos);
  CHECK(messages("[[placement.dies]]\nname = \"a\"\nsize = [\"2 mm\", \"1 mm\"]\non = \"a\"\n")
            .find("stands on itself") != std::string::npos);
}
