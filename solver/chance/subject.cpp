#include "chance/subject.h"

namespace marquetry::chance {
namespace {

template <Number Real>
System<Real> system_of(const Prepared& prepared, const Choice& choice) {
  Diagnostics none;  // the same plan over doubles was made without complaint
  const auto plan = make_plan(*prepared.library, *prepared.design, Lifting<Real>{}, none);
  return compose(*plan, std::span<const Range>{point(choice)});
}

}  // namespace

Subject subject_of(const Prepared& prepared, const Choice& choice) {
  auto traced = system_of<Trace>(prepared, choice);
  return {&prepared, choice, inputs_of(traced)};
}

std::vector<double> typical_values(const Inputs& inputs) {
  std::vector<double> values;
  for (const auto& input : inputs.inputs) values.push_back(input.typ);
  return values;
}

bool is_of_cost(const FigureRef& figure) {
  const auto path = figure.figure->path;
  return path.starts_with("area.") || path.starts_with("yield.") || path.starts_with("cost.");
}

template <Number Real>
Trial<Real>::Trial(const Subject& subject)
    : subject_{subject},
      models_{subject.prepared->models},
      system_{system_of<Real>(*subject.prepared, subject.choice)},
      numbers_{numbers_of(system_)} {
  models_.workspace = &workspace_;
  models_.bonds = &bonds_;
}

template <Number Real>
const Evaluation<Real>& Trial<Real>::operator()(std::span<const Real> values) {
  put_inputs(subject_.inputs, values, std::span<Real* const>{numbers_});
  for (std::size_t d = 0; d < system_.dies.size(); ++d) {
    put(evaluation_, d, die_figures(system_, d, models_));
  }
  package_figures(system_, models_, evaluation_);
  return evaluation_;
}

template <Number Real>
const Evaluation<Real>& Trial<Real>::costs(std::span<const Real> values) {
  put_inputs(subject_.inputs, values, std::span<Real* const>{numbers_});
  auto& e = evaluation_;
  e.outlines.resize(system_.dies.size());
  e.die_costs.resize(system_.dies.size());
  for (std::size_t d = 0; d < system_.dies.size(); ++d) {
    e.outlines[d] = area::die_outline(system_, d);
    e.die_costs[d] = cost::die_cost(system_, d, e.outlines[d], models_);
  }
  const std::span<const area::DieOutline<Real>> outlines{e.outlines};
  e.area = area::package_area(system_, outlines);
  cost::unit_cost(system_, outlines, std::span<const cost::DieCost<Real>>{e.die_costs}, e.area, models_,
                  e.cost);
  return e;
}

template class Trial<double>;
template class Trial<Dual>;

std::vector<double> gradient(const Subject& subject, const FigureRef& figure,
                             std::span<const double> values) {
  std::vector<double> slopes(values.size());
  Trial<Dual> trial{subject};
  for (std::size_t first = 0; first < values.size(); first += Dual::most_inputs) {
    const std::size_t count = std::min(Dual::most_inputs, values.size() - first);
    std::vector<Dual> seeded(values.begin(), values.end());
    for (std::size_t i = 0; i < count; ++i) seeded[first + i] = Dual::input(values[first + i], i);
    const Dual result = figure.si(is_of_cost(figure) ? trial.costs(seeded) : trial(seeded));
    for (std::size_t i = 0; i < count; ++i) slopes[first + i] = result.slope(i);
  }
  return slopes;
}

}  // namespace marquetry::chance
