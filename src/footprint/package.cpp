#include "footprint/package.h"

#include <algorithm>
#include <cmath>

namespace marquetry::footprint {
namespace {

// ECO-CHIP, section III: a router in 16 nm, taken for 14; and one on a 65 nm active interposer.
constexpr double router_at_14 = 0.33, router_at_65 = 4.47;  // mm2
constexpr double bridge_area = 25;                          // mm2: 5 x 5 mm
constexpr int bridge_node = 22, active_wires_node = 65;

double emissions(const NodeConstants& node) { return node.emissions / (unit::gCO2 / unit::mm2); }

// Routers that are made as dies of their own share nothing but the wafer's area; where all nodes are alike,
// they yield as one.
double routers_apart(const std::vector<Chip>& chips, const Silicon& silicon) {
  const bool alike = std::ranges::all_of(chips, [&](const Chip& c) { return c.node == chips[0].node; });
  double all = 0;
  for (const auto& chip : chips) all += chip.router;
  double sum = 0;
  for (const auto& chip : chips) {
    const double yield = piece_yield(silicon.defects(*chip.node), alike ? all : chip.router);
    sum += chip.router * emissions(*chip.node) / yield;
  }
  return sum;
}

double routers_on_dies(const std::vector<Chip>& chips, const Silicon& silicon) {
  if (chips[0].router_apart) return routers_apart(chips, silicon);
  double sum = 0;
  for (const auto& chip : chips) {
    sum += silicon.die(chip.piece(silicon, chip.with_router())) - silicon.die(chip.own_piece(silicon));
  }
  return sum;
}

// What TSVs add to the dies. The peer scales the dies to their node a second time, and takes no share of the
// wafer.
double stacking(const std::vector<Chip>& chips, const Silicon& silicon) {
  double sum = 0;
  for (const auto& chip : chips) {
    if (!chip.tsvs_apart) {
      sum += silicon.die(chip.whole_piece(silicon)) - silicon.die(chip.piece(silicon, chip.with_router()));
      continue;
    }
    const auto flat = [&](double area) {
      return chip.scale * area * emissions(*chip.node) /
             piece_yield(silicon.defects(*chip.node), area * chip.scale);
    };
    sum += flat(chip.area + chip.tsvs) - flat(chip.area);
  }
  return sum;
}

double bridges(const Footprint& f, const Quirks& quirks, const Silicon& silicon, double count) {
  const auto& node = *find_node(bridge_node);
  const double area = quirks.has(quirk("ecochip-emib-summed")) ? bridge_area * count : bridge_area;
  const double yield = piece_yield(silicon.defects(node) / 4, area);
  const double layers =
      quirks.has(quirk("ecochip-emib-layers")) ? 1 : f.packaging.emib_layers / f.packaging.beol_layers;
  return count * silicon.carrier({bridge_area, 1, emissions(node), yield}) * node.wiring * layers;
}

// One wafer with transistors all over: routers take all defects, the wires between them those of carriers.
// The peer charges the routers by area, and the rest the wires of a 65 nm wafer.
PackageParts active(const Quirks& quirks, const Silicon& silicon, const NodeConstants& node, double area,
                    double routers) {
  if (quirks.has(quirk("ecochip-active"))) {
    const double yield = piece_yield(silicon.carrier_defects(node), area);
    const double whole = silicon.carrier({area, 1, emissions(node), yield});
    const double part = whole * routers / area;
    return {.carrier = (whole - part) * find_node(active_wires_node)->wiring, .routers = part};
  }
  const double busy = std::min(routers, area);
  const double weighted = silicon.defects(node) * busy + silicon.carrier_defects(node) * (area - busy);
  const double whole = silicon.carrier({area, 1, emissions(node), piece_yield(1, weighted)});
  return {.carrier = whole * (1 - busy / area), .routers = whole * busy / area};
}

}  // namespace

Piece Chip::piece(const Silicon& silicon, double size) const {
  return {size, aspect, emissions(*node), piece_yield(silicon.defects(*node), size)};
}

std::vector<Area<>> add_routers(const Footprint& f, const Quirks& quirks, std::vector<Chip>& chips) {
  if (chips.size() == 1) return {Area<>{}};
  if (f.package == PackageType::active) {
    return {router_at_65 * static_cast<double>(chips.size()) * unit::mm2};
  }
  std::vector<Area<>> at_7;
  for (auto& chip : chips) {
    const auto type = quirks.has(quirk("ecochip-router-type")) ? chip.type : BlockType::logic;
    const double area = router_at_14 / find_node(14)->area[static_cast<std::size_t>(type)];
    chip.router = area * chip.node->area[static_cast<std::size_t>(type)];
    chip.router_apart = quirks.has(quirk("ecochip-router-apart"));
    at_7.push_back(area * unit::mm2);
  }
  return at_7;
}

void add_tsvs(const Footprint& f, const Quirks& quirks, std::vector<Chip>& chips) {
  const double pitch = as_written(f.packaging.tsv_pitch / unit::mm);
  const double size = as_written(f.packaging.tsv_size / unit::mm);
  for (auto& chip : chips) {
    const double side = std::floor(std::sqrt(chip.with_router()) / pitch);
    chip.tsvs = side * side * (size * size);
    chip.tsvs_apart = quirks.has(quirk("ecochip-3d-scaled-twice"));
  }
}

PackageParts package_parts(const Footprint& f, const Quirks& quirks, const Silicon& silicon,
                           const std::vector<Chip>& chips, const Floorplan& floorplan) {
  const auto& p = f.packaging;
  const double width = floorplan.width / unit::mm;
  const double height = floorplan.height / unit::mm;
  const double area = width * height;
  if (f.package == PackageType::stacked) {
    return {.carrier = stacking(chips, silicon), .routers = routers_on_dies(chips, silicon)};
  }
  if (f.package == PackageType::emib) {
    return {.carrier = floorplan.interfaces > 0 ? bridges(f, quirks, silicon, floorplan.interfaces) : 0,
            .routers = routers_on_dies(chips, silicon)};
  }
  const auto& node = *p.interposer_node;
  const double aspect = std::max(width, height) / std::min(width, height);
  const Piece piece{area, aspect, emissions(node), piece_yield(silicon.carrier_defects(node), area)};
  PackageParts parts;
  if (f.package == PackageType::active) {
    const double routers = chips.size() > 1 ? router_at_65 * static_cast<double>(chips.size()) : 0;
    parts = active(quirks, silicon, node, area, routers);
  } else {
    const double layers = f.package == PackageType::rdl ? p.rdl_layers / p.beol_layers : 1;
    parts = {.carrier = silicon.carrier(piece) * node.wiring * layers,
             .routers = routers_on_dies(chips, silicon)};
  }
  parts.carrier_beyond_wafer = !quirks.has(quirk("ecochip-carrier-share")) && !(silicon.per_wafer(piece) > 0);
  return parts;
}

}  // namespace marquetry::footprint
