// Lines for a terminal.
#include "base/wrap.h"

#include <catch2/catch.hpp>
#include <sstream>

using marquetry::wrapped;

TEST_CASE("lines break between words, and the later ones are indented") {
  CHECK(wrapped("  one two three four", "    ", 10) == "  one two\n    three\n    four\n");
  CHECK(wrapped("short") == "short\n");
  CHECK(wrapped("a-word-longer-than-the-line more", "", 10) == "a-word-longer-than-the-line\nmore\n");
}

TEST_CASE("columns at the head of a line keep their blanks") {
  CHECK(wrapped("  --out DIR  write it there", "             ", 22) ==
        "  --out DIR  write it\n             there\n");
}

TEST_CASE("a number stays with its groups and its unit, a name with its value") {
  CHECK(wrapped("it costs 4 316 USD", "", 12) == "it costs\n4 316 USD\n");
  CHECK(wrapped("all of 12 %", "", 9) == "all of\n12 %\n");
  CHECK(wrapped("with cores = 24", "", 12) == "with\ncores = 24\n");
  CHECK(wrapped("it has 4 dies", "", 10) == "it has 4\ndies\n");
}

TEST_CASE("a line is not broken within a number, nor between a number and its unit") {
  const std::string text =
      "  To match one takes 1.23 such packages (2 whole): 6 544 USD to make (likely 5 785 .. 12 050 USD), "
      "848 W, "
      "74 %.";
  for (std::size_t width = 20; width < 120; ++width) {
    CAPTURE(width);
    std::istringstream lines{wrapped(text, "  ", width)};
    std::string joined;
    for (std::string line; std::getline(lines, line);) {
      CHECK(line.size() <= width);
      const auto word = line.substr(2, line.find_first_of(" ,.;", 2) - 2);
      CHECK(word != "USD");
      CHECK(word != "W");
      CHECK(word != "%");
      CHECK(word != "544");
      CHECK(word != "785");
      CHECK(word != "050");
      joined += (joined.empty() ? "" : " ") + line.substr(2);
    }
    CHECK(joined == text.substr(2));
  }
}
