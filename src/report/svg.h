// Shapes of a drawing in SVG 1.1. Lengths of the thing drawn are in nanometres, y upwards; the picture is in
// pixels, y downwards.
#pragma once

#include <string>
#include <string_view>

#include "geometry/geometry.h"

namespace marquetry::report {

// "&lt;b&gt;": a text that stands for itself.
std::string xml_text(std::string_view text);

struct Pixel {
  double x{}, y{};
};

class Svg {
 public:
  // `frame` is what is seen; `left` and `top` pixels are kept free beside it.
  Svg(const geometry::Rect& frame, double scale, double left, double top)
      : frame_{frame}, scale_{scale}, left_{left}, top_{top} {}

  Pixel at(geometry::Point p) const;
  double pixels(geometry::Nanometre length) const { return static_cast<double>(length) * scale_; }

  void open(std::string_view id);  // a group; what belongs together
  void close() { out_ += "</g>\n"; }
  // `style` holds attributes: fill="none" ...
  void rect(const geometry::Rect& rect, std::string_view style, std::string_view title = {});
  void rect(Pixel corner, double width, double height, std::string_view style);
  void line(Pixel a, Pixel b, std::string_view style);
  void circle(Pixel centre, double radius, std::string_view style);
  void triangle(Pixel a, Pixel b, Pixel c, std::string_view style);
  // `data` as SVG writes a path: "M0 0L10 5".
  void path(std::string_view data, std::string_view style, std::string_view title = {});
  // A picture by its address, stretched to that size.
  void image(Pixel corner, double width, double height, std::string_view address);
  void text(Pixel at, double size, std::string_view text, std::string_view style = {});

  // The whole file.
  std::string file(double width, double height, std::string_view title, std::string_view definitions) const;

 private:
  geometry::Rect frame_{};
  double scale_{}, left_{}, top_{};
  std::string out_{};
};

}  // namespace marquetry::report
