// The heat path of a layout case: its `thermal_stack` as one plate above the dies.
#pragma once

#include "exchange/case_fields.h"
#include "layout/problem.h"

namespace marquetry::exchange {

// Layers from the bottom to the top: the dies' own (`rho_die_and_ring_mK_per_W`), what lies between them and
// the plates, and the plates (`side_m`, `k_W_per_mK`), the last one with `r_convec_K_per_W`. Nothing where
// the case has no stack, or after complaints.
std::optional<layout::Plate> read_plate(Fields& fields);

}  // namespace marquetry::exchange
