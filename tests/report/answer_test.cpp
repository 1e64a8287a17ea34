// Lines of the answer of an exploration.
#include <catch2/catch.hpp>
#include <sstream>

#include "report/answer_words.h"

using namespace marquetry;

TEST_CASE("a line is not broken within a number, nor between a number and its unit") {
  const std::string text =
      "  To match one takes 1.23 such packages (2 whole): 6 544 USD to make (likely 5 785 .. 12 050 USD), "
      "848 W, "
      "74 %.";
  for (std::size_t width = 20; width < 120; ++width) {
    CAPTURE(width);
    std::istringstream lines{report::wrapped(text, "  ", width)};
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
