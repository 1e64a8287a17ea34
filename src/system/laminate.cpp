#include "system/laminate.h"

#include <algorithm>

#include "library/section_of.h"

namespace marquetry {
namespace {

// Joints between dies carry no package: such dies stand on an organic substrate.
const StackSection* section_under(const Library& library, const Design& design, const Packaging& packaging) {
  if (!design.section.empty()) return find(library.sections, design.section);
  const auto* own = section_of(library, packaging);
  const auto carries = [&](const std::string& id) {
    const auto* row = find(library.layers, id);
    return row != nullptr && row->extent != "dies";
  };
  if (own == nullptr || std::ranges::any_of(own->layers, carries)) return own;
  return section_of_family(library, "organic");
}

}  // namespace

template <Number Real>
Plies<Real> plies_of(const Library& library, const Design& design, const Packaging& packaging,
                     const Cooling& cooling, const Lifting<Real>& lifting) {
  using mechanics::Extent;
  const auto* section = section_under(library, design, packaging);
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
    const bool bare = cooling.direct || design.lid == "none";
    if (!row->part.empty() && (cooling.direct || (row->part == "lid" && bare))) continue;
    const bool of_dies = row->extent == "dies";
    std::string_view material = row->material;
    if (row->part == "lid" && !design.lid.empty()) material = design.lid;
    if (row->part == "tim" && !design.tim.empty()) material = design.tim;
    mechanics::Ply<Real> ply{.thickness = lift(lifting, row->thickness).si(), .slides = true};
    const Extent rest = row->extent == "carrier" ? Extent::carrier : Extent::package;
    add(ply, material, of_dies ? Extent::dies : rest);
    if (of_dies) add(ply, row->filler.empty() ? section->filler : row->filler, Extent::beside);
    out.push_back(std::move(ply));
  }
  return out;
}

#define INSTANTIATE(Real)                                                                        \
  template Plies<Real> plies_of(const Library&, const Design&, const Packaging&, const Cooling&, \
                                const Lifting<Real>&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry
