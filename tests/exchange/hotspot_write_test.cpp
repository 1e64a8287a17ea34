// A stack written as HotSpot's files: what is read again has the same temperatures.
#include <catch2/catch.hpp>

#include "exchange/hotspot/cover.h"
#include "exchange/hotspot/read.h"
#include "exchange/hotspot/write.h"
#include "support/folder.h"
#include "thermal/check.h"
#include "thermal/heat.h"

namespace marquetry::exchange {

using thermal::Model;

TEST_CASE("what blocks leave free is covered once, and nothing else") {
  thermal::Layer layer;
  layer.blocks = {{.x = 1, .y = 1, .width = 2, .height = 3},
                  {.x = 3, .y = 2, .width = 4, .height = 1},
                  {.x = 0, .y = 6, .width = 8, .height = 2}};
  const auto rest = hotspot::uncovered(layer, 8, 8);
  double area = 0;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    const auto& r = rest[i];
    area += r.width * r.height;
    const auto overlaps = [&](double x, double y, double w, double h) {
      return x < r.x + r.width - 1e-9 && r.x < x + w - 1e-9 && y < r.y + r.height - 1e-9 &&
             r.y < y + h - 1e-9;
    };
    for (const auto& b : layer.blocks) CHECK_FALSE(overlaps(b.x, b.y, b.width, b.height));
    for (std::size_t k = 0; k < i; ++k)
      CHECK_FALSE(overlaps(rest[k].x, rest[k].y, rest[k].width, rest[k].height));
  }
  CHECK(area == Approx(64 - 6 - 4 - 16));
  CHECK(hotspot::uncovered({}, 3, 2).size() == 1);
}

TEST_CASE("a stack that is written as HotSpot's files has the same temperatures when it is read again") {
  thermal::HeatCase heat{.stack = {.name = "s", .width = 0.01, .height = 0.008, .ambient = 310}};
  const auto solid = [](std::string name, double k, double c) {
    return layout::Material{.name = std::move(name), .along_x = k, .along_y = k, .across = k, .capacity = c};
  };
  heat.settings = {.columns = 20, .rows = 16};
  auto& stack = heat.stack;
  stack.layers = {{.name = "base", .thickness = 3e-4, .material = solid("1 base", 2, 2e6), .contact = 2e-6},
                  {.name = "dies", .thickness = 1e-4, .material = solid("mould", 0.8, 1.5e6), .heats = true},
                  {.name = "tim", .thickness = 3e-5, .material = solid("1 base", 4, 4e6)}};
  stack.layers[1].blocks = {{.name = "gpu 0",
                             .x = 1e-3,
                             .y = 1e-3,
                             .width = 4e-3,
                             .height = 5e-3,
                             .power = 30,
                             .material = solid("si", 120, 1.6e6)},
                            {.name = "gpu_0",
                             .x = 6e-3,
                             .y = 2e-3,
                             .width = 2e-3,
                             .height = 5e-3,
                             .power = 5,
                             .material = solid("si", 120, 1.6e6)}};
  const bool has_package = GENERATE(true, false);
  if (has_package)
    stack.package = layout::Spreading{
        {0.03, 1e-3, solid("cu", 390, 3.4e6)}, {0.05, 5e-3, solid("al", 230, 2.4e6)}, 0.2, 100};
  else
    stack.top_transfer = 20000;
  if (has_package) heat.trace = thermal::Trace{0.02, {{20, 5}, {40, 5}}};

  test::Folder folder;
  Diagnostics diagnostics;
  const auto files = write_hotspot(heat, folder.path() / "out.config", diagnostics);
  INFO(render_all(diagnostics));
  REQUIRE(files.size() == 4 + 4);  // a sheet for the contact
  CHECK((diagnostics.all().empty() ? has_package : !has_package));
  const auto again = load_hotspot({.config = files[0]}, Model::physical, diagnostics);
  INFO(render_all(diagnostics));
  REQUIRE(again);
  Diagnostics complaints;
  thermal::check(again->stack, complaints, thermal::Gaps::refused);
  CHECK(complaints.ok());
  if (has_package) CHECK(again->trace->powers.size() == 2);
  const conduction::Request fine{.tolerance = 1e-7};
  const auto before = thermal::steady(stack, heat.settings, fine),
             after = thermal::steady(again->stack, again->settings, fine);
  CHECK(again->settings.columns == 20);
  // The thin plates that stand for no package add a hundredth of a per mille.
  const double margin = has_package ? 1e-5 : 0.02;
  CHECK(after.peak == Approx(before.peak).margin(margin).epsilon(0));
  CHECK(after.power == Approx(35));
  CHECK(after.blocks[0].layer == 0);
  std::vector<double> means;
  for (const auto& t : after.blocks)
    if (again->stack.layers[t.layer].heats) means.push_back(t.mean);
  REQUIRE(means.size() >= 2);
  CHECK(means[0] == Approx(before.blocks[0].mean).margin(margin).epsilon(0));
  CHECK(means[1] == Approx(before.blocks[1].mean).margin(margin).epsilon(0));
}

}  // namespace marquetry::exchange
