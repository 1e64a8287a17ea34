#include "report/svg.h"

#include <fmt/format.h>

namespace marquetry::report {

std::string xml_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return out;
}

Pixel Svg::at(geometry::Point p) const {
  return {left_ + pixels(p.x - frame_.low.x), top_ + pixels(frame_.high.y - p.y)};
}

void Svg::open(std::string_view id) { out_ += fmt::format("<g id=\"{}\">\n", id); }

void Svg::rect(const geometry::Rect& rect, std::string_view style, std::string_view title) {
  const auto corner = at({rect.low.x, rect.high.y});
  out_ += fmt::format("<rect x=\"{:.2f}\" y=\"{:.2f}\" width=\"{:.2f}\" height=\"{:.2f}\" {}", corner.x,
                      corner.y, pixels(rect.width()), pixels(rect.height()), style);
  out_ += title.empty() ? "/>\n" : fmt::format("><title>{}</title></rect>\n", xml_text(title));
}
void Svg::rect(Pixel corner, double width, double height, std::string_view style) {
  out_ += fmt::format("<rect x=\"{:.2f}\" y=\"{:.2f}\" width=\"{:.2f}\" height=\"{:.2f}\" {}/>\n", corner.x,
                      corner.y, width, height, style);
}
void Svg::line(Pixel a, Pixel b, std::string_view style) {
  out_ += fmt::format("<line x1=\"{:.2f}\" y1=\"{:.2f}\" x2=\"{:.2f}\" y2=\"{:.2f}\" {}/>\n", a.x, a.y, b.x,
                      b.y, style);
}
void Svg::circle(Pixel centre, double radius, std::string_view style) {
  out_ += fmt::format("<circle cx=\"{:.2f}\" cy=\"{:.2f}\" r=\"{:.2f}\" {}/>\n", centre.x, centre.y, radius,
                      style);
}
void Svg::triangle(Pixel a, Pixel b, Pixel c, std::string_view style) {
  out_ += fmt::format("<path d=\"M{:.2f} {:.2f}L{:.2f} {:.2f}L{:.2f} {:.2f}Z\" {}/>\n", a.x, a.y, b.x, b.y,
                      c.x, c.y, style);
}
void Svg::path(std::string_view data, std::string_view style, std::string_view title) {
  out_ += fmt::format("<path d=\"{}\" {}", data, style);
  out_ += title.empty() ? "/>\n" : fmt::format("><title>{}</title></path>\n", xml_text(title));
}
void Svg::image(Pixel corner, double width, double height, std::string_view address) {
  out_ += fmt::format(
      "<image x=\"{:.2f}\" y=\"{:.2f}\" width=\"{:.2f}\" height=\"{:.2f}\" "
      "preserveAspectRatio=\"none\" href=\"{}\"/>\n",
      corner.x, corner.y, width, height, address);
}
void Svg::text(Pixel at, double size, std::string_view text, std::string_view style) {
  out_ += fmt::format("<text x=\"{:.2f}\" y=\"{:.2f}\" font-size=\"{:.2f}\" {}>{}</text>\n", at.x, at.y, size,
                      style, xml_text(text));
}

std::string Svg::file(double width, double height, std::string_view title,
                      std::string_view definitions) const {
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" viewBox=\"0 0 {0:.0f} "
      "{1:.0f}\" "
      "font-family=\"Helvetica, Arial, sans-serif\">\n<title>{2}</title>\n<defs>\n{3}</defs>\n"
      "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n{4}</svg>\n",
      width, height, xml_text(title), definitions, out_);
}

}  // namespace marquetry::report
