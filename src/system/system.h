// A composed candidate: every name resolved, every choice made (or, over intervals, bounded). A tree of
// assemblies: the package is the root, each die stands on it or on another die, each memory belongs to its
// host.
//
// Valid by construction (compose() is the only way to one), so the models never check it again. Counts are
// numbers of the models' type: how many dies there are may still be open where bounds are taken.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "system/laminate.h"
#include "system/parameters.h"

namespace marquetry {

enum class Format { fp64, fp32, fp16, int8 };
inline constexpr std::array<std::string_view, 4> format_names{"fp64", "fp32", "fp16", "int8"};
inline constexpr std::array<double, 4> format_bits{64, 32, 16, 8};

template <Number Real>
struct ModuleInstance {
  ModuleParameters<Real> module{};
  Real count{};
  Real active{};      // of them; the others only take area
  std::size_t row{};  // which module of the library it is, from 1; 0: still open
};

// A die type. `parent` is the die type that it is stacked on; none: the package.
template <Number Real>
struct Die {
  std::string id{};
  NodeParameters<Real> node{};
  std::size_t node_row{};  // which node of the library it is, from 1; 0: still open
  bool own_utilisation{};  // the design gives it, whatever the node
  Real count{};
  Rate<Real> clock{};
  Real activity{}, aspect{};
  Real reticle_share{1.0};  // of a mask set that other designs fill up
  std::vector<ModuleInstance<Real>> modules{};
  std::optional<std::size_t> harvested{};  // of the modules: a die with enough good ones to be active is sold
  std::optional<Area<Real>> given_area{};
  std::optional<Length<Real>> given_width{}, given_height{};
  std::optional<Power<Real>> given_power{};
  std::optional<CurveParameters<Real>> curve{};  // where it has a voltage of its own, or power is capped
  std::optional<Voltage<Real>> voltage{};        // none: the node's nominal one
  std::optional<Power<Real>> power_cap{};        // of one die
  std::optional<std::size_t> parent{};
  std::size_t step{1};  // of attaching dies to the package, from 1; memories go on in the last one
  PackagingParameters<Real> stacking{};  // of the joint to the parent; unused on the package
  Real mended{1.0};                      // by which spare lanes of its links raise the yield of its bond
};

// Memory attached to a die type: `stacks` on each of its dies.
template <Number Real>
struct AttachedMemory {
  std::string id{};
  MemoryParameters<Real> memory{};
  Real stacks{};
  std::size_t host{};
  bool sold_separately{};
  Real unattachable{};             // 1 where the packaging cannot take this memory, else 0
  std::optional<Real> activity{};  // share of the full bandwidth that it moves; none: all of it
};

// A network between dies of one type, from one type to another, or to the outside.
template <Number Real>
struct Network {
  std::string id{};
  std::size_t from{};
  std::optional<std::size_t> to{};  // none: outside the package
  LinkParameters<Real> link{};
  Real modules{};  // PHY modules on each die of `from`
  GraphParameters<Real> graph{};
  Real unbuildable{};              // 1 where the packaging cannot carry this class of link, else 0
  Real unjoinable{};               // 1 where the topology cannot have so many dies, else 0
  std::optional<Real> activity{};  // share of the time in which its lanes carry bits; none: always
};

enum class WorkloadKind { prefill, decode, matrix_product, stream, network };

template <Number Real>
struct Workload {
  std::string id{};
  WorkloadKind kind{};
  WorkloadParameters<Real> model{};
  Real batch{}, context{};
  std::array<bool, format_names.size()> may_use{};  // one format; several while the precision is open
  Data<Real> word{};
};

// Coverages that the design asks for in place of the test flow's own.
template <Number Real>
struct Coverages {
  std::optional<Real> sort{}, carrier{}, stack{}, step{}, partial{}, final{};
};

template <Number Real>
struct System {
  std::vector<Die<Real>> dies{};
  std::vector<AttachedMemory<Real>> memories{};
  std::vector<Network<Real>> networks{};
  std::vector<Workload<Real>> workloads{};
  PackagingParameters<Real> packaging{};
  OpenLaminate<Real> laminate{};
  CoolingParameters<Real> cooling{};
  TestParameters<Real> test{};
  Coverages<Real> coverages{};
  EfficiencyParameters<Real> efficiency{};
  AssumptionParameters<Real> assumptions{};
  CarbonPerEnergy<Real> use_grid{}, assembly_grid{};
  Real volume{};
  std::optional<Power<Real>> power_cap{};  // of the package
  std::optional<Real> bridges{};  // that a layout has; none: one a link and one a memory on the package
  Area<Real> least_footprint{};   // of a package that a larger product of the family shares; else 0
};

// Whether a network joins a die to the one that it stands on.
template <Number Real>
bool in_stack(const System<Real>& system, const Network<Real>& network) {
  return network.to &&
         (system.dies[network.from].parent == network.to || system.dies[*network.to].parent == network.from);
}

}  // namespace marquetry
