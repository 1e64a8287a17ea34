#include "performance/operator_graph.h"

#include <algorithm>

#include "workload/rows.h"

namespace marquetry::performance {
namespace {

using operators::Format;

Format format_of(const marquetry::Workload<double>& run) {
  const auto first = std::ranges::find(run.may_use, true);
  return static_cast<Format>(first - run.may_use.begin());
}

// Keys and values are looked at in the format of the pass, or the narrower one in which they are kept.
Format cache_of(const marquetry::Workload<double>& run, Format format) {
  const double bits = run.cache_word / unit::bit;
  if (bits == operators::bits(format)) return format;
  return bits >= 16 ? Format::fp16 : bits >= 8 ? Format::fp8 : Format::fp4;
}

workload::Split split_of(const marquetry::Workload<double>& run, const workload::Transformer& model,
                         double members) {
  workload::Split split{.pipeline = run.ways.pipeline.value_or(1), .data = run.ways.data.value_or(1)};
  split.tensor = run.ways.tensor.value_or(std::max(members / (split.pipeline * split.data), 1.0));
  // What is left over runs replicas.
  split.data = std::max(members / (split.tensor * split.pipeline), 1.0);
  const double stage = split.tensor * split.data;
  if (model.experts > 0) split.expert = run.ways.expert.value_or(std::min(stage, model.experts));
  return split;
}

workload::Pass pass_of(const marquetry::Workload<double>& run, Format format) {
  workload::Pass pass{
      .batch = run.batch,
      .context = run.context * run.cache_share,
      .format = format,
      .weights = format,
      .cache = cache_of(run, format),
      .sparsity = run.sparse > 0 ? operators::Sparsity::two_of_four : operators::Sparsity::dense};
  switch (run.kind) {
    case WorkloadKind::decode:
      pass.phase = workload::Phase::decode;
      return pass;
    case WorkloadKind::serve:  // in the middle of the answer
      pass.phase = workload::Phase::decode;
      pass.context = (run.context + run.output / 2) * run.cache_share;
      return pass;
    case WorkloadKind::train:
      pass.phase = workload::Phase::train;
      pass.recompute = run.recompute_all > 0    ? workload::Recompute::all
                       : run.recompute_some > 0 ? workload::Recompute::attention
                                                : workload::Recompute::none;
      [[fallthrough]];
    default:
      pass.context = pass.queries = run.context;
      return pass;
  }
}

}  // namespace

workload::Graph operator_graph(const WorkloadModel& model, const marquetry::Workload<double>& run,
                               double dies, double packages) {
  const auto format = format_of(run);
  const double members = dies * packages;
  if (model.kind != "transformer") {
    return workload::items_of(
        model, {.items = run.batch,
                .members = members,
                .format = format,
                .weights = format,
                .sparsity = run.sparse > 0 ? operators::Sparsity::two_of_four : operators::Sparsity::dense});
  }
  auto transformer = workload::transformer_of(model);
  if (run.active_experts) transformer.active_experts = *run.active_experts;
  return workload::transformer(transformer, pass_of(run, format), split_of(run, transformer, members));
}

}  // namespace marquetry::performance
