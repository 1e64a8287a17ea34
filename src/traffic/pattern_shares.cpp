// Patterns that send from each node to several, in shares.
#include <algorithm>

#include "traffic/pattern_rows.h"

namespace marquetry::traffic {

namespace {

constexpr std::uint32_t most_shares = 65536;  // of all hot spots together

// Each row has the sum 1, or less where a node would send to itself and may not.
template <class Weigh>
Traffic weighted(std::string name, std::uint32_t nodes, bool includes_self, Weigh weigh) {
  Traffic out{.name = std::move(name), .kind = Kind::matrix, .nodes = nodes, .includes_self = includes_self};
  out.weights.assign(std::size_t{nodes} * nodes, 0);
  for (std::uint32_t s = 0; s < nodes; ++s) {
    weigh(s, [&](std::uint32_t d, double share) {
      if (d != s || includes_self) out.weights[std::size_t{s} * nodes + d] += share;
    });
  }
  return out;
}

}  // namespace

std::optional<Traffic> make_uniform(std::uint32_t nodes, const PatternArguments& arguments,
                                    std::string& why) {
  if (nodes == 0 || (nodes == 1 && !arguments.includes_self)) {
    why = "uniform traffic needs at least two nodes";
    return std::nullopt;
  }
  return Traffic{
      .name = "uniform", .kind = Kind::uniform, .nodes = nodes, .includes_self = arguments.includes_self};
}

namespace {

bool are_nodes(const std::vector<std::uint32_t>& spots, std::uint32_t nodes, std::string_view what,
               std::string& why) {
  for (const auto spot : spots) {
    if (spot < nodes) continue;
    why = std::string{what} + " " + std::to_string(spot) + " is no node: they are 0 to " +
          std::to_string(nodes - 1);
    return false;
  }
  return true;
}

}  // namespace

// A spot stands in the list as often as its rate says, so that one draw finds it, as in BookSim2.
std::optional<Traffic> make_hotspot(std::uint32_t nodes, const PatternArguments& arguments,
                                    std::string& why) {
  const auto& spots = arguments.spots;
  const auto& rates = arguments.rates;
  if (spots.empty()) {
    why = "hotspot traffic needs the list of its spots";
    return std::nullopt;
  }
  if (!are_nodes(spots, nodes, "hot spot", why)) return std::nullopt;
  Traffic out{
      .name = "hotspot", .kind = Kind::hotspot, .nodes = nodes, .includes_self = arguments.includes_self};
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < spots.size(); ++i) {
    const auto rate = rates.empty() ? 1 : rates[std::min(i, rates.size() - 1)];
    sum += rate;
    if (rate == 0 || sum > most_shares) {
      why = "the rates of hot spots are whole numbers from 1, at most " + std::to_string(most_shares) +
            " together";
      return std::nullopt;
    }
    out.spots.insert(out.spots.end(), spots.size() == 1 ? 1 : rate, spots[i]);
  }
  return out;
}

std::optional<Traffic> make_matrix(std::uint32_t nodes, const PatternArguments& arguments, std::string& why) {
  const auto& weights = arguments.weights;
  if (weights.size() != std::size_t{nodes} * nodes) {
    why = "the matrix has " + std::to_string(weights.size()) + " entries, but " + std::to_string(nodes) +
          " nodes need " + std::to_string(std::size_t{nodes} * nodes);
    return std::nullopt;
  }
  double sum = 0;
  for (const auto w : weights) {
    if (!(w >= 0 && w <= 1e12)) {
      why = "the entries of a matrix of traffic are numbers from 0";
      return std::nullopt;
    }
    sum += w;
  }
  if (sum <= 0) {
    why = "nobody sends anything: every entry of the matrix is 0";
    return std::nullopt;
  }
  return Traffic{
      .name = "matrix", .kind = Kind::matrix, .nodes = nodes, .includes_self = true, .weights = weights};
}

// ---- of shares

std::optional<Traffic> make_background(std::uint32_t nodes, const PatternArguments& arguments,
                                       std::string& why) {
  if (!are_nodes(arguments.spots, nodes, "node", why)) return std::nullopt;
  std::vector<bool> out_of_it(nodes);
  for (const auto spot : arguments.spots) out_of_it[spot] = true;
  const auto left = std::ranges::count(out_of_it, false);
  if (left < 2) {
    why = "background traffic needs at least two nodes that are not left out";
    return std::nullopt;
  }
  return weighted("background", nodes, arguments.includes_self, [&](std::uint32_t s, const auto& send) {
    const auto choices = left - (!out_of_it[s] && !arguments.includes_self ? 1 : 0);
    for (std::uint32_t d = 0; d < nodes; ++d)
      if (!out_of_it[d]) send(d, 1 / static_cast<double>(choices));
  });
}

std::optional<Traffic> make_diagonal(std::uint32_t nodes, const PatternArguments&, std::string& why) {
  if (nodes < 2) {
    why = "diagonal traffic needs at least two nodes";
    return std::nullopt;
  }
  return weighted("diagonal", nodes, true, [=](std::uint32_t s, const auto& send) {
    send(s, 2.0 / 3);
    send((s + 1) % nodes, 1.0 / 3);
  });
}

std::optional<Traffic> make_asymmetric(std::uint32_t nodes, const PatternArguments& arguments,
                                       std::string& why) {
  if (nodes < 2 || nodes % 2 != 0) {
    why = "asymmetric traffic needs an even number of nodes, not " + std::to_string(nodes);
    return std::nullopt;
  }
  return weighted("asymmetric", nodes, arguments.includes_self, [=](std::uint32_t s, const auto& send) {
    send(s % (nodes / 2), 0.5);
    send(s % (nodes / 2) + nodes / 2, 0.5);
  });
}

std::optional<Traffic> make_taper(std::uint32_t nodes, const PatternArguments& arguments, std::string& why) {
  if (nodes != 64) {
    why = "taper64 traffic is made for 64 nodes, not " + std::to_string(nodes);
    return std::nullopt;
  }
  return weighted("taper64", nodes, arguments.includes_self, [=](std::uint32_t s, const auto& send) {
    for (const std::uint32_t row : {56u, 0u, 8u})
      for (const std::uint32_t column : {63u, 0u, 1u}) send((s + row + column) % 64, 0.5 / 9);
    for (std::uint32_t d = 0; d < 64; ++d) send(d, 0.5 / 64);
  });
}

std::optional<Traffic> make_group(std::uint32_t nodes, const PatternArguments& arguments, std::string& why) {
  const auto group = arguments.group > 0 ? arguments.group : std::max(1u, whole_root(nodes));
  if (group >= nodes || nodes % group != 0) {
    why = std::to_string(nodes) + " nodes do not make groups of " + std::to_string(group);
    return std::nullopt;
  }
  return weighted("next-group", nodes, arguments.includes_self, [=](std::uint32_t s, const auto& send) {
    for (std::uint32_t i = 0; i < group; ++i) send(((s / group + 1) * group + i) % nodes, 1.0 / group);
  });
}

std::optional<Traffic> make_to_column(std::uint32_t nodes, const PatternArguments& arguments,
                                      std::string& why) {
  const auto row = arguments.radix > 0 ? arguments.radix : whole_root(nodes);
  if (row < 2 || std::uint64_t{row} * row != nodes) {
    why = "row-to-column traffic needs a square of nodes, not " + std::to_string(nodes);
    return std::nullopt;
  }
  return weighted("row-to-column", nodes, arguments.includes_self, [=](std::uint32_t s, const auto& send) {
    for (std::uint32_t i = 0; i < row; ++i) send(i * row + s / row, 1.0 / row);
  });
}

}  // namespace marquetry::traffic
