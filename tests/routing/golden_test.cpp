// Routings against others: cycles without load as BookSim2 saw them, pair by pair; whether the tables of
// RapidChiplet's design points go round in a circle, and that our rule for ties makes the same tables. Every
// file of every index, told apart by what stands in it.
#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "exchange/network_case.h"
#include "routing/checker.h"
#include "routing/load.h"
#include "routing/routings.h"
#include "support/golden.h"

using namespace marquetry;
using Json = nlohmann::json;

namespace {

struct Network {
  simulate::NetworkCase network{};
  routing::Routing routing{};
};

Network network_of(const std::filesystem::path& file) {
  Diagnostics diagnostics;
  auto read = exchange::load_network_case(file, diagnostics);
  INFO(file);
  INFO(render_all(diagnostics));
  REQUIRE(read);
  const auto* row = routing::find(read->routing);
  INFO(read->routing);
  REQUIRE(row != nullptr);
  std::string why;
  auto made = row->make(read->graph, read->router.vcs, why);
  INFO(why);
  REQUIRE(made);
  return {std::move(*read), std::move(*made)};
}

std::vector<std::uint32_t> cycles_of(const Network& n) {
  return routing::zero_load(n.network.graph, n.routing, n.network.router, n.network.packet);
}

// Where ways differ in length BookSim2 has the shortest that it saw, which need not be the shortest there is.
bool goes_astray(const Network& n) { return n.network.routing.starts_with("valiant"); }

// The case that the pairs belong to stands beside the folder of the pairs.
void check_pairs(const Json& golden, const std::filesystem::path& file) {
  const auto name = golden["case"].get<std::string>();
  const auto network = network_of(file.parent_path().parent_path() / (name + ".json"));
  const auto cycles = cycles_of(network);
  const auto nodes = network.network.graph.terminals.size();
  CHECK(golden["nodes"] == nodes);
  std::size_t wrong = 0;
  for (const auto& pair : golden["pairs_src_dst_cycles"]) {
    const auto ours = cycles[pair[0].get<std::size_t>() * nodes + pair[1].get<std::size_t>()];
    const auto theirs = pair[2].get<std::uint32_t>();
    wrong += goes_astray(network) ? ours > theirs : ours != theirs;
  }
  INFO(name);
  CHECK(wrong == 0);
}

// The extremes over the pairs of the pattern, and a certificate that holds.
void check_case(const Json& golden, const std::filesystem::path& file) {
  const auto n = network_of(file);
  const auto cycles = cycles_of(n);
  const auto weights = traffic::matrix(n.network.traffic);
  std::uint32_t least = topology::none, most = 0;
  for (std::size_t i = 0; i < cycles.size(); ++i) {
    if (weights[i] <= 0) continue;
    least = std::min(least, cycles[i]);
    most = std::max(most, cycles[i]);
  }
  INFO(file);
  if (golden.contains("zero_load") && !goes_astray(n)) {
    CHECK(least == golden["zero_load"]["min_cycles"]);
    CHECK(most == golden["zero_load"]["max_cycles"]);
  }
  const auto certificate = routing::certify(n.network.graph, n.routing);
  CHECK(certificate.lost.empty());
  CHECK(certificate.deadlock_free == certificate.cycle.empty());
}

// Its chiplets as routers, a link for each of its own.
topology::Graph chiplets(const Json& golden) {
  topology::Graph graph{.name = "chiplets",
                        .routers = static_cast<std::uint32_t>(golden["placement"].size())};
  for (std::uint32_t r = 0; r < graph.routers; ++r) topology::add_terminal(graph, r);
  for (const auto& link : golden["links"]) topology::add_link(graph, link["a_chiplet"], link["b_chiplet"]);
  return graph;
}

void check_tables(const Json& golden, const std::filesystem::path& file) {
  const auto graph = chiplets(golden);
  const std::size_t n = graph.routers;
  std::vector<std::uint32_t> port(n * n, topology::none);
  for (const auto& c : graph.channels)
    port[c.from * n + c.to] = std::min(port[c.from * n + c.to], c.out_port);
  routing::Routing theirs{.name = "theirs", .vcs = 1, .begin = {0}};
  for (std::size_t s = 0; s < n; ++s) {
    for (std::size_t d = 0; d < n; ++d) {
      const auto& next = golden["routing_next_hop"][s][d];
      theirs.ways.push_back(
          {next.is_null() ? graph.terminals[d].out_port : port[s * n + next.get<std::size_t>()]});
      theirs.begin.push_back(static_cast<std::uint32_t>(theirs.ways.size()));
    }
  }
  INFO(file);
  const auto certificate = routing::certify(graph, theirs);
  CHECK(certificate.lost.empty());
  CHECK(certificate.deadlock_free != golden["routing_channel_dependency_graph_cyclic"].get<bool>());
  CHECK(test::complaint(test::walk(graph, theirs), certificate).empty());
  std::string why;
  const auto ours = routing::find("shortest-lowest-id")->make(graph, 1, why);
  REQUIRE(ours);
  std::size_t different = 0;
  for (std::size_t i = 0; i < theirs.ways.size(); ++i)
    different += ours->ways[i].port != theirs.ways[i].port ? 1u : 0u;
  CHECK(different == 0);
}

}  // namespace

TEST_CASE("cycles without load and circles are those of BookSim2 and RapidChiplet") {
  const auto root = test::golden_folder("interconnect");
  if (!root) return test::skip("no golden/interconnect");
  std::size_t files = 0;
  for (const auto& index : test::golden_indices(*root)) {
    for (const auto& entry : index.cases) {
      std::ifstream in{entry.file};
      const auto golden = Json::parse(in);
      ++files;
      if (golden.contains("pairs_src_dst_cycles")) {
        check_pairs(golden, entry.file);
      } else if (golden.contains("routing_next_hop")) {
        check_tables(golden, entry.file);
      } else if (golden.contains("curve")) {
        check_case(golden, entry.file);
      } else {
        FAIL_CHECK(entry.file << ": neither pairs, tables nor a curve");
      }
    }
  }
  CHECK(files > 0);
}
