// Every golden case of cost, yield and carbon belongs to a peer that a test reproduces: a schema that nobody
// knows fails here.
#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "support/golden.h"

using namespace marquetry;

namespace {

// Peers whose cases tests read, as a case's "peer" begins.
constexpr std::array peers{"ACT", "CATCH", "Chiplet Actuary", "ECO-CHIP", "YAP"};

bool is_known(const nlohmann::json& golden) {
  if (!golden.is_object() || !golden.contains("peer") || !golden["peer"].is_string()) return false;
  const std::string peer = golden["peer"];
  for (const std::string name : peers) {
    if (peer == name ||
        (peer.starts_with(name) && !std::isalnum(static_cast<unsigned char>(peer[name.size()])))) {
      return true;
    }
  }
  return false;
}

}  // namespace

TEST_CASE("every golden case of cost is of a peer that a test reproduces") {
  const auto folder = test::golden_folder("cost");
  if (!folder) return test::skip("no golden cases of cost");
  std::size_t seen = 0;
  for (const auto& index : test::golden_indices(*folder)) {
    for (const auto& entry : index.cases) {
      INFO(entry.file.string());
      REQUIRE(std::filesystem::exists(entry.file));
      ++seen;
      if (entry.file.extension() == ".csv") continue;  // tables beside the cases of their folder
      CHECK(is_known(nlohmann::json::parse(std::ifstream{entry.file})));
    }
  }
  CHECK(seen > 0);
}
