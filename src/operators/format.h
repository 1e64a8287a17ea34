// Number formats, from FP64 to 4 bits. A device that does not compute in a format computes in the narrowest
// wider one that it has; the numbers stay narrow in memory.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace marquetry::operators {

enum class Format { fp64, fp32, tf32, fp16, fp8, int8, fp4, int4 };  // fp16: BF16 too
inline constexpr std::array<std::string_view, 8> format_names{"fp64", "fp32", "tf32", "fp16",
                                                              "fp8",  "int8", "fp4",  "int4"};
// In memory: TF32 is FP32 there.
inline constexpr std::array<double, format_names.size()> format_bits{64, 32, 32, 16, 8, 8, 4, 4};

constexpr std::size_t index(Format format) { return static_cast<std::size_t>(format); }
constexpr double bits(Format format) { return format_bits[index(format)]; }
constexpr double bytes(Format format) { return bits(format) / 8; }

// The next format that can hold every number of this one; none above FP64.
constexpr std::optional<Format> wider(Format format) {
  switch (format) {
    case Format::fp64:
      return std::nullopt;
    case Format::fp32:
      return Format::fp64;
    case Format::tf32:
      return Format::fp32;
    case Format::fp16:
      return Format::tf32;
    case Format::fp8:
    case Format::int8:
      return Format::fp16;
    case Format::fp4:
      return Format::fp8;
    case Format::int4:
      return Format::int8;
  }
  return std::nullopt;
}

// A figure for each format; 0 where there is none.
using ByFormat = std::array<double, format_names.size()>;

// The format in which a machine computes what is stored in `format`: itself, or the narrowest wider one of
// which it has any units. None: it has none of them.
constexpr std::optional<Format> computed_in(Format format, const ByFormat& rates) {
  std::optional<Format> candidate = format;
  while (candidate && rates[index(*candidate)] <= 0) candidate = wider(*candidate);
  return candidate;
}

// Two of any four weights are zero and not kept. Mishra et al., arXiv 2104.08378, 2021, section 3: the kept
// values, and 2 bits each that say where they stood.
enum class Sparsity { dense, two_of_four };

// What a stored weight takes, in bytes.
constexpr double weight_bytes(Format format, Sparsity sparsity) {
  return sparsity == Sparsity::dense ? bytes(format) : (bits(format) + 2) / 2 / 8;
}

}  // namespace marquetry::operators
