#include "chance/tornado.h"

#include <algorithm>
#include <cmath>

namespace marquetry::chance {

double Effect::span() const {
  const double evaluated = std::abs(at_high - at_low);
  return std::max(std::abs(slope_high - slope_low), std::isfinite(evaluated) ? evaluated : 0);
}

Tornado tornado(const Subject& subject, const FigureRef& figure) {
  auto values = typical_values(subject.inputs);
  Trial<double> trial{subject};
  Tornado out;
  const auto report = [&] { return figure.report(figure.si(trial(values))); };
  out.typical = report();
  const auto slopes = gradient(subject, figure, values);
  const double unit = figure.figure->unit_si;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Input& input = subject.inputs.inputs[i];
    Effect effect{.input = i,
                  .slope_low = slopes[i] * (input.low - input.typ) / unit,
                  .slope_high = slopes[i] * (input.high - input.typ) / unit};
    values[i] = input.low;
    effect.at_low = report() - out.typical;
    values[i] = input.high;
    effect.at_high = report() - out.typical;
    values[i] = input.typ;
    out.effects.push_back(effect);
  }
  std::ranges::stable_sort(out.effects, std::greater{}, &Effect::span);
  return out;
}

}  // namespace marquetry::chance
