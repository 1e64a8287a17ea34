// The layers of packages: those of the library, as a designer would check them.
#include "placement/section.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "support/project.h"

using namespace marquetry;
using layout::Extent;

namespace {

const Library& library() {
  static const Library all = test::project_library();
  return all;
}

placement::SectionParts parts(std::string_view packaging, std::string_view cooling = "cold-plate") {
  const auto* cools = find(library().coolings, cooling);
  return {.packaging = find(library().packagings, packaging),
          .cooling = cools,
          .resistance = cools->resistance.typ};
}

const layout::SectionLayer& layer(const layout::Section& section, std::string_view name) {
  const auto found = std::ranges::find(section.layers, name, &layout::SectionLayer::name);
  REQUIRE(found != section.layers.end());
  return *found;
}

double height(const layout::Section& section) {
  double sum = 0;
  for (const auto& l : section.layers) sum += l.thickness;
  return sum;
}

}  // namespace

TEST_CASE("every packaging under every cooling has a section that can be solved") {
  for (const auto& packaging : library().packagings) {
    for (const auto& cooling : library().coolings) {
      INFO(packaging.id << " under " << cooling.id);
      const auto section = placement::package_section(library(), parts(packaging.id, cooling.id));
      REQUIRE(section);
      CHECK(std::ranges::count_if(section->layers, &layout::SectionLayer::heats) == 1);
      CHECK(std::ranges::count_if(section->layers, &layout::SectionLayer::bodies) == 1);
      CHECK(section->layers.front().extent == Extent::package);
      for (const auto& l : section->layers) {
        INFO("layer " << l.name);
        CHECK(l.thickness > 0);
        for (const auto& m : {l.material, l.extent == Extent::package ? l.material : l.filler,
                              l.bridge.value_or(l.material)}) {
          CHECK(std::min({m.along_x, m.along_y, m.across, m.capacity}) > 0);
        }
      }
      CHECK(section->bottom_transfer > 0);
      CHECK((section->top_transfer > 0) == cooling.direct);
      CHECK(section->package.has_value() == !cooling.direct);
      if (section->package) {
        CHECK(section->package->convection > 0);
        CHECK(section->package->convection <= cooling.resistance.typ);
      }
    }
  }
}

TEST_CASE("bump layers are anisotropic composites of solder and underfill") {
  const auto section = placement::package_section(library(), parts("cowos-s"));
  const auto& bumps = layer(*section, "microbumps-45um").material;
  const auto& table = *find(library().materials, "microbump-layer-45um");
  CHECK(bumps.across == Approx(table.conductivity.typ).epsilon(0.005));
  CHECK(bumps.along_x == Approx(table.lateral.typ).epsilon(0.005));
  CHECK(bumps.capacity == Approx(table.heat_capacity.typ).epsilon(0.005));
  const auto& vias = layer(*section, "interposer-silicon").material;
  // 10 um copper at 50 um: 3.1 % of 400 beside 148 W/m/K
  CHECK(vias.across == Approx(155.9).epsilon(0.001));
  CHECK(vias.along_x > 148);
  CHECK(vias.along_x < vias.across);
}

TEST_CASE("a pile of eight memory dies is hindered by its gaps") {
  const auto body = placement::memory_body(library(), *find(library().memories, "hbm2"));
  REQUIRE(body);
  // 50 + 8 x 45 + 100 um of silicon, 8 x 20 um of bumps at 10.6 W/m/K: 510 / 148 + 160 / 10.6 = 18.6 um m K/W
  CHECK(body->across == Approx(670 / (510 / 148.0 + 160 / 10.57)).epsilon(0.005));
  CHECK(body->along_x == Approx((510 * 148 + 160 * 2.18) / 670).epsilon(0.005));
  CHECK_FALSE(placement::memory_body(library(), *find(library().memories, "ddr4-3200")));
}

TEST_CASE("a design's interface and lid take the place of the section's") {
  auto own = parts("cowos-s");
  own.tim = "tim-indium";
  own.lid = "diamond-cvd";
  const auto section = placement::package_section(library(), own);
  CHECK(layer(*section, "tim1").material.across == 80);
  CHECK(layer(*section, "lid").material.across == 1500);
  own.lid = "none";
  const auto bare = placement::package_section(library(), own);
  CHECK(bare->layers.back().name == "tim1");
  // The plate of the cooling is as thick as lid and plate were.
  const auto plate = [](const layout::Section& s) {
    return s.package->spreader.thickness + s.package->sink.thickness;
  };
  CHECK(plate(*bare) == Approx(5e-3));
  CHECK(plate(*section) == Approx(3e-3));
}

TEST_CASE("a direct cooling needs neither lid nor interface") {
  const auto section = placement::package_section(library(), parts("cowos-s", "microchannels"));
  CHECK(section->layers.back().extent == Extent::dies);
  CHECK(section->layers.back().name == "cooling");
  CHECK(section->layers[section->layers.size() - 2].name == "silicon");
  // 0.03 K/W of a plate of 30 x 30 mm
  CHECK(section->top_transfer == Approx(1 / (0.03 * 9e-4)));
}

TEST_CASE("stacked dies have layers of their own, in a pile of the same height") {
  auto own = parts("organic-mcm");
  const auto flat = placement::package_section(library(), own);
  own.stackings = {find(library().packagings, "soic-x"), find(library().packagings, "foveros")};
  const auto pile = placement::package_section(library(), own);
  REQUIRE(pile->layers.size() == flat->layers.size() + 6);
  CHECK(height(*pile) == Approx(height(*flat)));
  std::vector<std::string> names;
  for (const auto& l : pile->layers) names.push_back(l.name);
  CHECK(names == std::vector<std::string>{"substrate-organic", "c4-dies", "circuits", "silicon-thinned-1",
                                          "joint-hybrid-1", "circuits-1", "silicon-thinned-2",
                                          "joint-microbumps-2", "circuits-2", "silicon", "tim1", "lid"});
  CHECK(layer(*pile, "circuits-1").level == 1);
  CHECK(layer(*pile, "silicon-thinned-1").level == 0);
  CHECK(layer(*pile, "silicon-thinned-2").level == 1);
  CHECK(layer(*pile, "silicon").level == 2);
  CHECK(layer(*pile, "silicon").support);
}
