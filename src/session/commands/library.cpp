// library: what can be bought. list, show a row, check that the library keeps its rules.
#include <fmt/format.h>

#include <array>

#include "library/show.h"
#include "session/commands/rows.h"

namespace marquetry {
namespace {

constexpr std::array<std::string_view, 3> actions{"list", "show", "check"};

constexpr std::array arguments{
    Argument{.name = "action",
             .kind = ArgumentKind::choice,
             .metavar = "ACTION",
             .help = "what to do",
             .positional = true,
             .need = Need::required,
             .choices = actions},
    Argument{.name = "name",
             .kind = ArgumentKind::name,
             .metavar = "NAME",
             .help = "the row to show, or the category to list",
             .positional = true,
             .of = NameOf::category},
};

Output output_of(const std::optional<std::string>& text, const std::optional<std::string>& json) {
  if (!text || !json) return refusal(message::unknown_row);
  return {.text = *text, .json = *json};
}

Output checked(const Library& library, Diagnostics& diagnostics) {
  check_library(library, diagnostics);
  if (!diagnostics.ok()) return refusal(message::wrong_library);
  std::size_t rows = 0;
  for_each_category(library, [&](const auto& category) { rows += category.size(); });
  const auto warnings = diagnostics.all().size();
  return {.text = fmt::format("the library is good: {} rows, {} warning{}; hash {}\n", rows, warnings,
                              warnings == 1 ? "" : "s", library.hash),
          .json = fmt::format(R"({{"rows":{},"warnings":{},"hash":"{}"}})", rows, warnings, library.hash)};
}

Output run(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  const auto action = given.one("action");
  const auto name = given.one("name");
  if (action == "show" && name.empty()) {
    diagnostics.error({.file = "marquetry library"}, "show wants the NAME of a row",
                      "'marquetry library list' names them");
    return refusal(message::wrong_arguments);
  }
  const auto* library = library_of(session, diagnostics);
  if (library == nullptr) return refusal(message::wrong_library);
  if (action == "check") return checked(*library, diagnostics);
  // Asked once for a reader and once for a program; only the first complains.
  Diagnostics unheard;
  if (action == "list")
    return output_of(library_list_text(*library, name, diagnostics),
                     library_list_json(*library, name, unheard));
  return output_of(library_show_text(*library, name, diagnostics),
                   library_show_json(*library, name, unheard));
}

}  // namespace

Command library_command() {
  return {.name = "library",
          .summary = "list what can be bought, show a row with its sources, or check all of it",
          .arguments = arguments,
          .example = "marquetry library show tsmc-n7",
          .run = run};
}

}  // namespace marquetry
