// The TOML form of a stack: what is written reads back to the last bit, and what is wrong is named with its
// place.
#include "stack/load.h"

#include <catch2/catch.hpp>

#include "config/parse.h"
#include "stack/evaluate.h"
#include "support/grid_stack.h"

using namespace marquetry;

namespace {

struct Loaded {
  std::optional<stack::Stack<>> stack{};
  std::string messages{};
};

Loaded load(const std::string& text) {
  Diagnostics diagnostics;
  Loaded loaded;
  if (const auto root = parse_text(text, "a.toml", diagnostics))
    loaded.stack = stack::load_stack(*root, diagnostics);
  loaded.messages = render_all(diagnostics);
  return loaded;
}

std::string deep_text() { return stack::to_toml(test::deep_stack(), "A test."); }

// The text with the first `from` after `anchor` replaced.
std::string changed(std::string text, const std::string& anchor, const std::string& from,
                    const std::string& to) {
  const auto place = text.find(from, text.find(anchor));
  REQUIRE(place != std::string::npos);
  return text.replace(place, from.size(), to);
}

}  // namespace

TEST_CASE("a stack that is written and read is the same, to the last bit") {
  for (auto s : {test::grid_stack(3), test::deep_stack()}) {
    s.layers[1].price = 0.1 + 0.2;  // 17 digits
    s.wafers[0].scribe = 0.13;
    s.links[0].energy = 1.3e-12;
    s.nets[0].count = 3;
    s.assemblies[0].rate = 1.0 / 3;
    const auto text = stack::to_toml(s, "A test.");
    const auto loaded = load(text);
    INFO(loaded.messages);
    REQUIRE(loaded.stack);
    CHECK(stack::to_toml(*loaded.stack, "A test.") == text);
    stack::Workspace<> ours, theirs;
    CHECK(stack::evaluate(*loaded.stack, {}, ours).unit == stack::evaluate(s, {}, theirs).unit);
    CHECK(loaded.stack->layers[1].price == s.layers[1].price);
    CHECK(loaded.stack->links[0].energy == s.links[0].energy);
    CHECK(loaded.stack->links[0].energy_in_joule);
  }
}

TEST_CASE("other units than those it is kept in may be written") {
  const auto loaded = load(changed(deep_text(), "[stack.wafers", "\"300 mm\"", "\"30 cm\""));
  INFO(loaded.messages);
  REQUIRE(loaded.stack);
  CHECK(loaded.stack->wafers[0].diameter == Approx(300));
}

TEST_CASE("what is wrong in a stack is named with its place") {
  const auto [anchor, from, to, message] =
      GENERATE(table<std::string, std::string, std::string, std::string>({
          {"[stack.layers.\"combined_5nm\"]", "stitch_yield = 0.9", "stitch_yield = 0",
           "'stitch_yield' is 0, but it must be above 0 and at most 1"},
          {"[stack.layers.\"combined_5nm\"]", "stitch_yield = 0.9", "stitch_yield = 1.5",
           "'stitch_yield' is 1.5, but it must be above 0 and at most 1"},
          {"[stack.layers.\"combined_5nm\"]", "litho_share = 0.3", "litho_share = 30",
           "'litho_share' is 30, but it must be a share, from 0 to 1"},
          {"[stack.chip]", "quantity = 1000000", "quantity = 0", "'quantity' is 0, but it must be above 0"},
          {"[stack.chip]", "quantity = 1000000", "quantity = 2.5",
           "'quantity' is 2.5, but it must be a whole number"},
          {"[stack.chip]", "layers = [\"combined_interposer_organic\"]", "layers = [\"combined_organic\"]",
           "there is no layer 'combined_organic'"},
          {"[stack.chip]", "layers = [\"combined_interposer_organic\"]", "layers = []",
           "chip 'base' has no layers"},
          {"[stack.chip]", "wafer = \"process_1\"", "wafer = \"proces_1\"",
           "there is no wafer process 'proces_1'"},
          {"[[stack.nets]]", "link = \"UCIe_standard\"", "link = \"UCIe\"", "there is no link 'UCIe'"},
          {"[stack.wafers", "diameter = \"300 mm\"", "diameter = \"0.15 mm\"", "nothing is left"},
          {"[stack.wafers", "reticle_width = \"26 mm\"", "reticle_width = \"160 mm\"",
           "has a reticle field of 160 mm, but it may be at most half the wafer: 150 mm"},
          {"[stack.tests.\"derived\"]", "die_chains = 1", "die_chains = 0",
           "derives the scan length of its die test, but has no chains"},
          {"[stack.layers.\"combined_5nm\"]", "active = true", "active = false",
           "has logic or memory, but none of its layers is active"},
          {"[stack.layers.\"combined_5nm\"]", "price = \"0.25024 USD/mm2\"", "price = 0.25",
           "'price' must be a price per area"},
          {"[stack.chip]", "facing = \"up\"", "facing = \"upward\"", "'facing' cannot be \"upward\""},
          {"[stack.chip]", "core_area", "core_aera", "unknown key 'core_aera'"},
          {"[stack]", "[stack]", "[stack]\nyields = 1", "unknown key 'yields'"},
      }));
  const auto loaded = load(changed(deep_text(), anchor, from, to));
  CAPTURE(to, loaded.messages);
  CHECK_FALSE(loaded.stack);
  const auto line = loaded.messages.find("a.toml:");
  CHECK(line == 0);
  CHECK(loaded.messages.find(": error: ") != std::string::npos);
  CHECK(loaded.messages.find(message) != std::string::npos);
}

TEST_CASE("a file without a stack is no stack") {
  const auto loaded = load("format = 1\nname = \"none\"\n");
  CHECK_FALSE(loaded.stack);
  CHECK(loaded.messages.find("a.toml: error: there is no table [stack]") == 0);
}

TEST_CASE("a stack of passive layers only is refused") {
  auto s = test::grid_stack(2);
  for (auto& chip : s.chips) chip.core_area = 0;
  s.layers[1].active = false;
  const auto loaded = load(stack::to_toml(s, "A test."));
  CHECK_FALSE(loaded.stack);
  CHECK(loaded.messages.find("no chip of the stack has an active layer") != std::string::npos);
}

TEST_CASE("a block of a net that is no chip lies outside, and is named in case it is misspelt") {
  auto s = test::grid_stack(2);
  s.nets[0].from = "chiplet_00";
  const auto loaded = load(stack::to_toml(s, "A test."));
  REQUIRE(loaded.stack);
  CHECK(loaded.messages.find("warning: no chip 'chiplet_00': it is taken to lie outside of the package") !=
        std::string::npos);
  CHECK(loaded.messages.find("did you mean 'chiplet_0'?") != std::string::npos);
}
