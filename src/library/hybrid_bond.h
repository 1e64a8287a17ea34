// How a hybrid bond is made: how well faces are aligned, what dust lies between
// them, how copper and oxide meet.
#pragma once

#include "library/row.h"

namespace marquetry {

struct HybridBond : Row {
  static constexpr std::string_view category = "hybrid_bonds", singular = "hybrid bond";
  std::string flow{};
  SourcedLength wafer_diameter{}, street{};
  SourcedCount bottom_ratio{}, top_ratio{}, contact_share{}, distance_share{};
  SourcedCount redundant_share{}, copies{2, 2, 2, {}};
  SourcedLength separation{};
  SourcedLength offset{}, translation{}, pad_error{}, bow{}, bow_spread{};
  SourcedCount rotation{}, rotation_spread{};
  Sourced<dimension::length * -1> magnification{};
  Sourced<dimension::area * -1> particle_density{};
  SourcedCount particle_exponent{}, void_growth{}, void_tail{};
  SourcedLength least_particle{}, void_radius{};
  SourcedLength top_recess{}, top_spread{}, bottom_recess{}, bottom_spread{};
  Sourced<dimension::length + dimension::temperature * -1> top_expansion{}, bottom_expansion{};
  Sourced<dimension::temperature> room{}, anneal{};
  SourcedLength asperity_radius{}, roughness{}, dielectric{}, free_dish{};
  SourcedCount roughness_constant{};
  Sourced<dimension::energy + dimension::area * -1> adhesion{};
  Sourced<dimension::energy + dimension::length * -3> stiffness{};
  Sourced<dimension::energy + dimension::length * -4> peel_stiffness{};
};

inline const std::vector<std::string> hybrid_flows{"die-to-wafer", "wafer-to-wafer"};

template <class Visitor>
void describe(HybridBond& h, Visitor& v) {
  describe_row(h, v);
  v.choice("flow", h.flow, hybrid_flows);
  v.number_if("wafer_diameter", h.wafer_diameter, "of wafers that are bonded whole");
  v.number_if("street", h.street, "between dies on them; only a peer's model asks for it");
  v.required("bottom_ratio", h.bottom_ratio, "radius of the bottom pad / half the pitch");
  v.required("top_ratio", h.top_ratio, "radius of the top pad / that of the bottom pad");
  v.required("contact_share", h.contact_share, "of the top pad's area that must touch");
  v.required("distance_share", h.distance_share, "of the pitch that must stay oxide");
  v.number_if("redundant_share", h.redundant_share, "of the pads, that carry signals which have copies");
  v.number_if("copies", h.copies, "pads of such a signal");
  v.number_if("separation", h.separation, "of these pads");
  v.required("offset", h.offset, "mean misalignment");
  v.required("translation", h.translation, "deviation of the misalignment, each way");
  v.required("rotation", h.rotation, "mean, in radians");
  v.required("rotation_spread", h.rotation_spread, "deviation, in radians");
  v.required("bow", h.bow, "mean difference of the faces' bows");
  v.required("bow_spread", h.bow_spread, "its deviation");
  v.required("magnification", h.magnification, "stretch per bow");
  v.required("pad_error", h.pad_error, "deviation of one pad's own error, each way");
  v.required("particle_density", h.particle_density, "particles per area");
  v.required("particle_exponent", h.particle_exponent, "z: density of thickness t falls as t^-z; above 2");
  v.required("least_particle", h.least_particle, "thinnest particle that leaves a void");
  v.required("void_radius", h.void_radius, "of a particle 1 um thick, at the centre");
  v.required("void_growth", h.void_growth, "of that radius, with the distance from the centre");
  v.required("void_tail", h.void_tail, "length of a void on a wafer / distance from the centre, 1 um thick");
  v.required("top_recess", h.top_recess, "depth of the top pads below the oxide");
  v.required("top_spread", h.top_spread, "its deviation");
  v.required("bottom_recess", h.bottom_recess, "depth of the bottom pads below the oxide");
  v.required("bottom_spread", h.bottom_spread, "its deviation");
  v.required("top_expansion", h.top_expansion, "rise of the top pads with temperature");
  v.required("bottom_expansion", h.bottom_expansion, "rise of the bottom pads with temperature");
  v.required("room", h.room, "at which faces are put together");
  v.required("anneal", h.anneal, "at which copper is joined");
  v.required("asperity_radius", h.asperity_radius, "of the oxide's roughness");
  v.required("roughness", h.roughness, "deviation of the height of a face");
  v.required("roughness_constant", h.roughness_constant, "asperity density * radius * roughness");
  v.required("adhesion", h.adhesion, "energy of the oxide joint per area");
  v.required("stiffness", h.stiffness, "Young's modulus of the oxide");
  v.required("dielectric", h.dielectric, "thickness of the bonding oxide");
  v.required("free_dish", h.free_dish, "depth at which copper would not push at all");
  v.required("peel_stiffness", h.peel_stiffness, "pressure of copper per height");
}

}  // namespace marquetry
