// Materials and stacking as a user gives them: wrong ones are refused with a way out, ones that cannot be
// built are infeasible.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "support/folder.h"
#include "support/program_files.h"

using namespace marquetry;
using nlohmann::json;

namespace {

// A design of the project with lines added behind the one that begins with `after`; they stand from the line
// below it.
struct Given : test::Files {
  std::string file{};
  Given(const std::string& after, const std::string& lines, const std::string& design = "h200") {
    auto text = test::text_of(test::source_folder().string() + "/designs/" + design + ".toml");
    const auto at = text.find('\n', text.find("\n" + after) + 1) + 1;
    file = add("given.toml", text.insert(at, lines + "\n"));
  }
};

// What is said of one wrong line behind `packaging` of the H200's design, in line 8, at the end of its key.
std::string complaint(const std::string& line) {
  const Given given{"packaging", line};
  const auto ran = given.run("evaluate " + given.file);
  CHECK(ran.status == 2);
  CHECK(ran.out.empty());
  const auto column = line.find("= ") + 3;
  const std::string place = "given.toml:8:" + std::to_string(column) + ": error: ";
  const std::string quoted = "\n    " + line + "\n    " + std::string(column - 1, ' ') + "^\n";
  INFO(ran.err);
  REQUIRE(ran.err.starts_with(place));
  const auto end = ran.err.find(quoted);
  REQUIRE(end != std::string::npos);
  return ran.err.substr(place.size(), end - place.size()) + "\n" + ran.err.substr(end + quoted.size());
}

}  // namespace

TEST_CASE("a section of another family, or of none, is refused with those that fit") {
  CHECK(complaint("section = \"organic\"") ==
        "section 'organic' is of a package of the family organic, but packaging 'cowos-s' is of the family "
        "'silicon-interposer'\n  hint: sections for 'cowos-s': silicon-interposer; or drop 'section'\n");
  CHECK(complaint("section = \"stack-hybrid\"") ==
        "section 'stack-hybrid' has no layer that carries a package: it lies between dies\n"
        "  hint: sections for 'cowos-s': silicon-interposer; or drop 'section'\n");
  CHECK(complaint("section = \"silicon-interposr\"") ==
        "'section': there is no section 'silicon-interposr'\n  hint: did you mean 'silicon-interposer'?\n");
}

TEST_CASE("an interface or a lid of a wrong material is refused with those that may be") {
  CHECK(complaint("tim = \"copper\"")
            .starts_with("'tim' cannot be 'copper': that material is no interface between dies and lid\n"
                         "  hint: use one of: tim-grease, "));
  CHECK(complaint("tim = \"tim-indum\"") ==
        "'tim': there is no material 'tim-indum'\n  hint: did you mean 'tim-indium'?\n");
  CHECK(complaint("lid = \"tim-indium\"")
            .starts_with("'lid' cannot be 'tim-indium': that material is no lid\n  hint: use one of: "));
  // What may be a lid stands first.
  const auto unknown = complaint("lid = \"diamond\"");
  CHECK(unknown.starts_with("'lid': there is no material 'diamond'\n  hint: known: "));
  CHECK(unknown.find("diamond-cvd") < unknown.find("silicon"));
}

TEST_CASE("a lid must have a thickness that can be, and be there") {
  CHECK(complaint("lid_thickness = \"0 mm\"") ==
        "'lid_thickness' must be at least 100 um, but it is \"0 mm\"\n");
  CHECK(complaint("lid_thickness = \"-1 mm\"") ==
        "'lid_thickness' is \"-1 mm\", but it must not be negative\n");
  CHECK(complaint("lid_thickness = 2")
            .starts_with("'lid_thickness' must be a length, but 2 is a plain number\n  hint: "));
  const Given bare{"packaging", "lid = \"none\"\nlid_thickness = \"2 mm\""};
  const auto ran = bare.run("check " + bare.file);
  CHECK(ran.status == 2);
  CHECK(ran.err.find(
            "given.toml:9:17: error: 'lid_thickness' is given, but lid = \"none\" leaves the lid out") == 0);
}

TEST_CASE("a cooling that lies on the dies themselves has neither lid nor interface under it") {
  const Given given{"cooling", "lid = \"copper\"\ntim = \"tim-indium\""};
  const auto text = test::text_of(given.file);
  const auto at = text.find("cooling = ");
  const auto file = given.add(
      "direct.toml", std::string{text}.replace(at, text.find('\n', at) - at, "cooling = \"microchannels\""));
  const auto ran = given.run("evaluate " + file);
  CHECK(ran.status == 2);
  for (const auto* key : {"lid", "tim"}) {
    CHECK(ran.err.find("'" + std::string{key} +
                       "' is given, but cooling 'microchannels' lies on the dies themselves") !=
          std::string::npos);
  }
}

TEST_CASE("dies and memory are stacked by a packaging that stacks") {
  const Given memory{"host = \"gh100\"", "stacking = \"cowos-s\""};
  auto ran = memory.run("evaluate " + memory.file);
  CHECK(ran.status == 2);
  const std::string what =
      "'stacking' cannot be 'cowos-s': that packaging puts dies side by side, none on another";
  CHECK(ran.err.find(what) != std::string::npos);
  CHECK(ran.err.find("hint: use one of: foveros, ") != std::string::npos);
  auto text = test::text_of(test::source_folder().string() + "/designs/stacked-cache.toml");
  const auto at = text.find("\"soic-x\"");
  const auto file = memory.add("die.toml", text.replace(at, 8, "\"cowos-s\""));
  ran = memory.run("check " + file);
  CHECK(ran.status == 2);
  CHECK(ran.err.find(what) != std::string::npos);
  const Given board{"host = \"iod\"", "stacking = \"soic-x\"", "stacked-cache"};
  ran = board.run("evaluate " + board.file);
  CHECK(ran.status == 2);
  CHECK(ran.err.find("memory 'ddr' is to stand on a die, but 'ddr4-3200' stands on the board") !=
        std::string::npos);
}

TEST_CASE("memory on a host that is too small is infeasible, with areas") {
  const Given given{"host = \"gh100\"", "stacking = \"foveros\""};
  auto text = test::text_of(given.file);
  const auto at = text.find("stacks = 6");
  const auto file = given.add("many.toml", text.replace(at, 10, "stacks = 16"));
  const auto ran = given.run("evaluate " + file + " --json");
  REQUIRE(ran.status == 3);
  const auto out = json::parse(ran.out);
  const auto& broken = out["violations"];
  const auto found =
      std::ranges::find_if(broken, [](const auto& one) { return one["constraint"] == "rules.stack.gh100"; });
  REQUIRE(found != broken.end());
  CHECK((*found)["limit"].get<double>() == Approx(out["area"]["dies_mm2"]["gh100"].get<double>()));
  CHECK((*found)["value"].get<double>() > (*found)["limit"].get<double>());
  CHECK((*found)["hint"] == "fewer or smaller dies on top, or a larger base");
}
