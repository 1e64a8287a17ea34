// Delay, energy and power of a node at a voltage, relative to those of another: polynomials that were fitted
// to circuit simulations from 180 to 7 nm. What the library's own figures are held against.
#pragma once

#include <array>
#include <string_view>

namespace marquetry::test {

// Highest power of the voltage first.
struct ScalingRow {
  std::string_view name;  // feature in nanometres; HP: high performance, LP: low power
  std::array<double, 4> delay{};
  std::array<double, 3> energy{}, power{};
};

// Stillmaker & Baas, Integration, the VLSI Journal 58 (2017) 74-81. Valid round the nominal voltage: the
// third powers bend back within 0.2 V of it in some rows (32 nm HP above 0.95 V).
inline constexpr std::array scaling_rows{
    ScalingRow{"180", {0, 97.09, -356.7, 406.5}, {0, 24.64, -17.98}, {0, 101000, -79720}},
    ScalingRow{"130", {-76.65, 334.9, -493.4, 275.8}, {7.171, -6.709, 2.904}, {27020, -15450, 5630}},
    ScalingRow{"90", {-60.34, 262.5, -384.2, 210.9}, {4.762, -4.781, 2.092}, {17320, -11230, 4328}},
    ScalingRow{"65", {-53.3, 230.4, -333.9, 178.6}, {3.755, -4.398, 1.975}, {12890, -10510, 4362}},
    ScalingRow{"HP45", {-501.6, 1567, -1619, 566.1}, {1.018, -0.3107, 0.1539}, {5462, -1760, 522.4}},
    ScalingRow{"HP32", {-1047, 2982, -2797, 873.5}, {0.8367, -0.4341, 0.1701}, {4001, -1733, 533.6}},
    ScalingRow{"LP45", {-285.7, 1239, -1795, 898.8}, {1.103, -0.362, 0.2767}, {6297, -3009, 1124}},
    ScalingRow{"LP32", {-325.9, 1374, -1922, 913.2}, {0.9559, -0.7823, 0.471}, {4557, -3037, 1323}},
    ScalingRow{"HP20", {0, 34.63, -66.37, 41.15}, {0.373, -0.1582, 0.04104}, {2922, -1286, 299.9}},
    ScalingRow{"HP16", {0, 24.8, -47.52, 28.87}, {0.2958, -0.1241, 0.03024}, {2133, -882.6, 197.7}},
    ScalingRow{"HP14", {-40.66, 109.2, -100.6, 35.92}, {0.2363, -0.09675, 0.02239}, {1675, -711, 159}},
    ScalingRow{"HP10", {-34.95, 93.65, -85.99, 30.4}, {0.2068, -0.09311, 0.02375}, {1456, -621.6, 143.8}},
    ScalingRow{"HP7", {-28.58, 76.6, -70.26, 24.69}, {0.1776, -0.09097, 0.02447}, {1179, -515.7, 123.4}},
    ScalingRow{"LP20", {-160.5, 514.1, -558.6, 217.5}, {0.2632, -0.14, 0.06841}, {2096, -962.4, 287.1}},
    ScalingRow{"LP16", {-114.6, 366.7, -397.4, 153.6}, {0.2139, -0.1187, 0.05639}, {1609, -715.5, 205.7}},
    ScalingRow{"LP14", {-85.37, 271.6, -292.2, 111.4}, {0.1556, -0.06472, 0.03066}, {1259, -554.1, 152.3}},
    ScalingRow{"LP10", {-71.76, 228.6, -246.3, 93.91}, {0.1261, -0.0518, 0.02769}, {1046, -422.7, 118.9}},
    ScalingRow{"LP7", {-61.79, 196.1, -210.3, 79.55}, {0.09365, -0.03409, 0.02043}, {815.2, -307.3, 87.54}},
};

// In units of the table: only ratios mean anything.
template <std::size_t N>
constexpr double polynomial(const std::array<double, N>& c, double voltage) {
  double sum = 0;
  for (const double k : c) sum = sum * voltage + k;
  return sum;
}

constexpr const ScalingRow* find_scaling(std::string_view name) {
  for (const auto& row : scaling_rows) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

// Of an operation on one node at one voltage / on another at another.
constexpr double delay_ratio(const ScalingRow& to, double at, const ScalingRow& from, double from_at) {
  return polynomial(to.delay, at) / polynomial(from.delay, from_at);
}

}  // namespace marquetry::test
