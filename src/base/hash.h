// A fingerprint of text: says whether two inputs are the same, protects against nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace marquetry {

// FNV-1a, 64 bit. Fowler, Noll, Vo; constants of draft-eastlake-fnv, section 5.
constexpr std::uint64_t fnv1a(std::string_view text, std::uint64_t hash = 0xcbf29ce484222325u) {
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3u;
  }
  return hash;
}

// Sixteen hexadecimal digits.
inline std::string hex(std::uint64_t hash) {
  std::string text(16, '0');
  for (auto digit = text.rbegin(); digit != text.rend(); ++digit, hash >>= 4) {
    *digit = "0123456789abcdef"[hash & 0xf];
  }
  return text;
}

}  // namespace marquetry
