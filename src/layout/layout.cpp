#include "layout/layout.h"

namespace marquetry::layout {

Rect outline(const Layout& layout, std::size_t die) {
  return geometry::outline(layout.dies[die], layout.sizes[die]);
}

Rect bounding_box(const Layout& layout) {
  if (layout.dies.empty()) return {};
  Rect box = outline(layout, 0);
  for (std::size_t d = 1; d < layout.dies.size(); ++d) box = geometry::hull(box, outline(layout, d));
  return box;
}

}  // namespace marquetry::layout
