#include "system/laminate.h"

#include <algorithm>

#include "library/section_of.h"

namespace marquetry {
template <Number Real>
Plies<Real> plies_of(const Library& library, const CoverRows& rows, const Lifting<Real>& lifting) {
  using mechanics::Extent;
  const auto* section = package_section_of(library, *rows.packaging, rows.section);
  if (section == nullptr) return {};
  const auto add = [&](mechanics::Ply<Real>& ply, std::string_view material, Extent extent) {
    const auto* row = find(library.materials, material);
    if (row == nullptr || !row->modulus.known || !row->poisson.known || !row->expansion.known) return;
    ply.slides = ply.slides && row->modulus.typ < mechanics::slides_below;
    ply.fills.push_back({.extent = extent,
                         .modulus = lift(lifting, row->modulus).si(),
                         .poisson = lift(lifting, row->poisson),
                         .expansion = lift(lifting, row->expansion).si()});
  };
  Plies<Real> out;
  for (const auto& id : section->layers) {
    const auto* row = find(library.layers, id);
    if (row == nullptr) continue;
    if (rows.leaves_out(*row)) continue;
    const bool of_dies = row->extent == "dies";
    const bool own = row->part != "lid" || !rows.lid_thickness;
    mechanics::Ply<Real> ply{
        .thickness =
            own ? lift(lifting, row->thickness).si()
                : lift_given<dimension::length>(lifting, *rows.lid_thickness, "thickness of the lid").si(),
        .slides = true};
    const Extent rest = row->extent == "carrier" ? Extent::carrier : Extent::package;
    add(ply, rows.material_of(*row), of_dies ? Extent::dies : rest);
    if (of_dies) add(ply, row->filler.empty() ? section->filler : row->filler, Extent::beside);
    out.push_back(std::move(ply));
  }
  return out;
}

#define INSTANTIATE(Real) \
  template Plies<Real> plies_of(const Library&, const CoverRows&, const Lifting<Real>&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry
