#include "exchange/hotspot/cover.h"

#include <algorithm>

namespace marquetry::exchange::hotspot {
namespace {

// m: sides nearer to each other are one; what is narrower than HotSpot's own tolerance stays free, as in its
// floorplans of rounded numbers.
constexpr double thinnest = 1e-9, narrowest = 2e-6;

struct Span {
  double low{}, high{};
  friend bool operator==(const Span&, const Span&) = default;
};

// Free of the blocks between two neighbouring left or right sides, from below.
std::vector<Span> free_spans(const std::vector<thermal::Block>& blocks, Span strip, double height) {
  std::vector<Span> taken, out;
  const double middle = (strip.low + strip.high) / 2;
  for (const auto& b : blocks)
    if (b.x < middle && middle < b.x + b.width) taken.push_back({b.y, b.y + b.height});
  std::ranges::sort(taken, {}, &Span::low);
  double at = 0;
  for (const auto& span : taken) {
    if (span.low - at > thinnest) out.push_back({at, span.low});
    at = std::max(at, span.high);
  }
  if (height - at > thinnest) out.push_back({at, height});
  return out;
}

}  // namespace

std::vector<Rectangle> uncovered(const thermal::Layer& layer, double width, double height) {
  std::vector<double> sides{0, width};
  for (const auto& b : layer.blocks)
    for (const double x : {b.x, b.x + b.width})
      if (x > thinnest && x < width - thinnest) sides.push_back(x);
  std::ranges::sort(sides);
  std::vector<double> kept;
  for (const double x : sides)
    if (kept.empty() || x - kept.back() > thinnest) kept.push_back(x);
  kept.back() = width;
  // Strips that are free in the same places are one.
  std::vector<Rectangle> out;
  std::vector<Span> before;
  std::size_t first = 0;
  for (std::size_t i = 0; i + 1 < kept.size(); ++i) {
    const auto spans = free_spans(layer.blocks, {kept[i], kept[i + 1]}, height);
    if (i > 0 && spans == before) {
      for (std::size_t k = first; k < out.size(); ++k) out[k].width = kept[i + 1] - out[k].x;
      continue;
    }
    first = out.size();
    for (const auto& span : spans)
      out.push_back({kept[i], span.low, kept[i + 1] - kept[i], span.high - span.low});
    before = spans;
  }
  std::erase_if(out, [](const auto& r) { return std::min(r.width, r.height) < narrowest; });
  return out;
}

}  // namespace marquetry::exchange::hotspot
