// Completion for bash, zsh and fish: commands, options, choices, names of formats and the like that need no
// design; else files.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "session/help.h"
#include "session/names.h"

namespace marquetry {
namespace {

// What a value can be without a library or a design being read; empty: files.
std::vector<std::string> fixed_values(const Argument& argument) {
  if (argument.kind == ArgumentKind::choice) return {argument.choices.begin(), argument.choices.end()};
  switch (argument.of) {
    case NameOf::preset:
    case NameOf::import_format:
    case NameOf::export_format:
    case NameOf::topology:
    case NameOf::routing:
    case NameOf::traffic: {
      Session none;
      return names_of(argument.of, none, {});
    }
    case NameOf::command: {
      std::vector<std::string> names;
      for (const auto& command : commands()) {
        if (!is_of_session(command)) names.emplace_back(command.name);
      }
      return names;
    }
    default:
      return {};
  }
}

std::vector<const Command*> offered() {
  std::vector<const Command*> out;
  for (const auto& command : commands()) {
    if (!is_of_session(command)) out.push_back(&command);
  }
  return out;
}

// Of the command's own and the common arguments.
void for_each_option(const Command& command, auto&& act) {
  for (const auto& arguments : {command.arguments, common_arguments()}) {
    for (const auto& argument : arguments) {
      if (!argument.positional) act(argument);
    }
  }
}

// In single quotes of a shell.
std::string single_quoted(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '\'' ? std::string{"'\\''"} : std::string{c};
  return out;
}

// As zsh's _arguments wants a description: no brackets and colons of its own.
std::string described(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return single_quoted(out);
}

std::string zsh_action(const Argument& argument) {
  const auto values = fixed_values(argument);
  if (!values.empty()) return fmt::format("({})", fmt::join(values, " "));
  return argument.kind == ArgumentKind::file ? "_files" : " ";
}

}  // namespace

std::string bash_completion() {
  std::vector<std::string_view> names;
  std::string options, values, places;
  for (const auto* command : offered()) {
    names.push_back(command->name);
    std::vector<std::string> own{"--help"};
    for_each_option(*command, [&](const Argument& argument) {
      own.push_back("--" + std::string{argument.name});
      if (const auto fixed = fixed_values(argument); !fixed.empty())
        values +=
            fmt::format("    {}:--{}) words='{}' ;;\n", command->name, argument.name, fmt::join(fixed, " "));
    });
    options += fmt::format("    {}) options='{}' ;;\n", command->name, fmt::join(own, " "));
    for (const auto& argument : command->arguments) {
      const auto fixed = fixed_values(argument);
      if (argument.positional && !fixed.empty())
        places += fmt::format("    {}) words='{}' ;;\n", command->name, fmt::join(fixed, " "));
    }
  }
  return fmt::format(R"(# bash completion for marquetry, made by `marquetry help --as bash`
_marquetry() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} command='' words='' options=''
  local i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${{COMP_WORDS[i]}} in -*) ;; *) command=${{COMP_WORDS[i]}}; break ;; esac
  done
  COMPREPLY=()
  if [ -z "$command" ]; then
    COMPREPLY=($(compgen -W '{} --help --version' -- "$current"))
    return
  fi
  case $command in
{}  esac
  case $current in
    -*) COMPREPLY=($(compgen -W "$options" -- "$current")); return ;;
  esac
  case $command:$before in
{}  esac
  if [ -z "$words" ] && [ "$i" -eq $((COMP_CWORD - 1)) ]; then
    case $command in
{}    esac
  fi
  [ -z "$words" ] || COMPREPLY=($(compgen -W "$words" -- "$current"))
}}
complete -o bashdefault -o default -F _marquetry marquetry
)",
                     fmt::join(names, " "), options, values, places);
}

std::string zsh_completion() {
  std::string names, cases;
  for (const auto* command : offered()) {
    names += fmt::format("    '{}:{}'\n", command->name, described(command->summary));
    cases += fmt::format("    {})\n      _arguments", command->name);
    for_each_option(*command, [&](const Argument& argument) {
      const auto* star = argument.takes == Takes::many ? "*" : "";
      cases += fmt::format(" \\\n        '{}--{}[{}]", star, argument.name, described(argument.help));
      cases += argument.kind == ArgumentKind::flag
                   ? "'"
                   : fmt::format(":{}:{}'", described(argument.metavar), zsh_action(argument));
    });
    cases += " \\\n        '--help[the help of the command]'";
    for (const auto& argument : command->arguments) {
      if (!argument.positional) continue;
      const bool many = argument.takes == Takes::many || (command->takes_many && argument.name == "design");
      cases += fmt::format(" \\\n        '{}:{}:{}'", many ? "*" : "", described(argument.metavar),
                           zsh_action(argument));
    }
    cases += "\n      ;;\n";
  }
  return fmt::format(R"(#compdef marquetry
# zsh completion for marquetry, made by `marquetry help --as zsh`
_marquetry() {{
  local -a commands
  commands=(
{}  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
{}  esac
}}
_marquetry "$@"
)",
                     names, cases);
}

std::string fish_completion() {
  std::string text =
      "# fish completion for marquetry, made by `marquetry help --as fish`\n"
      "complete -c marquetry -n __fish_use_subcommand -l version -d 'of program and library'\n";
  for (const auto* command : offered()) {
    text += fmt::format("complete -c marquetry -f -n __fish_use_subcommand -a {} -d '{}'\n", command->name,
                        single_quoted(command->summary));
    const auto inside =
        fmt::format("complete -c marquetry -n '__fish_seen_subcommand_from {}'", command->name);
    for_each_option(*command, [&](const Argument& argument) {
      text += fmt::format("{} -l {} -d '{}'", inside, argument.name, single_quoted(argument.help));
      const auto fixed = fixed_values(argument);
      if (!fixed.empty())
        text += fmt::format(" -x -a '{}'", fmt::join(fixed, " "));
      else if (argument.kind != ArgumentKind::flag)
        text += " -r";
      text += "\n";
    });
    for (const auto& argument : command->arguments) {
      const auto fixed = fixed_values(argument);
      if (argument.positional && !fixed.empty())
        text += fmt::format("{} -f -a '{}'\n", inside, fmt::join(fixed, " "));
    }
  }
  return text;
}

}  // namespace marquetry
