// All-reduces as they were measured; and that the library's constants are those that their rows ask for, and
// hold for rows that they have not seen.
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>

#include "fit/simplex.h"
#include "operators/collectives.h"
#include "support/golden.h"
#include "support/measured_page.h"
#include "support/performance_golden.h"
#include "support/project.h"
#include "workload/measured_group.h"

namespace marquetry {
namespace {

using operators::Peers;
using test::PerformanceSchema;

struct Row {
  double bytes{}, measured{};
  std::optional<double> published{};
};

struct Set {
  std::string name{};
  bool fit{};
  Peers peers{};
  double members{};
  std::vector<Row> rows{};
};

std::vector<Set> sets_of(const test::PerformanceGolden& golden, const Library& library) {
  std::vector<Set> out;
  for (const auto* entry : golden.of(PerformanceSchema::all_reduce)) {
    INFO(entry->name);
    const auto group = test::group_of(library, entry->data["device"]);
    REQUIRE(group);
    auto& set = out.emplace_back(Set{entry->name, entry->fit, group->device.peers, group->members});
    for (const auto& row : entry->data["cases"]) {
      auto& one = set.rows.emplace_back(Row{row["bytes"], row["measured_s"]});
      if (row.contains("llmcompass_s")) one.published = row["llmcompass_s"].get<double>();
    }
  }
  return out;
}

double seconds(const Peers& peers, double members, double bytes) {
  return operators::collective(operators::Collective::all_reduce, peers, members, bytes).total;
}

double error(const Peers& peers, double members, const Row& row) {
  return std::abs(seconds(peers, members, row.bytes) / row.measured - 1);
}

double mean_error(const Peers& peers, double members, const std::vector<Row>& rows) {
  double sum = 0;
  for (const auto& row : rows) sum += error(peers, members, row);
  return sum / static_cast<double>(rows.size());
}

// Four constants; the latency of a message stays as it is.
Peers fitted(Peers peers, double members, const std::vector<Row>& rows) {
  const auto put = [peers](const std::vector<double>& x) {
    auto out = peers;
    out.launch = 1e-6 * x[0];
    out.ramp = 1e-6 * x[1];
    out.start = 1e-6 * x[2];
    out.efficiency = std::min(x[3], 1.0);
    return out;
  };
  const auto cost = [&](const std::vector<double>& x) {
    double sum = 0;
    for (const auto& row : rows) {
      const double off = error(put(x), members, row);
      sum += off + 5 * off * off;
    }
    return sum;
  };
  return put(test::minimum(cost, {10, 50, 50, 0.75}));
}

TEST_CASE("all-reduces of 8 B to 17 GB within 20 % in the mean, and nearer than the published tool") {
  const auto golden = test::performance_golden();
  if (!golden) return test::skip("no golden data of performance");
  const auto library = test::project_library();
  for (const auto& [name, fit, peers, members, rows] : sets_of(*golden, library)) {
    INFO(name);
    test::MeasuredTable table{.columns = {"bytes", "measured", "ours", "off", "LLMCompass", "off"}};
    double published = 0;
    for (const auto& row : rows) {
      const double ours = seconds(peers, members, row.bytes);
      table.rows.push_back({std::to_string(static_cast<long long>(row.bytes)),
                            test::seconds_text(row.measured), test::seconds_text(ours),
                            test::deviation_text(ours, row.measured), test::seconds_text(row.published),
                            test::deviation_text(row.published, row.measured)});
      published += std::abs(row.published.value_or(row.measured) / row.measured - 1);
    }
    const double ours = mean_error(peers, members, rows);
    published /= static_cast<double>(rows.size());
    char note[96];
    std::snprintf(note, sizeof note, "Mean error: ours %.1f %%, LLMCompass %.1f %%.", 100 * ours,
                  100 * published);
    table.note = note;
    test::print_section("Collectives: " + name, table);
    CHECK(ours <= 0.20);
    CHECK(ours < published);
  }
}

TEST_CASE("constants of all-reduces: as good as a new fit, and each size is predicted from the others") {
  const auto golden = test::performance_golden();
  if (!golden) return test::skip("no golden data of performance");
  const auto library = test::project_library();
  for (const auto& [name, fit, peers, members, rows] : sets_of(*golden, library)) {
    if (!fit) continue;
    INFO(name);
    // Other rows that may be fitted on have another fit, which is a little better there.
    CHECK(mean_error(peers, members, rows) <= mean_error(fitted(peers, members, rows), members, rows) + 0.03);
    double left_out = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      auto others = rows;
      others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
      left_out += error(fitted(peers, members, others), members, rows[i]);
    }
    CHECK(left_out / static_cast<double>(rows.size()) <= 0.12);
  }
}

}  // namespace
}  // namespace marquetry
