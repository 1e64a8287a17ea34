// Steady temperatures of a stack, with everything that a report says of them.
#pragma once

#include "conduction/solver.h"
#include "thermal/assembly.h"

namespace marquetry::thermal {

struct LayerFigures {
  std::string name{};
  double peak{}, mean{}, least{};         // K
  std::size_t peak_row{}, peak_column{};  // row 0: the least y
};

struct Heat {
  conduction::Shape shape{};
  conduction::Field rise{};  // K above the ambient
  std::vector<BlockTemperature> blocks{};
  std::vector<LayerFigures> layers{};  // those of the stack, then spreader and sink
  double ambient{}, peak{}, mean{};    // K; peak of all layers, mean of those that may have power
  double power{};                      // W, leakage included
  double leakage{};                    // W
  int outer{};                         // rounds of conductivities that fall with the temperature; else 1
  double remainder{};                  // K that these leave, estimated; the outcome is that of the last round
  conduction::Outcome outcome{};
};

// Leakage and conductivities that fall with the temperature are iterated to the request's tolerance.
Heat steady(const Stack& stack, const Settings& settings, const conduction::Request& request = {});

// All of it but leakage, rounds and outcome, from a rise that is known: of a step of a transient, for one.
Heat figures(const Stack& stack, const Assembled& assembled, conduction::Field rise, double power);

}  // namespace marquetry::thermal
