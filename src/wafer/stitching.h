// Interposers and dies larger than one exposure: fields that are stitched, their seams, and what seams cost.
#pragma once

#include "number/numbers.h"
#include "units/units.h"

namespace marquetry::wafer {

// Of the exposure: 26 x 33 mm, half of it for high NA.
struct Field {
  Length<> width{}, height{};
};
inline constexpr Field full_field{26 * unit::mm, 33 * unit::mm};
inline constexpr Field high_na_field{26 * unit::mm, 16.5 * unit::mm};

// m columns and k rows of fields, at pitch along the outline's width and height.
struct Stitching {
  long columns{1}, rows{1};

  long fields() const { return columns * rows; }
  // Straight seams between two fields.
  long seams() const { return (columns - 1) * rows + (rows - 1) * columns; }
};

// The fewest fields that cover the outline, with the field as it stands or turned. Sides that are whole
// fields within rounding take no further one.
Stitching stitching(Length<> width, Length<> height, const Field& field);

template <Number Real>
using SeamDefects = Quantity<dimension::length * -1, Real>;

// (m - 1) k h + (k - 1) m w, for the part of a field that is used: the outline's sides over m and k.
template <Number Real>
Length<Real> seam_length(const Stitching& stitching, const Length<Real>& field_width,
                         const Length<Real>& field_height);

// P(no seam fails): exp(-d L).
template <Number Real>
Real stitch_yield(const SeamDefects<Real>& seam_defects, const Length<Real>& seams);

// The same where only the yield of one seam is known: y^n.
template <Number Real>
Real stitch_yield_by_seam(const Real& seam_yield, const Stitching& stitching);

// Mask sets: one for each field, or one for all where they are alike.
enum class FieldContent { alike, distinct };
long mask_sets(const Stitching& stitching, FieldContent content);

}  // namespace marquetry::wafer
