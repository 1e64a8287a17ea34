// Carbon of pieces of silicon: dies, carriers, bridges. Everything here in mm, mm2 and g, as the figures
// stand in ECO-CHIP's files, so that its floors and ceilings fall where they fall there.
#pragma once

#include "footprint/footprint.h"
#include "presets/presets.h"

namespace marquetry::footprint {

struct Piece {
  double area{};
  double aspect{1};
  double emissions{};  // g/mm2
  double yield{1};
};

// (1 + D A / 10)^-10, D a cm2, A in mm2: the negative binomial with the program's alpha.
double piece_yield(double defects, double area);

// Of one evaluation.
class Silicon {
 public:
  Silicon(const Wafers& wafers, const Quirks& quirks);

  double defects(const NodeConstants& node) const;  // a cm2
  // Of carriers, which have wires only: "4 times lower", ECO-CHIP, section III.
  double carrier_defects(const NodeConstants& node) const;

  double per_wafer(const Piece& piece) const;
  double waste(const Piece& piece) const;    // of one piece, g
  double die(const Piece& piece) const;      // of a good one, g
  double carrier(const Piece& piece) const;  // of a good one, g
  bool beyond_reticle(const Piece& piece) const;

 private:
  double wafer_area_{}, diameter_{}, usable_radius_{}, scribe_{}, reticle_width_{}, reticle_height_{};
  Quirks quirks_;
  // Placing dies takes most of the time of an evaluation, and the same piece is asked for several times.
  struct Count {
    double area{}, aspect{}, count{};
  };
  mutable std::vector<Count> counts_{};
};

}  // namespace marquetry::footprint
