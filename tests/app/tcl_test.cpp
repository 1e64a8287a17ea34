// The Tcl commands, from within: values, errors, the session's design, and what Tab offers.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>

#include "app/complete.h"
#include "session/command.h"
#include "support/folder.h"
#include "tcl/tcl.h"

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

TEST_CASE("a pattern is the one design that it names") {
  auto session = fresh();
  Tcl tcl{session};
  const auto designs = (test::source_folder() / "designs/").string();
  CHECK(value(tcl, "dict get [evaluate " + designs + "h2*.toml] design") == "h200");
  const auto many = tcl.evaluate("evaluate " + designs + "a*.toml");
  CHECK_FALSE(many.ok);
  CHECK(many.value.find("a*.toml: names 2 files") != std::string::npos);
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
        "[ERROR MQY-0102] marquetry library: ACTION must be one of list, show, check, but is 'shwo'\n"
        "  hint: did you mean 'show'?");
  CHECK(code("check there/is/none.toml") == "MARQUETRY MQY-0201");
  CHECK(code("read_design there/is/none.toml") == "MARQUETRY MQY-0201");
}

TEST_CASE("a failure has the id of its kind, whichever command fails") {
  auto session = fresh();
  Tcl tcl{session};
  const auto id = [&](const std::string& script) {
    CHECK_FALSE(tcl.evaluate(script).ok);
    return value(tcl, "lindex $errorCode 1");
  };
  for (const auto* script : {"set_choice a 1", "undo", "get_dies", "report_cost", "what_if a=1",
                             "write_front x", "check", "evaluate", "explore", "explain cost.unit_usd"}) {
    CAPTURE(script);
    CHECK(id(script) == "MQY-0104");
  }
  CHECK(tcl.evaluate("set_choice a 1").value ==
        "[ERROR MQY-0104] marquetry set_choice: no design is read\n  hint: read one with 'read_design FILE'");
  CHECK(tcl.evaluate("evaluate").value ==
        "[ERROR MQY-0104] marquetry evaluate: no design is read\n  hint: "
        "read one with 'read_design FILE', or name it");
  value(tcl, "read_design " + (test::source_folder() / "designs/accelerator.toml").string());
  CHECK(tcl.evaluate("set_choice a").value ==
        "[ERROR MQY-0102] marquetry set_choice: missing VALUE\n  hint: see 'marquetry set_choice --help'");
  CHECK(id("set_choice a 1") == "MQY-0202");
  for (const auto* script :
       {"evaluate", "get_dies", "report_cost", "write_evaluation x", "explain cost.unit_usd"}) {
    CAPTURE(script);
    CHECK(id(script) == "MQY-0202");  // variables are open
  }
  CHECK(id("set_constraint power.totl_w -max 5") == "MQY-0203");
  CHECK(id("set_constraint power.totl_w -none") == "MQY-0203");
  CHECK(id("set_constraint power.total_w -max {5 K}") == "MQY-0102");
  CHECK(id("set_constraint power.total_w") == "MQY-0102");
  CHECK(id("set_profile no-such-profile") == "MQY-0302");
  CHECK(id("redo") == "MQY-0102");
}

TEST_CASE("the beginning of an option is enough where no other begins so") {
  auto session = fresh();
  Tcl tcl{session};
  CHECK(value(tcl, "dict exists [library show tsmc-n7 -thr 2] rows") ==
        value(tcl, "dict exists [library show tsmc-n7] rows"));
  const auto result = tcl.evaluate("evaluate x.toml -se 1");
  CHECK_FALSE(result.ok);
  CHECK(result.value == "[ERROR MQY-0102] marquetry evaluate: option '-se' may be any of -set, -seed");
  value(tcl, "read_design " + (test::source_folder() / "designs/h200.toml").string());
  CHECK(tcl.evaluate("set_constraint power.total_w -max -5").value ==
        "[ERROR MQY-0102] set_constraint: 'power.total_w' is \"-5 W\", but it must not be negative");
}

TEST_CASE("help lists every command, and shows each command's own help") {
  auto session = fresh();
  Tcl tcl{session};
  for (const auto& command : commands()) {
    const std::string name{command.name};
    CAPTURE(name);
    CHECK((value(tcl, "dict exists [help] commands " + name) == "1") == (command.where != Where::program));
    CHECK(tcl.evaluate("help " + name).text->find("usage: ") != std::string::npos);
    if (command.where != Where::program)
      CHECK(value(tcl, name + " -help").find("usage: ") != std::string::npos);
  }
  CHECK(value(tcl, "catch {help evalute} message; set message") ==
        "[ERROR MQY-0101] marquetry: there is no command 'evalute'\n  hint: did you mean 'evaluate'?");
  CHECK(value(tcl, "help MQY-0302 -text") == "MQY-0302: the library has no row of that name");
}

TEST_CASE("a safe interpreter reaches no file outside its folder, and no program") {
  auto session = fresh();
  session.folder = std::filesystem::canonical(test::source_folder().string() + "/designs");
  Tcl tcl{session, {.is_safe = true}};
  const std::string designs = test::source_folder().string() + "/designs";
  CHECK(value(tcl, "dict get [evaluate " + designs + "/h200.toml] design") == "h200");
  for (const std::string& script : std::vector<std::string>{
           "open /etc/passwd", "exec ls", "file delete x", "glob *", "socket localhost 1", "load x.so",
           "cd /", "source /etc/passwd", "source " + designs + "/../README.md"})
    CHECK_FALSE(tcl.evaluate(script).ok);
  const auto outside = tcl.evaluate("evaluate " + test::source_folder().string() + "/tests/none.toml");
  CHECK_FALSE(outside.ok);
  CHECK(outside.value.starts_with("[ERROR MQY-0105]"));
  CHECK_FALSE(tcl.evaluate("evaluate " + designs + "/../README.md").ok);
  CHECK_FALSE(tcl.evaluate("read_library /etc").ok);
  CHECK_FALSE(tcl.evaluate("evaluate " + designs + "/h200.toml -library /etc").ok);
  value(tcl, "read_design " + designs + "/h200.toml");
  CHECK(tcl.evaluate("write_design /tmp/never-written.toml").value.starts_with("[ERROR MQY-0105]"));
}

TEST_CASE("a script is whole when nothing is open") {
  CHECK(is_complete("puts a"));
  CHECK_FALSE(is_complete("proc f {} {"));
  CHECK_FALSE(is_complete("puts \"a"));
  CHECK_FALSE(is_complete("puts [f"));
}

TEST_CASE("Tab offers commands, options, choices, names, values, variables and files") {
  auto session = fresh();
  const TclNames names{.commands = {"check", "chdir", "library", "set"}, .variables = {"design", "env"}};
  const auto offers = [&](const std::string& line) { return completion(line, names, session).offers; };
  using Words = std::vector<std::string>;
  CHECK(offers("ch") == Words{"chdir", "check"});
  CHECK(common_start(offers("ch")) == "ch");
  CHECK(offers("set r [lib") == Words{"library"});
  CHECK(offers("puts $d") == Words{"$design"});
  CHECK(offers("library --th") == Words{"--threads"});
  CHECK(offers("library -th") == Words{"-threads"});
  CHECK(offers("library sh") == Words{"show"});
  CHECK(offers("library show tsmc-n7") == Words{"tsmc-n7"});
  CHECK(offers("evaluate x.toml -fidelity ph") == Words{"physical"});
  CHECK(offers("evaluate x.toml -preset catch") == Words{"catch-2025"});
  CHECK(offers("explore x.toml -reference h20") == Words{"h200"});
  CHECK(offers("import ecoc") == Words{"ecochip"});
  CHECK(offers("set_choice ").empty());
  const std::string designs = test::source_folder().string() + "/designs/";
  CHECK(offers("read_design " + designs + "accel") == Words{designs + "accelerator.toml"});
  Diagnostics diagnostics;
  REQUIRE(open_design(session, designs + "accelerator.toml", diagnostics));
  const auto& variable = session.open->now.design->variables.front();
  CHECK(std::ranges::count(offers("set_choice "), variable.name) == 1);
  CHECK(offers("set_choice " + variable.name + " ").size() == variable.domain.size());
  CHECK(offers("explore -set " + variable.name + "=").size() == variable.domain.size());
  CHECK(offers("explain cost.unit_").front() == "cost.unit_usd");
  CHECK(offers("set_constraint power.total_w -m") == Words{"-max", "-min"});
  const auto folder = own_library_folder().string();
  CHECK(offers("check " + folder + "/nod") == Words{folder + "/nodes/"});
  CHECK(offers("check /there/is/none/").empty());
  CHECK(offers("") == Words{"chdir", "check", "library", "set"});
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
