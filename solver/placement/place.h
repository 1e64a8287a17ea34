// From what has to be placed to a legal layout, with a bound where there is one.
#pragma once

#include <atomic>
#include <functional>

#include "layout/layout.h"
#include "layout/legality.h"

namespace marquetry::placement {

// What the wires are measured by while placing.
enum class Metric : std::uint8_t {
  automatic,  // phys where links have them, transport where dies have clumps, else half_perimeter
  half_perimeter,
  transport,  // layout::clump_transport
  centre,     // layout::centre_to_centre
  phys,       // module to module along the beachfront
};

// Weights of what is minimised together; what has weight 0 is only reported.
struct Weights {
  double wire{1};        // per mm
  double area{};         // per mm2 of the carrier
  double cost{};         // per USD of what Options::cost says
  double temperature{};  // per K of the peak above ambient
};

struct Options {
  Metric metric{};
  Weights weights{};
  double seconds{5};
  std::uint64_t steps{};  // 0: as many as fit; else the same bytes again, for any number of threads
  std::uint64_t seed{1};
  int threads{1};
  bool exact{};  // prove it, as far as the time goes
  bool front{};  // of wire against temperature
  std::function<double(geometry::Size)>
      cost{};  // USD of carrier and package, by the carrier's size; may be empty
  const std::atomic<bool>* stop{};
  std::atomic<std::uint64_t>* done{};
};

struct Figures {
  double hpwl{};                      // mm, all nets and links
  std::optional<double> transport{};  // mm, both directions
  std::optional<double> centre{};     // mm
  std::optional<double> phys{};       // mm, wires times length
  geometry::Size box{};
  double dead_space{};  // share of the box
  // degC: of the hottest cell of the grid solver where the problem has a section, else of the plate, which is
  // an estimate.
  std::optional<double> peak{};
  std::optional<double> peak_bound{};     // K, proved: no cell of the grid is further off
  std::optional<double> peak_estimate{};  // degC, as the search saw it, before it was told
  std::vector<double> dies{};             // degC, the hottest cell of each, from the grid
};

struct Point {  // of the front
  layout::Layout layout{};
  Figures figures{};
};

struct Result {
  std::optional<layout::Layout> best{};  // legal; else the least illegal found stands in `nearest`
  layout::Layout nearest{};
  std::vector<layout::Violation> violations{};  // of `nearest`, where there is no `best`
  Figures figures{};
  std::string minimised{};  // the name of the metric or sum that bound and gap speak of
  double objective{},
      bound{};  // bound <= the objective of every legal layout; 0 where nothing better is known
  bool proved{};
  std::vector<Point> front{};
  std::uint64_t steps{};
  double seconds{};
};

// From module to module of a link, Manhattan, between the middles of their outer edges.
struct ModuleWire {
  std::size_t link{}, module{};
  double length{};  // nm
};
std::vector<ModuleWire> module_wires(const layout::Problem& problem, const layout::Layout& layout);

Result place(const layout::Problem& problem, const Options& options);
// Without the grid's temperatures.
Figures figures(const layout::Problem& problem, const layout::Layout& layout);
// The same with them, where the problem has a section and a die a power.
Figures heated(const layout::Problem& problem, const layout::Layout& layout, Figures figures,
               const std::atomic<bool>* stop = nullptr);

}  // namespace marquetry::placement
