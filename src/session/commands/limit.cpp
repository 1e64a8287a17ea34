// set_constraint, set_profile: what the design that is open must keep. The document is changed in memory and
// read again, so that a wrong limit is complained of as in a file.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "base/json_text.h"
#include "base/text.h"
#include "evaluation/prepare.h"
#include "session/commands/rows.h"

namespace marquetry {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array constraint_arguments{
    Argument{.name = "figure",
             .kind = ArgumentKind::name,
             .metavar = "FIGURE",
             .help = "a dotted path, for example power.total_w",
             .positional = true,
             .need = Need::required,
             .of = NameOf::figure},
    Argument{.name = "max",
             .kind = ArgumentKind::text,
             .metavar = "LIMIT",
             .help = "it must not be above, in the unit of the path or with its own: \"700 W\""},
    Argument{.name = "min", .kind = ArgumentKind::text, .metavar = "LIMIT", .help = "it must not be below"},
    Argument{.name = "none", .kind = ArgumentKind::flag, .help = "any value will do again"},
};

constexpr std::array profile_arguments{
    Argument{.name = "profiles",
             .kind = ArgumentKind::name,
             .metavar = "PROFILE",
             .help = "what may be used, in place of what was said before; none: everything",
             .positional = true,
             .takes = Takes::many,
             .of = NameOf::profile},
};

// A value that was typed: it has no place in the file.
Node typed(const std::string& key, const std::string& text, const std::string& command) {
  const SourceSpot where{.file = command};
  Node node{
      .kind = NodeKind::text, .key = key, .key_where = where, .where = where, .text = text, .items = {}};
  double number = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error == std::errc{} && stop == end) {
    node.kind = NodeKind::number;
    node.number = number;
    node.text = exact(number);
  }
  return node;
}

Node empty_table(const std::string& key, const std::string& command) {
  return {.kind = NodeKind::table, .key = key, .where = {.file = command}, .items = {}};
}

// Takes the constraint out, whether its path is one key or a table for each part.
void remove_path(Node& table, std::string_view path) {
  std::erase_if(table.items, [&](const Node& item) { return item.key == path; });
  for (auto& item : table.items) {
    if (item.is_table() && path.size() > item.key.size() && path.starts_with(item.key) &&
        path[item.key.size()] == '.')
      remove_path(item, path.substr(item.key.size() + 1));
  }
  std::erase_if(table.items, [](const Node& item) { return item.is_table() && item.items.empty(); });
}

Node& entry(Node& root, const std::string& key, const std::string& command) {
  const auto found = std::ranges::find(root.items, key, &Node::key);
  return found != root.items.end() ? *found : root.items.emplace_back(empty_table(key, command));
}

// The document as the next state, if it holds.
bool take(Session& session, Node root, const std::string& what, Diagnostics& diagnostics) {
  auto& open = *session.open;
  const auto* library = library_of(session, diagnostics);
  auto design = library != nullptr ? load_design(root, *library, diagnostics) : std::nullopt;
  if (!design || !prepare(*library, *design, diagnostics)) return false;
  auto next = open.now;
  next.root = std::make_shared<const Node>(std::move(root));
  next.design = std::make_shared<const Design>(std::move(*design));
  next.change = what;
  change(open, std::move(next));
  return true;
}

Output constraints_of(const Design& design) {
  Output output;
  auto list = Json::array();
  for (const auto& c : design.constraints) {
    const auto* word = c.is_least ? "min" : "max";
    list.push_back({{"constraint", c.path}, {word, c.text}});
    output.text += fmt::format("{} {} {}\n", c.path, word, c.text);
  }
  if (design.constraints.empty()) output.text = "no constraints\n";
  output.json = json_text(Json{{"constraints", list}});
  return output;
}

Output set_constraint(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  const std::string command = "set_constraint";
  auto& open = *session.open;
  const bool limits = given.has("max") || given.has("min");
  if (limits == given.has("none")) {
    diagnostics.error({.file = command}, "give -max or -min with a limit, or -none",
                      "for example: set_constraint power.total_w -max \"700 W\"");
    return refusal(message::wrong_arguments);
  }
  const auto path = given.one("figure");
  if (!figure_named(path, *open.now.design, {.file = command}, diagnostics))
    return refusal(message::unknown_figure);
  Node root = *open.now.root;
  auto& constraints = entry(root, "constraints", command);
  remove_path(constraints, path);
  std::string what = command + " " + path;
  if (limits) {
    auto limit = empty_table(path, command);
    limit.key_where = limit.where;
    for (const auto* key : {"min", "max"}) {
      if (!given.has(key)) continue;
      limit.items.push_back(typed(key, given.one(key), command));
      what += fmt::format(" -{} {{{}}}", key, given.one(key));
    }
    constraints.items.push_back(std::move(limit));
  } else {
    what += " -none";
    if (constraints.items.empty())
      std::erase_if(root.items, [](const Node& n) { return n.key == "constraints"; });
  }
  if (!take(session, std::move(root), what, diagnostics)) return refusal(message::wrong_arguments);
  return constraints_of(*open.now.design);
}

Output set_profile(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  const std::string command = "set_profile";
  auto& open = *session.open;
  Node root = *open.now.root;
  std::erase_if(root.items, [](const Node& item) { return item.key == "profile"; });
  const auto& names = given.all("profiles");
  if (!names.empty()) {
    Node list{.kind = NodeKind::list, .key = "profile", .where = {.file = command}, .items = {}};
    for (const auto& name : names) list.items.push_back(typed({}, name, command));
    for (auto& item : list.items) item.kind = NodeKind::text;
    root.items.insert(root.items.begin(), std::move(list));
  }
  const auto what = fmt::format("{} {}", command, fmt::join(names, " "));
  if (!take(session, std::move(root), what, diagnostics)) return refusal(message::unknown_row);
  std::vector<std::string> kept;  // each once
  for (const auto& profile : open.now.design->profiles) kept.push_back(profile.id);
  return {.text = kept.empty() ? "everything may be used\n" : fmt::format("{}\n", fmt::join(kept, ", ")),
          .json = json_text(Json{{"profiles", kept}})};
}

}  // namespace

std::vector<Command> limit_commands() {
  return {{.name = "set_constraint",
           .summary = "set, change or lift a limit of the design that is open",
           .arguments = constraint_arguments,
           .example = "set_constraint power.total_w -max \"700 W\"",
           .run = set_constraint,
           .where = Where::open_design},
          {.name = "set_profile",
           .summary = "which nodes, packagings, memories and suppliers may be used",
           .arguments = profile_arguments,
           .example = "set_profile no-euv",
           .run = set_profile,
           .where = Where::open_design}};
}

}  // namespace marquetry
