// import: files of other tools into a design of ours.
#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "assembly/load.h"
#include "base/file.h"
#include "base/json_text.h"
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
             .need = Need::required,
             .of = NameOf::import_format},
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
  diagnostics.error({.file = "marquetry import"}, fmt::format("no format '{}'", given.one("format")),
                    suggest(given.one("format"), exchange::import_format_names()));
  return nullptr;
}

nlohmann::ordered_json warnings_json(const Diagnostics& diagnostics) {
  auto warnings = nlohmann::ordered_json::array();
  for (const auto& d : diagnostics.all()) {
    if (d.severity == Severity::warning) warnings.push_back(render({d.severity, d.where, d.message, {}}));
  }
  return warnings;
}

using Paths = std::vector<std::filesystem::path>;

// A package becomes a file with a table [assembly]; its bumps stand in files beside it.
Output import_assembly(const exchange::AssemblyImportFormat& format, const Arguments& given,
                       Diagnostics& diagnostics) {
  const auto& names = given.all("files");
  const auto package = format.read(Paths{names.begin(), names.end()}, diagnostics);
  if (!package) return refusal(message::wrong_input);
  const std::filesystem::path file = given.one("out");
  const auto document =
      assembly::to_document(*package, file.empty() ? package->name : file.stem().string(), diagnostics);
  if (!document) return refusal(message::wrong_input);
  nlohmann::ordered_json json{{"format", format.name}};
  if (file.empty()) {
    if (!document->files.empty()) {
      diagnostics.error({.file = "marquetry import"},
                        "its bumps and nets stand in files of their own, beside the design",
                        "say where to: -o DESIGN.toml");
      return refusal(message::wrong_arguments);
    }
    json["design"] = document->toml;
    json["warnings"] = warnings_json(diagnostics);
    return {.text = document->toml, .json = json_text(json)};
  }
  const auto files = assembly::write(*package, file, diagnostics);
  if (files.empty()) return refusal(message::cannot_write);
  std::string text;
  json["design"] = file.generic_string();
  json["files"] = nlohmann::ordered_json::array();
  for (const auto& written : files) {
    json["files"].push_back(written.generic_string());
    text += fmt::format("{}: written\n", written.generic_string());
  }
  json["warnings"] = warnings_json(diagnostics);
  return {.text = text, .json = json_text(json)};
}

Output run(Session& /*session*/, const Arguments& given, Diagnostics& diagnostics) {
  if (const auto* package = exchange::find_assembly_import_format(given.one("format")))
    return import_assembly(*package, given, diagnostics);
  const auto* format = format_of(given, diagnostics);
  if (format == nullptr) return refusal(message::wrong_arguments);
  const auto& names = given.all("files");
  const auto design = format->read(Paths{names.begin(), names.end()}, diagnostics);
  if (!design) return refusal(message::wrong_input);
  const auto file = given.one("out");
  if (!file.empty() && !write_file(file, *design, diagnostics)) return refusal(message::cannot_write);
  nlohmann::ordered_json json{{"format", format->name},
                              {"design", file.empty() ? *design : file},
                              {"warnings", warnings_json(diagnostics)}};
  return {.text = file.empty() ? *design : fmt::format("{}: written\n", file), .json = json_text(json)};
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
