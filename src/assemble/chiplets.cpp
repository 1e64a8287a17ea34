#include "assemble/chiplets.h"

#include <fmt/format.h>

#include <algorithm>

#include "assembly/places.h"

namespace marquetry::assemble {

using namespace assembly;

std::size_t cell_of(Assembly& out, const char* name, geometry::Nanometre pitch) {
  const auto at = cell_index(out, name);
  out.cells[at].size = {pitch / 2, pitch / 2};
  return at;
}

assembly::Region whole_face(std::string name, Face face, Size size) {
  return {
      .name = std::move(name),
      .face = face,
      .corners = {Point{0, 0}, Point{size.width, 0}, Point{size.width, size.height}, Point{0, size.height}}};
}

Chiplets::Sorted Chiplets::sorted(const std::vector<Pad>& pads, const Die& die) const {
  struct Own {
    Point at{};
    PortId port{};
    std::uint32_t net{};
  };
  std::vector<Own> own;
  own.reserve(pads.size());
  for (const auto& pad : pads)
    own.push_back({unplaced(pad.at - die.low, die.size, die.orientation), pad.port, pad.net});
  std::ranges::sort(own, [](const Own& a, const Own& b) {
    return a.at.y != b.at.y ? a.at.y < b.at.y : a.at.x != b.at.x ? a.at.x < b.at.x : a.port < b.port;
  });
  Sorted out;
  out.pads.reserve(own.size());
  out.nets.reserve(own.size());
  for (const auto& pad : own) {
    out.pads.emplace_back(pad.at, pad.port);
    out.nets.push_back(pad.net);
  }
  return out;
}

std::string Chiplets::port_name(PortId port) const {
  switch (port.kind) {
    case PortKind::phy:
      return fmt::format("p{}_{}", port.slot, port.wire);
    case PortKind::below:
      return fmt::format("down_{}", port.wire);
    case PortKind::above:
      return fmt::format("up{}_{}", port.slot, port.wire);
    default:
      return pads_.supplies[port.wire];
  }
}

std::size_t Chiplets::add_chiplet(const Die& die, const Sorted& front, const Sorted& back) {
  const auto& made = makes_[die.make];
  auto name = made.empty() ? die.make : fmt::format("{}_v{}", die.make, made.size() + 1);
  while (find_chiplet(out_, name)) name += "_";
  Chiplet chiplet{
      .name = std::move(name), .size = die.size, .thickness = die.thickness, .has_tsv = die.has_tsv};
  const auto add_face = [&](const char* region_name, Face face, const Sorted& pads, std::size_t cell) {
    auto region = whole_face(region_name, face, die.size);
    region.bumps.reserve(pads.pads.size());
    for (std::size_t b = 0; b < pads.pads.size(); ++b)
      region.bumps.push_back(
          {fmt::format("b{}", b), cell, pads.pads[b].first, port_name(pads.pads[b].second), {}});
    chiplet.regions.push_back(std::move(region));
  };
  add_face("front", Face::front, front, die.front_cell);
  if (!back.pads.empty()) add_face("back", Face::back, back, die.back_cell);
  const auto& own = pads_.dies[die.die];
  for (std::size_t s = 0; s < own.phys.size(); ++s) {
    // Seen from the front the die is mirrored.
    const auto& r = own.phys[s];
    const Units left = die.size.width - r.high.x, right = die.size.width - r.low.x;
    chiplet.regions.push_back({.name = fmt::format("phy{}", s),
                               .face = Face::internal,
                               .corners = {Point{left, r.low.y}, Point{right, r.low.y},
                                           Point{right, r.high.y}, Point{left, r.high.y}}});
    if (own.both_ways[s]) continue;
    for (std::uint32_t w = 0; w < own.wires[s]; ++w) {
      const auto last = own.wires[s] - 1 - w;
      if (w == last) continue;  // the middle one of an odd number goes both ways
      chiplet.ports.push_back({port_name({PortKind::phy, static_cast<std::uint32_t>(s), w}),
                               w < last ? Direction::output : Direction::input});
    }
  }
  out_.chiplets.push_back(std::move(chiplet));
  return out_.chiplets.size() - 1;
}

Chiplets::Nets Chiplets::add(const Die& die) {
  const auto& own = pads_.dies[die.die];
  auto front = sorted(own.front, die), back = sorted(own.back, die);
  auto& makes = makes_[die.make];
  auto make = std::ranges::find_if(makes, [&](const Make& m) {
    const auto& chiplet = out_.chiplets[m.chiplet];
    return chiplet.size == die.size && chiplet.thickness == die.thickness && m.phys == own.phys &&
           m.front == front && m.back == back;
  });
  Nets nets{std::move(front.nets), std::move(back.nets)};
  if (make == makes.end()) {
    const auto chiplet = add_chiplet(die, front, back);
    makes.push_back({chiplet, std::move(front), std::move(back), own.phys});
    make = std::prev(makes.end());
  }
  auto name = die.name;
  while (find_instance(out_, name)) name += "_";
  out_.instances.push_back({.name = std::move(name),
                            .chiplet = make->chiplet,
                            .low = die.low,
                            .z = die.z,
                            .orientation = die.orientation});
  return nets;
}

std::map<std::string, std::size_t> Chiplets::variants() const {
  std::map<std::string, std::size_t> out;
  for (const auto& [make, makes] : makes_)
    if (makes.size() > 1) out[make] = makes.size();
  return out;
}

}  // namespace marquetry::assemble
