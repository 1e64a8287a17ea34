// LEF and DEF: what they can hold reads back equal, over packages of ours and random ones.
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "exchange/lefdef/read.h"
#include "exchange/lefdef/write.h"
#include "support/assemblies.h"
#include "support/folder.h"
#include "support/messages.h"
#include "support/property.h"

namespace marquetry::exchange {

using namespace assembly;
using test::Folder;
using test::messages;

namespace {

// Without what LEF and DEF have no place for: the third dimension, connections, names of the carrier.
Assembly flat(Assembly package) {
  package.version = "5.8";
  package.connections.clear();
  package.paths.clear();
  for (auto& chiplet : package.chiplets) {
    if (chiplet.kind == Kind::substrate)
      chiplet.name = package.name;
    else
      chiplet.kind = Kind::die;
    chiplet.thickness = 0;
    chiplet.has_tsv = false;
  }
  for (auto& instance : package.instances) {
    instance.z = 0;
    instance.orientation.is_flipped = false;
    if (package.chiplets[instance.chiplet].kind == Kind::substrate) instance.name = package.name;
  }
  std::ranges::stable_partition(
      package.nets, [](const Net& net) { return net.use == NetUse::signal || net.use == NetUse::clock; });
  return package;
}

std::optional<Assembly> written_and_read(const Assembly& package, Diagnostics& diagnostics) {
  const Folder folder;
  const auto files = write_lefdef(package, folder.path() / "out.def", diagnostics);
  return files.empty() ? std::nullopt : read_lefdef(files, diagnostics);
}

}  // namespace

TEST_CASE("LEF and DEF: what they can hold is read as it was written") {
  for (const auto& package : {flat(test::two_dies()), flat(test::eight_ways())}) {
    Diagnostics diagnostics;
    const auto read = written_and_read(package, diagnostics);
    CHECK(messages(diagnostics) == "");
    REQUIRE(read);
    CHECK((*read == package));
  }
}

TEST_CASE("LEF and DEF: what was read is written with the same bytes") {
  auto package = flat(test::two_dies());
  std::ranges::reverse(package.nets);  // those of the supply first
  for (auto& net : package.nets) net.ports.push_back(net.name + "_out");
  const Folder folder;
  std::vector<std::string> texts;
  for (const auto* name : {"first.def", "second.def"}) {
    Diagnostics diagnostics;
    const auto files = write_lefdef(package, folder.path() / name, diagnostics);
    for (const auto& file : files) texts.push_back(test::text_of(file));
    const auto read = read_lefdef(files, diagnostics);
    CHECK(messages(diagnostics) == "");
    REQUIRE(read);
    package = *read;
  }
  REQUIRE(texts.size() == 4);
  CHECK(texts[0] == texts[2]);
  CHECK(texts[1] == texts[3]);
}

TEST_CASE("LEF and DEF: any flat package is read as it was written, without a word") {
  test::check_property([] {
    const auto pick = [](int low, int high) { return *rc::gen::inRange(low, high); };
    Assembly package{
        .name = "top", .precision = *rc::gen::element(100, 1000, 2000, 20'000), .version = "5.8"};
    const int cells = pick(1, 4);
    for (int c = 0; c < cells; ++c)
      package.cells.push_back({"cell" + std::to_string(c), {10 + 7 * c, pick(1, 60)}});
    std::set<std::size_t> seen;
    const auto bumps = [&](Size size, const std::string& prefix, const char* layer, bool is_carrier) {
      Region region{.name = layer,
                    .corners = {Point{0, 0}, {size.width, 0}, {size.width, size.height}, {0, size.height}},
                    .layer = layer};
      const int count = pick(1, 8);
      for (int b = 0; b < count; ++b) {
        const auto name = prefix + "[" + std::to_string(b) + "]";
        const auto cell =
            is_carrier ? static_cast<std::size_t>(b % cells) : static_cast<std::size_t>(pick(0, cells));
        region.bumps.push_back({name, cell, {pick(0, 900), pick(0, 900)}, is_carrier ? "" : name, ""});
        seen.insert(cell);
      }
      return region;
    };
    const int kinds = pick(1, 4), dies = pick(1, 6);
    for (int k = 0; k < kinds; ++k) {
      Chiplet die{.name = "die" + std::to_string(k), .size = {pick(900, 5000), pick(900, 5000)}};
      die.regions.push_back(bumps(die.size, "p", k % 2 == 0 ? "UP" : "DOWN", false));
      if (k % 2 != 0) die.regions.back().face = Face::back;
      if (pick(0, 2) == 1) die.ports.push_back({"p[0]", Direction::output});
      if (pick(0, 2) == 1) die.ports.push_back({"test", Direction::input});
      package.chiplets.push_back(die);
    }
    for (int d = 0; d < dies; ++d)
      package.instances.push_back(
          {.name = "u" + std::to_string(d),
           .chiplet = static_cast<std::size_t>(pick(0, kinds)),
           .low = {pick(-9000, 9000), pick(-9000, 9000)},
           .orientation = {*rc::gen::elementOf(
                               std::vector<Rotation>(geometry::rotations.begin(), geometry::rotations.end())),
                           pick(0, 2) == 1, false}});
    package.instances.push_back(
        {.name = "top", .chiplet = package.chiplets.size(), .low = {pick(-50, 50), 7}});
    Chiplet carrier{.name = "top", .kind = Kind::substrate, .size = {20'000, 30'000}};
    carrier.regions.push_back(bumps(carrier.size, "b", "UP", true));
    package.chiplets.push_back(carrier);
    // A cell that no bump has is not written.
    for (std::size_t c = package.cells.size(); c-- > 0;) {
      if (!seen.contains(c)) {
        package.cells.erase(package.cells.begin() + static_cast<std::ptrdiff_t>(c));
        for (auto& chiplet : package.chiplets) {
          for (auto& bump : chiplet.regions[0].bumps) bump.cell -= bump.cell > c ? 1 : 0;
        }
      }
    }
    const auto base = package.instances.size() - 1;
    for (std::size_t b = 0; b < package.chiplets.back().regions[0].bumps.size(); ++b) {
      auto& bump = package.chiplets.back().regions[0].bumps[b];
      if (pick(0, 4) == 0) continue;
      Net net{.name = "n" + std::to_string(b)};
      const auto at = static_cast<std::size_t>(pick(0, dies));
      net.pins = {{base, 0, b}};
      if (b < package.chiplets[package.instances[at].chiplet].regions[0].bumps.size())
        net.pins.push_back({at, 0, b});
      bump.port = bump.net = net.name;
      if (pick(0, 2) == 1) net.ports.push_back("port" + std::to_string(b));
      const int wires = pick(0, 3);
      for (int w = 0; w < wires; ++w) {
        const Point p{pick(-500, 500), pick(-500, 500)};
        const auto d = pick(1, 400);
        net.metal.push_back({.layer = pick(0, 2) == 1 ? "UP" : "M2",
                             .width = 2 * pick(1, 4),
                             .points = {p, {p.x + d, p.y}, {p.x + 2 * d, p.y - d}}});
      }
      if (pick(0, 4) == 0) net.use = *rc::gen::element(NetUse::power, NetUse::ground, NetUse::clock);
      package.nets.push_back(net);
    }
    package = flat(package);
    package.chiplets.back().name = "top";
    Diagnostics diagnostics;
    const auto read = written_and_read(package, diagnostics);
    RC_ASSERT(messages(diagnostics) == "");
    RC_ASSERT(read.has_value());
    RC_ASSERT(*read == package);
  });
}

}  // namespace marquetry::exchange
