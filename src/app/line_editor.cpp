#include "app/line_editor.h"

#include <fmt/format.h>
#include <histedit.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>

namespace marquetry {
namespace {

// Where lines are kept for the next time; none where the home folder is not ours to write.
std::string history_file() {
  const char* home = std::getenv("HOME");
  if (home == nullptr || access(home, W_OK) != 0) return {};
  return std::string{home} + "/.marquetry_history";
}

std::size_t terminal_width() {
  winsize size{};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

// In columns, down and then across, as `ls` does.
void list_offers(const std::vector<std::string>& offers) {
  constexpr std::size_t most = 200;
  const auto count = std::min(offers.size(), most);
  std::size_t width = 0;
  for (std::size_t i = 0; i < count; ++i) width = std::max(width, offers[i].size() + 2);
  const auto columns = std::max<std::size_t>(1, terminal_width() / width);
  const auto rows = (count + columns - 1) / columns;
  fmt::print("\n");
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t i = row; i < count; i += rows)
      fmt::print("{:<{}}", offers[i], i + rows < count ? width : 0);
    fmt::print("\n");
  }
  if (offers.size() > most) fmt::print("... ({} in all)\n", offers.size());
  std::fflush(stdout);
}

struct EndEditor {
  void operator()(EditLine* line) const { el_end(line); }
};
struct EndHistory {
  void operator()(History* history) const { history_end(history); }
};

}  // namespace

// What libedit hands back to its callbacks.
struct LineEditor::State {
  Completer completer{};
  bool continues{}, is_cancelled{};
  std::string prompt{"marquetry> "}, continuation{"...> "}, file{history_file()};
  std::unique_ptr<History, EndHistory> history{history_init()};
  std::unique_ptr<EditLine, EndEditor> line{el_init("marquetry", stdin, stdout, stderr)};

  static State& of(EditLine* line) {
    void* data = nullptr;
    el_get(line, EL_CLIENTDATA, &data);
    return *static_cast<State*>(data);
  }

  static char* show_prompt(EditLine* line) {
    auto& state = of(line);
    return state.continues ? state.continuation.data() : state.prompt.data();
  }

  static unsigned char complete(EditLine* line, int) {
    const auto* info = el_line(line);
    const std::string before{info->buffer, info->cursor};
    const auto found = of(line).completer(before);
    if (found.offers.empty()) return CC_ERROR;
    auto rest = common_start(found.offers).substr(found.word.size());
    const bool whole = found.offers.size() == 1 && !found.offers.front().ends_with('/');
    if (whole) rest += ' ';
    if (!rest.empty()) return el_insertstr(line, rest.c_str()) == 0 ? CC_REFRESH : CC_ERROR;
    list_offers(found.offers);
    return CC_REDISPLAY;
  }

  // libedit's own handler gives the terminal back and stops the program.
  static unsigned char suspend(EditLine*, int) {
    std::raise(SIGTSTP);
    return CC_REFRESH;
  }

  // Ctrl-C while a line is edited: an empty line instead of it.
  static unsigned char cancel(EditLine* line, int) {
    of(line).is_cancelled = true;
    fmt::print("^C\n");
    std::fflush(stdout);
    return el_insertstr(line, "\n") == 0 ? CC_NEWLINE : CC_ERROR;  // whoever reads it drops it
  }
};

LineEditor::LineEditor(Completer completer) : state_{std::make_unique<State>()} {
  state_->completer = std::move(completer);
  auto* line = state_->line.get();
  auto* lines = state_->history.get();
  HistEvent event;
  history(lines, &event, H_SETSIZE, 1000);
  history(lines, &event, H_SETUNIQUE, 1);
  if (!state_->file.empty()) history(lines, &event, H_LOAD, state_->file.c_str());
  el_set(line, EL_CLIENTDATA, state_.get());
  el_set(line, EL_PROMPT, State::show_prompt);
  el_set(line, EL_EDITOR, "emacs");
  el_set(line, EL_SIGNAL, 1);
  el_set(line, EL_HIST, history, lines);
  // The wide form, which keeps the literals: the narrow one copies them and never frees the copies.
  el_wset(line, EL_ADDFN, L"complete", L"complete commands, options, names and files", State::complete);
  el_wset(line, EL_ADDFN, L"suspend", L"leave the shell for a while", State::suspend);
  el_wset(line, EL_ADDFN, L"cancel", L"give the line up", State::cancel);
  el_set(line, EL_BIND, "^I", "complete", nullptr);
  el_set(line, EL_BIND, "^R", "em-inc-search-prev", nullptr);
  // While a line is edited Ctrl-C and Ctrl-Z are keys like others; while a command runs they are signals
  // again.
  el_set(line, EL_SETTY, "-d", "-isig", nullptr);
  el_set(line, EL_BIND, "^C", "cancel", nullptr);
  el_set(line, EL_BIND, "^Z", "suspend", nullptr);
  el_source(line, nullptr);
}

LineEditor::~LineEditor() = default;

std::optional<std::string> LineEditor::read(bool continues) {
  state_->continues = continues;
  state_->is_cancelled = false;
  // Before the prompt is shown: whoever sees it may press a key.
  el_set(state_->line.get(), EL_PREP_TERM, 1);
  int count = 0;
  const char* text = el_gets(state_->line.get(), &count);
  if (text == nullptr || count <= 0) return std::nullopt;
  return std::string{text, static_cast<std::size_t>(count)};
}

bool LineEditor::is_cancelled() const { return state_->is_cancelled; }

void LineEditor::remember(const std::string& script) {
  if (script.find_first_not_of(" \t\r\n") == std::string::npos) return;
  HistEvent event;
  history(state_->history.get(), &event, H_ENTER, script.c_str());
  if (!state_->file.empty()) history(state_->history.get(), &event, H_SAVE, state_->file.c_str());
}

}  // namespace marquetry
