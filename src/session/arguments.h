// The arguments of a command: what it takes, as data, and what a caller gave it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace marquetry {

enum class ArgumentKind {
  file,    // a path
  name,    // of a row of the library, or of a figure
  number,  // in the argument's unit
  count,   // a whole number, 0 or more
  text,    // anything else
  flag,    // present or absent, without a value
  choice,  // one of `choices`
};

// What the values of an argument are names of: what a shell offers for them.
enum class NameOf {
  nothing,
  row,       // of the library
  category,  // of rows, or a row
  product,
  profile,
  preset,
  figure,      // of the design that is read, or of any design
  variable,    // of the design that is read
  value,       // of the variable that stands before it
  assignment,  // VAR=VALUE
  command,     // or the id of a message
  import_format,
  export_format,
  topology,
  routing,
  traffic,
};

enum class Takes { one, many };
enum class Need { optional, required };

// One argument. A positional one is known by its place and shown by its metavar; the others are written
// --name VALUE.
struct Argument {
  std::string_view name{};
  ArgumentKind kind{};
  std::string_view metavar{};
  std::string_view help{};
  bool positional{};
  Takes takes{};
  Need need{};
  std::span<const std::string_view> choices{};
  std::string_view unit{};      // of a number
  std::string_view fallback{};  // the value where none is given
  std::string_view letter{};    // its short form, "v" for -v
  NameOf of{};                  // of a name or a text
};

// An option whose value is a path.
constexpr Argument file_argument(std::string_view name, std::string_view metavar, std::string_view help) {
  return {.name = name, .kind = ArgumentKind::file, .metavar = metavar, .help = help};
}

// The name under which the arguments say of which command they are, for functions that serve several.
inline constexpr std::string_view command_name = "command-name";

// What was given, by name. Values have passed `check_arguments`: a number parses, a choice is one of the
// choices.
class Arguments {
 public:
  void add(std::string_view name, std::string value);
  void remove(std::string_view name);

  bool has(std::string_view name) const;
  std::string one(std::string_view name) const;  // the last one given; empty where there is none
  const std::vector<std::string>& all(std::string_view name) const;
  std::optional<double> number(std::string_view name) const;
  std::optional<std::uint64_t> count(std::string_view name) const;

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

// Checks the values against the arguments that the command takes, adds the fallbacks, and complains in the
// name of the command ("marquetry explore: error: ...").
void check_arguments(std::span<const Argument> takes, Arguments& arguments, std::string_view command,
                     Diagnostics& diagnostics);

// "DESIGN", "--set VAR=VALUE": the argument as a user writes it.
std::string as_written(const Argument& argument);

}  // namespace marquetry
