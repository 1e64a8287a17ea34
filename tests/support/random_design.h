// Designs drawn at random over a library: any part of any kind, most of it left open. For properties that
// hold for whatever can be written down, sensible or not.
#pragma once

#include "base/rng.h"
#include "design/design.h"

namespace marquetry::test {

// The text of a design file. Only nodes that can be costed.
std::string random_design_text(Rng rng, const Library& library);

// The same, loaded; fails the test where that is not possible.
Design random_design(Rng rng, const Library& library);

Choice random_choice(Rng& rng, const Design& design);
// Each variable as wide as it may be, narrowed at random, or fixed.
PartialChoice random_partial_choice(Rng& rng, const Design& design);
Choice random_completion(Rng& rng, const PartialChoice& partial);

}  // namespace marquetry::test
