#include "session/open_design.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/file.h"
#include "config/parse.h"
#include "session/command.h"
#include "session/documents.h"

namespace marquetry {
namespace {

void forget_front(OpenDesign& open) { open.front = open.front_text = open.front_csv = {}; }

// One state back or forth.
bool step(OpenDesign& open, std::vector<DesignState>& from, std::vector<DesignState>& to) {
  if (from.empty()) return false;
  to.push_back(std::exchange(open.now, std::move(from.back())));
  from.pop_back();
  forget_front(open);
  return true;
}

}  // namespace

Arguments arguments_of(const OpenDesign& open) {
  Arguments arguments;
  arguments.add("design", open.now.file);
  arguments.add(from_session, "");
  for (const auto& setting : open.now.settings) arguments.add("set", setting);
  return arguments;
}

void complete_from_session(const Command& command, const Session& session, Arguments& arguments) {
  const auto takes = [&](std::string_view name) {
    return std::ranges::any_of(command.arguments, [&](const auto& a) { return a.name == name; });
  };
  // A subject that another option names is none of the session's.
  const bool names_another =
      std::ranges::any_of(std::array{"case", "booksim", "rapidchiplet", "topology", "hotspot", "stack"},
                          [&](std::string_view name) { return takes(name) && arguments.has(name); });
  if (!session.open || !takes("design") || arguments.has("design") || names_another) return;
  const auto& now = session.open->now;
  arguments.add("design", now.file);
  arguments.add(from_session, "");
  if (!takes("set")) return;
  const auto given = arguments.all("set");
  arguments.remove("set");
  for (const auto& setting : now.settings) {
    const auto is_same = [&](const auto& other) { return variable_of(other) == variable_of(setting); };
    if (std::ranges::none_of(given, is_same)) arguments.add("set", setting);
  }
  for (const auto& setting : given) arguments.add("set", setting);
}

std::optional<Node> read_document(const Session& session, const Arguments& given, const std::string& file,
                                  Diagnostics& diagnostics) {
  if (!given.has(from_session)) return parse_file(file, diagnostics);
  const auto& now = session.open->now;
  diagnostics.keep_text(now.file, now.text);
  return *now.root;
}

std::optional<Node> read_document(const Session& session, const Arguments& given, Diagnostics& diagnostics) {
  return read_document(session, given, given.one("design"), diagnostics);
}

bool open_design(Session& session, const std::string& file, Diagnostics& diagnostics) {
  const auto* library = library_of(session, diagnostics);
  if (library == nullptr) return false;
  auto root = parse_file(file, diagnostics);
  if (!root || !is_design_of_dies(*root, diagnostics)) return false;
  auto design = load_design(*root, *library, diagnostics);
  if (!design) return false;
  session.open = OpenDesign{.now = {.file = file,
                                    .text = std::string{diagnostics.text_of(file)},
                                    .root = std::make_shared<const Node>(std::move(*root)),
                                    .design = std::make_shared<const Design>(std::move(*design)),
                                    .change = "read_design " + file}};
  return true;
}

void change(OpenDesign& open, DesignState next) {
  open.undo.push_back(std::exchange(open.now, std::move(next)));
  open.redo.clear();
  forget_front(open);
}

bool undo_change(OpenDesign& open) { return step(open, open.undo, open.redo); }

bool redo_change(OpenDesign& open) { return step(open, open.redo, open.undo); }

std::string variable_of(const std::string& setting) { return setting.substr(0, setting.find('=')); }

}  // namespace marquetry
