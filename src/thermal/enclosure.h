// The balance of heat and leakage node by node, and the proof that a state of rest is near.
#pragma once

#include <span>

#include "thermal/leakage.h"

namespace marquetry::thermal {

// A T - P - L(T): negative everywhere below the state of rest.
conduction::Field surplus(const conduction::Grid& grid, const conduction::Field& power,
                          std::span<const Leak> leaks, const conduction::Field& rise);

// All conductances of each node: the matrix's diagonal.
conduction::Field conductances(const conduction::Grid& grid);

// The least e, of a few, for which a state of rest lies between rise - e witness and rise + e witness:
// nowhere more than leaves below, nowhere less above, by more than the sums are rounded. Infinite where none
// of them will do. With a witness that A - L' turns into something positive, it is the least state of rest.
double enclosure(const conduction::Grid& grid, const conduction::Field& power, std::span<const Leak> leaks,
                 const conduction::Field& rise, const conduction::Field& witness);

}  // namespace marquetry::thermal
