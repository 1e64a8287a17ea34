// [workloads.ID]: what is run, in which numbers, split in which ways.
#include <algorithm>

#include "design/parts.h"

namespace marquetry {
namespace {

Names names_among(std::string_view singular, const std::vector<std::string>& known) {
  return {singular, {known.begin(), known.end()}};
}

const std::vector<std::string> transformer_phases{"prefill", "decode", "serve", "train"};
const std::vector<std::string> encoder_phases{"prefill", "train"};
const std::vector<std::string> other_phases{"run"};

const std::vector<std::string>& phases_of(const WorkloadModel& model) {
  if (model.kind != "transformer") return other_phases;
  return model.encoder ? encoder_phases : transformer_phases;
}

// "a", "b" or "c"
std::string in_words(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    text += (i == 0 ? "" : i + 1 == names.size() ? " or " : ", ") + ("\"" + names[i] + "\"");
  }
  return text;
}

// Transformers have phases, all others are just run.
void read_phase(DesignReading& reading, Reader& reader, DesignWorkload& workload) {
  const auto* phase = reader.find("phase");
  if (phase != nullptr) workload.phase = read_text(*phase, "phase", reading.diagnostics).value_or("");
  for (const auto& id : reading.open.values(workload.model)) {
    const auto* model = find(reading.library.workloads, id);
    if (model == nullptr) continue;
    const auto& phases = phases_of(*model);
    const bool is_run = model->kind != "transformer";
    if (phase == nullptr && is_run) workload.phase = "run";
    if (std::ranges::find(phases, workload.phase) != phases.end()) continue;
    const auto& where = phase == nullptr ? workload.where : phase->where;
    reading.diagnostics.error(
        where,
        "workload '" + workload.id + "' runs '" + id + "', " +
            (model->encoder               ? "an encoder"
             : model->kind == "operators" ? "a list of operators"
                                          : "a " + model->kind) +
            (phase == nullptr ? ", without a phase"
                              : ", in the phase '" + workload.phase + "', which it has not"),
        is_run ? "write phase = \"run\", or drop it" : "write phase = " + in_words(phases));
    return;
  }
}

// A key that says nothing in the workload's phase is a mistake.
struct PhaseKey {
  std::string_view key{};
  std::vector<std::string> phases{};
};
const std::vector<PhaseKey> phase_keys{{"output", {"serve"}},
                                       {"cache_share", {"decode", "serve", "prefill"}},
                                       {"cache_precision", {"decode", "serve", "prefill"}},
                                       {"active_experts", transformer_phases},
                                       {"pipeline", transformer_phases},
                                       {"expert", transformer_phases},
                                       {"microbatches", {"train"}},
                                       {"interleave", {"train"}},
                                       {"recompute", {"train"}}};

void check_phase_keys(DesignReading& reading, Reader& reader, const DesignWorkload& workload) {
  if (workload.phase.empty()) return;
  for (const auto& [key, phases] : phase_keys) {
    const auto* value = reader.find(key);
    if (value == nullptr || std::ranges::find(phases, workload.phase) != phases.end()) continue;
    reading.diagnostics.error(value->where,
                              "'" + std::string{key} + "' says nothing of workload '" + workload.id +
                                  "' in the phase '" + workload.phase + "'",
                              "drop it; it belongs to the phase " + in_words(phases));
  }
}

void read_numbers(DesignReading& reading, Reader& reader, DesignWorkload& workload) {
  auto& open = reading.open;
  const auto& phase = workload.phase;
  // A transformer keeps or reads at least one token; other kinds have no context.
  const bool has_context = !phase.empty() && phase != "run";
  const auto* context =
      has_context ? reader.find_required("context", "in tokens", "4096") : reader.find("context");
  const auto* output = phase == "serve"
                           ? reader.find_required("output", "tokens generated for each prompt", "256")
                           : reader.find("output");
  const auto ways = whole(1, 1 << 20);
  open.number(reader.find("batch"), "batch", whole(1, 1e12), workload.batch);
  open.number(context, "context", whole(has_context ? 1 : 0, 1e9), workload.context);
  open.number(output, "output", whole(1, 1e9), workload.output);
  open.number(reader.find("cache_share"), "cache_share", {.least = 0.001, .greatest = 1},
              workload.cache_share);
  open.number(reader.find("active_experts"), "active_experts", whole(1, 1e4), workload.active_experts);
  open.number(reader.find("packages"), "packages", ways, workload.packages);
  open.number(reader.find("tensor"), "tensor", ways, workload.tensor);
  open.number(reader.find("pipeline"), "pipeline", ways, workload.pipeline);
  open.number(reader.find("data"), "data", ways, workload.data);
  open.number(reader.find("expert"), "expert", ways, workload.expert);
  open.number(reader.find("microbatches"), "microbatches", whole(1, 1e9), workload.microbatches);
  open.number(reader.find("interleave"), "interleave", whole(1, 1024), workload.interleave);
}

void read_words(DesignReading& reading, Reader& reader, DesignWorkload& workload) {
  auto& open = reading.open;
  const auto read = [&](std::string_view key, const Names& names, OpenName& field) {
    open.name(reader.find(key), key, names, field);
    if (field.value == "bf16") field.value = "fp16";  // as wide, as fast
  };
  const auto formats = names_among("precision", precisions());
  read("precision", formats, workload.precision);
  if (reader.find("cache_precision") != nullptr) {
    read("cache_precision", formats, workload.cache_precision.emplace());
  }
  read("sparsity", {"sparsity", {"dense", "2:4"}}, workload.sparsity);
  read("recompute", {"recompute", {"none", "selective", "full"}}, workload.recompute);
}

}  // namespace

const std::vector<std::string>& precisions() {
  static const std::vector<std::string> names{"fp64", "fp32", "tf32", "fp16", "bf16",
                                              "fp8",  "int8", "fp4",  "int4"};
  return names;
}

void read_workloads(DesignReading& reading) {
  for (const auto* table : part_tables(reading, "workloads")) {
    auto& workload = reading.design.workloads.emplace_back();
    workload.id = table->key;
    workload.where = table->key_where;
    Reader reader{*table, "workload '" + workload.id + "'", reading.diagnostics};
    reading.open.name(reader.find_required("model"), "model", names_of(reading.library.workloads),
                      workload.model);
    read_phase(reading, reader, workload);
    read_words(reading, reader, workload);
    read_numbers(reading, reader, workload);
    check_phase_keys(reading, reader, workload);
    reader.reject_unknown_keys();
  }
}

}  // namespace marquetry
