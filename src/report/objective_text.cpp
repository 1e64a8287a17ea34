#include "report/objective_text.h"

namespace marquetry::report {

std::string unit_of(const ObjectiveFigure& objective, const Prepared& prepared) {
  if (objective.figure.figure->scope == Scope::workload) {
    return std::string{performance::unit_of(prepared.plan.base.workloads[objective.figure.index].kind)};
  }
  return std::string{objective.figure.figure->unit};
}

}  // namespace marquetry::report
