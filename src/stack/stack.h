// A tree of chips by process: every chip has its layers, its wafer, and the assembly and test of what stands
// on it. The root is the interposer or the only die.
//
// Numbers are plain, in the units that the trade writes them in: mm, mm2, s, USD, W, V, Gbit/s, pJ/bit. Pads
// and dies are counted by rounding, so that a figure must reach the evaluator to the last bit as its file has
// it; a way through SI would move it.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "number/numbers.h"

namespace marquetry::stack {

inline constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

// A type of link: one instance of its circuit on each of two chips.
template <Number Real = double>
struct Link {
  std::string name{};
  Real transmitter_area{}, receiver_area{};  // mm2; of a bidirectional one: at its first and second end
  Real shoreline{};                          // mm
  Real bandwidth{};                          // Gbit/s of one instance, both directions together
  double wires{};
  bool bidirectional{};
  Real energy{};           // of a bit, as it is written: in J
  bool energy_in_joule{};  // or in pJ; a peer drops the unit
  double reach{};          // mm
  SourceSpot where{};
};

// A layer of a die, or all layers of one process in one.
template <Number Real = double>
struct Layer {
  std::string name{};
  bool active{};            // has transistors
  Real price{};             // USD/mm2 of wafer
  Real density{};           // million transistors per mm2
  Real defects{};           // /mm2
  Real critical_share{};    // of the area, in which a defect kills
  Real clustering{2.0};     // alpha
  Real litho_share{};       // of the price
  Real masks{};             // USD
  Real stitch_yield{1.0};   // of one seam between two fields
  double routing_layers{};  // for the dies above
  Real routing_pitch{};     // mm
  SourceSpot where{};
};

template <Number Real = double>
struct ByKind {
  Real memory{}, logic{}, analog{};
};

template <Number Real = double>
struct Wafer {
  std::string name{};
  Real diameter{}, edge_exclusion{}, scribe{};  // mm
  Real reticle_width{}, reticle_height{};       // mm
  Real process_yield{1.0};
  bool grid{true};                       // dies stand in columns; otherwise rows are shifted freely
  ByKind<Real> front_end{}, back_end{};  // USD/mm2 of design
  SourceSpot where{};
};

template <Number Real = double>
struct Machine {
  Real price{}, life{1.0}, uptime{1.0}, operators{};  // USD, years, share, USD/year
  Real time{};                                        // s for a group
  double group{1};                                    // dies at once
};

template <Number Real = double>
struct Assembly {
  std::string name{};
  Real materials{};            // USD/mm2 of stacked area
  std::optional<Real> rate{};  // USD/s of both machines; none: from price and life
  Machine<Real> place{}, bond{};
  Real die_separation{}, edge_exclusion{};                     // mm
  Real bond_pitch{}, tsv_pitch{};                              // mm
  Real tsv_area{};                                             // mm2 that a TSV keeps free of circuits
  Real current_density{};                                      // A/mm2 of pad
  Real alignment_yield{1.0}, bond_yield{1.0}, tsv_yield{1.0};  // of a die, a bond, a TSV
  Real dielectric_defects{};                                   // /mm2
  SourceSpot where{};
};

// One test: of the bare die, or of a chip with all that stands on it.
template <Number Real = double>
struct TestStage {
  bool is_done{};
  std::optional<Real> patterns{}, scan_length{};  // per mm2; none: derived from gates and flops
  Real coverage{};
  double reuse{1}, chains{}, ios_per_chain{}, io_offset{};
  std::string failures{"normal"};  // distribution; kept, without effect
};

template <Number Real = double>
struct Test {
  std::string name{};
  Real cycle{};  // s
  double samples{1};
  Real rate{};  // USD/s
  TestStage<Real> die{}, assembly{};
  SourceSpot where{};
};

// `from` and `to` are names of chips; any other name lies outside of the package.
template <Number Real = double>
struct Net {
  std::string link{}, from{}, to{};
  Real bandwidth{};               // Gbit/s
  std::optional<double> count{};  // instances; none: as many as the bandwidth takes
  Real utilization{1.0};
  SourceSpot where{};
  std::size_t link_index{}, from_index{nowhere}, to_index{nowhere};
};

enum class Facing { up, down };  // towards the parent lies the silicon, or the metal
enum class Side { face, back };  // of the parent, on which the chip stands

template <Number Real = double>
struct Chip {
  std::string name{};
  std::string design{};    // chips of one design share its NRE; empty: a design of its own
  Real core_area{};        // mm2
  Real aspect_ratio{1.0};  // width over height
  Facing facing{};
  Side side{};
  bool buried{};  // takes no room on its parent: a bridge
  std::optional<Real> given_area{}, given_cost{}, given_quality{}, given_power{};  // instead of computing
  ByKind<Real> share{};                                                            // of the core
  Real gates_per_flop{1.0}, reticle_share{1.0};
  double quantity{1};  // of this design, over all products
  Real voltage{}, power{};
  std::string wafer{}, assembly{}, test{};
  std::vector<std::string> layers{};
  SourceSpot where{};
  std::size_t parent{nowhere}, end{};  // its stack is [itself, end)
  std::size_t wafer_index{}, assembly_index{}, test_index{}, stackup{};
  bool reaches_out{};  // is named in a net, and there is a block that does not stand on it
};

// Equal layers that follow each other.
struct LayerRun {
  std::size_t layer{};
  double count{};
};

template <Number Real = double>
struct Stack {
  std::string name{}, title{}, file{};
  Real escape_cost{};  // USD for a faulty unit that is shipped
  std::vector<Link<Real>> links{};
  std::vector<Layer<Real>> layers{};
  std::vector<Wafer<Real>> wafers{};
  std::vector<Assembly<Real>> assemblies{};
  std::vector<Test<Real>> tests{};
  std::vector<Net<Real>> nets{};
  std::vector<Chip<Real>> chips{};  // the root first, each before those that stand on it
  SourceSpot where{};
  // Made by `resolve`:
  std::vector<std::vector<LayerRun>> stackups{};  // the distinct ones
  std::vector<double> reaches{};                  // of the links in use, ascending
  std::vector<std::size_t> reach_of_link{};       // its place among them
  std::vector<double> copies{};                   // for each chip: how many there are of its design
};

// Turns the names into indices, everywhere. Complains about names that there are not.
template <Number Real>
void resolve(Stack<Real>& stack, Diagnostics& diagnostics);

// Whether a peer's number for an energy per bit, whose unit its files leave open, is one in J/bit: no link
// spends less than 1e-6 pJ, or as much as 1e-6 J, for a bit.
constexpr bool is_in_joule(double energy) { return energy < 1e-6; }

// Gives chips that are alike in all but their name and place one design.
void name_designs(Stack<double>& stack);

}  // namespace marquetry::stack
