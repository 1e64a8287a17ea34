// The main job as a user runs it: `explore designs/accelerator.toml --json`, its front checked from outside
// by reading the JSON alone and by evaluating each point again.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "evaluation/prepare.h"
#include "support/folder.h"
#include "support/program.h"

using namespace marquetry;
using nlohmann::json;

namespace {

const json& explored() {
  static const json result = [] {
    const auto ran = test::run_program("explore designs/accelerator.toml --json");
    REQUIRE(ran.status == 0);
    REQUIRE(ran.err.empty());
    return json::parse(ran.out);
  }();
  return result;
}

double at(const json& evaluation, std::string path) {
  for (auto& c : path) c = c == '.' ? '/' : c;
  return evaluation.at(json::json_pointer{"/" + path}).get<double>();
}

}  // namespace

TEST_CASE("the accelerator's front is feasible, mutually non-dominated, and evaluates to what it says") {
  const json& result = explored();
  CHECK(result["space"].get<double>() >= 1e6);
  CHECK(result["certificate"]["proved"].get<bool>());
  const json& front = result["front"];
  REQUIRE(front.size() > 10);
  const std::vector<std::pair<std::string, double>> objectives{{"cost.unit_usd", 1},
                                                               {"power.total_w", 1},
                                                               {"performance.llama-decode.value", -1},
                                                               {"performance.gpt3-prefill.value", -1}};
  std::vector<std::vector<double>> costs;
  for (const auto& point : front) {
    CHECK(point["feasible"].get<bool>());
    CHECK(point["violations"].empty());
    CHECK(at(point, "power.total_w") <= 1000);
    CHECK(point["choice"]["node"] != "tsmc-n5");
    CHECK((point["choice"]["memory"] == "hbm2e" || point["choice"]["memory"] == "hbm2e-12high"));
    auto& row = costs.emplace_back();
    for (const auto& [path, sign] : objectives) row.push_back(sign * at(point, path));
  }
  for (std::size_t a = 0; a < costs.size(); ++a) {
    for (std::size_t b = 0; b < costs.size(); ++b) {
      if (a == b) continue;
      bool worse_somewhere = false;
      for (std::size_t o = 0; o < objectives.size(); ++o) worse_somewhere |= costs[a][o] > costs[b][o];
      if (!worse_somewhere) FAIL_CHECK("point " << a << " is nowhere worse than point " << b);
    }
  }

  Diagnostics diagnostics;
  const auto library = load_library({test::source_folder() / "libraries"}, diagnostics);
  REQUIRE(library);
  const auto design = load_design(test::source_folder() / "designs/accelerator.toml", *library, diagnostics);
  REQUIRE(design);
  const auto prepared = prepare(*library, *design, diagnostics);
  REQUIRE(prepared);
  for (const auto& point : front) {
    Choice choice;
    for (const auto& variable : design->variables) {
      const auto& value = point["choice"][variable.name];
      std::uint32_t index = 0;
      while (value.is_number() ? variable.domain[index].number != value.get<double>()
                               : variable.domain[index].text != value.get<std::string>()) {
        ++index;
      }
      choice.push_back(index);
    }
    const auto system = compose(*prepared, choice);
    const auto evaluation = evaluate(system, prepared->models);
    CHECK(violations(*design, prepared->rules, prepared->caps, system, evaluation, choice).empty());
    CHECK(at(point, "cost.unit_usd") == evaluation.cost.unit / unit::USD);
    CHECK(at(point, "power.total_w") == evaluation.power.total / unit::W);
  }
}

TEST_CASE("the exploration has every key of the contract") {
  const json& result = explored();
  for (const char* key :
       {"design", "space", "front", "knee", "certificate", "reference", "relaxation", "run"}) {
    CAPTURE(key);
    CHECK(result.contains(key));
  }
  for (const char* key : {"method", "epsilon", "proved", "inputs_hash"})
    CHECK(result["certificate"].contains(key));
  for (const char* key : {"name", "distance", "packages_needed"}) CHECK(result["reference"].contains(key));
  for (const char* key : {"seconds", "threads", "evaluated", "nodes", "leaves", "steps"}) {
    CHECK(result["run"].contains(key));
  }
  for (const char* key : {"answer", "match", "pair", "pairs", "shadow_prices"}) CHECK(result.contains(key));
  for (const char* key : {"shortfall", "per_watt", "per_dollar", "price_usd"}) {
    CHECK(result["reference"].contains(key));
  }
  for (const char* key : {"constraints", "from", "to", "gain", "adds_to_best_single"}) {
    CHECK(result["pair"].contains(key));
  }
  REQUIRE_FALSE(result["relaxation"].empty());
  for (const auto& relaxation : result["relaxation"]) {
    for (const char* key : {"constraint", "from", "to", "gain"}) CHECK(relaxation.contains(key));
  }
  const json& point = result["front"][0];
  for (const char* key :
       {"design", "choice", "fidelity", "preset", "feasible", "violations", "area", "yield", "cost", "power",
        "thermal", "network", "performance", "carbon", "supply", "ranges", "estimates", "not_yet"}) {
    CAPTURE(key);
    CHECK(point.contains(key));
  }
  double sum = 0;
  for (const auto& item : point["cost"]["breakdown"]) sum += item["usd"].get<double>();
  CHECK(sum == Approx(point["cost"]["unit_usd"].get<double>()).epsilon(1e-9));
  CHECK(at(point, "cost.unit_usd") ==
        Approx(at(point, "cost.recurring_usd") + at(point, "cost.nre_per_unit_usd")));
}

TEST_CASE("the answer's figures follow from one another") {
  const json& result = explored();
  const json& compositions = result["answer"]["compositions"];
  REQUIRE(compositions.size() == 4);
  double cheapest = 1e18, least_power = 1e18;
  for (const auto& c : compositions) {
    CAPTURE(c["sense"]);
    const json& match = c["match"];
    const double n = match["packages"]["typ"];
    CHECK(match["cost_usd"]["typ"].get<double>() == Approx(n * c["unit_cost_usd"].get<double>()));
    CHECK(match["power_w"]["typ"].get<double>() == Approx(n * c["power_w"].get<double>()));
    CHECK(match["whole_packages"].get<double>() == std::ceil(n));
    CHECK(match["cost_usd"]["low"] <= match["cost_usd"]["typ"]);
    CHECK(match["cost_usd"]["typ"] <= match["cost_usd"]["high"]);
    double most = 0;
    for (const auto& [path, w] : match["workloads"].items()) {
      if (!w.contains("theirs")) continue;
      const double share = w["ours"]["typ"].get<double>() / w["theirs"].get<double>();
      CHECK(c["distance"][path].get<double>() == Approx(share));
      CHECK(w["packages"].get<double>() == Approx(1 / share));
      CHECK(c["per_watt"][path].get<double>() == Approx(share / (c["power_w"].get<double>() / 700)));
      const double price = result["reference"]["price_usd"]["typ"];
      CHECK(c["per_dollar"][path].get<double>() ==
            Approx(share / (c["unit_cost_usd"].get<double>() / price)));
      most = std::max(most, 1 / share);
    }
    CHECK(n == Approx(most));
    CHECK(match["break_even_price_usd"].get<double>() * n ==
          Approx(result["reference"]["price_usd"]["typ"].get<double>()));
    cheapest = std::min(cheapest, match["cost_usd"]["typ"].get<double>());
    least_power = std::min(least_power, match["power_w"]["typ"].get<double>());
  }
  CHECK(compositions[1]["sense"] == "cheapest match");
  CHECK(compositions[1]["match"]["cost_usd"]["typ"] == cheapest);
  CHECK(compositions[2]["match"]["power_w"]["typ"] == least_power);
  CHECK(result["match"]["packages"]["typ"] == result["reference"]["packages_needed"]);
}

TEST_CASE("the answer as text is led by a summary, and its lines fit a page") {
  const auto ran = test::run_program("explore designs/accelerator.toml --profile no-euv --reference h200");
  REQUIRE(ran.status == 0);
  const std::string answer = ran.out.substr(0, ran.out.find("\nthe nearest point in full"));
  std::size_t at = 0;
  for (const char* part :
       {"\nthe answer\n", "To match one H200 SXM5 takes", "What would help most is to lift 'no EUV nodes'",
        "\nthe best compositions, each proved\n", "\nif one limit alone were lifted", "\nno pair of limits",
        "\nshadow prices:", "\nfront ("}) {
    CAPTURE(part);
    const auto found = answer.find(part, at);
    REQUIRE(found != std::string::npos);
    at = found;
  }
  for (std::size_t begin = 0; begin < answer.size();) {
    const auto end = std::min(answer.find('\n', begin), answer.size());
    CAPTURE(answer.substr(begin, end - begin));
    CHECK(end - begin <= 120);
    begin = end + 1;
  }
}

TEST_CASE("an infeasible exploration ends with status 3 and names what binds") {
  const auto ran = test::run_program(
      "explore designs/accelerator.toml --profile 28nm-and-above --set node=tsmc-n5 --set "
      "memory=hbm3 --profile hbm2e-only");
  CHECK(ran.status == 3);
  CHECK(ran.out.find("none of") != std::string::npos);
  CHECK(ran.out.find("profile.28nm-and-above") != std::string::npos);
}
