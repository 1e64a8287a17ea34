#include "synthesis/read.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "config/json.h"
#include "config/one_of.h"
#include "config/reader.h"

namespace marquetry::synthesis {
namespace {

constexpr std::array<std::string_view, 4> goals{"throughput", "cost", "latency", "resilience"};
constexpr double longest = 1e4;  // mm
constexpr double greatest = 1e9;
constexpr std::size_t most_dies = 1024, most_candidates = 200'000;

// Bare numbers of one table.
class Numbers {
 public:
  Numbers(const Node& table, std::string what, Diagnostics& diagnostics)
      : reader_{table, what, diagnostics}, what_{std::move(what)} {
    if (!table.is_table())
      diagnostics.error(table.where,
                        what_ + " must be an object, but it is " + std::string{describe(table.kind)});
  }
  Reader& reader() { return reader_; }
  bool has(std::string_view key) { return reader_.find(key) != nullptr; }

  double number(std::string_view key, double fallback, double least, double most) {
    const auto* node = reader_.find(key);
    return node == nullptr ? fallback : checked(*node, key, least, most);
  }
  double required(std::string_view key, std::string_view help, double least, double most) {
    const auto* node = reader_.find_required(key, help);
    return node == nullptr ? least : checked(*node, key, least, most);
  }
  std::uint32_t count(std::string_view key, std::uint32_t fallback, std::uint32_t least, std::uint32_t most) {
    const double value = number(key, fallback, least, most);
    if (value == std::floor(value)) return static_cast<std::uint32_t>(value);
    error(*reader_.find(key), "'" + std::string{key} + "' must be a whole number");
    return least;
  }
  void error(const Node& where, const std::string& message, std::string hint = {}) {
    reader_.diagnostics().error(where.where, what_ + ": " + message, std::move(hint));
  }

 private:
  double checked(const Node& node, std::string_view key, double least, double most) {
    const bool is_number = node.kind == NodeKind::number;
    if (is_number && node.number >= least && node.number <= most) return node.number;
    error(node, "'" + std::string{key} + "' must be a number from " + significant(least, 6) + " to " +
                    significant(most, 6) + ", but it is " +
                    (is_number ? quoted(node) : std::string{describe(node.kind)}));
    return std::max(least, 0.0);
  }
  Reader reader_;
  std::string what_;
};

class ProblemReader {
 public:
  ProblemReader(const Node& root, Diagnostics& diagnostics)
      : top_{root, "the problem", diagnostics}, root_{root}, diagnostics_{diagnostics} {}

  std::optional<Problem> read() {
    const auto before = diagnostics_.errors();
    top_.reader().text_if("name", problem_.name);
    read_dies();
    if (diagnostics_.errors() == before) {
      for (const auto& node :
           list("links", "the links that may be built", "[{\"reach_mm\": 2, \"width\": 1}]"))
        read_links(node);
      read_traffic();
    }
    read_router();
    read_goal();
    top_.reader().reject_unknown_keys();
    if (diagnostics_.errors() == before) {
      for (const auto& fault : faults(problem_))
        diagnostics_.error(name_spot(root_), fault.message, fault.hint);
    }
    return diagnostics_.errors() == before ? std::optional{std::move(problem_)} : std::nullopt;
  }

 private:
  const std::vector<Node>& list(std::string_view key, std::string_view help, std::string_view example) {
    static const std::vector<Node> nothing;
    const auto* node = top_.reader().find_required(key, help, example);
    if (node == nullptr) return nothing;
    if (node->kind == NodeKind::list) return node->items;
    top_.error(*node,
               "'" + std::string{key} + "' must be a list, but it is " + std::string{describe(node->kind)});
    return nothing;
  }

  void read_dies() {
    const auto& items =
        list("dies", "what is to be connected", "[{\"name\": \"a\", \"x_mm\": 0, \"y_mm\": 0}]");
    if (items.size() > most_dies) {
      top_.error(root_, std::to_string(items.size()) + " dies are more than " + std::to_string(most_dies));
      return;
    }
    for (const auto& node : items) {
      Numbers fields{node, "die " + std::to_string(problem_.dies.size()), diagnostics_};
      Die die{.name = std::to_string(problem_.dies.size())};
      fields.reader().text_if("name", die.name);
      die.place.x = fields.required("x_mm", "of its centre", -longest, longest);
      die.place.y = fields.required("y_mm", "of its centre", -longest, longest);
      die.width = fields.number("width_mm", 0, 0, longest);
      die.height = fields.number("height_mm", 0, 0, longest);
      die.beachfront = fields.number("beachfront_mm", infinity, 0, longest);
      die.phys = fields.count("phys", topology::none, 0, 1'000'000);
      fields.reader().reject_unknown_keys();
      if (std::ranges::find(problem_.dies, die.name, &Die::name) != problem_.dies.end())
        fields.error(node, "the name '" + die.name + "' stands twice", "give each die a name of its own");
      problem_.dies.push_back(std::move(die));
    }
  }

  std::optional<std::uint32_t> die(const Node& node) {
    if (node.kind == NodeKind::number && node.number >= 0 && node.number == std::floor(node.number) &&
        node.number < static_cast<double>(problem_.dies.size()))
      return static_cast<std::uint32_t>(node.number);
    const auto found = std::ranges::find(problem_.dies, node.text, &Die::name);
    if (node.kind == NodeKind::text && found != problem_.dies.end())
      return static_cast<std::uint32_t>(found - problem_.dies.begin());
    std::vector<std::string_view> names;
    for (const auto& d : problem_.dies) names.push_back(d.name);
    top_.error(node, "no die " + quoted(node), suggest(node.text, names));
    return std::nullopt;
  }

  // One kind of link, for all pairs or for the one that it names.
  void read_links(const Node& node) {
    Numbers fields{node, "a kind of link", diagnostics_};
    const LinkKind kind{.reach = fields.number("reach_mm", infinity, 0, longest),
                        .beachfront = fields.number("beachfront_mm", 0, 0, longest),
                        .width = fields.number("width", 1, 0, 1),
                        .latency = fields.number("latency_cycles", 1, 0, 1e5),
                        .latency_of_mm = fields.number("latency_cycles_per_mm", 0, 0, 1e5),
                        .cost = fields.number("cost", 1, 0, greatest),
                        .cost_of_mm = fields.number("cost_per_mm", 0, 0, greatest),
                        .parallel = fields.count("parallel", 1, 1, 64)};
    const auto* pair = fields.reader().find("between");
    auto made = candidates(problem_.dies, kind);
    if (pair != nullptr) {
      std::optional<std::uint32_t> a, b;
      if (pair->kind == NodeKind::list && pair->items.size() == 2) {
        a = die(pair->items[0]);
        b = die(pair->items[1]);
      } else {
        fields.error(*pair, "'between' must be a list of two dies", "for example [\"a\", \"b\"]");
      }
      if (a && b && *a == *b)
        fields.error(*pair, "a link from die " + quoted(pair->items[0]) + " to itself", "drop it");
      std::erase_if(made, [&](const Candidate& c) {
        return !a || !b || c.a != std::min(*a, *b) || c.b != std::max(*a, *b);
      });
    }
    fields.reader().reject_unknown_keys();
    if (problem_.candidates.size() + made.size() > most_candidates) {
      fields.error(node, "more than " + std::to_string(most_candidates) + " links that may be built",
                   "lower 'parallel', or name the pairs with 'between'");
      return;
    }
    problem_.candidates.insert(problem_.candidates.end(), made.begin(), made.end());
  }

  void read_traffic() {
    const auto n = problem_.dies.size();
    problem_.traffic.assign(n * n, 0);
    const auto* node = top_.reader().find_required("traffic", "who sends to whom", "\"uniform\"");
    if (node == nullptr) return;
    if (node->kind == NodeKind::text && node->text == "uniform") {
      for (std::size_t i = 0; i < n * n && n > 1; ++i)
        problem_.traffic[i] = i / n == i % n ? 0 : 1 / static_cast<double>(n - 1);
      return;
    }
    if (node->kind != NodeKind::list) {
      top_.error(*node, "'traffic' must be \"uniform\", a list of rows, or a list of flows",
                 "for example [{\"from\": \"a\", \"to\": \"b\", \"rate\": 0.5}]");
      return;
    }
    const bool is_matrix = !node->items.empty() && node->items[0].kind == NodeKind::list;
    if (is_matrix && node->items.size() != n)
      top_.error(*node, "'traffic' has " + std::to_string(node->items.size()) + " rows for " +
                            std::to_string(n) + " dies");
    for (std::size_t s = 0; s < node->items.size(); ++s) {
      is_matrix ? read_row(node->items[s], s) : read_flow(node->items[s]);
    }
  }

  void read_row(const Node& row, std::size_t s) {
    const auto n = problem_.dies.size();
    if (row.kind != NodeKind::list || row.items.size() != n) {
      top_.error(row,
                 "row " + std::to_string(s) + " of 'traffic' must have " + std::to_string(n) + " numbers");
      return;
    }
    for (std::size_t d = 0; d < n && s < n; ++d) {
      const auto& rate = row.items[d];
      if (rate.kind == NodeKind::number && rate.number >= 0 && rate.number <= greatest) {
        problem_.traffic[s * n + d] = rate.number;
      } else {
        top_.error(rate, "a rate of 'traffic' must be a number from 0 up");
      }
    }
  }

  void read_flow(const Node& node) {
    Numbers fields{node, "a flow", diagnostics_};
    const auto* from = fields.reader().find_required("from", "who sends");
    const auto* to = fields.reader().find_required("to", "who receives");
    const double rate = fields.required("rate", "flits a cycle at a load of 1", 0, greatest);
    fields.reader().reject_unknown_keys();
    if (from == nullptr || to == nullptr) return;
    const auto s = die(*from), d = die(*to);
    if (s && d) problem_.traffic[*s * problem_.dies.size() + *d] += rate;
  }

  // The keys of network cases.
  void read_router() {
    if (const auto* node = top_.reader().find("router"); node != nullptr) {
      Numbers fields{*node, "the router", diagnostics_};
      auto& pipeline = problem_.router;
      pipeline.routing = fields.count("routing_delay", pipeline.routing, 0, 1000);
      pipeline.vc_alloc = fields.count("vc_alloc_delay", pipeline.vc_alloc, 1, 1000);
      pipeline.sw_alloc = fields.count("sw_alloc_delay", pipeline.sw_alloc, 1, 1000);
      pipeline.st_prepare = fields.count("st_prepare_delay", pipeline.st_prepare, 0, 1000);
      pipeline.st_final = fields.count("st_final_delay", pipeline.st_final, 0, 1000);
      fields.reader().flag("speculative", pipeline.speculative);
      fields.reader().reject_unknown_keys();
    }
    problem_.packet = top_.count("packet_flits", 1, 1, 1'000'000);
  }

  void read_goal() {
    if (top_.has("goal")) read_one_of(top_.reader(), "goal", problem_.goal, goals);
    const auto* node = top_.reader().find("needs");
    if (node == nullptr) return;
    Numbers fields{*node, "'needs'", diagnostics_};
    problem_.needs = {.throughput = fields.number("throughput", 0, 0, greatest),
                      .resilience = fields.number("resilience", 0, 0, greatest),
                      .cost = fields.number("cost", infinity, 0, greatest),
                      .latency = fields.number("latency_cycles", infinity, 0, greatest)};
    fields.reader().reject_unknown_keys();
  }

  Numbers top_;
  const Node& root_;
  Diagnostics& diagnostics_;
  Problem problem_{};
};

}  // namespace

std::optional<Problem> read_problem(const Node& root, Diagnostics& diagnostics) {
  return ProblemReader{root, diagnostics}.read();
}

std::optional<Problem> load_problem(const std::filesystem::path& file, Diagnostics& diagnostics) {
  const auto root = parse_json_file(file, diagnostics);
  return root ? read_problem(*root, diagnostics) : std::nullopt;
}

}  // namespace marquetry::synthesis
