// Numbers of a published library that are known to be slips of the pen, and what they should be.
#pragma once

#include <array>
#include <string_view>

#include "presets/presets.h"
#include "stack/stack.h"

namespace marquetry::stack {

enum class Misprinted { layer_price, layer_density, die_coverage, assembly_coverage };

// Of rows of that name (or beginning with it and '_'), a number that is exactly `printed`.
struct Misprint {
  std::size_t quirk{};  // under which it stays as it is
  Misprinted what{};
  std::string_view name{};
  double printed{}, right{};
  std::string_view source{};
};

namespace detail {
// Of the whole wafer, where a price was meant for the disc 3 mm within its rim.
constexpr double within_rim(double price) { return price * (147.0 / 150.0) * (147.0 / 150.0); }
constexpr std::string_view rim =
    "the wafer's price over its area less a rim of 3 mm, as 20000 USD shows at 3 nm";
constexpr std::string_view swapped =
    "digits swapped: 171.3 million transistors per mm2, WikiChip, 5 nm process";
constexpr std::string_view feet = "5 USD per square foot is 5.382e-5 USD per mm2";
constexpr std::string_view named = "its own name";
}  // namespace detail

// CATCH, nanocad-lab/CATCH, commit d60dafb, 2025: layer_definitions.xml, test_definitions.xml.
inline constexpr std::array misprints{
    Misprint{quirk("catch-organic-1e-7"), Misprinted::layer_price, "combined_interposer_organic", 5.382e-7,
             5.382e-5, detail::feet},
    Misprint{quirk("catch-wafer-basis"), Misprinted::layer_price, "combined_3nm", 0.29461,
             detail::within_rim(0.29461), detail::rim},
    Misprint{quirk("catch-wafer-basis"), Misprinted::layer_price, "combined_5nm", 0.25024,
             detail::within_rim(0.25024), detail::rim},
    Misprint{quirk("catch-wafer-basis"), Misprinted::layer_price, "combined_40nm", 0.033497,
             detail::within_rim(0.033497), detail::rim},
    Misprint{quirk("catch-density-5nm"), Misprinted::layer_density, "combined_5nm", 117.3, 171.3,
             detail::swapped},
    Misprint{quirk("catch-density-5nm"), Misprinted::layer_density, "5nm_active", 117.3, 171.3,
             detail::swapped},
    Misprint{quirk("catch-test-0.36"), Misprinted::die_coverage, "free_test_0.36", 0.5, 0.36, detail::named},
    Misprint{quirk("catch-test-0.36"), Misprinted::assembly_coverage, "free_test_0.36", 0.5, 0.36,
             detail::named},
};

// The stack with those misprints put right whose quirk is off.
template <Number Real>
Stack<Real> corrected(Stack<Real> stack, const Quirks& quirks);

}  // namespace marquetry::stack
