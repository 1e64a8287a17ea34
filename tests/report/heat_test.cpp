// What a report of heat says of a stack of known temperatures: names, limits, unions, layers, and its files.
#include "report/heat.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace marquetry;
using namespace marquetry::report;

namespace {

// A base with filler "a"; two dies that both have an "a"; temperatures by hand.
HeatReport known() {
  HeatReport report;
  auto& stack = report.input.stack;
  stack = {.name = "known", .width = 0.02, .height = 0.01, .ambient = 300};
  stack.layers = {{.name = "base"}, {.name = "low", .heats = true}, {.name = "up", .heats = true}};
  stack.layers[0].blocks = {
      {.name = "a", .width = 0.02, .height = 0.01},
  };
  stack.layers[1].blocks = {
      {.name = "a", .width = 0.01, .height = 0.01, .power = 5, .limit = 360, .throttle = 350},
      {.name = "core", .x = 0.01, .width = 0.01, .height = 0.005, .power = 7, .limit = 340}};
  stack.layers[2].blocks = {
      {.name = "a", .width = 0.01, .height = 0.01, .power = 1, .throttle = 310},
      {.name = "x.1", .x = 0.01, .width = 0.01, .height = 0.0025, .power = 1},
      {.name = "x.2", .x = 0.01, .y = 0.0025, .width = 0.01, .height = 0.0075, .power = 3}};
  auto& heat = report.heat;
  heat.shape = {.columns = 2, .rows = 2, .layers = 3};
  heat.ambient = 300;
  heat.rise.cells = {1, 2, 3, 4, 51, 52, 48, 10, 20, 21, 22, 23};
  heat.layers = {
      {"base", 304, 302.5, 301, 1, 1}, {"low", 352, 340, 310, 0, 1}, {"up", 323, 321.5, 320, 1, 1}};
  heat.blocks = {{0, 0, 302.5, 304}, {1, 0, 349, 351}, {1, 1, 345, 352},
                 {2, 0, 321, 322},   {2, 1, 320, 321}, {2, 2, 322, 323}};
  heat.peak = 352;
  heat.mean = 330.75;
  heat.power = 17;
  report.unions = {{"x", 2, 1, 2}};
  return report;
}

}  // namespace

TEST_CASE("a block is called by its name where that is enough, else with its layer's") {
  auto report = known();
  const std::vector<std::string> names{"base.a", "low.a", "core", "up.a", "x.1", "x.2"};
  CHECK(block_names(report) == names);
  report.separator = "_";
  CHECK(block_names(report)[1] == "low_a");
  // Where one layer alone has power, its block has the bare name.
  report.input.stack.layers[2].heats = false;
  CHECK(block_names(report)[1] == "a");
  CHECK(block_names(report)[0] == "base_a");
}

TEST_CASE("broken limits come by their excess, hard ones first") {
  const auto broken = violations(known());
  REQUIRE(broken.size() == 3);
  CHECK(broken[0].block == "core");
  CHECK(broken[0].is_hard);
  CHECK(broken[0].temperature - broken[0].limit == Approx(12));
  CHECK(broken[1].block == "up.a");  // 12 K above what it should stay below
  CHECK_FALSE(broken[1].is_hard);
  CHECK(broken[2].block == "low.a");
  CHECK(broken[2].temperature - broken[2].limit == Approx(1));
}

TEST_CASE("a part whose spots are too hot is named once, by the worst of them") {
  auto report = known();
  for (auto& block : report.input.stack.layers[2].blocks) block.limit = 310;
  const auto broken = violations(report);
  REQUIRE(std::ranges::count(broken, "x", &HeatViolation::block) == 1);
  const auto worst = *std::ranges::find(broken, "x", &HeatViolation::block);
  CHECK(worst.is_hard);
  CHECK(worst.temperature == Approx(323));
  // Where another layer has a part of that name, its layer's name stands before it.
  report.unions.push_back({"x", 1, 0, 2});
  const auto two = violations(report);
  CHECK(std::ranges::count(two, "up.x", &HeatViolation::block) == 1);
  CHECK(std::ranges::count(two, "low.x", &HeatViolation::block) == 1);
}

TEST_CASE("the hottest layer with power is shown, one by its name, or all") {
  const auto report = known();
  CHECK(shown_layers(report, "") == std::vector<std::size_t>{1});
  CHECK(shown_layers(report, "up") == std::vector<std::size_t>{2});
  CHECK(shown_layers(report, "all").size() == 3);
  CHECK(shown_layers(report, "none").empty());
}

TEST_CASE("parts of one element have their mean by area beside their own") {
  const auto out = heat_json(known());
  CHECK(out["blocks_c"]["x"].get<double>() == Approx(0.25 * 46.85 + 0.75 * 48.85));
  CHECK(out["blocks_c"]["x.1"].get<double>() == Approx(46.85));
  CHECK(out["blocks_c"].size() == 7);
  CHECK(out["hot_spot"]["block"] == "core");
  CHECK(out["hot_spot"]["x_mm"].get<double>() == Approx(15));
  CHECK(out["hot_spot"]["y_mm"].get<double>() == Approx(2.5));
  CHECK(out["peak_c"].get<double>() == Approx(78.85));
}

TEST_CASE("tables and maps hold the temperatures they are made of") {
  const auto report = known();
  CHECK(heat_map_csv(report, 1) == "74.8500,36.8500\n77.8500,78.8500\n");  // the upper row first
  const auto table = heat_csv(report);
  CHECK(table.starts_with("block,layer,power_w,mean_c,peak_c\nbase.a,base,0,29.3500,30.8500\n"));
  CHECK(std::ranges::count(table, '\n') == 7);
  const auto svg = heat_svg(report, {1, 2});
  CHECK(svg.find(">low: ") != std::string::npos);
  CHECK(svg.find("panel-1") != std::string::npos);
  CHECK(svg.find(">core</text>") != std::string::npos);
  CHECK(svg.find("beyond its limit") != std::string::npos);
  CHECK(svg.find(">should stay below</text>") != std::string::npos);
  const auto text = heat_text(report);
  CHECK(text.find("hottest  78.85 degC in layer low, core at (15.000, 2.500) mm") != std::string::npos);
  CHECK(text.find("beyond its limit: core has 78.85 degC, 12 K above 66.85 degC") != std::string::npos);
  CHECK(text.find("warm: up.a has 48.85 degC") != std::string::npos);
}
