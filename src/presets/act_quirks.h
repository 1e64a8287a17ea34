// ACT: Gupta et al., ISCA 2022; repository facebookresearch/ACT.
#pragma once

#include <array>

#include "presets/quirk.h"

namespace marquetry {

inline constexpr std::array act_quirks{
    QuirkRow{"act-typed-yield", "yield is typed: 0.875", "computed"},
    QuirkRow{"act-whole-area", "a die bears its own area of the wafer", "its share of the wafer"},
    QuirkRow{"act-mpa-500", "500 g of carbon per cm2 for materials at every node", "by node"},
    QuirkRow{"act-no-loss", "nothing is lost in assembly and final test", "what is scrapped has its carbon"},
    QuirkRow{"act-no-design", "design emits nothing", "computers that design do"},
    QuirkRow{"act-package-150g", "150 g of carbon a package, whatever it is",
             "by carrier, substrate and bonding"},
};

}  // namespace marquetry
