#include "report/network_svg.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "base/text.h"
#include "report/network_places.h"
#include "report/svg.h"

namespace marquetry::report {
namespace {

using topology::Point;

constexpr double picture = 860, narrowest = 620, title_height = 76, foot = 84, narrow = 52;  // pixels
constexpr std::size_t most_labels = 400;

constexpr std::string_view ink = R"(fill="#1d2733")", faint = R"(fill="#5b6673")",
                           router_style = R"(fill="#ffffff" stroke="#33475b")", warning = "#c8102e";

struct Colour {
  double red{}, green{}, blue{};
};

// From a calm blue over yellow to a dark red; equal steps look equally far apart. Interpolated between
// colours of ColorBrewer's RdYlBu (Harrower, Brewer, Cartogr. J. 40, 2003).
constexpr std::array scale{Colour{190, 208, 225}, Colour{116, 173, 209}, Colour{254, 224, 144},
                           Colour{253, 174, 97},  Colour{215, 48, 39},   Colour{140, 10, 38}};

std::string colour(double share) {
  const double at = std::clamp(share, 0.0, 1.0) * (scale.size() - 1);
  const auto i = std::min(static_cast<std::size_t>(at), scale.size() - 2);
  const double t = at - static_cast<double>(i);
  const auto mix = [&](double Colour::*part) {
    return static_cast<int>(std::lround((1 - t) * scale[i].*part + t * scale[i + 1].*part));
  };
  return fmt::format("#{:02x}{:02x}{:02x}", mix(&Colour::red), mix(&Colour::green), mix(&Colour::blue));
}

class Picture {
 public:
  explicit Picture(const NetworkReport& report)
      : report_{report}, graph_{report.network.graph}, places_{drawn_places(graph_)} {
    double left = 0, right = 0, bottom = 0, top = 0;
    for (std::size_t i = 0; i < places_.size(); ++i) {
      const auto& p = places_[i];
      left = i == 0 ? p.x : std::min(left, p.x);
      right = i == 0 ? p.x : std::max(right, p.x);
      bottom = i == 0 ? p.y : std::min(bottom, p.y);
      top = i == 0 ? p.y : std::max(top, p.y);
    }
    lay_out({left, bottom}, {right, top}, narrow);
    // What is bent past others needs room beside them.
    const double most = bend_.empty() ? 0 : *std::ranges::max_element(bend_);
    if (most > narrow / 2) lay_out({left, bottom}, {right, top}, narrow + std::min(most, 80.0));
  }

  std::string file() {
    title();
    links();
    circle();
    routers();
    legend();
    return svg_.file(width_, title_height + height_ + foot, report_.network.name, arrow());
  }

 private:
  void lay_out(Point low, Point high, double margin) {
    const double longest = std::max({1e-9, high.x - low.x, high.y - low.y});
    pitch_ = std::min((picture - 2 * margin) / longest, 150.0);
    width_ = std::max(narrowest, pitch_ * (high.x - low.x) + 2 * margin);
    height_ = pitch_ * (high.y - low.y) + 2 * margin;
    const double shift = (width_ - pitch_ * (high.x - low.x)) / 2;
    at_.clear();
    for (const auto& p : places_)
      at_.push_back({shift + pitch_ * (p.x - low.x), title_height + margin + pitch_ * (high.y - p.y)});
    radius_ = std::clamp(0.17 * pitch_, 2.0, 19.0);
    bends();
  }

  // A link that passes over routers between its ends is bent past them.
  void bends() {
    bend_.assign(graph_.channels.size(), 0);
    std::map<std::pair<std::uint32_t, std::uint32_t>, int> between;
    for (std::size_t c = 0; c < graph_.channels.size(); ++c) {
      const auto& channel = graph_.channels[c];
      const auto a = std::min(channel.from, channel.to), b = std::max(channel.from, channel.to);
      const auto &p = at_[a], &q = at_[b];
      const double length = std::hypot(q.x - p.x, q.y - p.y);
      const auto passes = [&](std::uint32_t r) {
        if (r == a || r == b || length <= 0) return false;
        const double along = ((at_[r].x - p.x) * (q.x - p.x) + (at_[r].y - p.y) * (q.y - p.y)) / length;
        const double off = std::abs((at_[r].x - p.x) * (q.y - p.y) - (at_[r].y - p.y) * (q.x - p.x)) / length;
        return along > 0 && along < length && off < 1.25 * radius_;
      };
      bool over = false;
      for (std::uint32_t r = 0; r < graph_.routers && !over; ++r) over = passes(r);
      const int twin = channel.from == a ? between[{a, b}]++ : between[{b, a}]++;
      const double side = over ? 0.09 * length + 0.08 * pitch_ : 0.0;
      bend_[c] = side + (over ? 0.35 : 0.45) * radius_ * 2 * twin;
    }
  }

  // Both directions of a link lie beside each other, each to the right of its way.
  std::string path(std::uint32_t c, double beside) const {
    const auto& channel = graph_.channels[c];
    const auto &p = at_[channel.from], &q = at_[channel.to];
    const double length = std::max(1e-9, std::hypot(q.x - p.x, q.y - p.y));
    const double x = (q.x - p.x) / length, y = (q.y - p.y) / length;
    const double sign = channel.from < channel.to ? 1 : -1;
    const double gap = radius_ * 0.92;
    const auto spot = [&](double along, double off) {
      return Pixel{p.x + x * along - y * off, p.y + y * along + x * off};
    };
    const auto a = spot(gap, beside), b = spot(length - gap - 2, beside);
    if (bend_[c] == 0) return fmt::format("M{:.2f} {:.2f}L{:.2f} {:.2f}", a.x, a.y, b.x, b.y);
    const auto m = spot(length / 2, beside + 2 * sign * bend_[c]);
    return fmt::format("M{:.2f} {:.2f}Q{:.2f} {:.2f} {:.2f} {:.2f}", a.x, a.y, m.x, m.y, b.x, b.y);
  }

  double stroke(std::uint32_t c) const {
    const double full = std::clamp(0.05 * pitch_, 1.0, 6.0);
    return std::max(0.8, full * std::sqrt(graph_.channels[c].width));
  }
  double beside() const { return std::clamp(0.036 * pitch_, 0.9, 4.6); }

  // The fuller ones above.
  void links() {
    svg_.open("links");
    const auto order = fullest(report_);
    for (auto c = order.rbegin(); c != order.rend(); ++c) {
      const double use = report_.use(*c);
      const auto& channel = graph_.channels[*c];
      auto words =
          fmt::format("{}: {:.0f} % used, {} cycles", channel_name(graph_, *c), 100 * use, channel.latency);
      if (channel.length > 0) words += fmt::format(", {} mm", significant(channel.length, 3));
      svg_.path(path(*c, beside()),
                fmt::format(R"(fill="none" stroke="{}" stroke-width="{:.2f}" stroke-linecap="round")",
                            colour(use), stroke(*c)),
                words);
    }
    svg_.close();
  }

  void circle() {
    svg_.open("circle");
    std::set<std::uint32_t> drawn;
    const double width = std::clamp(0.032 * pitch_, 1.2, 3.2);
    for (const auto& [channel, vc] : report_.certificate.cycle) {
      if (!drawn.insert(channel).second) continue;
      const auto way = path(channel, beside());
      svg_.path(way, fmt::format(R"(fill="none" stroke="#ffffff" stroke-width="{:.2f}")", 3.2 * width));
      svg_.path(
          way,
          fmt::format(
              R"-(fill="none" stroke="{}" stroke-width="{:.2f}" stroke-dasharray="{:.1f} {:.1f}" marker-end="url(#arrow)")-",
              warning, width, 3.2 * width, 1.4 * width),
          "waits for the next one of the circle");
    }
    svg_.close();
  }
  std::string arrow() const {
    return fmt::format(
        "<marker id=\"arrow\" viewBox=\"0 0 10 10\" refX=\"8\" refY=\"5\" markerWidth=\"4\" "
        "markerHeight=\"4\" "
        "orient=\"auto\"><path d=\"M0 0L10 5L0 10Z\" fill=\"{}\"/></marker>\n",
        warning);
  }

  // Long names stand beside their router, numbers within.
  void routers() {
    svg_.open("routers");
    std::vector<std::uint32_t> nodes(graph_.routers);
    for (const auto& terminal : graph_.terminals) ++nodes[terminal.router];
    for (std::uint32_t r = 0; r < graph_.routers; ++r)
      svg_.circle(
          {at_[r].x, at_[r].y}, nodes[r] > 0 ? radius_ : 0.7 * radius_,
          fmt::format(R"({} stroke-width="{:.2f}"{})", router_style, std::clamp(0.08 * radius_, 0.6, 1.6),
                      nodes[r] > 0 ? "" : R"( stroke-dasharray="2 2")"));
    if (graph_.routers <= most_labels && radius_ >= 5) names();
    svg_.close();
  }
  // All within their routers, or all beside them.
  void names() {
    std::size_t longest = 2;
    for (std::uint32_t r = 0; r < graph_.routers; ++r)
      longest = std::max(longest, topology::router_name(graph_, r).size());
    const double inside = std::min(13.0, 1.8 * radius_ / (0.6 * static_cast<double>(longest)));
    if (inside < 7 && pitch_ < 45) return;
    for (std::uint32_t r = 0; r < graph_.routers; ++r) {
      const auto name = topology::router_name(graph_, r);
      if (inside >= 7)
        svg_.text({at_[r].x, at_[r].y + 0.36 * inside}, inside, name, middle());
      else
        svg_.text({at_[r].x, at_[r].y + radius_ + 13}, 11.5, name,
                  middle() + R"( stroke="#ffffff" stroke-width="3" paint-order="stroke")");
    }
  }
  static std::string middle() { return fmt::format(R"(text-anchor="middle" {})", ink); }

  void title() {
    const auto& network = report_.network;
    svg_.text({24, 30}, 20, network.name, fmt::format("font-weight=\"600\" {}", ink));
    svg_.text({24, 50}, 13, fmt::format("{} routing, {} traffic", report_.routing.name, network.traffic.name),
              faint);
    svg_.text({24, 68}, 13,
              fmt::format("carries {} flits a node and cycle, held by {}", fixed(report_.bound.load, 3),
                          bound_name(report_)),
              faint);
  }

  void legend() {
    const double top = title_height + height_ + 18, bar = 240;
    svg_.open("legend");
    constexpr int steps = 60;
    for (int i = 0; i < steps; ++i)
      svg_.rect(Pixel{24 + bar * i / steps, top}, bar / steps + 0.6, 12,
                fmt::format(R"(fill="{}")", colour((i + 0.5) / steps)));
    for (const int percent : {0, 25, 50, 75, 100})
      svg_.text({24 + bar * percent / 100, top + 28}, 12, fmt::format("{}", percent),
                fmt::format(R"(text-anchor="middle" {})", faint));
    svg_.text({24, top + 46}, 12, "% used at that load, each direction on the right of its way", faint);
    const auto right = fmt::format(R"(text-anchor="end" {})", faint);
    const auto& certificate = report_.certificate;
    if (certificate.deadlock_free)
      svg_.text({width_ - 24, top + 11}, 13, "deadlock-free: proved", right);
    else
      svg_.text({width_ - 24, top + 11}, 13,
                fmt::format("can deadlock: {} channels wait in a circle", certificate.cycle.size()),
                fmt::format(R"(text-anchor="end" font-weight="600" fill="{}")", warning));
    if (report_.latency.greatest > 0)
      svg_.text({width_ - 24, top + 29}, 12,
                fmt::format("without load {} cycles, at most {}", significant(report_.latency.mean, 3),
                            report_.latency.greatest),
                right);
    svg_.close();
  }

  const NetworkReport& report_;
  const topology::Graph& graph_;
  std::vector<Point> places_, at_{};
  std::vector<double> bend_{};
  double pitch_{}, width_{}, height_{}, radius_{};
  Svg svg_{{}, 1, 0, 0};
};

}  // namespace

std::string network_svg(const NetworkReport& report) { return Picture{report}.file(); }

}  // namespace marquetry::report
