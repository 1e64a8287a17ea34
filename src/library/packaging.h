// A way to put dies together: what carries them, what it costs, what it loses, what it lets through.
#pragma once

#include "library/row.h"

namespace marquetry {

struct Packaging : Row {
  static constexpr std::string_view category = "packagings", singular = "packaging";
  std::string family{};
  std::vector<std::string> suppliers{}, regions{};
  std::vector<std::string> links{};  // classes of die-to-die links that it can carry
  bool hbm{};                        // HBM can be attached
  bool chip_first{};                 // dies are placed before the carrier is built: a bad carrier loses them
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
  SourcedMoney bond_cost{}, assembly_cost{};
  Sourced<dimension::money + dimension::area * -1> nre_per_area{};
  SourcedMoney nre_fixed{};
  SourcedTime latency{};
  Sourced<dimension::carbon + dimension::area * -1> carrier_emissions{}, substrate_emissions{};
};

inline const std::vector<std::string> packaging_families{
    "organic",       "rdl-fan-out", "silicon-interposer", "rdl-interposer", "bridge",
    "local-silicon", "glass",       "3d-microbump",       "3d-hybrid-d2w",  "3d-hybrid-w2w"};
inline const std::vector<std::string> link_classes{"standard", "advanced", "3d", "external"};

template <class Visitor>
void describe(Packaging& p, Visitor& v) {
  describe_row(p, v);
  v.choice("family", p.family, packaging_families);
  v.texts("suppliers", p.suppliers);
  v.texts("regions", p.regions);
  v.texts("links", p.links);
  v.flag("hbm", p.hbm);
  v.flag("chip_first", p.chip_first);
  v.required("bump_pitch", p.bump_pitch, "die to carrier (or die to die in a stack)");
  v.required("die_gap", p.die_gap, "least distance between neighbouring dies");
  v.required("carrier_price", p.carrier_price, "interposer, RDL or glass wafer; 0 where there is none");
  v.required("carrier_diameter", p.carrier_diameter,
             "of that wafer (panels: the round one of equal price per area)");
  v.required("carrier_defects", p.carrier_defects, "D0 of the carrier");
  v.required("carrier_clustering", p.carrier_clustering, "alpha of the carrier's yield");
  v.required("carrier_factor", p.carrier_factor,
             "carrier area / area of what stands on it; 0 without a carrier");
  v.required("carrier_limit", p.carrier_limit, "largest carrier; 0 without one");
  v.required("bridge_price", p.bridge_price,
             "an embedded bridge, built in; one a link and one an HBM stack; 0 without");
  v.required("substrate_price", p.substrate_price, "package substrate per area");
  v.required("substrate_factor", p.substrate_factor, "substrate area / area of what stands on it");
  v.required("substrate_limit", p.substrate_limit, "largest package");
  v.required("bond_yield", p.bond_yield, "of attaching one die");
  v.required("assembly_yield", p.assembly_yield, "of the carrier on the substrate, or of underfill and lid");
  v.required("bond_cost", p.bond_cost, "of attaching one die");
  v.required("assembly_cost", p.assembly_cost, "a package: lid, balls, underfill, handling");
  v.required("nre_per_area", p.nre_per_area, "design and tooling per package area");
  v.required("nre_fixed", p.nre_fixed, "design and tooling");
  v.required("latency", p.latency, "assembly and test, start to finish");
  v.required("carrier_emissions", p.carrier_emissions, "per carrier area");
  v.required("substrate_emissions", p.substrate_emissions, "per substrate area");
}

}  // namespace marquetry
