#include "exchange/case_plate.h"

#include <algorithm>

namespace marquetry::exchange {

std::optional<layout::Plate> read_plate(Fields& fields) {
  if (fields.optional("thermal_stack") == nullptr) return std::nullopt;
  auto& diagnostics = fields.diagnostics();
  const int before = diagnostics.errors();
  layout::Plate plate;
  bool above_dies = false;
  double spread = 0, convection = 0;  // sum of conductivity x thickness
  const auto& layers = fields.items("thermal_stack", "layers, the lowest first");
  for (std::size_t i = 0; i < layers.size(); ++i) {
    Fields layer{layers[i], "layer " + std::to_string(i), diagnostics};
    const double thickness = layer.number("thickness_m", 1e-9, 1, "thickness");
    if (layer.optional("side_m") != nullptr) {
      plate.width = std::max(plate.width, layer.number("side_m", 1e-4, 10, "side of the plate"));
      spread += thickness * layer.number("k_W_per_mK", 1e-3, 1e5, "conductivity");
      plate.thickness += thickness;
      convection = layer.number_or("r_convec_K_per_W", convection, 1e-6, 1e6);
    } else if (layer.optional("rho_die_and_ring_mK_per_W") != nullptr) {
      above_dies = true;
      plate.contact = thickness / 2 * layer.number("rho_die_and_ring_mK_per_W", 0, 1e6, "resistivity");
    } else if (above_dies) {
      plate.contact += thickness * layer.number("rho_mK_per_W", 0, 1e6, "resistivity");
    }
  }
  if (diagnostics.errors() > before) return std::nullopt;
  if (!above_dies || convection <= 0 || spread <= 0) {
    diagnostics.error(
        name_spot(*fields.optional("thermal_stack")),
        "'thermal_stack' needs a layer of dies ('rho_die_and_ring_mK_per_W') and above it a plate "
        "('side_m', 'k_W_per_mK') with 'r_convec_K_per_W'",
        "leave it out where temperatures are not asked for");
    return std::nullopt;
  }
  plate.height = plate.width;
  plate.conductivity = spread / plate.thickness;
  plate.transfer = 1 / (convection * plate.width * plate.height);
  return plate;
}

}  // namespace marquetry::exchange
