// What ECO-CHIP knows of a process node. Figures: ASU-VDA-Lab/ECO-CHIP, commit fe998d9, tech_params/*.json;
// areas and powers relative to 7 nm.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "units/units.h"

namespace marquetry::footprint {

enum class BlockType { logic, analog, sram };
inline constexpr std::array<std::string_view, 3> block_type_names{"logic", "analog", "sram"};

struct NodeConstants {
  int nanometres{};  // its name
  CarbonPerArea<> emissions{};
  PerArea<> defects{};         // of the node itself
  PerArea<> listed_defects{};  // as the program lists them, one node off
  double wiring{};             // share of the emissions that goes into the wires above the transistors
  double dynamic{};            // dynamic / whole power
  PerArea<> transistors{};
  double gates_per_hour{};                // that one computer designs
  std::array<double, 3> area{}, power{};  // by type, relative to 7 nm; 0: only carriers are made on this node

  bool carries_blocks() const { return area[0] > 0; }
};

std::span<const NodeConstants> node_constants();
// Null where there is no such node.
const NodeConstants* find_node(double nanometres);

}  // namespace marquetry::footprint
