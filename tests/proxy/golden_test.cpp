// RapidChiplet's design points: under its preset our models give its figures. Every folder below
// interconnect/ that holds an index.json is taken; cases of the other schemas belong to the simulator.
#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "config/json.h"
#include "exchange/rapidchiplet/read.h"
#include "proxy/evaluate.h"
#include "proxy/network.h"
#include "routing/certificate.h"
#include "routing/load.h"
#include "support/golden.h"

using namespace marquetry;
using nlohmann::json;

namespace {

constexpr double exactly = 1e-9;

// Of BookSim2's cases; another test's business.
bool is_of_the_simulator(const json& root) {
  return (root.contains("network") && root.contains("router")) || root.contains("pairs_src_dst_cycles");
}

struct Case {
  std::string name{};
  json root{};
  proxy::Design design{};
};

std::vector<Case> cases() {
  std::vector<Case> out;
  const auto folder = test::golden_folder("interconnect");
  if (!folder) return out;
  for (const auto& index : test::golden_indices(*folder)) {
    for (const auto& entry : index.cases) {
      INFO(entry.file);
      std::ifstream in{entry.file};
      REQUIRE(in);
      std::stringstream text;
      text << in.rdbuf();
      auto root = json::parse(text.str());
      Diagnostics diagnostics;
      const auto node = parse_json(text.str(), entry.name, diagnostics);
      REQUIRE(node);
      if (!exchange::is_rapidchiplet_case(*node)) {
        INFO("a schema that no test knows");
        REQUIRE(is_of_the_simulator(root));
        continue;
      }
      auto design = exchange::read_rapidchiplet_case(*node, diagnostics);
      INFO(render_all(diagnostics));
      REQUIRE(design);
      out.push_back({entry.name, std::move(root), std::move(*design)});
    }
  }
  return out;
}

void near(double ours, const json& theirs) {
  CHECK(ours == Approx(theirs.get<double>()).epsilon(exactly).margin(0));
}

void check_lot(const proxy::Lot& ours, const json& theirs) {
  near(ours.dies_per_wafer, theirs.at("dies_per_wafer"));
  near(ours.yield, theirs.at("manufacturing_yield"));
  near(ours.good, theirs.at("known_good_dies"));
  near(ours.cost, theirs.at("cost"));
}

void check_area_and_power(const proxy::Figures& ours, const json& theirs) {
  near(ours.area.width, theirs.at("area_summary").at("chip_width"));
  near(ours.area.height, theirs.at("area_summary").at("chip_height"));
  near(ours.area.chiplets, theirs.at("area_summary").at("total_chiplet_area"));
  near(ours.area.interposer, theirs.at("area_summary").at("total_interposer_area"));
  near(ours.power.total, theirs.at("power_summary").at("total_power"));
  near(ours.power.chiplets, theirs.at("power_summary").at("total_chiplet_power"));
  CHECK(ours.power.interposer == theirs.at("power_summary").at("total_interposer_power").get<double>());
}

void check_cost(const proxy::Design& design, const proxy::Cost& ours, const json& theirs) {
  near(ours.total, theirs.at("total_cost"));
  if (ours.interposer) check_lot(*ours.interposer, theirs.at("interposer"));
  for (std::size_t t = 0; t < design.types.size(); ++t) {
    REQUIRE(ours.types[t].has_value() == theirs.at("chiplets").contains(design.types[t].name));
    if (ours.types[t]) check_lot(*ours.types[t], theirs.at("chiplets").at(design.types[t].name));
  }
}

void check_spread(const proxy::Spread& ours, const json& theirs) {
  near(ours.least, theirs.at("min"));
  near(ours.mean, theirs.at("avg"));
  near(ours.greatest, theirs.at("max"));
}

}  // namespace

TEST_CASE("golden: RapidChiplet's figures to 1e-9 under its preset") {
  const auto all = cases();
  if (all.empty()) return test::skip("no golden cases of RapidChiplet");
  const auto quirks = find_preset("rapidchiplet-2023")->quirks();
  for (const auto& [name, root, design] : all) {
    INFO(name);
    const auto figures = proxy::evaluate(design, design.next_hop, quirks);
    const auto& theirs = root.at("results");
    check_area_and_power(figures, theirs);
    check_cost(design, figures.cost, theirs.at("cost"));
    check_spread(figures.lengths, theirs.at("link_summary").at("lengths"));
    check_spread(figures.bandwidths, theirs.at("link_summary").at("bandwidths"));
    check_spread(figures.latency, theirs.at("latency"));
    near(figures.throughput.aggregate, theirs.at("throughput").at("aggregate_throughput"));
  }
}

TEST_CASE("golden: RapidChiplet's routing is the shortest path of lowest numbers, link by link as long") {
  const auto all = cases();
  if (all.empty()) return test::skip("no golden cases of RapidChiplet");
  const auto quirks = find_preset("rapidchiplet-2023")->quirks();
  for (const auto& [name, root, design] : all) {
    INFO(name);
    CHECK(proxy::lowest_next_hops(design) == design.next_hop);
    const auto wires = proxy::wires(design, quirks);
    const auto& lengths = root.at("link_lengths_mm");
    REQUIRE(wires.size() == lengths.size());
    for (const auto& row : lengths) {
      const std::uint32_t a = row.at(0), b = row.at(1);
      const auto found = std::ranges::find_if(wires, [&](const auto& wire) {
        return std::pair{wire.a, wire.b} == std::pair{a, b} || std::pair{wire.b, wire.a} == std::pair{a, b};
      });
      REQUIRE(found != wires.end());
      near(found->length, row.at(2));
    }
  }
}

TEST_CASE("golden: which of RapidChiplet's routings can deadlock") {
  const auto all = cases();
  if (all.empty()) return test::skip("no golden cases of RapidChiplet");
  for (const auto& [name, root, design] : all) {
    INFO(name);
    const auto network = proxy::network_case(design, find_preset("rapidchiplet-2023")->quirks());
    const auto routing = proxy::table(design, network.graph, design.next_hop, 1);
    const auto certificate = routing::certify(network.graph, routing);
    CHECK(certificate.lost.empty());
    CHECK(certificate.deadlock_free != root.at("routing_channel_dependency_graph_cyclic").get<bool>());
    CHECK(certificate.cycle.empty() == certificate.deadlock_free);
  }
}

TEST_CASE("golden: the network of a design has the latency and throughput of the closed form") {
  const auto all = cases();
  if (all.empty()) return test::skip("no golden cases of RapidChiplet");
  const auto quirks = find_preset("rapidchiplet-2023")->quirks();
  for (const auto& [name, root, design] : all) {
    INFO(name);
    const auto network = proxy::network_case(design, quirks);
    if (!network.notes.empty()) continue;  // a cycle or two cannot be told apart there
    const auto routing = proxy::table(design, network.graph, design.next_hop, 1);
    const auto cycles = routing::zero_load(network.graph, routing, network.router, 1);
    const auto matrix = traffic::matrix(network.traffic);
    double sum = 0, weight = 0;
    for (std::size_t i = 0; i < matrix.size(); ++i) {
      sum += matrix[i] * cycles[i];
      weight += matrix[i];
    }
    const auto figures = proxy::evaluate(design, design.next_hop, quirks);
    CHECK(sum / weight == Approx(figures.latency.mean).epsilon(1e-9));
    const auto loads = routing::loads(network.graph, routing, matrix);
    double widest_share = 1e300;  // what each unit sends when the fullest channel is full, of a flit
    for (std::size_t c = 0; c < loads.size(); ++c) {
      if (loads[c] > 0) widest_share = std::min(widest_share, network.graph.channels[c].width / loads[c]);
    }
    CHECK(widest_share * *network.flit_bits * weight == Approx(figures.throughput.aggregate).epsilon(1e-9));
  }
}
