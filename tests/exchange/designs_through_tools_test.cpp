// Designs of ours, placed and exported by the program, before the tools that others will use.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "exchange/bump_csv/columns.h"
#include "support/folder.h"
#include "support/program.h"
#include "support/tool.h"

namespace marquetry {

using nlohmann::json;
using test::Folder;

namespace {

json exported(const std::string& format, const std::string& design, const std::filesystem::path& file) {
  const auto ran =
      test::run_program("export " + format + " " + design + " -o '" + file.string() + "' --json");
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  return json::parse(ran.out);
}

// Twice the middles of boxes "LAYER left bottom right top" on layers that `takes` takes, in units, sorted.
template <class Takes>
std::vector<std::pair<long, long>> middles(const std::filesystem::path& dump, Takes takes) {
  std::istringstream lines{test::text_of(dump)};
  std::vector<std::pair<long, long>> out;
  std::string layer;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words{line};
    long left = 0, bottom = 0, right = 0, top = 0;
    if (words >> layer >> left >> bottom >> right >> top && takes(layer))
      out.emplace_back(left + right, bottom + top);
  }
  std::ranges::sort(out);
  return out;
}

// The same of a table of bumps at 1000 units a micrometre.
std::vector<std::pair<long, long>> middles_of_table(const std::filesystem::path& table) {
  std::istringstream lines{test::text_of(table)};
  std::vector<std::pair<long, long>> out;
  std::vector<std::string> fields;
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    REQUIRE(exchange::split_line(line, fields));
    out.emplace_back(std::lround(2000 * std::stod(fields.at(exchange::x_um))),
                     std::lround(2000 * std::stod(fields.at(exchange::y_um))));
  }
  std::ranges::sort(out);
  return out;
}

// Shapes by layer.
std::map<std::string, long> counts(const std::filesystem::path& dump) {
  std::istringstream lines{test::text_of(dump)};
  std::map<std::string, long> out;
  std::string layer;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words{line};
    long count = 0;
    if (words >> layer >> count) out[layer] = count;
  }
  return out;
}

}  // namespace

TEST_CASE("Icarus Verilog and Yosys take the netlists of our designs") {
  if (!test::has_tool("iverilog") || !test::has_tool("yosys")) return;
  for (const std::string design :
       {"designs/epyc-rome.toml", "designs/ascend-910.toml", "designs/products/tpu-v4.toml"}) {
    INFO(design);
    const Folder folder;
    const auto said = exported("verilog", design, folder.path() / "p.v");
    CHECK(said["nets"] > 300);
    const auto icarus = test::run_tool("iverilog -t null -Wall p.v", folder.path());
    CHECK(icarus.status == 0);
    CHECK(icarus.out + icarus.err == "");
    auto top = said["package"].get<std::string>();
    if (design == "designs/products/tpu-v4.toml") top += "_package";  // a die has its name
    const auto yosys = test::run_tool(
        "yosys -q -p 'read_verilog p.v; hierarchy -check -top " + top + "; check -assert'", folder.path());
    CHECK(yosys.status == 0);
    CHECK(yosys.out + yosys.err == "");
  }
}

TEST_CASE(
    "KLayout finds every bump of our designs where the table of bumps has it, in GDSII and in LEF and DEF") {
  if (!test::has_tool("klayout")) return;
  for (const std::string design : {"designs/epyc-rome.toml", "designs/products/ryzen-3900x.toml"}) {
    INFO(design);
    const Folder folder;
    const auto said = exported("bump-csv", design, folder.path() / "p.csv");
    exported("gdsii", design, folder.path() / "p.gds");
    exported("lefdef", design, folder.path() / "p.def");
    const auto expected = middles_of_table(folder.path() / "p.csv");
    CHECK(expected.size() == said["bumps"].get<std::size_t>());
    const auto gds = test::run_klayout("-rd in=p.gds -rd boxes=gds.txt", folder.path());
    INFO(gds.err);
    REQUIRE(gds.status == 0);
    const auto is_bump = [](const std::string& layer) {
      return layer.starts_with("2") && layer.ends_with("/0") && layer.size() == 4;
    };
    CHECK((middles(folder.path() / "gds.txt", is_bump) == expected));
    const auto def =
        test::run_klayout("-rd in=p.def -rd lef=p.lef -rd dbu=0.001 -rd boxes=def.txt", folder.path());
    INFO(def.err);
    REQUIRE(def.status == 0);
    // KLayout has pins as datatype 2.
    const auto is_pin = [](const std::string& layer) { return layer.ends_with("/2"); };
    CHECK((middles(folder.path() / "def.txt", is_pin) == expected));
  }
}

TEST_CASE("KLayout counts the bumps of an interposer and of its dies, a million and more") {
  if (!test::has_tool("klayout")) return;
  const std::string design = "designs/ascend-910.toml";
  const Folder folder;
  const auto said = exported("gdsii", design, folder.path() / "p.gds");
  exported("lefdef", design, folder.path() / "p.def");
  const auto gds = test::run_klayout("-rd in=p.gds -rd counts=gds.txt", folder.path());
  INFO(gds.err);
  REQUIRE(gds.status == 0);
  auto shapes = counts(folder.path() / "gds.txt");
  CHECK(shapes["20/0"] + shapes["21/0"] == said["bumps"].get<long>());
  CHECK(shapes["1/0"] + shapes["2/0"] + shapes["4/0"] == said["instances"].get<long>());
  CHECK(shapes["2/0"] == 1);  // the interposer
  const auto def =
      test::run_klayout("-rd in=p.def -rd lef=p.lef -rd dbu=0.001 -rd counts=def.txt", folder.path());
  INFO(def.err);
  REQUIRE(def.status == 0);
  long pins = 0;
  for (const auto& [layer, count] : counts(folder.path() / "def.txt"))
    pins += layer.ends_with("/2") ? count : 0;
  // All but those of the substrate below.
  CHECK(pins < said["bumps"].get<long>());
  CHECK(pins > said["bumps"].get<long>() * 9 / 10);
}

}  // namespace marquetry
