#include "report/layout_sketch.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "report/layout_names.h"

namespace marquetry::report {
namespace {

using layout::Nanometre;
using layout::Rect;

constexpr double widest = 66, highest = 30;  // characters
constexpr double character_aspect = 0.48;    // width / height of one on a usual terminal

// Rows from top to bottom.
class Canvas {
 public:
  Canvas(const Rect& all) : all_{all} {
    const auto w = static_cast<double>(std::max<Nanometre>(1, all.width())),
               h = static_cast<double>(std::max<Nanometre>(1, all.height()));
    column_ = std::max(w / widest, h * character_aspect / highest);
    row_ = column_ / character_aspect;
    lines_.assign(static_cast<std::size_t>(std::lround(h / row_)) + 1,
                  std::string(static_cast<std::size_t>(std::lround(w / column_)) + 1, ' '));
  }

  // A box with that text in its middle, blank inside.
  void box(const Rect& rect, char horizontal, char vertical, const std::string& name) {
    const auto left = column(rect.low.x), right = column(rect.high.x), top = row(rect.high.y),
               bottom = row(rect.low.y);
    for (auto y = top; y <= bottom; ++y) {
      for (auto x = left; x <= right; ++x) {
        const bool on_row = y == top || y == bottom, on_column = x == left || x == right;
        lines_[y][x] = on_row && on_column ? '+' : on_row ? horizontal : on_column ? vertical : ' ';
      }
    }
    if (right < left + 2 || bottom < top + 2) return;
    const auto room = right - left - 1;
    const auto text = name.substr(0, room);
    lines_[(top + bottom) / 2].replace(left + 1 + (room - text.size()) / 2, text.size(), text);
  }

  std::string text() const {
    std::string out;
    for (auto line : lines_) {
      line.erase(line.find_last_not_of(' ') + 1);
      out += "  " + line + "\n";
    }
    return out;
  }

 private:
  std::size_t column(Nanometre x) const {
    const double at = static_cast<double>(x - all_.low.x) / column_;
    return static_cast<std::size_t>(std::clamp(std::lround(at), 0L, static_cast<long>(lines_[0].size()) - 1));
  }
  std::size_t row(Nanometre y) const {
    const double at = static_cast<double>(all_.high.y - y) / row_;
    return static_cast<std::size_t>(std::clamp(std::lround(at), 0L, static_cast<long>(lines_.size()) - 1));
  }

  Rect all_{};
  double column_{}, row_{};
  std::vector<std::string> lines_{};
};

}  // namespace

std::string layout_sketch(const layout::Problem& problem, const layout::Layout& layout) {
  const auto box = layout::bounding_box(layout);
  const auto all = layout.carrier.width() > 0 ? geometry::hull(layout.carrier, box) : box;
  Canvas canvas{all};
  if (layout.carrier.width() > 0) canvas.box(layout.carrier, '.', ':', "");
  for (const auto i : drawing_order(problem))
    canvas.box(layout::outline(layout, i), '-', '|', problem.dies[i].name);
  return canvas.text();
}

}  // namespace marquetry::report
