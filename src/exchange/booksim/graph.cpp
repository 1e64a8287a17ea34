// Topologies of BookSim2, by its names and sizes (booksim/booksim2, src/networks).
#include <array>

#include "base/named_file.h"
#include "exchange/booksim/anynet.h"
#include "exchange/booksim/parts.h"
#include "exchange/network_parts.h"
#include "topology/generators.h"

namespace marquetry::exchange {
namespace {

constexpr std::array<std::string_view, 6> known{"mesh", "torus", "cmesh", "flatfly", "fattree", "anynet"};

// A number from `least` to `most`, or a complaint and `least`.
std::uint32_t count(const BooksimSettings& settings, std::string_view key, std::uint32_t least,
                    std::uint32_t most, Diagnostics& diagnostics) {
  const auto value = settings.whole(key);
  if (value >= least && value <= most) return static_cast<std::uint32_t>(value);
  diagnostics.error(settings[key].where, "'" + std::string{key} + "' = " + settings.text(key) +
                                             " must lie between " + std::to_string(least) + " and " +
                                             std::to_string(most));
  return least;
}

// Routers in x and y, nodes of a router in x and y: BookSim2 asserts, or goes astray, where they do not fit.
void check_concentration(const BooksimSettings& settings, Diagnostics& diagnostics) {
  const auto agree = [&](std::string_view key, std::int64_t expected, std::string_view why) {
    if (settings.whole(key) == expected) return;
    const auto& where = settings.given(key) ? settings[key].where : settings["topology"].where;
    diagnostics.error(where,
                      "'" + std::string{key} + "' is " + settings.text(key) + ", but " + std::string{why} +
                          " makes it " + std::to_string(expected),
                      "write " + std::string{key} + " = " + std::to_string(expected) + ";");
  };
  agree("x", settings.whole("k"), "k");
  agree("y", settings.whole("k"), "k");
  const auto c = settings.whole("c");
  if (settings.whole("xr") != settings.whole("yr") || settings.whole("xr") * settings.whole("yr") != c)
    diagnostics.error(settings.given("c") ? settings["c"].where : settings["topology"].where,
                      "'xr' = " + settings.text("xr") + " and 'yr' = " + settings.text("yr") +
                          " must be alike and make c = " + settings.text("c"),
                      "c = 4 goes with xr = 2; yr = 2;");
}

}  // namespace

std::optional<topology::Graph> booksim_graph(const BooksimSettings& settings,
                                             const std::filesystem::path& folder, Diagnostics& diagnostics) {
  const int before = diagnostics.errors();
  const auto& name = settings.text("topology");
  const auto where = settings["topology"].where;
  if (name == "anynet") {
    const auto& file = settings.text("network_file");
    if (!file.empty()) {
      const auto path = file_below(folder, file, settings["network_file"].where, diagnostics);
      return path ? read_anynet(*path, diagnostics) : std::nullopt;
    }
    diagnostics.error(where, "an anynet needs its graph", "write network_file = FILE;");
    return std::nullopt;
  }
  if (std::ranges::find(known, name) == known.end()) {
    diagnostics.error(where, "the topology '" + name + "' is not simulated",
                      suggest(name, {known.begin(), known.end()}));
    return std::nullopt;
  }
  const bool concentrated = name == "cmesh" || name == "flatfly";
  topology::Size size{.k = count(settings, "k", 1, most_routers, diagnostics),
                      .n = count(settings, "n", 1, 32, diagnostics)};
  if (concentrated) {
    size.c = count(settings, "c", 1, most_nodes, diagnostics);
    check_concentration(settings, diagnostics);
  }
  if (diagnostics.errors() > before) return std::nullopt;
  std::string why;
  auto graph = topology::find_generator(topology_of_booksim(name))->build(size, why);
  if (graph && (graph->routers > most_routers || graph->terminals.size() > most_nodes)) {
    why = "it has " + std::to_string(graph->routers) + " routers and " +
          std::to_string(graph->terminals.size()) + " nodes; at most " + std::to_string(most_routers) +
          " and " + std::to_string(most_nodes) + " are simulated";
    graph.reset();
  }
  if (!graph) {
    diagnostics.error(where, "no " + name + " of that size: " + why);
    return std::nullopt;
  }
  if (settings.whole("use_noc_latency") != 1 && name != "fattree") {
    for (auto& channel : graph->channels) channel.latency = 1;
    for (auto& terminal : graph->terminals) terminal.latency = 1;
  }
  return graph;
}

}  // namespace marquetry::exchange
