// A command over many designs.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "support/folder.h"
#include "support/program.h"

using namespace marquetry::test;
using Json = nlohmann::json;

namespace {

std::vector<Json> lines_of(const std::string& text) {
  std::vector<Json> lines;
  std::istringstream in{text};
  for (std::string line; std::getline(in, line);) lines.push_back(Json::parse(line));
  return lines;
}

}  // namespace

TEST_CASE("a line of JSON for each design, in the order given, the same for any number of jobs") {
  const auto one =
      run_program("evaluate designs/h200.toml designs/ascend-910.toml designs/h200.toml --jobs 1 --json");
  const auto four =
      run_program("evaluate designs/h200.toml designs/ascend-910.toml designs/h200.toml --jobs 4 --json");
  CHECK(one.status == 0);
  CHECK(one.out == four.out);
  const auto lines = lines_of(one.out);
  REQUIRE(lines.size() == 3);
  CHECK(lines[0]["file"] == "designs/h200.toml");
  CHECK(lines[1]["design"] == "ascend-910");
  CHECK(lines[1]["status"] == 0);
  auto alone = Json::parse(run_program("evaluate designs/h200.toml --json").out);
  alone["file"] = "designs/h200.toml";
  alone["status"] = 0;
  CHECK(lines[2] == alone);
}

TEST_CASE("the exit status is the worst, and no design keeps another from being looked at") {
  const auto ran =
      run_program("evaluate there/is/none.toml designs/h200.toml designs/accelerator.toml --json");
  CHECK(ran.status == 2);
  const auto lines = lines_of(ran.out);
  REQUIRE(lines.size() == 3);
  CHECK(lines[0]["error"]["id"] == "MQY-0201");
  CHECK(lines[0]["status"] == 2);
  CHECK(lines[1]["cost"]["unit_usd"].is_number());
  CHECK(lines[2]["error"]["id"] == "MQY-0202");  // its variables are open
  CHECK(ran.err.find("there/is/none.toml: error: ") != std::string::npos);
}

TEST_CASE("a pattern in quotes is the files that it matches; without JSON they are a table") {
  const auto ran = run_program("evaluate 'designs/[ah]*0*.toml'");
  CHECK(ran.status == 0);
  CHECK(ran.out.find("designs/h200.toml") != std::string::npos);
  CHECK(ran.out.find("USD a unit") != std::string::npos);
  CHECK(ran.out.find("designs: ") != std::string::npos);
  const auto none = run_program("evaluate 'designs/no-such-*.toml' --json");
  CHECK(none.status == 2);
  CHECK(Json::parse(none.out)["error"]["id"] == "MQY-0102");
  const auto both = run_program("evaluate designs/h200.toml designs/ascend-910.toml --svg x.svg");
  CHECK(both.status == 2);
  CHECK(both.err.find("--svg: error: names one file") != std::string::npos);
  CHECK(run_program("check 'designs/h*.toml'").status == 0);
}

TEST_CASE("a file of just that name wins over its pattern") {
  const Folder folder;
  folder.write("x[12].toml", text_of(source_folder() / "designs/h200.toml"));
  folder.write("x1.toml", "broken");
  CHECK(run_program("check '" + (folder.path() / "x[12].toml").string() + "'").status == 0);
  CHECK(run_program("evaluate --quiet '" + (folder.path() / "x[12].toml").string() + "'").status == 0);
  CHECK(run_program("check '" + (folder.path() / "x[1].toml").string() + "'").status == 2);
}

TEST_CASE("the name of a file need not be UTF-8; the JSON that names it is") {
  const Folder folder;
  folder.write("caf\xe9.toml", text_of(source_folder() / "designs/h200.toml"));
  const auto file = (folder.path() / "caf\xe9.toml").string();
  const auto ran = run_program("check '" + file + "' --json");
  CHECK(ran.status == 0);
  CHECK(Json::parse(ran.out)["designs"][0]["file"].get<std::string>().ends_with("/caf\xef\xbf\xbd.toml"));
  const auto missing = run_program("check '" + file + "x' --json");
  CHECK(missing.status == 2);
  CHECK(Json::parse(missing.out)["error"]["id"] == "MQY-0201");
}

TEST_CASE("help is JSON where that is asked for") {
  CHECK(Json::parse(run_program("evaluate --help --json").out) ==
        Json::parse(run_program("help evaluate --json").out));
  CHECK(Json::parse(run_program("--help --json").out).contains("commands"));
}

TEST_CASE("what a session alone has is refused on the command line, with the way to it") {
  const auto ran = run_program("set_choice a 1 --json");
  CHECK(ran.status == 2);
  CHECK(Json::parse(ran.out)["error"]["id"] == "MQY-0104");
}
