#include "assembly/small_assembly.h"

#include "assembly/orientation.h"

namespace marquetry::test {
namespace {

using namespace assembly;

Region rectangle(std::string name, Face face, Size size) {
  return {
      .name = std::move(name),
      .face = face,
      .corners = {Point{0, 0}, Point{size.width, 0}, Point{size.width, size.height}, Point{0, size.height}}};
}

std::string word(Rng& rng, std::string stem, std::size_t index) {
  const auto odd = std::array{"", ".a", "[3]", "/x", "\\y", "ü", "\"q"}[rng.below(7)];
  return stem + std::to_string(index) + odd;
}

Units length(Rng& rng) { return static_cast<Units>(rng.below(4'000'000)) - 2'000'000; }

void add_regions(Rng& rng, Assembly& a, Chiplet& c) {
  for (std::size_t r = 0; r < rng.below(3); ++r) {
    auto& region =
        c.regions.emplace_back(rectangle(word(rng, "r", r), static_cast<Face>(rng.below(4)), c.size));
    region.corners[rng.below(4)] = {length(rng), length(rng)};
    if (rng.below(2) == 0) region.layer = "metal " + std::to_string(rng.below(9));
    if (rng.below(3) == 0) region.property_file = "a/b.pmap";
    for (std::size_t b = 0; b < rng.below(40); ++b) {
      const auto cell = rng.below(a.cells.size());
      region.bumps.push_back({word(rng, "b", b), cell, {length(rng), length(rng)}});
      if (rng.below(2) == 0) region.bumps.back().port = word(rng, "p", b);
      if (rng.below(2) == 0) region.bumps.back().net = word(rng, "n", b);
    }
  }
}

}  // namespace

Assembly face_to_face() {
  Assembly a{.name = "pair", .cells = {{.name = "BUMP", .size = {20'000, 20'000}}}};
  const Size die{1'000'000, 600'000}, base{2'000'000, 1'000'000};
  Chiplet chip{.name = "chip", .size = die, .thickness = 300'000, .has_tsv = true};
  chip.regions = {rectangle("front", Face::front, die), rectangle("back", Face::back, die)};
  // Symmetric about the middle, so that the turned one meets it.
  chip.regions[0].bumps = {{"a", 0, {100'000, 300'000}, "in", ""}, {"b", 0, {900'000, 300'000}, "out", ""}};
  chip.regions[1].bumps = {{"c", 0, {100'000, 300'000}, "in", ""}, {"d", 0, {900'000, 300'000}, "out", ""}};
  Chiplet substrate{.name = "substrate", .kind = Kind::substrate, .size = base, .thickness = 800'000};
  substrate.regions = {rectangle("top", Face::front, base)};
  substrate.regions[0].bumps = {{"a", 0, {600'000, 500'000}, "x", ""},
                                {"b", 0, {1'400'000, 500'000}, "y", ""}};
  a.chiplets = {chip, substrate};
  a.instances = {{.name = "base", .chiplet = 1},
                 {.name = "lower", .chiplet = 0, .low = {500'000, 200'000}, .z = 850'000},
                 {.name = "upper",
                  .chiplet = 0,
                  .low = {500'000, 200'000},
                  .z = 1'150'000,
                  .orientation = {.is_mirrored = true, .is_flipped = true}}};
  a.connections = {{.name = "faces", .top = RegionOf{2, 0}, .bottom = RegionOf{1, 0}, .thickness = 0},
                   {.name = "bumps", .top = RegionOf{1, 1}, .bottom = RegionOf{0, 0}, .thickness = 50'000}};
  // The upper die is mirrored: its "b" lies on the lower one's "a".
  a.nets = {{.name = "left", .pins = {{2, 0, 1}, {1, 0, 0}, {1, 1, 0}, {0, 0, 0}}},
            {.name = "right", .use = NetUse::power, .pins = {{2, 0, 0}, {1, 0, 1}, {1, 1, 1}, {0, 0, 1}}}};
  return a;
}

Assembly random_assembly(Rng rng) {
  Assembly a{.name = "random", .precision = std::array{1, 100, 1000, 2000, 4000, 3000}[rng.below(6)]};
  if (rng.below(2) == 0) a.version = "2.5";
  a.cells = {{.name = "BUMP"}, {.name = "PILLAR", .size = {40, 50}}};
  for (std::size_t c = 0; c < 1 + rng.below(4); ++c) {
    Chiplet chip{.name = word(rng, "c", c), .kind = static_cast<Kind>(rng.below(5))};
    chip.size = {static_cast<Units>(rng.below(1'000'000)), static_cast<Units>(rng.below(1'000'000))};
    chip.thickness = static_cast<Units>(rng.below(1000));
    chip.has_tsv = rng.below(2) == 0;
    if (rng.below(2) == 0) chip.offset = {length(rng), length(rng)};
    if (rng.below(2) == 0) chip.seal_ring = {1, 2, 3, 4};
    if (rng.below(2) == 0) chip.shrink = 0.9;
    if (rng.below(2) == 0) chip.ports = {{"clock", Direction::input}, {"data out", Direction::output}};
    if (rng.below(2) == 0) chip.files["LEF_file"] = {"a.lef", "b c.lef"};
    add_regions(rng, a, chip);
    a.chiplets.push_back(std::move(chip));
  }
  std::vector<RegionOf> regions;
  for (std::size_t i = 0; i < 1 + rng.below(6); ++i) {
    Instance instance{.name = word(rng, "i", i), .chiplet = rng.below(a.chiplets.size())};
    instance.low = {length(rng), length(rng)};
    instance.z = length(rng);
    instance.orientation = *orientation_of(orientation_names()[rng.below(16)]);
    if (rng.below(2) == 0) instance.files["sdc_file"] = {"x.sdc"};
    for (std::size_t r = 0; r < a.chiplets[instance.chiplet].regions.size(); ++r) regions.push_back({i, r});
    a.instances.push_back(std::move(instance));
  }
  if (regions.empty()) return a;
  const auto some = [&] { return regions[rng.below(regions.size())]; };
  for (std::size_t c = 0; c < rng.below(4); ++c) {
    Connection connection{.name = word(rng, "k", c), .top = some()};
    if (rng.below(3) > 0) connection.bottom = some();
    if (rng.below(3) > 0) connection.thickness = length(rng);
    a.connections.push_back(connection);
  }
  for (std::size_t n = 0; n < rng.below(9); ++n) {
    Net net{.name = word(rng, "n", n), .use = static_cast<NetUse>(rng.below(4))};
    if (rng.below(2) == 0) net.ports = {"pad" + std::to_string(n)};
    if (rng.below(2) == 0) net.metal = {{"RDL1", 1200, {{0, 0}, {length(rng), 5}}}};
    for (std::size_t p = 0; p < rng.below(9); ++p) {
      const auto at = some();
      const auto& bumps = a.chiplets[a.instances[at.instance].chiplet].regions[at.region].bumps;
      if (!bumps.empty()) net.pins.push_back({at.instance, at.region, rng.below(bumps.size())});
    }
    a.nets.push_back(std::move(net));
  }
  a.paths = {{.name = "Path1", .steps = {{some(), false}, {some(), true}}}};
  return a;
}

}  // namespace marquetry::test
