// CATCH: nanocad-lab/CATCH, commit d60dafb, 2025.
#pragma once

#include <array>

#include "presets/quirk.h"

namespace marquetry {

inline constexpr std::array catch_quirks{
    QuirkRow{"catch-io-energy-1e12", "energies of links, given in J/bit, are taken as pJ/bit", "J/bit"},
    QuirkRow{"catch-bidirectional-area-twice", "a bidirectional link takes its area twice on each die",
             "once"},
    QuirkRow{"catch-uptime-multiplied", "machine cost per second is multiplied by uptime", "divided by it"},
    QuirkRow{"catch-organic-1e-7", "the organic interposer costs 5.382e-7 USD/mm2", "5.382e-5 USD/mm2"},
    QuirkRow{"catch-wafer-basis", "3, 5 and 40 nm are priced over a wafer without its rim",
             "over the whole wafer, as the others"},
    QuirkRow{"catch-density-5nm", "5 nm has 117.3 million transistors per mm2",
             "171.3: two digits were swapped"},
    QuirkRow{"catch-bonds-external-only", "only bonds whose signals leave the stack may fail",
             "every bonded pad may"},
    QuirkRow{"catch-children-self-quality", "the quality of a stacked assembly is that of its bottom die",
             "that of the assembly"},
    QuirkRow{"catch-no-stitch", "stitching never fails, and needs no further masks",
             "each seam may fail, each field has masks"},
    QuirkRow{"catch-quantity-per-chip", "like dies of a system each pay their own NRE",
             "a design is paid for once"},
    QuirkRow{"catch-per-shipped", "escapes cost nothing", "cost per good unit"},
    QuirkRow{"catch-defect-area", "TSVs have no defects", "defects fall on logic, I/O and TSVs"},
    QuirkRow{"catch-test-0.36", "the test named free_test_0.36 covers 0.5", "0.36, as its name says"},
    QuirkRow{"catch-test-plus", "test patterns and samples are added", "multiplied"},
    QuirkRow{"catch-test-direct-children",
             "the test of an assembly scans the chips that stand on its base only", "all chips of the stack"},
    QuirkRow{"catch-process-yield-on-assembly",
             "the yield of the wafer process multiplies that of the assembly", "it multiplies good dies"},
    QuirkRow{"catch-dpw-search", "dies per wafer from rows along a chord", "the best offset of the grid"},
    QuirkRow{"catch-reticle-util", "lithography is divided by how well one field is filled",
             "exposures are counted"},
    QuirkRow{"catch-diag-limit", "a die longer than the usable radius is refused",
             "what fits the wafer is placed"},
    QuirkRow{"catch-current-density", "pads carry 100 or 10 000 A/mm2", "what electromigration allows"},
    QuirkRow{"catch-routing-warn", "too few routing tracks only print a warning",
             "such a system cannot be built"},
};

}  // namespace marquetry
