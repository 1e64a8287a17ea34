// JSON as a tree of nodes, each with its place; and what is no JSON.
#include "config/json.h"

#include <catch2/catch.hpp>

using namespace marquetry;

namespace {

std::string fault_of(const std::string& text) {
  Diagnostics diagnostics;
  CHECK_FALSE(parse_json(text, "a.json", diagnostics));
  REQUIRE(diagnostics.all().size() == 1);
  const auto& d = diagnostics.all()[0];
  return std::to_string(d.where.line) + ":" + std::to_string(d.where.column) + ": " + d.message;
}

}  // namespace

TEST_CASE("JSON keeps the order and the places of its values") {
  Diagnostics diagnostics;
  const auto root =
      parse_json("{\"z\": [1, -2.5e3, true, null],\n \"\\u00e4\\n\": {\"b\": \"x\"}}", "a.json", diagnostics);
  REQUIRE(root);
  REQUIRE(root->items.size() == 2);
  CHECK(root->items[0].key == "z");
  CHECK(root->items[0].items[1].number == -2500);
  CHECK(root->items[0].items[2].flag);
  CHECK(root->items[0].items[3].kind == NodeKind::other);
  CHECK(root->items[1].key == "ä\n");
  CHECK(root->items[1].key_where.line == 2);
  CHECK(root->items[1].items[0].where.column == 20);
  CHECK(find(root->items[1], "b")->text == "x");
}

TEST_CASE("entries that a reader leaves out are passed over, and places after them are right") {
  Diagnostics diagnostics;
  const auto root = parse_json(
      "{\"a\": 1, \"results_x\": {\"q\": [\"}]\\\"\", 2],\n \"r\": {}}, \"results_y\": 7,\n\"b\": "
      "{\"results_x\": 3}}",
      "a.json", diagnostics, "results_");
  REQUIRE(root);
  REQUIRE(root->items.size() == 4);
  CHECK(root->items[1].key == "results_x");
  CHECK(root->items[1].kind == NodeKind::other);
  CHECK(root->items[1].items.empty());
  CHECK(root->items[2].kind == NodeKind::other);
  CHECK(root->items[3].key_where.line == 3);
  CHECK(root->items[3].key_where.column == 1);
  CHECK(root->items[3].items[0].number == 3);  // within another object it is read
  for (const auto* cut :
       {"{\"results_x\": [1, 2", "{\"results_x\": \"abc", "{\"results_x\": {}", "{\"results_x\":"}) {
    Diagnostics complaints;
    CHECK_FALSE(parse_json(cut, "a.json", complaints, "results_"));
    CHECK(complaints.errors() == 1);
  }
}

TEST_CASE("what is no JSON is told at its place") {
  const auto message = GENERATE(table<std::string, std::string>({
      {"{\"a\": 1,\n \"b\": ", "2:7: is no JSON here: the file ends too early"},
      {"{\"a\": 1", "1:8: is no JSON here: the file ends too early"},
      {"", "1:1: is no JSON here: the file ends too early"},
      {"[1 2]", "1:4: is no JSON here: ',' or ']' was expected"},
      {"{a: 1}", "1:2: is no JSON here: a key in quotes was expected"},
      {"{\"a\": 1, \"a\": 2}", "1:10: is no JSON here: the key 'a' stands here a second time"},
      {"{\"a\": NaN}", "1:7: is no JSON here: a value was expected"},
      {"{} {}", "1:4: is no JSON here: a second value follows the first"},
      {"\"a\\q\"", "1:5: is no JSON here: an unknown character after \\"},
      {std::string(500, '['), "1:102: is no JSON here: it is nested too deeply"},
  }));
  CHECK(fault_of(std::get<0>(message)) == std::get<1>(message));
}

TEST_CASE("more values than memory has room for are refused where the first is too much") {
  std::string text = "[0";
  for (int i = 0; i < 2'000'000; ++i) text += ",0";
  CHECK(fault_of(text + "]") == "1:4000000: is no JSON here: it holds more than 2000000 values");
}
