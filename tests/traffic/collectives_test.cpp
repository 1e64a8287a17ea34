// Collectives: that everybody gets to know what it must, sends no more than the closed form says, and takes
// as long on an ideal network.
#include "traffic/collectives.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <numeric>

namespace marquetry::traffic {
namespace {

std::vector<std::uint32_t> first_nodes(std::uint32_t n) {
  std::vector<std::uint32_t> out(n);
  std::iota(out.begin(), out.end(), 0u);
  return out;
}

// Completion where every node sends one flit a cycle, the messages in the order in which they may start, and
// receives as fast, each message `on_the_way` cycles: by hand, message by message.
std::uint64_t ideal_completion(const Messages& messages, std::uint64_t on_the_way) {
  const auto& all = messages.messages;
  std::vector<std::uint64_t> arrival(all.size());
  std::map<std::uint32_t, std::uint64_t> sends_again;
  std::uint64_t last = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::uint64_t start = sends_again[all[i].source];
    for (const auto before : all[i].after) {
      REQUIRE(before < i);  // the rows list what is waited for first
      start = std::max(start, arrival[before]);
    }
    sends_again[all[i].source] = start + all[i].flits;
    arrival[i] = start + all[i].flits + on_the_way;
    last = std::max(last, arrival[i]);
  }
  return last;
}

// Whose data each node has seen at the end, by what arrived and what its senders had seen.
std::vector<std::vector<bool>> known(const Messages& messages, std::uint32_t nodes) {
  const auto& all = messages.messages;
  std::vector<std::vector<bool>> carries(all.size(), std::vector<bool>(nodes)),
      out(nodes, std::vector<bool>(nodes));
  const auto merge = [](std::vector<bool>& into, const std::vector<bool>& from) {
    for (std::size_t i = 0; i < into.size(); ++i) into[i] = into[i] || from[i];
  };
  for (std::uint32_t n = 0; n < nodes; ++n) out[n][n] = true;
  for (std::size_t i = 0; i < all.size(); ++i) {
    carries[i][all[i].source] = true;
    for (const auto before : all[i].after) {
      CHECK(all[before].destination == all[i].source);  // nobody knows of what arrives elsewhere
      merge(carries[i], carries[before]);
    }
    merge(out[all[i].destination], carries[i]);
  }
  return out;
}

TEST_CASE("a collective takes as long on an ideal network as its closed form says") {
  for (const auto& row : collectives()) {
    for (const std::uint32_t p : {2u, 3u, 4u, 5u, 8u, 12u, 16u, 64u}) {
      const std::uint64_t flits = 6 * p;  // in equal parts
      std::string why;
      const auto made = row.make(first_nodes(p), flits, why);
      INFO(row.name << " on " << p << " " << why);
      REQUIRE(made.has_value() == why.empty());
      if (!made) continue;
      const auto effort = row.effort(p, flits);
      for (const std::uint64_t way : {1u, 7u, 100u}) {
        const auto took = ideal_completion(*made, way);
        // A tree over other than a power of two has short branches.
        if (std::has_single_bit(p) || row.name.find("tree") == std::string_view::npos) {
          CHECK(took == effort.steps * way + effort.flits);
        } else {
          CHECK(took <= effort.steps * way + effort.flits);
        }
      }
    }
  }
}

TEST_CASE("everybody knows at the end what the operation promises") {
  for (const auto& row : collectives()) {
    std::string why;
    const auto made = row.make(first_nodes(16), 64, why);
    INFO(row.name << why);
    REQUIRE(made);
    const auto seen = known(*made, 16);
    const bool of_the_first = row.name == "broadcast-tree";
    for (std::uint32_t n = 0; n < 16; ++n)
      for (std::uint32_t of = 0; of < 16; ++of) CHECK((seen[n][of] || (of_the_first && of != 0)));
  }
}

TEST_CASE("volumes: worked for 4 nodes and 8 flits") {
  const auto sent = [](std::string_view name) {
    std::string why;
    const auto made = find_collective(name)->make(first_nodes(4), 8, why);
    std::uint64_t sum = 0;
    for (const auto& m : made->messages) sum += m.flits;
    return sum;
  };
  CHECK(sent("all-reduce") == 2 * 3 * 2 * 4);            // twice 3 steps of 2 flits on 4 nodes
  CHECK(sent("all-reduce-halving") == 2 * (4 + 2) * 4);  // 4 flits, then 2, and back
  CHECK(sent("all-reduce-tree") == 2 * 3 * 8);           // 3 edges of the tree, both ways
  CHECK(sent("all-gather-doubling") == (2 + 4) * 4);
  CHECK(sent("all-to-all") == 4 * 3 * 2);
  CHECK(sent("broadcast") == 3 * 8);
}

TEST_CASE("no all-reduce of any kind beats the bound on what a node must send") {
  // 2 (p - 1) / p of the vector: Patarasuk, Yuan 2009, theorem 1.
  for (const auto& row : collectives()) {
    if (!row.name.starts_with("all-reduce")) continue;
    std::string why;
    const auto made = row.make(first_nodes(8), 80, why);
    std::map<std::uint32_t, std::uint64_t> sent;
    for (const auto& m : made->messages) sent[m.source] += m.flits;
    std::uint64_t most = 0;
    for (const auto& [node, flits] : sent) most = std::max(most, flits);
    CHECK(most >= 2 * 7 * 80 / 8);
    CHECK(row.effort(8, 80).flits >= 2 * 7 * 80 / 8);
  }
}

TEST_CASE("few flits and uneven parts leave no message empty") {
  for (const auto& row : collectives()) {
    std::string why;
    const auto made = row.make(first_nodes(8), 3, why);
    REQUIRE(made);
    for (const auto& m : made->messages) CHECK(m.flits >= 1);
  }
}

TEST_CASE("operations say which numbers of nodes they take") {
  std::string why;
  CHECK_FALSE(find_collective("all-reduce-halving")->make(first_nodes(6), 8, why));
  CHECK_THAT(why, Catch::Contains("needs 2, 4, 8, 16 ... nodes, not 6: take the ring"));
  CHECK_FALSE(find_collective("all-reduce")->make(first_nodes(1), 8, why));
  CHECK_THAT(why, Catch::Contains("at least two nodes"));
  CHECK_FALSE(find_collective("all-reduce")->make(first_nodes(4096), 8, why));
  CHECK_THAT(why, Catch::Contains("messages, more than the"));
  CHECK(find_collective("all-to-none") == nullptr);
}

}  // namespace
}  // namespace marquetry::traffic
