// docs/assembly-format.md against the reader and the writer: what it names is read, what is written it names,
// and its rules are those that are checked.
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <sstream>

#include "assembly/check.h"
#include "assembly/load.h"
#include "assembly/small_assembly.h"
#include "config/parse.h"
#include "support/folder.h"

using namespace marquetry;

namespace {

using Keys = std::set<std::string>;

// The first cell of each table row, by the heading above it.
std::map<std::string, Keys> documented() {
  std::istringstream in{test::text_of(test::source_folder() / "docs/assembly-format.md")};
  std::map<std::string, Keys> out;
  std::string section;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("## ")) section = line.substr(3);
    if (line.starts_with("| `")) out[section].insert(line.substr(3, line.find("` |", 3) - 3));
  }
  return out;
}

// The table in which such an entry stands, as far as a reader needs it.
const std::map<std::string, std::string> tables{
    {"assembly", "[assembly]\n"},
    {"cells", "[assembly.cells.x]\n"},
    {"chiplets", "[assembly.chiplets.x]\n"},
    {"regions", "[assembly.chiplets.x.regions.y]\n"},
    {"instances", "[assembly.instances.x]\n"},
    {"connections", "[assembly.connections.x]\n"},
};

// Keys of a table and of those in it, under the names of the page's sections.
void collect(const Node& table, const std::string& section, std::map<std::string, Keys>& out) {
  for (const auto& item : table.items) {
    out[section].insert(item.key);
    if (!tables.contains(item.key) || !item.is_table()) continue;
    for (const auto& entry : item.items) collect(entry, item.key, out);
  }
}

}  // namespace

TEST_CASE("every key of a package that is documented is read") {
  const auto sections = documented();
  for (const auto& [section, table] : tables) {
    REQUIRE(sections.contains(section));
    for (const auto& key : sections.at(section)) {
      Diagnostics diagnostics;
      const auto root =
          parse_text("format = 1\nname = \"x\"\n" + table + key + " = 1979-05-27\n", "x.toml", diagnostics);
      REQUIRE(root);
      CHECK_FALSE(assembly::read(*root, diagnostics));
      for (const auto& d : diagnostics.all()) {
        INFO(section << "." << key << ": " << d.message);
        CHECK(d.message.find("unknown key '" + key + "'") == std::string::npos);
      }
    }
  }
}

TEST_CASE("every key that is written of a package is documented, and each of them is written of some") {
  const auto sections = documented();
  std::map<std::string, Keys> written;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    auto made = test::random_assembly(Rng{seed});
    made.files["verilog_file"] = {"top.v"};
    made.chiplets[0].scribe_line = {1, 1, 1, 1};
    for (auto& chiplet : made.chiplets)
      for (auto& region : chiplet.regions) region.gds_layer = region.bump_file = "1";
    Diagnostics diagnostics;
    const auto document = assembly::to_document(made, "x", diagnostics);
    REQUIRE(document);
    const auto root = parse_text(document->toml, "x.toml", diagnostics);
    REQUIRE(root);
    collect(*find(*root, "assembly"), "assembly", written);
  }
  for (const auto& [section, table] : tables) {
    INFO(section);
    CHECK(written.at(section) == sections.at(section));
  }
}

TEST_CASE("every rule of a package is documented, and nothing else is") {
  Keys rules;
  for (const auto& name : assembly::rule_names()) rules.emplace(name);
  CHECK(documented().at("Rules") == rules);
}
