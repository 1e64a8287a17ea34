// check: reads designs and reports every error of every file in one go.
#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "evaluation/prepare.h"
#include "report/evaluation_json.h"
#include "session/commands/rows.h"

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

Output run(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  const auto* library = library_of(session, diagnostics);
  if (library == nullptr) return refusal(message::wrong_library);
  Output output;
  auto designs = nlohmann::ordered_json::array();
  for (const auto& file : given.all("design")) {
    const auto design = load_design(file, *library, diagnostics);
    if (!design || !prepare(*library, *design, diagnostics)) {
      output.status = worse(output.status, status::wrong_input);
      output.message = message::wrong_input;
      continue;
    }
    output.text += summary(file, *design);
    designs.push_back({{"design", design->name},
                       {"file", file},
                       {"variables", design->variables.size()},
                       {"space", report::count_or_number(space_size(*design))}});
  }
  if (output.status == status::done) output.json = nlohmann::ordered_json{{"designs", designs}}.dump();
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
