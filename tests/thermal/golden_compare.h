// How far our steady temperatures are from those of a golden case, figure by figure.
#pragma once

#include <algorithm>
#include <cmath>

#include "thermal/golden.h"
#include "thermal/heat.h"

namespace marquetry::test {

struct Deviation {
  std::string what{};
  double worst{};  // K
};

class Deviations {
 public:
  void add(const std::string& what, double ours, double theirs) {
    const double off = std::abs(ours - theirs);
    auto found = std::ranges::find(list_, what, &Deviation::what);
    if (found == list_.end()) found = list_.insert(list_.end(), {what, 0});
    // What is no number must not pass.
    if (!(off <= found->worst)) found->worst = off;
    ++count_;
  }
  const std::vector<Deviation>& list() const { return list_; }
  std::size_t count() const { return count_; }
  double worst() const {
    double most = 0;
    for (const auto& [what, off] : list_)
      if (!(off <= most)) most = off;
    return most;
  }

 private:
  std::vector<Deviation> list_{};
  std::size_t count_{};
};

// Results of the keys `results_hotspot7` and `results_physical`.
inline Deviations against_hotspot(const HeatGolden& golden, const thermal::Heat& heat,
                                  const nlohmann::ordered_json& results) {
  Deviations out;
  const auto& stack = golden.heat.stack;
  const auto& layers = results.at("layer_stats_K");
  if (layers.size() != heat.layers.size()) throw std::runtime_error{"a layer is missing"};
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const auto& ours = heat.layers[l];
    out.add("layers", ours.peak, layers[l].at("max"));
    out.add("layers", ours.mean, layers[l].at("mean"));
    out.add("layers", ours.least, layers[l].at("min"));
    if (layers[l].contains("argmax_row_col")) {
      // Where several cells are as hot, any of them will do: ours in that place.
      const auto row = heat.shape.rows - 1 - layers[l]["argmax_row_col"][0].get<std::size_t>();
      const auto cell = heat.shape.cell(l, row, layers[l]["argmax_row_col"][1]);
      out.add("hottest cells", heat.ambient + heat.rise.cells.at(cell), layers[l].at("max"));
    }
  }
  std::size_t i = 0;
  for (std::size_t l = 0; l < stack.layers.size(); ++l)
    for (const auto& block : stack.layers[l].blocks)
      out.add("blocks", heat.blocks[i++].mean, results.at("block_T_K").at(l).at(block.name));
  const auto& nodes = results.at("package_nodes_K");
  if (nodes.size() != heat.rise.hubs.size()) throw std::runtime_error{"a node of the package is missing"};
  for (std::size_t n = 0; n < nodes.size(); ++n)
    out.add("package", heat.ambient + heat.rise.hubs[n], nodes.at("inode_" + std::to_string(n)));
  out.add("peak", heat.peak, results.at("peak_K"));
  if (results.contains("grid_map_K"))
    for (const auto& [name, rows] : results["grid_map_K"].items()) {
      const auto found = std::ranges::find(heat.layers, name, &thermal::LayerFigures::name);
      if (found == heat.layers.end()) throw std::runtime_error{"no layer " + name};
      const auto layer = static_cast<std::size_t>(found - heat.layers.begin());
      for (std::size_t r = 0; r < rows.size(); ++r)
        for (std::size_t c = 0; c < rows[r].size(); ++c)
          out.add("map", heat.ambient + heat.rise.cells.at(heat.shape.cell(layer, rows.size() - 1 - r, c)),
                  rows[r][c]);
    }
  return out;
}

// Layers there are "layer" and their number; rows of maps rise with y.
inline Deviations against_ice(const HeatGolden& golden, const thermal::Heat& heat) {
  Deviations out;
  const auto& results = golden.json.at("results_3dice");
  const auto number = [](const std::string& key) { return std::stoul(key.substr(5)); };
  if (results.contains("layer_mean_K"))
    for (const auto& [key, mean] : results["layer_mean_K"].items())
      out.add("layers", heat.layers.at(number(key)).mean, mean);
  if (results.contains("grid_map_K"))
    for (const auto& [key, rows] : results["grid_map_K"].items())
      for (std::size_t r = 0; r < rows.size(); ++r)
        for (std::size_t c = 0; c < rows[r].size(); ++c)
          out.add("map", heat.ambient + heat.rise.cells.at(heat.shape.cell(number(key), r, c)), rows[r][c]);
  for (const auto& block : heat.blocks) {
    const auto key = "layer" + std::to_string(block.layer);
    const auto& name = golden.heat.stack.layers[block.layer].blocks[block.block].name;
    out.add("blocks", block.mean, results.at("block_avg_K").at(key).at(name));
    out.add("blocks", block.peak, results.at("block_max_K").at(key).at(name));
  }
  out.add("peak", heat.peak, results.at("peak_K"));
  return out;
}

// Every figure of a closed form that is a temperature: a block has its name; points stand in their order.
inline Deviations against_closed_form(const HeatGolden& golden, const thermal::Heat& heat) {
  Deviations out;
  const auto temperature = [&](const std::string& name) {
    for (const auto& block : heat.blocks)
      if (golden.heat.stack.layers[block.layer].blocks[block.block].name == name) return block.mean;
    if (name == "T_mean") return heat.mean;
    throw std::runtime_error{"no block " + name};
  };
  for (const auto& [key, value] : golden.json.at("exact").items()) {
    if (key == "points")
      for (std::size_t p = 0; p < value.size(); ++p)
        out.add("points", temperature("point " + std::to_string(p + 1)), value[p].at("T"));
    else if (key.starts_with("T"))
      out.add(key, temperature(key), value);
  }
  return out;
}

}  // namespace marquetry::test
