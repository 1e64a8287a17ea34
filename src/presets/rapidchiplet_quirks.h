// RapidChiplet: spcl/rapidchiplet, commit 66e63e5, arXiv 2311.06081.
#pragma once

#include <array>

#include "presets/quirk.h"

namespace marquetry {

inline constexpr std::array rapidchiplet_quirks{
    QuirkRow{"rapidchiplet-no-link-power", "the power of links is worked out and left out of the total",
             "it counts"},
    QuirkRow{"rapidchiplet-unturned-box", "the box of the interposer takes every chiplet unturned",
             "as it is turned"},
    QuirkRow{"rapidchiplet-turn-by-sine",
             "PHYs are turned by sine and cosine, whose rounding may cost a link a cycle",
             "quarter turns are exact"},
    QuirkRow{"rapidchiplet-last-of-parallel",
             "of several links between two chiplets the last one stands for all",
             "each is there, and carries its part"},
    QuirkRow{"rapidchiplet-no-ejection", "a unit sends and takes at any rate",
             "at most what the widest link carries"},
    QuirkRow{"rapidchiplet-micron-lengths",
             "the least and greatest length and bandwidth are rounded to 0.001", "as they are"},
};

}  // namespace marquetry
