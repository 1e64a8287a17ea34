// The coloured plane of a field and the lines of equal value on it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "report/field_map.h"
#include "report/svg.h"

namespace marquetry::report {

// Values from low to high, and the ticks between them.
struct FieldScale {
  double low{}, high{}, step{};
  std::vector<double> ticks{};

  double share(double value) const { return high > low ? (value - low) / (high - low) : 0.5; }
};

// Over all panels; at least `narrowest` wide.
FieldScale field_scale(const FieldMap& map, double narrowest);

// "0.25": with the digits that the steps of the ticks need.
std::string tick_text(const FieldScale& scale, double value);

// "#d94e5c", from dark (0) to light (1).
std::string field_colour(double share);

// The address of a picture of the panel, about `pixels` long on its longer side.
std::string field_picture(const FieldPanel& panel, const FieldScale& scale, std::size_t pixels);

// SVG paths of the lines at each tick, for a panel that is drawn from `corner` (above left) in this size.
std::vector<std::string> field_lines(const FieldPanel& panel, const FieldScale& scale, Pixel corner,
                                     double width, double height);

}  // namespace marquetry::report
