// ChipletPart's cases: CATCH's libraries, a netlist of blocks, and the blocks.
#pragma once

#include <span>

#include "exchange/formats.h"

namespace marquetry::exchange {

// In any order. Blocks become chips at their own node; with a partition (a part number a line, in the order
// in which the netlist first names the blocks) those of one part become one chip, at the node of most of its
// area. Libraries alone give their tables.
std::optional<std::string> read_chipletpart(std::span<const std::filesystem::path> files,
                                            Diagnostics& diagnostics);

}  // namespace marquetry::exchange
