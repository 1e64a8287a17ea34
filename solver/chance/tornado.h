// Which uncertain numbers a figure hangs on: the slope to every input from one pass of dual numbers, times
// its range; beside it the figure really evaluated at both ends, since slopes know nothing of bends and
// steps.
#pragma once

#include "chance/subject.h"

namespace marquetry::chance {

// Changes of the figure from its typical value, in its unit.
struct Effect {
  std::size_t input{};
  double slope_low{}, slope_high{};  // by the slope, with the input at its low and its high end
  double at_low{}, at_high{};        // as evaluated there

  // The larger of the two spans: what the bars and the order go by.
  double span() const;
};

struct Tornado {
  double typical{};               // of the figure, in its unit
  std::vector<Effect> effects{};  // of every input, greatest span first
};

Tornado tornado(const Subject& subject, const FigureRef& figure);

}  // namespace marquetry::chance
