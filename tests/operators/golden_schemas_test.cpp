// Every entry of the golden data of performance has a known schema and the rows that its index says.
#include <catch2/catch.hpp>

#include "support/golden.h"
#include "support/measured_page.h"
#include "support/performance_golden.h"

using namespace marquetry;

TEST_CASE("every golden entry of performance is read, classified and complete") {
  const auto golden = test::performance_golden();
  if (!golden) return test::skip("no golden cases of performance");
  CHECK_FALSE(golden->entries.empty());
  for (const auto& complaint : golden->complaints) FAIL_CHECK(complaint);
  for (const auto& entry : golden->entries) {
    CAPTURE(entry.name);
    const auto rows = test::rows_of(entry);
    if (entry.rows > 0 && rows) CHECK(*rows == entry.rows);
    if (entry.data.contains("measured_s") && entry.data.contains("parts")) {
      CHECK(entry.data["measured_s"].size() == entry.data["parts"].size());
    }
  }
}

TEST_CASE(
    "a section of the page of measured rows takes the place of its elder, others stay, in the order of "
    "titles") {
  const auto first =
      test::with_section("", "B", {.columns = {"x", "y"}, .rows = {{"1", "2"}}, .note = "Old."});
  const auto both = test::with_section(first, "A", {.columns = {"x"}, .rows = {}});
  const auto renewed = test::with_section(both, "B", {.columns = {"x", "y"}, .rows = {{"3", "4"}}});
  CHECK(both.find("## A") < both.find("## B"));
  CHECK(both.find("| 1 | 2 |\n\nOld.") != std::string::npos);
  CHECK(renewed.find("## A\n\n| x |") != std::string::npos);
  CHECK(renewed.find("| 3 | 4 |") != std::string::npos);
  CHECK(renewed.find("| 1 | 2 |") == std::string::npos);
  CHECK(test::with_section(renewed, "B", {.columns = {"x", "y"}, .rows = {{"3", "4"}}}) == renewed);
}

TEST_CASE("times and deviations are printed in the units of their size") {
  CHECK(test::seconds_text(4.25e-5) == "42.5 us");
  CHECK(test::seconds_text(0.0125) == "12.5 ms");
  CHECK(test::seconds_text(std::nullopt) == "-");
  CHECK(test::deviation_text(0.9, 1.0) == "-10.0 %");
}
