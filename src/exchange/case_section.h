// The heat path of a layout case: its `thermal_stack` as the section of the package.
#pragma once

#include "exchange/case_fields.h"
#include "layout/problem.h"

namespace marquetry::exchange {

// Layers from the bottom to the top: over the carrier (`rho_mK_per_W`), under the dies alone
// (`rho_under_die_and_ring_mK_per_W`, `rho_elsewhere_mK_per_W`), the dies' own, which makes the heat
// (`rho_die_and_ring_mK_per_W`, `rho_elsewhere_mK_per_W`), and one or two plates as large as they please
// (`side_m`, `k_W_per_mK`), the last one with `r_convec_K_per_W`. Rings count as the gaps do. Nothing where
// the case has no stack, or after complaints.
std::optional<layout::Section> read_section(Fields& fields);

}  // namespace marquetry::exchange
