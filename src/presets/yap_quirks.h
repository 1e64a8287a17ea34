// YAP: nanocad-lab/YAP, commit ddee368, arXiv 2511.05506.
#pragma once

#include <array>

#include "presets/quirk.h"

namespace marquetry {

inline constexpr std::array yap_quirks{
    QuirkRow{"yap-mag-variance", "the spread of the magnification is its variance", "its standard deviation"},
    QuirkRow{"yap-overlay-corners", "die to wafer: corners of the pad array lie above the die", "on the die"},
    QuirkRow{"yap-random-scalar", "one random error for the worst corner", "one for each pad"},
    QuirkRow{"yap-wafer-fill", "defects of a wafer are shared out among the dies of a grid of whole dies",
             "they fall evenly; what falls beside the dies is lost on none"},
    QuirkRow{"yap-pad-blocks", "pads are counted by whole blocks of 400 um", "one by one"},
};

}  // namespace marquetry
