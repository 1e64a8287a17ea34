#include "performance/measured.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "operators/format.h"
#include "system/lift_rows.h"

namespace marquetry::test {
namespace {

using Json = nlohmann::json;
using performance::Performance;

constexpr double devices_of_a_node = 8;

std::string row_id(std::string name) {
  for (auto& c : name) c = c == ' ' || c == '.' ? '-' : static_cast<char>(std::tolower(c));
  return name;
}

// 16 bits throughout.
Workload<double> workload(const Library& library, const std::string& model, WorkloadKind kind) {
  const auto* row = find(library.workloads, model);
  if (row == nullptr) throw std::runtime_error("no workload '" + model + "' in the library");
  Workload<double> w{.id = model, .kind = kind, .model = parameters(*row, Lifting<double>{})};
  w.word = w.weight = w.cache_word = 16 * unit::bit;
  w.may_use[static_cast<std::size_t>(operators::Format::fp16)] = true;
  return w;
}

// A product of the market as one die; `groups`: how fast its node talks to others, its share.
performance::Machine<double> machine(const Library& library, const std::string& id, Bandwidth<> groups) {
  const auto* p = find(library.products, id);
  if (p == nullptr) throw std::runtime_error("no product '" + id + "' in the library");
  performance::Machine<double> m;
  m.peaks[static_cast<std::size_t>(operators::Format::fp16)] = Rate<>::from_si(p->peak.typ);
  m.memory = Bandwidth<>::from_si(p->memory_bandwidth.typ);
  m.capacity = Data<>::from_si(p->memory_capacity.typ);
  m.joins_packages = true;
  m.between_packages = Bandwidth<>::from_si(p->external_bandwidth.typ);
  m.between_groups = groups;
  return m;
}

performance::Mapping<double> split(double tensor, double pipeline, double data, double microbatches) {
  auto out = performance::placed(tensor, pipeline, data, 1.0);
  out.microbatches = microbatches;
  return out;
}

double seconds(const Performance<double>& p) { return p.step / unit::s; }
double first_token(const Performance<double>& p) { return p.first_token / unit::ms; }
double inter_token(const Performance<double>& p) { return p.inter_token / unit::ms; }
double tokens_a_second(const Performance<double>& p) { return p.value * p.packages; }

Measured served(const Library& library, const std::string& device, const std::string& model, double tensor,
                double input, double output, double users) {
  Measured out{.workload = workload(library, model, WorkloadKind::serve),
               .machine = machine(library, device, {}),
               .mapping = split(tensor, 1, 1, 1)};
  out.workload.batch = users;
  out.workload.context = input;
  out.workload.output = output;
  return out;
}

// "Llama 2-7B" on "A100": prompts and answers of 200 tokens, one at a time.
Measured request(const Library& library, const Json& c) {
  const std::string device = row_id(c.at("device"));
  auto out = served(library, device, row_id(c.at("model")), c.at("tp"), 200, 200, 1);
  out.set = MeasuredSet::request;
  out.label = std::to_string(c.at("tp").get<int>()) + " x " + c.at("device").get<std::string>() + ", " +
              c.at("model").get<std::string>();
  out.efficiency = device + "-inference";
  out.figures = {{"request, s", c.at("measured_s"), seconds}};
  return out;
}

// Llama-3.3-70B on a node of A100.
Measured serving(const Library& library, const Json& c) {
  auto out = served(library, "a100", "llama-3-3-70b", devices_of_a_node, c.at("input"), c.at("output"),
                    c.at("concurrency"));
  out.set = MeasuredSet::serving;
  out.label = std::to_string(c.at("input").get<int>()) + " in, " + std::to_string(c.at("output").get<int>()) +
              " out, " + std::to_string(c.at("concurrency").get<int>()) + " users";
  out.efficiency = "a100-serving";
  out.figures = {{"first token, ms", c.at("ttft_ms"), first_token},
                 {"between tokens, ms", c.at("itl_ms"), inter_token},
                 {"tokens/s", c.at("tokens_per_s"), tokens_a_second}};
  return out;
}

// Sequences of 2048 tokens; two stages of the model on each stage of the pipeline, in turn.
Measured training(const Library& library, const Json& c) {
  const double replicas = c.at("dp"), batch = c.at("batch");
  Measured out{.workload = workload(library, row_id(c.at("model")), WorkloadKind::train),
               .machine = machine(library, "a100", 25 * unit::GB / unit::s),
               .mapping = split(c.at("tp"), c.at("pp"), replicas, c.at("microbatches"))};
  out.set = MeasuredSet::training_a100;
  const std::string recompute = c.at("recompute");
  out.label = c.at("model").get<std::string>() + ", " + recompute + " recomputation, " +
              std::to_string(c.at("dp").get<int>()) + " x " + std::to_string(c.at("pp").get<int>()) + " x " +
              std::to_string(c.at("tp").get<int>());
  out.efficiency = "a100-training";
  out.workload.batch = batch;
  out.workload.context = 2048;
  out.workload.recompute_all = recompute == "full" ? 1 : 0;
  out.workload.recompute_some = recompute == "selective" ? 1 : 0;
  out.mapping.interleave = 2;
  out.figures = {{"iteration, s", c.at("measured_s"), seconds}};
  return out;
}

// Replicas share weights and gradients (FSDP).
Measured replicated_training(const Library& library, const Json& c) {
  const std::string size = c.at("model_size");
  const int devices = c.at("num_gpus"), context = c.at("seq_len");
  Measured out{.workload = workload(library, "mpt-" + size, WorkloadKind::train),
               .machine = machine(library, "h100", 50 * unit::GB / unit::s),
               .mapping = split(1, 1, devices, c.at("grad_accum"))};
  out.set = MeasuredSet::training_h100;
  const bool recomputes = c.at("activation_checkpointing").get<int>() > 0;
  out.label = "MPT-" + size + ", sequences of " + std::to_string(context) + ", " + std::to_string(devices) +
              " GPUs" + (recomputes ? ", recomputation" : "");
  out.efficiency = "h100-training";
  out.workload.batch = c.at("global_batch");
  out.workload.context = context;
  out.workload.recompute_all = recomputes ? 1 : 0;
  out.figures = {{"tokens/s", c.at("tokens_per_s"), tokens_a_second}};
  return out;
}

using Reading = Measured (*)(const Library&, const Json&);
Reading reading(PerformanceSchema schema) {
  switch (schema) {
    case PerformanceSchema::request:
      return request;
    case PerformanceSchema::serving:
      return serving;
    case PerformanceSchema::training:
      return training;
    case PerformanceSchema::training_table:
      return replicated_training;
    default:
      return nullptr;
  }
}

}  // namespace

std::vector<Measured> measured_rows(const Library& library, const PerformanceEntry& entry) {
  std::vector<Measured> out;
  const auto read = reading(entry.schema);
  if (read == nullptr) return out;
  for (const Json& row : entry.data.at("cases")) out.push_back(read(library, row));
  return out;
}

std::map<std::string, std::vector<Measured>> by_efficiency(const Library& library,
                                                           const PerformanceGolden& golden, FitRows which) {
  std::map<std::string, std::vector<Measured>> out;
  for (const auto& entry : golden.entries) {
    if (which == FitRows::only && !entry.fit) continue;
    for (auto& row : measured_rows(library, entry)) out[row.efficiency].push_back(std::move(row));
  }
  return out;
}

Performance<double> modelled(const Measured& row, const EfficiencyParameters<double>& efficiency) {
  return performance::roofline(row.workload, row.machine, efficiency, row.mapping);
}

double error_of(const Measured& row, std::size_t figure, const EfficiencyParameters<double>& efficiency) {
  const auto& f = row.figures[figure];
  return std::abs(f.ours(modelled(row, efficiency)) / f.measured - 1);
}

}  // namespace marquetry::test
