// ECO-CHIP: Sudarshan et al., HPCA 2024, arXiv 2306.09434; repository ASU-VDA-Lab/ECO-CHIP, commit fe998d9.
#pragma once

#include <array>

#include "presets/quirk.h"

namespace marquetry {

inline constexpr std::array ecochip_quirks{
    QuirkRow{"ecochip-450mm",
             "wafers of 450 mm without rim or scribe, and a closed form for the dies on them",
             "dies placed on 300 mm"},
    QuirkRow{"ecochip-waste", "what is left over of a wafer is borne by all dies", "by the good ones"},
    QuirkRow{"ecochip-carrier-share", "carriers and bridges bear their own area of the wafer",
             "their share of the wafer"},
    QuirkRow{"ecochip-d0-shifted", "defect densities of the next finer node", "those of the node"},
    QuirkRow{"ecochip-package-d0", "only bridges have the lower defect density of packaging",
             "all carriers have it"},
    QuirkRow{"ecochip-emib-summed", "bridges yield as one die of their summed area", "each by itself"},
    QuirkRow{"ecochip-emib-layers", "a bridge has all wiring layers of its node, whatever is asked for",
             "those of the design"},
    QuirkRow{
        "ecochip-active",
        "on an active interposer only the routers bear the transistors, and the wires are those of 65 nm",
        "one wafer, one yield"},
    QuirkRow{"ecochip-mono-branch", "a single die has no package, and every block is a die",
             "every chip has a package, and blocks may share a die"},
    QuirkRow{"ecochip-oblong", "every die is twice as long as wide", "square, or as the design says"},
    QuirkRow{"ecochip-no-reticle", "dies beyond the reticle are made", "such a system cannot be made"},
    QuirkRow{"ecochip-bond-free", "a bond that fails loses the carrier alone, and a carrier has one bond",
             "each die is bonded, and all is lost with it"},
    QuirkRow{"ecochip-router-apart", "routers yield as dies of their own, and take no area of the dies",
             "they are part of their dies"},
    QuirkRow{"ecochip-router-type", "a router scales as the die that it is on", "as logic"},
    QuirkRow{"ecochip-3d-scaled-twice", "dies with TSVs are scaled to their node a second time", "once"},
};

}  // namespace marquetry
