// What is said of many values of a figure.
#pragma once

#include "chance/uncertainty.h"

namespace marquetry::chance {

// Values by sample, the scramblings one after another, each with the same number.
using Values = std::vector<double>;

Spread spread_of(const Values& values, double typical);
Difference difference_of(const Values& first, const Values& second, double typical);

// Sums of a figure over the worlds, by bins of a factor's probability.
struct Bins {
  static constexpr std::size_t count = 32;
  struct Bin {
    double number{}, sum{};
  };
  std::vector<std::array<Bin, count>> by_factor{};
  double number{}, sum{}, squares{};

  void add(std::span<const double> factors, double value);
  void add(const Bins& other);
  // Shares of the variance that lie between the bins, less what chance puts there. By factor.
  std::vector<double> shares() const;
};

// By scrambling.
std::vector<Knowledge> knowledge_of(std::span<const Bins> bins);

}  // namespace marquetry::chance
