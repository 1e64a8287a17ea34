#include "app/batch.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include "app/cli.h"
#include "app/complaint.h"
#include "app/help.h"
#include "library/merge.h"

namespace marquetry {
namespace {

Output version(Session& session, Diagnostics& diagnostics) {
  const int before = diagnostics.errors();
  const auto hash = library_hash(session.library_folders, diagnostics);
  if (diagnostics.errors() > before) return refusal(message::wrong_library);
  return {.text = fmt::format("marquetry {}, library {}\n", MARQUETRY_VERSION, hash),
          .json = fmt::format(R"({{"version":"{}","library":"{}"}})", MARQUETRY_VERSION, hash)};
}

Output perform(const Invocation& invocation, Session& session, Diagnostics& diagnostics) {
  apply_common_arguments(invocation.arguments, session);
  switch (invocation.wish) {
    case Wish::refused:
      return refusal(invocation.message);
    case Wish::version:
      return version(session, diagnostics);
    case Wish::help:
      return {.text = invocation.command != nullptr ? command_help(*invocation.command) : program_help()};
    case Wish::run:
      break;
  }
  return invocation.command->run(session, invocation.arguments, diagnostics);
}

bool wants_json(const std::vector<std::string>& words) {
  return std::ranges::find(words, "--json") != words.end();
}

// False where standard output cannot take it: a full disk, a closed pipe.
bool print(const std::string& text) {
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
}

}  // namespace

bool colored_messages(const Options& options) {
  if (options.color != Color::automatic) return options.color == Color::always;
  const char* no_color = std::getenv("NO_COLOR");
  return (no_color == nullptr || *no_color == '\0') && isatty(STDERR_FILENO) == 1;
}

int run_batch(const std::vector<std::string>& words, Session& session) {
  Diagnostics diagnostics;
  const auto invocation = read_words(words, session, diagnostics);
  const auto output = perform(invocation, session, diagnostics);
  const auto paint = colored_messages(session.options) ? Paint::colored : Paint::plain;
  fmt::print(stderr, "{}", rendered(diagnostics, session.options, paint));
  auto out = output.text;
  if (wants_json(words)) {
    if (!output.json.empty())
      out = output.json;
    else if (output.status != status::done)
      out = failure_json(diagnostics, output.message);
    if (!out.ends_with('\n')) out += '\n';
  }
  if (print(out)) return output.status;
  if (errno == EPIPE) return status::failed;  // the reader has seen enough: `| head`
  fmt::print(stderr, "marquetry: error: standard output cannot take the result ({})\n",
             message::cannot_write.id);
  return status::failed;
}

int report_internal_error(const std::vector<std::string>& words, const std::string& what) {
  Diagnostics diagnostics;
  diagnostics.error({.file = "marquetry"}, what + " (" + std::string{message::internal_error.id} + ")",
                    "this is a fault of the program: please report it with the files that lead to it");
  fmt::print(stderr, "{}", rendered(diagnostics, {}, Paint::plain));
  if (wants_json(words)) print(failure_json(diagnostics, message::internal_error) + "\n");
  return status::failed;
}

}  // namespace marquetry
