#include "session/commands/chance_input.h"

#include <fmt/format.h>

namespace marquetry {
namespace {

bool is_preset(const std::string& name, Diagnostics& diagnostics) {
  if (name.empty() || find_preset(name) != nullptr) return true;
  std::vector<std::string_view> names;
  for (const auto& preset : presets) names.push_back(preset.name);
  diagnostics.error({.file = "--preset"}, fmt::format("no preset '{}'", name), suggest(name, names));
  return false;
}

}  // namespace

Argument preset_argument() {
  return {.name = "preset",
          .kind = ArgumentKind::name,
          .metavar = "NAME",
          .help = "a named set of models",
          .fallback = "default"};
}

std::optional<SubjectInput> read_subject(Session& session, const Arguments& given, Diagnostics& diagnostics,
                                         Message& failure) {
  failure = message::wrong_arguments;
  if (!is_preset(given.one("preset"), diagnostics)) return std::nullopt;
  failure = message::wrong_input;
  SubjectInput out{.design = read_design_input(session, given, diagnostics)};
  if (out.design == nullptr) return std::nullopt;
  failure = message::unknown_variable;
  const auto choice = single_choice(out.design->design, diagnostics);
  if (!choice) return std::nullopt;
  out.subject = chance::subject_of(out.design->prepared, *choice);
  return out;
}

}  // namespace marquetry
