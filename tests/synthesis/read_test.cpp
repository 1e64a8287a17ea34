// Problems in JSON: what they say, and what is said about wrong ones.
#include "synthesis/read.h"

#include <catch2/catch.hpp>

#include "config/json.h"

using namespace marquetry;
using namespace marquetry::synthesis;

namespace {

std::optional<Problem> read(const std::string& text, Diagnostics& diagnostics) {
  const auto root = parse_json(text, "case.json", diagnostics);
  REQUIRE(root);
  return read_problem(*root, diagnostics);
}

// What is said first.
std::string complaint(const std::string& text) {
  Diagnostics diagnostics;
  CHECK_FALSE(read(text, diagnostics));
  REQUIRE_FALSE(diagnostics.all().empty());
  const auto& first = diagnostics.all().front();
  return std::to_string(first.where.line) + ": " + first.message +
         (first.hint.empty() ? "" : " | " + first.hint);
}

const std::string dies = R"("dies": [{"name": "cpu", "x_mm": 0, "y_mm": 0, "width_mm": 8, "height_mm": 8},
 {"name": "io", "x_mm": 10, "y_mm": 0, "width_mm": 8, "height_mm": 8, "beachfront_mm": 2.5, "phys": 3},
 {"name": "mem", "x_mm": 10, "y_mm": 12, "width_mm": 8, "height_mm": 10}],
)";

std::string with(const std::string& rest) { return "{" + dies + rest + "}"; }

}  // namespace

TEST_CASE("a problem says what may be built between its dies") {
  Diagnostics diagnostics;
  const auto problem = read(with(R"("name": "three", "goal": "cost", "needs": {"throughput": 0.4, "cost": 9},
 "links": [{"reach_mm": 2.5, "beachfront_mm": 0.5, "latency_cycles": 4, "latency_cycles_per_mm": 0.5, "cost_per_mm": 0.25, "parallel": 2},
           {"between": ["mem", "cpu"], "width": 0.5, "cost": 3}],
 "traffic": [{"from": "cpu", "to": "mem", "rate": 0.5}, {"from": 2, "to": 0, "rate": 0.25}, {"from": "io", "to": "cpu", "rate": 0.1}],
 "router": {"routing_delay": 0}, "packet_flits": 5)"),
                            diagnostics);
  REQUIRE(problem);
  CHECK(problem->name == "three");
  CHECK(problem->goal == Goal::cost);
  CHECK(problem->needs.throughput == 0.4);
  CHECK(problem->needs.cost == 9);
  CHECK(problem->packet == 5);
  CHECK(problem->router.cycles() == 3);
  REQUIRE(problem->dies.size() == 3);
  CHECK(problem->dies[1].beachfront == 2.5);
  CHECK(problem->dies[1].phys == 3);
  // cpu - io are 2 mm apart, io - mem 3 mm, cpu - mem 2 + 3 mm: two candidates for the first pair, one each,
  // beyond reach, for the others, and the one that is named.
  REQUIRE(problem->candidates.size() == 5);
  const auto& first = problem->candidates[0];
  CHECK(first.length == 2);
  CHECK(first.latency == 5);
  CHECK(first.cost == 1.5);
  CHECK(in_reach(first));
  CHECK_FALSE(in_reach(problem->candidates[2]));
  CHECK_FALSE(in_reach(problem->candidates[3]));
  const auto& named = problem->candidates[4];
  CHECK(std::pair{named.a, named.b} == std::pair{0U, 2U});
  CHECK(named.length == 5);
  CHECK(named.width == 0.5);
  CHECK(in_reach(named));
  CHECK(problem->traffic == std::vector<double>{0, 0, 0.5, 0.1, 0, 0, 0.25, 0, 0});
}

TEST_CASE("traffic is uniform, rows, or flows") {
  Diagnostics diagnostics;
  const auto uniform = read(with(R"("links": [{}], "traffic": "uniform")"), diagnostics);
  REQUIRE(uniform);
  CHECK(uniform->traffic == std::vector<double>{0, 0.5, 0.5, 0.5, 0, 0.5, 0.5, 0.5, 0});
  const auto rows = read(with(R"("links": [{}], "traffic": [[0, 1, 2], [3, 0, 4], [5, 6, 0]])"), diagnostics);
  REQUIRE(rows);
  CHECK(rows->traffic == std::vector<double>{0, 1, 2, 3, 0, 4, 5, 6, 0});
}

TEST_CASE("wrong problems are refused where they are wrong") {
  CHECK(complaint(with(R"("links": [{"reach_m": 2}], "traffic": "uniform")")) ==
        "4: a kind of link: unknown key 'reach_m' | did you mean 'reach_mm'?");
  CHECK(complaint(with(R"("links": [{"width": 2}], "traffic": "uniform")")) ==
        "4: a kind of link: 'width' must be a number from 0 to 1, but it is 2");
  CHECK(complaint(with(R"("links": [{"between": ["cpuu", "io"]}], "traffic": "uniform")")) ==
        "4: the problem: no die \"cpuu\" | did you mean 'cpu'?");
  CHECK(complaint(with(R"("links": [{"between": ["io", "io"]}], "traffic": "uniform")")) ==
        "4: a kind of link: a link from die \"io\" to itself | drop it");
  CHECK(complaint(with(R"("links": [{}], "traffic": [[0, 1], [1, 0]])")) ==
        "4: the problem: 'traffic' has 2 rows for 3 dies");
  CHECK(complaint(with(R"("links": [{}], "traffic": [{"from": "cpu", "to": "nowhere", "rate": 1}])")) ==
        "4: the problem: no die \"nowhere\" | known: cpu, io, mem");
  CHECK(complaint(with(R"("links": [{}], "traffic": [])")) ==
        "1: nobody sends to anybody | give at least one rate above zero");
  CHECK(complaint(with(R"("links": [{"width": 0}], "traffic": "uniform")")) ==
        "1: the link from 'cpu' to 'io' is 0 flits wide | "
        "widths are above 0 and at most 1: a flit is what the widest link carries in a cycle");
  CHECK(complaint(R"({"dies": [{"x_mm": 0, "y_mm": "2 mm"}], "links": [], "traffic": "uniform"})") ==
        "1: die 0: 'y_mm' must be a number from -10000 to 10000, but it is a text");
  CHECK(complaint(R"({"dies": [{"x_mm": 0, "y_mm": 0}], "links": [{}], "traffic": "uniform"})") ==
        "1: there is nothing to connect | give at least two dies");
}
