// The grid of dies that holds most on a bare disc, found and proved; placement.h has the keep-outs.
//
// With a row's room, the span of its dies' centres in pitches, and the offset t of the columns (doubled: 0
// ... 1), a row holds m dies if room >= m - 1 + t, m odd, or room >= m - t, m even. Rooms are concave in the
// height y of the grid, rising below the centre and falling above. The plane of (y, t) is cut into pieces of
// y and classes of t; a cell of it is bounded by each row at its longest. Few cells remain, and few rows of
// each are undecided there: the cell is halved until it is refuted or all that is undecided must hold at
// once. Where this is possible is a convex set, found or refuted by a few tangents however near its curves
// meet.
#pragma once

namespace marquetry::wafer {

// In coherent SI, rows along x.
struct DiscGrid {
  double width, height, pitch_x, pitch_y, radius;
};

struct DiscPlacement {
  long dies{};
  double x{}, y{};  // centre of one die
  bool proved{true};
};

// `finest`: heights nearer to each other than this are not told apart.
DiscPlacement search_disc(const DiscGrid& grid, double finest);

}  // namespace marquetry::wafer
