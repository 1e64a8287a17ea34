// Where the tests find data that is not in this tree, and how they say that it is not there.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace marquetry::test {

// The golden cases of a topic ("cost", "thermal"); nothing where they are not on this machine.
// $MARQUETRY_GOLDEN wins over the folder that CMake was given; likewise the other two.
std::optional<std::filesystem::path> golden_folder(const std::string& topic);
std::optional<std::filesystem::path> bench_folder(const std::string& topic);
std::optional<std::filesystem::path> sample_folder(const std::string& topic);

// One entry of an index.json.
struct GoldenCase {
  std::string name{};
  std::filesystem::path file{};
  std::string json{};  // the entry itself
};

struct GoldenIndex {
  std::filesystem::path folder{};
  std::vector<GoldenCase> cases{};
};

// Every folder at or below `root` that holds an index.json, by path, with its entries in their order.
std::vector<GoldenIndex> golden_indices(const std::filesystem::path& root);

// Has ctest count the running test as skipped. The test returns after it.
void skip(const std::string& why);

}  // namespace marquetry::test
