// The physical rung: with the lengths and areas that the analytic rung assumes it is that rung; longer wires
// never make a system better; the project's own designs have it.
#include "refine/refine.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "placement/heat.h"
#include "refine/subject.h"
#include "report/evaluation_json.h"
#include "report/evaluation_text.h"

using namespace marquetry;
using namespace marquetry::unit;
using test::Subject;

TEST_CASE("with what the analytic rung assumes, the physical one has its figures") {
  for (const auto& name : test::project_design_names()) {
    const Subject s{name};
    const auto physical = assumed(s.system, s.analytic);
    const auto e = evaluate(s.system, physical, s.analytic, s.prepared.models);
    for (const auto& path : figure_paths(s.design)) {
      const auto figure = *find_figure(path, s.design);
      INFO(name << ": " << path);
      CHECK((figure.si(e) == figure.si(s.analytic) ||
             (std::isnan(figure.si(e)) && std::isnan(figure.si(s.analytic)))));
    }
    auto a = refined(s.prepared, s.assessed(), physical);
    CHECK(moves(s.design, a).empty());
    CHECK(a.violations.size() == s.assessed().violations.size());
  }
}

TEST_CASE("longer wires, larger carriers and hotter dies never make a system better") {
  const Subject s{"epyc-rome"};
  auto near = assumed(s.system, s.analytic), far = near;
  for (auto& network : far.networks) {
    network.wire += 5 * mm;
    network.hop += 40 * ps;
    network.energy = network.energy + 0.1 * pJ / bit;
    network.lane_rate = 0.5 * network.lane_rate;
  }
  far.substrate = 2.0 * far.substrate;
  for (auto& t : far.dies) t += 10 * K;
  const auto& models = s.prepared.models;
  const auto e = evaluate(s.system, far, s.analytic, models);
  CHECK(e.network.latency > s.analytic.network.latency);
  CHECK(e.network.bisection / s.analytic.network.bisection == Approx(0.5));
  CHECK(e.cost.unit > s.analytic.cost.unit);
  CHECK(e.carbon.embodied > s.analytic.carbon.embodied);
  CHECK((e.thermal.peak - s.analytic.thermal.peak) / K == Approx(10));
  // Power of the links: half the rate, and 0.1 pJ/bit more.
  const auto& link = s.system.networks[0].link;
  const double more = (link.energy + 0.1 * pJ / bit) / link.energy / 2;
  double within = 0;
  for (const auto& network : s.system.networks) within += network.to ? 1 : 0;
  if (within == double(s.system.networks.size()) && within == 1) {
    CHECK(e.power.links / s.analytic.power.links == Approx(more));
  }
}

TEST_CASE("a link that no rate closes is said to be too far, with the length at which one would") {
  const Subject s{"epyc-rome"};
  auto physical = assumed(s.system, s.analytic);
  for (std::size_t n = 0; n < physical.networks.size(); ++n) {
    physical.networks[n].wire = 50 * mm;
    physical.networks[n].reach = 20 * mm;
  }
  const auto a = refined(s.prepared, s.assessed(), physical);
  bool found = false;
  for (const auto& v : a.violations) {
    if (!v.path.starts_with("rules.reach.")) continue;
    found = true;
    CHECK(v.value == Approx(50));
    CHECK(v.limit == Approx(20));
  }
  CHECK(found);
}

TEST_CASE("placed: networks have wires, areas hold what stands on them, dies are warmer than the coolant") {
  for (const std::string name : {"h200", "ascend-910", "epyc-rome", "accelerator"}) {
    INFO(name);
    const Subject s{name};
    const auto found = s.refined(2000);
    const auto& physical = found.physical;
    CHECK(physical.substrate >= physical.carrier);
    double silicon = 0;
    for (std::size_t d = 0; d < found.layout.dies.size(); ++d) {
      if (!found.package.problem.dies[d].on) silicon += geometry::area(layout::outline(found.layout, d));
    }
    CHECK(physical.substrate / (nm * nm) > silicon);
    for (const auto& t : physical.dies) CHECK(t > s.system.cooling.ambient);
    for (std::size_t n = 0; n < s.system.networks.size(); ++n) {
      const auto& network = s.system.networks[n];
      if (!network.to || in_stack(s.system, network)) continue;
      const auto& placed = physical.networks[n];
      CHECK(placed.lane_rate <= network.link.lane_rate);
      CHECK(placed.energy >= network.link.energy);
      CHECK(placed.reach <= network.link.reach);
    }
    const auto a = refined(s.prepared, s.assessed(), physical);
    const auto json = report::evaluation_json(s.prepared, a);
    CHECK(json["fidelity"] == "physical");
    CHECK(json["physical"]["package_mm2"] == json["area"]["package_mm2"]);
    for (const auto& [path, value] : json["analytic"].items()) {
      const auto figure = *find_figure(path, s.design);
      CHECK(value.get<double>() == Approx(figure.report(figure.si(s.analytic))));
    }
    const auto text = report::evaluation_text(s.prepared, a);
    CHECK(text.find("physical rung, preset default") != std::string::npos);
    CHECK(text.find("analytic ") != std::string::npos);
  }
}

TEST_CASE("dies that others stand on are hotter than these, whose heat leaves through the upper face") {
  const Subject s{"stacked-cache"};
  const auto found = s.refined(2000);
  std::size_t stacked = 0;
  for (std::size_t d = 0; d < s.system.dies.size(); ++d) {
    if (!s.system.dies[d].parent) continue;
    ++stacked;
    CHECK(found.physical.dies[d] < found.physical.dies[*s.system.dies[d].parent]);
  }
  CHECK(stacked > 0);
  double power = 0, piles = 0;
  for (const auto& die : found.package.problem.dies) power += die.power;
  for (const double pile : placement::pile_powers(found.package.problem)) piles += pile;
  CHECK(piles == Approx(power));
}

TEST_CASE("a mesh of chiplets of the accelerator closes at full rate over its placed wires") {
  Subject s{"accelerator"};
  s.set(test::mesh_of_four);
  const auto found = s.refined(20'000);
  const auto& mesh = found.physical.networks[0];
  CHECK(mesh.wire > 0 * mm);
  CHECK(mesh.energy > s.system.networks[0].link.energy);
  if (mesh.wire <= 2 * mm) CHECK(mesh.lane_rate == s.system.networks[0].link.lane_rate);
  // The silicon interposer lets a standard link go less far than its own reach.
  const auto& to_io = found.physical.networks[1];
  CHECK(to_io.reach < s.system.networks[1].link.reach);
  CHECK(to_io.lane_rate < s.system.networks[1].link.lane_rate);
}

TEST_CASE("the same seed and steps give the same figures, for any number of threads") {
  const Subject s{"epyc-rome"};
  const auto one = s.refined(1000, 1), two = s.refined(1000, 2);
  CHECK(one.physical.substrate == two.physical.substrate);
  CHECK(one.physical.dies == two.physical.dies);
  for (std::size_t n = 0; n < one.physical.networks.size(); ++n) {
    CHECK(one.physical.networks[n].wire == two.physical.networks[n].wire);
    CHECK(one.physical.networks[n].energy == two.physical.networks[n].energy);
  }
}
