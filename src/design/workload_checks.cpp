// Keys of a workload that do not go together, whatever is chosen. Where one of them is open, a rule says so
// of each choice (rules.mapping).
#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "design/parts.h"

namespace marquetry {
namespace {

bool is_fixed(const std::optional<OpenNumber>& open) { return open && !open->variable; }

// The value of a key that is given and not open; else 1.
double value_or_one(const std::optional<OpenNumber>& open) { return is_fixed(open) ? open->value : 1; }

// The nearest whole numbers that divide `whole`, at most `ways` and at least that.
std::string nearest_divisors(double whole, double ways) {
  double below = 1, above = whole;
  for (double n = 1; n * n <= whole; ++n) {
    if (std::fmod(whole, n) != 0) continue;
    for (const double divisor : {n, whole / n}) {
      if (divisor <= ways) below = std::max(below, divisor);
      if (divisor >= ways) above = std::min(above, divisor);
    }
  }
  return ways > whole || below == above ? exact(below) : exact(below) + " or " + exact(above);
}

void check_divides(const DesignReading& reading, const DesignWorkload& workload, std::string_view key,
                   const std::optional<OpenNumber>& ways, double whole, const std::string& what) {
  if (!is_fixed(ways) || whole < 1 || ways->value < 1 || std::fmod(whole, ways->value) == 0) return;
  reading.diagnostics.error(
      ways->where,
      "workload '" + workload.id + "' cannot split " + exact(whole) + " " + what + " in " +
          exact(ways->value) + " equal parts",
      "the nearest that will do: " + std::string{key} + " = " + nearest_divisors(whole, ways->value));
}

void check_experts(const DesignReading& reading, const DesignWorkload& workload, const WorkloadModel& model) {
  if (is_fixed(workload.active_experts) && workload.active_experts->value > model.experts.typ) {
    const auto& given = *workload.active_experts;
    const bool has_any = model.experts.typ > 0;
    reading.diagnostics.error(
        given.where,
        "'active_experts' is " + exact(given.value) + ", but '" + model.id + "' has " +
            (has_any ? exact(model.experts.typ) + " experts a layer" : "no experts"),
        has_any ? "at most " + exact(model.experts.typ) + "; the model itself takes " +
                      exact(model.active_experts.typ)
                : "drop it, or choose a model that has: 'marquetry library list workloads'");
  }
  if (is_fixed(workload.expert) && workload.expert->value > 1 && model.experts.typ < 1) {
    reading.diagnostics.error(
        workload.expert->where,
        "workload '" + workload.id + "' splits experts, but '" + model.id + "' has none", "drop 'expert'");
  }
}

void check_model(const DesignReading& reading, const DesignWorkload& workload, const WorkloadModel& model) {
  if (model.kind != "transformer") return;
  check_divides(reading, workload, "tensor", workload.tensor, model.heads.typ, "attention heads");
  check_divides(reading, workload, "pipeline", workload.pipeline, model.layers.typ, "layers");
  check_divides(reading, workload, "expert", workload.expert, model.experts.typ, "experts");
  check_experts(reading, workload, model);
}

// A step of training learns each sequence of its batch once: replicas and microbatches share them out evenly.
// Other phases only need a sequence for each replica.
void check_batch(const DesignReading& reading, const DesignWorkload& workload) {
  const double batch = workload.batch.value, replicas = value_or_one(workload.data);
  if (workload.batch.variable || batch < 1 || (workload.data && workload.data->variable)) return;
  if (workload.phase != "train") {
    if (replicas <= batch) return;
    reading.diagnostics.error(
        workload.data->where,
        "workload '" + workload.id + "' has " + exact(replicas) + " replicas, but a batch of " + exact(batch),
        "at most data = " + exact(batch) + ", or batch = " + exact(replicas));
    return;
  }
  const double parts = value_or_one(workload.microbatches) * replicas;
  if (std::fmod(batch, parts) == 0 || (workload.microbatches && workload.microbatches->variable)) return;
  const auto& where = workload.microbatches ? workload.microbatches->where : workload.data->where;
  std::string split = exact(replicas) + (replicas == 1 ? " replica" : " replicas");
  if (workload.microbatches) split += " x " + exact(workload.microbatches->value) + " microbatches";
  reading.diagnostics.error(
      where,
      "workload '" + workload.id + "': " + split + " do not share a batch of " + exact(batch) + " evenly",
      "the nearest batch that they do share: " + exact(std::max(1.0, std::round(batch / parts)) * parts));
}

void check_sparsity(const DesignReading& reading, const DesignWorkload& workload) {
  if (workload.precision.variable || workload.sparsity.variable || workload.sparsity.value == "dense") return;
  if (takes_sparsity(workload.precision.value)) return;
  reading.diagnostics.error(workload.sparsity.where,
                            "workload '" + workload.id + "' runs in " + workload.precision.value +
                                ", for which no machine has 2:4 sparsity",
                            "the widest precision that has: \"tf32\"; or sparsity = \"dense\"");
}

// Dies that share the work of one package: those of the types that have modules. Nothing while a count is
// open.
std::optional<double> computing_dies(const Design& design, const Library& library) {
  double dies = 0;
  for (const auto& die : design.dies) {
    const bool computes = std::ranges::any_of(die.modules, [&](const ModuleUse& use) {
      const auto* module = use.module.variable ? nullptr : find(library.modules, use.module.value);
      return module == nullptr ||
             module->fp16.typ + module->fp32.typ + module->fp64.typ + module->int8.typ > 0;
    });
    if (!computes) continue;
    if (die.count.variable) return std::nullopt;
    dies += die.count.value;
  }
  return dies;
}

void check_ways(const DesignReading& reading, const DesignWorkload& workload) {
  const auto& design = reading.design;
  const auto dies = computing_dies(design, reading.library);
  const bool joins = std::ranges::any_of(design.links, [](const auto& link) { return link.to == outside; });
  const double ways = value_or_one(workload.tensor) * value_or_one(workload.pipeline) *
                      value_or_one(workload.data) * value_or_one(workload.expert);
  if (!dies || *dies < 1) return;
  const auto& packages = workload.packages;
  if (!joins && is_fixed(packages) && packages->value > 1) {
    reading.diagnostics.error(packages->where,
                              "workload '" + workload.id + "' takes " + exact(packages->value) +
                                  " packages, but nothing joins this one to others",
                              "add a link with to = \"outside\", or drop 'packages'");
    return;
  }
  if (packages && (packages->variable || packages->value < 1)) return;  // none is complained of already
  if (joins && !packages) return;  // as many packages join as the ways take
  const double machines = *dies * (packages ? packages->value : 1);
  if (ways <= machines) return;
  const double most = std::ceil(ways / *dies);
  std::string split;
  const auto tell = [&split](std::string_view name, const std::optional<OpenNumber>& way) {
    if (!is_fixed(way)) return;
    split += (split.empty() ? "" : " x ") + std::string{name} + " " + exact(way->value);
  };
  tell("tensor", workload.tensor), tell("pipeline", workload.pipeline), tell("data", workload.data),
      tell("expert", workload.expert);
  reading.diagnostics.error(
      workload.where,
      "workload '" + workload.id + "' is split in " + exact(ways) + " ways (" + split + "), but there are " +
          exact(machines) + (machines == 1 ? " die" : " dies") + " that compute",
      joins ? "the least that will do: packages = " + exact(most) + ", or ways that multiply to " +
                  exact(machines) + " or less"
            : "ways that multiply to " + exact(machines) +
                  " or less; or add a link with to = \"outside\" and packages = " + exact(most));
}

}  // namespace

bool takes_sparsity(std::string_view precision) { return precision != "fp64" && precision != "fp32"; }

void check_workloads(const DesignReading& reading) {
  for (const auto& workload : reading.design.workloads) {
    const auto* model =
        workload.model.variable ? nullptr : find(reading.library.workloads, workload.model.value);
    if (model != nullptr) check_model(reading, workload, *model);
    check_batch(reading, workload);
    check_sparsity(reading, workload);
    check_ways(reading, workload);
  }
}

}  // namespace marquetry
