// Dies on a wafer as CATCH counts them: the search of a published peer, kept for its preset.
#pragma once

namespace marquetry::wafer {

// nanocad-lab/CATCH, commit d60dafb, 2025, wafer fill "grid": h rows are centred on the diameter and start at
// the left end of their common chord, the rows above and below follow that grid, and the best h is taken. Up
// to 4 dies below the best offset (492 of 496 at 4 x 30 mm on 299.8 mm). Lengths in any one unit; 0 where
// nothing fits.
double catch_dies(double width, double height, double scribe, double usable_radius);

}  // namespace marquetry::wafer
