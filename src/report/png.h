// A picture of few colours as a PNG, and as the address by which a drawing holds it within itself.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>

namespace marquetry::report {

struct Rgb {
  std::uint8_t red{}, green{}, blue{};
};

// pixels: an index into the palette each, row after row from the top one. PNG, W3C, 2nd edition (2003).
std::string png(std::size_t width, std::size_t height, std::span<const std::uint8_t> pixels,
                std::span<const Rgb> palette);

// "data:image/png;base64,...", RFC 2397 and RFC 4648.
std::string data_address(std::string_view png);

}  // namespace marquetry::report
