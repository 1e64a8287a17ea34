#include "report/png.h"

#include <string_view>

namespace marquetry::report {
namespace {

void put(std::string& out, unsigned byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); }
void put_word(std::string& out, std::uint32_t word) {
  for (const unsigned shift : {24u, 16u, 8u, 0u}) put(out, word >> shift & 0xffu);
}

// The reflected polynomial 0xedb88320. PNG, annex D.
std::uint32_t check_sum(std::string_view bytes) {
  static constexpr auto table = [] {
    std::array<std::uint32_t, 256> out{};
    for (std::uint32_t n = 0; n < 256; ++n) {
      auto c = n;
      for (int k = 0; k < 8; ++k) c = (c & 1u) != 0 ? 0xedb88320u ^ c >> 1u : c >> 1u;
      out[n] = c;
    }
    return out;
  }();
  std::uint32_t sum = 0xffffffffu;
  for (const char c : bytes) sum = table[(sum ^ static_cast<unsigned char>(c)) & 0xffu] ^ sum >> 8u;
  return ~sum;
}

void chunk(std::string& out, std::string_view kind, std::string_view data) {
  put_word(out, static_cast<std::uint32_t>(data.size()));
  std::string body{kind};
  body += data;
  out += body;
  put_word(out, check_sum(body));
}

// The codes of fixed length classes come with their high bit first, everything else with the low one.
class Bits {
 public:
  void low_first(std::uint32_t value, unsigned count) {
    for (unsigned i = 0; i < count; ++i) bit(value >> i & 1u);
  }
  void high_first(std::uint32_t value, unsigned count) {
    for (unsigned i = count; i-- > 0;) bit(value >> i & 1u);
  }
  std::string finish() {
    if (filled_ > 0) put(out_, byte_);
    return std::move(out_);
  }

 private:
  void bit(std::uint32_t b) {
    byte_ |= b << filled_;
    if (++filled_ < 8) return;
    put(out_, byte_);
    byte_ = filled_ = 0;
  }
  std::string out_{};
  std::uint32_t byte_{}, filled_{};
};

// One block of the fixed codes of RFC 1951, section 3.2.6; the only repeats are those of the last byte.
void literal(Bits& bits, unsigned value) {
  if (value < 144)
    bits.high_first(0x30 + value, 8);
  else if (value < 256)
    bits.high_first(0x190 + value - 144, 9);
  else if (value < 280)
    bits.high_first(value - 256, 7);
  else
    bits.high_first(0xc0 + value - 280, 8);
}

constexpr std::size_t least_run = 3, longest_run = 10;  // lengths whose codes have no further bits

std::string deflated(std::string_view bytes) {
  Bits bits;
  bits.low_first(1, 1);
  bits.low_first(1, 2);
  for (std::size_t i = 0; i < bytes.size();) {
    std::size_t run = 0;
    while (i > 0 && run < longest_run && i + run < bytes.size() && bytes[i + run] == bytes[i - 1]) ++run;
    if (run >= least_run) {
      literal(bits, static_cast<unsigned>(254 + run));
      bits.high_first(0, 5);  // a distance of one
      i += run;
    } else {
      literal(bits, static_cast<unsigned char>(bytes[i++]));
    }
  }
  literal(bits, 256);
  return bits.finish();
}

// RFC 1950.
std::string zlib(std::string_view bytes) {
  std::string out{"\x78\x01"};
  out += deflated(bytes);
  std::uint32_t a = 1, b = 0;
  for (const char c : bytes) {
    a = (a + static_cast<unsigned char>(c)) % 65521;
    b = (b + a) % 65521;
  }
  put_word(out, b << 16u | a);
  return out;
}

}  // namespace

std::string png(std::size_t width, std::size_t height, std::span<const std::uint8_t> pixels,
                std::span<const Rgb> palette) {
  std::string out{"\x89PNG\r\n\x1a\n"}, head, colours, rows;
  put_word(head, static_cast<std::uint32_t>(width));
  put_word(head, static_cast<std::uint32_t>(height));
  for (const unsigned byte : {8u, 3u, 0u, 0u, 0u}) put(head, byte);  // 8 bits, a palette, no interlace
  for (const auto& c : palette) put(colours, c.red), put(colours, c.green), put(colours, c.blue);
  for (std::size_t row = 0; row < height; ++row) {
    put(rows, 0);  // no filter
    for (std::size_t column = 0; column < width; ++column) put(rows, pixels[row * width + column]);
  }
  chunk(out, "IHDR", head);
  chunk(out, "PLTE", colours);
  chunk(out, "IDAT", zlib(rows));
  chunk(out, "IEND", {});
  return out;
}

std::string data_address(std::string_view bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out{"data:image/png;base64,"};
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t word = 0;
    for (std::size_t k = 0; k < 3; ++k)
      word = word << 8u | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    for (std::size_t k = 0; k < 4; ++k)
      out += i + k > bytes.size() ? '=' : digits[word >> (18 - 6 * k) & 63u];
  }
  return out;
}

}  // namespace marquetry::report
