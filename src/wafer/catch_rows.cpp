#include "wafer/catch_rows.h"

#include <algorithm>
#include <cmath>

namespace marquetry::wafer {
namespace {

struct Grid {
  double pitch_x, pitch_y, scribe, radius;

  double chord(double height) const { return 2 * std::sqrt(radius * radius - height * height); }
  bool inside(double x, double y) const { return x * x + y * y <= radius * radius; }
};

// Dies where `rows` rows are centred on the diameter and filled from the left end of their common chord.
double centred_rows(const Grid& grid, double rows) {
  double height = rows * grid.pitch_y / 2 - grid.scribe / 2;  // of the outermost corners
  const double chord = grid.chord(height);
  const double across = std::floor((chord + grid.scribe) / grid.pitch_x);
  double dies = across * rows;
  // One more at the right end of a row, where its own chord is longer.
  const double right = (across + 1) * grid.pitch_x - chord / 2;
  for (double row = 0; row < rows; ++row) {
    const double bottom = row * grid.pitch_y - height;
    if (grid.inside(right, bottom) && grid.inside(right, bottom + grid.pitch_y)) ++dies;
  }
  // Rows beyond, above and below, on the grid that begins at the left end of the chord.
  const double origin = grid.radius - chord / 2;
  for (height += grid.pitch_y; height < grid.radius; height += grid.pitch_y) {
    const double outer = grid.chord(height);
    const double first = grid.radius - outer / 2;
    const double start = std::ceil((first - origin) / grid.pitch_x) * grid.pitch_x + origin;
    dies += 2 * std::floor((outer - (start - first)) / grid.pitch_x);
  }
  return dies;
}

}  // namespace

double catch_dies(double width, double height, double scribe, double usable_radius) {
  if (!(width > 0 && height > 0 && scribe >= 0)) return 0;
  const Grid grid{width + scribe, height + scribe, scribe, usable_radius};
  // Beyond this height a chord through the corners of a centred row holds no die. Not a number where no row
  // fits.
  const double sagitta = usable_radius - grid.chord(grid.pitch_y / 2) / 2;
  const double crossover = grid.chord(usable_radius - sagitta - grid.pitch_x) / 2;
  double best = 0;
  for (double rows = 1; rows * grid.pitch_y / 2 < crossover; ++rows) {
    best = std::max(best, centred_rows(grid, rows));
  }
  return best;
}

}  // namespace marquetry::wafer
