// The wires of placements that others have measured: every file of every index under the golden layouts, told
// apart by what stands in it; the cases that they place are looked up by name among the bench cases.
#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "config/json.h"
#include "exchange/layout_case.h"
#include "layout/legality.h"
#include "layout/wire.h"
#include "support/golden.h"

using namespace marquetry;
using Json = nlohmann::ordered_json;

namespace {

constexpr double tolerance = 1e-6;

std::optional<layout::Problem> read_case(const std::filesystem::path& root, const std::string& name) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator{root}) {
    if (entry.path().filename() != name + ".json") continue;
    Diagnostics diagnostics;
    const auto node = parse_json_file(entry.path(), diagnostics);
    auto problem =
        node ? exchange::read_layout_case(*node, exchange::Setting::native, diagnostics) : std::nullopt;
    INFO(render_all(diagnostics));
    REQUIRE(problem);
    return problem;
  }
  return std::nullopt;
}

layout::Nanometre nanometres(double value, double unit) { return std::llround(value * unit); }

layout::Layout standing(const layout::Problem& problem) {
  layout::Layout layout;
  for (const auto& die : problem.dies) layout.sizes.push_back(die.size);
  if (problem.carrier.fixed)
    layout.carrier.high = {problem.carrier.fixed->width, problem.carrier.fixed->height};
  layout.package = layout.carrier;
  return layout;
}

layout::Layout by_corners(const layout::Problem& problem, const Json& corners, double unit) {
  auto layout = standing(problem);
  REQUIRE(corners.size() == problem.dies.size());
  for (const auto& at : corners)
    layout.dies.push_back({{nanometres(at[0], unit), nanometres(at[1], unit)}, {}});
  return layout;
}

layout::Layout by_centres(const layout::Problem& problem, const Json& golden) {
  auto layout = standing(problem);
  const auto& centres = golden["centre_mm"];
  REQUIRE(centres.size() == problem.dies.size());
  for (std::size_t d = 0; d < centres.size(); ++d) {
    const auto rotation = golden["rotated_90"][d] == 1 ? layout::Rotation::r90 : layout::Rotation::r0;
    const auto size = geometry::turned(problem.dies[d].size, rotation);
    layout.dies.push_back(
        {{nanometres(centres[d][0], 1e6) - size.width / 2, nanometres(centres[d][1], 1e6) - size.height / 2},
         rotation});
  }
  return layout;
}

void check(double ours, const Json& golden) {
  CHECK(ours == Approx(golden.get<double>()).epsilon(tolerance));
}

void check_box(const layout::Layout& layout, const Json& golden, double unit) {
  const auto box = layout::bounding_box(layout);
  check(static_cast<double>(box.high.x) / unit, golden[0]);
  check(static_cast<double>(box.high.y) / unit, golden[1]);
}

void check_transport(const layout::Problem& problem, const Json& golden) {
  const auto layout = by_centres(problem, golden);
  const auto wire = layout::clump_transport(problem, layout);
  REQUIRE(wire);
  check(*wire / 1e6, golden["wire_mm"]);
  double wires = 0;
  for (const auto& link : problem.links) wires += link.wires;
  check(*wire / 1e6 / wires, golden["wire_mm_per_wire"]);
  CHECK(layout::violations(problem, layout).empty() == golden["legal"].get<bool>());
}

void check_half_perimeter(const layout::Problem& problem, const Json& golden) {
  const double unit = 1000;
  const auto layout = by_corners(problem, golden["lower_left"], unit);
  check(layout::half_perimeter(problem, layout) / unit, golden["hpwl"]);
  check_box(layout, golden["bbox"], unit);
  double blocks = 0;
  for (const auto& size : layout.sizes) blocks += geometry::area(size);
  CHECK(1 - blocks / geometry::area(layout::bounding_box(layout)) ==
        Approx(golden["dead_space"].get<double>()).margin(1e-8));
}

void check_pins(const layout::Problem& problem, const Json& golden) {
  const double unit = 1000;
  const auto layout = by_corners(problem, golden["lower_left_um"], unit);
  check(layout::pin_to_pin(problem, layout) / unit, golden["wire_um"]);
  check_box(layout, golden["bbox_um"], unit);
}

// Whether the row was of a form that we know.
bool check_row(const layout::Problem& problem, const Json& row) {
  if (row.contains("wire_mm") && row.contains("centre_mm")) {
    check_transport(problem, row);
  } else if (row.contains("hpwl") && row.contains("lower_left")) {
    check_half_perimeter(problem, row);
  } else if (row.contains("wire_um") && row.contains("lower_left_um")) {
    check_pins(problem, row);
  } else {
    return false;
  }
  return true;
}

}  // namespace

TEST_CASE("the wires of every golden placement come out, and whether it is legal") {
  const auto golden = test::golden_folder("layout");
  const auto bench = test::bench_folder("layout");
  if (!golden || !bench) return test::skip("no golden layouts, or no bench cases for them");
  for (const auto& index : test::golden_indices(*golden)) {
    for (const auto& entry : index.cases) {
      INFO(entry.file.string());
      const auto rows = Json::parse(std::ifstream{entry.file});
      for (std::size_t r = 0; r < rows.size(); ++r) {
        const auto& row = rows[r];
        INFO("row " << r << ", " << row.value("case", "no case"));
        REQUIRE(row.contains("case"));
        const auto problem = read_case(*bench, row["case"]);
        REQUIRE(problem);
        CHECK(check_row(*problem, row));
      }
    }
  }
}
