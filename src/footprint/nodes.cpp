#include "footprint/nodes.h"

namespace marquetry::footprint {
namespace {

constexpr auto per_area = unit::gCO2 / unit::mm2;
constexpr auto per_cm2 = 1.0 / unit::cm2;
constexpr auto per_mm2 = 1.0 / unit::mm2;

// The list of defect densities, 0.2, 0.11, 0.09, 0.08, 0.07 a cm2, is the one that Chiplet Actuary (Feng &
// Ma, DAC 2022, spec/parameter.ini) has for 3, 5, 7, 10 and 20 nm. `defects` are Actuary's for the node
// itself (22 nm: its 20 and 28 nm agree).
constexpr std::array table{
    NodeConstants{7,
                  26.13 * per_area,
                  0.09 * per_cm2,
                  0.2 * per_cm2,
                  0.509,
                  0.164167,
                  82.86e6 * per_mm2,
                  3645.8333,
                  {1, 1, 1},
                  {1, 1, 1}},
    NodeConstants{10,
                  19.49 * per_area,
                  0.08 * per_cm2,
                  0.11 * per_cm2,
                  0.4887,
                  0.258575,
                  38.72e6 * per_mm2,
                  3645.833,
                  {1.949555068, 1, 1},
                  {1.237623762, 1, 1}},
    NodeConstants{14,
                  16.84 * per_area,
                  0.08 * per_cm2,
                  0.09 * per_cm2,
                  0.4916,
                  0.353535,
                  18.09e6 * per_mm2,
                  3645.833,
                  {3.709574145, 1, 1.902779873},
                  {1.524390244, 1, 1.231707317}},
    NodeConstants{22,
                  16.74 * per_area,
                  0.07 * per_cm2,
                  0.08 * per_cm2,
                  0.4855,
                  0.507937,
                  8.45e6 * per_mm2,
                  3645.833,
                  {7.325456759, 1.974743319, 3.757501843},
                  {2.283105023, 1.497716895, 1.844748858}},
    NodeConstants{28,
                  14.138 * per_area,
                  0.07 * per_cm2,
                  0.07 * per_cm2,
                  0.5675,
                  0.651163,
                  3.95e6 * per_mm2,
                  3645.833,
                  {8.453656378, 2.278875162, 4.336197791},
                  {2.666666667, 1.749333333, 2.154666667}},
    NodeConstants{65, 8 * per_area, 0.05 * per_cm2, 0.05 * per_cm2, 0.5675, 0.8, {}, 0, {}, {}},
};

}  // namespace

std::span<const NodeConstants> node_constants() { return table; }

const NodeConstants* find_node(double nanometres) {
  for (const auto& node : table) {
    if (node.nanometres == nanometres) return &node;
  }
  return nullptr;
}

}  // namespace marquetry::footprint
