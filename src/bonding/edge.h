// How far the middle of an array may be off before signals are lost: for one turn and stretch of it, in every
// direction. In micrometres.
#pragma once

#include <array>
#include <complex>

#include "bonding/overlay.h"

namespace marquetry::bonding {

// The chance that all signals hold, exp(-L(rho)), falls from 1 to 0 at a distance rho that is nearly sharp:
// ln L is nearly straight there. It is given as a sum of normal steps.
struct Step {
  double share{}, mean{}, deviation{};
};
using Edge = std::array<Step, 3>;

class EdgeTable {
 public:
  // shape: M + iR. worst_only: one normal error on the worst corner in place of one on each pad.
  EdgeTable(const LossTable& losses, const Corners& corners, std::complex<double> shape, bool worst_only);

  // angle: of the direction in which the middle is off.
  Edge at(double angle) const;
  // An error this small loses nothing, one this large everything, in every direction (to 1e-9).
  double safe() const { return safe_; }
  double hopeless() const { return hopeless_; }

 private:
  struct Limit {
    double distance{},
        scale{};  // where L = 1, and how far it takes to grow e times; or the error's deviation
  };
  Limit limit(double angle) const;
  double log_loss(std::complex<double> off) const;

  const LossTable* losses_;
  double half_width_, half_height_, turn_;
  double safe_{}, hopeless_{};
  bool worst_only_;
  static constexpr std::size_t directions = 9;  // from 0 to a quarter turn; the rest is mirrored
  std::array<Limit, directions> limits_{};
};

}  // namespace marquetry::bonding
