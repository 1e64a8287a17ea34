// Reports of a layout made by hand: what the picture, the JSON and the text show of it.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <set>

#include "report/layout_json.h"
#include "report/layout_sketch.h"
#include "report/layout_svg.h"
#include "report/layout_text.h"
#include "report/svg.h"

using namespace marquetry;
using layout::Layout;
using layout::Nanometre;
using layout::Problem;
using layout::Rect;
using layout::Side;

namespace {

constexpr Nanometre mm = 1'000'000;

Rect box(Nanometre x, Nanometre y, Nanometre w, Nanometre h) {
  return {{x * mm, y * mm}, {(x + w) * mm, (y + h) * mm}};
}

// Two dies with a bridged link, a memory on the second, on a stitched carrier.
Problem problem() {
  Problem p{.name = "a <pair> & more"};
  p.dies = {{.name = "left",
             .size = {10 * mm, 8 * mm},
             .ring = mm / 10,
             .power = 12,
             .tsv_zones = {box(1, 1, 2, 2)}},
            {.name = "right", .size = {8 * mm, 10 * mm}, .kind = 1},
            {.name = "cache", .size = {4 * mm, 4 * mm}, .kind = 2, .on = 1, .is_memory = true}};
  p.links = {{.name = "bus",
              .a = 0,
              .b = 1,
              .wires = 64,
              .phy = layout::Phy{.modules = 1, .width = 2 * mm, .depth = mm, .wires = 64, .bridged = true}}};
  p.externals = {{.name = "pcie", .die = 0, .modules = 1, .width = mm, .depth = mm}};
  p.carrier.stitch_x = {15 * mm};
  p.keep_outs = {{"foot", box(0, 18, 2, 2)}};
  return p;
}

Layout layout_of_it() {
  Layout l;
  l.dies = {{{1 * mm, 1 * mm}, {}}, {{12 * mm, 1 * mm}, geometry::Rotation::r90}, {{14 * mm, 3 * mm}, {}}};
  l.sizes = {{10 * mm, 8 * mm}, {8 * mm, 10 * mm}, {4 * mm, 4 * mm}};
  l.phys = {{.link = 0, .die = 0, .side = Side::right, .rect = box(10, 4, 1, 2)},
            {.link = 0, .die = 1, .side = Side::left, .rect = box(12, 4, 1, 2)},
            {.external = 0, .die = 0, .side = Side::left, .rect = box(1, 3, 1, 1)}};
  l.bridges = {{0, box(9, 4, 5, 2)}};
  l.carrier = box(0, 0, 24, 20);
  l.package = box(-3, -3, 30, 26);
  return l;
}

placement::Result result_of(const Layout& layout) {
  placement::Result result;
  result.best = layout;
  result.figures.box = {21 * mm, 8 * mm};
  result.figures.phys = 128;
  result.minimised = "wire";
  result.objective = 128;
  result.bound = 96;
  result.steps = 1234;
  result.seconds = 2;
  return result;
}

std::size_t rects(const pugi::xml_document& svg, const std::string& layer) {
  const auto group = svg.select_node(("//*[@id='" + layer + "']").c_str()).node();
  REQUIRE(group);
  return static_cast<std::size_t>(
      std::distance(group.children("rect").begin(), group.children("rect").end()));
}

}  // namespace

TEST_CASE("the picture is XML with every thing in its layer, at its place") {
  pugi::xml_document svg;
  REQUIRE(svg.load_string(report::layout_svg(problem(), layout_of_it()).c_str()));
  CHECK(std::string{svg.select_node("/svg/title").node().text().get()} == "a <pair> & more");
  CHECK(rects(svg, "package") == 1);
  CHECK(rects(svg, "carrier") == 1);
  CHECK(rects(svg, "heat") == 0);
  CHECK(rects(svg, "rules") == 1);
  CHECK(rects(svg, "dies") == 5);  // three, a ring, a TSV zone
  CHECK(rects(svg, "phys") == 3);
  CHECK(rects(svg, "bridges") == 1);
  const auto lines = svg.select_node("//*[@id='stitches']").node();
  CHECK(std::distance(lines.children("line").begin(), lines.children("line").end()) == 1);
  const auto links = svg.select_node("//*[@id='links']").node();
  CHECK(std::distance(links.children("line").begin(), links.children("line").end()) == 1);
  // 900 pixels are the 30 mm of the package: the turned die is 10 mm wide, 8 mm high, 15 mm right of its
  // edge.
  const auto right = svg.select_node("//*[@id='dies']/rect[title[starts-with(., 'right')]]").node();
  REQUIRE(right);
  CHECK(right.attribute("width").as_double() == Approx(300));
  CHECK(right.attribute("height").as_double() == Approx(240));
  const auto package = svg.select_node("//*[@id='package']/rect").node();
  CHECK(right.attribute("x").as_double() - package.attribute("x").as_double() == Approx(450));
  // Its lower edge is 4 mm above that of the package.
  const auto bottom = [](const pugi::xml_node& r) {
    return r.attribute("y").as_double() + r.attribute("height").as_double();
  };
  CHECK(bottom(package) - bottom(right) == Approx(120));
  std::set<std::string> names, meanings;
  for (const auto& text : svg.select_nodes("//*[@id='names']/text")) names.insert(text.node().text().get());
  CHECK(names.contains("left"));
  CHECK(names.contains("cache"));
  for (const auto& text : svg.select_nodes("//*[@id='legend']/text"))
    meanings.insert(text.node().text().get());
  CHECK(meanings == std::set<std::string>{"package", "carrier", "keep-out", "bump ring", "die", "TSVs",
                                          "stacked die", "stitch line", "bridge", "PHY", "PHY to the outside",
                                          "module to module"});
}

TEST_CASE("the scale bar is a round length") {
  pugi::xml_document svg;
  REQUIRE(svg.load_string(report::layout_svg(problem(), layout_of_it()).c_str()));
  const auto bar = svg.select_node("//*[@id='scale']/rect").node();
  CHECK(std::string{svg.select_node("//*[@id='scale']/text").node().text().get()} == "5 mm");
  CHECK(bar.attribute("width").as_double() == Approx(150));  // of 900 pixels for 30 mm
}

TEST_CASE("a name that means something to XML is but a name") {
  CHECK(report::xml_text("<b> & \"c\"\n") == "&lt;b&gt; &amp; &quot;c&quot; ");
}

TEST_CASE("the JSON of a layout: places as turned, PHYs and bridges by their links, the gap as a share") {
  const auto p = problem();
  const auto result = result_of(layout_of_it());
  const report::LayoutRun run{.metric = "auto", .objective = "wire", .seed = 3, .threads = 2, .steps = 1234};
  const auto json = report::layout_json(report::layout_report(p, result, run));
  CHECK(
      json["placements"][1] ==
      nlohmann::ordered_json{
          {"name", "right"}, {"x_um", 12e3}, {"y_um", 1e3}, {"rotation", 90}, {"w_um", 10e3}, {"h_um", 8e3}});
  CHECK(json["placements"][2]["on"] == "right");
  CHECK(json["phys"][0]["link"] == "bus");
  CHECK(json["phys"][1]["side"] == "left");
  CHECK(json["phys"][2]["external"] == "pcie");
  CHECK(json["bridges"][0]["w_um"] == 5e3);
  CHECK(json["gap"] == 0.25);
  CHECK(json["phy_wire_mm"] == 128);
  CHECK(json["hpwl_um"].is_null());
  CHECK(json["cost_usd"].is_null());
  CHECK(json["package"]["x_um"] == -3e3);
  CHECK_FALSE(json["run"].contains("threads"));
  CHECK_FALSE(json["run"].contains("seconds"));
  // The checker finds what this layout breaks, whatever its maker says of it.
  CHECK(json["legal"] == json["violations"].empty());
}

TEST_CASE("what is shown was looked at by the checker, not believed") {
  const auto p = problem();
  auto wrong = layout_of_it();
  wrong.dies[1].low.x = 5 * mm;  // into the first
  const auto result = result_of(wrong);
  const auto report = report::layout_report(p, result, {});
  CHECK_FALSE(report.legal());
  const auto text = report::layout_text(report);
  CHECK(text.find("NOT legal") != std::string::npos);
  CHECK(text.find("  overlap: ") != std::string::npos);
}

TEST_CASE("a sketch has the carrier, the dies in their places, the stacked above") {
  const auto sketch = report::layout_sketch(problem(), layout_of_it());
  for (const auto* name : {"left", "cache"}) CHECK(sketch.find(name) != std::string::npos);
  CHECK(sketch.find('.') < sketch.find('-'));  // the border of the carrier is the first line
  std::size_t widest = 0, lines = 0;
  for (std::size_t at = 0; at < sketch.size(); ++lines) {
    const auto end = sketch.find('\n', at);
    widest = std::max(widest, end - at);
    at = end + 1;
  }
  CHECK(widest <= 72);
  CHECK(lines <= 32);
}

TEST_CASE("a hundred dies are not all written out") {
  Problem p{.name = "many"};
  Layout l;
  for (Nanometre i = 0; i < 100; ++i) {
    p.dies.push_back(
        {.name = "d" + std::to_string(i), .size = {mm, mm}, .kind = static_cast<std::size_t>(i)});
    l.dies.push_back({{2 * i * mm, 0}, {}});
    l.sizes.push_back({mm, mm});
  }
  l.carrier = l.package = box(0, 0, 200, 1);
  const auto text = report::layout_text(report::layout_report(p, result_of(l), {}));
  CHECK(text.find("d59 ") != std::string::npos);
  CHECK(text.find("d60 ") == std::string::npos);
  CHECK(text.find("... and 40 more: see --json") != std::string::npos);
}
