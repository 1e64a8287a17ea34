#include <catch2/catch.hpp>

#include "support/small_design.h"
#include "support/small_library.h"

using namespace marquetry;
using marquetry::test::load_text;
using marquetry::test::small_design_text;
using marquetry::test::small_library;

namespace {

struct Setting {
  bool ok{};
  std::string messages{};
  std::string domains{};  // "n7;n28; 16;20;24; ..."
};

Setting set(const std::vector<std::string>& assignments) {
  auto design = load_text(small_design_text()).design.value();
  Diagnostics diagnostics;
  Setting result{.ok = set_variables(design, assignments, small_library(), diagnostics)};
  result.messages = render_all(diagnostics);
  for (const auto& variable : design.variables) {
    for (const auto& value : variable.domain) result.domains += value.text + ";";
    result.domains += " ";
  }
  return result;
}

}  // namespace

TEST_CASE("variables are set to a value of their domain, by text or by equal number") {
  const auto result = set({"node=n28", "cores=16.0", " clock = 1200 MHz", "format=fp8"});
  CHECK(result.messages.empty());
  CHECK(result.ok);
  CHECK(result.domains == "n28; 16; 4;8;12;16; 1.2 GHz; fp8; ");
}

TEST_CASE("values of the same kind outside the domain are taken") {
  const auto result = set({"cores=40", "clock=900 MHz", "format=fp32"});
  CHECK(result.messages.empty());
  CHECK(result.domains == "n7;n28; 40; 4;8;12;16; 900 MHz; fp32; ");
}

TEST_CASE("values of another kind are refused, and nothing is set") {
  const auto [assignment, message] = GENERATE(table<const char*, const char*>({
      {"corse=16", "--set: error: the design has no variable 'corse'\n  hint: did you mean 'cores'?\n"},
      {"cores", "--set: error: 'cores' sets nothing\n  hint: write VAR=VALUE, for example cores=16\n"},
      {"cores=2.5",
       "--set: error: variable 'cores' cannot be '2.5': it must be a whole number\n  hint: known: 16, 20, "
       "24\n"},
      {"cores=-1",
       "--set: error: variable 'cores' cannot be '-1': it must be at least 0\n  hint: known: 16, 20, 24\n"},
      {"cores=1e9",
       "--set: error: variable 'cores' cannot be '1e9': it must be at most 1e6\n  hint: known: 16, 20, 24\n"},
      {"cores=",
       "--set: error: variable 'cores' cannot be '': it must be a plain number, for example 0.5\n"
       "  hint: known: 16, 20, 24\n"},
      {"clock=3",
       "--set: error: variable 'clock' cannot be '3': it must be a rate, for example 1.4 GHz\n"
       "  hint: known: 1.0 GHz, 1.2 GHz\n"},
      {"node=n8",
       "--set: error: variable 'node' cannot be 'n8': there is no node of that name\n  hint: did you mean "
       "'n7'?\n"},
      {"format=fp3",
       "--set: error: variable 'format' cannot be 'fp3': there is no precision of that name\n"
       "  hint: did you mean 'fp32'?\n"},
  }));
  CAPTURE(assignment);
  const auto result = set({"node=n7", assignment});
  CHECK_FALSE(result.ok);
  CHECK(result.messages == message);
  CHECK(result.domains == "n7;n28; 16;20;24; 4;8;12;16; 1.0 GHz;1.2 GHz; fp16;fp8; ");
}
