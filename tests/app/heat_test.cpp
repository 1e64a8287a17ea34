// heat as a user runs it: the keys of the JSON, statuses, files, and every bad input.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>

#include "support/golden.h"
#include "support/program_files.h"

using namespace marquetry;
using nlohmann::json;
using test::Files;
using test::run_program;

namespace {

json heated(const std::string& arguments, int status = 0) {
  const auto ran = run_program("heat " + arguments + " --json");
  INFO(arguments << "\n" << ran.out << ran.err);
  REQUIRE(ran.status == status);
  return json::parse(ran.out);
}

// HotSpot's die and interface, 8 mm wide, of two units.
struct Hotspot : Files {
  std::string config{add("a.config",
                         "-grid_rows 16\n-grid_cols 16\n-ambient 318.15\n-init_temp 318.15\n"
                         "-sampling_intvl 0.01\n")};
  std::string flp{add("a.flp", "left 0.004 0.008 0 0\nright 0.004 0.008 0.004 0\n")};
  std::string ptrace{add("a.ptrace", "left right\n30 0\n10 20\n")};
  std::string arguments{"--hotspot " + config + " -f " + flp + " -p " + ptrace};
};

// A slab of one layer under a uniform source, cooled from above: closed form.
constexpr auto slab =
    "material SI :\n thermal conductivity 1e-4 ;\n volumetric heat capacity 1.6e-12 ;\n"
    "top heat sink :\n heat transfer coefficient 1e-8 ;\n temperature 300 ;\n"
    "dimensions :\n chip length 10000, width 5000 ;\n cell length 1000, width 500 ;\n"
    "die D :\n layer 500 SI ;\n source 100 SI ;\n"
    "stack:\n die ONE D floorplan \"u.flp\" ;\n"
    "solver:\n steady ;\n initial temperature 300 ;\n";

TEST_CASE("heat of HotSpot's files prints blocks, peak, mean, model and run under their keys") {
  const Hotspot files;
  const auto out = heated(files.arguments + " --model hotspot7");
  CHECK(out["model"] == "hotspot7");
  CHECK(out["power_w"].get<double>() == Approx(30));
  CHECK(out["ambient_c"].get<double>() == Approx(45));
  const double left = out["blocks_c"]["left"], right = out["blocks_c"]["right"];
  CHECK(out["blocks_c"].size() == 2);
  CHECK(left > right);
  CHECK(right > 45);
  CHECK(out["peak_c"].get<double>() >= left);
  CHECK(out["mean_c"].get<double>() < left);
  CHECK(out["mean_c"].get<double>() > right);
  CHECK(out["layers"].size() == 4);
  CHECK(out["layers"][0]["name"] == "silicon");
  CHECK(out["layers"][3]["name"] == "sink");
  CHECK(out["layers"][0]["blocks"][0]["name"] == "left");
  CHECK(out["hot_spot"]["block"] == "left");
  CHECK(out["grid"]["columns"] == 16);
  CHECK(out["accuracy"]["state"] == "solved");
  CHECK(out["accuracy"]["bound_k"].get<double>() <= 1e-4);
  CHECK(out["accuracy"]["imbalance"].get<double>() < 1e-6);
  CHECK(out["violations"].empty());
  CHECK(out["run"].contains("seconds"));
  CHECK_FALSE(out.contains("transient"));
  // The same bytes again but for the time.
  auto again = heated(files.arguments + " --model hotspot7");
  again["run"] = out["run"];
  CHECK(again == out);
}

TEST_CASE("heat says what the other model makes of it, and why") {
  const Hotspot files;
  const auto out = heated(files.arguments + " --compare");
  CHECK(out["model"] == "physical");
  CHECK(out["other_model"]["model"] == "hotspot7");
  CHECK(out["other_model"]["this_model_peak_c"].get<double>() ==
        Approx(out["peak_c"].get<double>()).margin(0.05));
  CHECK(out["other_model"]["why"].get<std::string>().size() > 20);
  const auto other = heated(files.arguments + " --model hotspot7");
  CHECK(out["other_model"]["peak_c"].get<double>() == Approx(other["peak_c"].get<double>()).margin(0.05));
}

TEST_CASE("heat follows a trace, and its blocks over time are a table") {
  const Hotspot files;
  const auto out = heated(files.arguments + " --transient --csv " + files.path("t.csv"));
  const auto& t = out["transient"];
  CHECK(t["state"] == "finished");
  CHECK(t["times_s"].size() == 2);
  CHECK(t["times_s"][1].get<double>() == Approx(0.02));
  CHECK(t["names"] == json{"left", "right"});
  REQUIRE(t["blocks_c"].size() == 2);
  CHECK(t["blocks_c"][0][0].get<double>() > t["blocks_c"][0][1].get<double>());
  CHECK(t["peak_c"].get<double>() >= t["blocks_c"][0][0].get<double>());
  // What is put in is stored or has left.
  CHECK(t["stored_j"].get<double>() + t["lost_j"].get<double>() ==
        Approx(t["supplied_j"].get<double>()).epsilon(1e-3));
  const auto table = files.text("t.csv");
  CHECK(table.starts_with("time_s,left,right\n"));
  CHECK(std::ranges::count(table, '\n') == 3);
}

TEST_CASE("heat of a slab has its closed form, and writes maps of it") {
  const Files files;
  files.add("u.flp", "All :\n position 0, 0 ;\n dimension 10000, 5000 ;\n power values 5.0 ;\n");
  const auto stack = files.add("a.stk", slab);
  const auto out = heated("--stack " + stack + " --svg " + files.path("a.svg") + " --map " +
                          files.path("m.csv") + " --csv " + files.path("b.csv") + " --tolerance 1e-6");
  // 5 W over 0.5 cm2: 1e5 W/m2; through 1e4 W/(m2 K), 500 um and half of 100 um of 100 W/(m K).
  const double rise = 1e5 * (1 / 1e4 + 550e-6 / 100);
  CHECK(out["blocks_c"]["All"].get<double>() == Approx(26.85 + rise).margin(1e-5));
  CHECK(out["peak_c"].get<double>() == Approx(26.85 + rise).margin(1e-5));
  const auto svg = files.text("a.svg");
  CHECK(svg.find("ONE: ") != std::string::npos);
  CHECK(svg.find(">All</text>") != std::string::npos);
  CHECK(svg.find("degC") != std::string::npos);
  const auto map = files.text("m.csv");
  CHECK(std::ranges::count(map, '\n') == 10);
  CHECK(std::ranges::count(map, ',') == 90);
  CHECK(files.text("b.csv").find("All,ONE,5,37.4000,37.4000\n") != std::string::npos);
  const auto all = files.run("heat --stack " + stack + " --show all --svg " + files.path("all.svg"));
  CHECK(all.status == 0);
  CHECK(files.text("all.svg").find("id=\"panel-1\"") != std::string::npos);
  CHECK(all.out.find("no temperature is further than") != std::string::npos);
}

TEST_CASE("heat names limits that are broken, with status 3") {
  const Hotspot files;
  const auto cool = heated(files.arguments + " --limit 105");
  CHECK(cool["violations"].empty());
  CHECK(cool["layers"][0]["blocks"][0]["limit_c"].get<double>() == Approx(105));
  const auto hot = heated(files.arguments + " --limit 50", 3);
  REQUIRE(hot["violations"].size() == 2);
  CHECK(hot["violations"][0]["block"] == "left");
  CHECK(hot["violations"][0]["kind"] == "limit");
  CHECK(hot["violations"][0]["excess_k"].get<double>() > 0);
  const auto ran = files.run("heat " + files.arguments + " --limit 50");
  CHECK(ran.status == 3);
  CHECK(ran.out.find("beyond its limit: left has ") != std::string::npos);
}

TEST_CASE("heat of a design says what its cooling cannot take, and names its dies") {
  const Files files;
  const auto design =
      files.add("small.toml",
                "format = 1\nname = \"small\"\nvolume = 10_000\npackaging = \"organic-mcm\"\n"
                "cooling = \"immersion-two-phase\"\ntest = \"standard\"\n[dies.core]\nnode = \"tsmc-n7\"\n"
                "clock = \"1.0 GHz\"\narea = \"100 mm2\"\npower = \"30 W\"\n");
  const auto hot = heated(design + " --grid 32x32", 3);
  REQUIRE(hot["violations"].size() == 1);
  CHECK(hot["violations"][0]["kind"] == "heat flux");
  CHECK(hot["violations"][0]["limit_w_per_cm2"].get<double>() == Approx(15));
  CHECK(hot["violations"][0]["flux_w_per_cm2"].get<double>() > 30);
  CHECK(files.run("heat " + design + " --grid 32x32").out.find("the cooling takes 15 W/cm2") !=
        std::string::npos);
}

TEST_CASE("heat tells what a watt in each block does to the peak") {
  const Hotspot files;
  const auto out = heated(files.arguments + " --gradient");
  const double slope = out["gradient"]["blocks"]["left"]["k_per_w"];
  CHECK(slope > out["gradient"]["blocks"]["right"]["k_per_w"].get<double>());
  // One watt more in both steps; the smooth peak and the hottest cell move alike.
  files.add("more.ptrace", "left right\n31 0\n11 20\n");
  const auto more =
      heated("--hotspot " + files.config + " -f " + files.flp + " -p " + files.path("more.ptrace"));
  CHECK(more["peak_c"].get<double>() - out["peak_c"].get<double>() == Approx(slope).epsilon(0.03));
  CHECK(out["gradient"]["ambient_k_per_k"].get<double>() == Approx(1).epsilon(1e-6));
}

TEST_CASE("heat lists by size what turns the peak: watts, moves, and a hundredth of each part") {
  const Hotspot files;
  const auto out = heated(files.arguments + " --gradient");
  double before = std::numeric_limits<double>::infinity();
  REQUIRE_FALSE(out["gradient"]["k_per_percent"].empty());
  bool cooling = false;
  for (const auto& part : out["gradient"]["k_per_percent"]) {
    CHECK(std::abs(part["k"].get<double>()) <= before);
    before = std::abs(part["k"].get<double>());
    cooling = cooling || (part["name"] == "resistance of the cooling" && part["k"].get<double>() > 0);
  }
  CHECK(cooling);
  const auto text = files.run("heat " + files.arguments + " --gradient").out;
  CHECK(text.find("a watt more in") < text.find("a hundredth more of"));
}

TEST_CASE("heat refuses what it cannot do, says where, and ends with 2") {
  const Hotspot files;
  const auto refused = [&](const std::string& arguments, const std::string& says) {
    const auto ran = files.run("heat " + arguments);
    INFO(arguments << "\n" << ran.out << ran.err);
    CHECK(ran.status == 2);
    CHECK(ran.err.find(says) != std::string::npos);
    CHECK(ran.out.empty());
  };
  refused("", "marquetry heat: error: nothing to heat");
  refused(files.arguments + " --stack x.stk", "give one thing to heat, not several");
  refused("--stack x.stk -p y", "--powers: error: belongs to --hotspot");
  refused("--hotspot " + files.config + " -p " + files.ptrace,
          "a.config: error: neither a floorplan nor layers");
  refused("--hotspot " + files.config + " -f " + files.flp, "a.config: error: no powers are given");
  refused("--hotspot nowhere.config", "nowhere.config");
  refused(files.arguments + " --grid 64", "--grid: error: '64' is no grid");
  refused(files.arguments + " --grid 0x4", "--grid: error:");
  refused(files.arguments + " --tolerance 0", "--tolerance: error: must lie between");
  refused(files.arguments + " --show silicom --svg x.svg", "--show: error: no layer 'silicom'");
  refused(files.arguments + " --show silicom --svg x.svg", "did you mean 'silicon'?");
  refused(files.arguments + " --gradient --model hotspot7", "--gradient: error:");
  refused(files.arguments + " --limit -300", "--limit: error: -300 degC is no temperature");
  refused(files.arguments + " --svg /nowhere/at/all.svg", "/nowhere/at/all.svg");
  const auto overlap = files.add("o.flp", "left 0.005 0.008 0 0\nright 0.004 0.008 0.004 0\n");
  refused("--hotspot " + files.config + " -f " + overlap + " -p " + files.ptrace,
          "o.flp:2:1: error: layer 'silicon': block 'right' overlaps block 'left'");
  const auto gap = files.add("g.flp", "left 0.002 0.008 0 0\nright 0.004 0.008 0.004 0\n");
  refused("--hotspot " + files.config + " -f " + gap + " -p " + files.ptrace, "leave a gap");
  const auto json_out = files.run("heat --case " + files.add("c.json", "{\"layers\": 3") + " --json");
  CHECK(json_out.status == 2);
  CHECK(json::parse(json_out.out)["error"]["id"] == "MQY-0201");
}

TEST_CASE("heat of a stack that nothing cools is refused") {
  const Files files;
  const auto none = files.run("heat --stack " + files.add("n.stk", "die D :\n source 1 X ;\n"));
  CHECK(none.status == 2);
  CHECK(none.err.find("no heat sink: nothing takes the heat away") != std::string::npos);
}

// One resistance of 0.25 K/W under 200 W, and what leaks at 85 degC.
std::string leaking(const std::string& watts) {
  return R"({"schema": "thermal-golden/1", "name": "an_leakage_fixed_point", "problem": "lumped", "params":
 {"R": 0.25, "Pd": 200.0, "P0": )" +
         watts + R"(, "b": 0.017, "T0": 358.15, "Ta": 318.15}, "exact": {}})";
}

TEST_CASE("heat of a stack that leaks says how far off runaway is") {
  const Files files;
  const auto out = heated("--case " + files.add("l.json", leaking("40.0")));
  // T = Ta + R Pd - W0(-u) / b, u = R P0 b exp(b (Ta + R Pd - T0)) = 0.2015: loop gain 0.2618.
  CHECK(out["peak_c"].get<double>() == Approx(110.400367).margin(1e-4));
  CHECK(out["leakage_w"].get<double>() == Approx(61.601467).epsilon(1e-5));
  CHECK(out["runaway"]["loop_gain"].get<double>() == Approx(0.261806).epsilon(1e-4));
  // At runaway u = 1 / e.
  CHECK(out["runaway"]["leakage_factor"]["last_stable"].get<double>() ==
        Approx(1 / (std::exp(1.0) * 0.2015018)).epsilon(1e-3));
}

TEST_CASE("thermal runaway is told as such, with what would be stable, and ends with 3") {
  const Files files;
  const auto file = files.add("l.json", leaking("120.0"));
  const auto out = heated("--case " + file, 3);
  CHECK(out["peak_c"].is_null());
  CHECK(out["violations"][0]["kind"] == "thermal runaway");
  CHECK(out["violations"][0]["block"] == "T");
  CHECK(out["accuracy"]["state"] == "thermal runaway");
  const double stable = out["runaway"]["power_factor"]["last_stable"];
  // 1 = e R P0 b exp(b (Ta + R P - T0)) at the last stable power P.
  const double last = (40 - std::log(std::exp(1.0) * 0.25 * 120 * 0.017) / 0.017) / 0.25;
  CHECK(200 * stable == Approx(last).epsilon(5e-3));
  const auto ran = files.run("heat --case " + file);
  CHECK(ran.status == 3);
  CHECK(ran.out.find("thermal runaway: leakage grows faster than heat leaves, most of all in T") !=
        std::string::npos);
  CHECK(ran.out.find("less than now") != std::string::npos);
}

TEST_CASE("export hotspot writes files that heat reads to the same temperatures") {
  const Files files;
  files.add("u.flp", "A :\n position 0, 0 ;\n dimension 4000, 5000 ;\n power values 5.0 ;\n");
  const auto stack = files.add("a.stk", slab);
  const auto ran = files.run("export hotspot --stack " + stack + " -o " + files.path("out.config"));
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  for (const auto* name : {"out.config", "out.lcf", "out.ptrace", "out.materials", "out.0.flp", "out.1.flp"})
    CHECK(std::filesystem::exists(files.path(name)));
  const auto before = heated("--stack " + stack), after = heated("--hotspot " + files.path("out.config"));
  CHECK(after["peak_c"].get<double>() == Approx(before["peak_c"].get<double>()).margin(0.02));
  CHECK(after["blocks_c"]["A"].get<double>() == Approx(before["blocks_c"]["A"].get<double>()).margin(0.02));
  const auto wrong = files.run("export hotspot --topology mesh --size 4x4 -o x");
  CHECK(wrong.status == 2);
  CHECK(wrong.err.find("nothing to heat") != std::string::npos);
}

TEST_CASE("HotSpot's own example has the golden temperatures, where the golden case is the same") {
  const auto samples = test::sample_folder("hotspot");
  const auto golden = test::golden_folder("thermal");
  if (!samples || !golden) return test::skip("no samples or no golden cases");
  int compared = 0;
  for (const auto& index : test::golden_indices(*golden))
    for (const auto& one : index.cases) {
      std::ifstream in{one.file};
      const auto want = json::parse(in);
      if (!want.contains("results_hotspot7") || want.contains("dt")) continue;
      const auto& layers = want.at("layers");
      // Die and interface of the example, other silicon than in its file: a configuration of ours.
      if (layers.size() != 2 || layers[0].at("blocks").size() != 30 || want.at("detailed_3D").get<bool>())
        continue;
      const Files files;
      std::ostringstream config;
      config.precision(17);
      config << "-model_type grid\n-grid_map_mode avg\n-grid_rows " << want.at("grid")[0] << "\n-grid_cols "
             << want.at("grid")[1] << "\n-ambient " << want.at("ambient") << "\n-t_chip "
             << layers[0].at("thickness") << "\n-k_chip " << layers[0].at("k") << "\n-t_interface "
             << layers[1].at("thickness") << "\n-k_interface " << layers[1].at("k") << "\n-s_sink "
             << want.at("package").at("s_sink") << "\n-t_sink " << want.at("package").at("t_sink")
             << "\n-k_sink " << want.at("package").at("k_sink") << "\n-s_spreader "
             << want.at("package").at("s_spreader") << "\n-t_spreader " << want.at("package").at("t_spreader")
             << "\n-k_spreader " << want.at("package").at("k_spreader") << "\n-r_convec "
             << want.at("package").at("r_convec") << "\n";
      const auto out = heated("--hotspot " + files.add("a.config", config.str()) + " -f " +
                              (*samples / "example1/ev6.flp").generic_string() + " -p " +
                              (*samples / "example1/gcc.ptrace").generic_string() + " --model hotspot7");
      INFO(one.name);
      for (const auto& [name, kelvin] : want.at("results_hotspot7").at("block_T_K")[0].items())
        CHECK(out.at("blocks_c").at(name).get<double>() + 273.15 ==
              Approx(kelvin.get<double>()).margin(1e-3).epsilon(0));
      ++compared;
    }
  CHECK(compared > 0);
}

}  // namespace

TEST_CASE(
    "heat: a case whose blocks leave a gap is computed, with a warning; over time it needs capacities") {
  const Files files;
  const std::string text = R"({"schema": "thermal-golden/1", "name": "gap", "ambient": 318.15,
 "chip": {"width": 0.01, "height": 0.01},
 "package": {"t_sink": 0.0069, "s_sink": 0.06, "t_spreader": 0.001, "s_spreader": 0.03, "k_sink": 400,
             "k_spreader": 400, "r_convec": 0.1},
 "layers": [{"name": "die", "thickness": 0.00015, "k": 100, "power": true, "blocks": [
    {"name": "left", "x": 0, "y": 0, "w": 0.005, "h": 0.01, "power": 10}]}],
 "grid": [8, 8], "detailed_3D": true})";
  const auto file = files.add("gap.json", text);
  const auto with_trace = text.substr(0, text.size() - 1) + R"(, "dt": 1, "trace_scale": [1, 0]})";
  const auto ran = files.run("heat --case " + file);
  CHECK(ran.status == 0);
  CHECK(ran.err.find("gap.json:5:13: warning: layer 'die': its blocks cover 50 % of the footprint") !=
        std::string::npos);
  const auto over_time = files.add("still.json", with_trace);
  const auto refused = files.run("heat --transient --case " + over_time);
  CHECK(refused.status == 2);
  CHECK(refused.err.find("still.json:5:13: error: layer 'die' has no heat capacity") != std::string::npos);
}
