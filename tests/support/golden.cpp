#include "support/golden.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

namespace marquetry::test {
namespace {

namespace fs = std::filesystem;

std::optional<fs::path> data_folder(const char* variable, const char* fallback, const std::string& topic) {
  const char* set = std::getenv(variable);
  auto folder = fs::path{set != nullptr ? set : fallback} / topic;
  if (!fs::is_directory(folder)) return std::nullopt;
  return folder;
}

GoldenCase entry_of(const nlohmann::json& entry, const fs::path& folder) {
  std::string name;
  for (const auto* key : {"name", "case", "file"}) {
    if (name.empty() && entry.contains(key)) name = entry[key];
  }
  fs::path file = entry.contains("file") ? entry["file"].get<std::string>() : name;
  if (file.extension() != ".json" && file.extension() != ".csv") file += ".json";
  return {name, folder / file, entry.dump()};
}

}  // namespace

std::optional<fs::path> golden_folder(const std::string& topic) {
  return data_folder("MARQUETRY_GOLDEN", MARQUETRY_GOLDEN, topic);
}
std::optional<fs::path> bench_folder(const std::string& topic) {
  return data_folder("MARQUETRY_BENCH", MARQUETRY_BENCH, topic);
}
std::optional<fs::path> sample_folder(const std::string& topic) {
  return data_folder("MARQUETRY_SAMPLES", MARQUETRY_SAMPLES, topic);
}

std::vector<GoldenIndex> golden_indices(const fs::path& root) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator{root}) {
    if (entry.path().filename() == "index.json") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  std::vector<GoldenIndex> indices;
  for (const auto& file : files) {
    std::ifstream in{file};
    GoldenIndex index{.folder = file.parent_path()};
    for (const auto& entry : nlohmann::json::parse(in)) index.cases.push_back(entry_of(entry, index.folder));
    indices.push_back(std::move(index));
  }
  return indices;
}

void skip(const std::string& why) { std::cout << "marquetry test skipped: " << why << "\n"; }

}  // namespace marquetry::test
