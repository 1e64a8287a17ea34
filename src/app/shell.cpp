#include "app/shell.h"

#include <fmt/format.h>
#include <histedit.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <memory>

#include "app/complete.h"
#include "app/tcl.h"

namespace marquetry {
namespace {

// Where lines are kept for the next time; none where the home folder is not ours to write.
std::string history_file() {
  const char* home = std::getenv("HOME");
  if (home == nullptr || access(home, W_OK) != 0) return {};
  return std::string{home} + "/.marquetry_history";
}

// What libedit hands back to its callbacks.
struct Editor {
  Tcl& tcl;
  bool continues{};  // a command is open: the prompt shows it
  std::string prompt{"marquetry> "}, continuation{"...> "};
};

Editor& editor_of(EditLine* line) {
  void* data = nullptr;
  el_get(line, EL_CLIENTDATA, &data);
  return *static_cast<Editor*>(data);
}

char* prompt(EditLine* line) {
  auto& editor = editor_of(line);
  return editor.continues ? editor.continuation.data() : editor.prompt.data();
}

void list_offers(const std::vector<std::string>& offers) {
  constexpr std::size_t most = 100;
  fmt::print("\n");
  for (std::size_t i = 0; i < offers.size() && i < most; ++i) fmt::print("{}  ", offers[i]);
  if (offers.size() > most) fmt::print("... ({} in all)", offers.size());
  fmt::print("\n");
  std::fflush(stdout);
}

unsigned char complete(EditLine* line, int) {
  const auto* info = el_line(line);
  const std::string before{info->buffer, info->cursor};
  const auto found = completion(before, editor_of(line).tcl.command_names());
  if (found.offers.empty()) return CC_ERROR;
  auto rest = common_start(found.offers).substr(found.word.size());
  const bool whole = found.offers.size() == 1 && !found.offers.front().ends_with('/');
  if (whole) rest += ' ';
  if (!rest.empty()) return el_insertstr(line, rest.c_str()) == 0 ? CC_REFRESH : CC_ERROR;
  list_offers(found.offers);
  return CC_REDISPLAY;
}

struct EndEditor {
  void operator()(EditLine* line) const { el_end(line); }
};
struct EndHistory {
  void operator()(History* history) const { history_end(history); }
};

// A line with its newline, or nothing at the end of the input.
class LineEditor {
 public:
  explicit LineEditor(Tcl& tcl)
      : editor_{tcl}, history_{history_init()}, line_{el_init("marquetry", stdin, stdout, stderr)} {
    HistEvent event;
    history(history_.get(), &event, H_SETSIZE, 1000);
    history(history_.get(), &event, H_SETUNIQUE, 1);
    if (!file_.empty()) history(history_.get(), &event, H_LOAD, file_.c_str());
    el_set(line_.get(), EL_CLIENTDATA, &editor_);
    el_set(line_.get(), EL_PROMPT, prompt);
    el_set(line_.get(), EL_EDITOR, "emacs");
    el_set(line_.get(), EL_SIGNAL, 1);
    el_set(line_.get(), EL_HIST, history, history_.get());
    // The wide form, which keeps the literals: the narrow one copies them and never frees the copies.
    el_wset(line_.get(), EL_ADDFN, L"complete", L"complete commands and files", complete);
    el_set(line_.get(), EL_BIND, "^I", "complete", nullptr);
    el_source(line_.get(), nullptr);
  }

  std::optional<std::string> read(bool continues) {
    editor_.continues = continues;
    int count = 0;
    const char* text = el_gets(line_.get(), &count);
    if (text == nullptr || count <= 0) return std::nullopt;
    return std::string{text, static_cast<std::size_t>(count)};
  }

  // Kept at once: `exit` ends the program from within Tcl.
  void remember(const std::string& script) {
    if (script.find_first_not_of(" \t\r\n") == std::string::npos) return;
    HistEvent event;
    history(history_.get(), &event, H_ENTER, script.c_str());
    if (!file_.empty()) history(history_.get(), &event, H_SAVE, file_.c_str());
  }

 private:
  Editor editor_;
  std::string file_{history_file()};
  std::unique_ptr<History, EndHistory> history_;
  std::unique_ptr<EditLine, EndEditor> line_;
};

// A result as a reader wants it: the text of a command of ours, else Tcl's value.
void print_result(const TclResult& result) {
  if (!result.ok) {
    fmt::print(stderr, "{}\n", result.value);
    return;
  }
  if (result.text)
    Tcl::print(*result.text);
  else if (!result.value.empty())
    Tcl::print(result.value + "\n");
}

int interact(Tcl& tcl) {
  LineEditor editor{tcl};
  std::string script;
  while (const auto line = editor.read(!script.empty())) {
    script += *line;
    if (!is_complete(script)) continue;
    editor.remember(script);
    print_result(tcl.evaluate(script));
    script.clear();
  }
  fmt::print("\n");
  return status::done;
}

// Like a script, but errors do not stop it, and the commands of the program show their text.
int read_plainly(Tcl& tcl) {
  int worst = status::done;
  std::string script;
  for (std::string line; std::getline(std::cin, line);) {
    script += line + "\n";
    if (!is_complete(script)) continue;
    const auto result = tcl.evaluate(script);
    if (!result.ok || result.text) print_result(result);
    if (!result.ok) worst = status::failed;
    script.clear();
  }
  if (script.empty()) return worst;
  fmt::print(stderr, "the input ends within a command: {}", script);
  return status::failed;
}

}  // namespace

Output run_shell(Session& session, const Arguments& arguments, Diagnostics& diagnostics) {
  Tcl tcl{session};
  if (const auto script = arguments.one("exit"); !script.empty()) {
    const auto result = tcl.source(script);
    if (result.ok) return {};
    diagnostics.error({.file = script}, result.value);
    return {.status = status::failed, .message = message::script_failed};
  }
  const bool terminal = isatty(STDIN_FILENO) == 1;
  return {.status = terminal ? interact(tcl) : read_plainly(tcl)};
}

}  // namespace marquetry
