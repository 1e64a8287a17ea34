// A system as ECO-CHIP describes it (Sudarshan et al., HPCA 2024, arXiv 2306.09434): typed blocks whose areas
// are those at 7 nm, each on a die of some node, side by side on a carrier or stacked.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "footprint/nodes.h"

namespace marquetry::footprint {

enum class PackageType { rdl, emib, passive, active, stacked };
inline constexpr std::array<std::string_view, 5> package_type_names{"RDL", "EMIB", "passive", "active", "3D"};

struct Block {
  std::string name{};
  BlockType type{};
  Area<> area{};  // at 7 nm, whatever its node
  const NodeConstants* node{};
  std::string die{};  // on which it is: its own, unless others are on it too
  double aspect{1};   // of that die: long / short side
  SourceSpot where{};
};

struct Design {
  Power<> power{};  // of the whole system at 7 nm, busy
  double iterations{}, volume{}, transistors_per_gate{};
  Power<> computer_power{};  // of one computer that designs
  CarbonPerEnergy<> grid{};
};

struct Use {
  Time<> lifetime{};
  double activity{0.2};  // of the transistors that switch: share of dynamic power
  double on{0.667};      // share of the time
  double average{0.1};   // average / stated power while on
};

struct Packaging {
  const NodeConstants* interposer_node{};
  double rdl_layers{}, emib_layers{}, beol_layers{};  // the last: of a whole wiring stack
  Length<> tsv_pitch{}, tsv_size{};
  Length<> emib_pitch{};    // edge for which one bridge is needed
  double bond_yield{0.99};  // of attaching one die. Stow et al., ICCAD 2017, as ECO-CHIP cites it
};

// Of all wafers; as the library's assumptions.
struct Wafers {
  Length<> diameter{300 * unit::mm}, edge_exclusion{3 * unit::mm}, scribe{0.13 * unit::mm};
  Length<> reticle_width{26 * unit::mm}, reticle_height{33 * unit::mm};
};

struct Footprint {
  std::string name{};
  PackageType package{};
  std::vector<Block> blocks{};
  Design design{};
  Use use{};
  Packaging packaging{};
  Wafers wafers{};
};

}  // namespace marquetry::footprint
