// A tree of nodes written as TOML reads back as the same tree.
#include "config/write.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "config/parse.h"
#include "support/folder.h"

using namespace marquetry;

namespace {

// Without places; tables in any order, since TOML puts plain values before tables with headings.
std::string shape(const Node& node) {
  std::string text = std::to_string(static_cast<int>(node.kind)) + ":" + node.text;
  if (node.kind == NodeKind::flag) text += node.flag ? "yes" : "no";
  std::vector<std::string> parts;
  for (const auto& item : node.items) parts.push_back(item.key + "=" + shape(item));
  if (node.is_table()) std::ranges::sort(parts);
  for (const auto& part : parts) text += "{" + part + "}";
  return text;
}

std::string again(const std::string& text) {
  Diagnostics diagnostics;
  const auto first = parse_text(text, "first.toml", diagnostics);
  REQUIRE(first);
  const auto written = toml_text(*first);
  const auto second = parse_text(written, "second.toml", diagnostics);
  INFO(written << render_all(diagnostics));
  REQUIRE(second);
  CHECK(shape(*first) == shape(*second));
  CHECK(toml_text(*second) == written);
  return written;
}

}  // namespace

TEST_CASE("every design and library of the project survives") {
  std::size_t count = 0;
  for (const auto* folder : {"/designs", "/libraries"}) {
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator{test::source_folder().string() + folder}) {
      if (entry.path().extension() != ".toml") continue;
      CAPTURE(entry.path().string());
      std::ifstream in{entry.path()};
      std::ostringstream text;
      text << in.rdbuf();
      again(text.str());
      ++count;
    }
  }
  CHECK(count > 30);
}

TEST_CASE("texts, keys, lists and tables of every kind survive") {
  again(
      "a = \"line\\nand \\\"quote\\\" \\\\ \\t \\u0001\"\n\"with.dot\" = 1.5e300\nempty = []\nno = {}\nyes = "
      "true\n");
  again("x = [[1, 2], [], [\"a\", { b = 1, c = [ { d = 2 } ] }]]\n");
  again("[t]\n[t.u.\"v w\"]\nz = -1\n[[t.rows]]\na = 1\n[[t.rows]]\n[[t.rows.inner]]\nb = 2\n");
  CHECK(again("a = 1\n[b]\nc = 2\n") == "a = 1\n\n[b]\nc = 2\n");
}
