// From a stack to a grid of conductances, by one of the models; and back from cells to blocks.
#pragma once

#include <span>

#include "conduction/grid.h"
#include "thermal/stack.h"

namespace marquetry::thermal {

enum class Model {
  physical,  // cell-centred finite volumes: half of each cell on both sides of every face
  hotspot7,  // the network of HotSpot 7's grid model, to its printed digits, defects included
};

// What the temperature of a block is: the mean of its area, or the plain mean of all cells that it touches,
// as HotSpot 7 and 3D-ICE print it.
enum class BlockMean { by_area, by_cells };

struct Settings {
  std::size_t columns{64}, rows{64};
  Model model{};
  bool detailed{true};     // hotspot7: its detailed_3D; off, blocks' own materials are ignored
  BlockMean block_mean{};  // hotspot7: always by cells
};

// A block on its layer's plane of cells.
struct Cover {
  struct Share {
    std::size_t cell{};  // of the plane: row * columns + column
    double of_cell{};    // of the cell's area, the part that is the block's
  };
  std::vector<Share> shares{};
};

struct Assembled {
  conduction::Grid
      grid{};  // W/K; its layers are the stack's, then spreader and sink where there is a package
  conduction::Field capacity{};              // J/K
  std::vector<std::vector<Cover>> covers{};  // by layer of the stack, by block
  Settings settings{};
};

// Conductivities that fall with the temperature are those at 300 K, or at the ambient plus `rise` where that
// is given. hotspot7 leaves them as they stand, and knows no rise.
Assembled assemble(const Stack& stack, const Settings& settings, const conduction::Field& rise = {});

// Watts by node, each block's spread over its cells by area. powers: by block, layer after layer; empty:
// those of the stack.
conduction::Field sources(const Stack& stack, const Assembled& assembled,
                          std::span<const double> powers = {});

// Temperature of each block, K, layer after layer: its mean, and the hottest cell that it touches. rise: K
// above the ambient.
struct BlockTemperature {
  std::size_t layer{}, block{};
  double mean{}, peak{};
};
std::vector<BlockTemperature> block_temperatures(const Stack& stack, const Assembled& assembled,
                                                 const conduction::Field& rise);

}  // namespace marquetry::thermal
