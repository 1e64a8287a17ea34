// One system whose library numbers may be varied: composed once, then given other numbers in place.
#pragma once

#include "evaluation/prepare.h"
#include "system/inputs.h"
#include "wafer/workspace.h"

namespace marquetry::chance {

// Refers to what was prepared, which must outlive it.
struct Subject {
  const Prepared* prepared{};
  Choice choice{};
  Inputs inputs{};
};

Subject subject_of(const Prepared& prepared, const Choice& choice);

// The typical values, in the order of the inputs.
std::vector<double> typical_values(const Inputs& inputs);

// Whether Trial::costs gives the figure.
bool is_of_cost(const FigureRef& figure);

// Evaluates a subject again and again. One for each thread.
template <Number Real>
class Trial {
 public:
  explicit Trial(const Subject& subject);
  Trial(const Trial&) = delete;
  Trial& operator=(const Trial&) = delete;

  // All figures for these values of the inputs; valid until the next call.
  const Evaluation<Real>& operator()(std::span<const Real> values);
  // The same as far as area, yield and cost go, which need none of the other models.
  const Evaluation<Real>& costs(std::span<const Real> values);

 private:
  const Subject& subject_;
  wafer::Workspace workspace_{};
  bonding::Workspace bonds_{};
  Models models_;
  System<Real> system_;
  std::vector<Real*> numbers_;
  Evaluation<Real> evaluation_{};
};

// The slope of a figure to each input, in SI, at these values. Dual numbers, 64 inputs a pass.
std::vector<double> gradient(const Subject& subject, const FigureRef& figure, std::span<const double> values);

}  // namespace marquetry::chance
