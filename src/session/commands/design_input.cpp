#include "session/commands/design_input.h"

#include <fmt/format.h>

#include "session/documents.h"

namespace marquetry {
namespace {

std::vector<std::string_view> ids(const auto& rows) {
  std::vector<std::string_view> out;
  for (const auto& row : rows) out.push_back(row.id);
  return out;
}

// --profile replaces the profiles of the design.
void override_profiles(const Library& library, const Arguments& given, Design& design,
                       Diagnostics& diagnostics) {
  if (!given.has("profile")) return;
  design.profiles.clear();
  for (const auto& name : given.all("profile")) {
    if (const auto* profile = find(library.profiles, name)) {
      if (find(design.profiles, name) == nullptr) design.profiles.push_back(*profile);
    } else {
      const auto comma = name.find(',');
      diagnostics.error({.file = "--profile"}, fmt::format("no profile '{}'", name),
                        comma == std::string::npos
                            ? suggest(name, ids(library.profiles))
                            : "give each by itself: --profile " + name.substr(0, comma) + " --profile ...");
    }
  }
}

void override_reference(const Library& library, const Arguments& given, Design& design,
                        Diagnostics& diagnostics) {
  if (!given.has("reference")) return;
  design.reference = given.one("reference");
  if (find(library.products, design.reference) != nullptr) return;
  diagnostics.error({.file = "--reference"}, fmt::format("no product '{}'", design.reference),
                    suggest(design.reference, ids(library.products)));
}

}  // namespace

Argument design_argument() {
  return {.name = "design",
          .kind = ArgumentKind::file,
          .metavar = "DESIGN",
          .help = "the design file",
          .positional = true,
          .need = Need::required};
}

Argument set_argument() {
  return {.name = "set",
          .kind = ArgumentKind::text,
          .metavar = "VAR=VALUE",
          .help = "fix a variable of the design",
          .takes = Takes::many,
          .of = NameOf::assignment};
}

Argument subject_argument(std::string_view help) {
  return {
      .name = "design", .kind = ArgumentKind::file, .metavar = "DESIGN", .help = help, .positional = true};
}

std::unique_ptr<DesignInput> read_design_input(Session& session, const Arguments& given,
                                               Diagnostics& diagnostics) {
  const auto root = read_document(session, given, diagnostics);
  if (!root || !is_design_of_dies(*root, diagnostics)) return nullptr;
  return read_design_input(session, given, *root, diagnostics);
}

std::unique_ptr<DesignInput> read_design_input(Session& session, const Arguments& given, const Node& root,
                                               Diagnostics& diagnostics) {
  const auto* library = library_of(session, diagnostics);
  if (library == nullptr) return nullptr;
  auto design = load_design(root, *library, diagnostics);
  if (!design || !set_variables(*design, given.all("set"), *library, diagnostics)) return nullptr;
  auto input = std::make_unique<DesignInput>();
  input->design = std::move(*design);
  override_profiles(*library, given, input->design, diagnostics);
  override_reference(*library, given, input->design, diagnostics);
  const auto* preset = given.has("preset") ? find_preset(given.one("preset")) : nullptr;
  auto prepared =
      prepare(*library, input->design, diagnostics, preset != nullptr ? *preset : presets.front());
  if (!prepared) return nullptr;
  input->prepared = std::move(*prepared);
  return input;
}

std::optional<Choice> single_choice(const Design& design, Diagnostics& diagnostics) {
  std::string open;
  const Variable* first = nullptr;
  for (const auto& variable : design.variables) {
    if (variable.domain.size() == 1) continue;
    if (first == nullptr) first = &variable;
    open += fmt::format("{}{}", open.empty() ? "" : ", ", variable.name);
  }
  if (first == nullptr) return Choice(design.variables.size(), 0);
  diagnostics.error(first->where, fmt::format("variables are open: {}", open),
                    fmt::format("fix each with --set, for example --set {}={}, or run `marquetry explore`",
                                first->name, first->domain.front().text));
  return std::nullopt;
}

}  // namespace marquetry
