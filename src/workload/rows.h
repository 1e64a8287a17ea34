// Rows of the library as operators: a model's published shape, or the list of operators that somebody gives.
#pragma once

#include "library/workload.h"
#include "workload/transformer.h"

namespace marquetry::workload {

Transformer transformer_of(const WorkloadModel& row);

// Items of a model that is no transformer, split over dies as evenly as can be: first whole items, then the
// operators of one, which then exchange what they share.
struct Batch {
  double items{1};
  double members{1};
  operators::Format format{operators::Format::fp16};
  operators::Format weights{operators::Format::fp16};
  operators::Sparsity sparsity{operators::Sparsity::dense};
};
Graph items_of(const WorkloadModel& row, const Batch& batch);

}  // namespace marquetry::workload
