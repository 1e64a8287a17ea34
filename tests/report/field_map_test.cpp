// The map of a field: the picture in it is a PNG that says what the values say, and what is drawn is named.
#include "report/field_map.h"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "report/png.h"

using namespace marquetry;
using namespace marquetry::report;

namespace {

std::string from_base64(std::string_view text) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  std::uint32_t word = 0;
  int bits = 0;
  for (const char c : text) {
    if (c == '=') break;
    const auto digit = digits.find(c);
    REQUIRE(digit != std::string_view::npos);
    word = word << 6u | static_cast<std::uint32_t>(digit);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out += static_cast<char>(static_cast<unsigned char>(word >> static_cast<unsigned>(bits) & 0xffu));
    }
  }
  return out;
}

// A reader of its own: chunks with their sums, one block of fixed codes.
struct Png {
  std::size_t width{}, height{};
  std::vector<std::uint8_t> pixels{};
  std::vector<Rgb> palette{};
};

std::uint32_t word_at(std::string_view bytes, std::size_t at) {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < 4; ++i) out = out << 8u | static_cast<unsigned char>(bytes[at + i]);
  return out;
}

std::uint32_t crc(std::string_view bytes) {  // bit by bit
  std::uint32_t sum = 0xffffffffu;
  for (const char c : bytes) {
    sum ^= static_cast<unsigned char>(c);
    for (int k = 0; k < 8; ++k) sum = (sum & 1u) != 0 ? sum >> 1u ^ 0xedb88320u : sum >> 1u;
  }
  return ~sum;
}

std::string inflated(std::string_view zlib) {
  REQUIRE(((static_cast<unsigned char>(zlib[0]) << 8u) + static_cast<unsigned char>(zlib[1])) % 31 == 0);
  std::size_t at = 16;
  const auto bit = [&] {
    const auto b = static_cast<unsigned>(static_cast<unsigned char>(zlib[at / 8])) >> at % 8 & 1u;
    ++at;
    return b;
  };
  REQUIRE(bit() == 1u);  // the last block
  REQUIRE((bit() | bit() << 1u) == 1u);
  std::string out;
  for (;;) {
    unsigned code = 0;
    unsigned symbol = 1000;
    for (unsigned length = 1; symbol == 1000; ++length) {
      code = code << 1u | bit();
      if (length == 7 && code < 24) symbol = 256 + code;
      if (length == 8 && code >= 0x30 && code < 0xc0) symbol = code - 0x30;
      if (length == 8 && code >= 0xc0 && code < 0xc8) symbol = 280 + code - 0xc0;
      if (length == 9) symbol = 144 + code - 0x190;
    }
    if (symbol == 256) break;
    if (symbol < 256) {
      out += static_cast<char>(static_cast<unsigned char>(symbol));
      continue;
    }
    REQUIRE(symbol <= 264);
    for (int k = 0; k < 5; ++k) REQUIRE(bit() == 0u);
    out.append(symbol - 254, out.back());
  }
  std::uint32_t a = 1, b = 0;
  for (const char c : out) {
    a = (a + static_cast<unsigned char>(c)) % 65521;
    b = (b + a) % 65521;
  }
  CHECK(word_at(zlib, zlib.size() - 4) == (b << 16u | a));
  return out;
}

Png decoded(std::string_view bytes) {
  REQUIRE(bytes.substr(0, 8) == "\x89PNG\r\n\x1a\n");
  Png out;
  std::string packed;
  for (std::size_t at = 8; at < bytes.size();) {
    const auto length = word_at(bytes, at);
    const auto kind = bytes.substr(at + 4, 4), data = bytes.substr(at + 8, length);
    REQUIRE(word_at(bytes, at + 8 + length) == crc(bytes.substr(at + 4, 4 + length)));
    if (kind == "IHDR") out.width = word_at(data, 0), out.height = word_at(data, 4);
    if (kind == "PLTE")
      for (std::size_t i = 0; i + 2 < data.size(); i += 3)
        out.palette.push_back({static_cast<std::uint8_t>(data[i]), static_cast<std::uint8_t>(data[i + 1]),
                               static_cast<std::uint8_t>(data[i + 2])});
    if (kind == "IDAT") packed += data;
    at += 12 + length;
  }
  const auto rows = inflated(packed);
  REQUIRE(rows.size() == out.height * (out.width + 1));
  for (std::size_t y = 0; y < out.height; ++y) {
    REQUIRE(rows[y * (out.width + 1)] == 0);
    for (std::size_t x = 0; x < out.width; ++x)
      out.pixels.push_back(static_cast<std::uint8_t>(rows[y * (out.width + 1) + 1 + x]));
  }
  return out;
}

FieldMap slope() {
  FieldMap map{.title = "a <slope>",
               .subtitle = "rising to the upper right",
               .unit = "degC",
               .spot_name = "hottest",
               .width = 0.02,
               .height = 0.01};
  FieldPanel panel{.title = "die", .columns = 16, .rows = 8};
  for (int r = 0; r < 8; ++r)
    for (int c = 0; c < 16; ++c) panel.values.push_back(50 + 2 * c + r);
  panel.outlines = {{.name = "gpu",
                     .x = 0.002,
                     .y = 0.002,
                     .width = 0.008,
                     .height = 0.006,
                     .words = "61 degC",
                     .is_beyond = true}};
  map.panels.push_back(panel);
  map.limits = {{.value = 60, .words = "limit"}, {.value = 500, .words = "far away"}};
  return map;
}

}  // namespace

TEST_CASE("a PNG of any bytes is read back, runs and all") {
  std::vector<std::uint8_t> pixels;
  std::uint32_t state = 7;
  for (std::size_t i = 0; i < 61 * 47; ++i) {
    state = state * 1664525u + 1013904223u;
    const bool repeats = i > 0 && (state >> 28u) < 11;
    pixels.push_back(repeats ? pixels.back() : static_cast<std::uint8_t>(state >> 20u));
  }
  std::vector<Rgb> palette(256);
  for (std::size_t i = 0; i < 256; ++i)
    palette[i] = {static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(255 - i), 9};
  const auto address = data_address(png(61, 47, pixels, palette));
  REQUIRE(address.starts_with("data:image/png;base64,"));
  const auto read = decoded(from_base64(std::string_view{address}.substr(22)));
  CHECK(read.width == 61);
  CHECK(read.height == 47);
  CHECK(read.pixels == pixels);
  REQUIRE(read.palette.size() == 256);
  CHECK(read.palette[200].green == 55);
}

TEST_CASE("a map shows its field the right way up, with names, limits and the hot spot") {
  const auto svg = field_svg(slope());
  CHECK(svg == field_svg(slope()));
  const auto begin = svg.find("data:image/png;base64,") + 22;
  const auto image = decoded(from_base64(std::string_view{svg}.substr(begin, svg.find('"', begin) - begin)));
  CHECK(image.width == 2 * image.height);
  // Dark at the lower left, bright at the upper right; rising along each row.
  CHECK(image.pixels[(image.height - 1) * image.width] == 0);
  CHECK(image.pixels[image.width - 1] == 255);
  for (std::size_t x = 1; x < image.width; ++x) CHECK(image.pixels[x - 1] <= image.pixels[x]);
  CHECK(svg.find("a &lt;slope&gt;") != std::string::npos);
  CHECK(svg.find(">gpu</text>") != std::string::npos);
  CHECK(svg.find(">61 degC</text>") != std::string::npos);
  CHECK(svg.find(">limit</text>") != std::string::npos);
  CHECK(svg.find("far away") == std::string::npos);
  CHECK(svg.find("beyond its limit") != std::string::npos);
  CHECK(svg.find("hottest: 87 degC at (19.38, 9.38) mm") != std::string::npos);
  CHECK(svg.find("nan") == std::string::npos);
}

TEST_CASE("a map of one value, of one cell, very flat or of many layers is still a picture") {
  auto map = slope();
  map.panels[0].values.assign(128, 45.0);
  CHECK(field_svg(map).find("nan") == std::string::npos);
  map.panels[0] = {.title = "one", .columns = 1, .rows = 1, .values = {0.0}};
  CHECK(field_svg(map).find("nan") == std::string::npos);
  auto flat = slope();
  flat.height = 1e-4;
  CHECK(field_svg(flat).find("inf") == std::string::npos);
  auto many = slope();
  many.panels.resize(9, many.panels[0]);
  for (auto& panel : many.panels) {
    panel.columns = panel.rows = 256;
    panel.values.assign(256 * 256, 0.0);
    for (std::size_t i = 0; i < panel.values.size(); ++i)
      panel.values[i] = std::sin(static_cast<double>(i % 256) / 20) + std::cos(static_cast<double>(i) / 9000);
  }
  const auto svg = field_svg(many);
  CHECK(svg.size() < 1'000'000);
  CHECK(svg.find("id=\"panel-8\"") != std::string::npos);
}
