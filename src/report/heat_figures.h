// What the reports of heat share.
#pragma once

#include "report/heat.h"

namespace marquetry::report {

inline double celsius(double kelvin) { return kelvin - freezing; }

inline const thermal::Block& block_of(const HeatReport& report, const thermal::BlockTemperature& t) {
  return report.input.stack.layers[t.layer].blocks[t.block];
}

// Fillers without power are not worth a line where others have some.
inline bool matters(const thermal::Block& block) {
  return block.power > 0 || block.leakage.power > 0 || block.limit > 0 || block.throttle > 0;
}

// Where the hottest cell lies.
struct HotSpot {
  std::size_t layer{};
  double x{}, y{};      // m
  std::string block{};  // that lies there; empty: none
};
HotSpot hot_spot(const HeatReport& report);

// What the gradient says, by name and size; empty where none was asked for.
std::string gradient_text(const HeatReport& report);
nlohmann::ordered_json gradient_json(const HeatReport& report);

// "solved", "not converged", "thermal runaway" ...
std::string_view state_words(conduction::State state);
std::string_view arrival_words(thermal::Arrival arrival);

}  // namespace marquetry::report
