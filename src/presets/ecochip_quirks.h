// ECO-CHIP: Sudarshan et al., HPCA 2024, arXiv 2306.09434; repository ASU-VDA-Lab/ECO-CHIP, commit fe998d9.
#pragma once

#include <array>

#include "presets/quirk.h"

namespace marquetry {

inline constexpr std::array ecochip_quirks{
    QuirkRow{"ecochip-450mm",
             "wafers of 450 mm without rim or scribe, and a closed form for the dies on them",
             "dies placed on 300 mm"},
    QuirkRow{"ecochip-d0-shifted", "defect densities of the next finer node", "those of the node"},
    QuirkRow{"ecochip-package-d0", "only bridges have the lower defect density of packaging",
             "all carriers have it"},
    QuirkRow{"ecochip-emib-summed", "bridges yield as one die of their summed area", "each by itself"},
    QuirkRow{"ecochip-active",
             "routers of an active interposer bear the carbon of their node whatever the rest yields",
             "one wafer, one yield"},
    QuirkRow{"ecochip-mono-branch", "one chiplet has no package", "every chip has one"},
};

}  // namespace marquetry
