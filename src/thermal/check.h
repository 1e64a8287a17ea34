// Whether a stack makes sense: everything that keeps it from being solved, at once and with its place.
#pragma once

#include "thermal/stack.h"

namespace marquetry::thermal {

// What to say of a layer whose blocks leave a part of it free, which then is of the layer's own material.
enum class Gaps { allowed, warned, refused };

void check(const Stack& stack, Diagnostics& diagnostics, Gaps gaps = Gaps::allowed);

}  // namespace marquetry::thermal
