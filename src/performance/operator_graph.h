// A workload of a design as operators on the dies that share it.
#pragma once

#include "library/workload.h"
#include "system/system.h"
#include "workload/graph.h"

namespace marquetry::performance {

// `dies` of each of `packages` share one pass: tensor ways over all of them, experts likewise.
workload::Graph operator_graph(const WorkloadModel& model, const marquetry::Workload<double>& run,
                               double dies, double packages);

}  // namespace marquetry::performance
