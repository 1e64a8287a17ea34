// The links of RapidChiplet's design points against ours (spcl/rapidchiplet, generate_topology.py): the same
// pairs of dies, as often, with the same numbers.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "support/golden.h"
#include "topology/generators.h"

using namespace marquetry;
using Json = nlohmann::json;

namespace {

using Pairs = std::multiset<std::pair<std::uint32_t, std::uint32_t>>;

const std::map<std::string, std::string_view> ours{{"mesh", "mesh"},
                                                   {"torus", "torus"},
                                                   {"folded_torus", "folded-torus"},
                                                   {"flattened_butterfly", "flattened-butterfly"},
                                                   {"hexamesh", "hexa-mesh"},
                                                   {"hexatorus", "hex-torus"},
                                                   {"folded_hexatorus", "folded-hex-torus"},
                                                   {"octamesh", "octa-mesh"},
                                                   {"hypercube", "hypercube"},
                                                   {"kite_small", "kite-small"},
                                                   {"kite_medium", "kite-medium"},
                                                   {"kite_large", "kite-large"},
                                                   {"sid_mesh", "sid-mesh"}};

Pairs links_of(const Json& design) {
  Pairs pairs;
  for (const auto& link : design.at("links"))
    pairs.insert(
        std::minmax(link.at("a_chiplet").get<std::uint32_t>(), link.at("b_chiplet").get<std::uint32_t>()));
  return pairs;
}

Pairs links_of(const topology::Graph& graph) {
  Pairs pairs;
  std::set<std::uint32_t> seen;
  for (const auto& c : graph.channels)
    if (seen.insert(c.link).second) pairs.insert(std::minmax(c.from, c.to));
  return pairs;
}

// Rows and columns of a grid; of bricks the number of dies only.
topology::Size size_of(const Json& design) {
  std::set<long> xs, ys;
  const auto& placement = design.at("placement");
  for (const auto& die : placement) {
    xs.insert(std::lround(die.at("x").get<double>() * 1000));
    ys.insert(std::lround(die.at("y").get<double>() * 1000));
  }
  if (xs.size() * ys.size() != placement.size())
    return {.routers = static_cast<std::uint32_t>(placement.size())};
  return {.rows = static_cast<std::uint32_t>(ys.size()), .columns = static_cast<std::uint32_t>(xs.size())};
}

}  // namespace

TEST_CASE("topologies have the links of RapidChiplet's, die by die") {
  const auto root = test::golden_folder("interconnect");
  if (!root) return test::skip("no golden cases of the interconnect");
  std::size_t compared = 0;
  for (const auto& index : test::golden_indices(*root)) {
    for (const auto& entry : index.cases) {
      std::ifstream file{entry.file};
      const Json design = Json::parse(file);
      if (!design.contains("placement") || !design.contains("links")) continue;
      const auto row = ours.find(Json::parse(entry.json).value("topology", ""));
      if (row == ours.end()) continue;
      CAPTURE(entry.name);
      std::string why;
      const auto graph = topology::find_generator(row->second)->build(size_of(design), why);
      INFO(why);
      REQUIRE(graph);
      CHECK(links_of(*graph) == links_of(design));
      ++compared;
    }
  }
  if (compared == 0) test::skip("no golden cases of RapidChiplet");
}
