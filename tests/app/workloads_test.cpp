// Workloads of a design as a user gives them: wrong ones, and such as do not fit.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "support/folder.h"
#include "support/program_files.h"

using namespace marquetry;
using nlohmann::json;

namespace {

// The H200's design with other keys for its first workload; `lines` stand from line 37 on.
struct Given : test::Files {
  std::string file{};
  explicit Given(const std::string& lines) {
    auto design = test::text_of(test::source_folder().string() + "/designs/h200.toml");
    const std::string head = "[workloads.llama-decode]\n";
    const auto begin = design.find(head) + head.size();
    design.replace(begin, design.find("\n\n", begin) - begin, lines);
    file = add("given.toml", design);
  }
};

}  // namespace

TEST_CASE("an unknown model, an unknown format and no batch are refused together, each with a way out") {
  const Given given{
      "model = \"lama-3-70b\"\nphase = \"decode\"\nprecision = \"fp7\"\nbatch = 0\ncontext = 4096"};
  for (const auto* command : {"check ", "evaluate ", "explore ", "perform "}) {
    INFO(command);
    const auto ran = given.run(command + given.file);
    CHECK(ran.status == 2);
    CHECK(ran.out.empty());
    CHECK(ran.err == R"(given.toml:37:9: error: 'model': there is no workload 'lama-3-70b'
    model = "lama-3-70b"
            ^
  hint: did you mean 'llama-3-70b'?
given.toml:39:13: error: 'precision': there is no precision 'fp7'
    precision = "fp7"
                ^
  hint: did you mean 'fp8'?
given.toml:40:9: error: 'batch' must be at least 1, but it is 0
    batch = 0
            ^
)");
  }
}

TEST_CASE("more ways than the packages have dies are refused, with how many there are") {
  const Given given{
      "model = \"llama-3-70b\"\nphase = \"decode\"\nbatch = 32\ncontext = 4096\npackages = 2\ntensor = 8"};
  const auto ran = given.run("evaluate " + given.file);
  CHECK(ran.status == 2);
  CHECK(
      ran.err ==
      R"(given.toml:36:12: error: workload 'llama-decode' is split in 8 ways (tensor 8), but there are 2 dies that compute
    [workloads.llama-decode]
               ^
  hint: the least that will do: packages = 8, or ways that multiply to 2 or less
)");
}

TEST_CASE("a model that does not fit is infeasible, with the least that would do") {
  const Given given{
      "model = \"llama-3-70b\"\nphase = \"decode\"\nprecision = \"int8\"\nbatch = 1200\ncontext = "
      "4096\npackages = 1"};
  const auto ran = given.run("evaluate " + given.file + " --json");
  REQUIRE(ran.status == 3);
  const auto out = json::parse(ran.out);
  CHECK(out["feasible"] == false);
  REQUIRE(out["violations"].size() == 1);
  const auto& broken = out["violations"][0];
  CHECK(broken["constraint"] == "rules.capacity.llama-decode");
  CHECK(broken["value"].get<double>() > broken["limit"].get<double>());
  const auto hint = broken["hint"].get<std::string>();
  INFO(hint);
  CHECK(hint.find("or packages = ") != std::string::npos);
  CHECK(given.run("explore " + given.file).status == 3);
  // What the hint says does, and one less does not.
  const auto at = hint.find("packages = ") + 11;
  const auto packages = std::stoi(hint.substr(at));
  const auto with = [](int count) {
    const Given other{
        "model = \"llama-3-70b\"\nphase = \"decode\"\nprecision = \"int8\"\nbatch = 1200\ncontext = "
        "4096\npackages = " +
        std::to_string(count)};
    return other.run("evaluate " + other.file).status;
  };
  CHECK(with(packages) == 0);
  CHECK(with(packages - 1) == 3);
}
