#include <catch2/catch.hpp>

#include "placement/package_problem.h"
#include "support/project.h"

using namespace marquetry;
using namespace marquetry::placement;
using namespace marquetry::test;

namespace {

// The problem of one of the project's designs, each variable at its first value.
struct Posed {
  Library library = project_library();
  Design design;
  Prepared prepared;
  System<double> system;
  Evaluation<double> evaluation;
  PackageProblem package;

  explicit Posed(const std::string& name) : design{project_design(library, name)} {
    Diagnostics diagnostics;
    prepared = *prepare(library, design, diagnostics);
    const Choice choice(design.variables.size(), 0);
    system = compose(prepared, choice);
    evaluation = evaluate(system, prepared.models);
    package = *package_problem(prepared, choice, system, evaluation, diagnostics);
    CHECK(diagnostics.all().empty());
  }
  Posed(const Posed&) = delete;
  const layout::Problem& problem() const { return package.problem; }
};

}  // namespace

TEST_CASE("an accelerator has its stacks round it: each a die of its own with its PHY to the host") {
  const Posed h200{"h200"};
  REQUIRE(h200.problem().dies.size() == 7);
  CHECK(h200.problem().dies[0].name == "gh100");
  CHECK(h200.problem().dies[3].name == "hbm[2]");
  CHECK(h200.problem().dies[3].is_memory);
  REQUIRE(h200.problem().links.size() == 6);
  for (const auto& link : h200.problem().links) {
    CHECK(link.a == 0);
    CHECK(link.phy->faces);
    CHECK(link.phy->side_b == layout::Side::bottom);
    CHECK(link.phy->wires == link.wires);
  }
  REQUIRE(h200.problem().externals.size() == 2);  // NVLink and PCIe
  CHECK(h200.problem().externals[0].modules == 18);
}

TEST_CASE("a square package with the margins of the problem has the areas of the analytic rung") {
  for (const auto* name : {"h200", "epyc-rome", "ascend-910"}) {
    const Posed posed{name};
    const auto& p = posed.problem();
    const double footprint = std::sqrt(posed.evaluation.area.footprint / (unit::mm * unit::mm));
    const double carrier = footprint + 2e-6 * static_cast<double>(p.edge);
    const double package = carrier + 2e-6 * static_cast<double>(p.carrier.package_edge);
    const auto& area = posed.evaluation.area;
    CHECK(package * package == Approx(area.substrate / (unit::mm * unit::mm)).epsilon(1e-6));
    if (area.carrier > 0 * unit::mm * unit::mm) {
      CHECK(carrier * carrier == Approx(area.carrier / (unit::mm * unit::mm)).epsilon(1e-6));
    }
  }
}

TEST_CASE("every module of a network stands on the dies that it joins") {
  const Posed rome{"epyc-rome"};
  const auto& network = rome.system.networks.at(0);
  REQUIRE(network.to);
  double at_hub = 0, placed = 0;
  for (std::size_t l = 0; l < rome.problem().links.size(); ++l) {
    const auto& link = rome.problem().links[l];
    if (rome.package.wiring[l].is_memory || rome.package.wiring[l].of != 0) continue;
    CHECK(rome.package.parts[link.a].type == network.from);
    CHECK(rome.package.parts[link.b].type == *network.to);
    placed += static_cast<double>(link.phy->modules);
    at_hub += static_cast<double>(link.phy->modules);
  }
  CHECK(placed == network.modules * rome.system.dies[network.from].count);
  CHECK(at_hub == Approx(area::modules_on(rome.system, network, *network.to)));
}

TEST_CASE("dies of a stack stand on the die below, and their networks end at its foot") {
  const Posed stacked{"stacked-cache"};
  std::size_t standing = 0;
  for (std::size_t d = 0; d < stacked.problem().dies.size(); ++d) {
    const auto& die = stacked.problem().dies[d];
    if (!die.on) continue;
    ++standing;
    const auto parent = stacked.system.dies[stacked.package.parts[d].type].parent;
    CHECK(stacked.package.parts[*die.on].type == parent);
  }
  CHECK(standing > 0);
  for (const auto& link : stacked.problem().links) {
    CHECK_FALSE(stacked.problem().dies[link.a].on);
    CHECK_FALSE(stacked.problem().dies[link.b].on);
  }
}

TEST_CASE("power of the placed dies is that of the system's dies, memories and links") {
  for (const auto& name : project_design_names()) {
    const Posed posed{name};
    double placed = 0, dies = 0;
    for (const auto& die : posed.problem().dies) placed += die.power;
    for (std::size_t d = 0; d < posed.system.dies.size(); ++d) {
      const auto& power = posed.evaluation.die_powers[d];
      dies += posed.system.dies[d].count * ((power.dynamic + power.leakage) / unit::W);
    }
    for (std::size_t m = 0; m < posed.system.memories.size(); ++m) {
      if (posed.system.memories[m].memory.on_package > 0)
        dies += posed.evaluation.power.memories[m] / unit::W;
    }
    dies += posed.evaluation.power.links / unit::W;
    INFO(name);
    CHECK(placed == Approx(dies));
  }
}
