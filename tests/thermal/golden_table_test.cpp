// The table of docs/heat.md: every golden case with its error, our CPU time and its ratio to the peer's.
// Hidden:
//   build/release/tests/test_golden_thermal "[table]"
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <ctime>
#include <iostream>

#include "thermal/golden_transients.h"
#include "thermal/models.h"

using namespace marquetry;
using thermal::Model;

namespace {

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

template <class Function>
double least_seconds(int runs, const Function& function) {
  double least = 1e9;
  for (int i = 0; i < runs; ++i) {
    const double start = cpu_seconds();
    function();
    least = std::min(least, cpu_seconds() - start);
  }
  return least;
}

// Whole processes, one thread: HotSpot 7 with SuperLU and 3D-ICE 4.0 at 8 layers. Nothing is known of other
// sizes.
double peer_seconds(const thermal::Heat& heat, bool ice) {
  if (heat.shape.columns != heat.shape.rows || heat.shape.layers != 8) return 0;
  switch (heat.shape.columns) {
    case 32:
      return ice ? 0.09 : 0.30;
    case 64:
      return ice ? 0.77 : 2.06;
    case 128:
      return ice ? 7.97 : 22.4;
    default:
      return 0;
  }
}

// One row; the steady state is solved twice: sharply for the error, to 5e-3 K with proof for the time.
void print_steady(const test::HeatGolden& golden, const std::filesystem::path& file, Model model,
                  std::string_view against, bool ice,
                  const std::function<test::Deviations(const thermal::Heat&)>& compare) {
  auto settings = golden.heat.settings;
  settings.model = model;
  const auto heat =
      thermal::steady(golden.heat.stack, settings, {.tolerance = 1e-7, .most_iterations = 2000});
  const double seconds = least_seconds(7, [&] {
    Diagnostics diagnostics;
    const auto read = exchange::load_heat_case(file, diagnostics);
    thermal::steady(read->stack, settings);
  });
  const double peer = peer_seconds(heat, ice);
  std::cout << fmt::format("| {} | {} x {} x {} | {} | {} | {:.1e} | {:.3g} | {} |\n", golden.name,
                           heat.shape.rows, heat.shape.columns, heat.shape.layers, row(model).name, against,
                           compare(heat).worst(), 1e3 * seconds,
                           peer > 0 ? fmt::format("{:.0f} ({:.3g} s)", peer / seconds, peer)
                           : golden.json.contains("exact") ? std::string{"-"}
                                                           : std::string{"not published"});
}

void print_transient(const test::HeatGolden& golden, Model model, std::string_view against,
                     const thermal::March& march,
                     const std::function<test::Deviations(const thermal::Transient&)>& compare) {
  auto settings = golden.heat.settings;
  settings.model = model;
  thermal::Transient out;
  const double seconds = least_seconds(
      2, [&] { out = thermal::transient(golden.heat.stack, settings, *golden.heat.trace, march); });
  std::cout << fmt::format(
      "| {}, {} intervals | {} x {} x {} | {} | {} | {:.1e} | {:.3g} | not published |\n", golden.name,
      out.times.size(), settings.rows, settings.columns,
      golden.heat.stack.layers.size() + (golden.heat.stack.package ? 2 : 0), row(model).name, against,
      compare(out).worst(), 1e3 * seconds);
}

}  // namespace

TEST_CASE("every golden case with its error and its time", "[.][table]") {
  const auto root = test::golden_folder("thermal");
  if (!root) return test::skip("no golden cases");
  std::cout << "| case | rows x columns x layers | model | against | worst error, K | CPU ms | times faster "
               "than the peer |\n"
               "|---|---|---|---|---|---|---|\n";
  for (const auto& golden : test::heat_goldens()) {
    const auto file = *root / (golden.name + ".json");
    const auto& json = golden.json;
    for (const auto& [key, model, against] :
         {std::tuple{"results_physical", Model::physical, "the physical rule"},
          std::tuple{"results_hotspot7", Model::hotspot7, "HotSpot 7"}}) {
      if (!json.contains(key)) continue;
      print_steady(golden, file, model, against, false,
                   [&](const auto& heat) { return test::against_hotspot(golden, heat, json[key]); });
      if (!json[key].contains("transient")) continue;
      auto heat_case = golden.heat;
      heat_case.settings.model = model;
      const auto march = model == Model::hotspot7 ? march_of(heat_case) : thermal::March{};
      print_transient(golden, model, against, march, [&](const auto& out) {
        return test::against_hotspot(golden, out, json[key]["transient"]);
      });
    }
    if (json.contains("results_3dice") && golden.heat.trace)
      print_transient(golden, Model::physical, "3D-ICE 4.0", march_of(golden.heat),
                      [&](const auto& out) { return test::against_ice(golden, out); });
    else if (json.contains("results_3dice"))
      print_steady(golden, file, Model::physical, "3D-ICE 4.0", true,
                   [&](const auto& heat) { return test::against_ice(golden, heat); });
    if (json.contains("exact"))
      print_steady(golden, file, Model::physical, "closed form", false,
                   [&](const auto& heat) { return test::against_closed_form(golden, heat); });
  }
}
