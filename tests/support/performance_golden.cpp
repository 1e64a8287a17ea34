#include "support/performance_golden.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "support/golden.h"

namespace marquetry::test {
namespace {

using nlohmann::json;

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream in{line};
  for (std::string cell; std::getline(in, cell, ',');) {
    while (!cell.empty() && (cell.back() == '\r' || cell.back() == ' ')) cell.pop_back();
    cells.push_back(cell);
  }
  return cells;
}

json value_of(const std::string& cell) {
  std::size_t used = 0;
  try {
    const double number = std::stod(cell, &used);
    if (used == cell.size()) return number;
  } catch (const std::exception&) {
    return cell;
  }
  return cell;
}

json table_of(std::istream& in) {
  json rows = json::array();
  std::string line;
  std::getline(in, line);
  const auto heading = split(line);
  while (std::getline(in, line)) {
    const auto cells = split(line);
    if (cells.empty()) continue;
    if (cells.size() != heading.size())
      throw std::runtime_error{"a row has more or fewer cells than the heading"};
    json row;
    for (std::size_t i = 0; i < cells.size(); ++i) row[heading[i]] = value_of(cells[i]);
    rows.push_back(std::move(row));
  }
  return {{"cases", std::move(rows)}};
}

bool has(const json& data, std::initializer_list<const char*> keys) {
  return std::ranges::all_of(keys, [&](const char* key) { return data.contains(key); });
}

bool cases_have(const json& data, std::initializer_list<const char*> keys) {
  if (!data.contains("cases") || !data["cases"].is_array() || data["cases"].empty()) return false;
  return std::ranges::all_of(data["cases"], [&](const json& row) { return has(row, keys); });
}

struct Known {
  PerformanceSchema schema;
  bool (*fits)(const json& data);
};
constexpr std::array known{
    Known{PerformanceSchema::operators,
          [](const json& d) {
            return has(d, {"op", "device", "word_bytes"}) && cases_have(d, {"shape"});
          }},
    Known{PerformanceSchema::all_reduce,
          [](const json& d) {
            return d.value("op", "") == "allreduce" && cases_have(d, {"bytes", "measured_s"});
          }},
    Known{PerformanceSchema::layer,
          [](const json& d) {
            return has(d, {"case", "parts", "measured_s"});
          }},
    Known{PerformanceSchema::request,
          [](const json& d) {
            return cases_have(d, {"device", "model", "tp", "measured_s"});
          }},
    Known{PerformanceSchema::serving,
          [](const json& d) {
            return cases_have(d, {"input", "output", "concurrency", "ttft_ms", "itl_ms"});
          }},
    Known{PerformanceSchema::training,
          [](const json& d) {
            return cases_have(d, {"model", "microbatches", "dp", "tp", "pp", "measured_s"});
          }},
    Known{PerformanceSchema::training_table,
          [](const json& d) {
            return cases_have(d, {"model_size", "seq_len", "num_gpus", "tokens_per_s"});
          }},
    Known{PerformanceSchema::die_area,
          [](const json& d) {
            return has(d, {"categories", "measured_mm2"});
          }},
    Known{PerformanceSchema::toy_space,
          [](const json& d) {
            return has(d, {"nodes", "spaces", "variables"});
          }},
};

void add(PerformanceGolden& golden, const GoldenCase& one) {
  std::ifstream in{one.file};
  if (!in) {
    golden.complaints.push_back(one.name + ": no file " + one.file.string());
    return;
  }
  try {
    auto data = one.file.extension() == ".csv" ? table_of(in) : json::parse(in);
    const auto index = json::parse(one.json);
    const auto schema = std::ranges::find_if(known, [&](const Known& k) { return k.fits(data); });
    if (schema == known.end()) {
      golden.complaints.push_back(one.name + ": no known schema");
      return;
    }
    golden.entries.push_back({.name = one.name,
                              .schema = schema->schema,
                              .measured = index.value("measured", false),
                              .fit = index.value("fit", false),
                              .rows = index.value("rows", std::size_t{0}),
                              .data = std::move(data)});
  } catch (const std::exception& error) {
    golden.complaints.push_back(one.name + ": " + error.what());
  }
}

}  // namespace

std::optional<std::size_t> rows_of(const PerformanceEntry& entry) {
  for (const char* key : {"cases", "parts", "categories", "expected"}) {
    if (entry.data.contains(key) && entry.data[key].is_array()) return entry.data[key].size();
  }
  return std::nullopt;
}

std::vector<const PerformanceEntry*> PerformanceGolden::of(PerformanceSchema schema) const {
  std::vector<const PerformanceEntry*> found;
  for (const auto& entry : entries) {
    if (entry.schema == schema) found.push_back(&entry);
  }
  return found;
}

std::optional<PerformanceGolden> performance_golden() {
  const auto folder = golden_folder("performance");
  if (!folder) return std::nullopt;
  PerformanceGolden golden;
  for (const auto& index : golden_indices(*folder)) {
    for (const auto& one : index.cases) add(golden, one);
  }
  if (golden.entries.empty() && golden.complaints.empty()) return std::nullopt;
  return golden;
}

}  // namespace marquetry::test
