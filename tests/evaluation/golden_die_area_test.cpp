// Measured areas of dies by category: LLMCompass's area model reproduced from its constants, and our own
// rebuilt dies beside what was measured.
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "evaluation/prepare.h"
#include "evaluation/rebuilt.h"
#include "support/golden.h"
#include "support/performance_golden.h"
#include "support/project.h"

using namespace marquetry;
using namespace marquetry::unit;

namespace {

using nlohmann::json;

// LLMCompass (Zhang et al., ISCA 2024), cost model: transistor counts of its parts, in millions.
// Floating-point units go with the square of the mantissa.
constexpr double fp64_unit = 0.6853, int32_unit = 0.17769, lane_control = 0.9962, core_network = 44.3;
constexpr double hbm2e_phy_mm2 = 10.45, hbm2e_controller = 552.743, density_90nm = 1.6;

double scaled_unit(double mantissa) { return fp64_unit * (mantissa / 52) * (mantissa / 52); }

// What its configuration says of a die, and its density and SRAM cell at that node.
struct Accelerator {
  std::string_view die;
  double density, cell_mm2;  // MTr/mm2
  double cores, lanes, vector_width, int32, fp32, fp64, array;
  double register_files, registers, register_bits, ports;
  double core_sram, shared_sram;  // bytes
  double memory_channels, links, link_phy_mm2, link_controller;
};
constexpr double kib = 1024, mib = 1024 * 1024;
constexpr std::array configurations{
    Accelerator{"GA100", 96.3,  1.7e-7, 128, 4,         32,       16, 16, 8,     16,
                1,       16384, 32,     4,   192 * kib, 48 * mib, 6,  12, 1.888, 74.632},
    Accelerator{"Aldebaran", 114.2, 1.4e-7, 112, 4,        16,      16, 0, 16,   16,
                64,          512,   32,     4,   80 * kib, 8 * mib, 8,  8, 5.69, 348.148},
};

// Units of up to 512 KiB, at the share of cells that CACTI gives for 4 KiB, 8 KiB, ...
double cache_mm2(double bytes, double cell_mm2) {
  constexpr std::array share{0.076, 0.142, 0.247, 0.393, 0.559, 0.704, 0.526, 0.602, 0.561};
  constexpr double largest = 512 * kib;
  const double units = bytes > largest ? std::ceil(bytes / largest) : 1;
  const double unit = std::max(bytes > largest ? largest : bytes, 4 * kib);
  const auto row = static_cast<std::size_t>(std::ceil(std::log2(unit))) - 12;
  return units * unit * 8 * cell_mm2 / share.at(row);
}

// EMPIRE's polynomial at 90 nm, D registers of W bits and P ports, scaled by density.
double register_file_mm2(const Accelerator& a) {
  const double D = a.registers, W = a.register_bits, P = a.ports;
  const double um2_90nm = 3.29e4 - 1.09e3 * D - 8.83e2 * W - 5.55e3 * P + 5.35e1 * D * W + 1.5e-2 * D * D +
                          1.08e-2 * W * W + 5.86e-1 * P * P + 1.42e2 * D * P + 3.68e2 * W * P;
  return a.register_files * um2_90nm * 1e-6 * density_90nm / a.density;
}

double core_mm2(const Accelerator& a) {
  const double control = a.vector_width * lane_control / a.density;
  const double units = (a.int32 * int32_unit + a.fp32 * scaled_unit(23) + a.fp64 * fp64_unit) / a.density;
  const double array = a.array * a.array * scaled_unit(10) / a.density;
  return a.lanes * (control + units + array + register_file_mm2(a)) + cache_mm2(a.core_sram, a.cell_mm2);
}

// In the order of the golden categories.
std::vector<double> llmcompass_mm2(const Accelerator& a) {
  return {a.cores * core_mm2(a),
          a.cores * core_network / a.density,
          cache_mm2(a.shared_sram, a.cell_mm2),
          a.memory_channels * hbm2e_phy_mm2,
          a.memory_channels * hbm2e_controller / a.density,
          a.links * a.link_phy_mm2,
          a.links * a.link_controller / a.density,
          0.0};
}

std::string die_of(const test::PerformanceEntry& entry) {
  constexpr std::string_view head = "die_area_";
  return entry.name.starts_with(head) ? entry.name.substr(head.size()) : entry.name;
}

double sum(const json& list) {
  const auto values = list.get<std::vector<double>>();
  return std::accumulate(values.begin(), values.end(), 0.0);
}

// Ours, of every design that rebuilds a product with a die of that name.
std::vector<DieContents> rebuilt_dies(const Library& library, const std::string& name) {
  std::vector<DieContents> out;
  for (const auto& [file, design] : test::rebuilt_designs(library)) {
    const auto& product = *find(library.products, design.reference);
    for (const auto& die : product.dies) {
      const auto d = counterpart(product, design, die);
      if (!die.name.starts_with(name) || !d) continue;
      Diagnostics diagnostics;
      const auto prepared = prepare(library, design, diagnostics);
      REQUIRE(prepared);
      out.push_back(die_contents(library, compose(*prepared, {}), *d));
    }
  }
  return out;
}

}  // namespace

TEST_CASE("the categories of a die add up to its totals") {
  const auto golden = test::performance_golden();
  if (!golden) return test::skip("no golden cases of performance");
  for (const auto* entry : golden->of(test::PerformanceSchema::die_area)) {
    INFO(entry->name);
    const auto& data = entry->data;
    REQUIRE(data["categories"].size() == data["measured_mm2"].size());
    CHECK(sum(data["measured_mm2"]) == Approx(data["measured_total_mm2"].get<double>()).epsilon(1e-4));
    if (!data.contains("llmcompass_model_mm2")) continue;
    CHECK(sum(data["llmcompass_model_mm2"]) ==
          Approx(data["llmcompass_model_total_mm2"].get<double>()).epsilon(1e-9));
  }
}

TEST_CASE("LLMCompass's areas follow from its constants, category by category") {
  const auto golden = test::performance_golden();
  if (!golden) return test::skip("no golden cases of performance");
  for (const auto* entry : golden->of(test::PerformanceSchema::die_area)) {
    const auto known = std::ranges::find(configurations, die_of(*entry), &Accelerator::die);
    if (known == configurations.end() || !entry->data.contains("llmcompass_model_mm2")) continue;
    INFO(entry->name);
    const auto theirs = entry->data["llmcompass_model_mm2"].get<std::vector<double>>();
    const auto again = llmcompass_mm2(*known);
    REQUIRE(theirs.size() == again.size());
    for (std::size_t c = 0; c < theirs.size(); ++c) {
      INFO(entry->data["categories"][c].get<std::string>());
      CHECK(again[c] == Approx(theirs[c]).epsilon(1e-9).margin(1e-12));
    }
    if (!entry->data.contains("llmcompass_core_mm2")) continue;
    CHECK(core_mm2(*known) ==
          Approx(entry->data["llmcompass_core_mm2"]["total_core"].get<double>()).epsilon(1e-9));
  }
}

TEST_CASE("our rebuilt dies are within 3 % of the measured ones, and their cores and caches too") {
  const auto golden = test::performance_golden();
  if (!golden) return test::skip("no golden cases of performance");
  const auto library = test::project_library();
  if (golden->of(test::PerformanceSchema::die_area).empty()) return test::skip("no measured dies");
  std::size_t compared = 0;  // dies that no product of the library has are not ours to rebuild
  for (const auto* entry : golden->of(test::PerformanceSchema::die_area)) {
    INFO(entry->name);
    const auto measured = [&](const std::string& category) {
      const auto names = entry->data["categories"].get<std::vector<std::string>>();
      const auto at = std::ranges::find(names, category);
      REQUIRE(at != names.end());
      return entry->data["measured_mm2"][static_cast<std::size_t>(at - names.begin())].get<double>();
    };
    const auto dies = rebuilt_dies(library, die_of(*entry));
    compared += dies.size();
    for (const auto& ours : dies) {
      INFO("cores " << ours.cores / mm2 << ", caches " << ours.caches / mm2 << ", fabric and the rest "
                    << ours.fabric / mm2 << ", memories " << ours.memories / mm2 << ", links "
                    << ours.links / mm2);
      CHECK(ours.total() / mm2 == Approx(entry->data["measured_total_mm2"].get<double>()).epsilon(0.03));
      CHECK(ours.cores / mm2 == Approx(measured("cores")).epsilon(0.03));
      CHECK(ours.caches / mm2 == Approx(measured("global_buffer")).epsilon(0.03));
    }
  }
  CHECK(compared > 0);
}
