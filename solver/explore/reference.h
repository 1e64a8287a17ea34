// How near a system comes to a product of the market, figure by figure.
#pragma once

#include "evaluation/prepare.h"

namespace marquetry::explore {

// The product's own value of each objective, in SI; nothing where no public figure says it.
struct Reference {
  const Product* product{};
  std::vector<std::optional<double>> values{};     // by objective
  std::vector<std::optional<double>> workloads{};  // by workload: performance
  std::vector<Choice> levers{};                    // by workload: the setting of its software levers for it
};

// A product's own value of a figure, in SI; nothing where no public figure says it. Performance is measured
// on the workloads of the system.
std::optional<double> product_value(const Product& product, const FigureRef& figure,
                                    const System<double>& system, const Library& library);

// What the roofline knows of a product; 0 where no public figure says it.
performance::Machine<double> product_machine(const Product& product);

// A reference is measured on the design's workloads: complains where a choice would change more than levers
// of software.
void check_reference(const Design& design, Diagnostics& diagnostics);

// Performance is that of the same roofline on the product's units, clock, pins and capacity, with the best
// setting of the levers of each workload that it can hold; cost is what is paid for one; power its thermal
// design power. Nothing where the design names no reference.
std::optional<Reference> reference_of(const Prepared& prepared);

// How far costs (as in solver::Point) fall short: the root of the sum of the squared logarithms of the ratios
// by which they are worse; 0 where nothing is worse.
double shortfall(const Reference& reference, const Prepared& prepared, std::span<const double> costs);

// Ours / the product's, in the objective's own sense.
std::optional<double> ratio(const Reference& reference, const Prepared& prepared, std::size_t objective,
                            double cost);

// Whether an objective is to perform a workload well.
bool is_performance(const ObjectiveFigure& objective);

// Whether there is a performance objective that the product's figures say something of.
bool can_match(const Reference& reference, const Prepared& prepared);

// Packages that together match one product on every performance objective; 0 where none is known.
double packages_needed(const Reference& reference, const Prepared& prepared, std::span<const double> costs);

}  // namespace marquetry::explore
