// check: reads designs and reports every error of every file in one go.
#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "base/json_text.h"
#include "evaluation/capacity.h"
#include "report/evaluation_json.h"
#include "session/commands/rows.h"
#include "session/documents.h"
#include "session/pattern.h"

namespace marquetry {
namespace {

constexpr std::array arguments{
    Argument{.name = "design",
             .kind = ArgumentKind::file,
             .metavar = "DESIGN",
             .help = "the design files",
             .positional = true,
             .takes = Takes::many,
             .need = Need::required},
};

std::string summary(const std::string& file, const Design& design) {
  if (design.variables.empty()) return fmt::format("{}: good: a single system\n", file);
  const auto choices = space_size(design);
  return fmt::format("{}: good: {} variable{}, {} choices\n", file, design.variables.size(),
                     design.variables.size() == 1 ? "" : "s",
                     choices < 1e5 ? fmt::format("{:.0f}", choices) : fmt::format("{:.1e}", choices));
}

// What a good file is, for readers and for programs. Nothing after complaints.
struct Checked {
  std::string text{};
  nlohmann::ordered_json json{};
};

std::optional<Checked> check(const std::string& file, const std::optional<Node>& root, const Library& library,
                             Diagnostics& diagnostics) {
  if (!root) return std::nullopt;
  if (const auto* kind = find_document_kind(*root)) {
    const bool is_good = kind->check != nullptr
                             ? kind->check(*root, diagnostics)
                             : kind->evaluate(*root, presets.front(), {}, diagnostics).has_value();
    if (!is_good) return std::nullopt;
    return Checked{fmt::format("{}: good: {}\n", file, kind->summary),
                   {{"file", file}, {"kind", kind->section}}};
  }
  const auto design = load_design(*root, library, diagnostics);
  if (!design) return std::nullopt;
  const auto prepared = prepare(library, *design, diagnostics);
  if (!prepared) return std::nullopt;
  warn_of_capacity(*prepared, diagnostics);
  return Checked{summary(file, *design),
                 {{"design", design->name},
                  {"file", file},
                  {"variables", design->variables.size()},
                  {"space", report::count_or_number(space_size(*design))}}};
}

Output run(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  const auto* library = library_of(session, diagnostics);
  if (library == nullptr) return refusal(message::wrong_library);
  Output output;
  auto designs = nlohmann::ordered_json::array();
  std::vector<std::string> files;
  for (const auto& pattern : given.all("design")) {
    const auto found = matching_files(pattern);
    if (found.empty())
      diagnostics.error({.file = "marquetry check"}, "no file is named as '" + pattern + "'");
    files.insert(files.end(), found.begin(), found.end());
  }
  if (!diagnostics.ok()) return refusal(message::wrong_input);
  for (const auto& file : files) {
    const auto checked = check(file, read_document(session, given, file, diagnostics), *library, diagnostics);
    if (!checked) {
      output.status = worse(output.status, status::wrong_input);
      output.message = message::wrong_input;
      continue;
    }
    output.text += checked->text;
    designs.push_back(checked->json);
  }
  if (output.status == status::done) output.json = json_text(nlohmann::ordered_json{{"designs", designs}});
  return output;
}

}  // namespace

Command check_command() {
  return {.name = "check",
          .summary = "read designs and report every error, with its place and a hint",
          .arguments = arguments,
          .example = "marquetry check designs/*.toml",
          .run = run};
}

}  // namespace marquetry
