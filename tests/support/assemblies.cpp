#include "support/assemblies.h"

#include <algorithm>

namespace marquetry::test {

using namespace assembly;

namespace {

constexpr Units um = 1000;

std::array<Point, 4> corners(Size s) {
  return {Point{0, 0}, {s.width, 0}, {s.width, s.height}, {0, s.height}};
}

// Region and bumps that meet those of the dies above, and their nets.
void add_carrier(Assembly& package, Size size, Units thickness) {
  Chiplet carrier{.name = "interposer", .kind = Kind::substrate, .size = size, .thickness = thickness};
  carrier.regions.push_back(
      {.name = "FRONT", .face = Face::front, .corners = corners(size), .layer = "FRONT"});
  package.chiplets.push_back(carrier);
  package.instances.push_back({.name = "base", .chiplet = package.chiplets.size() - 1});
}

// A net over bumps, each of which gets one of the carrier under it.
void join(Assembly& package, Net net) {
  const auto base = package.instances.size() - 1;
  auto& region = package.chiplets[package.instances[base].chiplet].regions[0];
  for (const auto pin : std::vector<BumpOf>{net.pins}) {
    const auto& bump =
        package.chiplets[package.instances[pin.instance].chiplet].regions[pin.region].bumps[pin.bump];
    net.pins.push_back({base, 0, region.bumps.size()});
    region.bumps.push_back({.name = "b" + std::to_string(region.bumps.size()),
                            .cell = bump.cell,
                            .at = placed_by_hand(package, pin.instance, bump.at),
                            .port = net.name,
                            .net = net.name});
  }
  package.nets.push_back(std::move(net));
}

}  // namespace

Point placed_by_hand(const Assembly& package, std::size_t instance, Point at) {
  const auto& i = package.instances[instance];
  const auto [w, h] = package.chiplets[i.chiplet].size;
  if (i.orientation.is_mirrored) at.x = w - at.x;
  switch (i.orientation.rotation) {
    case Rotation::r90:
      return {i.low.x + h - at.y, i.low.y + at.x};
    case Rotation::r180:
      return {i.low.x + w - at.x, i.low.y + h - at.y};
    case Rotation::r270:
      return {i.low.x + at.y, i.low.y + w - at.x};
    default:
      return {i.low.x + at.x, i.low.y + at.y};
  }
}

Assembly two_dies() {
  Assembly package{.name = "pair", .cells = {{"UBUMP", {30 * um, 30 * um}}}};
  const auto die = [&](std::string name, Size size, Units thickness) {
    Chiplet chiplet{.name = std::move(name), .size = size, .thickness = thickness};
    Region face{.name = "FRONT", .face = Face::front, .corners = corners(size), .layer = "FRONT"};
    for (const auto* port : {"d[0]", "d[1]", "d[2]", "d[3]", "clk", "VDD", "VSS"}) {
      const auto n = static_cast<Units>(face.bumps.size());
      face.bumps.push_back({port, 0, {(100 + 55 * n) * um, (150 + 20 * (n % 3)) * um}, port, ""});
    }
    chiplet.regions.push_back(face);
    package.chiplets.push_back(chiplet);
  };
  die("cpu", {3000 * um, 2000 * um}, 150 * um);
  die("mem", {1500 * um, 1000 * um}, 120 * um);
  const Units top = 100 * um;
  package.instances = {{.name = "u_cpu",
                        .chiplet = 0,
                        .low = {500 * um, 700 * um},
                        .z = top,
                        .orientation = {.is_flipped = true}},
                       {.name = "u_mem",
                        .chiplet = 1,
                        .low = {5000 * um, 900 * um},
                        .z = top,
                        .orientation = {.rotation = Rotation::r90, .is_flipped = true}}};
  add_carrier(package, {8000 * um, 5000 * um}, top);
  for (std::size_t bit = 0; bit < 4; ++bit) {
    join(package, {.name = "link[" + std::to_string(bit) + "]", .pins = {{0, 0, bit}, {1, 0, bit}}});
    auto& net = package.nets.back();
    const auto from = placed_by_hand(package, 0, package.chiplets[0].regions[0].bumps[bit].at);
    const auto to = placed_by_hand(package, 1, package.chiplets[1].regions[0].bumps[bit].at);
    net.metal = {{.layer = "RDL1", .width = 4 * um, .points = {from, {to.x, from.y}}},
                 {.layer = "RDL2", .width = 4 * um, .points = {{to.x, from.y}, to}}};
  }
  join(package, {.name = "clk", .use = NetUse::clock, .pins = {{0, 0, 4}, {1, 0, 4}}});
  join(package, {.name = "VDD", .use = NetUse::power, .pins = {{0, 0, 5}, {1, 0, 5}}, .ports = {"VDD"}});
  join(package, {.name = "VSS", .use = NetUse::ground, .pins = {{0, 0, 6}, {1, 0, 6}}, .ports = {"VSS"}});
  for (const std::size_t upper : {0u, 1u})
    package.connections.push_back({.name = "c" + std::to_string(upper),
                                   .top = RegionOf{upper, 0},
                                   .bottom = RegionOf{2, 0},
                                   .thickness = 0});
  return package;
}

Assembly eight_ways() {
  Assembly package{
      .name = "eight-ways", .precision = 2000, .cells = {{"pad.round", {25, 25}}, {"big", {40, 60}}}};
  Chiplet die{.name = "die/1", .kind = Kind::ip, .size = {4000, 2500}, .thickness = 300};
  Region face{.name = "FRONT", .face = Face::front, .corners = corners(die.size), .layer = "FRONT"};
  face.bumps = {{"a[0]", 0, {100, 200}, "a[0]", ""},
                {"a[2]", 0, {300, 200}, "a[2]", ""},
                {"wire", 1, {3000, 1700}, "wire", ""}};
  die.regions.push_back(face);
  package.chiplets.push_back(die);
  std::size_t n = 0;
  for (const auto rotation : geometry::rotations) {
    for (const bool is_mirrored : {false, true}) {
      const auto k = static_cast<Units>(n);
      package.instances.push_back({.name = "u/" + std::to_string(n),
                                   .low = {1000 + 5000 * (k % 4), 700 + 6000 * (k / 4)},
                                   .orientation = {rotation, is_mirrored, false}});
      ++n;
    }
  }
  add_carrier(package, {22'000, 14'000}, 100);
  package.chiplets.back().regions[0].layer = "FRONT";
  for (std::size_t i = 0; i < 8; i += 2) {
    join(package, {.name = "n" + std::to_string(i), .pins = {{i, 0, 0}, {i + 1, 0, 1}}});
    join(package, {.name = "m." + std::to_string(i), .pins = {{i, 0, 2}, {i + 1, 0, 2}}});
  }
  return package;
}

Assembly tower() {
  Assembly package{.name = "tower", .cells = {{"PAD", {2 * um, 2 * um}}}};
  Chiplet die{.name = "layer", .size = {1000 * um, 800 * um}, .thickness = 50 * um, .has_tsv = true};
  for (const auto face : {Face::front, Face::back}) {
    const std::string name = face == Face::front ? "FRONT" : "BACK";
    Region region{.name = name, .face = face, .corners = corners(die.size), .layer = name};
    for (Units y = 0; y < 20; ++y) {
      for (Units x = 0; x < 30; ++x) {
        const auto port = "p[" + std::to_string(x + 30 * y) + "]";
        region.bumps.push_back({port, 0, {(50 + 10 * x) * um, (40 + 12 * y) * um}, port, ""});
      }
    }
    die.regions.push_back(region);
  }
  package.chiplets.push_back(die);
  for (Units k = 0; k < 3; ++k)
    package.instances.push_back({.name = "l" + std::to_string(k), .low = {0, 0}, .z = 50 * um * k});
  for (std::size_t b = 0; b < 600; ++b) {
    Net net{.name = "t[" + std::to_string(b) + "]"};
    for (std::size_t k = 0; k + 1 < 3; ++k) {
      net.pins.push_back({k, 0, b});
      net.pins.push_back({k + 1, 1, b});
    }
    package.nets.push_back(net);
  }
  return package;
}

Assembly many_bumps(std::size_t bumps) {
  Assembly package{.name = "wide", .cells = {{"UBUMP", {20 * um, 20 * um}}}};
  for (const auto* name : {"compute", "io", "memory"})
    package.chiplets.push_back({.name = name, .size = {4000 * um, 3000 * um}, .thickness = 100 * um});
  for (std::size_t i = 0; i < 61; ++i) {
    const auto k = static_cast<Units>(i);
    package.instances.push_back({.name = "u" + std::to_string(i),
                                 .chiplet = i % 3,
                                 .low = {(k % 8) * 5000 * um, (k / 8) * 4000 * um},
                                 .z = 100 * um});
  }
  add_carrier(package, {40'000 * um, 32'000 * um}, 100 * um);
  auto& region = package.chiplets.back().regions[0];
  region.bumps.reserve(bumps);
  for (std::size_t b = 0; b < bumps; ++b) {
    const auto column = static_cast<Units>(b % 1000), row = static_cast<Units>(b / 1000);
    region.bumps.push_back({.name = "b" + std::to_string(b),
                            .at = {(20 + 39 * column + row % 2) * um, (20 + 30 * row) * um},
                            .port = "p" + std::to_string(b)});
  }
  return package;
}

}  // namespace marquetry::test
