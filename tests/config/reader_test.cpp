#include <catch2/catch.hpp>

#include "config/limit.h"
#include "config/parse.h"
#include "config/sourced_reader.h"
#include "units/units.h"

using namespace marquetry;

namespace {

struct Die {
  std::string node{}, kind{}, note{};
  std::vector<std::string> regions{};
  bool euv{};
  Sourced<dimension::area> area{};
  Sourced<dimension::none> share{};
  Sourced<dimension::temperature> limit{};
  MaybeSourced<dimension::money> price{};
};

Die read_die(const std::string& text, Diagnostics& diagnostics) {
  Die die;
  const auto root = parse_text(text, "die.toml", diagnostics);
  if (!root) return die;
  RowReader reader{*root, "die 'x'", "x", {read_source_defaults(*root, diagnostics)}, diagnostics};
  reader.text("node", die.node);
  reader.choice("kind", die.kind, {"compute", "io"});
  reader.text_if("note", die.note);
  reader.texts("regions", die.regions);
  reader.flag("euv", die.euv);
  reader.required("area", die.area, "of one die");
  reader.number_if("share", die.share, "");
  reader.number_if("limit", die.limit, "");
  reader.optional("price", die.price, "");
  reader.reject_unknown_estimates();
  reader.reject_unknown_keys();
  return die;
}

const std::string head = "node = 'n7'\nkind = 'io'\nregions = ['tw']\nsource = 'S'\n";

// All complaints about such a die as a user sees them.
std::string complaints(const std::string& text) {
  Diagnostics diagnostics;
  read_die(text, diagnostics);
  return render_all(diagnostics);
}

}  // namespace

TEST_CASE("a good table is read without complaint") {
  Diagnostics diagnostics;
  const auto die = read_die(head +
                                "euv = true\nnote = 'ä'\nshare = '65 %'\nlimit = '95 degC'\n"
                                "area = { low = '60 mm2', value = '64 mm2', high = '70 mm2', group = 'g' }\n",
                            diagnostics);
  CHECK(render_all(diagnostics).empty());
  CHECK(die.node == "n7");
  CHECK(die.euv);
  CHECK(die.regions == std::vector<std::string>{"tw"});
  CHECK(die.area.low == Approx(60e-6));
  CHECK(die.area.typ == Approx(64e-6));
  CHECK(die.area.high == Approx(70e-6));
  CHECK(die.area.origin.name == "x.area");
  CHECK(die.area.origin.source == "S");
  CHECK(die.area.origin.group == "g");
  CHECK(die.share.typ == Approx(0.65));
  CHECK(die.limit.typ == Approx(368.15));
  CHECK_FALSE(die.price.known);
}

TEST_CASE("a wrong dimension is named, with place and caret") {
  CHECK(complaints(head + "area = '64 mm'\n") ==
        "die.toml:5:8: error: 'area' must be an area, but \"64 mm\" is a length\n"
        "    area = '64 mm'\n"
        "           ^\n"
        "  hint: write an area as text with its unit, for example \"64 mm2\"\n");
}

TEST_CASE("a misspelt key is reported with the nearest one") {
  CHECK(complaints(head + "area = '1 mm2'\nprize = '1 USD'\n") ==
        "die.toml:6:1: error: die 'x': unknown key 'prize'\n"
        "    prize = '1 USD'\n"
        "    ^\n"
        "  hint: did you mean 'price'?\n");
}

TEST_CASE("every complaint is reported in one run") {
  CHECK(complaints("kind = 'cpu'\nregions = 'tw'\neuv = 1\narea = 64\nsource = 'S'\nlimit = '-300 degC'\n"
                   "share = -1\nprice = '3 UDS'\n") ==
        "die.toml:1:1: error: die 'x': missing key 'node'\n"
        "    kind = 'cpu'\n"
        "    ^\n"
        "die.toml:1:8: error: 'kind' cannot be \"cpu\"\n"
        "    kind = 'cpu'\n"
        "           ^\n"
        "  hint: known: compute, io\n"
        "die.toml:2:11: error: 'regions' must be a list of texts, but it is a text\n"
        "    regions = 'tw'\n"
        "              ^\n"
        "die.toml:3:7: error: 'euv' must be true or false, but it is a number\n"
        "    euv = 1\n"
        "          ^\n"
        "die.toml:4:8: error: 'area' must be an area, but 64 is a plain number\n"
        "    area = 64\n"
        "           ^\n"
        "  hint: write an area as text with its unit, for example \"64 mm2\"\n"
        "die.toml:6:9: error: 'limit' is \"-300 degC\", but it must not be below absolute zero\n"
        "    limit = '-300 degC'\n"
        "            ^\n"
        "die.toml:7:9: error: 'share' is -1, but it must not be negative\n"
        "    share = -1\n"
        "            ^\n"
        "die.toml:8:9: error: 'price': 'UDS' in \"3 UDS\" is not a known unit\n"
        "    price = '3 UDS'\n"
        "            ^\n"
        "  hint: did you mean 'USD'?\n");
}

TEST_CASE("numbers that cannot be are refused") {
  const auto [line, message] = GENERATE(table<const char*, const char*>({
      {"area = '-64 mm2'", "'area' is \"-64 mm2\", but it must not be negative"},
      {"area = 'much'", "'area': \"much\" is not a number with a unit"},
      {"area = true", "'area' must be an area, but it is true or false"},
      {"area = '1 mm2'\nshare = nan", "'share' is nan, but it must be finite"},
      {"area = '1 mm2'\nshare = inf", "'share' is inf, but it must be finite"},
      {"area = '1 mm2'\nshare = 2020-01-01", "'share' must be a plain number, but it is a date or time"},
      {"area = { low = '2 mm2', value = '1 mm2' }",
       "'area' must have low <= typ <= high, but they are 2 mm2, 1 mm2 and 1 mm2"},
      {"area = { low = '2 mm2' }", "'area' has no 'value'"},
      {"area = { value = '2 mm2', typ = '2 mm2' }", "'area' has both 'value' and 'typ'"},
      {"area = { value = '2 mm2', hihg = '2 mm2' }", "'area': unknown key 'hihg'"},
      {"area = { value = '2 mm2', readings = [3] }", "a reading must be { value = ..., source = \"...\" }"},
      {"area = { value = '2 mm2', readings = [{ value = '1 mm2' }] }",
       "reading of 'area': missing key 'source'"},
      {"area = '1 mm2'\nestimates = ['aera']", "die 'x': 'estimates' names 'aera', which is no number of it"},
  }));
  CAPTURE(line);
  CHECK_THAT(complaints(head + line + "\n"),
             Catch::Matchers::Contains(std::string{": error: "} + message + "\n"));
}

TEST_CASE("a missing number says what it is and how to write it") {
  CHECK(complaints(head) ==
        "die.toml:1:1: error: die 'x': missing key 'area' (of one die)\n"
        "    node = 'n7'\n"
        "    ^\n"
        "  hint: for example area = \"64 mm2\"\n");
}

TEST_CASE("a number needs a source: its own, a reading's, or its table's") {
  CHECK(complaints("node = 'n7'\nkind = 'io'\nregions = ['tw']\narea = '64 mm2'\n") ==
        "die.toml:4:8: error: 'x.area' has no source\n"
        "    area = '64 mm2'\n"
        "           ^\n"
        "  hint: write { value = \"64 mm2\", source = \"...\" }, or give its table a 'source'\n");
  const auto source_of = [](const std::string& area) {
    Diagnostics diagnostics;
    const auto die = read_die(head + "area = " + area + "\n", diagnostics);
    CHECK(diagnostics.ok());
    return die.area.origin.source;
  };
  const std::string readings =
      "readings = [{ value = '1 mm2', source = 'A' }, { value = '3 mm2', source = 'B' }]";
  CHECK(source_of("'64 mm2'") == "S");
  CHECK(source_of("{ value = '3 mm2', source = 'own', " + readings + " }") == "own");
  CHECK(source_of("{ value = '3 mm2', " + readings + " }") == "B");
  CHECK(source_of("{ value = '2 mm2', " + readings + " }") == "S");
}

TEST_CASE("readings that disagree are the range, unless a range is given") {
  Diagnostics diagnostics;
  const std::string readings =
      "readings = [{ value = '1 mm2', source = 'A' }, { value = '3 mm2', source = 'B' }]";
  const auto wide = read_die(head + "area = { value = '2 mm2', " + readings + " }\n", diagnostics);
  CHECK(wide.area.low == Approx(1e-6));
  CHECK(wide.area.high == Approx(3e-6));
  CHECK(wide.area.origin.readings.size() == 2);
  const auto given =
      read_die(head + "area = { value = '2 mm2', low = '2 mm2', " + readings + " }\n", diagnostics);
  CHECK(given.area.low == Approx(2e-6));
  CHECK(diagnostics.ok());
}

TEST_CASE("a number may say its group and how it is distributed") {
  Diagnostics diagnostics;
  const auto die = read_die(
      head +
          "area = { value = '2 mm2', high = '9 mm2', source = 'A', group = 'g', distribution = 'normal' }\n",
      diagnostics);
  CHECK(diagnostics.ok());
  CHECK(die.area.origin.group == "g");
  CHECK(die.area.origin.distribution == "normal");
  read_die(head + "area = { value = '2 mm2', source = 'A', distribution = 'gauss' }\n", diagnostics);
  CHECK_FALSE(diagnostics.ok());
}

TEST_CASE("estimates are marked, one by one or by their table") {
  Diagnostics diagnostics;
  const auto die =
      read_die(head +
                   "estimates = ['area']\narea = '1 mm2'\nshare = { value = 1, estimate = true }\n"
                   "price = '1 USD'\n",
               diagnostics);
  CHECK(diagnostics.ok());
  CHECK(die.area.origin.estimate);
  CHECK(die.share.origin.estimate);
  CHECK_FALSE(die.price.origin.estimate);
}

TEST_CASE("text that is no TOML is one complaint where it breaks") {
  Diagnostics diagnostics;
  CHECK_FALSE(parse_text("a = 1\nb = = 2\n", "a.toml", diagnostics));
  REQUIRE(diagnostics.all().size() == 1);
  CHECK(diagnostics.all()[0].where.line == 2);
  CHECK_THAT(diagnostics.all()[0].message, Catch::Matchers::StartsWith("is no TOML here: "));
  const std::string deep(100'000, '[');
  CHECK_FALSE(parse_text("a = " + deep, "a.toml", diagnostics));
  CHECK_FALSE(parse_text("a = 1\na = 2\n", "a.toml", diagnostics));
}

TEST_CASE("tables keep the order of the file") {
  Diagnostics diagnostics;
  const auto root = parse_text("z = 1\n[c]\nb = 1\na = 2\n[a]\n[c.d]\n", "a.toml", diagnostics);
  REQUIRE(root);
  std::string keys;
  for (const auto& item : root->items) keys += item.key;
  for (const auto& item : find(*root, "c")->items) keys += item.key;
  CHECK(keys == "zcabad");
}

TEST_CASE("only the known format is read") {
  const auto [text, expected] = GENERATE(table<const char*, const char*>({
      {"format = 1\n", ""},
      {"a = 1\n", "f: error: missing key 'format'\n  hint: begin the file with the line: format = 1\n"},
      {"format = 2\n",
       "f:1:10: error: format is 2, but this program reads format 1\n    format = 2\n             ^\n"},
      {"format = '1'\n",
       "f:1:10: error: format is \"1\", but this program reads format 1\n    format = '1'\n             ^\n"},
  }));
  Diagnostics diagnostics;
  check_format(*parse_text(text, "f", diagnostics), diagnostics);
  CHECK(render_all(diagnostics) == expected);
}

TEST_CASE("a limit is in the unit that its figure names, or in its own") {
  const auto [path, value, si] = GENERATE(table<const char*, const char*, double>({
      {"power.total_w", "700", 700},
      {"power.total_w", "'0.7 kW'", 700},
      {"cost.unit_usd", "1e4", 1e4},
      {"area.package_mm2", "6000", 6e-3},
      {"area.dies_mm2.compute", "800", 8e-4},
      {"thermal.peak_c", "95", 368.15},
      {"thermal.dies_c.ccd[3]", "'95 degC'", 368.15},
      {"network.latency_ns", "'0.1 us'", 1e-7},
      {"network.bisection_gbit_s", "8", 8e9},
      {"carbon.embodied_kg", "100", 100},
      {"performance.decode.value", "1000", 1000},
      {"performance.gemm.value", "'100 TFLOP/s'", 100},
      {"memory.capacity_gbyte", "200", 200 * 8e9},
      {"memory.bandwidth_gbyte_s", "'4.8 TB/s'", 4800 * 8e9},
      {"compute.peak_fp16_tflops", "500", 5e14},
      {"supply.time_to_market_weeks", "50", 50 * 7 * 86400},
      {"supply.tpp", "4800", 4800},
  }));
  CAPTURE(path, value);
  Diagnostics diagnostics;
  const auto root = parse_text("x = " + std::string{value} + "\n", "f", diagnostics);
  const auto limit = read_limit(root->items[0], path, diagnostics);
  REQUIRE(limit);
  CHECK(limit->si == Approx(si));
}

TEST_CASE("a limit of another dimension is refused") {
  Diagnostics diagnostics;
  const auto root = parse_text("x = '700 USD'\n", "f", diagnostics);
  CHECK_FALSE(read_limit(root->items[0], "power.total_w", diagnostics));
  CHECK(render_all(diagnostics) ==
        "f:1:5: error: 'power.total_w' must be a power, but \"700 USD\" is an amount of money\n"
        "    x = '700 USD'\n"
        "        ^\n"
        "  hint: write a power as text with its unit, for example \"700 W\"\n");
}

TEST_CASE("whole numbers that no double holds exactly are read as the nearest one") {
  Diagnostics diagnostics;
  const auto root =
      parse_text("a = 1000000000000000001\nb = 9_007_199_254_740_993\nc = -7\n", "n.toml", diagnostics);
  REQUIRE(root);
  Reader reader{*root, "", diagnostics};
  CHECK(reader.find("a")->number == 1e18);
  CHECK(reader.find("b")->number == 9007199254740992.0);
  CHECK(reader.find("c")->number == -7);
}

TEST_CASE("hostile TOML: what would exhaust stack or memory is refused, however it is written") {
  const auto said = [](const std::string& text) {
    Diagnostics diagnostics;
    CHECK_FALSE(parse_text(text, "a.toml", diagnostics));
    REQUIRE(diagnostics.all().size() == 1);
    return render(diagnostics.all().front());
  };
  const auto repeated = [](const std::string& text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += text;
    return out;
  };
  const std::string parts = "a.toml:1:60: error: a key of more than 30 parts\n";
  CHECK(said(repeated("a.", 1'000'000) + "a = 1") == parts);
  CHECK(said("[" + repeated("a.", 40) + "a]") == "a.toml:1:61: error: a key of more than 30 parts\n");
  CHECK(said("x = '#'\n" + repeated("'='.", 40) + "a = 1") ==
        "a.toml:2:120: error: a key of more than 30 parts\n");
  CHECK(said("x = \"\"\"\"\\\"\"\"\"\n" + repeated("a.", 40) + "a = 1") ==
        "a.toml:2:60: error: a key of more than 30 parts\n");
  CHECK(said("a = " + repeated("{" + repeated("a.", 9) + "a = ", 12) + "1" + repeated("}", 12)) ==
        "a.toml: error: is nested more than 100 deep\n");
  CHECK(said("a = " + repeated("[", 100'000)).find("is no TOML here") != std::string::npos);
  CHECK(said("a = [" + repeated("1,", 2'000'001) + "]") == "a.toml: error: holds more than 2000000 values\n");
}

TEST_CASE("many dots that are no key are fine") {
  Diagnostics diagnostics;
  const std::string dots(100, '.');
  const auto root = parse_text("# " + dots + "\na = \"" + dots + "\" # " + dots + "\nb = '''" + dots + "\n" +
                                   dots + "'''\nc = [1.0, 2.0]\n",
                               "a.toml", diagnostics);
  INFO(render_all(diagnostics));
  CHECK(root);
}
