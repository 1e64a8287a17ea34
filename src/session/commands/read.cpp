// read_library, read_design: what a session works on from then on.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <nlohmann/json.hpp>

#include "base/json_text.h"
#include "session/commands/rows.h"

namespace marquetry {
namespace {

constexpr std::array library_arguments{
    Argument{.name = "folders",
             .kind = ArgumentKind::file,
             .metavar = "DIR",
             .help = "folders of your own numbers; later folders win",
             .positional = true,
             .takes = Takes::many,
             .need = Need::required},
};

constexpr std::array design_arguments{
    Argument{.name = "file",
             .kind = ArgumentKind::file,
             .metavar = "FILE",
             .help = "the design that commands without one work on",
             .positional = true,
             .need = Need::required},
};

// A design that is open is read again: its names may mean other rows now.
Output read_library(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  auto tried = session;
  for (const auto& folder : given.all("folders")) tried.library_folders.emplace_back(folder);
  tried.library.reset();
  const auto* library = library_of(tried, diagnostics);
  if (library == nullptr) return refusal(message::wrong_library);
  if (tried.open) {
    auto& now = tried.open->now;
    auto design = load_design(*now.root, *library, diagnostics);
    if (!design) return refusal(message::wrong_library);
    now.design = std::make_shared<const Design>(std::move(*design));
  }
  session = std::move(tried);
  std::size_t rows = 0;
  for_each_category(*library, [&](const auto& category) { rows += category.size(); });
  return {.text = fmt::format("{} rows; hash {}\n", rows, library->hash),
          .json = json_text(nlohmann::ordered_json{{"rows", rows}, {"hash", library->hash}})};
}

Output described(const Design& design, const std::string& file) {
  Output output{.text = fmt::format("{}: {} variable{}\n", design.name, design.variables.size(),
                                    design.variables.size() == 1 ? "" : "s")};
  auto variables = nlohmann::ordered_json::object();
  for (const auto& variable : design.variables) {
    std::vector<std::string> values;
    for (const auto& value : variable.domain) values.push_back(value.text);
    output.text += fmt::format("  {}: {}\n", variable.name, fmt::join(values, ", "));
    variables[variable.name] = values;
  }
  output.json =
      json_text(nlohmann::ordered_json{{"design", design.name}, {"file", file}, {"variables", variables}});
  return output;
}

Output read_design(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  const auto file = given.one("file");
  if (!open_design(session, file, diagnostics)) return refusal(message::wrong_input);
  return described(*session.open->now.design, file);
}

}  // namespace

std::vector<Command> read_commands() {
  return {{.name = "read_library",
           .summary = "add folders of numbers to the library",
           .arguments = library_arguments,
           .example = "read_library my-numbers",
           .run = read_library,
           .where = Where::session},
          {.name = "read_design",
           .summary = "open a design: commands without one work on it",
           .arguments = design_arguments,
           .example = "read_design designs/accelerator.toml",
           .run = read_design,
           .where = Where::session}};
}

}  // namespace marquetry
