#include "placement/section.h"

#include <algorithm>

#include "library/section_of.h"
#include "thermal/composite.h"

namespace marquetry::placement {
namespace {

constexpr double thinnest = 50e-6;       // m, of the topmost silicon
constexpr double thinnest_plate = 5e-4;  // m, of a cooling's plate without the lid

layout::Material material(const Library& library, std::string_view id) {
  const auto* row = find(library.materials, id);
  if (row == nullptr) return {};
  return {.name = row->id,
          .along_x = row->lateral.typ,
          .along_y = row->lateral.typ,
          .across = row->conductivity.typ,
          .capacity = row->heat_capacity.typ,
          .exponent = row->exponent.typ};
}

layout::Material whole_material(const Library& library, const StackLayer& row) {
  const auto matrix = material(library, row.material);
  if (row.inclusion.empty()) return matrix;
  return thermal::composite(matrix, material(library, row.inclusion),
                            thermal::area_fraction(row.inclusion_diameter.typ, row.inclusion_pitch.typ));
}

layout::SectionLayer section_layer(const Library& library, const StackLayer& row, std::string_view filler) {
  layout::SectionLayer layer{.name = row.id,
                             .thickness = row.thickness.typ,
                             .extent = row.extent == "package"   ? layout::Extent::package
                                       : row.extent == "carrier" ? layout::Extent::carrier
                                                                 : layout::Extent::dies,
                             .material = whole_material(library, row),
                             .heats = row.heats,
                             .bodies = row.bodies};
  std::string_view beyond = row.filler;
  if (beyond.empty() && layer.extent == layout::Extent::dies) beyond = filler;
  layer.filler = material(library, beyond.empty() ? "air" : beyond);
  if (!row.bridge.empty()) layer.bridge = material(library, row.bridge);
  return layer;
}

// The layers of the joints between the circuits and the silicon of the dies on the carrier.
void insert_stacks(const Library& library, const SectionParts& parts, std::string_view filler,
                   layout::Section& section) {
  const auto body = std::ranges::find_if(section.layers, &layout::SectionLayer::bodies);
  if (body == section.layers.end()) return;
  const auto silicon = body->material;
  std::vector<layout::SectionLayer> between;
  double height = 0;
  for (std::size_t level = 1; level <= parts.stackings.size(); ++level) {
    const auto* joint = section_of(library, *parts.stackings[level - 1]);
    if (joint == nullptr) return;
    for (const auto& id : joint->layers) {
      const auto* row = find(library.layers, id);
      if (row == nullptr) continue;
      auto layer = section_layer(library, *row, filler);
      if (layer.extent != layout::Extent::dies) continue;  // of a package, which a joint has none of
      layer.level = layer.bodies ? level - 1 : level;
      layer.name += "-" + std::to_string(level);
      if (layer.level > 0) layer.support = silicon;
      height += layer.thickness;
      between.push_back(std::move(layer));
    }
  }
  body->thickness = std::max(body->thickness - height, thinnest);
  body->level = parts.stackings.size();
  body->support = silicon;
  section.layers.insert(body, between.begin(), between.end());
}

bool is_known(const layout::SectionLayer& layer) {
  return layer.material.across > 0 && layer.filler.across > 0;
}

void cool(const SectionParts& parts, double lid, layout::Section& section) {
  const auto& row = *parts.cooling;
  const layout::Material plate{.name = row.id,
                               .along_x = row.base_conductivity.typ,
                               .along_y = row.base_conductivity.typ,
                               .across = row.base_conductivity.typ,
                               .capacity = 3.55e6};  // of copper, as HotSpot's plates
  const double side = row.base.typ;
  if (row.direct) {
    const layout::Material air = section.layers.back().filler;
    section.layers.push_back({.name = "cooling",
                              .thickness = row.base_thickness.typ,
                              .extent = layout::Extent::dies,
                              .material = plate,
                              .filler = air});
    section.top_transfer = 1 / (parts.resistance * side * side);
    return;
  }
  section.layers.back().contact = row.joint.typ;
  const double thickness = std::max(row.base_thickness.typ - lid, thinnest_plate);
  section.package = layout::Spreading{
      .spreader = {.side = side, .thickness = thickness / 2, .material = plate},
      .sink = {.side = side, .thickness = thickness / 2, .material = plate},
      .convection = std::max(parts.resistance - row.joint.typ / (side * side), 0.1 * parts.resistance)};
}

}  // namespace

std::optional<layout::Section> package_section(const Library& library, const SectionParts& parts) {
  const auto* row = package_section_of(library, *parts.packaging, parts.section);
  if (row == nullptr) return std::nullopt;
  layout::Section out;
  out.bottom_transfer = row->board.typ;
  double lid = 0;
  for (const auto& id : row->layers) {
    const auto* from = find(library.layers, id);
    if (from == nullptr) return std::nullopt;
    if (!from->part.empty() && parts.cooling->direct) continue;
    if (from->part == "lid" && parts.lid == "none") continue;
    auto layer = section_layer(library, *from, row->filler);
    if (from->part == "lid") {
      if (!parts.lid.empty()) layer.material = material(library, parts.lid);
      layer.thickness = parts.lid_thickness.value_or(layer.thickness);
      lid = layer.thickness;
    }
    if (from->part == "tim" && !parts.tim.empty()) layer.material = material(library, parts.tim);
    out.layers.push_back(std::move(layer));
  }
  if (std::ranges::none_of(out.layers, &layout::SectionLayer::heats)) return std::nullopt;
  if (!std::ranges::all_of(out.layers, is_known)) return std::nullopt;  // a row of materials is missing
  insert_stacks(library, parts, row->filler, out);
  cool(parts, lid, out);
  return out;
}

std::optional<layout::Material> parted_silicon(const layout::Section& section, const ProcessNode& node) {
  const auto body = std::ranges::find_if(section.layers, &layout::SectionLayer::bodies);
  if (node.back_resistance.typ <= 0 || body == section.layers.end()) return std::nullopt;
  auto out = body->material;
  out.name += " on " + node.id;
  out.across = body->thickness / (body->thickness / out.across + node.back_resistance.typ);
  return out;
}

std::optional<layout::Material> memory_body(const Library& library, const Memory& memory) {
  const auto* row = find(library.sections, memory.section);
  if (row == nullptr) return std::nullopt;
  std::vector<thermal::Ply> plies;
  for (const auto& id : row->layers) {
    const auto* layer = find(library.layers, id);
    if (layer != nullptr) plies.push_back({layer->thickness.typ, whole_material(library, *layer)});
  }
  if (plies.empty()) return std::nullopt;
  auto body = thermal::laminate(plies);
  body.name = row->id;
  return body;
}

}  // namespace marquetry::placement
