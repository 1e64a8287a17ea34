// From a design to a system: what is fixed stays fixed, a variable writes what it names, an open one gives a
// hull.
#include "system/plan.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "support/folder.h"
#include "support/plan.h"
#include "support/small_design.h"
#include "support/small_library.h"
#include "system/lift_rows.h"
#include "system/open_table.h"

using namespace marquetry;
using namespace marquetry::unit;
using test::plan_of;

namespace {

// Both nodes of the small library, with all that cost needs.
Library priced_library() {
  auto library = test::small_library();
  library.nodes[1].wafer_price = {{2800, 3000, 3200, {.name = "n28.wafer_price"}}, true};
  library.nodes[1].defect_density = {{500, 600, 700, {.name = "n28.defect_density"}}, true};
  library.nodes[1].nre = {{50e6, 50e6, 50e6, {.name = "n28.nre"}}, true};
  return library;
}

Design small_design(const std::string& text = test::small_design_text()) {
  auto loaded = test::load_text(text);
  INFO(loaded.messages);
  REQUIRE(loaded.design);
  return std::move(*loaded.design);
}

// The small design with the first value of each variable in its place.
std::string fixed_text() {
  auto text = test::small_design_text();
  const auto begin = text.find("[variables]");
  text.erase(begin, text.find("[dies.compute]") - begin);
  for (const auto& [name, value] : {std::pair{"\"$node\"", "\"n7\""},
                                    {"\"$cores\"", "16"},
                                    {"\"$lanes\"", "4"},
                                    {"\"$clock\"", "\"1.0 GHz\""},
                                    {"\"$format\"", "\"fp16\""}}) {
    text = test::replaced(text, name, value);
  }
  return text;
}

// Every number of a system, under the part that it belongs to.
struct Numbers {
  std::map<std::string, std::vector<double>> parts{};

  void put(const std::string& part, double x) { parts[part].push_back(x); }
  template <Dimension D>
  void put(const std::string& part, const Quantity<D>& x) {
    parts[part].push_back(x.si());
  }
  template <class T>
  void row(const std::string& part, const T& fields) {
    T::each_field([&](const auto& x) { put(part, x); }, fields);
  }
};

std::map<std::string, std::vector<double>> numbers(const System<double>& s) {
  Numbers out;
  for (const auto& die : s.dies) {
    out.row(die.id + " node", die.node);
    out.row(die.id + " stacking", die.stacking);
    out.put(die.id + " count", die.count);
    out.put(die.id + " clock", die.clock);
    out.put(die.id + " shape", die.activity);
    out.put(die.id + " shape", die.aspect);
    for (const auto& use : die.modules) {
      out.row(die.id + " module", use.module);
      out.put(die.id + " modules", use.count);
      out.put(die.id + " modules", use.active);
    }
  }
  for (const auto& memory : s.memories) {
    out.row(memory.id, memory.memory);
    out.put(memory.id + " stacks", memory.stacks);
  }
  for (const auto& network : s.networks) {
    out.row(network.id, network.link);
    out.put(network.id + " modules", network.modules);
    for (const double x : {network.graph.degree, network.graph.cut, network.graph.hops, network.graph.span,
                           network.graph.links, network.unbuildable}) {
      out.put(network.id + " graph", x);
    }
  }
  for (const auto& w : s.workloads) {
    out.row(w.id, w.model);
    out.put(w.id + " size", w.batch);
    out.put(w.id + " size", w.context);
    out.put(w.id + " word", w.word);
    for (const bool may : w.may_use) out.put(w.id + " word", may ? 1 : 0);
  }
  out.row("packaging", s.packaging);
  out.row("cooling", s.cooling);
  out.row("test", s.test);
  out.row("efficiency", s.efficiency);
  out.row("assumptions", s.assumptions);
  out.put("package", s.use_grid);
  out.put("package", s.volume);
  return out.parts;
}

std::set<std::string> changed(const System<double>& a, const System<double>& b) {
  std::set<std::string> parts;
  const auto before = numbers(a), after = numbers(b);
  for (const auto& [part, values] : before) {
    if (values != after.at(part)) parts.insert(part);
  }
  return parts;
}

}  // namespace

TEST_CASE("a design without variables is its base: nothing is left to be set") {
  const auto library = priced_library();
  const auto plan = plan_of<double>(library, small_design(fixed_text()));
  CHECK(plan.setters.empty());
  CHECK(changed(compose(plan, {}), plan.base).empty());
  CHECK(plan.base.dies[0].modules[0].count == 16);
  CHECK(plan.base.dies[1].given_width);
  CHECK(plan.base.networks[1].to == std::nullopt);
}

TEST_CASE("a choice gives the same system as the design in which it is written down") {
  const auto library = priced_library();
  const auto design = small_design();
  const auto chosen = compose(plan_of<double>(library, design), point(Choice(design.variables.size())));
  CHECK(changed(chosen, plan_of<double>(library, small_design(fixed_text())).base).empty());
}

TEST_CASE("a variable changes only what it names") {
  const auto library = priced_library();
  const auto design = small_design();
  const auto plan = plan_of<double>(library, design);
  const std::map<std::string, std::set<std::string>> written{
      {"node", {"compute node", "compute module"}},
      {"cores", {"compute modules"}},
      {"lanes", {"d2d modules"}},
      {"clock", {"compute clock"}},
      {"format", {"decode word"}},
  };
  const Choice first(design.variables.size());
  for (std::size_t v = 0; v < design.variables.size(); ++v) {
    CAPTURE(design.variables[v].name);
    Choice other = first;
    other[v] = 1;
    CHECK(changed(compose(plan, point(first)), compose(plan, point(other))) ==
          written.at(design.variables[v].name));
  }
}

TEST_CASE("an open variable gives the hull of its range, and every choice lies within") {
  const auto library = priced_library();
  const auto design = small_design();
  const auto open = compose(plan_of<Interval>(library, design), all_choices(design.variables));
  CHECK(open.dies[0].clock.si() == Interval{1.0e9, 1.2e9});
  CHECK(open.dies[0].modules[0].count == Interval{16, 24});
  CHECK(open.dies[0].node.wafer_price.si() == Interval{3000, 9346});
  CHECK(open.networks[0].modules == Interval{4, 16});
  // On n7 the core was measured, on n28 its contents count: the hull holds neither and both.
  CHECK(open.dies[0].modules[0].module.logic == Interval{0, 40e6});
  for (const Format format : {Format::fp16, Format::fp8}) CHECK(open.workloads[0].may_use[index(format)]);
  CHECK(std::ranges::count(open.workloads[0].may_use, true) == 2);
  CHECK(open.workloads[0].word.si() == Interval{8, 16});
  auto partial = all_choices(design.variables);
  for (std::size_t v = 0; v < partial.size(); ++v) {
    if (design.variables[v].name == "cores") partial[v] = {1, 2};
  }
  CHECK(compose(plan_of<Interval>(library, design), partial).dies[0].modules[0].count == Interval{20, 24});
}

TEST_CASE("uncertain numbers are their ranges where that is asked for") {
  const auto library = priced_library();
  const auto design = small_design(fixed_text());
  const auto certain = plan_of<Interval>(library, design).base;
  const auto uncertain = plan_of(library, design, Lifting<Interval>{.uncertain = true}).base;
  CHECK(certain.dies[0].node.wafer_price.si() == Interval{9346});
  CHECK(uncertain.dies[0].node.wafer_price.si() == Interval{9000, 10'000});
  CHECK(uncertain.dies[0].count == Interval{2});  // a choice is no estimate
}

TEST_CASE("a table of open values is looked up by choice and hulled over ranges") {
  const OpenTable<Interval> table{{{.variable = 1, .size = 3}, {}, {.variable = 0, .size = 2}},
                                  [](auto i) { return Interval{static_cast<double>(10 * i[0] + i[2])}; }};
  CHECK(table.variables() == std::vector<VariableId>{1, 0});
  const auto at = [&](Range first, Range second) { return table.at(std::array{first, second}); };
  CHECK(at({0, 0}, {0, 0}) == Interval{0});
  CHECK(at({1, 1}, {2, 2}) == Interval{21});
  CHECK(at({0, 1}, {1, 1}) == Interval{10, 11});
  CHECK(at({0, 1}, {0, 2}) == Interval{0, 21});
  const OpenTable<double> fixed{{}, [](auto) { return 7.0; }};
  CHECK(fixed.at({}) == 7);
}

TEST_CASE("a utilisation of the die's own stays, whatever node is chosen") {
  const auto library = priced_library();
  const auto text =
      test::replaced(test::small_design_text(), "node = \"$node\"", "node = \"$node\"\nutilisation = 0.42");
  const auto design = small_design(text);
  const auto plan = plan_of<double>(library, design);
  for (const std::uint32_t node : {0u, 1u}) {
    Choice choice(design.variables.size());
    choice[0] = node;
    CHECK(compose(plan, point(choice)).dies[0].node.logic_utilisation == 0.42);
  }
}

TEST_CASE("a pin rate of the design is that of whichever memory is chosen") {
  auto library = priced_library();
  library.memories.push_back(library.memories[0]);
  library.memories.back().id = "other";
  library.memories.back().pin_rate.typ *= 2;
  const auto text = test::replaced(test::replaced(test::small_design_text(), "memory = \"hbm2e\"",
                                                  "memory = \"$hbm\"\npin_rate = \"3 Gbit/s\""),
                                   "[variables]", "[variables]\nhbm = [\"hbm2e\", \"other\"]");
  const test::Folder folder;
  Diagnostics diagnostics;
  const auto design = load_design(folder.write("d.toml", text), library, diagnostics);
  INFO(render_all(diagnostics));
  REQUIRE(design);
  const auto plan = plan_of<double>(library, *design);
  for (const std::uint32_t memory : {0u, 1u}) {
    Choice choice(design->variables.size());
    choice[0] = memory;
    CHECK(compose(plan, point(choice)).memories[0].memory.pin_rate.si() == Approx(3e9));
  }
}

TEST_CASE("a link that its packaging cannot carry, and memory that it cannot take, are marked") {
  auto library = priced_library();
  const auto design = small_design(fixed_text());
  CHECK(plan_of<double>(library, design).base.networks[0].unbuildable == 0);
  CHECK(plan_of<double>(library, design).base.memories[0].unattachable == 0);
  library.packagings[0].links = {"standard"};
  library.packagings[0].hbm = false;
  CHECK(plan_of<double>(library, design).base.networks[0].unbuildable == 1);
  CHECK(plan_of<double>(library, design).base.memories[0].unattachable == 1);
}

TEST_CASE("numbers of dies that a topology cannot have are marked, and those that it can have its figures") {
  auto text = test::replaced(fixed_text(), "count = 2", "count = \"$dies\"");
  text = test::replaced(text, "topology = \"mesh\"", "topology = \"$shape\"");
  text = test::replaced(text, "[dies.compute]",
                        "[variables]\ndies = [4, 6, 8]\nshape = [\"hypercube\", \"ring\"]\n\n[dies.compute]");
  const auto design = small_design(text);
  const auto library = priced_library();
  const auto plan = plan_of<double>(library, design);
  const auto link = [&](std::uint32_t dies, std::uint32_t shape) {
    Choice choice(2);
    for (std::size_t v = 0; v < 2; ++v) choice[v] = design.variables[v].name == "dies" ? dies : shape;
    return compose(plan, point(choice)).networks.front();
  };
  CHECK(link(0, 0).unjoinable == 0);
  CHECK(link(1, 0).unjoinable == 1);  // no hypercube of 6
  CHECK(link(2, 0).unjoinable == 0);
  CHECK(link(2, 0).graph.hops == 3);
  CHECK(link(2, 0).graph.cut == 4);
  for (std::uint32_t dies = 0; dies < 3; ++dies) CHECK(link(dies, 1).unjoinable == 0);
  CHECK(link(1, 1).graph.hops == 3);
  CHECK(link(1, 1).graph.degree == 2);
}

TEST_CASE("a node without a price cannot be costed: said where it is chosen") {
  const auto library = test::small_library();
  const test::Folder folder;
  const auto file = folder.write("d.toml", test::small_design_text());
  Diagnostics diagnostics;
  const auto design = load_design(file, library, diagnostics);
  REQUIRE(design);
  CHECK_FALSE(make_plan(library, *design, Lifting<double>{}, diagnostics));
  CHECK(
      folder.without_path(render_all(diagnostics)) ==
      R"(d.toml:19:8: error: node 'n28' cannot be costed: the library has no wafer_price, defect_density, nre
    node = "$node"
           ^
  hint: give the figures in an overlay folder (--library DIR), or choose another node
d.toml:25:8: error: node 'n28' cannot be costed: the library has no wafer_price, defect_density, nre
    node = "n28"
           ^
  hint: give the figures in an overlay folder (--library DIR), or choose another node
)");
}

TEST_CASE("each value of a variable knows the rules that it breaks") {
  const auto library = test::small_library();
  const auto text =
      test::replaced(test::small_design_text(), "profile = [\"any\"]", "profile = [\"any\", \"no-euv\"]");
  const auto design = small_design(text);
  const auto rules = make_rules(library, design);
  const auto bit_of = [&](const std::string& path) -> RuleSet {
    for (std::size_t r = 0; r < rules.limits.size(); ++r) {
      if (rules.limits[r].path == path) return RuleSet{1} << r;
    }
    FAIL("no rule " << path);
    return 0;
  };
  // n7 is below 14 nm and not on the list; it needs no EUV. n28 keeps all.
  CHECK(rules.by_value[0][0] ==
        (bit_of("profile.no-euv.nodes.least_feature") | bit_of("profile.no-euv.nodes")));
  CHECK(rules.by_value[0][1] == 0);
  CHECK(rules.always == 0);  // n28, hbm2e and Taiwan are allowed
  for (std::size_t v = 1; v < design.variables.size(); ++v) {
    for (const auto broken : rules.by_value[v]) CHECK(broken == 0);
  }
  // Caps of the profile and constraints of the design are limits on figures.
  std::map<std::string, double> caps;
  for (const auto& limit : rules.limits) {
    if (limit.is_cap) caps[(limit.is_least ? "least " : "most ") + limit.path] = limit.limit;
  }
  CHECK(caps.size() == 5);
  CHECK(caps.at("most power.total_w") == 700);
  CHECK(caps.at("least performance.decode.value") == 1000);
}

TEST_CASE("what no variable decides is broken always") {
  auto library = test::small_library();
  library.nodes[1].euv = true;
  library.memories[0].regions = {"world"};
  const auto text =
      test::replaced(test::small_design_text(), "profile = [\"any\"]", "profile = [\"no-euv\"]");
  const auto design = small_design(text);
  const auto rules = make_rules(library, design);
  std::set<std::string> broken;
  for (std::size_t r = 0; r < rules.limits.size(); ++r) {
    if ((rules.always >> r & 1) != 0) broken.insert(rules.limits[r].path);
  }
  CHECK(broken == std::set<std::string>{"profile.no-euv.nodes.euv", "profile.no-euv.regions"});
}
