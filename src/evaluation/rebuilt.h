// A product of the market beside the system that rebuilds it: peaks, bandwidth, capacity, power and die
// areas, each with how near it has to come and what excuses it where it does not.
#pragma once

#include "evaluation/evaluation.h"

namespace marquetry {

enum class Agreement { close, excused, stale, off };  // stale: excused without need

struct RebuiltFigure {
  std::string figure{};  // as the product's row names it: "peak", "dies.GA100.area"
  double published{}, ours{};
  Dimension dimension{};
  double tolerance{};         // share of the published figure
  const Remark* deviation{};  // of the product's row, or null

  double off() const { return ours / published - 1; }
  Agreement agreement() const;
};

// The figures that the product publishes, in the order of its row; refers to the product.
std::vector<RebuiltFigure> rebuilt_figures(const Product& product, const Design& design,
                                           const Evaluation<double>& evaluation);

// "peak: 989.4 TFLOP/s, published 989.4 TFLOP/s, +0.0 %", and why where that is too far.
std::string rebuilt_line(const RebuiltFigure& figure);

// The die type of the design that stands for a die of the product: of the same name, or the only one.
std::optional<std::size_t> counterpart(const Product& product, const Design& design, const ProductDie& die);

// What takes the area of a die, by the kinds of its modules. Other PHYs count as links.
struct DieContents {
  Area<> cores{}, caches{}, fabric{}, memories{}, links{};
  Area<> total() const { return cores + caches + fabric + memories + links; }
};
DieContents die_contents(const Library& library, const System<double>& system, std::size_t die);

}  // namespace marquetry
