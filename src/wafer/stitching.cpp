#include "wafer/stitching.h"

#include <cmath>

#include "wafer/placement.h"

namespace marquetry::wafer {
namespace {

long fields_along(Length<> side, Length<> field) {
  return std::max(1L, static_cast<long>(std::ceil(side / field * (1 - rim_tolerance))));
}

}  // namespace

Stitching stitching(Length<> width, Length<> height, const Field& field) {
  const Stitching upright{fields_along(width, field.width), fields_along(height, field.height)};
  const Stitching turned{fields_along(width, field.height), fields_along(height, field.width)};
  return turned.fields() < upright.fields() ? turned : upright;
}

template <Number Real>
Length<Real> seam_length(const Stitching& s, const Length<Real>& field_width,
                         const Length<Real>& field_height) {
  const auto upright = static_cast<double>((s.columns - 1) * s.rows);
  const auto level = static_cast<double>((s.rows - 1) * s.columns);
  return upright * field_height + level * field_width;
}

template <Number Real>
Real stitch_yield(const SeamDefects<Real>& seam_defects, const Length<Real>& seams) {
  using std::exp;
  return named("stitch yield", Real(exp(-Real(seam_defects * seams))));
}

template <Number Real>
Real stitch_yield_by_seam(const Real& seam_yield, const Stitching& s) {
  return named("stitch yield", power_of(seam_yield, Real{static_cast<double>(s.seams())}));
}

long mask_sets(const Stitching& s, FieldContent content) {
  return content == FieldContent::alike ? 1 : s.fields();
}

#define INSTANTIATE(Real)                                                                        \
  template Length<Real> seam_length(const Stitching&, const Length<Real>&, const Length<Real>&); \
  template Real stitch_yield(const SeamDefects<Real>&, const Length<Real>&);                     \
  template Real stitch_yield_by_seam(const Real&, const Stitching&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::wafer
