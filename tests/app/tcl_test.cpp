// The Tcl commands, from within: values, errors, the session's design, and what Tab offers.
#include <algorithm>
#include <catch2/catch.hpp>

#include "app/complete.h"
#include "app/tcl.h"
#include "session/command.h"

using namespace marquetry;

namespace {

Session fresh() { return {.library_folders = {own_library_folder()}}; }

std::string value(Tcl& tcl, const std::string& script) {
  const auto result = tcl.evaluate(script);
  INFO(script << ": " << result.value);
  CHECK(result.ok);
  return result.value;
}

}  // namespace

TEST_CASE("a command's result is a dict of its JSON, and its text for a reader") {
  auto session = fresh();
  Tcl tcl{session};
  CHECK(value(tcl, "dict size [library check]") == "3");
  CHECK(std::stoi(value(tcl, "dict get [library check] rows")) > 100);
  CHECK(value(tcl, "string range [library check -text] 0 18") == "the library is good");
  CHECK(value(tcl, "string equal [show library check] [library check --text]") == "1");
  CHECK(tcl.evaluate("library check").text->starts_with("the library is good"));
  CHECK_FALSE(tcl.evaluate("set found [library check]").text);
  CHECK_FALSE(tcl.evaluate("expr 1").text);
}

TEST_CASE("one dash is as good as two, for this call only") {
  auto session = fresh();
  Tcl tcl{session};
  value(tcl, "library check -threads 2 -seed 5");
  CHECK(session.options.threads == 0);
  CHECK(session.options.seed == 1);
  value(tcl, "library check --quiet");
  CHECK_FALSE(session.options.quiet);
}

TEST_CASE("a failure is a Tcl error with the id of the message") {
  auto session = fresh();
  Tcl tcl{session};
  const auto code = [&](const std::string& script) {
    return value(tcl, "catch {" + script + "} message options; dict get $options -errorcode");
  };
  CHECK(code("library show no-such-row-at-all") == "MARQUETRY MQY-0302");
  CHECK(code("library shwo x") == "MARQUETRY MQY-0102");
  CHECK(value(tcl, "set message") ==
        "marquetry library: error: ACTION must be one of list, show, check, but is 'shwo'\n"
        "  hint: did you mean 'show'?");
  CHECK(code("check") == "MARQUETRY MQY-0102");
  CHECK(code("check there/is/none.toml") == "MARQUETRY MQY-0201");
  CHECK(code("set_choice a 1") == "MARQUETRY MQY-0102");
  CHECK(value(tcl, "set message") ==
        "marquetry shell: error: no design is read\n  hint: read one with 'read_design FILE'");
  CHECK(code("set_choice a") == "MARQUETRY MQY-0102");
  CHECK(value(tcl, "set message") == "wrong # args: should be \"set_choice VARIABLE VALUE\"");
  CHECK(code("read_design there/is/none.toml") == "MARQUETRY MQY-0201");
}

TEST_CASE("help lists every command, and shows each command's own help") {
  auto session = fresh();
  Tcl tcl{session};
  for (const auto& command : commands()) {
    CHECK(value(tcl, "dict exists [help] commands " + std::string{command.name}) == "1");
    CHECK(tcl.evaluate("help " + std::string{command.name}).text->find("usage: marquetry") !=
          std::string::npos);
  }
  CHECK(value(tcl, "dict exists [help] commands set_choice") == "1");
  CHECK(value(tcl, "catch {help evalute} message; set message") ==
        "help: error: there is no command 'evalute'\n  hint: 'help' lists the commands");
}

TEST_CASE("a script is whole when nothing is open") {
  CHECK(is_complete("puts a"));
  CHECK_FALSE(is_complete("proc f {} {"));
  CHECK_FALSE(is_complete("puts \"a"));
  CHECK_FALSE(is_complete("puts [f"));
}

TEST_CASE("Tab offers commands, then options and files") {
  const std::vector<std::string> commands{"check", "chdir", "library", "set"};
  CHECK(completion("ch", commands).offers == std::vector<std::string>{"chdir", "check"});
  CHECK(common_start(completion("ch", commands).offers) == "ch");
  CHECK(completion("set r [lib", commands).offers == std::vector<std::string>{"library"});
  CHECK(completion("library --th", commands).offers == std::vector<std::string>{"--threads"});
  CHECK(completion("library -th", commands).offers == std::vector<std::string>{"-threads"});
  const auto folder = own_library_folder().string();
  const auto files = completion("check " + folder + "/nod", commands);
  CHECK(files.offers == std::vector<std::string>{folder + "/nodes/"});
  CHECK(completion("check /there/is/none/", commands).offers.empty());
  CHECK(completion("", commands).offers == std::vector<std::string>{"chdir", "check", "library", "set"});
  CHECK(common_start({}).empty());
}

TEST_CASE("the names of commands include Tcl's and ours") {
  auto session = fresh();
  Tcl tcl{session};
  const auto names = tcl.command_names();
  for (const std::string name :
       {"check", "library", "read_design", "set_choice", "reset_choice", "show", "puts"})
    CHECK(std::ranges::binary_search(names, name));
}
