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

performance::Peaks<double> peaks_of(const Product& product) {
  const auto rate = [](double si) { return Rate<>::from_si(si); };
  return {Rate<>{}, Rate<>{}, rate(product.peak.typ), rate(product.peak_int8.typ)};
}

}  // namespace

TEST_CASE("total processing performance of the A100 is 4992 and of the H100 about 15 830") {
  const auto library = test::project_library();
  // 312 TFLOP/s x 16 bits = 624 TOP/s x 8 bits
  CHECK(supply::processing_performance(peaks_of(*find(library.products, "a100"))) == Approx(4992));
  CHECK(supply::processing_performance(peaks_of(*find(library.products, "h100"))) ==
        Approx(15'830).epsilon(1e-3));
}

TEST_CASE("performance density counts non-planar dies only, and is 0 without any") {
  auto system = test::small_system();
  system.dies.push_back(system.dies[0]);
  system.dies[1].node.counted = 0;
  system.dies[1].node.latency = 10 * week;
  std::vector<area::DieOutline<double>> outlines(2);
  outlines[0].area = 100 * mm2;
  outlines[1].area = 300 * mm2;
  const performance::Peaks<double> peaks{1e12 * Hz, 1e12 * Hz, 50e12 * Hz, 80e12 * Hz};
  auto out = supply::supply<double>(system, outlines, peaks);
  CHECK(out.total_processing_performance == Approx(800));   // 50 x 16
  CHECK(out.performance_density == Approx(4));              // over 2 x 100 mm2
  CHECK(out.time_to_market / week == Approx(80 + 12 + 6));  // design, slowest wafer, assembly
  system.dies[0].node.counted = 0;
  out = supply::supply<double>(system, outlines, peaks);
  CHECK(out.performance_density == 0);
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
  const std::vector<supply::Sourcing> parts{
      {"compute", "n5", &tsmc, &tw}, {"io", "n14", &two, &both}, {"hbm", "hbm3", &hynix, &both}};
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

TEST_CASE("units a month: the wafers of the scarcest node, shared by its dies") {
  Library library;
  library.nodes.resize(2);
  library.nodes[0].id = "n5";
  library.nodes[0].capacity.known = true;
  library.nodes[0].capacity.typ = 12'000 / year.si();  // 1000 wafers a month
  library.nodes[1].id = "n28";
  System<double> system;
  system.dies.resize(3);
  const std::vector<std::string> tsmc{"tsmc"};
  std::vector<supply::Sourcing> parts;
  for (const auto* id : {"compute", "cache", "io"}) parts.push_back({id, "n5", &tsmc, &tsmc});
  parts[2].row = "n28";
  std::vector<cost::DieCost<double>> dies(3);
  cost::UnitCost<double> cost;
  for (std::size_t d = 0; d < 3; ++d) {
    system.dies[d].id = parts[d].part;
    system.dies[d].count = d == 0 ? 4 : 2;
    dies[d].gross = 100;
    dies[d].passed = 0.5;
    cost.starts.dies.push_back(1.25);
  }
  // (4 + 2) dies x 1.25 started / 50 that pass a wafer: 0.15 wafers a unit
  const auto capacity = supply::capacity(library, system, parts, dies, cost);
  REQUIRE(capacity.units_per_month);
  CHECK(*capacity.units_per_month == Approx(1000 / 0.15));
  CHECK(capacity.limited_by == "compute");
  CHECK(capacity.unknown == std::vector<std::string>{"io"});
}
