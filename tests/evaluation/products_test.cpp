// Products of the market rebuilt: each is a design, or says why not; its peaks, bandwidth, capacity, power
// and die areas agree with what is published, or the row of the product says why they do not.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <set>

#include "evaluation/prepare.h"
#include "evaluation/rebuilt.h"
#include "support/project.h"

using namespace marquetry;
using namespace marquetry::unit;

namespace {

struct Rebuilt {
  std::string file;
  Design design;
  const Product* product;
  Evaluation<double> evaluation;
};

Evaluation<double> evaluated(const Library& library, const Design& design) {
  Diagnostics diagnostics;
  const auto prepared = prepare(library, design, diagnostics);
  INFO(render_all(diagnostics));
  REQUIRE(prepared);
  return evaluate(compose(*prepared, {}), prepared->models);
}

std::vector<Rebuilt> all_rebuilt(const Library& library) {
  std::vector<Rebuilt> out;
  for (auto& [file, design] : test::rebuilt_designs(library)) {
    INFO(file);
    const auto* product = find(library.products, design.reference);
    out.push_back({file, design, product, evaluated(library, design)});
  }
  return out;
}

}  // namespace

TEST_CASE("every product of the library is rebuilt by one design, or says why not") {
  const auto library = test::project_library();
  std::multiset<std::string> rebuilt;
  for (const auto& [file, design] : test::rebuilt_designs(library)) rebuilt.insert(design.reference);
  for (const auto& product : library.products) {
    INFO(product.id);
    CHECK(rebuilt.count(product.id) == (product.not_rebuilt.empty() ? 1 : 0));
  }
  CHECK(rebuilt.size() >= 20);
}

TEST_CASE("figures of rebuilt products agree with the published ones, or are excused and need to be") {
  const auto library = test::project_library();
  for (const auto& [file, design, product, evaluation] : all_rebuilt(library)) {
    for (const auto& figure : rebuilt_figures(*product, design, evaluation)) {
      INFO(file << ": " << rebuilt_line(figure));
      const auto agreement = figure.agreement();
      CHECK(agreement != Agreement::off);
      CHECK(agreement != Agreement::stale);
    }
  }
}

TEST_CASE("every deviation that a product states is one of its rebuilt figures, or of its own parts") {
  const auto library = test::project_library();
  for (const auto& [file, design, product, evaluation] : all_rebuilt(library)) {
    const auto figures = rebuilt_figures(*product, design, evaluation);
    for (const auto& deviation : product->deviations) {
      INFO(product->id << ": " << deviation.figure);
      CHECK(std::ranges::count(figures, deviation.figure, &RebuiltFigure::figure) == 1);
    }
  }
}

// Sizes of packages and what their edges take are held against typical limits, which makers of large packages
// go beyond (docs/products.md).
TEST_CASE("rebuilt products keep every rule of physics but those of the size of packages") {
  const auto library = test::project_library();
  for (const auto& [file, design] : test::rebuilt_designs(library)) {
    Diagnostics diagnostics;
    const auto prepared = prepare(library, design, diagnostics);
    REQUIRE(prepared);
    const auto system = compose(*prepared, {});
    const auto evaluation = evaluate(system, prepared->models);
    INFO(file);
    std::string broken;
    for (const auto& found :
         violations(design, prepared->rules, prepared->caps, system, evaluation, Choice{})) {
      const std::array sizes{"rules.interposer", "rules.package", "rules.warpage", "rules.beachfront"};
      const auto about_size = [&](const char* rule) { return found.path.starts_with(rule); };
      if (std::ranges::none_of(sizes, about_size)) broken += found.path + " ";
    }
    CHECK(broken == "");
  }
}

TEST_CASE("the contents of a die make its area, where its sides are given too: within 3 % of the real one") {
  const auto library = test::project_library();
  int compared = 0;
  for (const auto& [file, given] : test::rebuilt_designs(library)) {
    auto design = given;
    for (auto& die : design.dies) {
      if (die.modules.empty()) continue;
      die.width.reset();
      die.height.reset();
      die.area.reset();
    }
    const auto evaluation = evaluated(library, design);
    const auto& product = *find(library.products, design.reference);
    for (const auto& figure : rebuilt_figures(product, design, evaluation)) {
      if (figure.dimension != dimension::area) continue;
      ++compared;
      INFO(file << ": " << rebuilt_line(figure));
      CHECK(figure.agreement() == Agreement::close);
    }
  }
  CHECK(compared >= 20);
}

TEST_CASE("an excuse holds where ours is what it says, and is stale where none is needed") {
  const Remark stated{.figure = "peak", .value = "262 TFLOP/s", .why = "marketed so"};
  RebuiltFigure figure{.figure = "peak",
                       .published = 256e12,
                       .ours = 262.7e12,
                       .dimension = dimension::time * -1,
                       .tolerance = 0.003};
  CHECK(figure.agreement() == Agreement::off);
  CHECK(rebuilt_line(figure) == "peak: 262.7 TFLOP/s, published 256 TFLOP/s, +2.6 %, too far off");
  figure.deviation = &stated;
  CHECK(figure.agreement() == Agreement::excused);
  CHECK(rebuilt_line(figure) == "peak: 262.7 TFLOP/s, published 256 TFLOP/s, +2.6 % (marketed so)");
  figure.ours = 270e12;
  CHECK(figure.agreement() == Agreement::off);
  figure.ours = 256.1e12;
  CHECK(figure.agreement() == Agreement::stale);
  figure.deviation = nullptr;
  CHECK(figure.agreement() == Agreement::close);
}
