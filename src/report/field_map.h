// A field over the footprint of a package, drawn: temperatures, voltage drops, currents. One panel a layer,
// all to one scale of colours.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace marquetry::report {

// Something that stands on the footprint: a die, a block. Lengths in m from its lower-left corner.
struct FieldOutline {
  std::string name{};
  double x{}, y{}, width{}, height{};
  std::string words{};  // below the name, where there is room
  bool is_beyond{};     // its limit is broken: marked
};

struct FieldPanel {
  std::string title{};
  std::size_t columns{}, rows{};
  std::vector<double> values{};  // row * columns + column; row 0 lies at the least y
  std::vector<FieldOutline> outlines{};
};

// A line across the bar of colours.
struct FieldLimit {
  double value{};
  std::string words{};
};

enum class Worst { highest, lowest };

struct FieldMap {
  std::string title{}, subtitle{};
  std::string unit{};       // "degC"
  std::string spot_name{};  // "hot spot": what the mark at the worst value is called; empty: no mark
  Worst worst{};
  double width{}, height{};  // m, of the footprint
  std::vector<FieldPanel> panels{};
  std::vector<FieldLimit> limits{};
};

// An SVG file. Colours are even steps for the eye; between the middles of cells they are interpolated.
std::string field_svg(const FieldMap& map);

}  // namespace marquetry::report
