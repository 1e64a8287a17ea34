// perform, as a user runs it.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "support/program.h"

using marquetry::test::run_program;
using nlohmann::json;

TEST_CASE("perform sets every accelerator beside every workload of the library") {
  const auto out = json::parse(run_program("perform --json").out);
  CHECK(out["subjects"].size() >= 15);
  CHECK(out["workloads"].size() >= 15);
  CHECK(out["results"].size() == out["subjects"].size() * out["workloads"].size());
  double h100 = 0, h200 = 0;
  for (const auto& one : out["results"]) {
    if (!one["fits"].get<bool>()) {
      CHECK(one.contains("why"));
      continue;
    }
    CHECK(one["value"].get<double>() > 0);
    CHECK(one["needed_gbyte"].get<double>() <=
          one["packages"].get<double>() * one["usable_gbyte"].get<double>());
    if (one["workload"] != "llama-3-8b-decode") continue;
    if (one["subject"] == "h100") h100 = one["value"];
    if (one["subject"] == "h200") h200 = one["value"];
  }
  CHECK(h200 / h100 > 1.2);  // more bandwidth alone
  CHECK(h200 / h100 < 4800 / 3350.0);
}

TEST_CASE("perform measures on the workloads of the design, as evaluate does") {
  const auto out = json::parse(run_program("perform designs/h200.toml h200 --json").out);
  const auto alone = json::parse(run_program("evaluate designs/h200.toml --json").out);
  CHECK(out["workloads"].size() == alone["performance"].size());
  for (const auto& one : out["results"]) {
    if (one["subject"] != "designs/h200.toml") continue;
    const auto& value = alone["performance"][one["workload"].get<std::string>()]["value"];
    CHECK(one["value"].get<double>() == Approx(value.get<double>()));
  }
}

TEST_CASE("perform says what does not fit, and refuses what cannot be run, all at once") {
  const auto small = run_program("perform mi210 --workload gpt-3-175b-decode");
  CHECK(small.status == 0);
  CHECK(small.out.find("times the memory") != std::string::npos);
  const auto wrong = run_program("perform h100 --batch 0 --precision fp7");
  CHECK(wrong.status == 2);
  CHECK(wrong.err.find("--batch: error: it must be at least 1") != std::string::npos);
  CHECK(wrong.err.find("no precision 'fp7'") != std::string::npos);
  const auto name = run_program("perform h100 --workload lama-3-8b");
  CHECK(name.status == 2);
  CHECK(name.err.find("llama-3-8b") != std::string::npos);
}

TEST_CASE("formats narrower than any unit run at the rate of 8 bits; those that no unit has are named") {
  const auto value = [](const std::string& format, const std::string& product = "h100") {
    const auto ran = run_program("perform " + product + " --workload gemm-8k --json --precision " + format);
    CHECK(ran.status == 0);
    return json::parse(ran.out)["results"][0].value("value", 0.0);
  };
  CHECK(value("fp4") >= value("fp8"));
  CHECK(value("fp8") > 1.5 * value("fp16"));
  CHECK(value("int8", "a100") > 1.5 * value("fp16", "a100"));
  CHECK(value("fp8", "a100") == Approx(value("fp16", "a100")).epsilon(0.05));  // integers alone
  const auto wide = run_program("perform h100 --workload gemm-8k --precision fp64");
  CHECK(wide.out.find("no unit of it is known to compute in this format") != std::string::npos);
  const auto wrong = run_program("perform h100 --workload llama-3-9b");
  CHECK(wrong.status == 2);
  CHECK(wrong.err.find("did you mean 'llama-3-8b'?") != std::string::npos);
}
