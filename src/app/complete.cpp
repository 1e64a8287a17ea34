#include "app/complete.h"

#include <algorithm>
#include <filesystem>

#include "session/command.h"

namespace marquetry {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> files(const std::string& word) {
  const auto slash = word.rfind('/');
  const auto folder = slash == std::string::npos ? std::string{} : word.substr(0, slash + 1);
  const auto start = word.substr(folder.size());
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator{folder.empty() ? "." : folder, error}) {
    const auto name = entry.path().filename().string();
    if (!name.starts_with(start) || (start.empty() && name.starts_with('.'))) continue;
    names.push_back(folder + name + (entry.is_directory(error) ? "/" : ""));
  }
  return names;
}

std::vector<std::string> options(const std::string& command_name) {
  std::vector<std::string> names;
  const auto* command = find_command(command_name);
  if (command == nullptr) return names;
  for (const auto& arguments : {command->arguments, common_arguments()}) {
    for (const auto& argument : arguments) {
      if (argument.positional) continue;
      names.push_back("-" + std::string{argument.name});
      names.push_back("--" + std::string{argument.name});
    }
  }
  return names;
}

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words{""};
  for (const char c : text) {
    if (c != ' ' && c != '\t')
      words.back() += c;
    else if (!words.back().empty())
      words.emplace_back();
  }
  return words;
}

}  // namespace

Completion completion(const std::string& line, const std::vector<std::string>& commands) {
  const auto open = line.find_last_of("[;{");
  const auto words = words_of(open == std::string::npos ? line : line.substr(open + 1));
  Completion found{.word = words.back()};
  const bool first = words.size() == 1;
  found.offers = first ? commands : found.word.starts_with('-') ? options(words.front()) : files(found.word);
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
