// Workloads of a design in its plan: what is run, how it is stored, how it is split.
#include <array>
#include <cmath>

#include "system/plan_builder.h"

namespace marquetry {
namespace {

WorkloadKind kind_of(const std::string& phase, const WorkloadModel& model) {
  if (phase == "prefill") return WorkloadKind::prefill;
  if (phase == "decode") return WorkloadKind::decode;
  if (phase == "serve") return WorkloadKind::serve;
  if (phase == "train") return WorkloadKind::train;
  if (model.kind == "matrix-product") return WorkloadKind::matrix_product;
  if (model.kind == "stream") return WorkloadKind::stream;
  if (model.kind == "network" || model.item == "image") return WorkloadKind::network;
  return model.item.empty() || model.item == "operation" ? WorkloadKind::stream : WorkloadKind::operators;
}

std::size_t format_of(std::string_view name) {
  return static_cast<std::size_t>(std::ranges::find(format_names, name) - format_names.begin());
}

bool divides(double ways, double whole) { return std::fmod(whole, ways) == 0; }

}  // namespace

// How wide its words are, and in which formats they may be computed.
template <Number Real>
void PlanBuilder<Real>::words(std::size_t w) {
  const DesignWorkload& given = design.workloads[w];
  auto& base = plan.base.workloads[w];
  const auto formats = values(given.precision), sparsities = values(given.sparsity);
  const auto data = [this, &given](double bits, std::string_view what) {
    return lift_given<dimension::data>(lifting, bits, std::string{what} + " of " + given.id);
  };
  bind(
      {axis(given.precision)}, 0,
      [&](auto i) { return data(format_bits[format_of(formats[i[0]])], "bits a word"); },
      [w](auto& s, const auto& v) { s.workloads[w].word = v; });
  bind(
      {axis(given.precision), axis(given.sparsity)}, 0,
      [&](auto i) {
        const auto format = static_cast<Format>(format_of(formats[i[0]]));
        const bool sparse = sparsities[i[1]] != "dense";
        const auto sparsity = sparse ? operators::Sparsity::two_of_four : operators::Sparsity::dense;
        return data(8 * operators::weight_bytes(format, sparsity), "bits a weight");
      },
      [w](auto& s, const auto& v) { s.workloads[w].weight = v; });
  const OpenName& cache = given.cache_precision ? *given.cache_precision : given.precision;
  const auto cached = values(cache);
  bind(
      {axis(cache)}, 0,
      [&](auto i) { return data(format_bits[format_of(cached[i[0]])], "bits a word of the cache"); },
      [w](auto& s, const auto& v) { s.workloads[w].cache_word = v; });
  bind(
      {axis(given.sparsity)}, 0, [&](auto i) { return Real{sparsities[i[0]] == "dense" ? 0.0 : 1.0}; },
      [w](auto& s, const auto& v) { s.workloads[w].sparse = v; });
  if (!given.precision.variable) {
    base.may_use[format_of(formats[0])] = true;
    return;
  }
  plan.setters.push_back(
      {{*given.precision.variable}, 0, [=](System<Real>& s, std::span<const Range> choice) {
         const Range range = choice[*given.precision.variable];
         s.workloads[w].may_use = {};
         for (std::size_t i = range.first; i <= range.last; ++i) {
           s.workloads[w].may_use[format_of(formats[i])] = true;
         }
       }});
}

// Ways, packages, batches: what the design leaves out stays open to the mapping.
template <Number Real>
void PlanBuilder<Real>::ways(std::size_t w) {
  const DesignWorkload& given = design.workloads[w];
  const auto maybe = [&](const std::optional<OpenNumber>& open, const std::string& what, auto store) {
    if (open) number<dimension::none>(*open, 0, what + " of " + given.id, store);
  };
  maybe(given.active_experts, "active experts",
        [w](auto& s, const auto& v) { s.workloads[w].active_experts = v; });
  maybe(given.packages, "packages", [w](auto& s, const auto& v) { s.workloads[w].packages = v; });
  maybe(given.tensor, "tensor ways", [w](auto& s, const auto& v) { s.workloads[w].ways.tensor = v; });
  maybe(given.pipeline, "pipeline ways", [w](auto& s, const auto& v) { s.workloads[w].ways.pipeline = v; });
  maybe(given.data, "data ways", [w](auto& s, const auto& v) { s.workloads[w].ways.data = v; });
  maybe(given.expert, "expert ways", [w](auto& s, const auto& v) { s.workloads[w].ways.expert = v; });
  maybe(given.microbatches, "microbatches", [w](auto& s, const auto& v) { s.workloads[w].microbatches = v; });
  number<dimension::none>(given.interleave, 0, "interleave of " + given.id,
                          [w](auto& s, const auto& v) { s.workloads[w].interleave = v; });
  const auto recomputed = values(given.recompute);
  const auto recompute = [&](const char* which, auto store) {
    bind(
        {axis(given.recompute)}, 0, [&](auto i) { return Real{recomputed[i[0]] == which ? 1.0 : 0.0}; },
        store);
  };
  recompute("full", [w](auto& s, const auto& v) { s.workloads[w].recompute_all = v; });
  recompute("selective", [w](auto& s, const auto& v) { s.workloads[w].recompute_some = v; });
}

// 1 where two keys of a choice do not go together, else 0. Only pairs that a design gives are looked at.
template <Number Real>
void PlanBuilder<Real>::misfits(std::size_t w) {
  const DesignWorkload& given = design.workloads[w];
  const auto models = rows(given.model, library.workloads);
  const auto misfit = [&](std::size_t which, const OpenNumber& open, auto fits) {
    const auto numbers = values(open);
    bind(
        {axis(given.model), axis(open)}, 0,
        [&](auto i) { return Real{fits(*models[i[0]], numbers[i[1]]) ? 0.0 : 1.0}; },
        [w, which](auto& s, const auto& v) { s.workloads[w].misfits[which] = v; });
  };
  if (!given.phase.empty() && given.phase != "run") {
    if (given.tensor) {
      misfit(0, *given.tensor, [](const auto& m, double ways) { return divides(ways, m.heads.typ); });
    }
    if (given.pipeline) {
      misfit(1, *given.pipeline, [](const auto& m, double ways) { return divides(ways, m.layers.typ); });
    }
    if (given.expert) {
      misfit(2, *given.expert,
             [](const auto& m, double ways) { return divides(ways, std::max(m.experts.typ, 1.0)); });
    }
    if (given.active_experts) {
      misfit(3, *given.active_experts, [](const auto& m, double n) { return n <= m.experts.typ; });
    }
  }
  if (given.data || given.microbatches) {
    const OpenNumber one{.value = 1};
    const OpenNumber& data = given.data ? *given.data : one;
    const OpenNumber& parts = given.microbatches ? *given.microbatches : one;
    const auto batches = values(given.batch), replicas = values(data), microbatches = values(parts);
    const bool trains = given.phase == "train";
    bind(
        {axis(given.batch), axis(data), axis(parts)}, 0,
        [&](auto i) {
          const double batch = batches[i[0]], n = replicas[i[1]];
          const bool fits = trains ? divides(n * microbatches[i[2]], batch) : n <= batch;
          return Real{fits ? 0.0 : 1.0};
        },
        [w](auto& s, const auto& v) { s.workloads[w].misfits[4] = v; });
  }
  const auto formats = values(given.precision), sparsities = values(given.sparsity);
  bind(
      {axis(given.precision), axis(given.sparsity)}, 0,
      [&](auto i) { return Real{sparsities[i[1]] == "dense" || takes_sparsity(formats[i[0]]) ? 0.0 : 1.0}; },
      [w](auto& s, const auto& v) { s.workloads[w].misfits[5] = v; });
}

template <Number Real>
void PlanBuilder<Real>::workload(std::size_t w) {
  const DesignWorkload& given = design.workloads[w];
  auto& base = plan.base.workloads[w];
  base.id = given.id;
  base.kind = kind_of(given.phase, *rows(given.model, library.workloads).front());
  row(given.model, library.workloads, 0, [w](auto& s, const auto& v) { s.workloads[w].model = v; });
  number<dimension::none>(given.batch, 0, "batch of " + given.id,
                          [w](auto& s, const auto& v) { s.workloads[w].batch = v; });
  number<dimension::none>(given.context, 0, "context of " + given.id,
                          [w](auto& s, const auto& v) { s.workloads[w].context = v; });
  number<dimension::none>(given.output, 0, "output of " + given.id,
                          [w](auto& s, const auto& v) { s.workloads[w].output = v; });
  number<dimension::none>(given.cache_share, 0, "share of the KV cache that is kept, " + given.id,
                          [w](auto& s, const auto& v) { s.workloads[w].cache_share = v; });
  words(w);
  ways(w);
  misfits(w);
}

#define INSTANTIATE(Real)                                \
  template void PlanBuilder<Real>::words(std::size_t);   \
  template void PlanBuilder<Real>::ways(std::size_t);    \
  template void PlanBuilder<Real>::misfits(std::size_t); \
  template void PlanBuilder<Real>::workload(std::size_t);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry
