// The design that a session has read: choices, constraints, profiles, the way back, and what is told of it.
#include "session/open_design.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "config/parse.h"
#include "session/changes.h"
#include "session/command.h"
#include "support/folder.h"

using namespace marquetry;
using Json = nlohmann::ordered_json;

namespace {

const std::string accelerator = test::source_folder().string() + "/designs/accelerator.toml";

struct Shell {
  Session session{.library_folders = {own_library_folder()}, .is_kept = true};
  Diagnostics diagnostics{};

  // Positional arguments in their order, options as name, value.
  Output run(const std::string& name, const std::vector<std::string>& places = {},
             const std::map<std::string, std::string>& options = {}) {
    diagnostics = {};
    const auto* command = find_command(name);
    REQUIRE(command != nullptr);
    Arguments arguments;
    auto next = places.begin();
    for (const auto& argument : command->arguments) {
      if (!argument.positional) continue;
      while (next != places.end()) {
        arguments.add(argument.name, *next++);
        if (argument.takes == Takes::one) break;
      }
    }
    for (const auto& [option, value] : options) arguments.add(option, value);
    complete_from_session(*command, session, arguments);
    check_arguments(command->arguments, arguments, name, diagnostics);
    REQUIRE(diagnostics.ok());
    arguments.add(command_name, name);
    return command->run(session, arguments, diagnostics);
  }

  Json good(const std::string& name, const std::vector<std::string>& places = {},
            const std::map<std::string, std::string>& options = {}) {
    const auto output = run(name, places, options);
    INFO(name << ": " << render_all(diagnostics));
    REQUIRE((output.status == status::done || output.status == status::infeasible));
    return Json::parse(output.json);
  }

  // Opened, and the first value of each variable chosen.
  void open() {
    const auto read = good("read_design", {accelerator});
    for (const auto& [name, values] : read["variables"].items())
      good("set_choice", {name, values[0].get<std::string>()});
  }
};

}  // namespace

TEST_CASE("an evaluation of the open design is that of the command line with its choices") {
  Shell shell;
  shell.open();
  const auto open = shell.good("evaluate");
  Session other{.library_folders = {own_library_folder()}};
  Arguments given;
  given.add("design", accelerator);
  for (const auto& setting : shell.session.open->now.settings) given.add("set", setting);
  const auto* evaluate = find_command("evaluate");
  check_arguments(evaluate->arguments, given, "evaluate", shell.diagnostics);
  CHECK(Json::parse(evaluate->run(other, given, shell.diagnostics).json) == open);
}

TEST_CASE("undo and redo lead through choices, constraints and profiles") {
  Shell shell;
  shell.open();
  const auto before = shell.good("evaluate");
  const auto states = shell.session.open->undo.size();
  const auto& variable = shell.session.open->now.design->variables[0];
  shell.good("set_choice", {variable.name, variable.domain.back().text});
  shell.good("set_constraint", {"power.total_w"}, {{"max", "1 W"}});
  const auto limited = shell.good("evaluate");
  CHECK_FALSE(limited["feasible"].get<bool>());
  CHECK(shell.session.open->undo.size() == states + 2);
  CHECK(shell.good("undo")["redo"] == 1);
  CHECK(shell.good("undo")["redo"] == 2);
  CHECK(shell.good("evaluate") == before);
  shell.good("redo");
  shell.good("redo");
  CHECK(shell.good("evaluate") == limited);
  CHECK(shell.run("redo").status == status::wrong_input);
  shell.good("undo");
  CHECK(shell.good("set_profile", {"no-euv", "no-euv"})["profiles"] == Json::array({"no-euv"}));
  CHECK(shell.run("redo").status == status::wrong_input);  // a new change forgets what was undone
  CHECK(shell.session.open->now.design->profiles.size() == 1);
  shell.good("set_profile");
  CHECK(shell.session.open->now.design->profiles.empty());
}

TEST_CASE("a constraint replaces the file's, is lifted, and is refused where it names nothing") {
  Shell shell;
  shell.open();
  const auto constraints = [&] { return shell.good("get_constraints"); };
  const auto count = constraints().size();
  shell.good("set_constraint", {"power.total_w"}, {{"max", "900"}, {"min", "10 W"}});
  CHECK(constraints().size() == count + 1);  // one limit became two
  shell.good("set_constraint", {"power.total_w"}, {{"none", ""}});
  CHECK(constraints().size() == count - 1);
  CHECK(shell.run("set_constraint", {"power.totl_w"}, {{"max", "900"}}).status == status::wrong_input);
  CHECK(render_all(shell.diagnostics).find("power.total_w") != std::string::npos);
  CHECK(shell.run("set_constraint", {"power.total_w"}, {{"max", "900 K"}}).status == status::wrong_input);
  CHECK(shell.run("set_constraint", {"power.total_w"}).status == status::wrong_input);
  CHECK(constraints().size() == count - 1);
}

TEST_CASE("what_if tells what another value moves, and chooses nothing") {
  Shell shell;
  shell.open();
  const auto before = shell.good("evaluate");
  const auto& variable = shell.session.open->now.design->variables.front();
  const auto setting = variable.name + "=" + variable.domain.back().text;
  const auto told = shell.good("what_if", {setting});
  CHECK(shell.good("evaluate") == before);
  shell.good("set_choice", {variable.name, variable.domain.back().text});
  const auto after = shell.good("evaluate");
  REQUIRE_FALSE(told["changes"].empty());
  for (const auto& change : told["changes"]) {
    if (change["path"] != "cost.unit_usd") continue;
    CHECK(change["before"] == before["cost"]["unit_usd"]);
    CHECK(change["after"] == after["cost"]["unit_usd"]);
  }
  const auto text = shell.run("evaluate").text;
  CHECK(text.find("no figure has moved") != std::string::npos);
  CHECK(shell.run("what_if", {"no-such-variable=1"}).status == status::wrong_input);
}

TEST_CASE("reports are the parts of the evaluation; objects agree with it") {
  Shell shell;
  shell.open();
  const auto whole = shell.good("evaluate");
  for (const std::string part : {"cost", "yield", "area", "power", "thermal", "network", "performance"})
    CHECK(shell.good("report_" + part) == whole[part]);
  const auto dies = shell.good("get_dies");
  REQUIRE(dies.size() == whole["area"]["dies_mm2"].size());
  for (const auto& die : dies)
    CHECK(die["area_mm2"] == whole["area"]["dies_mm2"][die["name"].get<std::string>()]);
  CHECK(shell.good("get_dies", {}, {{"min_area", "1e6"}}).empty());
  const auto figure = shell.good("get_figures", {"cost.unit_usd"});
  REQUIRE(figure.size() == 1);
  CHECK(figure[0]["value"] == whole["cost"]["unit_usd"]);
  CHECK(figure[0]["unit"] == "USD");
  CHECK(shell.good("get_figures", {"cost.*"}).size() > 3);
  CHECK(shell.run("get_figures", {"cots.*"}).status == status::wrong_input);
  CHECK(shell.good("get_links").size() == shell.session.open->now.design->links.size());
  CHECK(shell.good("get_memories").size() == shell.session.open->now.design->memories.size());
}

TEST_CASE("a front is kept until the design changes") {
  Shell shell;
  shell.good("read_design", {accelerator});
  const std::map<std::string, std::string> most{{"node", "tsmc-n7"},  {"dies", "3"},
                                                {"stacks", "3"},      {"memory", "hbm2e"},
                                                {"io-node", "n28"},   {"packaging", "cowos-l"},
                                                {"clock", "1.2 GHz"}, {"cooling", "cold-plate"}};
  for (const auto& [variable, value] : most) shell.good("set_choice", {variable, value});
  CHECK(shell.run("get_front").status == status::wrong_input);
  const auto found = shell.good("report_front");
  const auto front = shell.good("get_front");
  REQUIRE_FALSE(front.empty());
  CHECK(front.size() == found["front"].size());
  for (const auto& objective : shell.session.open->now.design->objectives)
    CHECK(front[0][objective.path].is_number());
  shell.good("undo");
  CHECK(shell.run("get_front").status == status::wrong_input);
}

TEST_CASE("a written design evaluates as the open one") {
  Shell shell;
  shell.open();
  shell.good("set_constraint", {"power.total_w"}, {{"max", "800 W"}});
  const auto open = shell.good("evaluate");
  const auto file = (std::filesystem::temp_directory_path() / "marquetry-open-design-test.toml").string();
  shell.good("write_design", {file});
  Shell other;
  other.good("read_design", {file});
  const auto written = other.good("evaluate");
  std::filesystem::remove(file);
  CHECK(written["cost"] == open["cost"]);
  CHECK(written["violations"] == open["violations"]);
  CHECK(written["choice"] == open["choice"]);
}

TEST_CASE("differences leave out what rounding moves") {
  const std::vector<FigureValue> before{{"a", "W", 1}, {"b", "", 0}, {"c", "mm", 5}, {"gone", "", 1}};
  const std::vector<FigureValue> after{{"a", "W", 1 + 1e-12}, {"b", "", 2}, {"c", "mm", 10}, {"new", "", 1}};
  const auto moved = changes(before, after);
  REQUIRE(moved.size() == 2);
  CHECK(moved[0].path == "b");
  CHECK(moved[1].after == 10);
  CHECK(changes_text(moved).find("+100.0 %") != std::string::npos);
  CHECK(changes_text({}) == "  no figure has moved\n");
}
