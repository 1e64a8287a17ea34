// Which model computes what: those of a preset, with what a design overrides.
#pragma once

#include "bonding/joint.h"
#include "presets/presets.h"
#include "wafer/workspace.h"
#include "yield/models.h"

namespace marquetry {

// The defaults are the ones that the documentation explains.
struct Models {
  const yield::Model* yield = yield::find("negative-binomial");
  Quirks quirks{};
  // Placements of dies on wafers, kept from one evaluation to the next: the caller's, one a thread. May be
  // null.
  wafer::Workspace* workspace{};
  bonding::Workspace* bonds{};  // the same for hybrid bonds
};

}  // namespace marquetry
