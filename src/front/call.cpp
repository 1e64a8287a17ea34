#include "front/call.h"

#include <fmt/format.h>

#include "front/cli.h"
#include "front/complaint.h"

namespace marquetry {
namespace {

// In a safe shell files are read and written below one folder only.
bool is_allowed(const Invocation& invocation, const Session& session, Diagnostics& diagnostics) {
  if (session.folder.empty()) return true;
  for (const auto& arguments : {invocation.command->arguments, common_arguments()}) {
    for (const auto& argument : arguments) {
      if (argument.kind != ArgumentKind::file) continue;
      for (const auto& file : invocation.arguments.all(argument.name)) {
        if (!is_below(session.folder, file))
          diagnostics.error({.file = file}, fmt::format("lies outside {}", session.folder.string()),
                            "a safe shell reads and writes below its folder only");
      }
    }
  }
  return diagnostics.ok();
}

// With the options of this one call; the session's own come back afterwards.
Output run_once(const Invocation& invocation, Session& session, Diagnostics& diagnostics) {
  const auto options = session.options;
  const auto folders = session.library_folders;
  apply_common_arguments(invocation.arguments, session);
  const bool is_other = session.library_folders != folders;
  auto output = invocation.command->run(session, invocation.arguments, diagnostics);
  session.options = options;
  if (is_other) {
    session.library_folders = folders;
    session.library.reset();
  }
  return output;
}

Output result_of(const Invocation& invocation, Session& session, Diagnostics& diagnostics) {
  switch (invocation.wish) {
    case Wish::refused:
      return refusal(invocation.message);
    case Wish::help:
      return help(invocation.command, session, diagnostics);
    case Wish::version:
      return version(session, diagnostics);
    case Wish::run:
      break;
  }
  if (!is_allowed(invocation, session, diagnostics)) return refusal(message::not_allowed);
  return run_once(invocation, session, diagnostics);
}

}  // namespace

bool Reply::has_result() const {
  return output.status != status::wrong_input &&
         (output.status == status::done || !output.json.empty() || !output.text.empty());
}

Reply call(Session& session, const std::vector<std::string>& words) {
  Reply reply;
  const auto invocation = read_words(words, session, reply.diagnostics);
  reply.command = invocation.command;
  reply.is_help = invocation.wish == Wish::help;
  try {
    reply.output = result_of(invocation, session, reply.diagnostics);
  } catch (const std::exception& error) {
    reply.diagnostics.error({.file = "marquetry"}, error.what(),
                            "this is a fault of the program: please report it");
    reply.output = {.status = status::failed, .message = message::internal_error};
  }
  return reply;
}

std::string error_text(const Reply& reply) {
  auto text = rendered(reply.diagnostics, {.quiet = true}, Paint::plain);
  constexpr std::string_view word = " error:";
  if (const auto at = text.find(word); at != std::string::npos) text.erase(at, word.size());
  if (text.empty()) text = std::string{reply.output.message.meaning};
  while (text.ends_with('\n')) text.pop_back();
  return fmt::format("[ERROR {}] {}", reply.output.message.id, text);
}

}  // namespace marquetry
