// Materials and stacking as levers of whole designs: each moves the figures that its physics touches.
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "evaluation/prepare.h"
#include "evaluation/warpage.h"
#include "support/cases.h"

using namespace marquetry;
using namespace marquetry::unit;

namespace {

Evaluation<double> evaluated(const Library& library, const Design& design) {
  Diagnostics diagnostics;
  const auto prepared = prepare(library, design, diagnostics);
  REQUIRE(prepared);
  return evaluate(compose(*prepared, Choice(design.variables.size())), prepared->models);
}

struct Subject {
  Library library = test::project_library();
  Design design;
  explicit Subject(const std::string& name) : design{test::project_design(library, name)} {}
  Evaluation<double> operator()() const { return evaluated(library, design); }
};

Variable names(std::string name, const std::vector<std::string>& values, std::string of) {
  Variable v{.name = std::move(name), .names = std::move(of)};
  for (const auto& text : values) v.domain.push_back({.text = text, .is_name = true});
  return v;
}

}  // namespace

TEST_CASE("a lid that conducts better along and across is never hotter, on any design") {
  for (const auto* name : {"ascend-910", "epyc-rome", "h200", "stacked-cache"}) {
    INFO(name);
    Subject subject{name};
    double last = 1e9;
    for (const auto* lid : {"aluminium", "copper", "diamond-cvd"}) {
      subject.design.lid.value = lid;
      const double peak = subject().thermal.peak / K;
      CHECK(peak < last);
      last = peak;
    }
    subject.design.tim.value = "tim-indium";
    CHECK(subject().thermal.peak / K < last);
  }
}

TEST_CASE("a lid costs its volume: diamond, copper and none, by hand") {
  Subject subject{"h200"};
  const auto plain = subject();
  subject.design.lid.value = "diamond-cvd";
  subject.design.lid_thickness = OpenNumber{.value = 0.5e-3};
  const auto thin = subject();
  const auto price = [&](const char* id) { return find(subject.library.materials, id)->price.typ; };
  const auto& packaging = *find(subject.library.packagings, "cowos-s");
  const double area = plain.area.substrate.si();
  const double more = area * (0.5e-3 * price("diamond-cvd") - packaging.lid_price.typ);
  CHECK((thin.cost.assembly - plain.cost.assembly).si() == Approx(more));
  subject.design.lid_thickness.reset();
  subject.design.lid.value = "none";
  CHECK((plain.cost.assembly - subject().cost.assembly).si() == Approx(area * packaging.lid_price.typ));
}

TEST_CASE("the lid bends the package as its material and thickness have it") {
  Subject subject{"h200"};
  const auto bend = [&] { return warpage(subject()) / um; };
  const double copper = bend();
  subject.design.lid.value = "sic-4h";  // stiffer, and expands as little as the dies
  CHECK(bend() < copper);
  subject.design.lid_thickness = OpenNumber{.value = 0.5e-3};
  const double thin = bend();
  CHECK(thin > copper);
}

TEST_CASE("a glass core bends less than its organic sibling, and carries heat to the board no better") {
  Subject subject{"h200"};
  subject.design.packaging.value = "rdl-interposer";
  const auto organic = subject();
  subject.design.packaging.value = "glass-core";
  const auto glass = subject();
  // For the same area: what expands as silicon does pulls less.
  CHECK(warpage(glass).si() / glass.area.substrate.si() <
        warpage(organic).si() / organic.area.substrate.si());
  const auto across = [&](const char* id) { return find(subject.library.materials, id)->lateral.typ; };
  CHECK(across("glass-core") < across("build-up-substrate"));
}

TEST_CASE("power from the back: smaller dies, dearer wafers, hotter circuits at one power") {
  Subject subject{"accelerator"};
  for (auto& variable : subject.design.variables) {
    if (variable.name == "node") variable.domain = {{.text = "tsmc-n2", .is_name = true}};
  }
  const auto front = subject();
  for (auto& variable : subject.design.variables) {
    if (variable.name == "node") variable.domain = {{.text = "tsmc-a16", .is_name = true}};
  }
  const auto back = subject();
  CHECK(back.outlines[0].area < front.outlines[0].area);
  CHECK(back.die_powers[0].dynamic < front.die_powers[0].dynamic);
  const auto node = [&](const char* id) { return find(subject.library.nodes, id); };
  CHECK(node("tsmc-a16")->wafer_price.typ > node("tsmc-n2")->wafer_price.typ);
  // The same die with and without metal and bond in the way of its heat.
  auto plain = subject.library;
  for (auto& row : plain.nodes) row.back_resistance = {};
  const auto cooler = evaluated(plain, subject.design);
  const auto flux =
      (back.die_powers[0].dynamic + back.die_powers[0].leakage + back.power.phys[0]) / back.outlines[0].area;
  CHECK((back.thermal.dies[0] - cooler.thermal.dies[0]) / K ==
        Approx((flux * (1.7e-6 * K * m * m / W)) / K).epsilon(1e-3));
}

TEST_CASE("memory on its host: no edge, no place, no interposer under it; both are hotter") {
  Subject subject{"h200"};
  const auto beside = subject();
  subject.design.memories[0].stacking = OpenName{.value = "foveros"};
  const auto on = subject();
  CHECK(on.outlines[0].beachfront < beside.outlines[0].beachfront);
  CHECK(on.outlines[0].area < beside.outlines[0].area);
  CHECK(on.area.footprint < 0.7 * beside.area.footprint);
  CHECK(on.power.memories[0] < beside.power.memories[0]);
  CHECK(on.thermal.memories[0] > beside.thermal.memories[0]);
  CHECK(on.thermal.dies[0] > beside.thermal.dies[0]);
  CHECK(on.machine.memory / beside.machine.memory == Approx(1));
}

TEST_CASE("what covers the dies, and where memory stands, may be left open: bounds hold every choice") {
  Subject subject{"h200"};
  auto& d = subject.design;
  d.variables = {names("lid", {"copper", "diamond-cvd", "none"}, "material"),
                 names("tim", {"tim1-polymer", "tim-indium"}, "material"),
                 names("stacking", {"none", "foveros"}, "packaging")};
  d.lid.variable = 0;
  d.tim.variable = 1;
  d.memories[0].stacking = OpenName{.variable = 2};
  const auto values = test::plan_of<double>(subject.library, d);
  const auto bounds = test::plan_of<Interval>(subject.library, d);
  const auto open = test::evaluated(bounds, all_choices(d.variables));
  std::vector<double> peaks;
  for (std::uint32_t l = 0; l < 3; ++l) {
    for (std::uint32_t t = 0; t < 2; ++t) {
      for (std::uint32_t s = 0; s < 2; ++s) {
        const auto e = test::evaluated(values, point(Choice{l, t, s}));
        for (const auto& figure : test::all_figures(d)) {
          CAPTURE(path_of(figure, d), l, t, s);
          CHECK(contains(widened(figure.si(open)), figure.si(e)));
        }
        peaks.push_back(e.thermal.peak / K);
      }
    }
  }
  std::ranges::sort(peaks);
  CHECK(std::ranges::unique(peaks).begin() == peaks.end());  // each choice is felt
}

namespace {

using Figures = std::map<std::string, double>;

Figures figures_of(const Subject& subject) {
  Figures out;
  const auto e = subject();
  for (const auto& figure : test::all_figures(subject.design))
    out[path_of(figure, subject.design)] = figure.si(e);
  return out;
}

// What a lever moves: the groups of figures, as "cost", and each path with its direction, as "cost.unit_usd
// +".
struct Moved {
  std::set<std::string> groups{}, paths{};
  bool has(const std::string& path) const { return paths.contains(path); }
};

Moved moved(const Figures& before, const Figures& after) {
  Moved out;
  for (const auto& [path, value] : after) {
    const double was = before.at(path);
    if (std::abs(value - was) <= 1e-9 * std::abs(was)) continue;
    out.groups.insert(path.substr(0, path.find('.')));
    out.paths.insert(path + (value > was ? " +" : " -"));
  }
  return out;
}

using Groups = std::set<std::string>;

}  // namespace

TEST_CASE("a lid moves temperature, warpage and cost, and nothing else") {
  Subject subject{"h200"};
  const auto before = figures_of(subject);
  for (const auto* lid : {"diamond-cvd", "sic-4h"}) {
    INFO(lid);
    subject.design.lid.value = lid;
    const auto m = moved(before, figures_of(subject));
    CHECK(m.groups == Groups{"cost", "mechanics", "thermal"});
    CHECK(m.has("thermal.peak_c -"));
    CHECK(m.has("cost.recurring_usd +"));
    CHECK_FALSE(m.has("cost.nre_total_usd +"));
  }
}

TEST_CASE("an interface moves temperature and warpage, and nothing else") {
  Subject subject{"h200"};
  const auto before = figures_of(subject);
  subject.design.tim.value = "tim-indium";
  const auto m = moved(before, figures_of(subject));
  CHECK(m.groups == Groups{"mechanics", "thermal"});
  CHECK(m.has("thermal.peak_c -"));
}

TEST_CASE("a glass core moves carrier, cost and warpage; neither the dies nor what they do") {
  Subject subject{"h200"};
  subject.design.packaging.value = "rdl-interposer";
  const auto before = figures_of(subject);
  subject.design.packaging.value = "glass-core";
  const auto m = moved(before, figures_of(subject));
  CHECK(m.groups == Groups{"area", "carbon", "cost", "mechanics", "supply", "yield"});
  CHECK(m.has("mechanics.warpage_um -"));
  CHECK(m.has("area.interposer_mm2 -"));
  for (const auto& path : m.paths) {
    INFO(path);
    CHECK_FALSE(path.starts_with("area.dies"));
    CHECK_FALSE(path.starts_with("yield.dies"));
  }
}

TEST_CASE("power from the back moves area, power and cost; not what the dies compute and move") {
  Subject subject{"accelerator"};
  const auto at = [&](const char* id) {
    for (auto& variable : subject.design.variables)
      if (variable.name == "node") variable.domain = {{.text = id, .is_name = true}};
    return figures_of(subject);
  };
  const auto before = at("tsmc-n2");
  const auto m = moved(before, at("tsmc-a16"));
  CHECK(m.groups == Groups{"area", "carbon", "cost", "mechanics", "power", "supply", "thermal", "yield"});
  for (const auto* path : {"area.dies_mm2.compute -", "power.total_w -", "cost.recurring_usd +",
                           "cost.nre_total_usd +", "yield.dies.compute -"}) {
    INFO(path);
    CHECK(m.has(path));
  }
  for (const auto* path : {"area.dies_mm2.io -", "yield.dies.io -"}) CHECK_FALSE(m.has(path));
}

TEST_CASE("SRAM on logic spares memory traffic for heat, yield and NRE; the die below stays as it is") {
  Subject subject{"stacked-cache"};
  auto& cache = subject.design.dies[1];
  cache.count.value = 0;
  const auto before = figures_of(subject);
  cache.count.value = 8;
  const auto m = moved(before, figures_of(subject));
  CHECK(m.groups == Groups{"area", "carbon", "cost", "performance", "power", "supply", "thermal", "yield"});
  for (const auto* path : {"performance.triad.value +", "thermal.dies_c.ccd +", "power.total_w +",
                           "yield.assembly -", "cost.nre_total_usd +", "cost.recurring_usd +"}) {
    INFO(path);
    CHECK(m.has(path));
  }
  for (const auto& path : m.paths) {
    INFO(path);
    CHECK_FALSE(path.starts_with("performance.gemm"));  // bound by its units
    CHECK_FALSE(path.starts_with("area.package"));
    CHECK_FALSE(path.starts_with("yield.dies.ccd"));
  }
}

TEST_CASE("memory on logic spares edge, carrier and energy for heat and a bond; its rate stays") {
  Subject subject{"h200"};
  const auto before = figures_of(subject);
  subject.design.memories[0].stacking = OpenName{.value = "foveros"};
  const auto m = moved(before, figures_of(subject));
  CHECK(m.groups == Groups{"area", "carbon", "cost", "mechanics", "power", "supply", "thermal", "yield"});
  for (const auto* path : {"area.interposer_mm2 -", "area.dies_mm2.gh100 -", "power.total_w -",
                           "thermal.dies_c.gh100 +", "yield.assembly -"}) {
    INFO(path);
    CHECK(m.has(path));
  }
}
