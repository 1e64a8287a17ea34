#include "session/arguments.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace marquetry {
namespace {

template <class T>
std::optional<T> parsed(std::string_view text) {
  T value{};
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return value;
}

std::string listed(std::span<const std::string_view> words, std::string_view separator) {
  std::string text;
  for (const auto word : words) text += std::string{text.empty() ? "" : separator} + std::string{word};
  return text;
}

// What a value should have been; empty where it is right.
std::string expectation(const Argument& argument, const std::string& value) {
  switch (argument.kind) {
    case ArgumentKind::number:
      if (parsed<double>(value)) return {};
      return argument.unit.empty() ? "a number" : "a number of " + std::string{argument.unit};
    case ArgumentKind::count:
      return parsed<std::uint64_t>(value) ? "" : "a whole number, 0 or more";
    case ArgumentKind::choice:
      return std::ranges::find(argument.choices, value) != argument.choices.end()
                 ? ""
                 : "one of " + listed(argument.choices, ", ");
    default:
      return value.empty() && argument.kind != ArgumentKind::text ? "something" : "";
  }
}

void check_values(const Argument& argument, const std::vector<std::string>& values, const SourceSpot& where,
                  Diagnostics& diagnostics) {
  const auto option = argument.positional ? std::string{argument.metavar} : "--" + std::string{argument.name};
  if (argument.kind == ArgumentKind::flag) return;
  if (values.size() > 1 && argument.takes == Takes::one)
    diagnostics.error(where,
                      option + " is given " + std::to_string(values.size()) + " times, but is taken once");
  for (const auto& value : values) {
    const auto expected = expectation(argument, value);
    if (expected.empty()) continue;
    diagnostics.error(where, option + " must be " + expected + ", but is '" + value + "'",
                      did_you_mean(value, {argument.choices.begin(), argument.choices.end()}));
  }
}

}  // namespace

void Arguments::add(std::string_view name, std::string value) {
  values_[std::string{name}].push_back(std::move(value));
}

void Arguments::remove(std::string_view name) { values_.erase(std::string{name}); }

bool Arguments::has(std::string_view name) const { return values_.contains(name); }

std::string Arguments::one(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::string{} : found->second.back();
}

const std::vector<std::string>& Arguments::all(std::string_view name) const {
  static const std::vector<std::string> none;
  const auto found = values_.find(name);
  return found == values_.end() ? none : found->second;
}

std::optional<double> Arguments::number(std::string_view name) const { return parsed<double>(one(name)); }

std::optional<std::uint64_t> Arguments::count(std::string_view name) const {
  return parsed<std::uint64_t>(one(name));
}

void check_arguments(std::span<const Argument> takes, Arguments& arguments, std::string_view command,
                     Diagnostics& diagnostics) {
  const SourceSpot where{.file = "marquetry " + std::string{command}};
  for (const auto& argument : takes) {
    const auto& values = arguments.all(argument.name);
    if (values.empty() && argument.need == Need::required)
      diagnostics.error(where, "missing " + as_written(argument),
                        "see 'marquetry " + std::string{command} + " --help'");
    check_values(argument, values, where, diagnostics);
    if (values.empty() && !argument.fallback.empty())
      arguments.add(argument.name, std::string{argument.fallback});
  }
}

std::string as_written(const Argument& argument) {
  if (argument.positional) return std::string{argument.metavar};
  auto text = "--" + std::string{argument.name};
  if (argument.kind == ArgumentKind::choice) return text + " " + listed(argument.choices, "|");
  if (argument.kind != ArgumentKind::flag) text += " " + std::string{argument.metavar};
  return text;
}

}  // namespace marquetry
