// The engine of a build without GLPK (MARQUETRY_GPL=OFF): linear programs only.
#include <algorithm>

#include "milp/engine.h"
#include "milp/simplex.h"

namespace marquetry::milp {

bool has_integer_programs() { return false; }

Solution run_engine(const Model& model, const Options& options) {
  if (std::ranges::any_of(model.variables, &Variable::integer)) {
    return {.status = Status::not_built,
            .message =
                "this build has no solver of integer programs: it was made without GLPK (MARQUETRY_GPL=OFF)"};
  }
  return solve_linear(model, options);
}

}  // namespace marquetry::milp
