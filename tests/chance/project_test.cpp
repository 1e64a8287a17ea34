// Spread and tornado of the project's own designs.
#include <catch2/catch.hpp>
#include <cmath>

#include "chance/sobol.h"
#include "chance/tornado.h"
#include "chance/uncertainty.h"
#include "support/project.h"

using namespace marquetry;
using namespace marquetry::chance;
using namespace marquetry::test;

namespace {

struct Ready {
  Library library = project_library();
  Design design;
  Prepared prepared;
  Subject subject;

  explicit Ready(const std::string& name) : design{project_design(library, name)} {
    Diagnostics diagnostics;
    prepared = *prepare(library, design, diagnostics);
    subject = subject_of(prepared, Choice(design.variables.size(), 0));
  }
  Ready(const Ready&) = delete;
  FigureRef figure(std::string_view path) const { return *find_figure(path, design); }
};

Uncertainty sampled(std::span<const Subject> subjects, std::vector<std::vector<FigureRef>> figures,
                    const Settings& settings) {
  Diagnostics diagnostics;
  const auto joint = joint_of(subjects, diagnostics);
  REQUIRE(joint);
  return *uncertainty(*joint, subjects, figures, settings);
}

}  // namespace

TEST_CASE("typical values give the figures of the plain evaluation") {
  const Ready h200{"h200"};
  Trial<double> trial{h200.subject};
  const auto typical = evaluate(compose(h200.prepared, h200.subject.choice), h200.prepared.models);
  const auto& again = trial(typical_values(h200.subject.inputs));
  for (const auto& path : figure_paths(h200.design)) {
    INFO(path);
    CHECK(h200.figure(path).si(again) == h200.figure(path).si(typical));
  }
}

TEST_CASE("area, yield and cost need none of the other models") {
  for (const auto& name : project_design_names()) {
    const Ready ready{name};
    const auto typical = typical_values(ready.subject.inputs);
    Trial<double> whole{ready.subject}, part{ready.subject};
    const auto& all = whole(typical);
    const auto& costs = part.costs(typical);
    std::size_t compared = 0;
    for (const auto& path : figure_paths(ready.design)) {
      const auto figure = ready.figure(path);
      if (!is_of_cost(figure)) continue;
      INFO(name << ": " << path);
      CHECK(figure.si(costs) == figure.si(all));
      ++compared;
    }
    CHECK(compared > 8);
  }
}

TEST_CASE("a tornado is in order, and where the figure is smooth its slopes agree with the differences") {
  const Ready h200{"h200"};
  const auto power = tornado(h200.subject, h200.figure("power.total_w"));
  REQUIRE(power.effects.size() == h200.subject.inputs.inputs.size());
  REQUIRE(power.effects.size() > Dual::most_inputs);  // more than one pass
  for (std::size_t i = 1; i < power.effects.size(); ++i) {
    CHECK(power.effects[i].span() <= power.effects[i - 1].span());
  }
  // Power is linear in what memories draw when idle.
  std::size_t linear = 0;
  for (const auto& e : power.effects) {
    const auto& input = h200.subject.inputs.inputs[e.input];
    if (input.name.find("idle_power") == std::string::npos) continue;
    CHECK(e.slope_low == Approx(e.at_low).epsilon(1e-9));
    CHECK(e.slope_high == Approx(e.at_high).epsilon(1e-9));
    ++linear;
  }
  CHECK(linear > 0);
}

TEST_CASE("the spread is the same for any number of threads, and another for another seed") {
  const Ready h200{"h200"};
  const std::span subjects{&h200.subject, 1};
  const std::vector<std::vector<FigureRef>> figures{{h200.figure("cost.unit_usd")},
                                                    {h200.figure("carbon.embodied_kg")}};
  const auto one = sampled(subjects, figures, {.samples = 9000, .seed = 4, .threads = 1});
  const auto two = sampled(subjects, figures, {.samples = 9000, .seed = 4, .threads = 2});
  const auto other = sampled(subjects, figures, {.samples = 9000, .seed = 5, .threads = 2});
  for (std::size_t f = 0; f < figures.size(); ++f) {
    const auto &a = one.spreads[f][0], &b = two.spreads[f][0];
    CHECK(a.mean.value == b.mean.value);
    CHECK(a.mean.error == b.mean.error);
    for (std::size_t q = 0; q < shares.size(); ++q) CHECK(a.quantiles[q].value == b.quantiles[q].value);
    CHECK(other.spreads[f][0].mean.value != a.mean.value);
    // Another seed is within the errors of both.
    CHECK(std::abs(other.spreads[f][0].mean.value - a.mean.value) < 6 * (a.mean.error + b.mean.error));
  }
  for (std::size_t k = 0; k < one.knowledge.size(); ++k) {
    CHECK(one.knowledge[k].factor == two.knowledge[k].factor);
    CHECK(one.knowledge[k].share.value == two.knowledge[k].share.value);
  }
}

TEST_CASE("quantiles lie in the range that all numbers together can reach, in order") {
  const Ready h200{"h200"};
  const std::span subjects{&h200.subject, 1};
  const auto found = sampled(subjects, {{h200.figure("cost.unit_usd")}}, {.samples = 4096});
  const auto& s = found.spreads[0][0];
  for (std::size_t q = 1; q < shares.size(); ++q) CHECK(s.quantiles[q - 1].value < s.quantiles[q].value);
  Diagnostics diagnostics;
  const auto plan = *make_plan(h200.library, h200.design, Lifting<Interval>{.uncertain = true}, diagnostics);
  const auto bounds =
      evaluate(compose(plan, std::span<const Range>{point(h200.subject.choice)}), h200.prepared.models);
  CHECK(s.quantiles.front().value > bounds.cost.unit.si().lower);
  CHECK(s.quantiles.back().value < bounds.cost.unit.si().upper);
}

TEST_CASE("a design is no cheaper than itself: in every world they are equal") {
  const Ready h200{"h200"};
  const std::array subjects{h200.subject, h200.subject};
  const auto cost = h200.figure("cost.unit_usd");
  const auto found = sampled(subjects, {{cost, cost}}, {.samples = 1024});
  CHECK(found.differences[0].first_is_less.value == 0.5);
  CHECK(found.differences[0].first_is_less.error == 0);
  CHECK(found.differences[0].spread.deviation == 0);
}
