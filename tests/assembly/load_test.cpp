#include "assembly/load.h"

#include <catch2/catch.hpp>

#include "assembly/small_assembly.h"
#include "config/parse.h"
#include "support/folder.h"
#include "support/property.h"

namespace marquetry::assembly {
namespace {

std::string complaint(const std::string& toml, const test::Folder& folder = {}) {
  Diagnostics diagnostics;
  const auto file = folder.write("package.toml", toml);
  const auto root = parse_file(file, diagnostics);
  if (root) CHECK_FALSE(read(*root, diagnostics));
  return diagnostics.all().empty() ? std::string{} : diagnostics.all().front().message;
}

const std::string good = R"(format = 1
name = "one"

[assembly]
precision = 2000

[assembly.chiplets.chip]
kind = "die"
size = ["1 mm", "1 mm"]
thickness = "100 um"

[assembly.chiplets.chip.regions.front]
face = "front"
corners = [["0 um", "0 um"], ["1 mm", "0 um"], ["1 mm", "1 mm"], ["0 um", "1 mm"]]
bumps = ["b1 BUMP 10 20.5 - net1"]

[assembly.instances.only]
chiplet = "chip"
place = ["0 um", "0 um"]
z = "0 um"
)";

}  // namespace

TEST_CASE("a package that is written reads back as the same package, its files of rows beside it") {
  test::check_property([] {
    const auto made = test::random_assembly(Rng{*rc::gen::arbitrary<std::uint64_t>()});
    const test::Folder folder;
    Diagnostics diagnostics;
    const auto file = folder.path() / "package.toml";
    RC_ASSERT(!write(made, file, diagnostics).empty());
    const auto root = parse_file(file, diagnostics);
    RC_ASSERT(root.has_value());
    const auto read_back = read(*root, diagnostics);
    if (!read_back) RC_FAIL(render_all(diagnostics));
    RC_ASSERT(*read_back == made);
  });
}

TEST_CASE("a package is read with its lengths in whole units") {
  const test::Folder folder;
  Diagnostics diagnostics;
  const auto root = parse_text(good, "one.toml", diagnostics);
  const auto a = read(*root, diagnostics);
  REQUIRE(a);
  CHECK(a->chiplets[0].size == Size{2'000'000, 2'000'000});
  CHECK(a->chiplets[0].regions[0].bumps[0] == Bump{"b1", 0, {20'000, 41'000}, "", "net1"});
  CHECK(diagnostics.all().empty());
}

TEST_CASE("what is wrong in a package is said") {
  const auto with = [](const std::string& from, const std::string& to) {
    return complaint(test::replaced(good, from, to));
  };
  CHECK(with("precision = 2000", "precision = 0.5") ==
        "'precision' must be a whole number of units in a micrometre, from 1 to 1000000, but it is 0.5");
  CHECK(with("\"die\"", "\"dye\"") == "'kind' cannot be \"dye\"");
  CHECK(with("thickness = \"100 um\"", "thickness = 100") ==
        "'thickness' must be a length in um or mm, but it is 100");
  CHECK(with(", [\"0 um\", \"1 mm\"]]", "]") == "'corners' must be a list of exactly four points");
  CHECK(with("10 20.5 - net1", "10 20.5 -") == "a row of bumps has six columns, but this one has 5");
  CHECK(with("10 20.5 - net1", "10 2O - net1") ==
        "a place must be a number of micrometres, but '2O' is none");
  CHECK(with("chiplet = \"chip\"", "chiplet = \"chop\"") == "there is no chiplet 'chop'");
  CHECK(with("z = \"0 um\"\n", "z = \"0 um\"\norientation = \"R45\"\n") == "'orientation' cannot be \"R45\"");
  CHECK(with("z = \"0 um\"\n", "z = \"0 um\"\n[assembly.connections.c]\ntop = \"only.front\"\n") ==
        "there is no region 'only.front'");
  CHECK(with("precision = 2000", "nets = [\"net a signal\", \"pin only front b2\"]") ==
        "region 'front' has no bump 'b2'");
  CHECK(with("[\"b1 BUMP 10 20.5 - net1\"]", "\"../up.bmap\"") ==
        "'../up.bmap' does not lie in the folder of this file");
  CHECK(with("[\"b1 BUMP 10 20.5 - net1\"]", "\"lost.bmap\"") == "there is no such file");
}

TEST_CASE("a file of wrong rows is given up after twenty") {
  const test::Folder folder;
  std::string rows;
  for (int i = 0; i < 1000; ++i) rows += "wrong\n";
  folder.write("many.bmap", rows);
  Diagnostics diagnostics;
  const auto root = parse_file(
      folder.write("p.toml", test::replaced(good, "[\"b1 BUMP 10 20.5 - net1\"]", "\"many.bmap\"")),
      diagnostics);
  CHECK_FALSE(read(*root, diagnostics));
  CHECK(diagnostics.errors() == 21);
  CHECK(diagnostics.all().front().where.line == 1);
}

TEST_CASE("names with blanks cannot stand in rows") {
  auto a = test::face_to_face();
  a.chiplets[0].regions[0].bumps[0].name = "a b";
  Diagnostics diagnostics;
  CHECK_FALSE(to_document(a, "x", diagnostics));
  CHECK(diagnostics.all().front().message == "the bump 'a b' cannot stand in a row between blanks");
}

}  // namespace marquetry::assembly
