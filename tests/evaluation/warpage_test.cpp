// Bending of the project's packages: within what boards bear, and as the physics has it.
#include "evaluation/warpage.h"

#include <catch2/catch.hpp>

#include "evaluation/prepare.h"
#include "support/project.h"

using namespace marquetry;

namespace {

struct Judged {
  PackageWarpage warpage{};
  std::optional<Violation> violation{};
};

Judged judged(const Library& library, Design design, double area_factor = 1) {
  Diagnostics diagnostics;
  const auto prepared = prepare(library, design, diagnostics);
  REQUIRE(prepared);
  const Choice choice(design.variables.size());
  const auto system = compose(*prepared, choice);
  auto evaluation = evaluate(system, prepared->models);
  evaluation.area.substrate = area_factor * evaluation.area.substrate;
  evaluation.area.carrier = area_factor * evaluation.area.carrier;
  evaluation.area.standing = area_factor * evaluation.area.standing;
  const auto warpage = package_warpage(evaluation);
  REQUIRE(warpage);
  return {*warpage, warpage_violation(warpage)};
}

}  // namespace

TEST_CASE("packages of products bend by a few tenths of a millimetre, the middle up, and may be soldered") {
  const auto library = test::project_library();
  for (const auto* name : {"ascend-910", "epyc-rome", "h200"}) {
    INFO(name);
    const auto [warpage, violation] = judged(library, test::project_design(library, name));
    CHECK(warpage.curvature > 0);
    CHECK(warpage.warpage > 50 * unit::um);
    CHECK_FALSE(violation);
  }
}

TEST_CASE("a package grown beyond its largest side bends too far, and is told how large it may be") {
  const auto library = test::project_library();
  const auto design = test::project_design(library, "epyc-rome");
  const auto now = judged(library, design).warpage;
  // Of a die package without memories all shares stay: warpage goes with the area.
  const auto grown = judged(library, design, 4);
  CHECK(grown.warpage.warpage / now.warpage == Approx(4));
  CHECK(grown.warpage.largest_side / now.largest_side == Approx(1));
  REQUIRE(grown.violation);
  CHECK(grown.violation->path == "rules.warpage");
  CHECK(grown.violation->value == Approx(4 * (now.warpage / unit::um)));
  CHECK(grown.violation->hint.find("a package of at most") == 0);
}

TEST_CASE("without its lid a package bends further") {
  const auto library = test::project_library();
  auto design = test::project_design(library, "h200");
  const auto lidded = judged(library, design).warpage;
  design.lid.value = "none";
  CHECK(judged(library, design).warpage.warpage > 1.5 * lidded.warpage);
}

TEST_CASE("bounds of an open choice hold the warpage of every choice") {
  const auto library = test::project_library();
  const auto design = test::project_design(library, "accelerator");
  Diagnostics diagnostics;
  const auto prepared = prepare(library, design, diagnostics);
  REQUIRE(prepared);
  const auto plan = make_plan(library, design, Lifting<Interval>{}, diagnostics);
  REQUIRE(plan);
  const auto bounds = warpage(evaluate(compose(*plan, all_choices(design.variables)), prepared->models)).si();
  const auto number = static_cast<std::uint64_t>(space_size(design));
  for (std::uint64_t i = 0; i < 300; ++i) {
    const auto choice = choice_at(design, i * (number / 300));
    const auto e = evaluate(compose(*prepared, choice), prepared->models);
    const double value = warpage(e).si();
    INFO(i);
    CHECK(package_warpage(e)->warpage.si() == value);
    CHECK(bounds.lower <= value * (1 + 1e-12));
    CHECK(value <= bounds.upper * (1 + 1e-12));
  }
}
