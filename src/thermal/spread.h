// Temperatures of dies that share a plate, in closed form: what a placer may ask for a hundred thousand times
// a second, and the stand-in for the grid solver. An estimate: one plate, every die evenly hot, nothing
// through the carrier from die to die; on published 2.5D stacks within 4 % of the rise of each die
// (tests/thermal).
//
// The plate is a fin, k t (T_xx + T_yy) = h (T - ambient) - heat per area, with no heat through its rim. Its
// answer to a point far from the rim is K0(r / lambda) / (2 pi k t), lambda = sqrt(k t / h) (Carslaw &
// Jaeger, Conduction of Heat in Solids, 1959, section 14.4); here that and its images in all four edges are
// summed exactly: cosines across, and for each of them the closed form along.
#pragma once

#include <span>
#include <vector>

#include "layout/problem.h"

namespace marquetry::thermal {

using layout::Plate;

// A die, or what else makes heat below the plate. Rectangles in the coordinates of the carrier.
struct Source {
  geometry::Rect rect{};
  double power{};    // W
  double contact{};  // K m2/W from where the heat is made to the plate
};

struct Spread {
  std::vector<double> sources{};  // mean of each, in the unit and from the zero of `ambient`
  double peak{};                  // the hottest of them; of the plate without any
  double mean{};                  // of the plate: ambient + all power x the resistance of the cooling
};

// The coolant sees as much conductance as before where the carrier is larger than the plate, which then
// grows.
Spread spread(const Plate& plate, const geometry::Rect& carrier, double ambient,
              std::span<const Source> sources);

// From the foot of a source through the plate's thickness, beyond what the fin has: K m2/W.
double through_plate(const Plate& plate, const geometry::Rect& source);

// What a search keeps of one source: terms of a series for where it stands. Made anew when it moves.
class Footing {
 public:
  double left{}, right{}, bottom{}, top{};  // on the plate, m
  double own{};                             // mean rise of the plate under it for its own 1 W, K

 private:
  friend class Spreader;
  // By direction of the closed form, two factors of each term: for a source on this one's far side, and on
  // its near side.
  std::vector<double> near_x_{}, far_x_{}, near_y_{}, far_y_{};
};

// The plate made ready. Holds for any sources whose sides are no shorter than `finest` (shorter ones lose
// accuracy, not sense).
class Spreader {
 public:
  Spreader(const Plate& plate, const geometry::Rect& carrier, geometry::Nanometre finest);

  void put(Footing& footing, const geometry::Rect& rect) const;
  Footing footing(const geometry::Rect& rect) const {
    Footing f;
    put(f, rect);
    return f;
  }
  // Mean rise of the plate under one for 1 W in the other, K; the same both ways. Of one to itself: `own`,
  // slowly.
  double response(const Footing& a, const Footing& b) const;
  // Of the whole plate for 1 W anywhere.
  double mean_response() const { return mean_; }

 private:
  // One direction of the closed form, `length` long, with a term for each cosine across.
  struct Terms {
    double length{}, across{};
    std::vector<double> gamma{}, growth{}, sinh{}, scale{};  // exp and sinh of gamma length; weight
  };
  static Terms terms(double length, double across, double conductance, double lambda, std::size_t count);
  static double put(const Terms& terms, double low, double high, double low_across, double high_across,
                    std::vector<double>& near, std::vector<double>& far);
  double overlapping(const Footing& a, const Footing& b) const;

  Terms x_{}, y_{};
  geometry::Point origin_{};  // of the carrier's coordinates
  double left_{}, bottom_{};  // of the carrier on the plate, m
  double mean_{};
};

}  // namespace marquetry::thermal
