// The options that every command takes.
#include <array>

#include "session/command.h"

namespace marquetry {
namespace {

constexpr std::array<std::string_view, 3> colors{"auto", "always", "never"};

constexpr std::array common{
    Argument{.name = "json",
             .kind = ArgumentKind::flag,
             .help = "print one JSON object to standard output, also on failure, and nothing else there"},
    Argument{.name = "library",
             .kind = ArgumentKind::file,
             .metavar = "DIR",
             .help = "a folder of your own numbers; later folders win",
             .takes = Takes::many},
    Argument{.name = "quiet", .kind = ArgumentKind::flag, .help = "no warnings, no progress"},
    Argument{.name = "verbose", .kind = ArgumentKind::flag, .help = "say more", .letter = "v"},
    Argument{.name = "color",
             .kind = ArgumentKind::choice,
             .metavar = "WHEN",
             .help = "colour in messages; auto: on a terminal, unless NO_COLOR is set",
             .choices = colors},
    Argument{.name = "threads",
             .kind = ArgumentKind::count,
             .metavar = "N",
             .help = "threads to use; 0, the default: one for each core"},
    Argument{.name = "jobs",
             .kind = ArgumentKind::count,
             .metavar = "N",
             .help = "of several designs, how many at a time; 0, the default: one for each core"},
    Argument{.name = "seed",
             .kind = ArgumentKind::count,
             .metavar = "N",
             .help = "where random numbers begin; default 1"},
};

}  // namespace

std::span<const Argument> common_arguments() { return common; }

void apply_common_arguments(const Arguments& arguments, Session& session) {
  auto& options = session.options;
  options.json = options.json || arguments.has("json");
  options.quiet = options.quiet || arguments.has("quiet");
  options.verbose = options.verbose || arguments.has("verbose");
  if (const auto color = arguments.one("color"); !color.empty())
    options.color = color == "always" ? Color::always : color == "never" ? Color::never : Color::automatic;
  if (const auto threads = arguments.count("threads")) options.threads = static_cast<int>(*threads);
  if (const auto jobs = arguments.count("jobs")) options.jobs = static_cast<int>(*jobs);
  if (const auto seed = arguments.count("seed")) options.seed = *seed;
  for (const auto& folder : arguments.all("library")) {
    session.library_folders.emplace_back(folder);
    session.library.reset();
  }
}

bool is_of_session(const Command& command) {
  return command.where == Where::session || command.where == Where::open_design;
}

bool is_offered(const Command& command, const Session& session) {
  return command.where == Where::anywhere || is_of_session(command) == session.is_kept;
}

}  // namespace marquetry
