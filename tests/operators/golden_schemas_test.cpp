// Every entry of the golden data of performance has a known schema and the rows that its index says.
#include <catch2/catch.hpp>

#include "support/golden.h"
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
