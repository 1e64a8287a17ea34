// Workloads that do not fit: every remedy, put into the design, makes them fit, and less of it does not.
#include "evaluation/capacity.h"

#include <catch2/catch.hpp>

#include "evaluation/assess.h"
#include "support/project.h"

using namespace marquetry;

namespace {

// One package of an H200 with a batch of Llama-3 70B that it cannot hold: weights 70 GB, 64 x 8192 x 164 kB.
Design crowded(const Library& library, double batch = 1200) {
  auto design = test::project_design(library, "h200");
  design.workloads.resize(1);
  design.objectives.clear();
  design.workloads[0].batch.value = batch;
  design.workloads[0].packages = OpenNumber{.value = 1};
  return design;
}

const Violation* violation(const Assessment& a) {
  const auto found = std::ranges::find(a.violations, "rules.capacity.llama-decode", &Violation::path);
  return found == a.violations.end() ? nullptr : &*found;
}

Assessment assessed(const Library& library, const Design& design) {
  Diagnostics diagnostics;
  const auto prepared = prepare(library, design, diagnostics);
  INFO(render_all(diagnostics));
  REQUIRE(prepared);
  return Assessor{*prepared}(Choice{});
}

bool fits(const Library& library, const Design& design) { return !violation(assessed(library, design)); }

// The number after "batch = ".
double number_in(const std::string& text, const std::string& key) {
  const auto at = text.find(key + " = ");
  REQUIRE(at != std::string::npos);
  return std::stod(text.substr(at + key.size() + 3));
}

}  // namespace

TEST_CASE("a workload that does not fit is infeasible, with remedies that do and are the least that do") {
  const auto library = test::project_library();
  const auto design = crowded(library);
  const auto a = assessed(library, design);
  REQUIRE(violation(a));
  const auto hint = violation(a)->hint;
  INFO(hint);
  CHECK(hint.starts_with("the least that will do: "));

  auto changed = design;
  const double batch = number_in(hint, "batch");
  changed.workloads[0].batch.value = batch;
  CHECK(fits(library, changed));
  changed.workloads[0].batch.value = batch + 1;
  CHECK_FALSE(fits(library, changed));

  changed = design;
  const double context = number_in(hint, "context");
  changed.workloads[0].context.value = context;
  CHECK(fits(library, changed));
  changed.workloads[0].context.value = context + 1;
  CHECK_FALSE(fits(library, changed));

  changed = design;
  const double packages = number_in(hint, "packages");
  changed.workloads[0].packages->value = packages;
  CHECK(fits(library, changed));
  changed.workloads[0].packages->value = packages - 1;
  CHECK_FALSE(fits(library, changed));

  changed = design;
  const double stacks = number_in(hint, "stacks");
  changed.memories[0].stacks.value = stacks;
  CHECK(fits(library, changed));
  changed.memories[0].stacks.value = stacks - 1;
  CHECK_FALSE(fits(library, changed));
}

TEST_CASE("remedies come with the least change first, and narrower numbers are among them where they help") {
  const auto library = test::project_library();
  const auto design = crowded(library, 120);
  Diagnostics diagnostics;
  const auto prepared = prepare(library, design, diagnostics);
  REQUIRE(prepared);
  const auto system = compose(*prepared, Choice{});
  const auto evaluation = evaluate(system, prepared->models);
  const auto remedies = capacity_remedies(library, design, system, evaluation, 0);
  REQUIRE(remedies.size() >= 4);
  for (std::size_t i = 1; i < remedies.size(); ++i) CHECK(remedies[i - 1].change <= remedies[i].change);
  for (const auto& remedy : remedies) CHECK(remedy.change > 1);
  const auto narrower = std::ranges::find(remedies, "precision = \"int4\"", &Remedy::text);
  REQUIRE(narrower != remedies.end());
  auto changed = design;
  changed.workloads[0].precision.value = "int4";
  CHECK(fits(library, changed));
}

TEST_CASE("what fits needs no remedy") {
  const auto library = test::project_library();
  const auto a = assessed(library, crowded(library, 1));
  CHECK(violation(a) == nullptr);
  CHECK(capacity_remedies(library, crowded(library, 1), a.system, a.evaluation, 0).empty());
}

TEST_CASE("what fits in no choice is a warning of the check, with the remedy where there is one system") {
  const auto library = test::project_library();
  const auto said = [&library](const Design& design) {
    Diagnostics diagnostics;
    const auto prepared = prepare(library, design, diagnostics);
    REQUIRE(prepared);
    warn_of_capacity(*prepared, diagnostics);
    CHECK(diagnostics.errors() == 0);
    return render_all(diagnostics);
  };
  CHECK(said(crowded(library, 1)).empty());
  const auto one = said(crowded(library));
  INFO(one);
  CHECK(one.find("workload 'llama-decode' fits in no choice: it needs 876 GB, and 130 GB can be used") !=
        std::string::npos);
  CHECK(one.find("hint: the least that will do: ") != std::string::npos);
  for (const auto& name : test::project_design_names()) {
    CHECK(said(test::project_design(library, name)).find("fits in no choice") == std::string::npos);
  }
}

TEST_CASE("where no single change does, two that do together are named, and the second is the least") {
  const auto library = test::project_library();
  auto design = crowded(library);
  design.workloads[0].model.value = "llama-3-1-405b";
  design.workloads[0].precision.value = "fp16";
  design.workloads[0].batch.value = 500'000;
  design.workloads[0].packages = OpenNumber{.value = 1};
  design.workloads[0].tensor = design.workloads[0].pipeline = design.workloads[0].data =
      OpenNumber{.value = 1};
  const auto a = assessed(library, design);
  REQUIRE(violation(a));
  const auto hint = violation(a)->hint;
  INFO(hint);
  CHECK(hint.find("batch = 1 (now 500000) with stacks = ") != std::string::npos);
  design.workloads[0].batch.value = 1;
  const double stacks = number_in(hint, "stacks");
  design.memories[0].stacks = OpenNumber{.value = stacks};
  CHECK(fits(library, design));
  design.memories[0].stacks = OpenNumber{.value = stacks - 1};
  CHECK_FALSE(fits(library, design));
}

TEST_CASE("fixed ways that no number of packages helps are answered with stages, or with leaving them open") {
  const auto library = test::project_library();
  auto design = crowded(library, 150);
  auto& workload = design.workloads[0];
  workload.model.value = "llama-3-1-405b";
  workload.precision.value = "fp32";
  workload.tensor = OpenNumber{.value = 1};
  const auto a = assessed(library, design);
  REQUIRE(violation(a));
  const auto hint = violation(a)->hint;
  INFO(hint);
  const double stages = number_in(hint, "pipeline"), packages = number_in(hint, "packages");
  workload.pipeline = OpenNumber{.value = stages};
  workload.packages = OpenNumber{.value = packages};
  CHECK(fits(library, design));
  CHECK(std::fmod(126, stages) == 0);
  for (double fewer = stages - 1; fewer > 1; --fewer) {
    if (std::fmod(126, fewer) != 0) continue;
    workload.pipeline = OpenNumber{.value = fewer};
    workload.packages = OpenNumber{.value = fewer};
    CHECK_FALSE(fits(library, design));
  }
}

TEST_CASE("a latency that the split in use misses is kept by another one, which the hint names") {
  const auto library = test::project_library();
  auto design = crowded(library, 32);
  auto& workload = design.workloads[0];
  workload.packages = OpenNumber{.value = 2};
  workload.tensor = OpenNumber{.value = 1};
  const auto time = [](const Assessment& a) { return a.evaluation.performance[0].inter_token.si(); };
  const double slow = time(assessed(library, design));  // on one of two packages
  workload.data = OpenNumber{.value = 2};
  const double fast = time(assessed(library, design));
  workload.data.reset();
  REQUIRE(fast < 0.95 * slow);

  const std::string path = "performance.llama-decode.inter_token_ms";
  const auto hint = [&](double limit) {
    design.constraints = {{.path = path, .limit = limit, .text = "at most so long"}};
    const auto a = assessed(library, design);
    const auto found = std::ranges::find(a.violations, path, &Violation::path);
    REQUIRE(found != a.violations.end());
    return found->hint;
  };
  CHECK(hint(1.001 * fast) == "split as data 2 it is kept");
  CHECK(hint(0.5 * fast) != "split as data 2 it is kept");  // out of reach of any split
}
