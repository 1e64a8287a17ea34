// The instance that carries all others: the interposer or substrate that a flat format draws on.
#pragma once

#include <optional>

#include "assembly/assembly.h"

namespace marquetry::exchange {

// The lowest substrate or redistribution layer, the largest of those; nothing where there is none.
std::optional<std::size_t> carrier_of(const assembly::Assembly& package);

// What flat formats draw on: the carrier, or else the box round all instances.
assembly::Rect drawn_area(const assembly::Assembly& package);

}  // namespace marquetry::exchange
