#include "exchange/chipletpart/blocks.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <sstream>

#include "base/text.h"

namespace marquetry::exchange {
namespace {

// ABKGroup/ChipletPart, commit 817569b: evaluator_cpp.cpp (power), and the stackups of its chips; nodes that
// it cannot build have no layer.
constexpr std::array nodes{
    NodeRow{"90nm", "", 13.0},
    NodeRow{"65nm", "", 8.58},
    NodeRow{"45nm", "combined_45nm", 5.19},
    NodeRow{"32nm", "", 2.47},
    NodeRow{"20nm", "", 1.51},
    NodeRow{"16nm", "combined_12nm", 1.28},
    NodeRow{"14nm", "combined_12nm", 0.995},
    NodeRow{"10nm", "combined_10nm", 0.866},
    NodeRow{"7nm", "combined_7nm", 0.789},
};

// Area at the column's node over area at the row's. ABKGroup/ChipletPart, cost model, after published scaling
// equations from 180 to 7 nm. Steps back are not the inverse of steps forth: rounded by its authors.
using Scaling = std::array<std::array<double, nodes.size()>, nodes.size()>;
constexpr Scaling logic_area{{
    {1, 0.53, 0.35, 0.16, 0.075, 0.067, 0.061, 0.036, 0.021},
    {1.9, 1, 0.66, 0.31, 0.14, 0.13, 0.12, 0.068, 0.039},
    {2.8, 1.5, 1, 0.46, 0.21, 0.19, 0.17, 0.1, 0.059},
    {6.1, 3.3, 2.2, 1, 0.46, 0.41, 0.38, 0.22, 0.13},
    {13, 7.1, 4.7, 2.2, 1, 0.89, 0.82, 0.48, 0.28},
    {15, 7.9, 5.3, 2.4, 1.1, 1, 0.91, 0.54, 0.31},
    {16, 8.7, 5.8, 2.7, 1.2, 1.1, 1, 0.59, 0.34},
    {28, 15, 9.8, 4.5, 2.1, 1.9, 1.7, 1, 0.58},
    {48, 25, 17, 7.8, 3.6, 3.2, 2.9, 1.7, 1},
}};
constexpr Scaling memory_area{{
    {1, 0.53, 0.43, 0.19, 0.1, 0.12, 0.1, 0.096, 0.077},
    {1.9, 1, 0.836, 0.372, 0.187, 0.238, 0.2, 0.18, 0.143},
    {2.2, 1.18, 1, 0.44, 0.22, 0.275, 0.22, 0.21, 0.17},
    {5.1, 2.75, 2.3, 1, 0.51, 0.63, 0.53, 0.49, 0.4},
    {9.75, 5.3, 4.47, 1.98, 1, 1.22, 1.03, 0.96, 0.77},
    {8.2, 4.3, 3.7, 1.6, 0.8, 1, 0.82, 0.79, 0.62},
    {9.6, 5.22, 4.4, 1.9, 0.96, 1.2, 1, 0.94, 0.75},
    {10.5, 5.6, 4.6, 2.02, 1.05, 1.3, 1.06, 1, 0.798},
    {13, 6.8, 5.9, 2.5, 1.3, 1.6, 1.3, 1.2, 1},
}};

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream in{line};
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

std::optional<double> number_of(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value) || value < 0)
    return std::nullopt;
  return value;
}

std::optional<Block> block_of(const std::vector<std::string>& words, const SourceSpot& where,
                              Diagnostics& diagnostics) {
  if (words.size() != 5) {
    diagnostics.error(where, fmt::format("a block has 5 entries, but this line has {}", words.size()),
                      "name, area in mm2, power in W, node such as 7nm, memory 0 or 1");
    return std::nullopt;
  }
  const auto area = number_of(words[1]), power = number_of(words[2]), is_memory = number_of(words[4]);
  const auto* const node = std::ranges::find(nodes, words[3], &NodeRow::name);
  if (!area || *area <= 0) diagnostics.error(where, fmt::format("'{}' is no area above 0", words[1]));
  if (!power) diagnostics.error(where, fmt::format("'{}' is no power", words[2]));
  if (!is_memory || (*is_memory != 0 && *is_memory != 1))
    diagnostics.error(where, fmt::format("'{}' must be 0, or 1 for memory", words[4]));
  if (node == nodes.end() || node->layer.empty()) {
    std::vector<std::string_view> known;
    for (const auto& row : nodes) {
      if (!row.layer.empty()) known.push_back(row.name);
    }
    diagnostics.error(where, fmt::format("no layers are known for the node '{}'", words[3]),
                      suggest(words[3], known));
    return std::nullopt;
  }
  if (!area || !power || !is_memory) return std::nullopt;
  return Block{words[0],        *area, *power, static_cast<std::size_t>(node - nodes.begin()),
               *is_memory == 1, where};
}

}  // namespace

const NodeRow& node_row(std::size_t node) { return nodes[node]; }

double area_on(const Block& block, std::size_t node) {
  return block.area * (block.memory ? memory_area : logic_area)[block.node][node];
}

double power_on(const Block& block, std::size_t node) {
  return block.power * (nodes[node].power / nodes[block.node].power);
}

std::optional<std::vector<Block>> read_blocks(const std::string& text, const std::string& file,
                                              Diagnostics& diagnostics) {
  const int errors_before = diagnostics.errors();
  std::vector<Block> blocks;
  std::istringstream in{text};
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    const auto words = words_of(line);
    if (words.empty()) continue;
    auto block = block_of(words, {file, number, 1}, diagnostics);
    if (diagnostics.errors() > errors_before) return std::nullopt;
    if (std::ranges::find(blocks, block->name, &Block::name) != blocks.end()) {
      diagnostics.error(block->where, fmt::format("block '{}' is there twice", block->name));
      return std::nullopt;
    }
    blocks.push_back(std::move(*block));
  }
  if (blocks.empty()) diagnostics.error({file}, "has no blocks");
  return blocks.empty() ? std::nullopt : std::optional{blocks};
}

std::optional<std::vector<std::size_t>> read_partition(const std::string& text, const std::string& file,
                                                       Diagnostics& diagnostics) {
  std::vector<std::size_t> parts;
  std::istringstream in{text};
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    const auto word = trimmed(line);
    if (word.empty()) continue;
    std::size_t part = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), part);
    if (error != std::errc{} || end != word.data() + word.size() || part > 1'000'000) {
      diagnostics.error({file, number, 1}, fmt::format("'{}' is no part number", word));
      return std::nullopt;
    }
    parts.push_back(part);
  }
  return parts;
}

bool is_partition(std::string_view text) {
  const auto line = trimmed(text.substr(0, text.find('\n')));
  return !line.empty() && line.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace marquetry::exchange
