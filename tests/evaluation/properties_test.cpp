// What must hold for every system: bounds contain values, slopes are differences, traces are the values they
// explain. On the project's own designs and on random ones.
#include <catch2/catch.hpp>

#include "config/limit.h"
#include "config/parse.h"
#include "evaluation/assess.h"
#include "support/cases.h"

using namespace marquetry;
using namespace marquetry::test;

namespace {

// With room for rounding; a range may end at infinity.
bool covers(const Interval& range, double x) { return contains(range, x) || contains(widened(range), x); }

void check_contained(const Case& c, const Evaluation<Interval>& bounds, const Evaluation<double>& values) {
  for (const auto& figure : all_figures(c.design)) {
    const Interval bound = figure.si(bounds);
    const double value = figure.si(values);
    if (covers(bound, value)) continue;
    FAIL_CHECK(c.name << ": " << path_of(figure, c.design) << " is " << value << ", outside [" << bound.lower
                      << ", " << bound.upper << "]");
  }
}

}  // namespace

TEST_CASE("the bounds of a partial choice contain every figure of every completion") {
  const auto library = project_library();
  Rng rng{7};
  for (const auto& c : cases(library, 40)) {
    const auto bounds = plan_of<Interval>(library, c.design);
    const auto values = plan_of<double>(library, c.design);
    for (int i = 0; i < 8; ++i) {
      const auto partial = i == 0 ? all_choices(c.design.variables) : random_partial_choice(rng, c.design);
      const auto bound = evaluated(bounds, partial);
      for (int j = 0; j < 4; ++j) {
        check_contained(c, bound, evaluated(values, point(random_completion(rng, partial))));
      }
    }
  }
}

TEST_CASE("the bounds of limits keep what some completion keeps: no check prunes a system that passes it") {
  const auto library = project_library();
  Rng rng{8};
  for (const auto& c : cases(library, 20)) {
    const auto bounds = plan_of<Interval>(library, c.design);
    const auto values = plan_of<double>(library, c.design);
    for (int i = 0; i < 6; ++i) {
      const auto partial = random_partial_choice(rng, c.design);
      const auto open = compose(bounds, partial);
      const auto bound = evaluate(open, Models{});
      const auto system = compose(values, point(random_completion(rng, partial)));
      const auto value = evaluate(system, Models{});
      for (const auto& check : checks()) {
        for (std::size_t k = 0; k < ids_of(check.scope, c.design).size(); ++k) {
          const auto margin = check.get<double>()(system, value, k);
          const auto range = check.get<Interval>()(open, bound, k);
          INFO(c.name << ": " << check.path << " " << margin.value << " of " << margin.limit);
          CHECK(covers(range.value, margin.value));
          CHECK(covers(range.limit, margin.limit));
        }
      }
    }
  }
}

TEST_CASE("the bounds of a single choice are its figures") {
  const auto library = project_library();
  Rng rng{9};
  for (const auto& c : cases(library, 30)) {
    const auto bounds = plan_of<Interval>(library, c.design);
    const auto values = plan_of<double>(library, c.design);
    for (int i = 0; i < 4; ++i) {
      const auto choice = point(random_choice(rng, c.design));
      const auto bound = evaluated(bounds, choice);
      const auto value = evaluated(values, choice);
      const bool works = std::ranges::none_of(value.performance, [](const auto& p) { return p.value == 0; });
      for (const auto& figure : all_figures(c.design)) {
        // A system that does no work has no share of it either.
        if (!works && figure.figure->path == "network.throughput_fraction") continue;
        const Interval range = figure.si(bound);
        const double exact = figure.si(value);
        INFO(c.name << ": " << path_of(figure, c.design) << " " << exact);
        CHECK(range.lower == Approx(exact).epsilon(1e-9));
        CHECK(range.upper == Approx(exact).epsilon(1e-9));
      }
    }
  }
}

TEST_CASE("the range of uncertain numbers contains the typical figure, for choices and for partial ones") {
  const auto library = project_library();
  Rng rng{10};
  for (const auto& c : cases(library, 20)) {
    const auto ranges = plan_of(library, c.design, Lifting<Interval>{.uncertain = true});
    const auto values = plan_of<double>(library, c.design);
    for (int i = 0; i < 4; ++i) {
      const auto choice = random_choice(rng, c.design);
      check_contained(c, evaluated(ranges, point(choice)), evaluated(values, point(choice)));
      const auto partial = random_partial_choice(rng, c.design);
      check_contained(c, evaluated(ranges, partial),
                      evaluated(values, point(random_completion(rng, partial))));
    }
  }
}

TEST_CASE("a trace has the value of the figure that it explains") {
  const auto library = project_library();
  Rng rng{12};
  for (const auto& c : cases(library, 10)) {
    const auto choice = point(random_choice(rng, c.design));
    const auto trace = evaluated(plan_of<Trace>(library, c.design), choice);
    const auto value = evaluated(plan_of<double>(library, c.design), choice);
    for (const auto& figure : all_figures(c.design)) {
      INFO(c.name << ": " << path_of(figure, c.design));
      CHECK(figure.si(trace).value() == figure.si(value));
    }
  }
}

TEST_CASE("dies, memories and links in another order are the same system") {
  const auto library = project_library();
  Rng rng{13};
  for (const auto& c : cases(library, 20)) {
    const auto choice = point(random_choice(rng, c.design));
    Design turned = c.design;
    std::ranges::reverse(turned.dies);
    std::ranges::reverse(turned.memories);
    const auto before = evaluated(plan_of<double>(library, c.design), choice);
    const auto after = evaluated(plan_of<double>(library, turned), choice);
    for (const auto& path : figure_paths(c.design)) {
      INFO(c.name << ": " << path);
      CHECK(find_figure(path, turned)->si(after) ==
            Approx(find_figure(path, c.design)->si(before)).epsilon(1e-9));
    }
  }
}

TEST_CASE("a bare limit is in the unit in which its figure is reported") {
  const auto library = project_library();
  for (const auto& c : cases(library, 0)) {
    for (const auto& ref : all_figures(c.design)) {
      const auto path = path_of(ref, c.design);
      CAPTURE(path);
      Diagnostics diagnostics;
      const auto root = parse_text("x = 3\n", "f", diagnostics);
      const auto limit = read_limit(root->items[0], path, diagnostics);
      REQUIRE(limit);
      CHECK(ref.report(limit->si) == Approx(3));
    }
  }
}

TEST_CASE("every figure has a path, and every path finds its figure") {
  const auto library = project_library();
  for (const auto& c : cases(library, 5)) {
    const auto paths = figure_paths(c.design);
    const auto refs = all_figures(c.design);
    REQUIRE(paths.size() == refs.size());
    for (std::size_t i = 0; i < paths.size(); ++i) {
      const auto found = find_figure(paths[i], c.design);
      REQUIRE(found);
      CHECK(found->figure == refs[i].figure);
      CHECK(found->index == refs[i].index);
      CHECK(std::ranges::count(paths, paths[i]) == 1);
      CHECK(paths[i].find('{') == std::string::npos);
    }
    const auto die = "thermal.dies_c." + c.design.dies.front().id;
    CHECK(find_figure(die + "[3]", c.design)->figure == find_figure(die, c.design)->figure);
    for (const char* wrong : {"[]", "[3", "[x]", "[1]2"}) CHECK_FALSE(find_figure(die + wrong, c.design));
    CHECK_FALSE(find_figure("power.total_w[1]", c.design));
    CHECK_FALSE(find_figure("cost.unit", c.design));
    CHECK_FALSE(find_figure("area.dies_mm2.nobody", c.design));
  }
}

TEST_CASE("a die that no exposure can print is named with its side, the limit and a way out") {
  const auto library = project_library();
  auto design = project_design(library, "h200");
  const auto broken = [&](double width, double height) {
    design.dies[0].width = OpenNumber{.value = width * 1e-3};
    design.dies[0].height = OpenNumber{.value = height * 1e-3};
    Diagnostics diagnostics;
    const auto prepared = prepare(library, design, diagnostics);
    REQUIRE(prepared);
    auto all = Assessor{*prepared}({}).violations;
    std::erase_if(all, [](const auto& v) { return v.path != "rules.reticle.gh100"; });
    return all;
  };
  const auto tall = broken(20, 40);
  REQUIRE(tall.size() == 1);
  CHECK(tall[0].value == Approx(40));
  CHECK(tall[0].limit == Approx(33));
  CHECK(tall[0].unit == "mm");
  CHECK(tall[0].what == "longer side");
  CHECK(tall[0].hint == "split the die, or use a denser node");
  CHECK(broken(26, 33).empty());
  CHECK(broken(33, 26).empty());      // turned
  CHECK(broken(27, 33).size() == 1);  // the shorter side is too long
  CHECK(broken(27, 27).size() == 1);
}
