#include "exchange/booksim/anynet.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <span>

#include "exchange/network_parts.h"
#include "exchange/tokens.h"

namespace marquetry::exchange {
namespace {

enum class What : std::uint8_t { router, node };

struct Item {
  What what{};
  std::uint32_t number{};
  const Token* token{};
};

struct Place {
  std::uint32_t router{}, latency{1};
  SourceSpot where{};
};

class AnynetReader {
 public:
  AnynetReader(const Words& words, Diagnostics& diagnostics) : words_{words}, diagnostics_{diagnostics} {}

  std::optional<topology::Graph> run() {
    const int before = diagnostics_.errors();
    for (const auto line : lines_of(words_)) read(line);
    if (diagnostics_.errors() > before) return std::nullopt;
    check_numbers();
    if (diagnostics_.errors() > before) return std::nullopt;
    warn_of_one_way();
    std::vector<NodePlace> nodes;
    for (const auto& [node, place] : nodes_) nodes.push_back({place.router, place.latency});
    std::vector<DirectedLink> links;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> numbers;
    for (const auto& [ends, latency] : links_) {
      const auto [at, is_new] =
          numbers.emplace(std::minmax(ends.first, ends.second), static_cast<std::uint32_t>(numbers.size()));
      links.push_back({.from = ends.first, .to = ends.second, .latency = latency, .link = at->second});
    }
    auto graph = arbitrary_graph(static_cast<std::uint32_t>(routers_.size()), nodes, std::move(links));
    for (const auto& fault : topology::faults(graph))
      diagnostics_.error({.file = words_.file}, fault.message, fault.hint);
    if (diagnostics_.errors() > before) return std::nullopt;
    return graph;
  }

 private:
  using Line = std::span<const Token>;

  void error(const Token& token, std::string message, std::string hint = {}) {
    diagnostics_.error(words_.spot(token), std::move(message), std::move(hint));
  }

  // "router 3": nothing after a complaint.
  std::optional<Item> item(Line& line) {
    const auto& kind = line.front();
    if (kind.text != "router" && kind.text != "node") {
      error(kind, "expected 'router' or 'node', not '" + std::string{kind.text} + "'",
            "a line goes: router 0 node 0 router 1 5");
      return std::nullopt;
    }
    if (line.size() < 2) {
      error(kind, "'" + std::string{kind.text} + "' has no number");
      return std::nullopt;
    }
    const auto what = kind.text == "router" ? What::router : What::node;
    const auto value = number(line[1], what == What::router ? most_routers - 1 : most_nodes - 1);
    if (!value) return std::nullopt;
    const Item out{what, *value, &line[1]};
    line = line.subspan(2);
    return out;
  }

  std::optional<std::uint32_t> number(const Token& token, std::uint32_t most) {
    std::uint32_t value = 0;
    const auto end = token.text.data() + token.text.size();
    const auto [stop, failed] = std::from_chars(token.text.data(), end, value);
    if (failed == std::errc{} && stop == end && value <= most) return value;
    error(token, "'" + std::string{token.text} + "' is no whole number from 0 to " + std::to_string(most));
    return std::nullopt;
  }

  void read(Line line) {
    const auto head = item(line);
    if (!head) return;
    if (head->what == What::router) routers_.emplace(head->number, words_.spot(*head->token));
    while (!line.empty()) {
      const auto body = item(line);
      if (!body) return;
      std::optional<std::uint32_t> latency;
      if (!line.empty() && line.front().text != "router" && line.front().text != "node") {
        latency = number(line.front(), longest_latency);
        if (!latency) return;
        if (*latency == 0) error(line.front(), "a channel of no latency", "the least is 1 cycle");
        line = line.subspan(1);
      }
      join(*head, *body, latency);
    }
  }

  void join(const Item& head, const Item& body, std::optional<std::uint32_t> latency) {
    if (body.what == What::router) routers_.emplace(body.number, words_.spot(*body.token));
    if (head.what == What::node && body.what == What::node) {
      error(*body.token, "a node cannot be joined to a node", "join both to a router");
    } else if (head.what == What::node && latency) {
      error(*body.token, "BookSim2 misreads a latency on the line of a node",
            "write it from the router: router " + std::to_string(body.number) + " node " +
                std::to_string(head.number) + " " + std::to_string(*latency));
    } else if (head.what == What::node) {
      place(head.number, body.number, 1, *body.token);
    } else if (body.what == What::node) {
      place(body.number, head.number, latency.value_or(1), *body.token);
    } else if (head.number == body.number) {
      error(*body.token, "router " + std::to_string(head.number) + " is joined to itself",
            "drop it: a router needs no link to itself");
    } else {
      // As BookSim2 has it: the way there has the latency, the way back 1 cycle until a line gives it one.
      links_[{head.number, body.number}] = latency.value_or(1);
      links_.emplace(std::pair{body.number, head.number}, 1);
      if (latency) given_.emplace(std::pair{head.number, body.number}, words_.spot(*body.token));
    }
  }

  void place(std::uint32_t node, std::uint32_t router, std::uint32_t latency, const Token& token) {
    const auto [at, is_new] = nodes_.emplace(node, Place{router, latency, words_.spot(token)});
    if (is_new) return;
    if (at->second.router != router) {
      error(
          token,
          "node " + std::to_string(node) + " is at router " + std::to_string(at->second.router) + " already",
          "a node is at one router");
    } else {
      at->second.latency = latency;
    }
  }

  // BookSim2 counts what it has seen and numbers from 0: a gap makes it hang or crash.
  void check_numbers() {
    std::uint32_t next = 0;
    for (const auto& [router, where] : routers_) {
      if (router != next) {
        diagnostics_.error(
            where,
            "router " + std::to_string(next) + " is missing, but there is a router " + std::to_string(router),
            "number the routers from 0 without a gap");
        break;
      }
      ++next;
    }
    next = 0;
    for (const auto& [node, place] : nodes_) {
      if (node != next) {
        diagnostics_.error(
            place.where,
            "node " + std::to_string(next) + " is missing, but there is a node " + std::to_string(node),
            "number the nodes from 0 without a gap");
        break;
      }
      ++next;
    }
    for (const auto& [node, place] : nodes_) {
      if (!routers_.contains(place.router)) {
        diagnostics_.error(place.where, "node " + std::to_string(node) + " is at router " +
                                            std::to_string(place.router) + ", which is not there");
        break;
      }
    }
    if (nodes_.empty())
      diagnostics_.error({.file = words_.file}, "there are no nodes in it",
                         "a line goes: router 0 node 0 router 1 5");
  }

  void warn_of_one_way() {
    for (const auto& [ends, where] : given_) {
      if (links_.at(ends) == 1 || given_.contains({ends.second, ends.first})) continue;
      diagnostics_.warning(where,
                           "the way back, from router " + std::to_string(ends.second) + " to " +
                               std::to_string(ends.first) +
                               ", takes 1 cycle: BookSim2 reads a latency for one direction",
                           "give it its latency on the line of router " + std::to_string(ends.second));
    }
  }

  const Words& words_;
  Diagnostics& diagnostics_;
  std::map<std::uint32_t, SourceSpot> routers_{};
  std::map<std::uint32_t, Place> nodes_{};
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> links_{};
  std::map<std::pair<std::uint32_t, std::uint32_t>, SourceSpot> given_{};
};

}  // namespace

std::optional<topology::Graph> read_anynet(const std::filesystem::path& file, Diagnostics& diagnostics) {
  const auto words = read_words(file, {}, diagnostics);
  if (!words) return std::nullopt;
  return AnynetReader{*words, diagnostics}.run();
}

std::string anynet_text(const topology::Graph& graph, const SourceSpot& where, Diagnostics& diagnostics) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> links;
  std::size_t parallel = 0, narrow = 0;
  for (const auto& c : graph.channels) {
    const auto [at, is_new] = links.emplace(std::pair{c.from, c.to}, c.latency);
    if (!is_new) {
      ++parallel;
      at->second = std::min(at->second, c.latency);
    }
    narrow += c.width < 1 ? 1 : 0;
  }
  if (parallel > 0)
    diagnostics.warning(where, std::to_string(parallel) +
                                   " channels are parallel to others, which BookSim2 does not know: one of "
                                   "each, the fastest, is written");
  if (narrow > 0)
    diagnostics.warning(where, std::to_string(narrow) +
                                   " channels are narrower than a flit or slower than the routers: BookSim2 "
                                   "has all of one width and clock");
  const auto one_way = std::ranges::count_if(links, [&](const auto& l) {
    return !links.contains({l.first.second, l.first.first});
  });
  if (one_way > 0)
    diagnostics.warning(
        where, std::to_string(one_way) + " channels have none back: BookSim2 adds one of 1 cycle for each");
  std::string out;
  const auto add = [&](const char* what, std::uint32_t number, std::uint32_t latency) {
    out += std::string{" "} + what + " " + std::to_string(number);
    if (latency != 1) out += " " + std::to_string(latency);
  };
  for (std::uint32_t r = 0; r < graph.routers; ++r) {
    out += "router " + std::to_string(r);
    for (std::uint32_t n = 0; n < graph.terminals.size(); ++n)
      if (graph.terminals[n].router == r) add("node", n, graph.terminals[n].latency);
    for (auto at = links.lower_bound({r, 0}); at != links.end() && at->first.first == r; ++at)
      add("router", at->first.second, at->second);
    out += "\n";
  }
  return out;
}

}  // namespace marquetry::exchange
