// Chiplet Actuary: Feng & Ma, DAC 2022, arXiv 2203.12268; repository Yinxiao-Feng/DAC2022.
#pragma once

#include <array>

#include "presets/quirk.h"

namespace marquetry {

inline constexpr std::array actuary_quirks{
    QuirkRow{"actuary-dpw-real", "dies per wafer is a real-valued closed form", "dies that are placed"},
    QuirkRow{"actuary-wafer-rim", "scribe of 0.2 mm, edge exclusion of 5 mm", "those of the assumptions"},
    QuirkRow{"actuary-bump-per-type", "interposer and fan-out bumps are paid once a die type", "once a die"},
    QuirkRow{"actuary-fo-nre-300", "fan-out NRE is divided by 300 once too often",
             "NRE of the package's row"},
    QuirkRow{"actuary-adv-package-nre",
             "interposer and fan-out packages take the substrate's recurring price as NRE per area",
             "NRE per area of the package's row"},
    QuirkRow{"actuary-chip-first-no-bond", "chip-first places dies without loss", "every placement may fail"},
    QuirkRow{"actuary-equal-area-package", "packages of equal area share one NRE",
             "designs are told apart by their id"},
    QuirkRow{"actuary-substrate-step",
             "an organic package of several dies has 1.5 to 2 times the layers, by its silicon",
             "the layers of the package's row"},
    QuirkRow{"actuary-no-reticle", "an interposer of any size is one exposure",
             "seams may fail, each exposure has masks"},
    QuirkRow{"actuary-no-test", "tests cost nothing and find everything", "tests cost time, and miss some"},
};

}  // namespace marquetry
