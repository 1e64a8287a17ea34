#include "system/hybrid.h"

#include "library/section_of.h"
#include "system/cover.h"
#include "system/lift_rows.h"

namespace marquetry {
namespace {

template <Dimension D>
Quantity<D, double> typical(const Sourced<D>& s) {
  return Quantity<D, double>::from_si(s.typ);
}

bonding::Alignment alignment(const HybridBond& h) {
  return {.x = {typical(h.offset), typical(h.translation)},
          .y = {typical(h.offset), typical(h.translation)},
          .rotation = {h.rotation.typ, h.rotation_spread.typ},
          .bow = {typical(h.bow), typical(h.bow_spread)},
          .magnification_per_bow = typical(h.magnification),
          .pad_error = {{}, typical(h.pad_error)},
          .contact_share = h.contact_share.typ,
          .distance_share = h.distance_share.typ};
}

bonding::Particles particles(const HybridBond& h) {
  return {.density = typical(h.particle_density),
          .exponent = h.particle_exponent.typ,
          .least_thickness = typical(h.least_particle),
          .reference = 1 * unit::um,
          .void_radius = typical(h.void_radius),
          .void_growth = h.void_growth.typ,
          .void_tail = h.void_tail.typ};
}

bonding::Recess recess(const HybridBond& h) {
  return {.top = {-typical(h.top_recess), typical(h.top_spread)},
          .bottom = {-typical(h.bottom_recess), typical(h.bottom_spread)},
          .top_expansion = typical(h.top_expansion),
          .bottom_expansion = typical(h.bottom_expansion),
          .room = typical(h.room),
          .anneal = typical(h.anneal),
          .asperity_radius = typical(h.asperity_radius),
          .roughness = typical(h.roughness),
          .dielectric = typical(h.dielectric),
          .free_dish = typical(h.free_dish),
          .roughness_constant = h.roughness_constant.typ,
          .adhesion = typical(h.adhesion),
          .stiffness = typical(h.stiffness),
          .peel_stiffness = typical(h.peel_stiffness)};
}

}  // namespace

bonding::Joint joint_of(const HybridBond& h) {
  const double copies = h.copies.typ;
  return {.process = {.flow = h.flow == "wafer-to-wafer" ? bonding::Flow::wafer_to_wafer
                                                         : bonding::Flow::die_to_wafer,
                      .alignment = alignment(h),
                      .particles = particles(h),
                      .recess = recess(h),
                      .wafer_radius = typical(h.wafer_diameter) / 2.0,
                      .street = typical(h.street)},
          .layout = {.bottom_ratio = h.bottom_ratio.typ,
                     .top_ratio = h.top_ratio.typ,
                     .critical_share = 1 - h.redundant_share.typ,
                     .redundant_share = h.redundant_share.typ,
                     .signals_per_pad = 1 / copies,
                     .copies = static_cast<int>(copies),
                     .separation = typical(h.separation)}};
}

template <Number Real>
PackagingParameters<Real> packaging_parameters(const Packaging& packaging, const Library& library,
                                               const Lifting<Real>& lifting) {
  auto out = parameters(packaging, lifting);
  if (packaging.family.starts_with("3d-"))
    out.pile = pile_resistance(library, section_of(library, packaging), lifting);
  const auto* bond = packaging.hybrid.empty() ? nullptr : find(library.hybrid_bonds, packaging.hybrid);
  if (bond == nullptr) return out;
  const std::vector joints{HybridJoint{std::make_shared<const bonding::Joint>(joint_of(*bond))}};
  out.hybrids = std::make_shared<const std::vector<HybridJoint>>(joints);
  out.bond_particles = lift(lifting, bond->particle_density);
  return out;
}

#define INSTANTIATE(Real)                                                                   \
  template PackagingParameters<Real> packaging_parameters(const Packaging&, const Library&, \
                                                          const Lifting<Real>&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry
