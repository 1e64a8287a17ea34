// Products of the market rebuilt: peaks and bandwidths from their parts, die areas from the designs that
// rebuild them.
#include <catch2/catch.hpp>
#include <set>

#include "area/die_outline.h"
#include "support/project.h"
#include "system/plan.h"

using namespace marquetry;
using namespace marquetry::unit;

namespace {

// Published and rebuilt differ by a stated reason, in the `note` of the product's row.
const std::set<std::string> stated{"ascend-910"};

struct Tally {
  int close{}, all{};
  void count(const Product& product, double rebuilt, double published) {
    ++all;
    const double off = std::abs(rebuilt / published - 1);
    if (off <= 0.005) ++close;
    INFO(product.id << ": rebuilt " << rebuilt << ", published " << published << ", " << 100 * off
                    << " % off");
    if (stated.contains(product.id)) {
      CHECK_FALSE(product.note.empty());
      CHECK(off <= 0.05);
    } else {
      CHECK(off <= 0.005);
    }
  }
};

// "Virtuvian compute" as a design would call it.
std::string as_id(std::string name) {
  for (auto& c : name) c = c == ' ' || c == '/' ? '-' : static_cast<char>(std::tolower(c));
  return name;
}

// The die of the product that this die type stands for: of the same name, or the only one.
const ProductDie* counterpart(const Product& product, const Design& design, const std::string& die) {
  for (const auto& candidate : product.dies) {
    if (as_id(candidate.name) == die) return &candidate;
  }
  return product.dies.size() == 1 && design.dies.size() == 1 ? &product.dies.front() : nullptr;
}

System<double> system_of(const Library& library, const Design& design) {
  Diagnostics diagnostics;
  const auto plan = make_plan(library, design, Lifting<double>{}, diagnostics);
  INFO(render_all(diagnostics));
  REQUIRE(plan);
  return compose(*plan, {});
}

}  // namespace

TEST_CASE("published FP16 peaks follow from units, multiply-accumulates and clock within 0.5 %") {
  const auto library = test::project_library();
  Tally tally;
  for (const auto& p : library.products) {
    if (!p.units.known || !p.macs.known || !p.clock.known || !p.peak.known) continue;
    tally.count(p, p.units.typ * p.macs.typ * 2 * p.clock.typ, p.peak.typ);
  }
  CHECK(tally.close >= 12);
}

TEST_CASE("published 8-bit peaks are the stated multiple of the FP16 peak") {
  const auto library = test::project_library();
  Tally tally;
  for (const auto& p : library.products) {
    if (!p.peak.known || !p.peak_int8.known || !p.int8_ratio.known) continue;
    tally.count(p, p.peak.typ * p.int8_ratio.typ, p.peak_int8.typ);
  }
  CHECK(tally.close >= 12);
}

TEST_CASE("published memory bandwidths follow from stacks, pins and pin rate within 0.5 %") {
  const auto library = test::project_library();
  Tally tally;
  for (const auto& p : library.products) {
    if (!p.memory_stacks.known || !p.memory_pins.known || !p.memory_pin_rate.known ||
        !p.memory_bandwidth.known) {
      continue;
    }
    tally.count(p, p.memory_stacks.typ * p.memory_pins.typ * p.memory_pin_rate.typ, p.memory_bandwidth.typ);
  }
  CHECK(tally.close >= 12);
}

TEST_CASE("die areas of the rebuilt products are within 5 % of the real dies") {
  const auto library = test::project_library();
  int compared = 0;
  for (const auto& name : test::project_design_names()) {
    const auto design = test::project_design(library, name);
    if (design.reference.empty() || !design.variables.empty()) continue;
    const auto& product = *find(library.products, design.reference);
    const auto system = system_of(library, design);
    for (std::size_t d = 0; d < design.dies.size(); ++d) {
      const auto* real = counterpart(product, design, design.dies[d].id);
      if (real == nullptr || !real->area.known) continue;
      ++compared;
      INFO(name << ": " << design.dies[d].id);
      CHECK(area::die_outline(system, d).area / mm2 == Approx(real->area.typ / mm2.si()).epsilon(0.05));
    }
  }
  CHECK(compared >= 3);
}

TEST_CASE("the contents of a die make its area, where its sides are given too: within 5 % of the real one") {
  const auto library = test::project_library();
  for (const auto& name : test::project_design_names()) {
    auto design = test::project_design(library, name);
    if (design.reference.empty() || !design.variables.empty()) continue;
    const auto& product = *find(library.products, design.reference);
    for (auto& die : design.dies) {
      if (die.modules.empty()) continue;
      die.width.reset();
      die.height.reset();
      die.area.reset();
    }
    const auto system = system_of(library, design);
    for (std::size_t d = 0; d < design.dies.size(); ++d) {
      const auto* real = counterpart(product, design, design.dies[d].id);
      if (real == nullptr || !real->area.known || design.dies[d].modules.empty()) continue;
      INFO(name << ": " << design.dies[d].id);
      CHECK(area::die_outline(system, d).area / mm2 == Approx(real->area.typ / mm2.si()).epsilon(0.05));
    }
  }
}
