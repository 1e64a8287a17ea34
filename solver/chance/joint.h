// The joint distribution of the inputs of one or more subjects: each input by its own curve, numbers of one
// correlation group together. What the same number is in two subjects is one input: they are compared in the
// same worlds.
#pragma once

#include "chance/distribution.h"
#include "chance/subject.h"

namespace marquetry::chance {

// What varies by itself, or with others by a known correlation: one number, or a group that moves as one.
struct Factor {
  std::string name{};  // of the input, or "group defects"
  std::vector<std::size_t> inputs{};
};

class Joint {
 public:
  std::vector<Input> inputs{};
  std::vector<Distribution> curves{};  // by input
  std::vector<Factor> factors{};
  std::vector<std::size_t> factor_of{};            // by input
  std::vector<std::vector<std::size_t>> places{};  // by subject: the joint inputs that its own are

  // Probabilities of the factors from independent ones, in place: the Gaussian copula.
  void correlate(std::span<double> probabilities) const;
  // A value for each input from the probabilities of the factors.
  void values(std::span<const double> probabilities, std::span<double> out) const;
  bool is_correlated() const { return !correlated_.empty(); }

 private:
  friend std::optional<Joint> joint_of(std::span<const Subject>, Diagnostics&);
  std::vector<std::size_t> correlated_{};  // factors that another one is correlated with
  std::vector<double> cholesky_{};         // of their correlations: lower triangle, row by row
};

// Nothing, and a complaint, where the library's correlations contradict each other.
std::optional<Joint> joint_of(std::span<const Subject> subjects, Diagnostics& diagnostics);

}  // namespace marquetry::chance
