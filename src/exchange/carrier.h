// The instance that carries all others: the interposer or substrate that a flat format draws on.
#pragma once

#include <optional>

#include "assembly/assembly.h"

namespace marquetry::exchange {

// The highest substrate or redistribution layer, the largest of those: the interposer where it lies on a
// substrate. Nothing where there is none.
std::optional<std::size_t> carrier_of(const assembly::Assembly& package);

bool is_base(assembly::Kind kind);  // a substrate or redistribution layer

// By instance whether it is a base below the carrier, which a drawing of the carrier has not.
std::vector<bool> below_carrier(const assembly::Assembly& package);

// What flat formats draw on: the carrier, or else the box round all instances.
assembly::Rect drawn_area(const assembly::Assembly& package);

}  // namespace marquetry::exchange
