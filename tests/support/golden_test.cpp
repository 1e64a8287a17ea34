#include "support/golden.h"

#include <catch2/catch.hpp>
#include <cstdlib>

#include "support/folder.h"

using namespace marquetry::test;

TEST_CASE("golden cases are found below every index, by file, name or case") {
  const Folder folder;
  folder.write("cost/b/index.json",
               R"([{"name": "one"}, {"case": "two"}, {"name": "x", "file": "three.csv"}])");
  folder.write("cost/a/deep/index.json", R"([{"name": "four.csv"}])");
  folder.write("cost/c/other.json", "[]");
  const auto indices = golden_indices(folder.path() / "cost");
  REQUIRE(indices.size() == 2);
  CHECK(indices[0].folder == folder.path() / "cost/a/deep");
  REQUIRE(indices[0].cases.size() == 1);
  CHECK(indices[0].cases[0].file == folder.path() / "cost/a/deep/four.csv");
  REQUIRE(indices[1].cases.size() == 3);
  CHECK(indices[1].cases[0].file == folder.path() / "cost/b/one.json");
  CHECK(indices[1].cases[1].file == folder.path() / "cost/b/two.json");
  CHECK(indices[1].cases[2].file == folder.path() / "cost/b/three.csv");
}

TEST_CASE("the environment says where the golden cases are; where they are not, there are none") {
  const Folder folder;
  folder.write("cost/index.json", "[]");
  setenv("MARQUETRY_GOLDEN", folder.path().c_str(), 1);
  CHECK(golden_folder("cost") == folder.path() / "cost");
  CHECK_FALSE(golden_folder("thermal"));
  unsetenv("MARQUETRY_GOLDEN");
}
