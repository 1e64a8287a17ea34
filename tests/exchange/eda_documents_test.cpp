// docs/eda-formats.md names every format of a package, and every format takes every package or says why not.
#include <catch2/catch.hpp>

#include "exchange/formats.h"
#include "support/assemblies.h"
#include "support/folder.h"

namespace marquetry::exchange {

TEST_CASE("every format of a package has its row in docs/eda-formats.md") {
  const auto page = test::text_of(test::source_folder() / "docs/eda-formats.md");
  REQUIRE_FALSE(page.empty());
  for (const auto& format : assembly_export_formats())
    CHECK(page.find("\n| `" + std::string{format.name} + "` |") != std::string::npos);
  for (const auto& format : assembly_import_formats())
    CHECK(page.find("\n| `" + std::string{format.name} + "` |") != std::string::npos);
}

TEST_CASE("every format writes a package, or says why not, and leaves no half files") {
  for (const auto& format : assembly_export_formats()) {
    INFO(format.name);
    for (const auto& package : {test::two_dies(), test::eight_ways(), test::tower(), assembly::Assembly{}}) {
      INFO(package.name);
      const test::Folder folder;
      Diagnostics diagnostics;
      const auto files = format.write(package, folder.path() / "out.x", diagnostics);
      CHECK(files.empty() != diagnostics.ok());
      std::size_t there = 0;
      for (const auto& entry : std::filesystem::recursive_directory_iterator{folder.path()})
        if (entry.is_regular_file()) ++there;
      CHECK(there == files.size());
    }
  }
}

TEST_CASE("no format goes on where it cannot write") {
  for (const auto& format : assembly_export_formats()) {
    INFO(format.name);
    Diagnostics diagnostics;
    CHECK(format.write(test::two_dies(), "/proc/no/such/folder/out.x", diagnostics).empty());
    CHECK_FALSE(diagnostics.ok());
  }
}

}  // namespace marquetry::exchange
