// Networks in neutral JSON: what is made of them, and what is said of wrong ones.
#include "exchange/network_case.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "config/json.h"
#include "support/folder.h"
#include "support/golden.h"

namespace marquetry::exchange {
namespace {

using nlohmann::json;

std::optional<simulate::NetworkCase> read(const std::string& text, Diagnostics& diagnostics,
                                          const std::filesystem::path& folder = {}) {
  const auto root = parse_json(text, "net.json", diagnostics);
  return root ? read_network_case(*root, folder, diagnostics) : std::nullopt;
}

// Four routers in a ring, the nodes in reverse order.
json ring() {
  return {{"case", "ring4"},
          {"network",
           {{"topology", "anynet"},
            {"routing", "min"},
            {"router_of_node", {3, 2, 1, 0}},
            {"links_a_b_latency_cycles", {{2, 3, 7}, {0, 1, 1}, {3, 0, 2}, {1, 2, 1}}}}},
          {"nodes", 4},
          {"traffic", {{"pattern", "uniform"}}},
          {"packet_size_flits", 5}};
}

std::string complaint(const json& text) {
  Diagnostics diagnostics;
  CHECK_FALSE(read(text.dump(), diagnostics));
  return render_all(diagnostics);
}

TEST_CASE("a graph has the ports of its nodes first, then those of its neighbours in order") {
  Diagnostics diagnostics;
  const auto made = read(ring().dump(), diagnostics);
  INFO(render_all(diagnostics));
  REQUIRE(made);
  CHECK(made->name == "ring4");
  CHECK(made->packet == 5);
  CHECK(made->traffic.includes_self);
  const auto& graph = made->graph;
  REQUIRE(graph.routers == 4);
  REQUIRE(graph.channels.size() == 8);
  CHECK(graph.terminals.at(0).router == 3);
  const auto ports = topology::ports(graph);
  REQUIRE(ports.ports == 3);
  // Router 0: node 3, then routers 1 and 3.
  CHECK(ports.out_of(0)[0] == 8 + 3);
  CHECK(graph.channels[ports.out_of(0)[1]].to == 1);
  CHECK(graph.channels[ports.out_of(0)[2]].to == 3);
  CHECK(graph.channels[ports.out_of(0)[2]].latency == 2);
  CHECK(graph.channels[ports.in_of(3)[1]].from == 0);
  CHECK(graph.channels[ports.in_of(3)[2]].from == 2);
  CHECK(graph.channels[ports.in_of(3)[2]].latency == 7);
  // Both directions of a link share its number.
  for (const auto& c : graph.channels)
    CHECK(std::ranges::count(graph.channels, c.link, &topology::Channel::link) == 2);
}

TEST_CASE("links may be narrow, slow, long and of unequal latency, routers named and of their own pipeline") {
  auto text = ring();
  text["network"].erase("links_a_b_latency_cycles");
  text["network"]["links"] = json::parse(R"([[0, 1, 1], [1, 2, 3], [2, 3, 1],
    {"a": 3, "b": 0, "latency": 4, "latency_back": 9, "width": 0.5, "clock": 0.5, "length_mm": 12.5}])");
  text["network"]["router_names"] = {"cpu", "io", "ram", "gpu"};
  text["network"]["node_latency_cycles"] = {1, 2, 3, 4};
  text["router"] = {{"routing_delay", 0},
                    {"num_vcs", 2},
                    {"sw_allocator", "separable_input_first"},
                    {"pipelines", {{{"router", 2}, {"routing_delay", 3}, {"speculative", true}}}}};
  text["rate"] = 0.25;
  Diagnostics diagnostics;
  const auto made = read(text.dump(), diagnostics);
  INFO(render_all(diagnostics));
  REQUIRE(made);
  const auto channel = [&](std::uint32_t from, std::uint32_t to) {
    for (const auto& c : made->graph.channels)
      if (c.from == from && c.to == to) return c;
    FAIL("no channel");
    return topology::Channel{};
  };
  CHECK(channel(3, 0).latency == 4);
  CHECK(channel(0, 3).latency == 9);
  CHECK(channel(3, 0).width == 0.25);
  CHECK(channel(0, 3).length == 12.5);
  CHECK(channel(2, 1).latency == 3);
  CHECK(made->graph.terminals[3].latency == 4);
  CHECK(topology::router_name(made->graph, 3) == "gpu");
  CHECK(made->router.vcs == 2);
  CHECK(made->router.buffer == 8);
  CHECK(made->router.sw_allocator == routing::Allocator::separable_input_first);
  CHECK(made->router.at(1).routing == 0);
  CHECK(made->router.at(2).routing == 3);
  CHECK(made->router.at(2).speculative);
  CHECK(made->rate == 0.25);
}

TEST_CASE("topologies of BookSim2 are asked for by its names and sizes") {
  const auto [topology, routers, nodes] = GENERATE(table<json, std::uint32_t, std::size_t>({
      {{{"topology", "mesh"}, {"k", 4}, {"n", 2}}, 16, 16},
      {{{"topology", "torus"}, {"k", 3}, {"n", 3}}, 27, 27},
      {{{"topology", "cmesh"}, {"k", 4}, {"n", 2}, {"c", 4}, {"x", 4}, {"y", 4}, {"xr", 2}, {"yr", 2}},
       16,
       64},
      {{{"topology", "flatfly"}, {"k", 4}, {"n", 2}, {"c", 4}, {"x", 4}, {"y", 4}, {"xr", 2}, {"yr", 2}},
       16,
       64},
      {{{"topology", "fattree"}, {"k", 4}, {"n", 3}}, 48, 64},
  }));
  Diagnostics diagnostics;
  const auto made = read(json{{"network", topology}}.dump(), diagnostics);
  INFO(render_all(diagnostics));
  REQUIRE(made);
  CHECK(made->graph.routers == routers);
  CHECK(made->graph.terminals.size() == nodes);
  CHECK(made->traffic.nodes == nodes);
}

TEST_CASE("a routing has our name, or BookSim2's on that topology") {
  const auto [topology, theirs, ours] = GENERATE(table<std::string, std::string, std::string>({
      {"mesh", "dor", "dimension-order"},
      {"torus", "dim_order", "dimension-order"},
      {"mesh", "xy-yx", "xy-yx"},
  }));
  Diagnostics diagnostics;
  const auto made =
      read(json{{"network", {{"topology", topology}, {"k", 4}, {"n", 2}, {"routing", theirs}}}}.dump(),
           diagnostics);
  REQUIRE(made);
  CHECK(made->routing == ours);
}

TEST_CASE("patterns of digits take the network's own radix and dimensions") {
  const auto target = [](const json& network, const json& traffic) {
    Diagnostics diagnostics;
    const auto made = read(json{{"network", network}, {"traffic", traffic}}.dump(), diagnostics);
    INFO(render_all(diagnostics));
    REQUIRE(made);
    return made->traffic.target;
  };
  const json cube{{"topology", "torus"}, {"k", 4}, {"n", 3}};
  CHECK(target(cube, {{"pattern", "neighbor"}})[63] == 0);  // round in all three
  CHECK(target(cube, {{"pattern", "neighbor"}})[0] == 1 + 4 + 16);
  const json concentrated{{"topology", "cmesh"}, {"k", 4}, {"n", 2}, {"c", 4}};
  CHECK(target(concentrated, {{"pattern", "tornado"}})[0] == 3 + 3 * 8);  // (8 + 1) / 2 - 1 in each
  CHECK(target(concentrated, {{"pattern", "neighbour"}, {"k", 4}, {"n", 3}})[0] == 1 + 4 + 16);
}

TEST_CASE("a matrix of traffic stands in the case or in a file beside it") {
  test::Folder folder;
  folder.write("t.csv", "# from row to column\n0, 1, 0, 0\n0 0 2 0\n0,0,0,1\n1,0,0,0.5\n");
  auto text = ring();
  text["traffic"] = {{"pattern", "matrix"}, {"matrix_file", "t.csv"}};
  Diagnostics diagnostics;
  const auto from_file = read(text.dump(), diagnostics, folder.path());
  text["traffic"] = {{"pattern", "matrix"},
                     {"matrix", {{0, 1, 0, 0}, {0, 0, 2, 0}, {0, 0, 0, 1}, {1, 0, 0, 0.5}}}};
  const auto inline_one = read(text.dump(), diagnostics);
  INFO(render_all(diagnostics));
  REQUIRE(from_file);
  REQUIRE(inline_one);
  CHECK(from_file->traffic.weights == inline_one->traffic.weights);
  CHECK(from_file->traffic.weights[6] == 2);
}

TEST_CASE("a broken file of a matrix is pointed at") {
  const auto [rows, message] = GENERATE(table<std::string, std::string>({
      {"1,2\n3,4\n", "t.csv:1:1: error: the row has 2 numbers, but there are 4 nodes"},
      {"0,1,0,0\n0,x,0,0\n", "t.csv:2:3: error: 'x' is no amount of traffic"},
      {"0,1,0,-1\n", "t.csv:1:7: error: '-1' is no amount of traffic"},
      {"0,1,0,0\n", "t.csv: error: the matrix has 1 rows, but there are 4 nodes"},
  }));
  test::Folder folder;
  folder.write("t.csv", rows);
  auto text = ring();
  text["traffic"] = {{"pattern", "matrix"}, {"matrix_file", "t.csv"}};
  Diagnostics diagnostics;
  CHECK_FALSE(read(text.dump(), diagnostics, folder.path()));
  CHECK_THAT(folder.without_path(render_all(diagnostics)), Catch::Contains(message));
}

TEST_CASE("what is wrong with a case is said, with the place") {
  const auto [patch, message] = GENERATE(table<std::string, std::string>({
      {R"({"network": {"links_a_b_latency_cycles": [[0, 1, 1], [2, 3, 1]]}})", "cannot be reached from node"},
      {R"({"network": {"links_a_b_latency_cycles": [[0, 0, 1]]}})", "link 0 joins router 0 to itself"},
      {R"({"network": {"links_a_b_latency_cycles": [[0, 1, 0]]}})", "'latency' = 0 must lie between 1 and"},
      {R"({"network": {"links_a_b_latency_cycles": [[0, 1.5, 1]]}})", "must be a whole number"},
      {R"({"network": {"links_a_b_latency_cycles": [[0, 99999, 1]]}})", "must lie between 0 and 4095"},
      {R"({"network": {"links_a_b_latency_cycles": [[0, 1]]}})",
       "must be [router, router, latency in cycles]"},
      {R"({"network": {"links_a_b_latency_cycles": null, "links": [{"a": 0, "b": 1, "width": 0}]}})",
       "link 0 has no width"},
      {R"({"network": {"links_a_b_latency_cycles": null, "links": [{"a": 0, "b": 1, "widht": 1}]}})",
       "unknown key 'widht'"},
      {R"({"network": {"links": [[0, 1, 1]]}})", "'links' and 'links_a_b_latency_cycles' say the same"},
      {R"({"network": {"routers": 3}})", "must lie between 0 and 2"},
      {R"({"network": {"routing": "valliant"}})", "did you mean 'valiant'?"},
      {R"({"network": {"topology": "mehs"}})", "did you mean 'mesh'?"},
      {R"({"network": {"topology": ""}})", "no topology ''"},
      {R"({"network": {"topology": 3}})", "'topology' must be a text"},
      {R"({"network": {"topology": "mesh", "k": 5000}})", "'k' = 5000 must lie between 1 and 4096"},
      {R"({"network": {"topology": "mesh", "k": 4096, "n": 2}})", "error"},
      {R"({"network": {"topology": "cmesh", "k": 4, "n": 2, "c": 4, "x": 8}})", "'x' = 8 does not fit 'k'"},
      {R"({"nodes": 5})", "the case says 5 nodes, but its network has 4"},
      {R"({"nodse": 4})", "unknown key 'nodse'"},
      {R"({"rate": 1.5})", "'rate' = 1.5 must lie between 0 and 1"},
      {R"({"packet_size_flits": 0})", "'packet_size_flits' = 0 must lie between 1 and 65536"},
      {R"({"traffic": {"pattern": "unifrom"}})", "did you mean 'uniform'?"},
      {R"({"traffic": {"pattern": "hotspot"}})", "hotspot traffic needs the list of its spots"},
      {R"({"traffic": {"pattern": "hotspot", "hotspots": [1, 4]}})", "traffic to nowhere: 4 is no node"},
      {R"({"traffic": {"pattern": "permutation", "targets": [0, 1, 2, 9]}})",
       "traffic to nowhere: 9 is no node"},
      {R"({"traffic": {"pattern": "permutation", "targets": [0, 1, 2, 3], "includes_self": false}})",
       "nobody sends anything"},
      {R"({"traffic": {"pattern": "matrix", "matrix": [[1]]}})", "the matrix needs 4 rows of 4 numbers"},
      {R"({"router": {"num_vcs": 300}})", "'num_vcs' = 300 must lie between 1 and 256"},
      {R"({"router": {"num_vcs": 256, "vc_buf_size": 65536}})", "the buffers of all routers hold"},
      {R"({"router": {"st_final_delay": 0}})", "nothing crosses a switch in no time"},
      {R"({"router": {"vc_allocator": "wavefront"}})", "no allocator 'wavefront'"},
      {R"({"router": {"internal_speedup": 2.0}})", "an internal speedup of other than 1 is not simulated"},
      {R"({"router": {"priority": "age"}})", "packets of different priority are not simulated"},
      {R"({"router": {"pipelines": [{"router": 7}]}})", "'router' = 7 must lie between 0 and 3"},
      {R"({"simulation": {"max_samples": 3}})", "'max_samples' must be more than the 'warmup_periods'"},
  }));
  auto text = ring();
  text.merge_patch(json::parse(patch));
  const auto said = complaint(text);
  INFO(patch << "\n" << said);
  CHECK_THAT(said, Catch::Contains(message));
  CHECK_THAT(said, Catch::StartsWith("net.json:1:"));
}

TEST_CASE("traffic that turns bits is refused where the nodes are no power of two") {
  json text{{"network", {{"topology", "mesh"}, {"k", 3}, {"n", 2}}}, {"traffic", {{"pattern", "bitcomp"}}}};
  CHECK_THAT(complaint(text), Catch::Contains("needs 2, 4, 8, 16 ... nodes, not 9: take 8 or 16"));
  text["traffic"]["pattern"] = "transpose";
  CHECK_THAT(complaint(text), Catch::Contains("needs 4, 16, 64, 256 ... nodes, not 9"));
}

TEST_CASE("every case of the published comparison is read, with as many nodes as it says") {
  const auto root = test::golden_folder("interconnect");
  if (!root) return test::skip("no golden cases");
  int read_ones = 0;
  for (const auto& index : test::golden_indices(*root)) {
    for (const auto& row : index.cases) {
      std::ifstream in{row.file};
      const auto text = json::parse(in);
      if (!text.contains("packet_size_flits")) continue;
      INFO(row.file);
      Diagnostics diagnostics;
      const auto made = load_network_case(row.file, diagnostics);
      INFO(render_all(diagnostics));
      REQUIRE(made);
      CHECK(diagnostics.all().empty());
      CHECK(made->graph.terminals.size() == text["nodes"].get<std::size_t>());
      CHECK(made->router.vcs == text["router"]["num_vcs"].get<std::uint32_t>());
      ++read_ones;
    }
  }
  CHECK(read_ones > 0);
}

}  // namespace
}  // namespace marquetry::exchange
