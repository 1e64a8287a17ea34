// write_*: the design that is open, or what was found of it, into a file. Each export format has its
// write_FORMAT.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <deque>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json_text.h"
#include "config/write.h"
#include "exchange/formats.h"
#include "report/evaluation_json.h"
#include "session/commands/assessed.h"
#include "session/commands/rows.h"

namespace marquetry {
namespace {

constexpr Argument file{.name = "file",
                        .kind = ArgumentKind::file,
                        .metavar = "FILE",
                        .help = "the file to write",
                        .positional = true,
                        .need = Need::required};
constexpr std::array file_arguments{file};

Output written(const std::string& name, std::string_view text, Diagnostics& diagnostics) {
  if (!write_file(name, text, diagnostics)) return refusal(message::cannot_write);
  return {.text = fmt::format("{}: written\n", name),
          .json = json_text(nlohmann::ordered_json{{"files", {name}}})};
}

// What was chosen becomes the only value of its variable.
void fix(Node& root, const std::string& setting) {
  const auto name = variable_of(setting);
  const auto variables = std::ranges::find(root.items, "variables", &Node::key);
  if (variables == root.items.end()) return;
  const auto variable = std::ranges::find(variables->items, name, &Node::key);
  if (variable == variables->items.end()) return;
  const auto text = setting.substr(name.size() + 1);
  double number = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  const bool is_number = error == std::errc{} && stop == end;
  const Node value{.kind = is_number ? NodeKind::number : NodeKind::text, .text = text, .items = {}};
  const auto key = variable->key;
  *variable = {.kind = NodeKind::list, .key = key, .items = {value}};
}

Output write_design(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  const auto& open = *session.open;
  Node root = *open.now.root;
  for (const auto& setting : open.now.settings) fix(root, setting);
  return written(given.one("file"), toml_text(root), diagnostics);
}

Output write_evaluation(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  const auto assessed = assess_open(session, diagnostics);
  if (!assessed) return refusal(assessed.failure);
  const auto json = report::evaluation_json(assessed.input->prepared, assessed.assessment);
  return written(given.one("file"), json_text(json) + "\n", diagnostics);
}

Output write_front(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  const auto& open = *session.open;
  if (open.front_csv.empty()) {
    diagnostics.error({.file = "write_front"}, "the design has not been explored as it is now",
                      "run 'explore' first");
    return refusal(message::wrong_arguments);
  }
  return written(given.one("file"), open.front_csv, diagnostics);
}

// "write_bump_csv" for the format bump-csv.
std::string command_of(std::string_view format) {
  auto name = "write_" + std::string{format};
  std::ranges::replace(name, '-', '_');
  return name;
}

// `export FORMAT` of the design that is open.
Output write_format(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  const auto& open = *session.open;
  auto own = arguments_of(open);
  const auto formats = exchange::export_format_names();
  own.add("format", std::string{*std::ranges::find(formats, given.one(command_name), command_of)});
  own.add("out", given.one("file"));
  const auto command = export_command();
  check_arguments(command.arguments, own, command.name, diagnostics);
  return command.run(session, own, diagnostics);
}

Command row(std::string_view name, std::string_view summary, std::string_view example,
            Output (*run)(Session&, const Arguments&, Diagnostics&)) {
  return {.name = name,
          .summary = summary,
          .arguments = file_arguments,
          .example = example,
          .run = run,
          .where = Where::open_design};
}

}  // namespace

std::vector<Command> write_commands() {
  std::vector<Command> out{
      row("write_design", "the design with its changes and choices", "write_design mine.toml", write_design),
      row("write_evaluation", "its evaluation in JSON", "write_evaluation mine.json", write_evaluation),
      row("write_front", "the front of the last exploration in CSV", "write_front front.csv", write_front)};
  static const auto names = [] {
    std::deque<std::array<std::string, 3>> made;
    for (const auto name : exchange::export_format_names()) {
      const auto command = command_of(name);
      made.push_back({command, fmt::format("{} out.{}", command, name),
                      fmt::format("the design for other tools: as `export {}`", name)});
    }
    return made;
  }();
  for (const auto& [name, example, summary] : names) out.push_back(row(name, summary, example, write_format));
  return out;
}

}  // namespace marquetry
