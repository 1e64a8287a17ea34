// place as a user runs it: the keys of its JSON, statuses, the same bytes again, and every bad input.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "support/program_files.h"

using namespace marquetry;
using nlohmann::json;
using test::run_program;

namespace {

constexpr auto package =
    R"({"name": "pair", "unit": "mm", "interposer": {"w": 30, "h": 24}, "edge_margin_mm": 0.5,
 "min_gap_mm": 0.1, "dies": [
 {"name": "cpu", "w": 10, "h": 10, "power_W": 50, "ubump_ring_mm": 0.09, "clump_capacity_wires": {"left_right": 400, "top_bottom": 400}},
 {"name": "ram", "w": 8, "h": 4, "power_W": 5, "ubump_ring_mm": 0.09, "clump_capacity_wires": {"left_right": 300, "top_bottom": 300}}],
 "links": [{"a": 0, "b": 1, "wires": 100}]})";

constexpr auto floorplan = R"({"name": "four", "unit": "um", "kind": "hard", "blocks": [
 {"name": "a", "w": 30, "h": 20}, {"name": "b", "w": 20, "h": 20}, {"name": "c", "w": 25, "h": 10}, {"name": "d", "w": 25, "h": 10}],
 "terminals": [{"name": "p", "x": 50, "y": 0}], "terminal_frame": {"w": 50, "h": 50},
 "nets": [["a", "b"], ["c", "d", "p"]]})";

struct Case : test::Files {
  std::string file{};
  explicit Case(const std::string& text, const std::string& name = "case.json") : file{add(name, text)} {}

  test::Ran place(const std::string& options) const {
    return run((file.ends_with(".json") ? "place --case " : "place ") + file + " " + options);
  }
};

// The rectangles of a result, in um.
struct Box {
  double x{}, y{}, w{}, h{};
};
std::vector<Box> boxes(const json& result) {
  std::vector<Box> out;
  for (const auto& p : result["placements"])
    out.push_back(
        {p["x_um"].get<double>(), p["y_um"].get<double>(), p["w_um"].get<double>(), p["h_um"].get<double>()});
  return out;
}

std::string placement(const std::string& rules, const std::string& dies) {
  return "format = 1\nname = \"test\"\n[placement]\n" + rules + dies;
}
std::string die(const std::string& name, const std::string& width, const std::string& height,
                const std::string& more = {}) {
  return "[[die]]\nname = \"" + name + "\"\nwidth = \"" + width + "\"\nheight = \"" + height + "\"\n" + more;
}

}  // namespace

TEST_CASE("a package is placed legally, and its JSON has every key of the contract") {
  const Case pair{package};
  const auto ran = pair.place("--steps 20000 --json");
  INFO(ran.err);
  CHECK(ran.status == 0);
  const auto result = json::parse(ran.out);
  for (const auto* key :
       {"legal", "violations", "placements", "hpwl_um", "tap_wire_mm", "centre_wire_mm", "bbox_um",
        "dead_space", "bound", "gap", "peak_c", "peak_bound_k", "peak_estimate_c", "run"}) {
    INFO(key);
    CHECK(result.contains(key));
  }
  CHECK(result["legal"] == true);
  CHECK(result["violations"].empty());
  CHECK(result["hpwl_um"].is_null());  // there are no nets
  const auto dies = boxes(result);
  REQUIRE(dies.size() == 2);
  const auto& [cpu, ram] = std::pair{dies[0], dies[1]};
  CHECK(cpu.w == 10'000);
  CHECK(std::min(ram.w, ram.h) == 4'000);
  // Rings of 0.09 mm, a gap of 0.1 mm between them.
  const double apart = std::max(std::max(ram.x - (cpu.x + cpu.w), cpu.x - (ram.x + ram.w)),
                                std::max(ram.y - (cpu.y + cpu.h), cpu.y - (ram.y + ram.h)));
  CHECK(apart >= 280 - 1e-6);
  for (const auto& b : dies) {
    CHECK(b.x >= 500);
    CHECK(b.y >= 500);
    CHECK(b.x + b.w <= 30'000 - 500);
    CHECK(b.y + b.h <= 24'000 - 500);
  }
  // 200 wires, centre to centre.
  const double distance =
      std::abs(cpu.x + cpu.w / 2 - ram.x - ram.w / 2) + std::abs(cpu.y + cpu.h / 2 - ram.y - ram.h / 2);
  CHECK(result["centre_wire_mm"].get<double>() == Approx(200 * distance / 1e3));
  CHECK(result["tap_wire_mm"].get<double>() > 0);
  CHECK(result["bound"].get<double>() <= result["objective"].get<double>() * (1 + 1e-9));
}

TEST_CASE("a floorplan: its setting decides outline and terminals, hpwl is in um") {
  const Case four{floorplan};
  // The area is 30*20 + 20*20 + 2*25*10 = 1500 um2.
  const auto native = json::parse(four.place("--setting native --steps 50000 --json").out);
  CHECK(native["legal"] == true);
  CHECK(native["carrier"]["w_um"] == 50);
  const auto free = json::parse(four.place("--objective area --steps 50000 --json").out);
  CHECK(free["run"]["setting"] == "free");
  CHECK(free["legal"] == true);
  const double box = free["bbox_um"][0].get<double>() * free["bbox_um"][1].get<double>();
  CHECK(box == Approx(1500));  // 50 x 30: the four make a rectangle
  CHECK(free["dead_space"].get<double>() == Approx(0).margin(1e-9));
  double wire = 0;
  const auto at = boxes(native);
  const auto centre = [&](std::size_t i) { return std::pair{at[i].x + at[i].w / 2, at[i].y + at[i].h / 2}; };
  const auto half = [](std::initializer_list<std::pair<double, double>> points) {
    double l = 1e9, r = -1e9, b = 1e9, t = -1e9;
    for (const auto& [x, y] : points) {
      l = std::min(l, x);
      r = std::max(r, x);
      b = std::min(b, y);
      t = std::max(t, y);
    }
    return r - l + t - b;
  };
  wire = half({centre(0), centre(1)}) + half({centre(2), centre(3), {50, 0}});
  CHECK(native["hpwl_um"].get<double>() == Approx(wire));
}

TEST_CASE("steps repeat byte for byte, for any number of threads") {
  const Case pair{package};
  const auto first = pair.place("--steps 8000 --seed 7 --json --threads 1");
  CHECK(first.status == 0);
  CHECK(pair.place("--steps 8000 --seed 7 --json --threads 2").out == first.out);
  CHECK(first.out.find("seconds") == std::string::npos);
  CHECK(json::parse(first.out)["run"]["seed"] == 7);
  const auto timed = json::parse(pair.place("--time 0.2 --json").out);
  CHECK(timed["run"]["time"] == 0.2);
  CHECK(timed["run"]["moves_per_second"].get<double>() > 0);
}

TEST_CASE("the text has a sketch, the places and the figures; the picture all names") {
  const Case pair{package};
  const auto svg = pair.path("pair.svg");
  const auto ran = pair.place("--steps 5000 --svg " + svg);
  CHECK(ran.status == 0);
  for (const auto* words : {"pair: 2 dies on 30 x 24 mm\n  legal", "lower-left corners, as turned", "cpu",
                            "ram", "wire, bump clump to bump clump", "no layout is below"}) {
    INFO(words);
    CHECK(ran.out.find(words) != std::string::npos);
  }
  const auto picture = test::text_of(svg);
  CHECK(picture.starts_with("<?xml"));
  CHECK(picture.ends_with("</svg>\n"));
  for (const auto* part :
       {">cpu</text>", ">ram</text>", "id=\"heat\"", "id=\"legend\"", "id=\"scale\"", "bump ring"}) {
    INFO(part);
    CHECK(picture.find(part) != std::string::npos);
  }
}

TEST_CASE("dies that cannot fit: what binds and by how much, status 3, nothing placed") {
  const Case small{test::replaced(package, "\"w\": 30, \"h\": 24", "\"w\": 10.5, \"h\": 24")};
  const auto ran = small.place("--json");
  CHECK(ran.status == 3);
  const auto result = json::parse(ran.out);
  CHECK(result["legal"] == false);
  CHECK(result["placements"].empty());
  REQUIRE(result["violations"].size() == 1);
  CHECK(result["violations"][0]["rule"] == "carrier");
  CHECK(result["violations"][0]["message"] ==
        "die 'cpu' of 10 mm x 10 mm with its ring of 0.09 mm does not fit the carrier of 10.5 mm x 24 mm, "
        "0.41 mm inside "
        "its edge: it is 0.5 mm too long");
  CHECK(result["violations"][0]["amount"] == 500'000);
  const auto text = small.place("");
  CHECK(text.status == 3);
  CHECK(text.out.find("CANNOT be placed") != std::string::npos);
  CHECK(text.out.find("hint: make the carrier 0.5 mm larger") != std::string::npos);
}

TEST_CASE("contradictory alignments are named before any search") {
  const Case both{placement("alignments = [{ dies = [\"a\", \"b\"], line = \"left\" }]\n"
                            "fixed = [{ die = \"a\", x = \"0 mm\", y = \"0 mm\" }, { die = \"b\", x = \"3 "
                            "mm\", y = \"5 mm\" }]\n",
                            die("a", "2 mm", "2 mm") + die("b", "2 mm", "2 mm")),
                  "both.toml"};
  const auto ran = both.place("");
  INFO(ran.err);
  CHECK(ran.status == 3);
  CHECK(ran.out.find("these rules contradict each other, 3 mm apart in x: the alignment of 'a' and 'b' "
                     "(left); the fixed "
                     "place of 'a'; the fixed place of 'b'") != std::string::npos);
}

TEST_CASE("links without PHYs, or dies without clumps, are named where they are asked for") {
  const Case links{placement("", die("a", "2 mm", "2 mm") + die("b", "2 mm", "2 mm") +
                                     "[[link]]\nname = \"a-b\"\na = \"a\"\nb = \"b\"\nwires = 10\n"),
                   "links.toml"};
  auto ran = links.place("--metric phys");
  CHECK(ran.status == 2);
  CHECK(ran.err.find("--metric: error: 1 of 1 links have no PHYs: 'a-b'") != std::string::npos);
  ran = links.place("--metric transport");
  CHECK(ran.status == 2);
  CHECK(ran.err.find("these dies have links, but no bump clumps: 'a', 'b'") != std::string::npos);
  ran = links.place("--front");
  CHECK(ran.status == 2);
  CHECK(ran.err.find("no die has a power") != std::string::npos);
  CHECK(links.place("--steps 2000").status == 0);

  const Case some{placement("", die("a", "2 mm", "2 mm") + die("b", "2 mm", "2 mm") +
                                    "[[link]]\nname = \"one\"\na = \"a\"\nb = \"b\"\nwires = 10\n"
                                    "phy = { modules = 1, width = \"1 mm\", depth = \"1 mm\" }\n"
                                    "[[link]]\nname = \"two\"\na = \"a\"\nb = \"b\"\nwires = 10\n"),
                  "some.toml"};
  ran = some.place("--steps 100");
  CHECK(ran.status == 2);
  CHECK(ran.err.find("link 'two' between 'a' and 'b' has no PHY, though others have") != std::string::npos);
}

TEST_CASE("bad cases are refused with their place") {
  const auto refused = [](const std::string& text, const std::string& words,
                          const std::string& name = "case.json") {
    const auto ran = Case{text, name}.place("--steps 100 --json");
    INFO(ran.err);
    CHECK(ran.status == 2);
    CHECK(ran.err.find(words) != std::string::npos);
    CHECK(json::parse(ran.out).contains("error"));
  };
  refused(std::string{package}.substr(0, 300), "case.json:");
  refused("", "case.json");
  refused("[1, 2]", "case.json");
  refused(test::replaced(package, "\"w\": 8", "\"w\": 0"), "case.json:4:");
  refused(test::replaced(package, "\"w\": 8", "\"w\": -8"), "must lie between 0");
  refused(test::replaced(package, "\"w\": 8", "\"w\": NaN"), "case.json:4:");
  refused(test::replaced(package, "\"b\": 1", "\"b\": 7"), "a die must be named by its index, from 0 to 1");
  refused(test::replaced(floorplan, "[\"a\", \"b\"]", "[\"a\", \"bb\"]"), "no block or terminal 'bb'");
  refused(R"({"name": "x", "blocks": []})", "the case has no blocks");
  refused(placement("", die("a", "0 mm", "2 mm")), "place.toml:6:9: error: die 'a': 'width' is zero",
          "place.toml");
  refused(placement("", die("a", "-1 mm", "2 mm")), "'width' is \"-1 mm\", but it must not be negative",
          "place.toml");
  refused(placement("", die("a", "1 mm", "2 mm") + "[[net]]\npins = [\"a\", \"z\"]\n"),
          "there is no die or terminal 'z'", "place.toml");
}

TEST_CASE("a design has prices, so that it can be placed by cost; a case has none") {
  const auto cheap =
      json::parse(run_program("place designs/h200.toml --steps 20000 --objective cost --json").out);
  REQUIRE(cheap["cost_usd"].is_number());
  CHECK(cheap["cost_usd"].get<double>() > 0);
  CHECK(cheap["minimised"] == "cost in USD");
  CHECK(cheap["objective"].get<double>() == Approx(cheap["cost_usd"].get<double>()));
  const auto ran = run_program("place designs/gpu-pair.toml --objective cost");
  CHECK(ran.status == 2);
  CHECK(ran.err.find("--objective: error: there are no prices in this file") != std::string::npos);
}

TEST_CASE("wrong options are refused") {
  const Case pair{package};
  const auto refused = [&](const std::string& options, const std::string& words) {
    const auto ran = pair.place(options);
    INFO(ran.err);
    CHECK(ran.status == 2);
    CHECK(ran.err.find(words) != std::string::npos);
  };
  refused("--time 0", "--time: error: must be above 0, in seconds");
  refused("--steps 0", "--steps: error: must be 1 or more");
  refused("--area-weight -1", "--area-weight: error: must be 0 or more");
  refused("--metric bumps", "'bumps'");
  refused("designs/h200.toml", "give a DESIGN or --case FILE.json, not both");
  const auto nothing = run_program("place");
  CHECK(nothing.status == 2);
  CHECK(nothing.err.find("nothing to place: give a DESIGN, or --case FILE.json") != std::string::npos);
}

TEST_CASE("ten thousand blocks end within their time, with what was found") {
  std::ostringstream text;
  text << R"({"name": "many", "unit": "um", "kind": "hard", "blocks": [)";
  for (int i = 0; i < 10'000; ++i)
    text << (i > 0 ? "," : "") << R"({"name": "b)" << i << R"(", "w": )" << 5 + i % 37 << R"(, "h": )"
         << 4 + i % 23 << "}";
  text << R"(], "nets": []})";
  const auto ran = Case{text.str()}.place("--setting free --time 0.2 --json");
  INFO(ran.err);
  CHECK((ran.status == 0 || ran.status == 3));
  const auto result = json::parse(ran.out);
  CHECK(result["placements"].size() == 10'000);
  CHECK(result["legal"] == (ran.status == 0));
}

TEST_CASE("other commands say which one a placement document is for") {
  const auto ran = run_program("evaluate designs/gpu-pair.toml");
  CHECK(ran.status == 2);
  CHECK(ran.err.find("[placement] is a set of dies to place, which has no figures to evaluate\n") !=
        std::string::npos);
  CHECK(ran.err.find("hint: use 'marquetry place'") != std::string::npos);
  CHECK(run_program("explore designs/gpu-pair.toml").err.find("hint: use 'marquetry place'") !=
        std::string::npos);
  CHECK(run_program("check designs/gpu-pair.toml").out ==
        "designs/gpu-pair.toml: good: a set of dies to place\n");
}

TEST_CASE("an interrupted search keeps what it has, with status 1") {
  const Case four{floorplan};
  const auto file = four.path("out.json");
  // On a busy machine it takes a while until the program listens.
  const auto ran = run_program(
      "place --case " + four.file + " --setting native --time 30 --json >" + file +
      " & for i in 1 2 3 4 5 6; do sleep 0.5; kill -INT $! 2>/dev/null; done; wait $!; echo status $?");
  CHECK(ran.out == "status 1\n");
  const auto result = json::parse(test::text_of(file));
  CHECK(result["run"]["interrupted"] == true);
  CHECK(result["placements"].size() == 4);
  CHECK(result["legal"] == true);
}
