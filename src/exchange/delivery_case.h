// Supply nets in neutral JSON: sheets, joints, regulators, loads. docs/delivery.md says what stands in them.
#pragma once

#include <optional>

#include "config/node.h"
#include "delivery/net.h"

namespace marquetry::exchange {

// Nothing after complaints.
std::optional<delivery::Case> read_delivery_case(const Node& root, Diagnostics& diagnostics);

}  // namespace marquetry::exchange
