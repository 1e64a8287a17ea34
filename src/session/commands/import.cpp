// import: files of other tools into a design of ours.
#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "exchange/formats.h"
#include "session/commands/rows.h"

namespace marquetry {
namespace {

constexpr std::array arguments{
    Argument{.name = "format",
             .kind = ArgumentKind::name,
             .metavar = "FORMAT",
             .help = "whose files they are",
             .positional = true,
             .need = Need::required},
    Argument{.name = "files",
             .kind = ArgumentKind::file,
             .metavar = "FILE",
             .help = "all files of one design, in any order",
             .positional = true,
             .takes = Takes::many,
             .need = Need::required},
    Argument{.name = "out",
             .kind = ArgumentKind::file,
             .metavar = "DESIGN.toml",
             .help = "the design to write; without it the design is printed",
             .letter = "o"},
};

const exchange::ImportFormat* format_of(const Arguments& given, Diagnostics& diagnostics) {
  const auto* format = exchange::find_import_format(given.one("format"));
  if (format != nullptr) return format;
  std::vector<std::string_view> names;
  for (const auto& row : exchange::import_formats()) names.push_back(row.name);
  diagnostics.error({.file = "marquetry import"}, fmt::format("no format '{}'", given.one("format")),
                    suggest(given.one("format"), names));
  return nullptr;
}

nlohmann::ordered_json warnings_json(const Diagnostics& diagnostics) {
  auto warnings = nlohmann::ordered_json::array();
  for (const auto& d : diagnostics.all()) {
    if (d.severity == Severity::warning) warnings.push_back(render({d.severity, d.where, d.message, {}}));
  }
  return warnings;
}

Output run(Session& /*session*/, const Arguments& given, Diagnostics& diagnostics) {
  const auto* format = format_of(given, diagnostics);
  if (format == nullptr) return refusal(message::wrong_arguments);
  const auto& names = given.all("files");
  const auto design =
      format->read(std::vector<std::filesystem::path>{names.begin(), names.end()}, diagnostics);
  if (!design) return refusal(message::wrong_input);
  const auto file = given.one("out");
  if (!file.empty() && !write_file(file, *design, diagnostics)) return refusal(message::cannot_write);
  nlohmann::ordered_json json{{"format", format->name},
                              {"design", file.empty() ? *design : file},
                              {"warnings", warnings_json(diagnostics)}};
  return {.text = file.empty() ? *design : fmt::format("{}: written\n", file), .json = json.dump()};
}

}  // namespace

Command import_command() {
  return {.name = "import",
          .summary = "a design of ours from the files of another tool",
          .arguments = arguments,
          .example = "marquetry import catch *.xml -o design.toml",
          .run = run};
}

}  // namespace marquetry
