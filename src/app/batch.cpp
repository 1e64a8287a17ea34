#include "app/batch.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include "app/many.h"
#include "front/cli.h"
#include "front/complaint.h"

namespace marquetry {
namespace {

Output perform(const Invocation& invocation, Session& session, Diagnostics& diagnostics) {
  apply_common_arguments(invocation.arguments, session);
  switch (invocation.wish) {
    case Wish::refused:
      return refusal(invocation.message);
    case Wish::version:
      return version(session, diagnostics);
    case Wish::help:
      return help(invocation.command, session, diagnostics);
    case Wish::run:
      break;
  }
  return invocation.command->run(session, invocation.arguments, diagnostics);
}

bool wants_json(const std::vector<std::string>& words) {
  return std::ranges::find(words, "--json") != words.end();
}

}  // namespace

bool print(const std::string& text) {
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
}

bool colored_messages(const Options& options) {
  if (options.color != Color::automatic) return options.color == Color::always;
  const char* no_color = std::getenv("NO_COLOR");
  return (no_color == nullptr || *no_color == '\0') && isatty(STDERR_FILENO) == 1;
}

int run_batch(const std::vector<std::string>& words, Session& session) {
  Diagnostics diagnostics;
  const auto invocation = read_words(words, session, diagnostics);
  if (invocation.wish == Wish::run && !invocation.designs.empty()) {
    apply_common_arguments(invocation.arguments, session);
    return run_many(invocation, session, wants_json(words));
  }
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
