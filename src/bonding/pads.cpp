#include <algorithm>
#include <cmath>

#include "bonding/process.h"

namespace marquetry::bonding {
namespace {

double whole_blocks(double pads, double block) { return std::ceil(pads / block) * block; }

}  // namespace

double block_side(Length<> pitch) { return std::max(1.0, std::round(400 * unit::um / pitch)); }

Pads pad_array(const DieSize& die, const PadLayout& layout, const Quirks& quirks) {
  const auto along = [&](Length<> side) {
    return std::max(1.0, std::floor(side / layout.pitch * (1 + 1e-12)));
  };
  const Length<> bottom = layout.bottom_ratio * layout.pitch / 2.0;
  Pads pads{.pitch = layout.pitch,
            .bottom_radius = bottom,
            .top_radius = layout.top_ratio * bottom,
            .rows = along(die.height),
            .columns = along(die.width),
            .copies = layout.copies,
            .separation = layout.separation};
  const double all = pads.rows * pads.columns;
  pads.critical = std::floor(layout.critical_share * all);
  double redundant = std::floor(layout.redundant_share * all);
  if (quirks.has(quirk("yap-pad-blocks"))) {
    const double block = block_side(layout.pitch) * block_side(layout.pitch);
    pads.critical = whole_blocks(pads.critical, block);
    redundant = whole_blocks(redundant, block);
  }
  pads.redundant_signals = std::ceil(redundant * layout.signals_per_pad);
  return pads;
}

}  // namespace marquetry::bonding
