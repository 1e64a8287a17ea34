#include "evaluation/lifetime.h"

#include <cmath>

namespace marquetry {
namespace {

// The learning of dies and carriers; what is bought keeps its price.
System<double> in_year(System<double> system, const Year& year) {
  for (auto& die : system.dies) {
    die.node.defect_density = die.node.defect_density * year.defects;
    die.node.wafer_price = die.node.wafer_price * year.wafer_price;
  }
  system.packaging.carrier_defects = system.packaging.carrier_defects * year.defects;
  system.packaging.carrier_price = system.packaging.carrier_price * year.wafer_price;
  return system;
}

}  // namespace

Lifetime evaluate_lifetime(const System<double>& system, const Models& models,
                           std::span<const double> volumes) {
  const auto& rules = system.assumptions;
  Lifetime out;
  Money<> spent{};
  for (std::size_t y = 0; y < volumes.size(); ++y) {
    const double t = static_cast<double>(y);
    Year year{.volume = volumes[y]};
    year.defects =
        rules.defect_floor + (1 - rules.defect_floor) * std::exp(-t * unit::year / rules.learning_time);
    year.wafer_price = std::pow(1 - rules.price_decline, t);
    const auto e = evaluate(in_year(system, year), models);
    year.recurring = e.cost.recurring;
    year.assembly_yield = e.cost.assembly_yield;
    spent += year.volume * year.recurring;
    out.volume += year.volume;
    out.nre = e.cost.nre_total;
    out.years.push_back(year);
  }
  out.recurring = spent / out.volume;
  out.nre = out.nre / out.volume;
  out.unit = out.recurring + out.nre;
  return out;
}

}  // namespace marquetry
