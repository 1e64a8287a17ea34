// Between blocks and cells: watts down, temperatures up.
#include <algorithm>
#include <numeric>

#include "thermal/assembly.h"

namespace marquetry::thermal {

conduction::Field sources(const Stack& stack, const Assembled& assembled, std::span<const double> powers) {
  const auto& shape = assembled.grid.shape;
  conduction::Field out{std::vector<double>(shape.cells()), std::vector<double>(assembled.grid.hubs.size())};
  std::size_t at = 0;
  for (std::size_t l = 0; l < stack.layers.size(); ++l) {
    const auto plane = std::span{out.cells}.subspan(l * shape.plane(), shape.plane());
    for (std::size_t b = 0; b < stack.layers[l].blocks.size(); ++b, ++at) {
      const double power = powers.empty() ? stack.layers[l].blocks[b].power : powers[at];
      if (power == 0 || !stack.layers[l].heats) continue;
      const auto& shares = assembled.covers[l][b].shares;
      double whole = 0;  // so that no watt is lost to rounding
      for (const auto& share : shares) whole += share.of_cell;
      for (const auto& share : shares) plane[share.cell] += power * share.of_cell / whole;
    }
  }
  return out;
}

std::vector<BlockTemperature> block_temperatures(const Stack& stack, const Assembled& assembled,
                                                 const conduction::Field& rise) {
  const bool weighted =
      assembled.settings.model == Model::physical && assembled.settings.block_mean == BlockMean::by_area;
  std::vector<BlockTemperature> out;
  for (std::size_t l = 0; l < stack.layers.size(); ++l) {
    const auto plane =
        std::span{rise.cells}.subspan(l * assembled.grid.shape.plane(), assembled.grid.shape.plane());
    for (std::size_t b = 0; b < stack.layers[l].blocks.size(); ++b) {
      BlockTemperature block{.layer = l, .block = b, .mean = stack.ambient, .peak = stack.ambient};
      double sum = 0, weight = 0, most = 0;
      for (const auto& [cell, share] : assembled.covers[l][b].shares) {
        const double part = weighted ? share : 1;
        sum += part * plane[cell];
        most = weight == 0 ? plane[cell] : std::max(most, plane[cell]);
        weight += part;
      }
      if (weight > 0) {
        block.mean += sum / weight;
        block.peak += most;
      }
      out.push_back(block);
    }
  }
  return out;
}

}  // namespace marquetry::thermal
