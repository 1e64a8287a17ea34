// How far our transients are from those of a golden case: blocks' temperatures at the end of each interval.
#pragma once

#include <map>

#include "thermal/golden_compare.h"
#include "thermal/transient.h"

namespace marquetry::test {

// Results of HotSpot's form: `names` of blocks that heat, `T_K` by interval and name.
inline Deviations against_hotspot(const HeatGolden& golden, const thermal::Transient& ours,
                                  const nlohmann::ordered_json& theirs) {
  // Names may stand in several layers, and the tools print layer after layer.
  std::map<std::string, std::size_t> place;
  std::size_t number = 0;
  for (const auto& layer : golden.heat.stack.layers)
    for (const auto& block : layer.blocks) {
      if (layer.heats) place.emplace(block.name, number);
      ++number;
    }
  const auto &names = theirs.at("names"), &rows = theirs.at("T_K");
  if (rows.size() != ours.blocks.size()) throw std::runtime_error{"an interval is missing"};
  Deviations out;
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t n = 0; n < names.size(); ++n)
      out.add("blocks over time", ours.blocks[i][place.at(names[n])].mean, rows[i].at(n));
  return out;
}

// Results of 3D-ICE's form: by layer, `names` with the time first, `avg` and `max` by slot.
inline Deviations against_ice(const HeatGolden& golden, const thermal::Transient& ours) {
  Deviations out;
  const auto& layers = golden.json.at("results_3dice").at("block_avg_K");
  std::size_t number = 0;
  for (std::size_t l = 0; l < golden.heat.stack.layers.size(); ++l) {
    const auto& blocks = golden.heat.stack.layers[l].blocks;
    const auto key = "layer" + std::to_string(l);
    if (layers.contains(key)) {
      const auto& theirs = layers[key];
      const auto names = theirs.at("names").get<std::vector<std::string>>();
      if (theirs.at("avg").size() != ours.blocks.size()) throw std::runtime_error{"a slot is missing"};
      for (std::size_t b = 0; b < blocks.size(); ++b) {
        const auto n = static_cast<std::size_t>(std::ranges::find(names, blocks[b].name) - names.begin());
        for (std::size_t i = 0; i < ours.blocks.size(); ++i) {
          const auto &avg = theirs["avg"][i], &max = theirs["max"][i];
          // 3D-ICE prints milliseconds.
          if (std::abs(ours.times[i] - avg.at(0).get<double>()) > 0.5001e-3 + 1e-9 * ours.times[i])
            throw std::runtime_error{"another time"};
          out.add("blocks over time", ours.blocks[i][number + b].mean, avg.at(n));
          out.add("hottest cells over time", ours.blocks[i][number + b].peak, max.at(n));
        }
      }
    }
    number += blocks.size();
  }
  return out;
}

}  // namespace marquetry::test
