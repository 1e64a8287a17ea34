#include "exchange/gdsii/stream.h"

#include <array>
#include <cmath>

#include "assembly/orientation.h"

namespace marquetry::exchange {
namespace {

using assembly::Point;

constexpr std::size_t block = 1 << 20;
constexpr std::array dates{1978, 1, 1, 0, 0, 0, 1978, 1, 1, 0, 0, 0};

// Types of records and of their data (Calma, GDSII Stream Format, release 6.0, 1987).
enum : int {
  header = 0x00,
  bgnlib = 0x01,
  libname = 0x02,
  units = 0x03,
  endlib = 0x04,
  bgnstr = 0x05,
  strname = 0x06,
  endstr = 0x07,
  boundary_record = 0x08,
  path_record = 0x09,
  sref = 0x0a,
  aref = 0x0b,
  text_record = 0x0c,
  layer_record = 0x0d,
  datatype = 0x0e,
  width_record = 0x0f,
  xy = 0x10,
  endel = 0x11,
  sname = 0x12,
  colrow = 0x13,
  texttype = 0x16,
  string = 0x19,
  strans = 0x1a,
  angle = 0x1c,
  pathtype = 0x21,
};
enum : int { nothing = 0, bit_array = 1, integer16 = 2, integer32 = 3, real64 = 5, ascii = 6 };
constexpr int square_ends = 2;  // beyond the last points by half the width, as DEF's wires have them
constexpr int reflected = 0x8000;

}  // namespace

GdsStream::GdsStream(const std::filesystem::path& file, std::string_view library, int precision)
    : out_{file} {
  number(header, 600);
  head(bgnlib, integer16, 2 * dates.size());
  for (const auto value : dates) bits16(value);
  word(libname, library);
  head(units, real64, 16);
  real(1.0 / precision);
  real(1e-6 / precision);
}

void GdsStream::head(int type, int data, std::size_t bytes) {
  if (buffer_.size() > block) {
    out_.write(buffer_);
    buffer_.clear();
  }
  bits16(static_cast<int>(bytes + 4));
  bits16(type * 256 + data);
}

void GdsStream::bits16(int value) {
  const auto bits = static_cast<unsigned>(value);
  buffer_ += static_cast<char>((bits >> 8u) & 0xffu);
  buffer_ += static_cast<char>(bits & 0xffu);
}

void GdsStream::bits32(assembly::Units value) {
  const auto bits = static_cast<std::uint64_t>(value);
  for (const auto shift : {24u, 16u, 8u, 0u}) buffer_ += static_cast<char>((bits >> shift) & 0xffu);
}

// A sign, an exponent of 16 with 64 added, a fraction of 56 bits from 1/16 to 1.
void GdsStream::real(double value) {
  std::uint64_t bits = 0;
  if (value != 0) {
    int exponent = 0;
    double fraction = std::abs(value);
    for (; fraction >= 1; ++exponent) fraction /= 16;
    for (; fraction < 1.0 / 16; --exponent) fraction *= 16;
    bits = static_cast<std::uint64_t>(std::llround(std::ldexp(fraction, 56)));
    bits |= static_cast<std::uint64_t>(exponent + 64) << 56u;
    if (value < 0) bits |= std::uint64_t{1} << 63u;
  }
  bits32(static_cast<assembly::Units>(bits >> 32u));
  bits32(static_cast<assembly::Units>(bits & 0xffffffffu));
}

void GdsStream::flag(int type) { head(type, nothing, 0); }

void GdsStream::number(int type, int value) {
  head(type, integer16, 2);
  bits16(value);
}

void GdsStream::word(int type, std::string_view text) {
  text = text.substr(0, longest_text);
  const auto padded = text.size() + text.size() % 2;
  head(type, ascii, padded);
  buffer_ += text;
  buffer_.append(padded - text.size(), '\0');
}

void GdsStream::points(std::span<const Point> points, bool closed) {
  head(xy, integer32, 8 * (points.size() + (closed ? 1 : 0)));
  const auto put = [this](Point p) {
    bits32(p.x);
    bits32(p.y);
  };
  for (const auto& p : points) put(p);
  if (closed) put(points.front());
}

void GdsStream::begin_structure(std::string_view name) {
  head(bgnstr, integer16, 2 * dates.size());
  for (const auto value : dates) bits16(value);
  word(strname, name);
}

void GdsStream::end_structure() { flag(endstr); }

void GdsStream::boundary(GdsLayer layer, std::span<const Point> corners) {
  flag(boundary_record);
  number(layer_record, layer.layer);
  number(datatype, layer.datatype);
  points(corners, true);
  flag(endel);
}

void GdsStream::path(GdsLayer layer, assembly::Units width, std::span<const Point> line) {
  flag(path_record);
  number(layer_record, layer.layer);
  number(datatype, layer.datatype);
  number(pathtype, square_ends);
  head(width_record, integer32, 4);
  bits32(width);
  points(line, false);
  flag(endel);
}

void GdsStream::text(GdsLayer layer, Point at, std::string_view text) {
  flag(text_record);
  number(layer_record, layer.layer);
  number(texttype, layer.datatype);
  points(std::span{&at, 1}, false);
  word(string, text);
  flag(endel);
}

void GdsStream::reference(std::string_view structure, Point at, const assembly::Orientation& turn) {
  flag(sref);
  word(sname, structure);
  // GDSII mirrors about the x axis, then turns: half a turn more than a mirror about the y axis.
  const int degrees = (geometry::degrees(turn.rotation) + (turn.is_mirrored ? 180 : 0)) % 360;
  if (turn.is_mirrored || degrees != 0) {
    head(strans, bit_array, 2);
    bits16(turn.is_mirrored ? reflected : 0);
    head(angle, real64, 8);
    real(degrees);
  }
  points(std::span{&at, 1}, false);
  flag(endel);
}

void GdsStream::array(std::string_view structure, Point first, Point last, std::size_t columns,
                      std::size_t rows) {
  const auto step = [](assembly::Units from, assembly::Units to, std::size_t count) {
    return count < 2 ? assembly::Units{0} : (to - from) / static_cast<assembly::Units>(count - 1);
  };
  const auto dx = step(first.x, last.x, columns), dy = step(first.y, last.y, rows);
  const auto n = static_cast<assembly::Units>(columns), m = static_cast<assembly::Units>(rows);
  const std::array corners{first, Point{first.x + n * dx, first.y}, Point{first.x, first.y + m * dy}};
  flag(aref);
  word(sname, structure);
  head(colrow, integer16, 4);
  bits16(static_cast<int>(columns));
  bits16(static_cast<int>(rows));
  points(corners, false);
  flag(endel);
}

bool GdsStream::finish(Diagnostics& diagnostics) {
  flag(endlib);
  out_.write(buffer_);
  buffer_.clear();
  return out_.finish(diagnostics);
}

// The origin is the lower-left corner of the unturned outline.
assembly::Point origin_of(Point low, assembly::Size size, const assembly::Orientation& turn) {
  return low + assembly::placed({0, 0}, size, turn);
}

}  // namespace marquetry::exchange
