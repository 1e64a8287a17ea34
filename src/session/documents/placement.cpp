// [placement]: dies with their rules, for `place` alone. Reading it finds its mistakes, so that `check`
// serves.
#include "layout_file/load.h"
#include "session/documents/rows.h"

namespace marquetry {
namespace {

std::optional<DocumentResult> read_placement(const Node& root, const Preset& /*preset*/,
                                             const Quirks& /*quirks*/, Diagnostics& diagnostics) {
  if (!layout_file::load(root, diagnostics)) return std::nullopt;
  return DocumentResult{};
}

}  // namespace

DocumentKind placement_kind() {
  return {.section = "placement",
          .summary = "a set of dies to place",
          .headline = "wire",
          .home_preset = "default",
          .served_by = "place",
          .evaluate = read_placement};
}

}  // namespace marquetry
