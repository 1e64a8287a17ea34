// help: of the program, of a command, of a message id; and the same for other programs.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/json_text.h"
#include "session/commands/rows.h"
#include "session/help.h"

namespace marquetry {
namespace {

using Json = nlohmann::ordered_json;

constexpr auto forms = [] {
  std::array<std::string_view, manual_forms.size()> names{};
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = manual_forms[i].name;
  return names;
}();

constexpr std::array arguments{
    Argument{.name = "topic",
             .kind = ArgumentKind::name,
             .metavar = "TOPIC",
             .help = "a command, or the id of a message: MQY-0302",
             .positional = true,
             .of = NameOf::command},
    Argument{.name = "as",
             .kind = ArgumentKind::choice,
             .metavar = "FORM",
             .help = "all commands, for man, a page, a shell's completion or Python's tools",
             .choices = forms},
};

Output of_program(const Session& session) {
  auto names = Json::object();
  for (const auto& command : commands()) {
    if (is_offered(command, session)) names[std::string{command.name}] = command.summary;
  }
  return {.text = program_help(session), .json = json_text(Json{{"commands", names}})};
}

Output run(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  const auto page = [](std::string text) {
    auto json = json_text(Json{{"help", text}});
    return Output{.text = std::move(text), .json = std::move(json)};
  };
  if (given.has("as"))
    return page(std::ranges::find(manual_forms, given.one("as"), &ManualForm::name)->page());
  const auto topic = given.one("topic");
  if (topic.empty()) return of_program(session);
  if (const auto* command = find_command(topic)) return page(command_help(*command));
  const auto id = std::ranges::find(message::all, topic, &Message::id);
  if (id != message::all.end()) return page(fmt::format("{}: {}\n", id->id, id->meaning));
  std::vector<std::string_view> names;
  for (const auto& command : commands()) names.push_back(command.name);
  const auto hint = did_you_mean(topic, names);
  diagnostics.error({.file = "marquetry"}, fmt::format("there is no command '{}'", topic),
                    hint.empty() ? "'help' lists the commands" : hint);
  return refusal(message::unknown_command);
}

}  // namespace

Command help_command() {
  return {.name = "help",
          .summary = "this list, the help of a command, the meaning of a message",
          .arguments = arguments,
          .example = "marquetry help explore",
          .run = run};
}

}  // namespace marquetry
