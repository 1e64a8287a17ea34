// ChipletPart's blocks: area, power and node of each, and how both scale from node to node.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"

namespace marquetry::exchange {

struct Block {
  std::string name{};
  double area{}, power{};  // mm2, W
  std::size_t node{};      // of `nodes`
  bool memory{};
  SourceSpot where{};
};

// A node, coarse to fine, with the layer of CATCH's library that stands for it; empty: none does.
struct NodeRow {
  std::string_view name{}, layer{};
  double power{};  // of an inverter, relative
};
const NodeRow& node_row(std::size_t node);

// What a block would take on another node.
double area_on(const Block& block, std::size_t node);
double power_on(const Block& block, std::size_t node);

// A line a block: name, area mm2, power W, node, memory 0 or 1. The first bad line is a complaint.
std::optional<std::vector<Block>> read_blocks(const std::string& text, const std::string& file,
                                              Diagnostics& diagnostics);

// A part number a line.
std::optional<std::vector<std::size_t>> read_partition(const std::string& text, const std::string& file,
                                                       Diagnostics& diagnostics);

// Whether a text is a partition rather than blocks: its first line is one number.
bool is_partition(std::string_view text);

}  // namespace marquetry::exchange
