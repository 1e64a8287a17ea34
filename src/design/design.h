// What is wanted: dies, memories, links, package and workloads, with the variables left open; what it must
// keep (profiles, constraints), what is to be better (objectives), and what it is measured against
// (reference).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "config/node.h"
#include "design/variable.h"
#include "library/library.h"

namespace marquetry {

struct ModuleUse {
  OpenName module{};
  OpenNumber count{.value = 1};
  std::optional<OpenNumber> active{};  // that compute and draw power; none: all
};

// A die type. Its area comes from its modules, or is given outright (area, or width and height).
struct DesignDie {
  std::string id{};
  OpenName node{};
  OpenNumber count{.value = 1};
  OpenNumber clock{};
  OpenNumber activity{.value = 1};  // share of the modules' full dynamic power
  OpenNumber aspect{.value = 1};    // width / height
  std::optional<OpenNumber> area{}, width{}, height{};
  std::optional<OpenNumber> utilisation{};  // overrides the node's
  OpenNumber reticle_share{.value = 1};     // of a mask set shared with other designs
  std::optional<OpenNumber> power{};        // dynamic power of one die, given outright
  std::optional<OpenNumber> voltage{};      // none: the node's nominal one
  std::optional<OpenNumber> power_cap{};    // of one die; its clock falls until it is kept
  std::vector<ModuleUse> modules{};
  std::string harvest{};  // one of the modules: a die is sold that has enough of them to be `active`
  std::size_t step{1};    // of attaching dies to the package; those of the first go on first
  std::string on{};       // the die that it is stacked on; empty: the package
  OpenName stacking{};    // the packaging that joins it to that die
  SourceSpot where{};
};

// Memory attached to a die type: `stacks` stacks or channels on each die of that type.
struct DesignMemory {
  std::string id{};
  OpenName memory{};
  OpenNumber stacks{.value = 1};
  std::string host{};
  std::optional<OpenNumber> pin_rate{};  // of one data pin; none: as the library has it
  std::optional<OpenNumber> activity{};  // share of the full bandwidth that it moves
  std::optional<OpenName> stacking{};    // the packaging that joins it to its host, on which it stands
  bool
      sold_separately{};  // bandwidth and capacity count, price, power and carbon do not (modules on a board)
  SourceSpot where{};
};

inline const std::string on_carrier = "none";  // a stacking of memory that stands beside its host

// A network between dies: `modules` PHY modules on each die of `from`, shared by its links.
struct DesignLink {
  std::string id{};
  std::string from{}, to{};  // die ids; `to` is "outside" for links to other packages
  OpenName link{};
  OpenNumber modules{.value = 1};
  OpenName topology{.value = "star"};
  std::optional<OpenNumber> activity{};  // share of the time in which its lanes carry bits
  SourceSpot where{};
};

bool takes_sparsity(std::string_view precision);  // 2:4

struct DesignWorkload {
  std::string id{};
  OpenName model{};
  std::string phase{};  // prefill, decode, serve, train: transformers; run: all others
  OpenName precision{.value = "fp16"};
  OpenName sparsity{.value = "dense"};        // or "2:4"
  std::optional<OpenName> cache_precision{};  // of the KV cache; none: as the rest
  OpenNumber cache_share{.value = 1};         // of the KV cache that is kept
  OpenNumber batch{.value = 1};               // sequences, images, products at once
  OpenNumber context{.value =
                         0};  // tokens that are kept (decode), read in (prefill, serve) or learned (train)
  OpenNumber output{.value = 0};                                     // tokens generated after them (serve)
  std::optional<OpenNumber> active_experts{};                        // none: the model's
  std::optional<OpenNumber> packages{};                              // none: the fewest that hold it
  std::optional<OpenNumber> tensor{}, pipeline{}, data{}, expert{};  // ways; none: the best
  std::optional<OpenNumber> microbatches{};                          // none: one a sequence
  OpenNumber interleave{.value = 1};                                 // of the pipeline
  OpenName recompute{.value = "none"};                               // or "selective", "full"
  SourceSpot where{};
};

// Coverages of tests, in place of the test flow's own.
struct DesignTesting {
  std::optional<OpenNumber> sort{}, carrier{}, stack{}, step{}, partial{}, final{};

  template <class F, class... S>
  static void each_stage(F&& f, S&... s) {
    f("sort", s.sort...), f("carrier", s.carrier...), f("stack", s.stack...), f("step", s.step...),
        f("partial", s.partial...), f("final", s.final...);
  }
};

struct Constraint {
  std::string path{};
  bool is_least{};  // `min`: the figure must not be below
  double limit{};   // coherent SI
  std::string text{};
  SourceSpot where{};
};

struct Objective {
  std::string path{};
  bool maximize{};
  SourceSpot where{};
};

// Kept for partitioning; nothing evaluates them yet.
struct Block {
  std::string id{};
  OpenName module{};
  OpenNumber count{.value = 1};
};
struct Net {
  std::string id{};
  std::vector<std::string> blocks{};
  double bandwidth{};
};

// A product of the family that the design describes: what it sets, how many of it are made. Its package is
// its own, or that of another product: then as large as the largest of those that share it.
struct FamilyMember {
  std::string id{}, package{};
  double volume{};
  std::vector<std::string> set{};  // VAR=VALUE
  SourceSpot where{};
};

struct Design {
  std::string name{}, title{}, file{}, hash{};
  std::vector<Variable> variables{};
  std::vector<DesignDie> dies{};
  std::vector<DesignMemory> memories{};
  std::vector<DesignLink> links{};
  OpenName packaging{}, cooling{}, test{};
  OpenName section{}, tim{}, lid{};  // of the package, where they are not the packaging's own
  std::optional<OpenNumber> lid_thickness{};
  DesignTesting testing{};
  OpenName efficiency{.value = "generic"}, assumptions{.value = "default"};
  OpenName use_region{.value = "world"};
  OpenNumber volume{.value = 1};
  std::optional<OpenNumber> power_cap{};  // of the package
  std::vector<double> volumes{};          // by year, where the design says when they are made
  std::vector<DesignWorkload> workloads{};
  std::vector<Constraint> constraints{};
  std::vector<Objective> objectives{};
  std::vector<Profile> profiles{};  // named ones are copied from the library, an inline one is added
  std::string reference{};          // a product's id, or empty
  std::string yield_model{};        // overrides the preset's; empty: as the preset has it
  std::vector<Block> blocks{};
  std::vector<Net> nets{};
  std::vector<FamilyMember> family{};
  std::optional<Node> layout{};  // [layout]: rules for the placer, which reads them once it knows the dies
  SourceSpot where{};
};

// Reads one design. Names of library rows, in fields and in domains, are checked against the library;
// variables against the fields that use them. Nothing if there is an error; all errors are in the
// diagnostics.
std::optional<Design> load_design(const std::filesystem::path& file, const Library& library,
                                  Diagnostics& diagnostics);
// The same for a file that is parsed already.
std::optional<Design> load_design(const Node& root, const Library& library, Diagnostics& diagnostics);

// The name that a field has under a choice.
const std::string& chosen(const Design& design, const Choice& choice, const OpenName& field);
double chosen(const Design& design, const Choice& choice, const OpenNumber& field);

// Fixes variables: each "VAR=VALUE" leaves that variable one value of its domain (or a value of the same kind
// outside it). Complaints have no place but the command line.
bool set_variables(Design& design, const std::vector<std::string>& assignments, const Library& library,
                   Diagnostics& diagnostics);

}  // namespace marquetry
