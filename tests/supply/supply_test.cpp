// What export rules count, how long a system takes, and who sells its parts.
#include <catch2/catch.hpp>

#include "supply/classification.h"
#include "supply/resilience.h"
#include "support/project.h"
#include "support/small_design.h"
#include "support/small_library.h"
#include "support/small_system.h"

using namespace marquetry;
using namespace marquetry::unit;

namespace {

performance::Peaks<double> peaks(const Rate<>& fp16, const Rate<>& int8) {
  performance::Peaks<double> out{};
  for (std::size_t f = 0; f < out.size(); ++f) {
    if (format_names[f] == "fp16") out[f] = fp16;
    if (format_names[f] == "int8") out[f] = int8;
  }
  return out;
}
performance::Peaks<double> peaks_of(const Product& product) {
  return peaks(Rate<>::from_si(product.peak.typ), Rate<>::from_si(product.peak_int8.typ));
}

}  // namespace

TEST_CASE("total processing performance of the A100 is 4992 and of the H100 about 15 830") {
  const auto library = test::project_library();
  // 312 TFLOP/s x 16 bits = 624 TOP/s x 8 bits
  CHECK(supply::processing_performance(peaks_of(*find(library.products, "a100"))) == Approx(4992));
  CHECK(supply::processing_performance(peaks_of(*find(library.products, "h100"))) ==
        Approx(15'830).epsilon(1e-3));
}

namespace {

// Two dies of each of two nodes, wafers of 50 good dies; 1.25 dies are started for one that is shipped.
struct Sample {
  System<double> system = test::small_system();
  std::vector<area::DieOutline<double>> outlines{2};
  std::vector<cost::DieCost<double>> dies{2};
  cost::UnitCost<double> cost;

  Sample() {
    system.dies.push_back(system.dies[0]);
    system.dies[1].id = "io";
    system.dies[1].node.counted = 0;
    system.dies[1].node.latency = 10 * week;
    system.dies[0].node_row = 1;
    system.dies[1].node_row = 2;
    system.volume = 10'000;
    outlines[0].area = 100 * mm2;
    outlines[1].area = 300 * mm2;
    for (auto& die : dies) {
      die.gross = 100;
      die.passed = 0.5;
    }
    cost.starts.dies = {1.25, 1.25};
  }
  supply::Made<double> made() const { return {system, dies, cost}; }
  supply::SupplyFigures<double> figures() const {
    return supply::supply<double>(made(), outlines, peaks(50e12 * Hz, 80e12 * Hz));
  }
};

}  // namespace

TEST_CASE("performance density counts non-planar dies only, and is 0 without any") {
  Sample sample;
  CHECK(sample.figures().total_processing_performance == Approx(800));  // 50 x 16
  CHECK(sample.figures().performance_density == Approx(4));             // over 2 x 100 mm2
  sample.system.dies[0].node.counted = 0;
  CHECK(sample.figures().performance_density == 0);
}

TEST_CASE("performance density of A100 and H100 is TPP over their compute die") {
  const auto library = test::project_library();
  for (const auto& [id, expected] : {std::pair{"a100", 6.04}, {"h100", 19.4}}) {
    const auto& product = *find(library.products, id);
    double area = 0;
    for (const auto& die : product.dies) {
      const auto* node = find(library.nodes, die.node);
      if (node != nullptr && !node->planar) area += die.count * die.area.typ;
    }
    CHECK(supply::processing_performance(peaks_of(product)) / (Area<>::from_si(area) / mm2) ==
          Approx(expected).epsilon(3e-3));
  }
}

TEST_CASE("time to market: design, the node that is ready last, assembly") {
  Sample sample;
  CHECK(sample.figures().time_to_market / week == Approx(80 + 12 + 6));  // rates unknown: no waiting
  CHECK(sample.figures().agility.si() == 0);
  // 2 x 1.25 / 50 = 0.05 wafers a unit, 500 for the volume; 100 a week, half of them: 10 weeks
  sample.system.dies[1].node.wafer_time = week / 100;
  sample.system.assumptions.supply_share = 0.5;
  CHECK(sample.figures().time_to_market / week == Approx(80 + (10 + 10) + 6));
  // d(time)/d(ln supply) = wafers / rate
  CHECK(sample.figures().agility / week == Approx(0.1));
  auto slower = sample;
  slower.system.assumptions.supply_share *= 1 - 1e-6;
  CHECK((slower.figures().time_to_market - sample.figures().time_to_market) / week == Approx(1e-4 * 0.1));
  // Two weeks of wafers on the node of the longer latency are not yet what is ready last.
  sample.system.dies[0].node.wafer_time = week / 500;
  CHECK(sample.figures().time_to_market / week == Approx(80 + 20 + 6));
}

TEST_CASE("wafers and packages a month are those of the volume over the production time") {
  Sample sample;
  sample.system.assumptions.production_time = 20 * month;
  CHECK(sample.figures().packages_per_month == Approx(500));
  CHECK(sample.figures().wafers_per_month == Approx(500 * (0.05 + 0.05)));
}

TEST_CASE("units a month: the scarcest of wafers, memories, stacking and packaging") {
  Sample sample;
  auto& system = sample.system;
  system.assumptions.supply_share = 0.1;
  system.dies[0].node.wafer_time = month / 1000;  // 100 wafers a month for us, 0.05 a unit
  CHECK(sample.figures().units_per_month == Approx(2000));
  CHECK(sample.figures().delivery / month == Approx(5));
  system.memories[0].memory.piece_time = month / 20'000;  // 2000 stacks a month, 2 x 1.25 a unit
  sample.cost.starts.parts = 1.25;
  CHECK(sample.figures().units_per_month == Approx(800));
  // Interposers of 1000 mm2 of their wafer each, rim included: 70 686 mm2 / 1000; 50 wafers a month
  system.packaging.sheet_time = month / 500;
  sample.cost.starts.carriers = 1.25;
  sample.cost.carrier_taken = 1000 * mm2;
  CHECK(sample.figures().units_per_month == Approx(800));
  system.packaging.sheet_time = month / 50;  // 5 a month, 0.01768 a unit
  CHECK(sample.figures().units_per_month == Approx(5 / (1.25 * 1000 / 70'685.83)));
  system.packaging.carrier_factor = 0;  // then packages are counted
  CHECK(sample.figures().units_per_month == Approx(5));
  system.dies[1].parent = 0;
  system.dies[1].stacking.sheet_time = month;  // 0.1 wafers a month
  CHECK(sample.figures().units_per_month == Approx(2));
}

TEST_CASE("dies of one node share its wafers") {
  Sample sample;
  sample.system.assumptions.supply_share = 1;
  sample.system.dies[0].node.wafer_time = sample.system.dies[1].node.wafer_time = month / 1000;
  CHECK(sample.figures().units_per_month == Approx(1000 / 0.05));
  sample.system.dies[1].node_row = 1;
  CHECK(sample.figures().units_per_month == Approx(1000 / 0.1));
}

TEST_CASE("the steps of a system, the scarcest first, and those of unknown capacity") {
  Sample sample;
  sample.system.assumptions.supply_share = 1;
  sample.system.dies[0].node.wafer_time = month / 1000;
  sample.system.memories[0].memory.piece_time = month / 20'000;
  const std::vector<std::string> tsmc{"tsmc"};
  const std::vector<supply::Sourcing> parts{{"compute", "n5", &tsmc, &tsmc, "nodes"},
                                            {"io", "n28", &tsmc, &tsmc, "nodes"},
                                            {"hbm", "hbm3", &tsmc, &tsmc, "memories"},
                                            {"packaging", "cowos-s", &tsmc, &tsmc, "packagings"}};
  const auto capacity = supply::capacity(sample.made(), parts);
  REQUIRE(capacity.steps.size() == 2);
  CHECK(capacity.steps[0].part == "hbm");
  CHECK(capacity.steps[0].row == "hbm3");
  CHECK(capacity.steps[0].units_per_month == Approx(20'000 / 2.0));
  CHECK(capacity.steps[1].units_per_month == Approx(1000 / 0.05));
  CHECK(capacity.unknown == std::vector<std::string>{"io", "packaging"});
}

TEST_CASE("suppliers of a choice, and the parts that only one sells") {
  const auto library = test::small_library();
  const auto design = test::load_text(test::small_design_text()).design;
  REQUIRE(design);
  const auto parts = supply::sourcing(library, *design, Choice(design->variables.size()));
  std::vector<std::string> named;
  for (const auto& part : parts) named.push_back(part.part + ": " + part.row);
  CHECK(named == std::vector<std::string>{"compute: n7", "io: n28", "hbm: hbm2e", "packaging: cowos-s"});
  CHECK(supply::suppliers_of(parts) == std::vector<std::string>{"tsmc"});
  CHECK(supply::single_sourced(parts) == std::vector<std::string>{"compute", "io", "hbm", "packaging"});
  CHECK(*parts[0].regions == std::vector<std::string>{"tw"});
}

TEST_CASE("without a supplier or a region, parts with a second source are not lost") {
  const std::vector<std::string> tsmc{"tsmc"}, two{"samsung", "tsmc"}, hynix{"hynix"}, tw{"tw"},
      both{"tw", "kr"};
  const std::vector<supply::Sourcing> parts{{"compute", "n5", &tsmc, &tw, "nodes"},
                                            {"io", "n14", &two, &both, "nodes"},
                                            {"hbm", "hbm3", &hynix, &both, "memories"}};
  const auto told = [](const std::vector<supply::Loss>& losses) {
    std::vector<std::string> lines;
    for (const auto& [name, lost] : losses) {
      std::string line = name + ":";
      for (const auto& part : lost) line += " " + part;
      lines.push_back(line);
    }
    return lines;
  };
  CHECK(told(supply::losses_by_supplier(parts)) ==
        std::vector<std::string>{"hynix: hbm", "samsung:", "tsmc: compute"});
  CHECK(told(supply::losses_by_region(parts)) == std::vector<std::string>{"kr:", "tw: compute"});
}
