#include "session/commands/perform_input.h"

#include <fmt/format.h>

#include "config/parse.h"
#include "design/parts.h"
#include "explore/reference.h"
#include "report/table.h"

namespace marquetry {
namespace {

// Under this name the command line's conditions are complained of.
constexpr std::string_view conditions = "--batch, --context, --precision";
constexpr std::size_t most_workloads = 16;  // of a design

// Elements of a loop over arrays are many, whatever else is asked for.
std::string batch_of(const WorkloadModel& model, const Arguments& given) {
  if (model.kind == "stream") return "100_000_000";
  return model.kind == "matrix-product" ? "1" : given.one("batch");
}

std::string workload_text(const WorkloadModel& model, std::string_view phase, const Arguments& given) {
  const bool is_run = phase == "run";
  std::string out =
      fmt::format("[workloads.{}{}]\nmodel = \"{}\"\nphase = \"{}\"\nprecision = \"{}\"\n", model.id,
                  is_run ? "" : fmt::format("-{}", phase), model.id, phase, given.one("precision"));
  out += fmt::format("batch = {}\n", phase == "prefill" ? "1" : batch_of(model, given));
  if (!is_run) out += fmt::format("context = {}\n", given.one("context"));
  return out;
}

// Workloads of the library as designs have them: one reader, one set of complaints. Their die is not asked.
std::vector<std::string> library_designs(const Library& library, const Arguments& given) {
  std::vector<std::string> workloads;
  for (const auto& model : library.workloads) {
    if (model.kind != "transformer") {
      workloads.push_back(workload_text(model, "run", given));
      continue;
    }
    workloads.push_back(workload_text(model, "prefill", given));
    if (!model.encoder) workloads.push_back(workload_text(model, "decode", given));
  }
  std::vector<std::string> out;
  for (std::size_t w = 0; w < workloads.size(); ++w) {
    if (w % most_workloads == 0) {
      out.push_back(
          fmt::format("format = 1\nname = \"library\"\npackaging = \"{}\"\ncooling = \"{}\"\ntest = \"{}\"\n"
                      "[dies.none]\nnode = \"{}\"\nclock = \"1 GHz\"\narea = \"1 mm2\"\n",
                      library.packagings.front().id, library.coolings.front().id,
                      library.test_flows.front().id, library.nodes.front().id));
    }
    out.back() += workloads[w];
  }
  return out;
}

// Each condition is complained of once, not for every workload.
bool can_be_run(const Arguments& given, Diagnostics& diagnostics) {
  for (const std::string_view name : {"batch", "context"}) {
    if (given.count(name).value_or(1) > 0) continue;
    diagnostics.error({.file = fmt::format("--{}", name)}, "it must be at least 1, but it is 0",
                      fmt::format("--{} 1 is the least", name));
  }
  const std::vector<std::string_view> known(precisions().begin(), precisions().end());
  const auto precision = given.one("precision");
  if (std::ranges::find(known, precision) == known.end()) {
    diagnostics.error({.file = "--precision"}, fmt::format("there is no precision '{}'", precision),
                      suggest(precision, known));
  }
  return diagnostics.ok();
}

std::string text_of(const Workload<double>& workload, const WorkloadModel& model,
                    std::string_view precision) {
  const std::string name = model.name.empty() ? model.id : model.name;
  switch (workload.kind) {
    case WorkloadKind::prefill:
      return fmt::format("{}, a prompt of {} tokens, {} at once, {}", name,
                         report::readable(workload.context), report::readable(workload.batch), precision);
    case WorkloadKind::decode:
      return fmt::format("{}, a token each of {} sequences, {} tokens kept, {}", name,
                         report::readable(workload.batch), report::readable(workload.context), precision);
    default:
      return fmt::format("{}, {} at once, {}", name, report::readable(workload.batch), precision);
  }
}

std::vector<PerformWorkload> workloads_of(const Design& design, const System<double>& system,
                                          const Choice& choice, const Library& library) {
  std::vector<PerformWorkload> out;
  for (std::size_t w = 0; w < design.workloads.size(); ++w) {
    const auto& given = design.workloads[w];
    const auto value = [&](const OpenName& open) {
      return open.variable ? design.variables[*open.variable].domain[choice[*open.variable]].text
                           : open.value;
    };
    const auto* model = find(library.workloads, value(given.model));
    const auto& workload = system.workloads[w];
    out.push_back({.run = {given.id, text_of(workload, *model, value(given.precision)), workload.kind},
                   .workload = workload,
                   .model = model});
  }
  return out;
}

// Those that are asked for: by id, or by the model that they run.
void keep_named(std::vector<PerformWorkload>& workloads, const std::vector<std::string>& names,
                Diagnostics& diagnostics) {
  if (names.empty()) return;
  std::vector<bool> kept(workloads.size());
  for (const auto& name : names) {
    bool found = false;
    for (std::size_t w = 0; w < workloads.size(); ++w) {
      if (workloads[w].run.id != name && workloads[w].model->id != name) continue;
      kept[w] = found = true;
    }
    if (found) continue;
    std::vector<std::string_view> known;
    for (const auto& workload : workloads) known.push_back(workload.run.id);
    for (const auto& workload : workloads) known.push_back(workload.model->id);
    diagnostics.error({.file = "--workload"}, fmt::format("no workload '{}'", name), suggest(name, known));
  }
  std::vector<PerformWorkload> out;
  for (std::size_t w = 0; w < workloads.size(); ++w) {
    if (kept[w]) out.push_back(std::move(workloads[w]));
  }
  workloads = std::move(out);
}

bool add_subject(PerformInput& input, const Subject& subject, const EfficiencyParameters<double>& efficiency,
                 Diagnostics& diagnostics) {
  if (subject.is_product()) {
    auto runner = explore::runner_of(*subject.product, efficiency);
    if (!runner) {
      diagnostics.error({.file = "perform"},
                        fmt::format("'{}': its peak, bandwidth or capacity is not public", subject.name),
                        "'marquetry library show' has what is known of it");
      return false;
    }
    input.subjects.push_back({.runner = std::move(*runner), .product = subject.product});
    return true;
  }
  if (subject.input == nullptr) {
    diagnostics.error({.file = "perform"}, fmt::format("'{}' has no dies that run anything", subject.name),
                      "name a design with [dies], or a product");
    return false;
  }
  auto system = std::make_unique<System<double>>(compose(subject.input->prepared, subject.choice));
  auto evaluation = std::make_unique<Evaluation<double>>(evaluate(*system, subject.input->prepared.models));
  auto runner = explore::runner_of(subject.name, *system, *evaluation);
  input.subjects.push_back(
      {.runner = std::move(runner), .system = std::move(system), .evaluation = std::move(evaluation)});
  return true;
}

}  // namespace

std::optional<PerformInput> read_perform_input(Session& session, const Arguments& given,
                                               const Library& library, Diagnostics& diagnostics) {
  if (!can_be_run(given, diagnostics)) return std::nullopt;
  PerformInput input;
  for (const auto& word : given.all("design")) {
    if (auto subject = read_subject(session, given, word, diagnostics))
      input.read.push_back(std::move(*subject));
  }
  if (!diagnostics.ok()) return std::nullopt;
  const auto design = std::ranges::find_if(input.read, [](const auto& s) { return s.input != nullptr; });
  EfficiencyParameters<double> efficiency;
  if (design != input.read.end()) {
    const auto system = compose(design->input->prepared, design->choice);
    input.workloads = workloads_of(design->input->design, system, design->choice, library);
    efficiency = system.efficiency;
  } else {
    for (const auto& text : library_designs(library, given)) {
      const auto root = parse_text(text, std::string{conditions}, diagnostics);
      const auto made = root ? read_design_input(session, Arguments{}, *root, diagnostics) : nullptr;
      if (!made) return std::nullopt;
      const auto system = compose(made->prepared, Choice{});
      for (auto& workload : workloads_of(made->design, system, Choice{}, library)) {
        input.workloads.push_back(std::move(workload));
      }
      efficiency = system.efficiency;
    }
  }
  keep_named(input.workloads, given.all("workload"), diagnostics);
  for (const auto& subject : input.read) add_subject(input, subject, efficiency, diagnostics);
  if (input.read.empty()) {
    for (const auto& product : library.products) {
      if (product.kind != "accelerator" && product.kind != "apu") continue;
      auto runner = explore::runner_of(product, efficiency);
      if (runner) input.subjects.push_back({.runner = std::move(*runner), .product = &product});
    }
  }
  if (!diagnostics.ok()) return std::nullopt;
  return input;
}

report::PerformTable table_of(const PerformInput& input) {
  report::PerformTable out;
  std::vector<explore::Runner> runners;
  std::vector<Workload<double>> workloads;
  for (const auto& subject : input.subjects) {
    runners.push_back(subject.runner);
    out.runners.push_back(subject.runner.name);
  }
  for (const auto& workload : input.workloads) {
    workloads.push_back(workload.workload);
    out.workloads.push_back(workload.run);
  }
  out.cells = explore::performance_table(runners, workloads);
  return out;
}

}  // namespace marquetry
