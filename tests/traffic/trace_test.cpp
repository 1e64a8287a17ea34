// Traces: what is read, and what is said of wrong ones.
#include "traffic/trace.h"

#include <catch2/catch.hpp>

#include "support/folder.h"

namespace marquetry::traffic {
namespace {

struct Read {
  test::Folder folder{};
  Diagnostics diagnostics{};
  std::optional<Trace> trace{};
  std::string said{};
  explicit Read(const std::string& text) {
    trace = read_trace(folder.write("t.csv", text), 8, diagnostics);
    said = folder.without_path(render_all(diagnostics));
  }
};

const std::string header = "id,source,destination,flits,delay,after\n";

TEST_CASE("a trace: messages with names, work before them and those that they wait for") {
  const Read read{
      "# two loads, then a sum\n" + header +
      "load-a,0,5,16,,\n  load-b , 1 , 5 , 16 , 0 ,\nsum,5,2,4,120,load-a load-b # adds up\nend,2,0,1\n"};
  INFO(read.said);
  REQUIRE(read.trace);
  CHECK(read.said.empty());
  const auto& messages = read.trace->messages.messages;
  REQUIRE(messages.size() == 4);
  CHECK(read.trace->names == std::vector<std::string>{"load-a", "load-b", "sum", "end"});
  CHECK(messages[1].source == 1);
  CHECK(messages[2].flits == 4);
  CHECK(messages[2].delay == 120);
  CHECK(messages[2].after == std::vector<std::uint32_t>{0, 1});
  CHECK(messages[3].after.empty());
}

TEST_CASE("a message may wait for one that stands further down") {
  const Read read{header + "b,0,1,1,0,a\na,2,0,1,0,\n"};
  REQUIRE(read.trace);
  CHECK(read.trace->messages.messages[0].after == std::vector<std::uint32_t>{1});
}

TEST_CASE("what is wrong with a trace is said, with the place") {
  const auto [text, message] = GENERATE(table<std::string, std::string>({
      {"", "t.csv: error: there are no messages in it"},
      {header, "t.csv: error: there are no messages in it"},
      {"a,0,1,1\n", "t.csv:1:1: error: the first line must name the columns"},
      {header + "a,0,1\n", "t.csv:2:1: error: a message has 4 to 6 columns, not 3"},
      {header + "a,0,8,1,0,\n",
       "t.csv:2:5: error: 'destination' must be a whole number from 0 to 7, not '8'"},
      {header + "a,-1,0,1,0,\n", "t.csv:2:3: error: 'source' must be a whole number from 0 to 7, not '-1'"},
      {header + "a,0,1,0,0,\n", "t.csv:2:7: error: 'flits' must be a whole number from 1"},
      {header + "a,0,1,1,1.5,\n", "t.csv:2:9: error: 'delay' must be a whole number from 0"},
      {header + "a,0,1,1,0,\na,0,1,1,0,\n",
       "t.csv:3:1: error: the message 'a' stands twice, first in line 2"},
      {header + "a b,0,1,1,0,\n", "t.csv:2:1: error: a message needs a name without blanks"},
      {header + "load,0,1,1,0,\nsum,1,0,1,0,laod\n",
       "t.csv:3:13: error: there is no message 'laod' to wait for"},
      {header + "load,0,1,1,0,\nsum,1,0,1,0,laod\n", "did you mean 'load'?"},
      {header + "a,0,1,1,0,a\n",
       "t.csv:2:1: error: messages wait for each other in a circle: 'a' waits for 'a'"},
      {header + "x,0,1,1,0,c\na,0,1,1,0,b\nb,0,1,1,0,c\nc,0,1,1,0,a\n",
       "in a circle: 'c' waits for 'a' waits for 'b' waits for 'c'"},
  }));
  const Read read{text};
  INFO(text);
  CHECK_FALSE(read.trace);
  CHECK_THAT(read.said, Catch::Contains(message));
}

TEST_CASE("a circle is one: each waits for the next") {
  Messages messages;
  for (std::uint32_t i = 0; i < 50; ++i) messages.messages.push_back({.after = {(i * 7 + 1) % 50, i / 2}});
  const auto round = circle(messages);
  REQUIRE_FALSE(round.empty());
  for (std::size_t i = 0; i < round.size(); ++i) {
    const auto& after = messages.messages[round[i]].after;
    CHECK(std::ranges::find(after, round[(i + 1) % round.size()]) != after.end());
  }
  for (auto& m : messages.messages) m.after.clear();
  for (std::uint32_t i = 1; i < 50; ++i) messages.messages[i].after = {i - 1};
  CHECK(circle(messages).empty());
}

}  // namespace
}  // namespace marquetry::traffic
