#include <catch2/catch.hpp>

#include "config/parse.h"
#include "layout/rules_file.h"

namespace marquetry::layout {
namespace {

Problem four_dies() {
  Problem problem;
  for (std::size_t i = 0; i < 3; ++i) {
    problem.dies.push_back({.name = instance_name("hbm", i, 3), .size = {1000, 2000}, .kind = 1});
  }
  problem.dies.push_back({.name = "gpu", .size = {5000, 5000}});
  return problem;
}

// The rules of that text; complaints as a reader sees them.
struct Read {
  Problem problem{four_dies()};
  std::string complaints{};

  explicit Read(const std::string& text) {
    Diagnostics diagnostics;
    const auto root = parse_text(text, "rules.toml", diagnostics);
    REQUIRE(root);
    Reader reader{*root, "layout", diagnostics};
    read_rules(reader, names_of(problem), problem);
    reader.reject_unknown_keys();
    complaints = render_all(diagnostics);
  }
};

TEST_CASE("a name means a die, or all dies of its type") {
  const auto problem = four_dies();
  const auto dies = names_of(problem);
  CHECK(dies("gpu") == std::vector<std::size_t>{3});
  CHECK(dies("hbm") == std::vector<std::size_t>{0, 1, 2});
  CHECK(dies("hbm[1]") == std::vector<std::size_t>{1});
  CHECK(dies("hb").empty());
}

TEST_CASE("every rule can be written down") {
  const Read read{R"(
gap = "0.1 mm"
edge = "0.5 mm"
carrier = { width = "40 mm", height = "30 mm" }
largest_area = "1700 mm2"
least_aspect = 0.5
largest_aspect = 2
least_utilisation = 0.7
stitch_x = ["20 mm"]
field = { width = "26 mm", height = "33 mm" }
package = { width = "60 mm", height = "50 mm" }
package_edge = "5 mm"
gaps = [{ between = ["hbm", "gpu"], gap = "0.3 mm" }]
fixed = [{ die = "gpu", x = "3 mm", y = "4 mm", rotation = 90 }]
keep_outs = [{ name = "lid foot", x = "0 mm", y = "0 mm", width = "2 mm", height = "30 mm" }]
alignments = [{ dies = ["hbm[0]", "gpu"], line = "centre-y" }]
abutments = [{ first = "gpu", second = "hbm[1]", side = "left" }]
symmetries = [{ axis = "vertical", pairs = [["hbm[0]", "hbm[2]"]], alone = ["gpu"] }]
bridges = { least = { width = "4 mm", height = "4 mm" }, largest = { width = "8 mm", height = "12 mm" }, most = 4, under_die = "1 mm" }
bumps = { pitch = "45 um", power_share = 0.6, escape = "500 /mm" }
plate = { width = "60 mm", height = "50 mm", thickness = "3 mm", conductivity = "390 W/m/K", transfer = "4000 W/m2/K", contact = "20e-6 K*m2/W", background = "5 W" }
dies.hbm = { rotations = [0, 180], corner = "0.2 mm", temperature_limit = "95 degC" }
dies.gpu = { tsv_zones = [{ x = "1 mm", y = "1 mm", width = "1 mm", height = "2 mm" }], overhang = "0.5 mm" }
)"};
  CHECK(read.complaints.empty());
  const auto& p = read.problem;
  CHECK(p.gap == 100'000);
  CHECK(p.edge == 500'000);
  CHECK(p.carrier.fixed == Size{40'000'000, 30'000'000});
  CHECK(p.carrier.largest_area == Approx(1700e12));
  CHECK(p.carrier.stitch_x == std::vector<Nanometre>{20'000'000});
  CHECK(p.carrier.package == Size{60'000'000, 50'000'000});
  CHECK(gap_between(p, 3, 1) == 300'000);
  CHECK(gap_between(p, 0, 1) == 100'000);
  CHECK(p.dies[3].fixed == Placement{{3'000'000, 4'000'000}, Rotation::r90});
  CHECK(p.keep_outs.at(0).rect == Rect{{0, 0}, {2'000'000, 30'000'000}});
  CHECK(p.alignments.at(0).dies == std::vector<std::size_t>{0, 3});
  CHECK(p.alignments.at(0).line == Line::centre_y);
  CHECK(p.abutments.at(0).side == Side::left);
  CHECK(p.symmetries.at(0).vertical);
  CHECK(p.symmetries.at(0).pairs == std::vector<std::pair<std::size_t, std::size_t>>{{0, 2}});
  CHECK(p.bridges.largest == Size{8'000'000, 12'000'000});
  CHECK(p.bridges.most == 4);
  CHECK(p.bumps.pitch == 45'000);
  CHECK(p.plate->height == Approx(0.05));
  CHECK(p.plate->conductivity == Approx(390));
  CHECK(p.plate->transfer == Approx(4000));
  CHECK(p.plate->contact == Approx(2e-5));
  CHECK(p.plate->background == Approx(5));
  CHECK(p.bumps.escape_per_mm == Approx(500));
  CHECK(p.dies[2].rotations == 0b0101);
  CHECK(p.dies[0].temperature_limit == Approx(95));
  CHECK(p.dies[3].tsv_zones.at(0).width() == 1'000'000);
  CHECK(p.dies[3].overhang == 500'000);
}

TEST_CASE("what is wrong with a rule is said where it stands") {
  const auto [text, complaint] = GENERATE(table<std::string, std::string>({
      {"gaps = [{ between = [\"hbm\", \"cpu\"], gap = \"1 mm\" }]",
       "rules.toml:1:29: error: no die 'cpu' is placed"},
      {"fixed = [{ die = \"hbm\", x = \"1 mm\", y = \"1 mm\" }]", "there are 3 dies 'hbm'"},
      {"fixed = [{ die = \"gpu\", x = \"1 mm\", y = \"1 mm\", rotation = 45 }]",
       "'rotation' must be 0, 90, 180 or 270"},
      {"carrier = { width = \"0 mm\", height = \"1 mm\" }", "'carrier' has no width or no height"},
      {"carrier = { width = \"20 m\", height = \"1 mm\" }", "beyond any package"},
      {"alignments = [{ dies = [\"gpu\"], line = \"middle\" }]", "middle"},
      {"symmetries = [{ axis = \"vertical\", pairs = [[\"gpu\", \"gpu\"]] }]", "two single dies that differ"},
      {"abutments = [{ first = \"gpu\", second = \"gpu\", side = \"left\" }]", "needs two dies"},
      {"dies.gpu.rotations = [30]", "must be 0, 90, 180 or 270, not 30"},
      {"bumps.power_share = 1", "must be below 1"},
      {"gap = \"1 W\"", "must be a length"},
      {"plate = { width = \"0 mm\", height = \"1 mm\" }", "'width' must be above 0"},
      {"plate = { width = \"1 mm\", height = \"1 mm\" }", "missing key 'conductivity'"},
      {"gapp = \"1 mm\"", "did you mean 'gap'?"},
  }));
  INFO(text);
  CHECK_THAT(Read{text}.complaints, Catch::Contains(complaint));
}

}  // namespace
}  // namespace marquetry::layout
