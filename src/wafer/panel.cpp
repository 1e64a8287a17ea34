#include "wafer/panel.h"

#include <cmath>

namespace marquetry::wafer {
namespace {

// Side by side along a length, a street between any two.
long along(Length<> room, Length<> side, Length<> scribe) {
  if (!(side.si() > 0) || room < side * (1 - rim_tolerance)) return 0;
  return static_cast<long>(std::floor((room + scribe) / (side + scribe) * (1 + rim_tolerance)));
}

}  // namespace

PanelPlacement place_on_panel(const Panel& panel, Length<> width, Length<> height, Length<> scribe,
                              Rotation rotation) {
  const auto length = panel.length - 2.0 * panel.margin, breadth = panel.breadth - 2.0 * panel.margin;
  const long upright = along(length, width, scribe) * along(breadth, height, scribe);
  if (rotation == Rotation::fixed) return {upright, false};
  const long turned = along(length, height, scribe) * along(breadth, width, scribe);
  return turned > upright ? PanelPlacement{turned, true} : PanelPlacement{upright, false};
}

}  // namespace marquetry::wafer
