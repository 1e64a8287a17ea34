// Two dies face to face on a substrate, and assemblies drawn at random, for tests.
#pragma once

#include <string>

#include "assembly/assembly.h"
#include "base/rng.h"

namespace marquetry::test {

// Units are micrometres x 1000. The lower die looks up, the upper one lies on it, front down. Every rule
// holds.
assembly::Assembly face_to_face();

// Anything that the format can hold, whatever rules it breaks.
assembly::Assembly random_assembly(Rng rng);

}  // namespace marquetry::test
