// The dies with what is added to them first, then what carries them, then losses, design and use.
#include "footprint/evaluate.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "footprint/floorplan.h"
#include "footprint/package.h"

namespace marquetry::footprint {
namespace {

constexpr auto g = unit::gCO2;

// Blocks of one die; under the quirk that knows no such thing, each block is one.
std::vector<Chip> chips_of(const Footprint& footprint, const Quirks& quirks) {
  const bool apart = quirks.has(quirk("ecochip-mono-branch"));
  std::vector<Chip> chips;
  for (const auto& block : footprint.blocks) {
    const double at_7 = as_written(block.area / unit::mm2);
    const double scale = block.node->area[static_cast<std::size_t>(block.type)];
    const double power = at_7 * block.node->power[static_cast<std::size_t>(block.type)];
    const auto same = [&](const Chip& chip) { return chip.name == block.die; };
    auto chip = apart ? chips.end() : std::ranges::find_if(chips, same);
    if (chip == chips.end()) {
      chips.push_back({.name = apart ? block.name : block.die,
                       .type = block.type,
                       .node = block.node,
                       .aspect = quirks.has(quirk("ecochip-oblong")) ? 2 : block.aspect,
                       .where = block.where});
      chip = chips.end() - 1;
    }
    chip->at_7 += at_7;
    chip->area += at_7 * scale;
    chip->scale = chip->scale == 0 ? scale : chip->area / chip->at_7;
    chip->power_at_7 += power;
  }
  return chips;
}

// Of a computer farm that tries a design of so many transistors once, in g.
double design_once(const Design& design, const NodeConstants& node, double area) {
  const double gates = area * (node.transistors * unit::mm2) / design.transistors_per_gate;
  const double energy = design.computer_power / unit::W * (gates / node.gates_per_hour) / 1000;  // kWh
  return design.grid / (g / unit::kWh) * energy;
}

DieResult die_result(const Footprint& f, const Chip& chip, const Silicon& silicon, double share) {
  const auto& design = f.design;
  const Piece piece = chip.own_piece(silicon);
  DieResult out{.name = chip.name, .type = chip.type, .node = chip.node, .where = chip.where};
  out.area_at_7 = chip.at_7 * unit::mm2;
  out.area_scale = chip.scale;
  out.area = chip.area * unit::mm2;
  out.defects = silicon.defects(*chip.node) / unit::cm2;
  out.yield = chip.whole_piece(silicon).yield;
  out.per_wafer = silicon.per_wafer(piece);
  out.waste = silicon.waste(piece) * g;
  out.manufacturing = silicon.die(piece) * g;
  out.design = design_once(design, *chip.node, chip.area) * design.iterations / design.volume * g;
  // Leakage flows all the time that it is on, the rest while transistors switch.
  const double dynamic = chip.node->dynamic;
  out.power = share * design.power;
  out.average = out.power * (chip.power_at_7 / chip.at_7) * f.use.on * f.use.average *
                (dynamic * f.use.activity + (1 - dynamic));
  out.operation = out.average * f.use.lifetime * design.grid;
  out.total = out.manufacturing + out.design + out.operation;
  return out;
}

Floorplan floorplan_of(const Footprint& f, const std::vector<Chip>& chips) {
  std::vector<Outline> outlines;
  for (const auto& chip : chips) outlines.push_back({chip.whole(), chip.aspect});
  const auto extent = recursive_floorplan(std::move(outlines), as_written(f.packaging.emib_pitch / unit::mm));
  return {extent.x * unit::mm, extent.y * unit::mm, extent.x * extent.y * unit::mm2, extent.interfaces};
}

void find_misfits(const std::vector<Chip>& chips, const Silicon& silicon, Result& out) {
  for (std::size_t i = 0; i < chips.size(); ++i) {
    const Piece whole = chips[i].whole_piece(silicon);
    if (!(silicon.per_wafer(whole) > 0)) out.beyond_wafer.push_back(i);
    if (silicon.beyond_reticle(whole)) out.beyond_reticle.push_back(i);
  }
}

// Each die is attached by itself; where one bond fails, all that is there is lost. The peer loses no die.
void lose(const Footprint& f, const Quirks& quirks, std::size_t dies, double made, PackageResult& out) {
  const double bond = f.packaging.bond_yield;
  if (quirks.has(quirk("ecochip-bond-free"))) {
    const double yield = f.package == PackageType::stacked ? std::pow(bond, static_cast<double>(dies)) : bond;
    out.carrier = out.carrier / yield;
    out.routers = out.routers / yield;
    return;
  }
  const double yield = std::pow(bond, static_cast<double>(dies));
  out.carrier = out.carrier / yield;
  out.routers = out.routers / yield;
  out.lost_dies = made * (1 / yield - 1) * g;
}

}  // namespace

double as_written(double value) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::general, 15).ptr;
  std::from_chars(text, end, value);
  return value;
}

Result evaluate(const Footprint& f, const Quirks& quirks) {
  const Silicon silicon{f.wafers, quirks};
  auto chips = chips_of(f, quirks);
  Result out;
  const bool packaged = chips.size() > 1 || !quirks.has(quirk("ecochip-mono-branch"));
  out.package.router_areas = add_routers(f, quirks, chips);
  if (f.package == PackageType::stacked && chips.size() > 1) add_tsvs(f, quirks, chips);
  double at_7 = 0;
  for (const auto& chip : chips) at_7 += chip.at_7;
  for (const auto& chip : chips) out.dies.push_back(die_result(f, chip, silicon, chip.at_7 / at_7));
  find_misfits(chips, silicon, out);
  auto& package = out.package;
  if (packaged) {
    out.floorplan = floorplan_of(f, chips);
    const auto made = package_parts(f, quirks, silicon, chips, *out.floorplan);
    out.carrier_beyond_wafer = made.carrier_beyond_wafer;
    package.carrier = made.carrier * g;
    package.routers = made.routers * g;
    double routers_once = 0;
    for (const auto& chip : chips) routers_once += design_once(f.design, *chip.node, chip.router);
    package.router_design = routers_once * g;
    double dies = 0;
    for (const auto& die : out.dies) dies += die.manufacturing / g;
    lose(f, quirks, chips.size(), dies, package);
  }
  package.manufacturing = package.carrier + package.routers + package.lost_dies;
  package.design = package.router_design * f.design.iterations / f.design.volume;
  for (const auto& die : out.dies) {
    out.manufacturing += die.manufacturing;
    out.design += die.design;
    out.operation += die.operation;
  }
  out.manufacturing += package.manufacturing;
  out.design += package.design;
  out.total = out.manufacturing + out.design + out.operation;
  return out;
}

}  // namespace marquetry::footprint
