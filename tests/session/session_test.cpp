// The table of commands, the checking of arguments, and the ids of messages.
#include "session/session.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

#include "config/parse.h"
#include "session/command.h"
#include "session/documents.h"

using namespace marquetry;

namespace {

constexpr std::array<std::string_view, 2> methods{"exact", "nsga2"};
constexpr std::array takes{
    Argument{.name = "design", .metavar = "DESIGN", .positional = true, .need = Need::required},
    Argument{.name = "set", .kind = ArgumentKind::text, .metavar = "VAR=VALUE", .takes = Takes::many},
    Argument{.name = "epsilon", .kind = ArgumentKind::number, .metavar = "E", .fallback = "0.01"},
    Argument{.name = "time", .kind = ArgumentKind::number, .metavar = "S", .unit = "seconds"},
    Argument{.name = "steps", .kind = ArgumentKind::count, .metavar = "N"},
    Argument{.name = "method", .kind = ArgumentKind::choice, .metavar = "M", .choices = methods},
    Argument{.name = "resume", .kind = ArgumentKind::flag},
};

std::string complaints(Arguments arguments) {
  Diagnostics diagnostics;
  check_arguments(takes, arguments, "explore", diagnostics);
  return render_all(diagnostics);
}

}  // namespace

TEST_CASE("good arguments pass, and a fallback stands where nothing is given") {
  Arguments arguments;
  arguments.add("design", "a.toml");
  arguments.add("set", "x=1");
  arguments.add("set", "y=2");
  arguments.add("steps", "12");
  Diagnostics diagnostics;
  check_arguments(takes, arguments, "explore", diagnostics);
  CHECK(render_all(diagnostics).empty());
  CHECK(arguments.all("set") == std::vector<std::string>{"x=1", "y=2"});
  CHECK(arguments.number("epsilon") == 0.01);
  CHECK(arguments.count("steps") == 12u);
  CHECK_FALSE(arguments.has("method"));
  CHECK(arguments.one("method").empty());
  CHECK_FALSE(arguments.number("time"));
}

TEST_CASE("every wrong argument is named in one go") {
  Arguments arguments;
  arguments.add("epsilon", "small");
  arguments.add("time", "10s");
  arguments.add("steps", "-3");
  arguments.add("method", "exat");
  CHECK(complaints(arguments) ==
        "marquetry explore: error: missing DESIGN\n"
        "  hint: see 'marquetry explore --help'\n"
        "marquetry explore: error: --epsilon must be a number, but is 'small'\n"
        "marquetry explore: error: --time must be a number of seconds, but is '10s'\n"
        "marquetry explore: error: --steps must be a whole number, 0 or more, but is '-3'\n"
        "marquetry explore: error: --method must be one of exact, nsga2, but is 'exat'\n"
        "  hint: did you mean 'exact'?\n");
}

TEST_CASE("an option taken once is not given twice, and a file has a name") {
  Arguments arguments;
  arguments.add("design", "");
  arguments.add("steps", "1");
  arguments.add("steps", "2");
  CHECK(complaints(arguments) ==
        "marquetry explore: error: DESIGN must be something, but is ''\n"
        "marquetry explore: error: --steps is given 2 times, but is taken once\n");
}

TEST_CASE("every command can be called, and tells how") {
  std::set<std::string_view> names;
  for (const auto& command : commands()) {
    INFO(command.name);
    CHECK(names.insert(command.name).second);
    CHECK(command.run != nullptr);
    CHECK_FALSE(command.summary.empty());
    const std::string before = is_of_session(command) ? "" : "marquetry ";
    CHECK(command.example.starts_with(before + std::string{command.name}));
    std::set<std::string_view> own;
    for (const auto& common : common_arguments()) own.insert(common.name);
    for (const auto& argument : command.arguments) {
      INFO(argument.name);
      CHECK(own.insert(argument.name).second);
      CHECK_FALSE(argument.help.empty());
      CHECK((argument.kind == ArgumentKind::flag) == argument.metavar.empty());
      CHECK((argument.kind == ArgumentKind::choice) == !argument.choices.empty());
    }
    CHECK(find_command(command.name) == &command);
  }
  CHECK(find_command("chekc") == nullptr);
}

TEST_CASE("a file is of the kind whose section it has, and else a design of dies") {
  Diagnostics diagnostics;
  const auto plain = parse_text("format = 1\n[dies.a]\n", "a.toml", diagnostics);
  REQUIRE(plain);
  CHECK(find_document_kind(*plain) == nullptr);
  CHECK(is_design_of_dies(*plain, diagnostics));
  std::set<std::string_view> sections;
  for (const auto& kind : document_kinds()) {
    CAPTURE(kind.section);
    CHECK(sections.insert(kind.section).second);
    CHECK_FALSE(kind.summary.empty());
    CHECK_FALSE(kind.headline.empty());
    CHECK(find_preset(kind.home_preset) != nullptr);
    const auto root = parse_text("format = 1\n[" + std::string{kind.section} + "]\n", "b.toml", diagnostics);
    REQUIRE(root);
    CHECK(find_document_kind(*root) == &kind);
    CHECK_FALSE(is_design_of_dies(*root, diagnostics));
    CHECK(diagnostics.all().back().where.line == 2);
    // An empty table is wrong input, not a crash.
    Diagnostics complaints;
    CHECK_FALSE(kind.evaluate(*root, presets.front(), {}, complaints));
    CHECK_FALSE(complaints.ok());
  }
}

TEST_CASE("message ids are unique, ascending, and have a meaning") {
  CHECK(std::ranges::is_sorted(message::all, std::ranges::less_equal{}, &Message::id));
  for (const auto& [id, meaning] : message::all) {
    CHECK(id.starts_with("MQY-0"));
    CHECK(id.size() == 8);
    CHECK_FALSE(meaning.empty());
  }
}

TEST_CASE("a file lies below a folder, whether there is one or not, links followed") {
  const auto folder = std::filesystem::temp_directory_path() / "marquetry-below-test";
  std::filesystem::create_directories(folder / "inner");
  std::filesystem::remove(folder / "inner/out");
  std::filesystem::create_symlink("/etc", folder / "inner/out");
  const auto inner = folder / "inner";
  CHECK(is_below(inner, inner / "new.toml"));
  CHECK(is_below(inner, inner / "../inner/a/b"));
  CHECK(is_below(inner, inner));
  CHECK_FALSE(is_below(inner, folder / "inner-other"));
  CHECK_FALSE(is_below(inner, inner / "../x"));
  CHECK_FALSE(is_below(inner, inner / "out/passwd"));
  CHECK_FALSE(is_below(inner, "/etc/passwd"));
  CHECK(is_below(std::filesystem::current_path(), "no-such-file"));
  std::filesystem::remove_all(folder);
}

TEST_CASE("a batch ends with its worst status: 1, then 2, then 3") {
  CHECK(worse(0, 0) == 0);
  CHECK(worse(0, 3) == 3);
  CHECK(worse(3, 2) == 2);
  CHECK(worse(2, 1) == 1);
  CHECK(worse(1, 3) == 1);
}

TEST_CASE("a command without a design takes the one of the session, with its choices before its own") {
  const Command command{.name = "explore", .arguments = takes};
  Session session;
  Arguments arguments;
  complete_from_session(command, session, arguments);
  CHECK_FALSE(arguments.has("design"));

  session.open = OpenDesign{.now = {.file = "designs/a.toml", .settings = {"x=1", "y=2"}}};
  arguments.add("set", "x=3");
  complete_from_session(command, session, arguments);
  CHECK(arguments.one("design") == "designs/a.toml");
  CHECK(arguments.has(from_session));
  CHECK(arguments.all("set") == std::vector<std::string>{"y=2", "x=3"});

  Arguments other;
  other.add("design", "b.toml");
  complete_from_session(command, session, other);
  CHECK(other.one("design") == "b.toml");
  CHECK_FALSE(other.has("set"));
}
