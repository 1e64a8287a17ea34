#include "app/complete.h"

#include <algorithm>
#include <filesystem>

#include "session/command.h"
#include "session/names.h"

namespace marquetry {
namespace {

namespace fs = std::filesystem;

using Words = std::vector<std::string>;

Words files(const std::string& word) {
  const auto slash = word.rfind('/');
  const auto folder = slash == std::string::npos ? std::string{} : word.substr(0, slash + 1);
  const auto start = word.substr(folder.size());
  Words names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator{folder.empty() ? "." : folder, error}) {
    const auto name = entry.path().filename().string();
    if (!name.starts_with(start) || (start.empty() && name.starts_with('.'))) continue;
    names.push_back(folder + name + (entry.is_directory(error) ? "/" : ""));
  }
  return names;
}

// With one dash or two, as the word begins.
Words options(const Command& command, std::string_view word) {
  const std::string dashes = word.starts_with("--") ? "--" : "-";
  Words names{dashes + "help", dashes + "text"};
  for (const auto& arguments : {command.arguments, common_arguments()}) {
    for (const auto& argument : arguments) {
      if (!argument.positional) names.push_back(dashes + std::string{argument.name});
    }
  }
  return names;
}

const Argument* option_named(const Command& command, std::string_view word) {
  if (!word.starts_with('-')) return nullptr;
  word.remove_prefix(std::min(word.find_first_not_of('-'), word.size()));
  for (const auto& arguments : {command.arguments, common_arguments()}) {
    for (const auto& argument : arguments) {
      if (!argument.positional && argument.name == word) return &argument;
    }
  }
  return nullptr;
}

bool takes_value(const Argument* option) { return option != nullptr && option->kind != ArgumentKind::flag; }

// The positional argument whose place the last word has.
const Argument* argument_in_place(const Command& command, const Words& words) {
  std::size_t place = 0;
  for (std::size_t i = 1; i + 1 < words.size(); ++i) {
    if (takes_value(option_named(command, words[i])))
      ++i;
    else if (!words[i].starts_with('-'))
      ++place;
  }
  const Argument* last = nullptr;
  for (const auto& argument : command.arguments) {
    if (!argument.positional) continue;
    last = &argument;
    if (place == 0) return last;
    --place;
  }
  return last != nullptr && last->takes == Takes::many ? last : nullptr;
}

Words values(const Argument& argument, const Words& words, Session& session) {
  if (argument.kind == ArgumentKind::choice) return {argument.choices.begin(), argument.choices.end()};
  if (argument.kind == ArgumentKind::file) return files(words.back());
  return names_of(argument.of, session, words.size() > 1 ? words[words.size() - 2] : std::string{});
}

Words offers(const Words& words, const TclNames& names, Session& session) {
  const auto& word = words.back();
  if (word.starts_with('$')) {
    Words variables;
    for (const auto& name : names.variables) variables.push_back("$" + name);
    return variables;
  }
  if (words.size() == 1) return names.commands;
  const auto* command = find_command(words.front());
  if (command == nullptr) return files(word);
  const auto* before = option_named(*command, words[words.size() - 2]);
  if (takes_value(before)) return values(*before, words, session);
  if (word.starts_with('-')) return options(*command, word);
  const auto* argument = argument_in_place(*command, words);
  return argument != nullptr ? values(*argument, words, session) : Words{};
}

Words words_of(const std::string& text) {
  Words words{""};
  for (const char c : text) {
    if (c != ' ' && c != '\t')
      words.back() += c;
    else if (!words.back().empty())
      words.emplace_back();
  }
  return words;
}

}  // namespace

Completion completion(const std::string& line, const TclNames& names, Session& session) {
  const auto open = line.find_last_of("[;{\n");
  const auto words = words_of(open == std::string::npos ? line : line.substr(open + 1));
  Completion found{.word = words.back(), .offers = offers(words, names, session)};
  std::erase_if(found.offers, [&](const auto& offer) { return !offer.starts_with(found.word); });
  std::ranges::sort(found.offers);
  return found;
}

std::string common_start(const std::vector<std::string>& offers) {
  if (offers.empty()) return {};
  auto start = offers.front();
  for (const auto& offer : offers) {
    const auto [end, _] = std::ranges::mismatch(start, offer);
    start.erase(end, start.end());
  }
  return start;
}

}  // namespace marquetry
