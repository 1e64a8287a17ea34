// What packets carry in Packet::phase on a torus: the step that they took last. 0: none yet.
#pragma once

#include <optional>

#include "routing/dimension_order.h"

namespace marquetry::routing {

constexpr std::uint32_t phase_of(const RingStep& step) { return 1 + 2 * step.direction + step.vc_class; }

constexpr std::optional<RingStep> step_of(std::uint32_t phase) {
  if (phase == 0) return std::nullopt;
  return RingStep{(phase - 1) / 2, (phase - 1) % 2};
}

}  // namespace marquetry::routing
