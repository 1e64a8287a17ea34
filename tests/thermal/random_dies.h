// Dies on an interposer under spreader and sink, and places for them that do not overlap.
#pragma once

#include "base/rng.h"
#include "layout/problem.h"

namespace marquetry::test {

inline layout::Material conducting(double conductivity) {
  layout::Material made;
  made.along_x = made.along_y = made.across = conductivity;
  made.capacity = 1.6e6;
  return made;
}

// Thin dies in underfill on a silicon interposer, 50 mm wide; a cold plate 200 mm wide.
inline layout::Section interposer_section() {
  using layout::Extent;
  layout::Section section;
  const auto add = [&](const char* name, double thickness, Extent extent, double own, double filler) {
    section.layers.push_back({.name = name,
                              .thickness = thickness,
                              .extent = extent,
                              .material = conducting(own),
                              .filler = conducting(filler)});
  };
  add("substrate", 0.8e-3, Extent::carrier, 0.3, 0.3);
  add("bumps", 80e-6, Extent::carrier, 1.6, 1.6);
  add("interposer", 110e-6, Extent::carrier, 112, 112);
  add("microbumps", 20e-6, Extent::dies, 2, 0.9);
  add("dies", 150e-6, Extent::dies, 110, 0.9);
  section.layers.back().heats = true;
  add("paste", 30e-6, Extent::carrier, 4, 4);
  section.package =
      layout::Spreading{.spreader = {.side = 0.1, .thickness = 1e-3, .material = conducting(400)},
                        .sink = {.side = 0.2, .thickness = 7e-3, .material = conducting(400)},
                        .convection = 0.01,
                        .capacity = 100};
  return section;
}

inline constexpr geometry::Rect interposer{{0, 0}, {50'000'000, 50'000'000}};

// Four to seven dies of a few sizes, 10 to 300 W.
inline layout::Problem hot_dies(Rng& rng) {
  layout::Problem problem;
  problem.name = "random";
  problem.ambient = 40;
  problem.carrier.fixed = geometry::Size{interposer.width(), interposer.height()};
  problem.section = interposer_section();
  const auto count = 4 + rng.below(4);
  for (std::uint64_t d = 0; d < count; ++d) {
    const auto side = [&] { return static_cast<geometry::Nanometre>(5 + rng.below(10)) * 1'000'000; };
    layout::Die die;
    die.name = "d" + std::to_string(d);
    die.size = {side(), side()};
    die.power = 10 + 200 * rng.uniform() * rng.uniform();
    die.kind = d;
    problem.dies.push_back(die);
  }
  return problem;
}

// Half a millimetre apart and from the edge, some turned; nothing where luck would have it otherwise.
inline std::vector<geometry::Rect> random_places(const layout::Problem& problem, Rng& rng) {
  constexpr geometry::Nanometre gap = 500'000;
  std::vector<geometry::Rect> rects;
  for (int tries = 0; rects.size() < problem.dies.size() && tries < 2000; ++tries) {
    auto size = problem.dies[rects.size()].size;
    if (rng.below(2) == 1) std::swap(size.width, size.height);
    const auto low = [&](geometry::Nanometre side) {
      return gap + static_cast<geometry::Nanometre>(rng.uniform() *
                                                    static_cast<double>(interposer.width() - 2 * gap - side));
    };
    const geometry::Point at{low(size.width), low(size.height)};
    const geometry::Rect rect{at, {at.x + size.width, at.y + size.height}};
    bool is_free = true;
    for (const auto& other : rects)
      is_free = is_free && !geometry::overlap(geometry::widened(other, gap), rect);
    if (is_free) rects.push_back(rect);
  }
  if (rects.size() < problem.dies.size()) rects.clear();
  return rects;
}

}  // namespace marquetry::test
