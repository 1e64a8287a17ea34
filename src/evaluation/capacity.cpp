#include "evaluation/capacity.h"

#include <fmt/format.h>

#include <cmath>

#include "units/text.h"

namespace marquetry {
namespace {

// A trial: the same machine and workload with one thing changed.
struct Trial {
  Workload<double> workload{};
  performance::Machine<double> machine{};
  EfficiencyParameters<double> efficiency{};

  bool fits() const {
    const auto p = performance::roofline(workload, machine, efficiency);
    return p.needed <= p.packages * p.usable;
  }
};

// The largest whole number below `now` that fits, or 0. More of it never needs less.
template <class Fits>
double largest(double now, double step, const Fits& fits) {
  double good = 0, bad = std::ceil(now / step);
  while (bad - good > 1) {
    const double middle = std::floor((good + bad) / 2);
    (fits(middle * step) ? good : bad) = middle;
  }
  return good * step;
}

std::string_view joined_by(const performance::Machine<double>& machine) {
  return machine.joins_packages ? "" : ", joined by a link with to = \"outside\"";
}

void more_packages(const Trial& trial, double now, std::vector<Remedy>& out) {
  Trial t = trial;
  t.machine.joins_packages = true;
  t.workload.packages.reset();
  const auto p = performance::roofline(t.workload, t.machine, t.efficiency);
  if (!(p.needed <= p.packages * p.usable) || p.packages <= now) return;
  // A power of two holds it. Not all numbers can be split alike: each that is less is tried.
  double good = p.packages;
  constexpr double tries = 1024;
  for (double n = std::max(std::floor(now) + 1, good - tries); n < good; ++n) {
    t.workload.packages = n;
    if (t.fits()) good = n;
  }
  out.push_back({fmt::format("packages = {} (now {}){}", good, now, joined_by(trial.machine)), good / now});
}

// Of the same family where it has one: integers stay integers.
std::vector<Format> narrower(double bits, bool whole) {
  std::vector<Format> out;
  for (const Format f :
       {Format::fp32, Format::fp16, whole ? Format::int8 : Format::fp8, whole ? Format::int4 : Format::fp4}) {
    if (operators::bits(f) < bits) out.push_back(f);
  }
  return out;
}

bool uses_integers(const Trial& trial) {
  return trial.workload.may_use[operators::index(Format::int8)] ||
         trial.workload.may_use[operators::index(Format::int4)];
}

double bits_of(const Trial& trial) { return trial.workload.word / unit::bit; }

Trial in_format(Trial t, Format format, bool own_cache) {
  const double share = operators::bits(format) / bits_of(t);
  t.workload.word = t.workload.word * share;
  t.workload.weight = t.workload.weight * share;
  if (!own_cache) t.workload.cache_word = t.workload.cache_word * share;
  return t;
}

std::string precision_text(Format format) {
  return fmt::format("precision = \"{}\"", format_names[operators::index(format)]);
}

void narrower_words(const Trial& trial, bool own_cache, std::vector<Remedy>& out) {
  for (const Format format : narrower(bits_of(trial), uses_integers(trial))) {
    if (!in_format(trial, format, own_cache).fits()) continue;
    out.push_back({precision_text(format), bits_of(trial) / operators::bits(format)});
    return;
  }
}

// Batches come in multiples of that.
double batch_step(const Workload<double>& w) {
  const double replicas = w.ways.data.value_or(1);
  return w.kind == WorkloadKind::train ? replicas * w.microbatches.value_or(1) : std::min(replicas, w.batch);
}

void fewer_items(const Trial& trial, std::vector<Remedy>& out) {
  const auto& w = trial.workload;
  const double step = batch_step(w);
  Trial t = trial;
  const double batch = largest(w.batch, step, [&t](double b) {
    t.workload.batch = b;
    return t.fits();
  });
  if (batch > 0 && batch < w.batch) {
    out.push_back({fmt::format("batch = {:.0f} (now {:.0f})", batch, w.batch), w.batch / batch});
  }
  if (w.context < 2) return;
  t = trial;
  const double context = largest(w.context, 1, [&t](double c) {
    t.workload.context = c;
    return t.fits();
  });
  if (context > 0) {
    out.push_back({fmt::format("context = {:.0f} (now {:.0f})", context, w.context), w.context / context});
  }
}

// More of the memory that holds most, or the next larger one of its kind.
void more_memory(const Trial& trial, const Library& library, const Design& design,
                 const System<double>& system, std::vector<Remedy>& out) {
  const AttachedMemory<double>* main = nullptr;
  std::size_t which = 0;
  const auto held = [&system](const AttachedMemory<double>& m) {
    return m.stacks * system.dies[m.host].count * m.memory.capacity;
  };
  for (std::size_t i = 0; i < system.memories.size(); ++i) {
    if (main != nullptr && held(system.memories[i]) <= held(*main)) continue;
    main = &system.memories[i];
    which = i;
  }
  if (main == nullptr || held(*main) / unit::B <= 0) return;
  const auto with = [&](double factor) {
    Trial t = trial;
    t.machine.capacity = t.machine.capacity + (factor - 1) * held(*main);
    return t.fits();
  };
  const double most = std::max(64.0, 16 * main->stacks);
  if (with(most / main->stacks)) {
    double bad = main->stacks, good = most;
    while (good - bad > 1) {
      const double middle = std::floor((good + bad) / 2);
      (with(middle / main->stacks) ? good : bad) = middle;
    }
    out.push_back({fmt::format("stacks = {:.0f} of memory '{}' (now {:.0f})", good, main->id, main->stacks),
                   good / main->stacks});
  }
  const auto* now = find(library.memories, design.memories[which].memory.variable
                                               ? std::string_view{}
                                               : std::string_view{design.memories[which].memory.value});
  if (now == nullptr) return;
  const Memory* next = nullptr;
  for (const auto& row : library.memories) {
    const double factor = row.capacity.typ / now->capacity.typ;
    if (row.kind != now->kind || factor <= 1 || !with(factor)) continue;
    if (next == nullptr || row.capacity.typ < next->capacity.typ) next = &row;
  }
  if (next != nullptr) {
    out.push_back({fmt::format("memory = \"{}\" for '{}'", next->id, main->id),
                   next->capacity.typ / now->capacity.typ});
  }
}

// The fewest stages that hold it, on as many packages as they take: for ways that the design fixes.
void more_stages(const Trial& trial, double now, std::vector<Remedy>& out) {
  const auto& w = trial.workload;
  if (w.ways.pipeline || !w.ways.tensor) return;
  const double layers = w.model.layers, inside = trial.machine.dies;
  for (double stages = 2; stages <= layers; ++stages) {
    if (std::fmod(layers, stages) != 0) continue;
    Trial t = trial;
    t.machine.joins_packages = true;
    t.workload.ways.pipeline = stages;
    const double packages = std::ceil(stages * *w.ways.tensor * w.ways.data.value_or(1) / inside);
    if (packages < now) continue;
    t.workload.packages = packages;
    if (!t.fits()) continue;
    out.push_back({fmt::format("pipeline = {} with packages = {} (now {}){}", stages, packages, now,
                               joined_by(trial.machine)),
                   stages * packages / now});
    return;
  }
}

// What one change does alone.
std::vector<Remedy> singles(const Trial& trial, bool own_cache, double packages, const Library& library,
                            const Design& design, const System<double>& system) {
  std::vector<Remedy> out;
  more_memory(trial, library, design, system, out);
  more_packages(trial, packages, out);
  narrower_words(trial, own_cache, out);
  fewer_items(trial, out);
  return out;
}

// Where no change does alone: the narrowest words or the smallest batch, and the least of another change
// that does with it.
std::vector<Remedy> pairs(const Trial& trial, bool own_cache, double packages, const Library& library,
                          const Design& design, const System<double>& system) {
  std::vector<Remedy> out;
  const auto add = [&](const Trial& changed, const std::string& text, double change) {
    if (changed.fits()) return out.push_back({text, change});
    auto more = singles(changed, own_cache, packages, library, design, system);
    const auto least = std::ranges::min_element(more, {}, &Remedy::change);
    if (least != more.end()) out.push_back({text + " with " + least->text, change * least->change});
  };
  const auto formats = narrower(bits_of(trial), uses_integers(trial));
  if (!formats.empty()) {
    add(in_format(trial, formats.back(), own_cache), precision_text(formats.back()),
        bits_of(trial) / operators::bits(formats.back()));
  }
  const double now = trial.workload.batch, batch = batch_step(trial.workload);
  if (batch < now) {
    Trial t = trial;
    t.workload.batch = batch;
    add(t, fmt::format("batch = {:.0f} (now {:.0f})", batch, now), now / batch);
  }
  more_stages(trial, packages, out);
  const auto& ways = trial.workload.ways;
  if (out.empty() && (ways.tensor || ways.pipeline || ways.data)) {
    Trial t = trial;
    t.workload.ways = {};
    add(t, "no ways of its own (tensor, pipeline, data)", 1);
  }
  return out;
}

}  // namespace

std::vector<Remedy> capacity_remedies(const Library& library, const Design& design,
                                      const System<double>& system, const Evaluation<double>& evaluation,
                                      std::size_t workload) {
  const Trial trial{system.workloads[workload], evaluation.machine, system.efficiency};
  if (trial.fits()) return {};
  const bool own_cache = design.workloads[workload].cache_precision.has_value();
  const double packages = evaluation.performance[workload].packages;
  auto out = singles(trial, own_cache, packages, library, design, system);
  if (out.empty()) out = pairs(trial, own_cache, packages, library, design, system);
  std::ranges::stable_sort(out, {}, &Remedy::change);
  return out;
}

std::string remedies_text(const std::vector<Remedy>& remedies) {
  std::string text;
  for (const auto& remedy : remedies) {
    text += (text.empty() ? "the least that will do: " : "; or ") + remedy.text;
  }
  return text;
}

void warn_of_capacity(const Prepared& prepared, Diagnostics& diagnostics) {
  const Design& design = *prepared.design;
  if (design.workloads.empty()) return;
  Diagnostics none;  // the same plan over doubles was made without complaint
  const auto plan = make_plan(*prepared.library, design, Lifting<Interval>{}, none);
  std::vector<Range> all;
  for (const auto& variable : design.variables) all.push_back({0, variable.domain.size() - 1});
  const auto bounds = evaluate(compose(*plan, std::span<const Range>{all}), prepared.models);
  for (std::size_t w = 0; w < design.workloads.size(); ++w) {
    const auto& p = bounds.performance[w];
    const double needed = widened(p.needed.si()).lower, usable = widened((p.packages * p.usable).si()).upper;
    if (!(needed > usable)) continue;
    std::string hint = "a smaller batch or context, fewer bits, more or larger stacks, or more packages";
    if (design.variables.empty()) {
      const auto system = compose(prepared, Choice{});
      const auto remedies =
          capacity_remedies(*prepared.library, design, system, evaluate(system, prepared.models), w);
      if (!remedies.empty()) hint = remedies_text(remedies);
    }
    diagnostics.warning(design.workloads[w].where,
                        fmt::format("workload '{}' fits in no choice: it needs {}, and {} can be used",
                                    design.workloads[w].id, print_quantity(needed, dimension::data, 3),
                                    print_quantity(usable, dimension::data, 3)),
                        hint);
  }
}

}  // namespace marquetry
