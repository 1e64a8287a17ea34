#include "session/commands/heat_input.h"

namespace marquetry {

std::optional<HeatInput> heat_of_design(Session& /*session*/, const Arguments& given,
                                        Diagnostics& diagnostics) {
  diagnostics.error({.file = given.one("design")}, "a design's stack is not made yet",
                    "give a case: --case FILE.json, --hotspot CONFIG or --stack FILE.stk");
  return std::nullopt;
}

}  // namespace marquetry
