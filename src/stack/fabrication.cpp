#include "stack/fabrication.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "wafer/catch_rows.h"
#include "wafer/placement.h"
#include "wafer/stitching.h"
#include "yield/models.h"

namespace marquetry::stack {
namespace {

bool same(double a, double b) { return a == b; }
bool same(const Dual& a, const Dual& b) {
  bool alike = a.value() == b.value();
  for (std::size_t i = 0; alike && i < Dual::most_inputs; ++i) alike = a.slope(i) == b.slope(i);
  return alike;
}

// base^n of a yield; n is a count.
double counted_power(double base, double n) { return n == 0 ? 1 : n == 1 ? base : std::pow(base, n); }
Dual counted_power(const Dual& base, double n) {
  return n == 0 ? Dual{1.0} : n == 1 ? base : exp(n * log(base));
}

// Side lengths, mm, of what is placed on a wafer.
struct Box {
  double width{}, height{};
};

// Rows of dies that need not stand in columns (laser or plasma dicing): the better of a row on the diameter
// and two rows that meet there, each as long as its chord. CATCH, wafer_fill_grid = False.
double free_rows(const Box& die, double scribe, double radius) {
  const double step = die.height + scribe;
  const auto row = [&](double outer) {
    const double h = outer - scribe / 2;
    return std::floor((2 * std::sqrt(radius * radius - h * h) + scribe) / (die.width + scribe));
  };
  double best = 0;
  for (const bool centred : {true, false}) {
    double outer = centred ? step / 2 : step;
    if (outer - scribe / 2 >= radius) continue;
    double dies = (centred ? 1 : 2) * row(outer);
    for (outer += step; outer < radius; outer += step) dies += 2 * row(outer);
    best = std::max(best, dies);
  }
  return best;
}

template <Number Real>
double dies_on_wafer(const Box& die, const Wafer<Real>& wafer, const Quirks& quirks,
                     wafer::Workspace& wafers) {
  const double radius = representative(wafer.diameter) / 2 - representative(wafer.edge_exclusion);
  const double scribe = representative(wafer.scribe);
  if (radius <= 0 || std::hypot(die.width, die.height) > 2 * radius) return 0;
  // Rows are gone through one by one; of dust there would be too many, and its rim does not matter.
  const bool is_dust = std::min(die.width, die.height) + scribe < 1e-4 * radius;
  if (is_dust)
    return std::floor(std::numbers::pi * radius * radius / ((die.width + scribe) * (die.height + scribe)));
  if (quirks.has(quirk("catch-dpw-search")))
    return wafer.grid ? wafer::catch_dies(die.width, die.height, scribe, radius)
                      : free_rows(die, scribe, radius);
  const wafer::Site site{.width = die.width * unit::mm,
                         .height = die.height * unit::mm,
                         .scribe = scribe * unit::mm,
                         .usable_radius = radius * unit::mm};
  const auto placed = static_cast<double>(wafer::place_dies(site, wafers).dies);
  return wafer.grid ? placed : std::max(placed, free_rows(die, scribe, radius));
}

// How dies share a field of the scanner, either way round; a larger die takes several fields.
struct Exposure {
  double dies_per_field{};
  wafer::Stitching stitching{};
};

template <Number Real>
Exposure exposure_of(const Box& die, const Wafer<Real>& wafer) {
  const double scribe = representative(wafer.scribe);
  const Box field{representative(wafer.reticle_width), representative(wafer.reticle_height)};
  const auto held = [&](double width, double height) {
    return std::floor((field.width + scribe) / (width + scribe)) *
           std::floor((field.height + scribe) / (height + scribe));
  };
  return {std::max(held(die.width, die.height), held(die.height, die.width)),
          wafer::stitching(die.width * unit::mm, die.height * unit::mm,
                           {field.width * unit::mm, field.height * unit::mm})};
}

// Exposures of a wafer over those that would cover its usable disc without loss, on which its price rests.
// Fields at the rim that hold no whole die are not exposed.
template <Number Real>
Real exposure_share(const Exposure& exposure, double dies, const Wafer<Real>& wafer) {
  const Real radius = wafer.diameter / 2.0 - wafer.edge_exclusion;
  const Real disc = std::numbers::pi * radius * radius;
  const double shots = exposure.dies_per_field > 0 ? std::ceil(dies / exposure.dies_per_field)
                                                   : dies * static_cast<double>(exposure.stitching.fields());
  return shots > 0 ? Real(shots * wafer.reticle_width * wafer.reticle_height / disc) : Real(1.0);
}

// CATCH: the area of the dies that fill the least number of fields, over that of the fields.
template <Number Real>
Real filled_share(const Real& area, const Wafer<Real>& wafer) {
  const double one = representative(Real(wafer.reticle_width * wafer.reticle_height)),
               die = representative(area);
  const double fields = std::max(1.0, std::ceil(die / one));
  const Real all = fields * wafer.reticle_width * wafer.reticle_height;
  const Real unused = all - std::floor(fields * one / die) * area;
  return (all - unused) / all;
}

template <Number Real>
LayerFigures<Real> one_layer(const Layer<Real>& layer, const Wafer<Real>& wafer,
                             const ChipFigures<Real>& chip) {
  LayerFigures<Real> figures;
  const double per_wafer = std::max(1.0, chip.dies_per_wafer);
  const Real disc = std::numbers::pi * (wafer.diameter / 2.0) * (wafer.diameter / 2.0);
  const Real die = layer.price * disc / per_wafer;
  figures.price = representative(chip.area) > 0 ? Real(die / chip.area) : Real(0.0);
  figures.exposed_share = chip.exposures;
  figures.cost = representative(chip.area) > 0
                     ? Real(die * (1.0 - layer.litho_share) + die * layer.litho_share * chip.exposures)
                     : Real(0.0);
  figures.yield = yield::negative_binomial<Real>(
      chip.defect_area * unit::mm2,
      {.density = layer.critical_share * layer.defects / unit::mm2, .clustering = layer.clustering});
  return figures;
}

}  // namespace

template <Number Real>
LayerFigures<Real> layer_figures(const Stack<Real>& stack, std::size_t chip, std::size_t layer,
                                 const Figures<Real>& figures) {
  return one_layer(stack.layers[layer], stack.wafers[stack.chips[chip].wafer_index], figures.chips[chip]);
}

template <Number Real>
bool copy_alike(const Stack<Real>& stack, std::size_t index, Figures<Real>& figures) {
  const auto& chip = stack.chips[index];
  auto& own = figures.chips[index];
  for (std::size_t other = stack.chips.size() - 1; other > index; --other) {
    const auto& done = figures.chips[other];
    if (stack.chips[other].stackup != chip.stackup || stack.chips[other].wafer_index != chip.wafer_index ||
        !same(done.width, own.width) || !same(done.height, own.height) ||
        !same(done.defect_area, own.defect_area) || !same(done.area, own.area))
      continue;
    own.dies_per_wafer = done.dies_per_wafer;
    own.fields = done.fields;
    own.seams = done.seams;
    own.exposures = done.exposures;
    own.die_cost = done.die_cost;
    own.die_yield = done.die_yield;
    return true;
  }
  return false;
}

template <Number Real>
void fabricate(const Stack<Real>& stack, const Quirks& quirks, std::size_t index,
               Workspace<Real>& workspace) {
  auto& figures = workspace.figures;
  const auto& chip = stack.chips[index];
  const auto& wafer = stack.wafers[chip.wafer_index];
  auto& own = figures.chips[index];
  if (copy_alike(stack, index, figures)) return;
  const Box die{representative(own.width), representative(own.height)};
  if (representative(own.area) > 0) {
    own.dies_per_wafer = dies_on_wafer(die, wafer, quirks, workspace.wafers);
    if (quirks.has(quirk("catch-reticle-util"))) own.exposures = 1.0 / filled_share(own.area, wafer);
  }
  if (own.dies_per_wafer > 0) {
    const auto exposure = exposure_of(die, wafer);
    if (!quirks.has(quirk("catch-reticle-util")))
      own.exposures = exposure_share(exposure, own.dies_per_wafer, wafer);
    own.fields = static_cast<double>(exposure.stitching.fields());
    own.seams = static_cast<double>(exposure.stitching.seams());
  }
  const bool stitches = !quirks.has(quirk("catch-no-stitch"));
  own.die_cost = 0.0;
  own.die_yield = quirks.has(quirk("catch-process-yield-on-assembly")) ? Real(1.0) : wafer.process_yield;
  for (const auto& run : stack.stackups[chip.stackup]) {
    const auto& layer = stack.layers[run.layer];
    const auto one = one_layer(layer, wafer, own);
    own.die_cost = own.die_cost + run.count * one.cost;
    own.die_yield = own.die_yield * counted_power(one.yield, run.count);
    if (stitches) own.die_yield = own.die_yield * counted_power(layer.stitch_yield, run.count * own.seams);
  }
}

#define INSTANTIATE(Real)                                                                 \
  template LayerFigures<Real> layer_figures(const Stack<Real>&, std::size_t, std::size_t, \
                                            const Figures<Real>&);                        \
  template void fabricate(const Stack<Real>&, const Quirks&, std::size_t, Workspace<Real>&);
INSTANTIATE(double)
INSTANTIATE(Dual)

}  // namespace marquetry::stack
