// The search against a plain loop over all choices, which shares nothing with it but the evaluation of one
// system.
#include <algorithm>
#include <catch2/catch.hpp>

#include "explore/outcomes.h"
#include "explore/words.h"
#include "support/folder.h"

using namespace marquetry;
using namespace marquetry::test;

TEST_CASE("the front is the one that a plain loop over all choices finds") {
  auto settings = small;
  settings.push_back(GENERATE("clock=1.2 GHz", "clock=1.6 GHz", "clock=1.0 GHz"));
  settings[3] = GENERATE("lanes=4", "lanes=16");
  const Design design = cut_down(settings);
  const Prepared prepared = ready(design);
  const auto all = every_outcome(prepared);
  std::vector<Choice> expected;
  for (const auto* o : front_of(keeping(all))) expected.push_back(o->choice);
  std::sort(expected.begin(), expected.end());
  const auto found = explored(prepared);
  CHECK(found.proved);
  CHECK_FALSE(expected.empty());
  CHECK(found.front == expected);
}

TEST_CASE("a lifted limit gains what exploring without it finds") {
  auto settings = small;
  settings.push_back("clock=1.6 GHz");
  const Design design = cut_down(settings);
  const Prepared prepared = ready(design);
  const auto all = every_outcome(prepared);
  const auto before = front_of(keeping(all));
  const auto found = explored(prepared);
  REQUIRE_FALSE(found.relaxations.empty());
  for (const auto& relaxation : found.relaxations) {
    const std::string path = prepared.rules.limits[relaxation.limit].path;
    CAPTURE(path);
    const auto after = front_of(keeping(all, {path}));
    const auto added = std::count_if(after.begin(), after.end(),
                                     [&](const Outcome* o) { return o->liftable.contains(path); });
    CHECK(relaxation.points == static_cast<std::size_t>(added));
    for (std::size_t o = 0; o < prepared.objectives.size(); ++o) {
      const auto best = [o](const std::vector<const Outcome*>& points) {
        double least = points.front()->costs[o];
        for (const auto* p : points) least = std::min(least, p->costs[o]);
        return least;
      };
      CHECK(relaxation.gain[o] ==
            Approx((best(before) - best(after)) / std::abs(best(before))).margin(1e-12));
    }
  }
}

TEST_CASE("the same result for any number of threads") {
  const Design design = cut_down({"sram=32", "io-node=n14"});
  const Prepared prepared = ready(design);
  const auto one = explored(prepared, {.threads = 1});
  for (const int threads : {2, 5}) {
    const auto many = explored(prepared, {.threads = threads});
    CHECK(many.front == one.front);
    CHECK(many.knee == one.knee);
    CHECK(many.nearest == one.nearest);
    CHECK(many.evaluated == one.evaluated);
    REQUIRE(many.relaxations.size() == one.relaxations.size());
    for (std::size_t r = 0; r < one.relaxations.size(); ++r) {
      CHECK(many.relaxations[r].limit == one.relaxations[r].limit);
      CHECK(many.relaxations[r].to == one.relaxations[r].to);
      CHECK(many.relaxations[r].gain == one.relaxations[r].gain);
    }
  }
}

TEST_CASE("a thinned front covers the whole one within its factor") {
  const Design design = cut_down(small);
  const Prepared prepared = ready(design);
  const auto whole = explored(prepared);
  const double epsilon = GENERATE(0.01, 0.1);
  const auto thin = explored(prepared, {.epsilon = epsilon});
  CHECK(thin.front.size() < whole.front.size());
  const auto costs = [&](const Choice& choice) {
    std::vector<double> out;
    const auto e = evaluate(compose(prepared, choice), prepared.models);
    for (const auto& objective : prepared.objectives) out.push_back(objective.cost(e));
    return out;
  };
  for (const auto& choice : whole.front) {
    const auto wanted = costs(choice);
    const bool covered = std::any_of(thin.front.begin(), thin.front.end(), [&](const Choice& kept) {
      const auto has = costs(kept);
      for (std::size_t o = 0; o < has.size(); ++o) {
        if (has[o] > wanted[o] + epsilon * std::abs(wanted[o]) + 1e-12) return false;
      }
      return true;
    });
    CHECK(covered);
  }
}

TEST_CASE("the nearest point has the least shortfall, and distances are ratios") {
  const Design design = cut_down(small);
  const Prepared prepared = ready(design);
  const auto found = explored(prepared);
  REQUIRE(found.reference);
  CHECK(found.reference->product->id == "h200");
  const auto costs = [&](const Choice& choice) {
    std::vector<double> out;
    const auto e = evaluate(compose(prepared, choice), prepared.models);
    for (const auto& objective : prepared.objectives) out.push_back(objective.cost(e));
    return out;
  };
  const double least = explore::shortfall(*found.reference, prepared, costs(found.front[found.nearest]));
  for (const auto& choice : found.front) {
    CHECK(explore::shortfall(*found.reference, prepared, costs(choice)) >= least);
  }
  // Power: ours over the 700 W of the product.
  const auto e = evaluate(compose(prepared, found.front[found.nearest]), prepared.models);
  CHECK(*found.distance[1] == Approx(e.power.total / (700 * unit::W)));
}

TEST_CASE("a product measured against itself is at distance one in performance and near it in power") {
  Diagnostics diagnostics;
  const auto design = load_design(test::source_folder() / "designs/h200.toml", library(), diagnostics);
  REQUIRE(design);
  const Prepared prepared = ready(*design);
  const auto found = explored(prepared);
  REQUIRE(found.front.size() == 1);
  for (std::size_t o = 0; o < prepared.objectives.size(); ++o) {
    const std::string path = path_of(prepared.objectives[o].figure, *design);
    CAPTURE(path);
    if (path.starts_with("performance.")) CHECK(*found.distance[o] == Approx(1).epsilon(0.1));
    if (path == "power.total_w") CHECK(*found.distance[o] == Approx(1).epsilon(0.15));
  }
}

TEST_CASE(
    "where nothing is feasible the least violation is found, and single limits that would do are named") {
  Design design = cut_down(small);
  design.constraints.front().limit = 50;  // W
  design.constraints.front().text = "50 W";
  const Prepared prepared = ready(design);
  const auto found = explored(prepared);
  CHECK(found.front.empty());
  REQUIRE(found.relaxations.size() == 1);
  CHECK(prepared.rules.limits[found.relaxations.front().limit].path == "power.total_w");
  // The least relaxation is the power of the most frugal choice that breaks nothing else.
  double frugal = 1e9;
  const auto all = every_outcome(prepared);
  for (const auto* o : keeping(all, {"power.total_w"})) frugal = std::min(frugal, o->costs[1]);
  CHECK(std::stod(found.relaxations.front().least) == Approx(frugal).epsilon(1e-3));
  const auto least = explore::least_violation(prepared, 100'000);
  const auto system = compose(prepared, least);
  const auto broken =
      violations(design, prepared.rules, prepared.caps, system, evaluate(system, prepared.models), least);
  REQUIRE(broken.size() == 1);
  CHECK(broken.front().path == "power.total_w");
  CHECK(broken.front().limit == Approx(50));
}

TEST_CASE("the least relaxation of a cap is enough when it is applied, and little less is not") {
  const auto path = GENERATE("power.total_w", "supply.performance_density", "supply.tpp", "cost.unit_usd");
  CAPTURE(path);
  Design design = cut_down(small);
  design.constraints.front() = {.path = path, .limit = 1};
  const auto found = explored(ready(design));
  CHECK(found.front.empty());
  REQUIRE(found.relaxations.size() == 1);
  design.constraints.front().limit = std::stod(found.relaxations.front().least);
  CHECK_FALSE(explored(ready(design)).front.empty());
  design.constraints.front().limit *= 0.999;
  CHECK(explored(ready(design)).front.empty());
}

TEST_CASE("figures are named by all their words but the unit") {
  CHECK(explore::figure_name("supply.performance_density") == "performance density");
  CHECK(explore::figure_name("supply.units_per_month") == "units a month");
  CHECK(explore::figure_name("yield.shipped_quality") == "shipped quality");
  CHECK(explore::figure_name("area.silicon_mm2") == "silicon");
  CHECK(explore::figure_name("supply.delivery_weeks") == "delivery");
}

TEST_CASE("ways beyond the dies of a package that nothing joins to others are no choice") {
  Design design = cut_down(small);
  std::erase_if(design.links, [](const auto& link) { return link.to == "outside"; });
  auto& workload = design.workloads.front();
  workload.packages.reset();
  workload.tensor = OpenNumber{.value = 64};
  const Prepared prepared = ready(design);
  const auto least = explore::least_violation(prepared, 1000);
  const auto system = compose(prepared, least);
  const auto broken =
      violations(design, prepared.rules, prepared.caps, system, evaluate(system, prepared.models), least);
  const auto ways = std::ranges::find(broken, "rules.ways." + workload.id, &Violation::path);
  REQUIRE(ways != broken.end());
  CHECK(ways->limit == 1);
  CHECK(ways->value > 1);
}

TEST_CASE("a format that no module computes in is no choice, though nothing but the rule says so") {
  Design design = cut_down(small);
  design.workloads.front().precision = OpenName{.value = "fp64"};
  const Prepared prepared = ready(design);
  const auto system = compose(prepared, Choice(design.variables.size(), 0));
  const auto broken = violations(design, prepared.rules, prepared.caps, system,
                                 evaluate(system, prepared.models), Choice(design.variables.size(), 0));
  const auto path = "rules.format." + design.workloads.front().id;
  CHECK(std::ranges::find(broken, path, &Violation::path) != broken.end());
}

TEST_CASE("the least relaxation of a rule on nodes is the coarsest node that would do") {
  const Design design = cut_down({"sram=32", "io-node=n28", "cooling=cold-plate", "lanes=8", "link=ucie-a"});
  Design coarse = design;
  coarse.profiles = {*find(library().profiles, "28nm-and-above"), *find(library().profiles, "hbm2e-only")};
  coarse.variables[0].domain.erase(coarse.variables[0].domain.begin());  // n28 itself
  const Prepared prepared = ready(coarse);
  const auto found = explored(prepared);
  CHECK(found.front.empty());
  REQUIRE(found.relaxations.size() == 1);
  CHECK(found.relaxations.front().least == "node = n14");
}

TEST_CASE("a space that is too large is refused with what to coarsen") {
  Design design = cut_down({});
  auto& widest = design.variables[1];
  while (widest.domain.size() < 2000) widest.domain.push_back(widest.domain.back());
  const Prepared prepared = ready(design);
  Diagnostics diagnostics;
  CHECK_FALSE(explore::explore(prepared, {}, diagnostics));
  REQUIRE(diagnostics.all().size() == 1);
  CHECK(diagnostics.all().front().message ==
        "6.91e+08 choices are too many to look at one by one; at most 2e+08");
  CHECK(diagnostics.all().front().hint ==
        "'cores' is the widest variable with 2000 values: fix it (--set cores=...) or give it a larger step; "
        "4 times "
        "fewer choices are needed");
}

TEST_CASE("a reference is not measured on a workload that a choice would change") {
  Design design = cut_down(small);
  Diagnostics diagnostics;
  explore::check_reference(design, diagnostics);
  CHECK(diagnostics.ok());
  design.workloads[0].context.variable = 1;  // cores, of several values
  explore::check_reference(design, diagnostics);
  REQUIRE(diagnostics.all().size() == 1);
  CHECK(diagnostics.all().front().message ==
        "a reference cannot be measured while the context of 'llama-decode' is left to 'cores'");
  CHECK(diagnostics.all().front().hint == "fix it, for example --set cores=16");
}

TEST_CASE("a product may use the levers that a design leaves open as well as the design") {
  Design design = cut_down({});
  const auto leave_open = [&](OpenName& field, const std::string& name, std::vector<std::string> values) {
    Variable variable{.name = name, .names = "format"};
    for (auto& value : values) variable.domain.push_back({.text = std::move(value), .is_name = true});
    field.variable = design.variables.size();
    design.variables.push_back(std::move(variable));
  };
  const auto measured = [&] {
    const Prepared prepared = ready(design);
    const auto reference = explore::reference_of(prepared);
    REQUIRE(reference);
    return *reference;
  };
  design.workloads[0].precision.value = "fp16";
  const auto wide = measured();
  design.workloads[0].precision.value = "int8";
  const auto narrow = measured();
  REQUIRE(*narrow.workloads[0] > *wide.workloads[0]);
  leave_open(design.workloads[0].precision, "format", {"fp16", "int8"});
  const auto open = measured();
  CHECK(*open.workloads[0] == *narrow.workloads[0]);
  CHECK(open.values[2] == open.workloads[0]);
  CHECK(*open.workloads[1] == *narrow.workloads[1]);
  CHECK(open.levers[0].back() == 1);
  CHECK(open.levers[1].back() == 0);  // no lever of that workload
  Diagnostics diagnostics;
  explore::check_reference(design, diagnostics);
  CHECK(diagnostics.ok());
}

TEST_CASE("what a product's figures do not say is no reference value") {
  Design design = cut_down(small);
  design.objectives.push_back({.path = "performance.stencil.value", .maximize = true, .where = {}});  // FP32
  design.objectives.push_back({.path = "carbon.embodied_kg", .maximize = false, .where = {}});
  const Prepared prepared = ready(design);
  const auto reference = explore::reference_of(prepared);
  REQUIRE(reference);
  CHECK(reference->values[2]);
  CHECK_FALSE(reference->values[4]);
  CHECK_FALSE(reference->values[5]);
}

TEST_CASE("a search that is stopped says that it proves nothing") {
  const Design design = cut_down(small);
  const Prepared prepared = ready(design);
  const std::atomic<bool> stop{true};
  CHECK_FALSE(explored(prepared, {.stop = &stop}).proved);
}
