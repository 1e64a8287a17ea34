#include "report/field_image.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "report/png.h"

namespace marquetry::report {
namespace {

// Control colours of "inferno" (Smith, van der Walt, matplotlib 1.5, 2015, public domain): its lightness
// rises evenly. The black end is left out, so that outlines stay seen.
constexpr std::array<Rgb, 10> colours{{{27, 12, 65},
                                       {64, 10, 103},
                                       {106, 23, 110},
                                       {147, 38, 103},
                                       {188, 55, 84},
                                       {221, 81, 58},
                                       {243, 120, 25},
                                       {252, 165, 10},
                                       {246, 215, 70},
                                       {252, 255, 164}}};
constexpr std::size_t shades = 256, finest_lines = 96;

Rgb mixed(double share) {
  const double at = std::clamp(share, 0.0, 1.0) * (colours.size() - 1);
  const auto i = std::min(static_cast<std::size_t>(at), colours.size() - 2);
  const double t = at - static_cast<double>(i);
  const auto part = [&](std::uint8_t Rgb::*p) {
    return static_cast<std::uint8_t>(std::lround((1 - t) * colours[i].*p + t * colours[i + 1].*p));
  };
  return {part(&Rgb::red), part(&Rgb::green), part(&Rgb::blue)};
}

// Of cells' middles, in units of cells; held at the border.
double between(const FieldPanel& panel, double x, double y) {
  const auto place = [](double at, std::size_t count) {
    const double held = std::clamp(at, 0.0, static_cast<double>(count - 1));
    const auto low = std::min(static_cast<std::size_t>(held), count > 1 ? count - 2 : 0);
    return std::pair{low, held - static_cast<double>(low)};
  };
  const auto [column, right] = place(x - 0.5, panel.columns);
  const auto [row, up] = place(y - 0.5, panel.rows);
  const auto value = [&, c = column, r = row](std::size_t dx, std::size_t dy) {
    return panel
        .values[std::min(r + dy, panel.rows - 1) * panel.columns + std::min(c + dx, panel.columns - 1)];
  };
  return (1 - up) * ((1 - right) * value(0, 0) + right * value(1, 0)) +
         up * ((1 - right) * value(0, 1) + right * value(1, 1));
}

// 1, 2, 2.5 or 5 of a power of ten, so that about `count` steps make the span.
double even_step(double span, double count) {
  const double power = std::pow(10.0, std::floor(std::log10(span / count)));
  for (const double factor : {1.0, 2.0, 2.5, 5.0})
    if (power * factor * count >= span) return power * factor;
  return 10 * power;
}

}  // namespace

FieldScale field_scale(const FieldMap& map, double narrowest) {
  FieldScale scale{.low = 0, .high = 0};
  bool any = false;
  for (const auto& panel : map.panels) {
    for (const double value : panel.values) {
      if (!std::isfinite(value)) continue;
      scale.low = any ? std::min(scale.low, value) : value;
      scale.high = any ? std::max(scale.high, value) : value;
      any = true;
    }
  }
  if (const double missing = narrowest - (scale.high - scale.low); missing > 0) {
    scale.low -= missing / 2;
    scale.high += missing / 2;
  }
  scale.step = even_step(scale.high - scale.low, 7);
  const auto first = std::ceil(scale.low / scale.step - 1e-9);
  for (double n = first; n * scale.step <= scale.high + 1e-9 * scale.step; n += 1)
    scale.ticks.push_back(n * scale.step);
  return scale;
}

std::string tick_text(const FieldScale& scale, double value) {
  const int digits = std::clamp(static_cast<int>(std::ceil(-std::log10(scale.step) - 1e-9)), 0, 9);
  // Steps of 2.5 need one more.
  const double unit = std::pow(10.0, -digits);
  const bool finer = std::abs(scale.step / unit - std::round(scale.step / unit)) > 1e-6;
  return fmt::format("{:.{}f}", value + 0.0, digits + (finer ? 1 : 0));
}

std::string field_colour(double share) {
  const auto c = mixed(share);
  return fmt::format("#{:02x}{:02x}{:02x}", c.red, c.green, c.blue);
}

std::string field_picture(const FieldPanel& panel, const FieldScale& scale, std::size_t pixels) {
  std::array<Rgb, shades> palette{};
  for (std::size_t i = 0; i < shades; ++i) palette[i] = mixed(static_cast<double>(i) / (shades - 1));
  const auto longest = std::max(panel.columns, panel.rows);
  const auto dots = [&](std::size_t cells) { return std::max<std::size_t>(1, cells * pixels / longest); };
  const auto width = dots(panel.columns), height = dots(panel.rows);
  std::vector<std::uint8_t> indices(width * height);
  const double step = static_cast<double>(longest) / static_cast<double>(pixels);
  for (std::size_t y = 0; y < height; ++y) {
    for (std::size_t x = 0; x < width; ++x) {
      const double value = between(panel, (static_cast<double>(x) + 0.5) * step,
                                   (static_cast<double>(height - 1 - y) + 0.5) * step);
      const double share = std::isfinite(value) ? std::clamp(scale.share(value), 0.0, 1.0) : 0;
      indices[y * width + x] = static_cast<std::uint8_t>(std::lround(share * (shades - 1)));
    }
  }
  return data_address(png(width, height, indices, palette));
}

// Marching squares between the middles of four cells.
std::vector<std::string> field_lines(const FieldPanel& panel, const FieldScale& scale, Pixel corner,
                                     double width, double height) {
  std::vector<std::string> out(scale.ticks.size());
  // Every so many cells are enough for the eye.
  const auto stride = (std::max(panel.columns, panel.rows) + finest_lines - 1) / finest_lines;
  const double dx = width / static_cast<double>(panel.columns), dy = height / static_cast<double>(panel.rows);
  const auto far = static_cast<double>(stride);
  const auto value = [&](std::size_t c, std::size_t r) { return panel.values[r * panel.columns + c]; };
  for (std::size_t k = 0; k < scale.ticks.size(); ++k) {
    const double level = scale.ticks[k];
    for (std::size_t r = 0; r + stride < panel.rows; r += stride) {
      for (std::size_t c = 0; c + stride < panel.columns; c += stride) {
        const std::array corners{value(c, r), value(c + stride, r), value(c + stride, r + stride),
                                 value(c, r + stride)};
        if (std::ranges::all_of(corners, [&](double v) { return v < level; }) ||
            std::ranges::all_of(corners, [&](double v) { return !(v < level); }))
          continue;
        std::array<Pixel, 4> cuts{};
        std::size_t count = 0;
        constexpr std::array<std::array<double, 2>, 4> places{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}};
        for (std::size_t e = 0; e < 4; ++e) {
          const auto next = (e + 1) % 4;
          if ((corners[e] < level) == (corners[next] < level)) continue;
          const double t = (level - corners[e]) / (corners[next] - corners[e]);
          const double x =
              static_cast<double>(c) + 0.5 + far * (places[e][0] + t * (places[next][0] - places[e][0]));
          const double y =
              static_cast<double>(r) + 0.5 + far * (places[e][1] + t * (places[next][1] - places[e][1]));
          cuts[count++] = {corner.x + x * dx, corner.y + height - y * dy};
        }
        for (std::size_t i = 0; i + 1 < count; i += 2)
          out[k] +=
              fmt::format("M{:.1f} {:.1f}L{:.1f} {:.1f}", cuts[i].x, cuts[i].y, cuts[i + 1].x, cuts[i + 1].y);
      }
    }
  }
  return out;
}

}  // namespace marquetry::report
