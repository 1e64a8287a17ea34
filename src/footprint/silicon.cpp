#include "footprint/silicon.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "wafer/closed_forms.h"
#include "wafer/methods.h"

namespace marquetry::footprint {
namespace {

using std::numbers::pi;

double in_mm(const Length<>& length) { return length / unit::mm; }

}  // namespace

double piece_yield(double defects, double area) { return std::pow(1 + defects * area / 1000, -10); }

Silicon::Silicon(const Wafers& wafers, const Quirks& quirks)
    : diameter_{quirks.has(quirk("ecochip-450mm")) ? 450 : in_mm(wafers.diameter)},
      usable_radius_{in_mm(wafers.diameter) / 2 - in_mm(wafers.edge_exclusion)},
      scribe_{in_mm(wafers.scribe)},
      reticle_width_{in_mm(wafers.reticle_width)},
      reticle_height_{in_mm(wafers.reticle_height)},
      quirks_{quirks} {
  wafer_area_ = pi * diameter_ * diameter_ / 4;
}

double Silicon::defects(const NodeConstants& node) const {
  return (quirks_.has(quirk("ecochip-d0-shifted")) ? node.listed_defects : node.defects) * unit::cm2;
}

double Silicon::carrier_defects(const NodeConstants& node) const {
  return quirks_.has(quirk("ecochip-package-d0")) ? defects(node) : defects(node) / 4;
}

double Silicon::per_wafer(const Piece& piece) const {
  if (quirks_.has(quirk("ecochip-450mm"))) return wafer::de_vries_dies(piece.area, diameter_);
  for (const auto& known : counts_) {
    if (known.area == piece.area && known.aspect == piece.aspect) return known.count;
  }
  const double side = std::sqrt(piece.area / piece.aspect);
  const double count = wafer::exact_dies(side * piece.aspect, side, scribe_, usable_radius_);
  counts_.push_back({piece.area, piece.aspect, count});
  return count;
}

double Silicon::waste(const Piece& piece) const {
  const double count = per_wafer(piece);
  return (wafer_area_ - std::floor(count) * piece.area) * piece.emissions / count;
}

double Silicon::die(const Piece& piece) const {
  if (quirks_.has(quirk("ecochip-waste"))) {
    return piece.area * piece.emissions / piece.yield + waste(piece);
  }
  return wafer_area_ * piece.emissions / (per_wafer(piece) * piece.yield);
}

double Silicon::carrier(const Piece& piece) const {
  if (quirks_.has(quirk("ecochip-carrier-share"))) return piece.area * piece.emissions / piece.yield;
  return wafer_area_ * piece.emissions / (per_wafer(piece) * piece.yield);
}

bool Silicon::beyond_reticle(const Piece& piece) const {
  if (quirks_.has(quirk("ecochip-no-reticle"))) return false;
  const double shorter = std::sqrt(piece.area / piece.aspect);
  return shorter > std::min(reticle_width_, reticle_height_) ||
         shorter * piece.aspect > std::max(reticle_width_, reticle_height_);
}

}  // namespace marquetry::footprint
