#include <fmt/format.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "config/parse.h"
#include "design/parts.h"
#include "library/check.h"

namespace marquetry {
namespace {

// volumes = [50_000, 100_000]: units a year; `volume` is then their sum.
void read_volumes(DesignReading& reading) {
  const auto* list = reading.root.find("volumes");
  if (list == nullptr) return;
  auto& [library, root, open, design, diagnostics] = reading;
  if (root.find("volume") != nullptr) {
    diagnostics.error(list->where, "both 'volume' and 'volumes' are given",
                      "'volumes' adds up to the volume: drop 'volume'");
  }
  double sum = 0;
  for (const auto& item : list->items) {
    design.volumes.push_back(read_quantity(item, "volumes", dimension::none, diagnostics).value_or(1));
    sum += design.volumes.back();
  }
  if (list->kind != NodeKind::list || !(sum >= 1)) {
    diagnostics.error(list->where, "'volumes' must list the units of each year, at least 1 in all",
                      "write volumes = [50_000, 100_000, 80_000]");
    sum = 1;
  }
  design.volume.value = sum;
}

void read_head(DesignReading& reading) {
  auto& [library, root, open, design, diagnostics] = reading;
  root.find("format");
  root.text("name", design.name);
  if (!design.name.empty() && !is_kebab_case(design.name)) {
    diagnostics.error(root.find("name")->where, "'" + design.name + "' cannot name a design",
                      "a name has small letters, digits and hyphens only; 'title' may have any");
  }
  root.text_if("title", design.title);
  root.text_if("reference", design.reference);
  if (!design.reference.empty()) {
    check_name(library.products, design.reference, root.find("reference")->where, "'reference'", diagnostics);
  }
  open.number(root.find("volume"), "volume", {.is_whole = true, .least = 1, .greatest = 1e12}, design.volume);
  read_volumes(reading);
  open.number(root.find("power_cap"), "power_cap", {.dimension = dimension::power, .least = unit::mW.si()},
              design.power_cap);
  open.name(root.find_required("packaging"), "packaging", names_of(library.packagings), design.packaging);
  open.name(root.find_required("cooling"), "cooling", names_of(library.coolings), design.cooling);
  read_cover(reading);
  open.name(root.find_required("test"), "test", names_of(library.test_flows), design.test);
}

// Rows that a design names only where it wants others than the usual ones.
void read_usual(DesignReading& reading) {
  const auto usual = [&](std::string_view key, const Names& names, OpenName& field) {
    Node fallback{
        .kind = NodeKind::text, .where = {.file = reading.design.file}, .text = field.value, .items = {}};
    const auto* value = reading.root.find(key);
    reading.open.name(value == nullptr ? &fallback : value, key, names, field);
  };
  usual("efficiency", names_of(reading.library.efficiencies), reading.design.efficiency);
  usual("assumptions", names_of(reading.library.assumptions), reading.design.assumptions);
  usual("use_region", names_of(reading.library.regions), reading.design.use_region);
}

// A stage that the flow does not have cannot be asked for more; coverage 1 takes tests without end.
void read_testing(DesignReading& reading) {
  const auto* table = reading.root.find_table("testing");
  if (table == nullptr) return;
  auto& [library, root, open, design, diagnostics] = reading;
  Reader reader{*table, "testing", diagnostics};
  DesignTesting::each_stage(
      [&](const std::string& stage, std::optional<OpenNumber>& coverage) {
        open.number(reader.find(stage + "_coverage"), stage + "_coverage", {.greatest = 0.9999}, coverage);
      },
      design.testing);
  reader.reject_unknown_keys();
  for (const auto& name : open.values(design.test)) {
    const auto* flow = find(library.test_flows, name);
    if (flow == nullptr) continue;
    const auto need = [&](std::string_view stage, const auto& coverage, const TestStage& of) {
      if (!coverage || of.time.typ > 0) return;
      diagnostics.error(coverage->where, fmt::format("the test flow '{}' has no {} test", name, stage),
                        fmt::format("choose another flow, or drop '{}_coverage'", stage));
    };
    need("sort", design.testing.sort, flow->sort);
    need("carrier", design.testing.carrier, flow->carrier);
    need("stack", design.testing.stack, flow->stack);
    need("step", design.testing.step, flow->step);
    need("partial", design.testing.partial, flow->partial);
    need("final", design.testing.final, flow->final);
  }
}

void read_models(DesignReading& reading) {
  const auto* table = reading.root.find_table("models");
  if (table == nullptr) return;
  Reader reader{*table, "models", reading.diagnostics};
  reader.text_if("yield", reading.design.yield_model);
  reader.reject_unknown_keys();
}

// BF16 is as wide and as fast as FP16: a variable's "bf16" means that.
void unify_precisions(std::vector<Variable>& variables) {
  for (auto& variable : variables) {
    if (variable.names != "precision") continue;
    for (auto& value : variable.domain) {
      if (value.text == "bf16") value.text = "fp16";
    }
  }
}

}  // namespace

std::optional<Design> load_design(const std::filesystem::path& file, const Library& library,
                                  Diagnostics& diagnostics) {
  const auto root = parse_file(file, diagnostics);
  if (!root) return std::nullopt;
  return load_design(*root, library, diagnostics);
}

std::optional<Design> load_design(const Node& root, const Library& library, Diagnostics& diagnostics) {
  const int errors_before = diagnostics.errors();
  check_format(root, diagnostics);
  Design design{.file = root.where.file, .where = root.where};
  design.hash = hex(fnv1a(diagnostics.text_of(design.file)));
  Reader reader{root, {}, diagnostics};
  OpenFields open{reader.entries("variables"), diagnostics};
  DesignReading reading{library, reader, open, design, diagnostics};
  read_head(reading);
  read_usual(reading);
  read_testing(reading);
  read_profiles(reading);
  read_dies(reading);
  read_memories(reading);
  read_links(reading);
  read_workloads(reading);
  read_constraints(reading);
  read_objectives(reading);
  read_models(reading);
  read_layout(reading);
  read_room_for_later(reading);
  reader.reject_unknown_keys();
  check_parts(reading);
  open.warn_unused();
  if (diagnostics.errors() > errors_before) return std::nullopt;
  design.variables = open.variables();
  unify_precisions(design.variables);
  return design;
}

}  // namespace marquetry
