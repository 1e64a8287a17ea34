// One pad: how far off it may be, and how likely that is given the error that all pads share.
#pragma once

#include <vector>

#include "bonding/process.h"

namespace marquetry::bonding {

// The greatest distance between the centres of a top and a bottom pad that still makes a good joint: enough
// contact, enough oxide to the neighbour. Negative where even a perfect joint is too close.
Length<> allowed_misalignment(const Alignment& alignment, const Pads& pads);

// ln of the expected number of lost signals of an array whose pads are all off by the distance r. A table:
// the distribution of r + normal error (Rice) costs an integral, the table a few multiplications. Lengths in
// micrometres.
class LossTable {
 public:
  LossTable(double allowed, double pad_error, const Pads& pads);

  double log_loss(double r) const;
  double allowed() const { return allowed_; }
  double pad_error() const { return sigma_; }
  // Nearer than this nothing is lost.
  static double begin(double allowed, double pad_error);

 private:
  double allowed_, sigma_, low_, step_;
  std::vector<double> log_loss_{};
};

}  // namespace marquetry::bonding
