// What a search has seen on its way: the plans that no other beats in wire and in temperature at once.
#pragma once

#include "floorplan/pack.h"
#include "pareto/archive.h"

namespace marquetry::placement {

class Harvest {
 public:
  void note(double wire, double peak, const floorplan::Plan& plan);
  void merge(const Harvest& other);

  struct Crop {
    double wire{}, peak{};
    floorplan::Plan plan{};
  };
  // By wire, shortest first.
  std::vector<Crop> crops() const;
  // So many of them, evenly along the front.
  std::vector<Crop> crops(std::size_t most) const;

 private:
  solver::Archive archive_{2};
  std::vector<floorplan::Plan> plans_{};
};

}  // namespace marquetry::placement
