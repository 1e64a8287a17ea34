// A design made ready to be evaluated many times: plan, limits and objectives with their figures found.
#pragma once

#include "evaluation/verdict.h"

namespace marquetry {

struct ObjectiveFigure {
  FigureRef figure{};
  bool maximize{};
  // Smaller is better, in SI.
  double cost(const Evaluation<double>& evaluation) const {
    const double value = figure.si(evaluation);
    return maximize ? -value : value;
  }
};

// Refers to the library and the design, which must outlive it.
struct Prepared {
  const Library* library{};
  const Design* design{};
  const Preset* preset{};
  Models models{};  // the preset's, with what the design overrides
  Plan<double> plan{};
  Rules rules{};
  std::vector<std::optional<FigureRef>> caps{};  // by Rules::limits
  std::vector<ObjectiveFigure> objectives{};
};

// Nothing, and located complaints, where a path names no figure, a model is unknown or a row lacks a number.
std::optional<Prepared> prepare(const Library& library, const Design& design, Diagnostics& diagnostics,
                                const Preset& preset = presets.front());

// "default", or "default with yield murphy": what computes the figures.
std::string models_text(const Prepared& prepared);

System<double> compose(const Prepared& prepared, const Choice& choice);

// Number of choices; as a double, since it may be beyond any integer.
double space_size(const Design& design);

// The choice of that number, in the order of the variables, the last one fastest.
Choice choice_at(const Design& design, std::uint64_t index);

}  // namespace marquetry
