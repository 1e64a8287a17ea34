#include "report/field_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "report/field_image.h"
#include "report/svg.h"

namespace marquetry::report {
namespace {

// Pixels.
constexpr double widest = 760, tallest = 620, small_widest = 430, small_tallest = 340, margin = 30, head = 74,
                 panel_head = 26, gap = 34, bar_room = 150, bar_width = 20, least_bar = 200, foot = 56;
constexpr std::size_t picture_pixels = 320, small_pixels = 200;

constexpr std::string_view ink = R"(fill="#1d2733")", faint = R"(fill="#5b6673")",
                           light_text =
                               R"(fill="#ffffff" stroke="#1b0c41" stroke-width="2.4" stroke-opacity="0.6" )"
                               R"(paint-order="stroke" stroke-linejoin="round")",
                           dark_text =
                               R"(fill="#1b0c41" stroke="#fff6d0" stroke-width="2" stroke-opacity="0.55" )"
                               R"(paint-order="stroke" stroke-linejoin="round")",
                           outline_style =
                               R"(fill="none" stroke="#ffffff" stroke-opacity="0.9" stroke-width="1.1")",
                           shadow_style =
                               R"(fill="none" stroke="#1b0c41" stroke-opacity="0.35" stroke-width="2.6")",
                           beyond_style = R"(fill="none" stroke="#37e0ff" stroke-width="2.2")",
                           line_style =
                               R"(fill="none" stroke="#ffffff" stroke-opacity="0.28" stroke-width="0.7")";

// Of Helvetica, about; a wide letter more than a narrow one.
double text_width(std::string_view text, double size) {
  return 0.56 * size * static_cast<double>(text.size());
}

struct Spot {
  std::size_t panel{}, column{}, row{};
  double value{};
};

class Drawing {
 public:
  explicit Drawing(const FieldMap& map) : map_{map}, scale_{field_scale(map, 1e-9 + narrowest(map))} {
    const bool alone = map.panels.size() <= 1;
    const double fit =
        std::min((alone ? widest : small_widest) / map.width, (alone ? tallest : small_tallest) / map.height);
    pixels_per_m_ = fit;
    panel_width_ = fit * map.width;
    panel_height_ = fit * map.height;
    across_ =
        alone ? 1 : std::clamp<std::size_t>(static_cast<std::size_t>(1060 / (panel_width_ + gap)), 1, 4);
    across_ = std::min(across_, std::max<std::size_t>(1, map.panels.size()));
    down_ = (std::max<std::size_t>(1, map.panels.size()) + across_ - 1) / across_;
    const double field_width =
        static_cast<double>(across_) * panel_width_ + static_cast<double>(across_ - 1) * gap;
    const double field_height =
        static_cast<double>(down_) * (panel_height_ + panel_head) + static_cast<double>(down_ - 1) * gap / 2;
    bar_left_ = margin + field_width + 28;
    bar_height_ = std::clamp(field_height - panel_head, least_bar, tallest);
    width_ = std::max(bar_left_ + bar_room,
                      margin + 16 + std::max(text_width(map.title, 19), text_width(map.subtitle, 12.5)));
    below_ = head + std::max(field_height, bar_height_ + panel_head);
    height_ = below_ + foot;
    find_worst();
  }

  std::string file() {
    svg_.text({margin, 34}, 19, map_.title, fmt::format(R"({} font-weight="bold")", ink));
    svg_.text({margin, 54}, 12.5, map_.subtitle, faint);
    for (std::size_t i = 0; i < map_.panels.size(); ++i) panel(i);
    bar();
    legend();
    return svg_.file(width_, height_, map_.title, gradient());
  }

 private:
  // A field that hardly changes is shown as one that hardly changes.
  static double narrowest(const FieldMap& map) {
    double most = 0;
    for (const auto& p : map.panels)
      for (const double v : p.values)
        if (std::isfinite(v)) most = std::max(most, std::abs(v));
    return 1e-4 * most;
  }

  void find_worst() {
    bool any = false;
    for (std::size_t p = 0; p < map_.panels.size(); ++p) {
      const auto& panel = map_.panels[p];
      for (std::size_t i = 0; i < panel.values.size(); ++i) {
        const double v = panel.values[i];
        if (!std::isfinite(v)) continue;
        if (any && (map_.worst == Worst::highest ? v <= worst_.value : v >= worst_.value)) continue;
        worst_ = {p, i % panel.columns, i / panel.columns, v};
        any = true;
      }
    }
    has_worst_ = any && !map_.spot_name.empty();
  }

  Pixel corner(std::size_t i) const {
    return {margin + static_cast<double>(i % across_) * (panel_width_ + gap),
            head + panel_head + static_cast<double>(i / across_) * (panel_height_ + panel_head + gap / 2)};
  }

  void panel(std::size_t i) {
    const auto& panel = map_.panels[i];
    const auto at = corner(i);
    svg_.open(fmt::format("panel-{}", i));
    svg_.text({at.x, at.y - 9}, 13, panel.title, fmt::format(R"({} font-weight="bold")", ink));
    if (!panel.values.empty())
      svg_.image(at, panel_width_, panel_height_,
                 field_picture(panel, scale_, map_.panels.size() <= 1 ? picture_pixels : small_pixels));
    for (const auto& line : field_lines(panel, scale_, at, panel_width_, panel_height_))
      if (!line.empty()) svg_.path(line, line_style);
    svg_.rect(at, panel_width_, panel_height_, R"(fill="none" stroke="#33475b" stroke-width="1")");
    // What is small stands above what it lies in.
    std::vector<const FieldOutline*> order;
    for (const auto& outline : panel.outlines) order.push_back(&outline);
    std::ranges::stable_sort(
        order, [](const auto* a, const auto* b) { return a->width * a->height > b->width * b->height; });
    for (const auto* outline : order)
      if (!outline->is_beyond) border(at, *outline);
    for (const auto* outline : order)
      if (outline->is_beyond) border(at, *outline);
    for (const auto* outline : order) name(i, *outline);
    if (has_worst_ && worst_.panel == i) mark(at);
    svg_.close();
  }

  struct Box {
    double left{}, top{}, width{}, height{};
  };
  Box box(Pixel at, const FieldOutline& o) const {
    return {at.x + o.x * pixels_per_m_, at.y + panel_height_ - (o.y + o.height) * pixels_per_m_,
            o.width * pixels_per_m_, o.height * pixels_per_m_};
  }

  void border(Pixel at, const FieldOutline& outline) {
    const auto b = box(at, outline);
    svg_.rect({b.left, b.top}, b.width, b.height, shadow_style);
    svg_.rect({b.left, b.top}, b.width, b.height, outline.is_beyond ? beyond_style : outline_style);
  }

  // Above colours that are bright, marks are dark.
  static constexpr double bright = 0.72;
  double share_at(const FieldPanel& panel, Pixel in_panel) const {
    const auto index = [](double at, double size, std::size_t count) {
      const double cell = std::clamp(at / size, 0.0, 1.0) * static_cast<double>(count);
      return std::min(static_cast<std::size_t>(cell), count - 1);
    };
    if (panel.values.empty()) return 1;
    const auto row = index(panel_height_ - in_panel.y, panel_height_, panel.rows);
    return scale_.share(panel.values[row * panel.columns + index(in_panel.x, panel_width_, panel.columns)]);
  }
  Pixel worst_place() const {
    const auto& panel = map_.panels[worst_.panel];
    const auto middle = [](std::size_t index, std::size_t count) {
      return (static_cast<double>(index) + 0.5) / static_cast<double>(count);
    };
    return {middle(worst_.column, panel.columns) * panel_width_,
            (1 - middle(worst_.row, panel.rows)) * panel_height_};
  }

  // Where the box is high, the words go above or below the mark; else to its left or right.
  static void beside(Pixel& middle, Pixel mark, const Box& b, double size, double length) {
    if (b.height > 5.5 * size) {
      middle.y += (mark.y > middle.y ? -0.27 : 0.27) * b.height;
      return;
    }
    const double shift = length / 2 + 14;
    const double side = mark.x > b.left + b.width / 2 ? mark.x - shift : mark.x + shift;
    if (side - length / 2 > b.left && side + length / 2 < b.left + b.width) middle.x = side;
  }

  // The name in the middle, upright where only that fits; what is in words below it.
  void name(std::size_t index, const FieldOutline& outline) {
    const auto at = corner(index);
    const auto b = box(at, outline);
    const auto size_in = [&](double width, double height) {
      const double letters = std::max(1.0, static_cast<double>(outline.name.size()));
      return std::min({13.0, width / (0.6 * letters), height / 1.5});
    };
    const double flat = size_in(b.width - 4, b.height), upright = size_in(b.height - 4, b.width);
    const double size = std::max(flat, upright);
    if (outline.name.empty() || size < 6.5) return;
    const bool turns = upright > 1.25 * flat && flat < 9;
    const double used = turns ? upright : flat;
    Pixel middle{b.left + b.width / 2, b.top + b.height / 2};
    // Aside of the mark.
    const auto mark_place = worst_place();
    if (has_worst_ && worst_.panel == index && !turns &&
        std::abs(at.x + mark_place.x - middle.x) < text_width(outline.name, used) / 2 + 12 &&
        std::abs(at.y + mark_place.y - middle.y) < 2.2 * used)
      beside(middle, {at.x + mark_place.x, at.y + mark_place.y}, b, used, text_width(outline.name, used));
    const double room = turns ? b.width : b.height, length = turns ? b.height : b.width;
    const double words_size = std::min(11.0, 0.86 * used);
    const bool has_words = !outline.words.empty() && room > 2.7 * used &&
                           text_width(outline.words, words_size) < length - 4 && words_size >= 6.5;
    const auto turn = turns ? fmt::format(R"-( transform="rotate(-90 {:.1f} {:.1f})")-", middle.x, middle.y)
                            : std::string{};
    const bool is_bright = share_at(map_.panels[index], {middle.x - at.x, middle.y - at.y}) > bright;
    const auto style = fmt::format(R"({} text-anchor="middle"{})", is_bright ? dark_text : light_text, turn);
    svg_.text({middle.x, middle.y + (has_words ? -0.15 : 0.36) * used}, used, outline.name, style);
    if (has_words) svg_.text({middle.x, middle.y + 1.05 * used}, words_size, outline.words, style);
  }

  void mark(Pixel at) {
    const auto place = worst_place();
    const bool is_bright = scale_.share(worst_.value) > bright;
    spot({at.x + place.x, at.y + place.y}, is_bright ? "#fff6d0" : "#1b0c41",
         is_bright ? "#1b0c41" : "#ffffff");
  }
  void spot(Pixel p, std::string_view below, std::string_view above) {
    svg_.circle(p, 6.5,
                fmt::format(R"(fill="none" stroke="{}" stroke-opacity="0.7" stroke-width="4")", below));
    svg_.circle(p, 6.5, fmt::format(R"(fill="none" stroke="{}" stroke-width="1.8")", above));
    svg_.circle(p, 1.8, fmt::format(R"(fill="{}")", above));
  }

  std::string gradient() const {
    std::string out{R"(<linearGradient id="scale" x1="0" y1="1" x2="0" y2="0">)"};
    constexpr int stops = 18;
    for (int i = 0; i <= stops; ++i)
      out += fmt::format(R"(<stop offset="{:.4f}" stop-color="{}"/>)", i / double{stops},
                         field_colour(i / double{stops}));
    return out + "</linearGradient>\n";
  }

  void bar() {
    const double top = head + panel_head;
    const auto height_of = [&](double value) { return top + (1 - scale_.share(value)) * bar_height_; };
    svg_.open("scale");
    svg_.text({bar_left_, top - 9}, 12.5, map_.unit, ink);
    svg_.rect({bar_left_, top}, bar_width, bar_height_,
              R"-(fill="url(#scale)" stroke="#33475b" stroke-width="0.8")-");
    for (const double tick : scale_.ticks) {
      const double y = height_of(tick);
      svg_.line({bar_left_ + bar_width, y}, {bar_left_ + bar_width + 5, y},
                R"(stroke="#33475b" stroke-width="0.8")");
      svg_.text({bar_left_ + bar_width + 9, y + 4}, 11.5, tick_text(scale_, tick), ink);
    }
    double last = -1e9;
    for (const auto& limit : map_.limits) {
      if (limit.value < scale_.low || limit.value > scale_.high) continue;
      const double y = height_of(limit.value);
      svg_.line({bar_left_ - 5, y}, {bar_left_ + bar_width + 36, y},
                R"(stroke="#0a7f9c" stroke-width="1.4" stroke-dasharray="4 2")");
      if (std::abs(y - last) > 12)
        svg_.text({bar_left_ + bar_width + 39, y + 3.5}, 10, limit.words, R"(fill="#0a6880")");
      last = y;
    }
    svg_.close();
  }

  void legend() {
    svg_.open("legend");
    const double y = below_ + 30;
    // A bar of a round length, at most a quarter of the footprint.
    double length = std::pow(10.0, std::floor(std::log10(map_.width / 4)));
    for (const double factor : {5.0, 2.0})
      if (length * factor <= map_.width / 3) {
        length *= factor;
        break;
      }
    const double drawn = length * pixels_per_m_;
    svg_.path(fmt::format("M{0:.1f} {1:.1f}v6h{2:.1f}v-6", margin, y - 8, drawn),
              R"(fill="none" stroke="#33475b" stroke-width="1.4")");
    const auto words =
        length >= 1e-3 ? significant(length * 1e3, 3) + " mm" : significant(length * 1e6, 3) + " um";
    svg_.text({margin + drawn + 7, y}, 11.5, words, faint);
    double x = margin + drawn + 7 + text_width(words, 11.5) + 26;
    const auto entry = [&](const std::string& text) {
      svg_.text({x + 15, y}, 11.5, text, ink);
      x += 15 + text_width(text, 11.5) + 24;
    };
    if (has_worst_) {
      svg_.circle({x, y - 4}, 6.5, R"(fill="none" stroke="#1b0c41" stroke-width="1.6")");
      svg_.circle({x, y - 4}, 1.8, R"(fill="#1b0c41")");
      const auto& panel = map_.panels[worst_.panel];
      const auto mm = [](double length_, std::size_t index, std::size_t count) {
        return (static_cast<double>(index) + 0.5) / static_cast<double>(count) * length_ * 1e3;
      };
      entry(fmt::format("{}: {} {} at ({:.2f}, {:.2f}) mm", map_.spot_name, significant(worst_.value, 5),
                        map_.unit, mm(map_.width, worst_.column, panel.columns),
                        mm(map_.height, worst_.row, panel.rows)));
    }
    const bool beyond = std::ranges::any_of(
        map_.panels, [](const auto& p) { return std::ranges::any_of(p.outlines, &FieldOutline::is_beyond); });
    if (beyond) {
      svg_.rect({x - 6, y - 10}, 12, 12, R"(fill="#5b2a4e" stroke="#37e0ff" stroke-width="2.2")");
      entry("beyond its limit");
    }
    svg_.close();
  }

  const FieldMap& map_;
  FieldScale scale_;
  Spot worst_{};
  bool has_worst_{};
  double pixels_per_m_{}, panel_width_{}, panel_height_{}, bar_left_{}, bar_height_{}, width_{}, height_{},
      below_{};
  std::size_t across_{}, down_{};
  Svg svg_{{}, 1, 0, 0};
};

}  // namespace

std::string field_svg(const FieldMap& map) { return Drawing{map}.file(); }

}  // namespace marquetry::report
