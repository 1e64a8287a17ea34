// Packages of placed designs: every rule holds, whatever packaging carries the dies.
#include "assemble/assemble.h"

#include <catch2/catch.hpp>
#include <set>

#include "assembly/check.h"
#include "assembly/places.h"
#include "refine/subject.h"

using namespace marquetry;
using test::Subject;

namespace {

struct Made {
  Subject subject;
  refine::Refined refined;
  assemble::Made made;
  template <class Source>
  explicit Made(Source source, std::uint64_t steps = 1500) : subject{std::move(source)} {
    Diagnostics diagnostics;
    refined = *refine::refine(subject.prepared, subject.choice, subject.system, subject.analytic,
                              {.steps = steps}, diagnostics);
    made = *assemble::assembly_of(subject.prepared, subject.choice, subject.system, refined.package,
                                  refined.layout, diagnostics);
  }
  const assembly::Assembly& package() const { return made.package; }
};

std::vector<std::string> broken(const assembly::Assembly& a) {
  std::vector<std::string> out;
  for (const auto& fault : assembly::check(a))
    out.push_back(std::string{rule_name(fault.rule)} + ": " + fault.message);
  return out;
}

std::string pair_of(const std::string& packaging, const std::string& link) {
  return R"(format = 1
name = "pair"
cooling = "cold-plate"
test = "standard"
packaging = ")" +
         packaging + R"("

[dies.core]
node = "tsmc-n7"
area = "60 mm2"
count = 2
power = "20 W"

[links.wide]
from = "core"
to = "core"
link = ")" +
         link + R"("
topology = "ring"

[links.pcie]
from = "core"
to = "outside"
link = "pcie-4-x16"
)";
}

const assembly::Net* net_named(const assembly::Assembly& a, const std::string& name) {
  const auto found = std::ranges::find(a.nets, name, &assembly::Net::name);
  return found == a.nets.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("every design of the project makes a package that keeps every rule") {
  for (const auto& name : test::project_design_names()) {
    INFO(name);
    const Made made{std::string{name}};
    const auto& a = made.package();
    // Of dies that overlap no package can be made; so few steps do not always part them.
    if (made.refined.physical.faults.empty()) CHECK(broken(a) == std::vector<std::string>{});
    // A part for each die and memory, and what carries them.
    CHECK(a.instances.size() > made.refined.package.parts.size());
    std::set<std::string> supplies;
    for (const auto& net : a.nets)
      if (net.use == assembly::NetUse::power) supplies.insert(net.name);
    CHECK_FALSE(supplies.empty());
    REQUIRE(net_named(a, "VSS") != nullptr);
    CHECK(net_named(a, "VSS")->use == assembly::NetUse::ground);
  }
}

TEST_CASE("a wire of a link has a bump on each of its dies and on what carries them") {
  const Made made{std::string{"h200"}};
  const auto& a = made.package();
  std::size_t wires = 0;
  for (const auto& net : a.nets) {
    if (net.use != assembly::NetUse::signal || !net.ports.empty()) continue;
    std::set<std::size_t> instances;
    for (const auto& pin : net.pins) instances.insert(pin.instance);
    INFO(net.name);
    CHECK(net.pins.size() == 4);
    CHECK(instances.size() == 3);
    ++wires;
  }
  // HBM stacks with all of their PHYs' bumps.
  double wanted = 0;
  for (const auto& link : made.refined.package.problem.links)
    wanted += link.phy->wires * static_cast<double>(link.phy->modules);
  CHECK(static_cast<double>(wires) <= wanted);
  CHECK(static_cast<double>(wires) >= 0.9 * wanted);
}

TEST_CASE("on every packaging the rules hold: bridges lie in cavities, carriers on substrates") {
  const auto [packaging, link] = GENERATE(table<std::string, std::string>({{"cowos-s", "ucie-a"},
                                                                           {"cowos-l", "ucie-a"},
                                                                           {"emib", "ucie-a"},
                                                                           {"info-os", "ucie-s"},
                                                                           {"glass-core", "ucie-s"},
                                                                           {"organic-mcm", "ucie-s"}}));
  INFO(packaging);
  const Made made{test::design_of(pair_of(packaging, link))};
  const auto& a = made.package();
  CHECK(made.refined.physical.faults.empty());
  CHECK(broken(a) == std::vector<std::string>{});
  const bool has_bridges = assembly::find_chiplet(a, "bridge_0").has_value();
  CHECK(has_bridges == !made.refined.layout.bridges.empty());
  CHECK(has_bridges == (packaging == "emib" || packaging == "cowos-l"));
  // Every wire is there, at both ends; those to the outside end at balls.
  std::size_t inside = 0, outside = 0;
  for (const auto& net : a.nets) {
    if (net.use != assembly::NetUse::signal) continue;
    (net.ports.empty() ? inside : outside) += 1;
  }
  const auto& problem = made.refined.package.problem;
  CHECK(static_cast<double>(inside) ==
        problem.links[0].phy->wires * static_cast<double>(problem.links[0].phy->modules));
  CHECK(outside > 0);
}

TEST_CASE("dies whose PHYs lie alike share a chiplet, and outputs end at inputs") {
  const Made made{test::design_of(pair_of("cowos-s", "ucie-a"))};
  const auto& a = made.package();
  const auto direction = [&](const assembly::BumpOf& pin) {
    const auto& chiplet = assembly::chiplet_of(a, a.instances[pin.instance]);
    const auto& name = assembly::bump_of(a, pin).port;
    const auto port = std::ranges::find(chiplet.ports, name, &assembly::Port::name);
    return port == chiplet.ports.end() ? assembly::Direction::inout : port->direction;
  };
  std::size_t wires = 0;
  for (const auto& net : a.nets) {
    if (net.use != assembly::NetUse::signal || !net.ports.empty()) continue;
    std::set<assembly::Direction> ends;
    for (const auto& pin : net.pins)
      if (a.instances[pin.instance].name.starts_with("core")) ends.insert(direction(pin));
    CHECK((ends == std::set{assembly::Direction::output, assembly::Direction::input} ||
           ends == std::set{assembly::Direction::inout}));
    ++wires;
  }
  CHECK(wires > 0);
}

TEST_CASE("dies look down, and those of one make and arrangement are one chiplet") {
  const Made made{std::string{"h200"}};
  const auto& a = made.package();
  const auto die = *assembly::find_instance(a, "gh100");
  CHECK(a.instances[die].orientation.is_flipped);
  CHECK(assembly::facing(a, {die, 0}) == assembly::Facing::down);
  std::set<std::size_t> chiplets;
  for (const auto& instance : a.instances) chiplets.insert(instance.chiplet);
  CHECK(chiplets.size() == a.chiplets.size());  // none that nobody uses
}

TEST_CASE("a hybrid bond leaves no gap, and supplies of the upper die pass through the lower one") {
  const Made made{std::string{"stacked-cache"}};
  const auto& a = made.package();
  std::size_t stacked = 0;
  for (const auto& c : a.connections) {
    if (!c.top || !c.bottom || !a.instances[c.top->instance].name.starts_with("cache")) continue;
    CHECK(c.thickness == 0);
    ++stacked;
  }
  CHECK(stacked == 8);
  CHECK(broken(a).empty());
}
