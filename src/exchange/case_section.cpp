#include "exchange/case_section.h"

#include <algorithm>

namespace marquetry::exchange {
namespace {

constexpr double least_rho = 1e-6, most_rho = 1e6;

layout::Material alike(double conductivity) {
  layout::Material made;
  made.along_x = made.along_y = made.across = conductivity;
  return made;
}

layout::Slab read_slab(Fields& layer, double thickness) {
  return {.side = layer.number("side_m", 1e-4, 10, "side of the plate"),
          .thickness = thickness,
          .material = alike(layer.number("k_W_per_mK", 1e-3, 1e5, "conductivity"))};
}

layout::SectionLayer read_layer(Fields& layer, double thickness) {
  const auto conductivity = [&](std::string_view key) {
    return alike(1 / layer.number(key, least_rho, most_rho, "resistivity"));
  };
  layout::SectionLayer made{.name = layer.text_or("layer", layer.what()), .thickness = thickness};
  made.extent = layout::Extent::carrier;
  for (const std::string_view own : {"rho_die_and_ring_mK_per_W", "rho_under_die_and_ring_mK_per_W"}) {
    if (layer.optional(own) == nullptr) continue;
    made.extent = layout::Extent::dies;
    made.heats = own == "rho_die_and_ring_mK_per_W";
    made.material = conductivity(own);
    made.filler = layer.optional("rho_elsewhere_mK_per_W") != nullptr ? conductivity("rho_elsewhere_mK_per_W")
                                                                      : made.material;
  }
  if (made.extent == layout::Extent::carrier) made.material = made.filler = conductivity("rho_mK_per_W");
  return made;
}

// One plate is spreader and sink, half of it each.
layout::Spreading spreading(std::vector<layout::Slab> slabs, double convection) {
  if (slabs.size() == 1) {
    slabs.front().thickness /= 2;
    slabs.push_back(slabs.front());
  }
  slabs[1].side = std::max(slabs[0].side, slabs[1].side);
  return {.spreader = slabs[0], .sink = slabs[1], .convection = convection, .capacity = 0};
}

}  // namespace

std::optional<layout::Section> read_section(Fields& fields) {
  if (fields.optional("thermal_stack") == nullptr) return std::nullopt;
  auto& diagnostics = fields.diagnostics();
  const int before = diagnostics.errors();
  layout::Section section;
  std::vector<layout::Slab> slabs;
  double convection = 0;
  bool heats = false, in_order = true;
  const auto& layers = fields.items("thermal_stack", "layers, the lowest first");
  for (std::size_t i = 0; i < layers.size(); ++i) {
    Fields layer{layers[i], "layer " + std::to_string(i), diagnostics};
    const double thickness = layer.number("thickness_m", 1e-9, 1, "thickness");
    if (layer.optional("side_m") != nullptr) {
      slabs.push_back(read_slab(layer, thickness));
      convection = layer.number_or("r_convec_K_per_W", convection, 1e-6, 1e6);
      continue;
    }
    section.layers.push_back(read_layer(layer, thickness));
    in_order = in_order && slabs.empty();
    heats = heats || section.layers.back().heats;
  }
  if (diagnostics.errors() > before) return std::nullopt;
  if (!heats || !in_order || convection <= 0 || slabs.empty() || slabs.size() > 2) {
    diagnostics.error(
        name_spot(*fields.optional("thermal_stack")),
        "'thermal_stack' needs a layer of dies ('rho_die_and_ring_mK_per_W') and above all layers one or two "
        "plates ('side_m', 'k_W_per_mK'), the last one with 'r_convec_K_per_W'",
        "leave it out where temperatures are not asked for");
    return std::nullopt;
  }
  section.package = spreading(std::move(slabs), convection);
  return section;
}

}  // namespace marquetry::exchange
