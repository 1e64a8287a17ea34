// The golden data of performance: every entry of every index by its schema, read once for all its tests.
//
// An entry whose schema is none of these fails the test that classifies them
// (operators/golden_schemas_test.cpp).
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace marquetry::test {

enum class PerformanceSchema {
  operators,  // { op, device, word_bytes, cases: [{ shape, measured_s?, llmcompass_s?, llmcompass_roofline_s?
              // }] }
  all_reduce,  // { op: "allreduce", cases: [{ bytes, measured_s, llmcompass_s }] }
  layer,       // { case, parts: [], measured_s: [], llmcompass_sim_s: [], llmcompass_roofline_s: [], totals }
  request,     // { cases: [{ device, model, tp, measured_s }] }
  serving,     // { cases: [{ input, output, concurrency, ttft_ms, itl_ms, tokens_per_s }] }
  training,    // { cases: [{ model, batch, microbatches, dp, tp, pp, recompute, measured_s }] }
  training_table,  // comma-separated, with a heading: model_size, seq_len, num_gpus, ..., tokens_per_s
  die_area,        // { categories: [], measured_mm2: [], llmcompass_model_mm2: [], totals }
  toy_space        // { nodes, spaces, variables, expected: [] }
};

// A table's rows are under "cases", each an object of the heading's names; numbers where they are numbers.
struct PerformanceEntry {
  std::string name{};
  PerformanceSchema schema{};
  bool measured{};
  bool fit{};          // constants may be fitted on it
  std::size_t rows{};  // as the index says; 0 where it does not
  nlohmann::json data{};
};

// Nothing where there are no rows that can be counted.
std::optional<std::size_t> rows_of(const PerformanceEntry& entry);

struct PerformanceGolden {
  std::vector<PerformanceEntry> entries{};
  std::vector<std::string> complaints{};  // entries that cannot be read, or have no known schema

  std::vector<const PerformanceEntry*> of(PerformanceSchema schema) const;
};

// Every entry at or below $MARQUETRY_GOLDEN/performance; nothing where there are none.
std::optional<PerformanceGolden> performance_golden();

}  // namespace marquetry::test
