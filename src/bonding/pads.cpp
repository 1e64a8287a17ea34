#include <algorithm>
#include <cmath>

#include "bonding/process.h"

namespace marquetry::bonding {
namespace {

double whole_blocks(double pads, double block) { return std::ceil(pads / block) * block; }

void round_to_blocks(double& critical, double& redundant, Length<> pitch, const Quirks& quirks) {
  if (!quirks.has(quirk("yap-pad-blocks"))) return;
  const double block = block_side(pitch) * block_side(pitch);
  critical = whole_blocks(critical, block);
  redundant = whole_blocks(redundant, block);
}

Pads empty_array(const PadLayout& layout, double rows, double columns) {
  const Length<> bottom = layout.bottom_ratio * layout.pitch / 2.0;
  return {.pitch = layout.pitch,
          .bottom_radius = bottom,
          .top_radius = layout.top_ratio * bottom,
          .rows = std::max(rows, 1.0),
          .columns = std::max(columns, 1.0),
          .copies = layout.copies,
          .separation = layout.separation};
}

}  // namespace

double block_side(Length<> pitch) { return std::max(1.0, std::round(400 * unit::um / pitch)); }

Pads even_array(const DieSize& die, const PadLayout& layout, const Quirks& quirks) {
  auto pads = empty_array(layout, die.height / layout.pitch, die.width / layout.pitch);
  const double all = pads.rows * pads.columns;
  pads.critical = layout.critical_share * all;
  double redundant = layout.redundant_share * all;
  round_to_blocks(pads.critical, redundant, layout.pitch, quirks);
  pads.redundant_signals = redundant * layout.signals_per_pad;
  return pads;
}

Pads pad_array(const DieSize& die, const PadLayout& layout, const Quirks& quirks) {
  const auto along = [&](Length<> side) { return std::floor(side / layout.pitch * (1 + 1e-12)); };
  auto pads = empty_array(layout, along(die.height), along(die.width));
  const double all = pads.rows * pads.columns;
  pads.critical = std::floor(layout.critical_share * all);
  double redundant = std::floor(layout.redundant_share * all);
  round_to_blocks(pads.critical, redundant, layout.pitch, quirks);
  pads.redundant_signals = std::ceil(redundant * layout.signals_per_pad);
  return pads;
}

}  // namespace marquetry::bonding
