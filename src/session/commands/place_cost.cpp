#include "session/commands/place_cost.h"

#include <algorithm>
#include <memory>

#include "cost/carrier.h"

namespace marquetry {

std::function<double(layout::Size)> carrier_cost(const Prepared& prepared, const System<double>& system,
                                                 const layout::Problem& problem) {
  auto models = prepared.models;
  models.workspace = nullptr;  // of one thread
  models.bonds = nullptr;
  const auto kept = std::make_shared<const System<double>>(system);
  const auto fixed = problem.carrier.package;
  const auto margins = 2 * problem.carrier.package_edge;
  return [models, kept, fixed, margins](layout::Size size) {
    const auto nm2 = unit::nm * unit::nm;
    const layout::Size package = fixed.value_or(layout::Size{size.width + margins, size.height + margins});
    area::PackageArea<double> area;
    area.substrate = geometry::area(package) * nm2;
    const Money<> substrate = area.substrate * kept->packaging.substrate_price;
    if (kept->packaging.carrier_factor <= 0) return substrate.si();
    area.carrier = geometry::area(size) * nm2;
    const auto carrier = cost::carrier_of(*kept, area, models);
    return (carrier.lot.cost / carrier.lot.quality + substrate).si();
  };
}

}  // namespace marquetry
