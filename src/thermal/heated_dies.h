// The temperatures of dies that a search moves: sums of responses, kept by pair, so that a moved die costs
// what it has to do with each other one. Moved one by one or set anew, the figures are the same bits.
#pragma once

#include <memory>

#include "thermal/response.h"

namespace marquetry::thermal {

class HeatedDies {
 public:
  // powers: W by die.
  HeatedDies(std::shared_ptr<const Response> response, std::vector<double> powers);

  void move(std::size_t die, const Foot& foot);

  // K above the ambient, by the profile of each die: a parabola along and across it. The hottest die is as
  // hot as that.
  struct Figures {
    double peak{}, mean{};
  };
  // As the dies stand now.
  const std::vector<Figures>& figures();
  double hottest();
  // Of a die beside a hotter one the rim is hottest: the cells of a grid that its rim lies in, `cells` along
  // each side of the footprint.
  double peak_with_rim(std::size_t die, std::size_t cells);

  std::size_t size() const { return power_.size(); }

 private:
  static constexpr std::size_t points = 9;  // three by three, column by column
  using Samples = std::array<double, points>;
  struct Lines {  // through those places
    std::array<Response::Line, 3> x{}, y{};
  };
  Samples beyond_at(const Lines& lines) const;
  void look(std::size_t target, std::size_t source);
  void sum_up();

  std::shared_ptr<const Response> response_;
  std::vector<double> power_{};
  std::vector<Foot> foot_{};
  std::vector<std::size_t> table_{};
  std::vector<Response::Modes> shape_{};  // times the power
  std::vector<Lines> lines_{};
  std::vector<double> pair_{};  // [(target * points + point) * dies + source], times the power
  std::vector<Figures> figures_{};
  Response::Modes beyond_{};
  bool is_summed_{};
};

}  // namespace marquetry::thermal
