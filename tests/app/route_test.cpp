// route as a user runs it: the keys of its JSON, the same bytes again, pictures, and every bad input.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "support/folder.h"
#include "support/program.h"

using namespace marquetry;
using nlohmann::json;
using test::run_program;
using test::text_of;

namespace {

json routed(const std::string& options) {
  const auto ran = run_program("route " + options + " --json");
  INFO(ran.err << ran.out);
  REQUIRE(ran.status == 0);
  auto out = json::parse(ran.out);
  out.erase("run");
  return out;
}

// A ring of five with links of one cycle: its shortest paths can deadlock.
constexpr auto ring = R"({"case": "ring", "network": {"topology": "anynet", "routing": "min",
 "router_of_node": [0, 1, 2, 3, 4],
 "links_a_b_latency_cycles": [[0, 1, 1], [1, 2, 1], [2, 3, 1], [3, 4, 1], [4, 0, 1]]}, "nodes": 5,
 "traffic": {"pattern": "uniform"}})";

}  // namespace

TEST_CASE("route: a mesh in dimension order carries all, its lowest shortest paths do not") {
  const auto order = routed("--topology mesh --size 4x4 --routing dimension-order");
  CHECK(order.at("throughput").at("channel_bound") == 1);
  CHECK(order.at("network").at("deadlock_free") == true);
  CHECK(order.at("latency_cycles").at("mean") == 19.5);
  CHECK(order.at("latency_cycles").at("greatest") == 37);
  CHECK(order.at("topology").at("links") == 24);
  CHECK(order.at("channels").size() == 48);
  const auto lowest = routed("--topology mesh --size 4x4 --routing shortest");
  CHECK(lowest.at("throughput").at("channel_bound").get<double>() == Approx(4.0 / 7));
  CHECK(lowest.at("throughput").at("left_on_the_table").get<double>() == Approx(3.0 / 7).epsilon(1e-6));
  CHECK(lowest.at("throughput").at("optimum").get<double>() == Approx(1));
}

TEST_CASE("route: a circle of dependencies is one, link by link, and layers part it") {
  const test::Folder folder;
  const auto file = folder.write("ring.json", ring).generic_string();
  const auto bare = routed("--case " + file);
  CHECK(bare.at("network").at("deadlock_free") == false);
  const auto& cycle = bare.at("deadlock").at("cycle");
  REQUIRE(cycle.size() == 5);
  for (std::size_t i = 0; i < cycle.size(); ++i)
    CHECK(cycle[i].at("to") == cycle[(i + 1) % cycle.size()].at("from"));
  CHECK(bare.at("deadlock").at("fewest_vcs") == 2);
  const auto parted = routed("--case " + file + " --layers");
  CHECK(parted.at("network").at("deadlock_free") == true);
  CHECK(parted.at("routing").at("layers") == 2);
  CHECK(parted.at("throughput").at("channel_bound") == bare.at("throughput").at("channel_bound"));
  const auto one = run_program("route --case " + file + " --layers --vcs 1");
  CHECK(one.status == 2);
  CHECK(one.err.find("--layers: error:") != std::string::npos);
  CHECK(one.err.find("hint: --vcs 2") != std::string::npos);
}

TEST_CASE("route: optimised tables carry no less than shortest paths, no more than the optimum") {
  for (const std::string topology :
       {"--topology mesh --size 4x4 --traffic transpose", "--topology torus --size 4x4",
        "--topology mesh --size 3x4 --traffic tornado"}) {
    INFO(topology);
    const auto bound = [&](const std::string& name) {
      return routed(topology + " --routing " + name).at("throughput").at("channel_bound").get<double>();
    };
    const auto spread = routed(topology + " --routing optimised-spread").at("throughput");
    CHECK(spread.at("channel_bound").get<double>() ==
          Approx(spread.at("optimum").get<double>()).epsilon(0.011));
    CHECK(spread.at("optimum").get<double>() <= spread.at("optimum_at_most").get<double>() * (1 + 1e-9));
    CHECK(bound("optimised") >= bound("shortest") - 1e-9);
    CHECK(bound("optimised") <= spread.at("optimum_at_most").get<double>() * (1 + 1e-9));
  }
}

TEST_CASE("route: the same bytes for any number of threads, another seed is another seed") {
  const std::string words = "--topology torus --size 4x4 --routing optimised --table";
  CHECK(routed(words + " --threads 1").dump() == routed(words + " --threads 3").dump());
}

TEST_CASE("route: all routings that fit, by where they saturate, beside the one in use") {
  const auto result = routed("--topology mesh --size 4x4 --routing dimension-order --all");
  const auto& rows = result.at("routings");
  double before = 2;
  bool has_used = false;
  for (const auto& row : rows) {
    INFO(row.dump());
    if (!row.at("fits").get<bool>()) {
      before = 0;
      CHECK_FALSE(row.at("why").get<std::string>().empty());
      continue;
    }
    CHECK(row.at("predicted_saturation").get<double>() <= before);
    before = row.at("predicted_saturation").get<double>();
    CHECK(row.at("channel_bound").get<double>() <=
          result.at("throughput").at("optimum_at_most").get<double>() + 1e-9);
    if (row.at("name") != "dimension-order") continue;
    has_used = true;
    CHECK(row.at("channel_bound") == result.at("throughput").at("channel_bound"));
    CHECK(row.at("latency_cycles").get<double>() == Approx(19.5));
  }
  CHECK(has_used);
  const auto text = run_program("route --topology mesh --size 4x4 --all").out;
  CHECK(text.find("dimension-order *") != std::string::npos);
  CHECK(text.find("do not fit: ") != std::string::npos);
}

TEST_CASE("route: the table leads every packet to its node") {
  const auto result = routed("--topology mesh --size 3x3 --routing shortest --table");
  const auto& table = result.at("table");
  REQUIRE(table.size() == 9);
  CHECK(result.at("table_key") == "router");
  for (const auto& row : table) {
    REQUIRE(row.size() == 9);
    for (const auto& ways : row) CHECK(ways.size() == 1);
  }
  const auto text = run_program("route --topology mesh --size 2x2 --routing shortest --table");
  CHECK(text.out.find("router 0\n") != std::string::npos);
  CHECK(text.out.find("node  port  next") != std::string::npos);
  CHECK(run_program("route --topology mesh --size 4x4 --routing xy-yx --table")
            .out.find("is a rule, not a table") != std::string::npos);
}

TEST_CASE("route: a RapidChiplet design, as it has its figures and as we do") {
  const test::Folder folder;
  folder.write("t.json", R"({"logic": {"phy_latency": 10, "wafer_radius": 150, "wafer_cost": 6000,
 "defect_density": 0.002}})");
  folder.write("c.json", R"({"core": {"dimensions": {"x": 10, "y": 8}, "type": "compute",
 "phys": [{"x": 9.5, "y": 4, "fraction_bump_area": 0.4}, {"x": 0.5, "y": 4, "fraction_bump_area": 0.4}],
 "fraction_power_bumps": 0.5, "technology": "logic", "power": 40, "relay": RELAY, "internal_latency": 2,
 "unit_count": 1}})");
  folder.write("p.json", R"({"chiplets": [{"position": {"x": 0, "y": 0}, "rotation": 0, "name": "core"},
 {"position": {"x": 10.2, "y": 0}, "rotation": 0, "name": "core"}], "interposer_routers": []})");
  folder.write("l.json", R"([{"ep1": {"type": "chiplet", "outer_id": 0, "inner_id": 0},
 "ep2": {"type": "chiplet", "outer_id": 1, "inner_id": 1}}])");
  folder.write("k.json", R"({"link_routing": "manhattan", "link_latency_type": "function",
 "link_latency": "lambda x : 0.25 * x", "link_power_type": "constant", "link_power": 1,
 "packaging_yield": 0.95, "bump_pitch": 0.05, "non_data_wires": 12, "is_active": false, "has_interposer": false})");
  const auto design = folder
                          .write("design.json", R"({"design_name": "pair", "technologies": "t.json",
 "chiplets": "c.json", "placement": "p.json", "topology": "l.json", "packaging": "k.json"})")
                          .generic_string();
  const auto chiplets = text_of(folder.path() / "c.json");
  folder.write("c.json", test::replaced(chiplets, "RELAY", "true"));
  const auto result = routed("--rapidchiplet " + design);
  const auto& both = result.at("rapidchiplet");
  CHECK(both.at("rapidchiplet-2023").at("power").at("total_w") == 80);
  CHECK(both.at("default").at("power").at("total_w") == 81);
  CHECK(both.at("default").at("latency").at("mean_cycles") == 28);  // 3 + 2 x (2 + 10) + 1
  CHECK(result.at("latency_cycles").at("mean") == 28);
  CHECK(result.at("routing").at("name") == "rapidchiplet");
  for (const auto& fix : both.at("fixes")) {
    const bool of_power = fix.at("quirk") == "rapidchiplet-no-link-power";
    CHECK(fix.at("mended").contains("power.total_w") == of_power);
  }
  folder.write("c.json", test::replaced(chiplets, "RELAY", "1"));
  const auto refused = run_program("route --rapidchiplet " + design);
  CHECK(refused.status == 2);
  CHECK(refused.err.find("'relay' must be true or false") != std::string::npos);
}

TEST_CASE("route: a picture has its links, its routers and the circle") {
  const test::Folder folder;
  const auto file = folder.write("ring.json", ring).generic_string();
  const auto svg = folder.path() / "ring.svg";
  const auto ran = run_program("route --case " + file + " --svg " + svg.generic_string());
  REQUIRE(ran.status == 0);
  const auto text = text_of(svg);
  const auto occurrences = [&](const std::string& what) {
    std::size_t n = 0;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++n;
    return n;
  };
  CHECK(occurrences("% used, ") == 10);    // a path for each direction
  CHECK(occurrences("marker-end=") == 5);  // the circle
  CHECK(occurrences("<circle ") == 5);     // the routers
  CHECK(text.find("can deadlock: 5 channels wait in a circle") != std::string::npos);
  CHECK(run_program("route --case " + file + " --svg /nowhere/ring.svg").status == 2);
}

TEST_CASE("route: what is wrong is named with its place") {
  const test::Folder folder;
  const auto file = folder.write("ring.json", ring).generic_string();
  const auto cut = folder
                       .write("cut.json", test::replaced(ring, "[1, 2, 1], [2, 3, 1], [3, 4, 1], [4, 0, 1]",
                                                         "[2, 3, 1], [3, 4, 1]"))
                       .generic_string();
  const auto [line, said] = GENERATE(table<std::string, std::string>({
      {"", "no network: give a DESIGN"},
      {"--topology mesh", "how large is the mesh?"},
      {"--topology mash --size 4", "no topology 'mash'\n  hint: did you mean 'mesh'?"},
      {"--topology mesh --size 4by4", "'4by4' is no size"},
      {"--topology mesh --size 0", "'0' is no size"},
      {"--topology mesh --size 4x4 --routing shortst",
       "no routing 'shortst'\n  hint: did you mean 'shortest'?"},
      {"--topology mesh --size 4x4 --routing nearest-common-ancestor",
       "'nearest-common-ancestor' does not fit this network"},
      {"--case RING --routing dimension-order", "'dimension-order' does not fit this network"},
      {"--topology mesh --size 4x4 --traffic unifrm",
       "no pattern of traffic 'unifrm'\n  hint: did you mean 'uniform'?"},
      {"--topology mesh --size 3x4 --traffic transpose", "'transpose' does not fit these 12 nodes"},
      {"--topology mesh --size 4x4 --traffic hotspot --spots 3,99", "must be a list of nodes from 0 to 15"},
      {"--topology mesh --size 4x4 --vcs 0", "--vcs: error: must lie between 1 and 64"},
      {"--topology mesh --size 4x4 --time 0", "--time: error: must lie above 0"},
      {"--size 4", "belongs to --topology"},
      {"--case RING --topology mesh --size 4", "give one network"},
      {"--case /nowhere.json", "/nowhere.json"},
      {"--case CUT", "cannot"},
  }));
  const auto words = test::replaced(test::replaced(line, "RING", file), "CUT", cut);
  INFO(words);
  const auto ran = run_program("route " + words);
  INFO(ran.err);
  CHECK(ran.status == 2);
  CHECK(ran.out.empty());
  CHECK(ran.err.find(said) != std::string::npos);
}
