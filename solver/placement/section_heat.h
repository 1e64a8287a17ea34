// The peak temperature of a plan by the response of its section, with what exact solves have taught it.
#pragma once

#include "geometry/geometry.h"
#include "layout/problem.h"
#include "thermal/heated_dies.h"

namespace marquetry::placement {

class SectionHeat {
 public:
  // On a carrier of about that size. The problem must have a section.
  SectionHeat(const layout::Problem& problem, geometry::Size carrier);

  // Kelvins above the ambient, of the hottest die. rects: by die of the problem.
  double peak(const std::vector<geometry::Rect>& rects);

  // What the grid says of the same dies there, degC: the estimate of each die is off by the mean of what all
  // lessons so far have shown. Layouts larger than the search expected teach nothing.
  void learn(const std::vector<geometry::Rect>& rects, const std::vector<double>& dies);
  std::size_t lessons() const { return lessons_; }

 private:
  bool stand(const std::vector<geometry::Rect>& rects);

  std::vector<std::size_t> dies_{};    // that make heat
  std::vector<std::size_t> floors_{};  // of those
  std::optional<thermal::HeatedDies> heated_{};
  bool is_open_{};  // the carrier follows the dies: they stand in the middle of the footprint
  geometry::Point to_footprint_{};
  double width_{}, height_{}, ambient_{};
  std::vector<double> missing_{};  // K by die that makes heat: sum of all lessons
  std::size_t lessons_{};
};

}  // namespace marquetry::placement
