// Help, manual, completions and stubs say the same of every command, and the reference page is up to date.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "session/help.h"
#include "session/names.h"
#include "support/folder.h"

using namespace marquetry;

namespace {

std::string file_text(const std::string& name) {
  std::ifstream in{test::source_folder().string() + "/" + name};
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("every command and every option stands in each form of the manual") {
  const auto man = man_page(), markdown = markdown_page(), bash = bash_completion(), zsh = zsh_completion(),
             fish = fish_completion(), stubs = python_stubs();
  Session line, script;
  script.is_kept = true;
  for (const auto& command : commands()) {
    const std::string name{command.name};
    CAPTURE(name);
    const bool on_line = !is_of_session(command), in_script = command.where != Where::program;
    CHECK(has(man, ".SS " + name));
    CHECK(has(markdown, "### " + name + "\n"));
    CHECK(has(program_help(line), "  " + name + " ") == on_line);
    CHECK(has(program_help(script), "  " + name + " ") == in_script);
    CHECK(has(bash, "    " + name + ") options='") == on_line);
    CHECK(has(zsh, "    '" + name + ":") == on_line);
    CHECK(has(fish, " -a " + name + " -d ") == on_line);
    CHECK(has(stubs, "def " + python_name(name) + "(") == in_script);
    const auto help = command_help(command);
    for (const auto& argument : command.arguments) {
      CAPTURE(argument.name);
      CHECK(has(help, as_written(argument)));
      CHECK(has(markdown, "`" + as_written(argument)) == !has(as_written(argument), "|"));
      if (in_script) CHECK(has(stubs, python_name(argument.name) + ": "));
      if (argument.positional || !on_line) continue;
      CHECK(has(bash, "--" + std::string{argument.name}));
      CHECK(has(zsh, "--" + std::string{argument.name} + "["));
      CHECK(has(fish, "-l " + std::string{argument.name} + " "));
    }
  }
  for (const auto& [id, meaning] : message::all) {
    CHECK(has(markdown, std::string{id}));
    CHECK(has(man, std::string{meaning}.substr(0, 20)));
  }
}

TEST_CASE("docs/commands.md is what the table says; UPDATE_GOLDEN=1 renews it") {
  if (std::getenv("UPDATE_GOLDEN") != nullptr)
    std::ofstream{test::source_folder().string() + "/docs/commands.md"} << markdown_page();
  CHECK(file_text("docs/commands.md") == markdown_page());
}

TEST_CASE("names of Python are no keywords of it") {
  CHECK(python_name("import") == "import_");
  CHECK(python_name("no-init") == "no_init");
  CHECK(python_name("evaluate") == "evaluate");
}

TEST_CASE("what a name may be is known where it is asked for") {
  Session session{.library_folders = {own_library_folder()}};
  Diagnostics diagnostics;
  REQUIRE(open_design(session, test::source_folder().string() + "/designs/accelerator.toml", diagnostics));
  for (const auto kind :
       {NameOf::row, NameOf::category, NameOf::product, NameOf::profile, NameOf::preset, NameOf::figure,
        NameOf::variable, NameOf::assignment, NameOf::command, NameOf::import_format, NameOf::export_format,
        NameOf::topology, NameOf::routing, NameOf::traffic}) {
    const auto names = names_of(kind, session, {});
    CAPTURE(static_cast<int>(kind));
    CHECK_FALSE(names.empty());
    CHECK(std::ranges::is_sorted(names));
  }
  const auto& variable = session.open->now.design->variables.front();
  CHECK(names_of(NameOf::value, session, variable.name).size() == variable.domain.size());
  CHECK(names_of(NameOf::value, session, "no-such-variable").empty());
}
