#include <catch2/catch.hpp>

#include <cmath>

#include "support/property.h"
#include "units/names.h"
#include "units/text.h"

using namespace marquetry;

TEST_CASE("quantities are read with their unit") {
  const auto [text, si, dimension] = GENERATE(table<const char*, double, Dimension>({
      {"64 mm2", 64e-6, Dimension{.length = 2}},
      {"64mm2", 64e-6, Dimension{.length = 2}},
      {" 64 mm^2 ", 64e-6, Dimension{.length = 2}},
      {"0.5 pJ/bit", 0.5e-12, Dimension{.energy = 1, .information = -1}},
      {"2 W/m/K", 2, Dimension{.length = -1, .time = -1, .energy = 1, .temperature = -1}},
      {"12 K*mm2/W", 12e-6, Dimension{.length = 2, .time = 1, .energy = -1, .temperature = 1}},
      {"0.1 /cm2", 1e3, Dimension{.length = -2}},
      {"96.3 MTr/mm2", 96.3e12, Dimension{.length = -2}},
      {"3 GB/s", 24e9, Dimension{.time = -1, .information = 1}},
      {"989 TFLOP/s", 989e12, Dimension{.time = -1}},
      {"1.5 kgCO2", 1.5, Dimension{.carbon = 1}},
      {"7 ps/mm", 7e-9, Dimension{.length = -1, .time = 1}},
      {"85 degC", 358.15, Dimension{.temperature = 1}},
      {"-5 degC", 268.15, Dimension{.temperature = 1}},
      {"65 %", 0.65, Dimension{}},
      {"2.6 ppm/K", 2.6e-6, Dimension{.temperature = -1}},
      {"12 weeks", 12 * 604800, Dimension{.time = 1}},
      {"298 MUSD", 298e6, Dimension{.money = 1}},
      {"7", 7, Dimension{}},
  }));
  CAPTURE(text);
  const auto parsed = parse_quantity(text);
  REQUIRE(parsed);
  CHECK(parsed->si == Approx(si));
  CHECK(parsed->dimension == dimension);
}

TEST_CASE("what is not a quantity is refused") {
  const auto* text = GENERATE("", "mm", "64 furlong", "64 mm2 mm", "64 mm/", "64 mmx", "1e3 /", "64 // s",
                              "nan", "inf W", "1e999", "1e300 m9*m9*GB9", "3 m99999999999", "3 m10",
                              "85 degC/W", "1 /degC", "tsmc-n7", "$clock", "1,5 mm", "--1");
  CAPTURE(text);
  CHECK_FALSE(parse_quantity(text));
}

TEST_CASE("the word that is no unit is found") {
  CHECK(unknown_unit("64 furlong") == "furlong");
  CHECK(unknown_unit("3 GB/fortnight") == "fortnight");
  CHECK(unknown_unit("64 mm2").empty());
  CHECK(unknown_unit("tsmc-n7").empty());
  CHECK(unknown_unit("64 mm2 mm") == "mm");
}

TEST_CASE("quantities are printed in the unit that a reader expects") {
  const auto [text, printed] = GENERATE(table<const char*, const char*>({
      {"0.00055 mm", "550 nm"},
      {"55 um", "55 um"},
      {"300 mm", "300 mm"},
      {"858 mm2", "858 mm2"},
      {"10000 mm2", "10000 mm2"},
      {"0.12 /cm2", "0.12 /cm2"},
      {"400 /mm2", "400 /mm2"},
      {"96.3 MTr/mm2", "96.3 MTr/mm2"},
      {"1.41 GHz", "1.41 GHz"},
      {"999.9 MHz", "1 GHz"},
      {"989 TFLOP/s", "989 TFLOP/s"},
      {"0.25 pJ/bit", "0.25 pJ/bit"},
      {"16 Gbit/s", "16 Gbit/s"},
      {"819.2 GB/s", "819 GB/s"},
      {"4.8 TB/s", "4.8 TB/s"},
      {"700 W", "700 W"},
      {"9346 USD", "9350 USD"},
      {"298e6 USD", "298 MUSD"},
      {"16 GB", "16 GB"},
      {"358.15 K", "85 degC"},
      {"12 K", "12 K"},
      {"12 weeks", "12 weeks"},
      {"0.05 K/W", "0.05 K/W"},
      {"80 GTr", "80e9"},
      {"0.7", "0.7"},
      {"500 gCO2/kWh", "500 gCO2/kWh"},
      {"0 W", "0 W"},
      {"0 mm2", "0 mm2"},
      {"3 m2*s2", "3 m2*s2"},
  }));
  CAPTURE(text);
  const auto parsed = parse_quantity(text);
  REQUIRE(parsed);
  CHECK(print_quantity(parsed->si, parsed->dimension) == printed);
}

TEST_CASE("what is printed reads back within its digits, for every unit and magnitude") {
  const auto units = unit_names();
  test::check_property([&] {
    const auto& unit = units[*rc::gen::inRange<std::size_t>(0, units.size())];
    const auto& below = units[*rc::gen::inRange<std::size_t>(0, units.size())];
    const int digits = *rc::gen::inRange(2, 9);
    const double mantissa = *rc::gen::inRange(1, 1'000'000) * 1e-3;
    const double si = mantissa * std::pow(10, *rc::gen::inRange(-9, 9)) * unit.si / below.si;
    const auto dimension = unit.dimension + below.dimension * (*rc::gen::inRange(-2, 2));
    const auto text = print_quantity(si, dimension, digits);
    const auto parsed = parse_quantity(text);
    RC_ASSERT(parsed.has_value());
    RC_ASSERT(parsed->dimension == dimension);
    const double allowed = 0.51 * std::pow(10, 1 - digits) * std::abs(si) + 1e-9 * std::abs(si);
    RC_ASSERT(std::abs(parsed->si - si) <= allowed);
  });
}

TEST_CASE("every dimension's example is of that dimension, and its print units can be read") {
  for (const auto& name : unit_names()) {
    CAPTURE(std::string{name.symbol});
    const auto parsed = parse_quantity("1 " + std::string{name.symbol});
    REQUIRE(parsed);
    CHECK(parsed->si == name.si);
    CHECK(parsed->dimension == name.dimension);
    const auto shown = parse_quantity(example(name.dimension));
    REQUIRE(shown);
    CHECK(shown->dimension == name.dimension);
    for (const auto& print : find_dimension(name.dimension)->print) {
      CHECK(parse_quantity("1 " + std::string{print.text})->dimension == name.dimension);
    }
  }
  CHECK(describe(Dimension{.length = 1}) == "a length");
  CHECK(describe(Dimension{.length = 3, .time = -1}) == "a quantity in m3*s-1");
  CHECK(example(Dimension{.length = 3}) == "1 m3");
}
