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

#include "system/cover.h"
#include "system/laminate.h"
#include "system/parameters.h"

namespace marquetry {

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
  Real on_host{};                  // 1 where its stacks stand on the host die, 0 beside it or on the board
  std::optional<PackagingParameters<Real>>
      stacking{};  // of the joint to the host, where they may stand on it

  Real beside() const { return 1.0 - on_host; }
  // Stands on the carrier, not on a die.
  Real on_carrier() const { return memory.on_package * beside(); }
  // On the host; a joint in place of the way through the carrier leaves its bumps alone.
  Area<Real> phy_area() const {
    const Area<Real> phy = beside() * memory.phy_area;
    if (!stacking) return phy;
    return phy + on_host * (memory.phy_bumps * (stacking->bump_pitch * stacking->bump_pitch));
  }
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

// stream: its items are operations; network: images; operators: items of another name.
enum class WorkloadKind { prefill, decode, serve, train, matrix_product, stream, network, operators };

// Ways in which the work is split. What the design leaves out is none here.
template <Number Real>
struct Ways {
  std::optional<Real> tensor{}, pipeline{}, data{}, expert{};
};

template <Number Real>
struct Workload {
  std::string id{};
  WorkloadKind kind{};
  WorkloadParameters<Real> model{};
  Real batch{}, context{};
  Real output{};                                    // tokens generated after the context (serve)
  std::array<bool, format_names.size()> may_use{};  // one format; several while the precision is open
  Data<Real> word{};
  Data<Real> weight{};                   // what one is kept in: narrower than a word where 2 of 4 are zero
  Data<Real> cache_word{};               // a word of the KV cache
  Real cache_share{1.0};                 // of the KV cache that is kept
  Real sparse{};                         // 1 where 2 of 4 weights are zero, else 0
  std::optional<Real> active_experts{};  // none: the model's
  std::optional<Real> packages{};        // that work together; none: the fewest that hold it
  Ways<Real> ways{};
  Real interleave{1.0};                    // parts of the model in turn on each stage of the pipeline
  std::optional<Real> microbatches{};      // of each replica's share of a batch; none: one a sequence
  Real recompute_all{}, recompute_some{};  // 1 where activations are computed again, all or the attention's
  std::array<Real, 6> misfits{};  // more than 0 where its keys do not go together (plan_workloads.cpp)
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
  CoverParameters<Real> cover{};
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
