// sensitivity and uncertainty as a user runs them.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "support/program.h"

using marquetry::test::run_program;
using nlohmann::json;

TEST_CASE("sensitivity lists numbers with range, effect, bar and source, greatest effect first") {
  const auto text = run_program("sensitivity designs/h200.toml --top 5");
  CHECK(text.status == 0);
  CHECK(text.out.find("cost.unit_usd = ") != std::string::npos);
  CHECK(text.out.find("uncertain numbers move it") != std::string::npos);
  CHECK(text.out.find("|####") != std::string::npos);
  const auto ran = run_program("sensitivity designs/h200.toml --top 5 --json");
  const auto found = json::parse(ran.out);
  REQUIRE(found["effects"].size() == 5);
  for (std::size_t i = 1; i < 5; ++i) {
    CHECK(found["effects"][i]["span"].get<double>() <= found["effects"][i - 1]["span"].get<double>());
  }
  for (const auto& effect : found["effects"]) {
    CHECK(effect["low"].get<double>() < effect["high"].get<double>());
    CHECK_FALSE(effect["source"].get<std::string>().empty());
    CHECK(text.out.find(effect["input"].get<std::string>()) != std::string::npos);
  }
}

TEST_CASE("uncertainty prints quantiles with errors, the same bytes on any number of threads") {
  const std::string call = "uncertainty designs/h200.toml --samples 2048 --json --threads ";
  const auto one = run_program(call + "1"), two = run_program(call + "2");
  CHECK(one.status == 0);
  CHECK(one.out == two.out);
  const auto found = json::parse(one.out);
  CHECK(found["samples"] == 2048);
  REQUIRE(found["figures"].size() == 5);
  const auto& cost = found["figures"][0]["design"];
  CHECK(cost["quantiles"][0]["value"].get<double>() < cost["mean"]["value"].get<double>());
  CHECK(cost["quantiles"][4]["value"].get<double>() > cost["mean"]["value"].get<double>());
  CHECK(cost["mean"]["standard_error"].get<double>() < 0.01 * cost["mean"]["value"].get<double>());
}

TEST_CASE("two designs are compared in the same worlds") {
  const auto ran = run_program("uncertainty designs/h200.toml designs/epyc-rome.toml --samples 1024 --json");
  CHECK(ran.status == 0);
  const auto found = json::parse(ran.out);
  CHECK(found["figures"][0]["probability_design_less"]["value"] == 0);  // a GPU is dearer than a CPU
  CHECK(found["figures"][0]["other_minus_design"]["mean"]["value"].get<double>() < 0);
  const auto text = run_program("uncertainty designs/h200.toml designs/epyc-rome.toml --samples 1024");
  CHECK(text.out.find("in the same worlds") != std::string::npos);
}

TEST_CASE("sensitivity and uncertainty say what is wrong with their arguments") {
  const auto figure = run_program("sensitivity designs/h200.toml --figure cost.unit");
  CHECK(figure.status == 2);
  CHECK(figure.err.find("no figure 'cost.unit'") != std::string::npos);
  CHECK(figure.err.find("did you mean 'cost.unit_usd'?") != std::string::npos);
  const auto samples = run_program("uncertainty designs/h200.toml --samples 3");
  CHECK(samples.status == 2);
  CHECK(samples.err.find("--samples: error: 3 worlds cannot be drawn") != std::string::npos);
  const auto open = run_program("uncertainty designs/accelerator.toml");
  CHECK(open.status == 2);
  CHECK(open.err.find("variables are open") != std::string::npos);
  CHECK(run_program("sensitivity designs/h200.toml --preset defualt").status == 2);
}
