// Area, yield and money of a tree of chips, from the layers up: what each chip carries, how large that makes
// it, how many a wafer gives, what tests let pass, and what assembly destroys.
//
// Written once for double and Dual. Dies, pads and exposures are counted, so that they have a value and no
// slope; where a count or a branch is taken, the representative of a number decides.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "presets/presets.h"
#include "stack/stack.h"
#include "wafer/workspace.h"

namespace marquetry::stack {

template <Number Real = double>
struct LayerFigures {
  Real yield{};
  Real price{};             // USD/mm2 of die, the rim of the wafer included
  Real exposed_share{1.0};  // of the fields; 1 where lithography costs nothing
  Real cost{};              // USD
};

// Lengths in mm, areas in mm2, money in USD, power in W. The quality of a part is the share of good ones
// among those that passed its test.
template <Number Real = double>
struct ChipFigures {
  Real area{}, width{}, height{};
  Real io_area{}, tsv_area{}, pad_area{}, stacked_area{}, defect_area{};
  double signal_pads{}, power_pads{}, test_pads{}, tsvs{};
  double pads_to_parent{};  // with those of the chips on the side of the parent
  Real io_power{}, stack_power{}, total_power{};
  double dies_per_wafer{};
  double fields{1}, seams{};  // of the scanner, that make one die
  Real exposures{1.0};        // of a wafer, as a share of those of its whole disc
  Real die_cost{}, die_test_cost{}, die_yield{}, die_pass{}, die_quality{}, known_good_die{};
  double bonds{};
  Real assembly_time{}, place_rate{}, bond_rate{}, assembly_cost{}, assembly_yield{};
  Real parts_quality{1.0};  // of all that is stacked on it together
  Real true_yield{}, pass{}, quality{}, test_cost{}, cost{};
  Real design_nre{}, mask_nre{}, nre{};  // the last: a unit's share, with that of what stands on it
  Real perfect_cost{}, scrap{};
};

// What a system cannot be built for, or should be looked at for.
struct Finding {
  enum class Kind { too_long, none_on_wafer, no_routing, short_reach };
  Kind kind{};
  std::size_t chip{};
  double value{}, limit{};
  bool forbids{true};  // else it is only to be known
};

template <Number Real = double>
struct Figures {
  std::vector<ChipFigures<Real>> chips{};
  std::vector<Finding> findings{};
  Real recurring{}, nre{}, unit{};  // USD for a shipped unit
  Real per_good{};                  // USD for a good one
  Real nre_total{};                 // USD, before it is shared out
};

// What evaluation needs beside its arguments. The caller owns it, one for each thread; nothing is allocated
// once it has seen a stack of the size.
template <Number Real = double>
struct Workspace {
  Figures<Real> figures{};
  wafer::Workspace wafers{};
  std::vector<double> signals{};  // of each chip, by reach
};

// The stack must be resolved, and corrected (misprints.h) where its numbers come from a peer.
template <Number Real>
const Figures<Real>& evaluate(const Stack<Real>& stack, const Quirks& quirks, Workspace<Real>& workspace);

// One run of layers of a chip, for reports.
template <Number Real>
LayerFigures<Real> layer_figures(const Stack<Real>& stack, std::size_t chip, std::size_t layer,
                                 const Figures<Real>& figures);

}  // namespace marquetry::stack
