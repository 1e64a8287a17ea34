#include "placement/section_heat.h"

#include <algorithm>
#include <cmath>

#include "thermal/assembly.h"
#include "thermal/placed.h"

namespace marquetry::placement {
namespace {

using geometry::Rect;
using geometry::Size;

constexpr double metres = 1e-9;  // in a nanometre
// Shapes of a die whose sides are open that tables are made for.
constexpr int shapes_of_soft = 5;
// A carrier that follows its dies may become that much longer than usual. The estimate hardly feels where it
// ends: spreader and sink go on.
constexpr double room_to_grow = 1.4;

bool over_package(const layout::Section& section) {
  return std::ranges::any_of(section.layers,
                             [](const auto& l) { return l.extent == layout::Extent::package; });
}

Size footprint_of(const layout::Problem& problem, Size carrier) {
  if (!over_package(*problem.section)) return carrier;
  const auto around = 2 * problem.carrier.package_edge;
  const Size package =
      problem.carrier.package.value_or(Size{carrier.width + around, carrier.height + around});
  return {std::max(carrier.width, package.width), std::max(carrier.height, package.height)};
}

// What heats which layer: all dies side by side, as a stack.
thermal::Stack in_a_row(const layout::Problem& problem) {
  std::vector<Rect> rects;
  geometry::Nanometre x = 0, y = 0;
  for (const auto& die : problem.dies) {
    rects.push_back({{x, 0}, {x + die.size.width, die.size.height}});
    x += die.size.width;
    y = std::max(y, die.size.height);
  }
  const Rect whole{{}, {x, y}};
  return thermal::placed_stack(problem, rects, whole, whole);
}

void add_sizes(const layout::Die& die, std::size_t floor, std::vector<thermal::Foot>& sizes) {
  const auto add = [&](double width, double height) {
    sizes.push_back({0, 0, metres * width, metres * height, floor});
    sizes.push_back({0, 0, metres * height, metres * width, floor});
  };
  add(static_cast<double>(die.size.width), static_cast<double>(die.size.height));
  for (int k = 0; die.soft && k < shapes_of_soft; ++k) {
    const double part = static_cast<double>(k) / (shapes_of_soft - 1);
    const double aspect =
        die.soft->least_aspect * std::pow(die.soft->largest_aspect / die.soft->least_aspect, part);
    add(std::sqrt(die.soft->area * aspect), std::sqrt(die.soft->area / aspect));
  }
}

}  // namespace

SectionHeat::SectionHeat(const layout::Problem& problem, Size carrier)
    : is_open_{!problem.carrier.fixed}, ambient_{problem.ambient} {
  const auto stack = in_a_row(problem);
  std::vector<double> powers(problem.dies.size());
  std::vector<std::size_t> floor_of(problem.dies.size());
  std::size_t floor = 0;
  for (const auto& layer : stack.layers) {
    if (!layer.heats) continue;
    for (const auto& block : layer.blocks) {
      if (!block.part) continue;
      powers[*block.part] += block.power;
      floor_of[*block.part] = floor;
    }
    ++floor;
  }
  std::vector<double> of_dies;
  std::vector<thermal::Foot> sizes;
  for (std::size_t d = 0; d < powers.size(); ++d) {
    if (powers[d] <= 0) continue;
    dies_.push_back(d);
    floors_.push_back(floor_of[d]);
    of_dies.push_back(powers[d]);
    add_sizes(problem.dies[d], floor_of[d], sizes);
  }
  const Size footprint = footprint_of(problem, carrier);
  const double grown = is_open_ ? room_to_grow : 1;
  to_footprint_ = {(footprint.width - carrier.width) / 2, (footprint.height - carrier.height) / 2};
  width_ = grown * metres * static_cast<double>(footprint.width);
  height_ = grown * metres * static_cast<double>(footprint.height);
  const double of_carrier = geometry::area(carrier) / geometry::area(footprint);
  heated_.emplace(
      std::make_shared<const thermal::Response>(*problem.section, width_, height_, of_carrier, sizes),
      std::move(of_dies));
  missing_.resize(dies_.size());
}

// On the footprint; where dies stand out of it, as a search may have them, at its edge. Whether none does.
bool SectionHeat::stand(const std::vector<Rect>& rects) {
  geometry::Point by = to_footprint_;
  if (is_open_ && !rects.empty()) {
    Rect box = rects.front();
    for (const auto& r : rects) box = geometry::hull(box, r);
    by = {static_cast<geometry::Nanometre>(width_ / metres / 2) - (box.low.x + box.high.x) / 2,
          static_cast<geometry::Nanometre>(height_ / metres / 2) - (box.low.y + box.high.y) / 2};
  }
  bool all_fit = true;
  const auto inside = [&all_fit](double low, double high, double whole) {
    const double side = high - low, middle = (low + high) / 2;
    const double kept = std::clamp(middle, std::min(side, whole) / 2, whole - std::min(side, whole) / 2);
    all_fit = all_fit && std::abs(kept - middle) < 1e-6;
    return kept;
  };
  for (std::size_t k = 0; k < dies_.size(); ++k) {
    const Rect r = geometry::moved(rects[dies_[k]], by);
    const auto m = [](geometry::Nanometre n) { return metres * static_cast<double>(n); };
    heated_->move(k, {.x = inside(m(r.low.x), m(r.high.x), width_),
                      .y = inside(m(r.low.y), m(r.high.y), height_),
                      .width = m(r.width()),
                      .height = m(r.height()),
                      .floor = floors_[k]});
  }
  return all_fit;
}

double SectionHeat::peak(const std::vector<Rect>& rects) {
  stand(rects);
  const auto& figures = heated_->figures();
  const double share = lessons_ > 0 ? 1 / static_cast<double>(lessons_) : 0;
  double hottest = 0;  // the rim of a die is no hotter than the inside of its neighbour
  for (std::size_t k = 0; k < figures.size(); ++k)
    hottest = std::max(hottest, figures[k].peak + share * missing_[k]);
  return hottest;
}

void SectionHeat::learn(const std::vector<Rect>& rects, const std::vector<double>& dies) {
  if (!stand(rects)) return;
  const std::size_t cells = thermal::Settings{}.columns;
  for (std::size_t k = 0; k < dies_.size(); ++k)
    missing_[k] += dies[dies_[k]] - ambient_ - heated_->peak_with_rim(k, cells);
  ++lessons_;
}

}  // namespace marquetry::placement
