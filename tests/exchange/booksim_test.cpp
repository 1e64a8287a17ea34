// BookSim2's configurations and graphs: what is read, what is refused, and that what is written is read
// again.
#include <catch2/catch.hpp>

#include "exchange/booksim/anynet.h"
#include "exchange/booksim/read.h"
#include "exchange/booksim/settings.h"
#include "exchange/booksim/write.h"
#include "exchange/network_case.h"
#include "support/folder.h"
#include "support/golden.h"
#include "traffic/patterns.h"

namespace marquetry::exchange {
namespace {

struct Read {
  test::Folder folder{};
  Diagnostics diagnostics{};
  std::optional<BooksimRun> run{};
  std::string said{};

  explicit Read(const std::string& configuration, const std::string& graph = {}) {
    if (!graph.empty()) folder.write("graph", graph);
    run = load_booksim(folder.write("net.cfg", configuration), diagnostics);
    said = folder.without_path(render_all(diagnostics));
  }
};

const std::string mesh = "topology = mesh; k = 4; n = 2; routing_function = dor;\n";
const std::string anynet = "topology = anynet; network_file = graph; routing_function = min;\n";

TEST_CASE("a configuration has BookSim2's own defaults") {
  const Read read{mesh};
  INFO(read.said);
  REQUIRE(read.run);
  CHECK(read.said.empty());
  const auto& network = read.run->network;
  CHECK(network.name == "net");
  CHECK(network.graph.routers == 16);
  CHECK(network.routing == "dimension-order");
  CHECK(network.router.vcs == 16);
  CHECK(network.router.buffer == 8);
  CHECK(network.router.pipeline.cycles() == 4);
  CHECK(network.rate == 0.1);
  CHECK(network.packet == 1);
  CHECK(network.sampling.seed == 0);
  CHECK(network.sampling.period == 1000);
  CHECK(network.traffic.kind == traffic::Kind::uniform);
  CHECK(network.traffic.includes_self);
  CHECK_FALSE(read.run->measures_throughput);
}

TEST_CASE("settings are read, with comments between them") {
  const Read read{
      "// a torus\n" + mesh +
      "topology=torus;// and not a mesh\nrouting_function = dim_order;\n"
      "num_vcs = 2; vc_buf_size=4; routing_delay = 0; speculative = 1; wait_for_tail_credit=1;\n"
      "vc_allocator = separable_input_first; packet_size = 5; injection_rate = {0.02};\n"
      "sim_type = throughput; seed = 7; sample_period = 500; max_samples = 20; latency_thres = 250.5;\n"
      "traffic = hotspot({{5,6},{3,1}}); print_csv_results = 1; use_noc_latency = 0;\n"};
  INFO(read.said);
  REQUIRE(read.run);
  CHECK_THAT(read.said,
             Catch::Contains("net.cfg:3:1: warning: 'topology' stands twice: the last one counts"));
  const auto& network = read.run->network;
  CHECK(network.router.vcs == 2);
  CHECK(network.router.pipeline.speculative);
  CHECK(network.router.vc_allocator == routing::Allocator::separable_input_first);
  CHECK(network.router.sw_allocator == routing::Allocator::islip);
  CHECK(network.rate == Approx(0.1));  // packets of 5 flits
  CHECK(network.traffic.spots == std::vector<std::uint32_t>{5, 5, 5, 6});
  CHECK(network.sampling.seed == 7);
  CHECK(network.sampling.latency_threshold == 250.5);
  CHECK(network.graph.channels.front().latency == 1);  // without use_noc_latency; else 2 on a torus
  CHECK(read.run->measures_throughput);
}

TEST_CASE("a routing of BookSim2's that depends on what is in memory is replaced, with a warning") {
  const Read read{"topology = torus; k = 4; n = 2; routing_function = valiant;"};
  REQUIRE(read.run);
  CHECK(read.run->network.routing == "valiant");
  CHECK_THAT(read.said, Catch::Contains("goes by a variable that it never sets"));
}

TEST_CASE("a switch that is held for packets of one flit is held for nobody") {
  CHECK(Read{mesh + "hold_switch_for_packet = 1;"}.run);
}

TEST_CASE("rates count packets, or flits where the configuration says so") {
  CHECK(Read{mesh + "packet_size = 4; injection_rate = 0.1;"}.run->network.rate == Approx(0.4));
  CHECK(Read{mesh + "packet_size = 4; injection_rate = 0.1; injection_rate_uses_flits = 1;"}
            .run->network.rate == Approx(0.1));
}

TEST_CASE("digit patterns take k, n and xr of the configuration, or of their call") {
  CHECK(Read{mesh + "traffic = tornado;"}.run->network.traffic.target[0] == 1 + 4);
  CHECK(Read{mesh + "traffic = neighbor({2,4,1});"}.run->network.traffic.target[0] == 1 + 2 + 4 + 8);
  CHECK(Read{mesh + "traffic = bitcomp;"}.run->network.traffic.target[0] == 15);
}

TEST_CASE("a list of hot spots in single braces is one spot, as BookSim2 reads it, with a warning") {
  const Read read{mesh + "traffic = hotspot({5,6});"};
  REQUIRE(read.run);
  CHECK(read.run->network.traffic.spots == std::vector<std::uint32_t>{5});
  CHECK_THAT(read.said, Catch::Contains("single braces: BookSim2 reads one spot, 5, at rate 6"));
  CHECK_THAT(read.said, Catch::Contains("hotspot({{5,6}})"));
}

TEST_CASE("a random permutation is that of the seed, and reaches each node once") {
  const auto target = [](const std::string& more) {
    return Read{mesh + "traffic = randperm;" + more}.run->network.traffic.target;
  };
  auto one = target("");
  CHECK(one == target("perm_seed = 0;"));
  CHECK(one != target("perm_seed = 1;"));
  std::ranges::sort(one);
  for (std::uint32_t i = 0; i < 16; ++i) CHECK(one[i] == i);
}

TEST_CASE("what cannot be simulated as BookSim2 would is refused, with the place") {
  const auto [text, message] = GENERATE(table<std::string, std::string>({
      {"num_vc = 4;", "net.cfg:2:1: error: BookSim2 has no setting 'num_vc'"},
      {"num_vc = 4;", "did you mean 'num_vcs'?"},
      {"const_flits_per_packet = 4;", "BookSim2 calls it 'packet_size'"},
      {"num_vcs = 4.0;", "'num_vcs' must be a whole number, not '4.0'"},
      {"num_vcs = four;", "'num_vcs' must be a whole number, not 'four'"},
      {"topology = 4;", "'topology' must be a name, not '4'"},
      {"num_vcs = 99999999999;", "more than a whole number can be"},
      {"num_vcs = -1;", "'num_vcs' = -1 must lie between 1 and 256"},
      {"num_vcs = 4\nk = 4;", "net.cfg:3:1: error: expected ';' behind the value of 'num_vcs'"},
      {"num_vcs 4;", "expected '=' behind 'num_vcs'"},
      {"num_vcs = ;", "'num_vcs' has no value"},
      {"= 4;", "expected the name of a setting"},
      {"traffic = hotspot({{5, 6}});", "write lists without blanks"},
      {"injection_rate = 1.5;", "'injection_rate' = 1.5 must be a number from 0 to 1"},
      {"injection_rate = {0.1,0.2};", "'injection_rate' has 2 values"},
      {"packet_size = {{1,5}};", "'packet_size' has 2 values"},
      {"traffic = bit;", "BookSim2 has no traffic 'bit'"},
      {"traffic = {uniform,uniform};", "several classes of traffic are not simulated"},
      {"traffic = hotspot({{16}});", "hot spot 16 is no node: they are 0 to 15"},
      {"traffic = hotspot({{-1}});", "BookSim2 draws a spot for it before it sets its seed"},
      {"traffic = hotspot;", "hotspot traffic without spots"},
      {"k = 3; traffic = bitcomp;", "needs 2, 4, 8, 16 ... nodes, not 9"},
      {"routing_function = min;", "the routing 'min' on 'mesh' is not simulated"},
      {"topology = qtree;", "the topology 'qtree' is not simulated"},
      {"topology = cmesh; c = 4; xr = 2; yr = 2; routing_function = dor_no_express;",
       "'x' is 8, but k makes it 4"},
      {"topology = anynet; routing_function = min;", "an anynet needs its graph"},
      {"vc_allocator = wavefront;", "the allocator 'wavefront' is not simulated"},
      {"priority = age;", "'priority' = age (packets of different priority) is not simulated"},
      {"internal_speedup = 2.0;", "'internal_speedup' = 2.0 (an internal speedup) is not simulated"},
      {"use_read_write = 1;", "(requests and replies) is not simulated"},
      {"classes = 2;", "(several classes of traffic) is not simulated"},
      {"hold_switch_for_packet = 1; packet_size = 2;", "(a switch held for a packet) is not simulated"},
      {"sim_type = batch;", "runs of the type 'batch' are not simulated"},
      {"seed = time;", "a seed by the clock gives another result each time"},
      {"warmup_periods = 0; warmup_thres = 0.1;", "'stopping_thres' and 'warmup_thres' are one number here"},
      {"max_samples = 2;", "'max_samples' = 2 must be more than the 'warmup_periods'"},
      {"acc_stopping_thres = 0.01;", "are one number here"},
      {"st_final_delay = 0;", "nothing crosses a switch in no time"},
      {"num_vcs = 256; vc_buf_size = 65536;", "the buffers of all routers hold"},
  }));
  const Read read{mesh + text};
  INFO(text);
  CHECK_FALSE(read.run);
  CHECK_THAT(read.said, Catch::Contains(message));
  CHECK_THAT(read.said, Catch::StartsWith("net.cfg:"));
}

TEST_CASE("a whole number for a real one is taken, though BookSim2 refuses it") {
  const Read read{mesh + "latency_thres = 500;"};
  REQUIRE(read.run);
  CHECK_THAT(read.said, Catch::Contains("BookSim2 itself refuses '500'"));
}

TEST_CASE("files that are not there or empty are said so") {
  CHECK_THAT(Read{"// nothing\n"}.said, Catch::Contains("there are no settings in it"));
  CHECK_THAT(Read{anynet}.said, Catch::Contains("graph"));
}

TEST_CASE("a graph: latencies are of one direction, those of nodes of both") {
  const Read read{anynet,
                  "router 0 node 0 3 router 1 15 router 2\nrouter 1 node 1\nnode 2 router 2\n"
                  "router 2 router 0 4\n\n"};
  INFO(read.said);
  REQUIRE(read.run);
  CHECK_THAT(read.said,
             Catch::Contains("graph:1:26: warning: the way back, from router 1 to 0, takes 1 cycle"));
  const auto& graph = read.run->network.graph;
  const auto latency = [&](std::uint32_t from, std::uint32_t to) {
    for (const auto& c : graph.channels)
      if (c.from == from && c.to == to) return c.latency;
    return 0u;
  };
  CHECK(graph.routers == 3);
  CHECK(graph.channels.size() == 4);
  CHECK(graph.terminals[0].latency == 3);
  CHECK(graph.terminals[2].router == 2);
  CHECK(latency(0, 1) == 15);
  CHECK(latency(1, 0) == 1);
  CHECK(latency(0, 2) == 1);
  CHECK(latency(2, 0) == 4);
}

TEST_CASE("what is wrong with a graph is said, with the place") {
  const auto [text, message] = GENERATE(table<std::string, std::string>({
      {"total 32\nrouter 0 node 0\n", "graph:1:1: error: expected 'router' or 'node', not 'total'"},
      {"router 0 node 0 router 2\nrouter 2 node 1\n", "router 1 is missing, but there is a router 2"},
      {"router 0 node 0 node 2\n", "node 1 is missing, but there is a node 2"},
      {"router 0 node 0 router 0\n", "graph:1:24: error: router 0 is joined to itself"},
      {"router 0 node 0 router 1 0\nrouter 1 node 1\n", "a channel of no latency"},
      {"router 0 node 0\nrouter 1 node 1\n", "cannot be reached from node"},
      {"router 0 node 0 router 1\nrouter 1 node 0\n", "node 0 is at router 0 already"},
      {"node 0 node 1\n", "a node cannot be joined to a node"},
      {"node 0 router 0 4\n", "BookSim2 misreads a latency on the line of a node"},
      {"router x node 0\n", "'x' is no whole number from 0 to 4095"},
      {"router 99999 node 0\n", "'99999' is no whole number from 0 to 4095"},
      {"router 0 node\n", "'node' has no number"},
      {"router 0 node 0 1 2\n", "expected 'router' or 'node', not '2'"},
      {"router 0 router 1\n", "there are no nodes in it"},
  }));
  const Read read{anynet, text};
  INFO(text);
  CHECK_FALSE(read.run);
  CHECK_THAT(read.said, Catch::Contains(message));
  CHECK_THAT(read.said, Catch::StartsWith("graph"));
}

bool same(const topology::Graph& a, const topology::Graph& b) {
  const auto channels = [](const topology::Channel& x, const topology::Channel& y) {
    return x.from == y.from && x.to == y.to && x.out_port == y.out_port && x.in_port == y.in_port &&
           x.latency == y.latency;
  };
  const auto terminals = [](const topology::Terminal& x, const topology::Terminal& y) {
    return x.router == y.router && x.out_port == y.out_port && x.in_port == y.in_port &&
           x.latency == y.latency;
  };
  return a.routers == b.routers && std::ranges::equal(a.channels, b.channels, channels) &&
         std::ranges::equal(a.terminals, b.terminals, terminals);
}

// Written, read again.
std::optional<simulate::NetworkCase> again(const simulate::NetworkCase& network, std::string& said) {
  test::Folder folder;
  Diagnostics diagnostics;
  const auto files = booksim_files(network, "net.anynet", diagnostics);
  folder.write("net.anynet", files.graph);
  auto run = load_booksim(folder.write("net.cfg", files.configuration), diagnostics);
  said = folder.without_path(render_all(diagnostics));
  if (!run) return std::nullopt;
  return run->network;
}

TEST_CASE("a network that is written is read again as the same") {
  const Read read{
      anynet +
          "num_vcs = 3; packet_size = 4; injection_rate = 0.05; traffic = hotspot({{2,0},{1,2}});"
          "routing_delay = 0; sw_allocator = separable_input_first; seed = 9; latency_thres = 300.0;",
      "router 0 node 0 3 router 1 15 router 2\nrouter 1 node 1 router 0 15\nrouter 2 node 2\n"};
  REQUIRE(read.run);
  const auto& network = read.run->network;
  std::string said;
  const auto made = again(network, said);
  INFO(said);
  REQUIRE(made);
  CHECK(said.empty());
  CHECK(same(network.graph, made->graph));
  CHECK(network.traffic.spots == made->traffic.spots);
  CHECK(network.rate == made->rate);
  CHECK(network.packet == made->packet);
  CHECK(network.router.vcs == made->router.vcs);
  CHECK(network.router.sw_allocator == made->router.sw_allocator);
  CHECK(network.router.pipeline.routing == made->router.pipeline.routing);
  CHECK(network.sampling.seed == made->sampling.seed);
  CHECK(network.sampling.latency_threshold == made->sampling.latency_threshold);
}

TEST_CASE("what BookSim2 cannot be told is a warning") {
  auto network = Read{anynet, "router 0 node 0 router 1\nrouter 1 node 1\n"}.run->network;
  for (auto& c : network.graph.channels) c.width = 0.5;
  network.routing = "up-down";
  network.router.of_router.resize(2);
  network.traffic = {.name = "matrix", .kind = traffic::Kind::matrix, .nodes = 2, .weights = {0, 1, 1, 0}};
  std::string said;
  CHECK(again(network, said));
  for (const auto* part : {"narrower than a flit", "not by 'up-down'", "one pipeline for all routers",
                           "knows no traffic like 'matrix'"})
    CHECK_THAT(said, Catch::Contains(part));
}

TEST_CASE("arbitrary graphs of the published comparison come back from BookSim2's files") {
  const auto root = test::golden_folder("interconnect");
  if (!root) return test::skip("no golden cases");
  int graphs = 0;
  for (const auto& index : test::golden_indices(*root)) {
    for (const auto& row : index.cases) {
      Diagnostics diagnostics;
      const auto made = load_network_case(row.file, diagnostics);
      if (!made || made->graph.shape.family != topology::Family::arbitrary) continue;
      std::string said;
      const auto back = again(*made, said);
      INFO(row.file << said);
      REQUIRE(back);
      CHECK(same(made->graph, back->graph));
      CHECK(made->traffic.target == back->traffic.target);
      CHECK(made->traffic.spots == back->traffic.spots);
      ++graphs;
    }
  }
  CHECK(graphs > 0);
}

TEST_CASE("the samples of BookSim2 are read as they stand") {
  const auto folder = test::sample_folder("booksim");
  if (!folder) return test::skip("no sample files");
  Diagnostics diagnostics;
  const auto run = load_booksim(*folder / "anynet_config", diagnostics);
  INFO(render_all(diagnostics));
  REQUIRE(run);
  CHECK(diagnostics.all().empty());
  CHECK(run->network.graph.routers == 3);
  CHECK(run->network.graph.terminals.size() == 9);
  CHECK(run->network.graph.channels.size() == 6);
  CHECK(run->network.router.vcs == 1);
  CHECK(run->network.router.buffer == 3);
  CHECK(run->network.rate == 0.01);
  CHECK(run->network.sampling.period == 10000);
}

}  // namespace
}  // namespace marquetry::exchange
