// Figures side by side.
#include "report/comparison.h"

#include <catch2/catch.hpp>

using namespace marquetry;
using namespace marquetry::report;

namespace {

Column column(std::string name, double nre, double recurring) {
  return {.name = std::move(name),
          .preset = "default",
          .figures = {{"cost.nre_total_usd", "USD", nre}, {"cost.recurring_usd", "USD", recurring}}};
}

}  // namespace

TEST_CASE("two designs cost the same where NRE and recurring cost balance") {
  // 10 MUSD more, 5 USD less a unit: 2 million units.
  const auto even = break_evens({column("soc", 20e6, 50), column("chiplets", 30e6, 45)});
  REQUIRE(even.size() == 1);
  CHECK(even[0].volume == Approx(2e6));
  CHECK(even[0].cheaper_before == "soc");
  CHECK(even[0].cheaper_after == "chiplets");
  // The same, the other way round.
  CHECK(break_evens({column("chiplets", 30e6, 45), column("soc", 20e6, 50)})[0].cheaper_after == "chiplets");
  CHECK(break_evens({column("a", 20e6, 50), column("b", 30e6, 55)}).empty());  // never
  CHECK(break_evens({column("a", 20e6, 50), column("a", 20e6, 50)}).empty());
}

TEST_CASE("long names of columns stand in a legend") {
  Comparison comparison{.columns = {column("short", 1, 1), column("short too", 1, 1)}};
  CHECK(comparison_text(comparison).find("short too") != std::string::npos);
  comparison.columns[0].name = "designs/a-long-way-down/with-a-name.toml";
  CHECK(comparison_text(comparison)
            .starts_with("  A  designs/a-long-way-down/with-a-name.toml\n  B  short too\n"));
  comparison.break_evens = {{comparison.columns[0].name, "short too", 1000}};
  CHECK(comparison_text(comparison).ends_with("  up to 1 000 units A is cheaper, beyond them B\n"));
}
