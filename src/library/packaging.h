// A way to put dies together: what carries them, what it costs, what it loses, what it lets through.
#pragma once

#include "library/row.h"

namespace marquetry {

struct Packaging : Row {
  static constexpr std::string_view category = "packagings", singular = "packaging";
  std::string family{};
  std::string hybrid{};   // the hybrid bond whose yield stands for bond_yield; empty: none
  std::string section{};  // its layers; empty: those of its family
  std::vector<std::string> suppliers{}, regions{};
  std::vector<std::string> links{};  // classes of die-to-die links that it can carry
  std::vector<std::string> wires{};  // rows of wires; of a class of links the first that serves it
  bool hbm{};                        // HBM can be attached
  bool chip_first{};                 // dies are placed before the carrier is built: a bad carrier loses them
  bool wafer_to_wafer{};             // whole wafers are bonded: no die of a stack is sorted before
  std::string joint{}, carrier_sheet{}, carrier_via{}, carrier_joint{};  // conductors of the supply
  SourcedLength bump_pitch{}, die_gap{};
  SourcedMoney carrier_price{};
  SourcedLength carrier_diameter{};
  Sourced<dimension::area * -1> carrier_defects{};
  SourcedCount carrier_clustering{}, carrier_factor{};
  SourcedArea carrier_limit{};
  SourcedMoney bridge_price{};
  Sourced<dimension::money + dimension::area * -1> substrate_price{};
  SourcedCount substrate_factor{};
  SourcedArea substrate_limit{};
  SourcedCount bond_yield{}, assembly_yield{};
  SourcedCount connection_yield{1, 1, 1, {}}, tsv_yield{1, 1, 1, {}};
  SourcedMoney bond_cost{}, assembly_cost{};
  Sourced<dimension::money + dimension::area * -1> bump_price{}, carrier_bump_price{};
  SourcedMoney placer_price{}, bonder_price{};
  Sourced<dimension::money + dimension::time * -1> operator_cost{};
  SourcedTime machine_life{}, place_time{}, bond_time{};
  SourcedCount machine_uptime{1, 1, 1, {}}, place_group{1, 1, 1, {}}, bond_group{1, 1, 1, {}};
  SourcedCount rework_share{};
  SourcedMoney rework_cost{};
  Sourced<dimension::length * -1> seam_defects{};
  SourcedLength panel_width{}, panel_height{}, panel_margin{};
  SourcedCount substrate_layers{};
  Sourced<dimension::money + dimension::area * -1> layer_price{}, lid_price{};
  SourcedMoney ball_price{};
  SourcedLength ball_pitch{};
  Sourced<dimension::money + dimension::area * -1> carrier_nre_per_area{};
  SourcedMoney carrier_nre_fixed{};
  Sourced<dimension::money + dimension::area * -1> nre_per_area{};
  SourcedMoney nre_fixed{};
  SourcedTime latency{};
  MaybeSourced<dimension::time * -1> capacity{};
  Sourced<dimension::carbon + dimension::area * -1> carrier_emissions{}, substrate_emissions{};
  Sourced<dimension::carbon> bridge_emissions{};
};

inline const std::vector<std::string> packaging_families{
    "organic",       "rdl-fan-out", "silicon-interposer", "rdl-interposer", "bridge",
    "local-silicon", "glass",       "3d-microbump",       "3d-hybrid-d2w",  "3d-hybrid-w2w"};
inline const std::vector<std::string> link_classes{"standard", "advanced", "3d", "external"};

template <class Visitor>
void describe(Packaging& p, Visitor& v) {
  describe_row(p, v);
  v.choice("family", p.family, packaging_families);
  v.text_if("hybrid", p.hybrid);
  v.text_if("section", p.section);
  v.texts("suppliers", p.suppliers);
  v.texts("regions", p.regions);
  v.texts("links", p.links);
  v.texts_if("wires", p.wires);
  v.text_if("joint", p.joint);
  v.text_if("carrier_sheet", p.carrier_sheet);
  v.text_if("carrier_via", p.carrier_via);
  v.text_if("carrier_joint", p.carrier_joint);
  v.flag("hbm", p.hbm);
  v.flag("chip_first", p.chip_first);
  v.flag("wafer_to_wafer", p.wafer_to_wafer);
  v.required("bump_pitch", p.bump_pitch, "die to carrier (or die to die in a stack)");
  v.required("die_gap", p.die_gap, "least distance between neighbouring dies");
  v.required("carrier_price", p.carrier_price, "interposer, RDL or glass wafer; 0 where there is none");
  v.required("carrier_diameter", p.carrier_diameter, "of that wafer; not used where the row has a panel");
  v.required("carrier_defects", p.carrier_defects, "D0 of the carrier");
  v.required("carrier_clustering", p.carrier_clustering, "alpha of the carrier's yield");
  v.required("carrier_factor", p.carrier_factor,
             "carrier area / area of what stands on it; 0 without a carrier");
  v.required("carrier_limit", p.carrier_limit, "largest carrier; 0 without one");
  v.number_if("seam_defects", p.seam_defects, "of a carrier of several exposures, per length of its seams");
  v.number_if("panel_width", p.panel_width, "of the panel that carriers are cut from, instead of a wafer");
  v.number_if("panel_height", p.panel_height, "the other side of it");
  v.number_if("panel_margin", p.panel_margin, "its unusable rim");
  v.required("bridge_price", p.bridge_price,
             "an embedded bridge, built in; one a link and one an HBM stack; 0 without");
  v.required("substrate_price", p.substrate_price, "package substrate per area");
  v.number_if("substrate_layers", p.substrate_layers, "build-up layers that layer_price is paid for");
  v.number_if("layer_price", p.layer_price, "of one of these layers, per substrate area");
  v.number_if("lid_price", p.lid_price, "per substrate area");
  v.number_if("ball_price", p.ball_price, "of one ball of the package");
  v.number_if("ball_pitch", p.ball_pitch, "of the balls, which cover the package");
  v.required("substrate_factor", p.substrate_factor, "substrate area / area of what stands on it");
  v.required("substrate_limit", p.substrate_limit, "largest package");
  v.required("bond_yield", p.bond_yield, "of attaching one die");
  v.required("assembly_yield", p.assembly_yield, "of the carrier on the substrate, or of underfill and lid");
  v.number_if("connection_yield", p.connection_yield, "of one bump, where bond_yield does not count them");
  v.number_if("tsv_yield", p.tsv_yield, "of all TSVs of a die that carries others");
  v.number_if("rework_share", p.rework_share, "of failed bonds that are found and made again");
  v.number_if("rework_cost", p.rework_cost, "of doing so once");
  v.required("bond_cost", p.bond_cost, "materials and overhead of attaching one die; machines come on top");
  v.number_if("placer_price", p.placer_price, "of the machine that picks and places");
  v.number_if("bonder_price", p.bonder_price, "of the machine that bonds");
  v.number_if("machine_life", p.machine_life, "over which both are written off");
  v.number_if("machine_uptime", p.machine_uptime, "share of that time in which they work");
  v.number_if("operator_cost", p.operator_cost, "of each machine's technician");
  v.number_if("place_time", p.place_time, "of one placing");
  v.number_if("place_group", p.place_group, "dies that one placing takes");
  v.number_if("bond_time", p.bond_time, "of one bonding");
  v.number_if("bond_group", p.bond_group, "dies that are bonded at once");
  v.number_if("bump_price", p.bump_price, "of the bumps of a die, per die area");
  v.number_if("carrier_bump_price", p.carrier_bump_price, "of the bumps below the carrier, per carrier area");
  v.required("assembly_cost", p.assembly_cost, "a package: lid, balls, underfill, handling");
  v.required("nre_per_area", p.nre_per_area, "design and tooling per package area");
  v.required("nre_fixed", p.nre_fixed, "design and tooling");
  v.number_if("carrier_nre_per_area", p.carrier_nre_per_area,
              "design and masks of the carrier, per its area");
  v.number_if("carrier_nre_fixed", p.carrier_nre_fixed, "design and masks of the carrier");
  v.required("latency", p.latency, "assembly and test, start to finish");
  v.optional("capacity", p.capacity,
             "carrier wafers or panels, whole world; in a stack wafers of upper dies; else packages");
  v.required("carrier_emissions", p.carrier_emissions, "per carrier area");
  v.required("substrate_emissions", p.substrate_emissions, "per substrate area");
  v.number_if("bridge_emissions", p.bridge_emissions, "an embedded bridge; 0 without");
}

}  // namespace marquetry
