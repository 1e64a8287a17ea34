// Tables and families of Chiplet Actuary: files that give results for many systems at once, told apart by
// their header or keys. Their inputs are the program's own constants.
#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <numbers>
#include <sstream>

#include "actuary_system.h"
#include "cost/carrier.h"
#include "cost/nre.h"
#include "support/golden.h"

using namespace marquetry;
using namespace marquetry::unit;
using nlohmann::json;

namespace {

// spec/parameter.ini of Yinxiao-Feng/DAC2022: wafer, defects, NRE of 300 mm2, of which half for modules, 0.3
// for the die by area and 0.2 for the die as such.
test::ActuaryNode node(double wafer_usd, double defects_per_cm2, double nre_usd) {
  return {wafer_usd, defects_per_cm2, 10, 300, nre_usd / 600, 0.3 * nre_usd / 300, 0.2 * nre_usd};
}
const std::map<std::string, test::ActuaryNode> nodes{
    {"3", node(30000, 0.2, 1e9)},    {"5", node(16988, 0.11, 542e6)}, {"7", node(9346, 0.09, 298e6)},
    {"10", node(5992, 0.08, 174e6)}, {"14", node(3984, 0.08, 106e6)}, {"20", node(3677, 0.07, 70e6)},
    {"28", node(2891, 0.07, 51e6)},  {"40", node(2274, 0.07, 38e6)},  {"55", node(1937, 0.07, 28e6)}};
const test::ActuaryNode rdl{1200, 0.05, 3, 300}, silicon{1937, 0.06, 6, 300};
const test::ActuaryPackage interposer{1.1, 0.95, 0.01, 1937, 0.06, 6, 33600, 6.72e6};

struct Table {
  std::vector<std::string> header{};
  std::vector<std::vector<double>> rows{};
  bool has(const std::string& column) const { return std::ranges::find(header, column) != header.end(); }
};

Table table_of(const std::filesystem::path& file) {
  std::ifstream in{file};
  REQUIRE(in);
  const auto cells = [](std::string line) {
    std::erase(line, '\r');
    std::vector<std::string> out;
    std::istringstream words{line};
    for (std::string cell; std::getline(words, cell, ',');) out.push_back(cell);
    return out;
  };
  Table table;
  std::string line;
  std::getline(in, line);
  table.header = cells(line);
  while (std::getline(in, line)) {
    if (line.empty() || line == "\r") continue;
    auto& row = table.rows.emplace_back();
    for (const auto& cell : cells(line)) row.push_back(std::stod(cell));
    REQUIRE(row.size() == table.header.size());
  }
  REQUIRE_FALSE(table.rows.empty());
  return table;
}

// Dies, packaging and how many there are; what the program prints of one.
struct Printed {
  std::map<std::string, double> usd{};  // by the name of a column
  double module_nre{}, chip_nre{}, package_nre{}, recurring{};
};

Printed printed(const System<double>& system) {
  const auto models = test::actuary_models();
  const auto c = test::costed(system, models);
  const auto carrier = cost::carrier_of(system, c.area, models);
  const auto& u = c.unit;
  const auto chips = u.silicon + u.bumps;
  const auto raw = system.packaging.carrier_factor > 0 ? carrier.raw + u.substrate : u.substrate;
  const auto defect = u.recurring - raw - chips - u.bad_dies - u.scrap_dies;
  Printed out;
  out.usd = {{"raw_chips", chips / USD},         {"defect_chips", u.bad_dies / USD},
             {"raw_package", raw / USD},         {"defect_package", defect / USD},
             {"wasted_kgd", u.scrap_dies / USD}, {"packaging", (raw + defect + u.scrap_dies) / USD}};
  out.recurring = u.recurring / USD;
  out.module_nre = cost::modules_nre<double>(system, c.outlines) / USD;
  for (std::size_t d = 0; d < system.dies.size(); ++d)
    out.chip_nre += cost::die_nre(system, d, c.outlines[d]) / USD;
  out.package_nre = cost::package_nre(system, c.area, models.quirks) / USD;
  return out;
}

struct Chiplet {
  test::ActuaryNode node{};
  double module_mm2{}, link_mm2{};

  // All on one die: the module several times, no links.
  Printed whole(double times) const {
    auto die = test::actuary_die("soc", module_mm2 * times, 1, test::actuary_node(node), 1);
    for (int i = 0; i < times; ++i) die.modules.push_back(test::actuary_module(module_mm2, 1));
    return printed(test::actuary_system({die}, test::actuary_organic({}), node));
  }
  // The module and its links on one die that is used several times; blank dies fill the package.
  Printed apart(double times, double blanks, const PackagingParameters<double>& packaging) const {
    const double area = module_mm2 + link_mm2;
    auto die = test::actuary_die("chiplet", area, times, test::actuary_node(node), 1);
    die.modules = {test::actuary_module(module_mm2, 1), test::actuary_module(20, 2)};  // D2D: 20 mm2 of NRE
    std::vector<Die<double>> dies{die};
    if (blanks > 0) dies.push_back(test::actuary_dummy(area, blanks));
    return printed(test::actuary_system(std::move(dies), packaging, node));
  }
};

// Within half of the last printed place; the tie may fall to either side.
void check_printed(double ours, double theirs, double place) {
  CHECK(ours == Approx(theirs).epsilon(0).margin(place / 2 * (1 + 1e-6)));
}

// Cost of a good die by its area over that of the wafer by its area, to three places.
void check_cost_per_area(const Table& table) {
  for (std::size_t column = 2; column < table.header.size(); ++column) {
    const auto& name = table.header[column];
    INFO("column " << name);
    const bool is_node = name.ends_with("nm") && nodes.contains(name.substr(0, name.size() - 2));
    REQUIRE((is_node || name == "rdl" || name == "silicon_interposer"));
    const auto& of = is_node ? nodes.at(name.substr(0, name.size() - 2)) : name == "rdl" ? rdl : silicon;
    for (const auto& row : table.rows) {
      const auto system = test::actuary_system(
          {test::actuary_die("die", row[1], 1, test::actuary_node(of), 1)}, test::actuary_organic({}), of);
      const auto die = test::costed(system, test::actuary_models()).dies[0];
      const double wafer_mm2 = std::numbers::pi * of.diameter_mm * of.diameter_mm / 4;
      INFO(row[1] << " mm2");
      check_printed(die.known_good / USD / row[1] / (of.wafer_usd / wafer_mm2), row[column], 1e-3);
    }
  }
}

// NRE of a unit, a million made, 7 nm: one die of two like modules, or two dies of one, a tenth larger.
void check_two_chiplets(const Table& table) {
  for (const auto& row : table.rows) {
    const double area = row[1], half = area / 2;
    INFO(area << " mm2");
    const Chiplet chiplet{nodes.at("7"), half, 0.1 * half};
    const auto soc = chiplet.whole(2), two = chiplet.apart(2, 0, test::actuary_organic({}));
    const std::array ours{soc.module_nre, soc.chip_nre, soc.package_nre,
                          two.module_nre, two.chip_nre, two.package_nre};
    for (std::size_t i = 0; i < ours.size(); ++i) {
      INFO(table.header[2 + i]);
      check_printed(ours[i] / 1e6, row[2 + i], 0.1);
    }
  }
}

// Members of a family, made of one chiplet so many times.
struct Family {
  Chiplet chiplet{};
  std::vector<double> members{};
  double units{}, uses{}, largest{};

  Family(Chiplet of, std::vector<double> all, double each)
      : chiplet{of}, members{std::move(all)}, units{each}, largest{std::ranges::max(members)} {
    for (const double k : members) uses += k * units;
  }

  // Of a member, NRE a unit: what it shares it pays by use; a package that all use, by units.
  Printed member(const std::string& variant, double k) const {
    const auto organic = test::actuary_organic({}), on_silicon = test::actuary_advanced({}, interposer, 0, 0);
    const bool si = variant.starts_with("si"), reuse = variant.ends_with("_package_reuse");
    auto out = variant == "soc" ? chiplet.whole(k)
                                : chiplet.apart(k, reuse ? largest - k : 0, si ? on_silicon : organic);
    out.module_nre *= k / uses;
    out.chip_nre *= variant == "soc" ? 1 / units : k / uses;
    out.package_nre /= units * (reuse ? static_cast<double>(members.size()) : 1);
    out.usd["module_nre"] = out.module_nre;
    out.usd["chip_nre"] = out.chip_nre;
    out.usd["package_nre"] = out.package_nre;
    return out;
  }
};

// The 7 nm module of 200 mm2 of the paper's fig. 9, relative to its largest member in chiplets.
void check_one_chiplet(const Table& table) {
  std::vector<double> members;
  for (const auto& row : table.rows) members.push_back(row[0]);
  const Family family{{nodes.at("7"), 200, 20}, members, 500'000};
  const double one = family.member("mcm", family.largest).recurring;
  const std::array variants{"mcm_package_reuse", "si_package_reuse", "soc", "mcm", "si"};
  for (const auto& row : table.rows) {
    for (std::size_t column = 1; column < row.size(); ++column) {
      const auto& name = table.header[column];
      INFO(name << " of " << row[0]);
      const auto variant =
          std::ranges::find_if(variants, [&](const std::string v) { return name.starts_with(v + "_"); });
      REQUIRE(variant != variants.end());
      const auto usd = family.member(*variant, row[0]).usd;
      const auto item = name.substr(std::string{*variant}.size() + 1);
      REQUIRE(usd.contains(item));
      CHECK(usd.at(item) / one == Approx(row[column]).epsilon(1e-12));
    }
  }
}

void check_family(const json& golden) {
  const auto& in = golden.at("inputs");
  const std::string on = in.at("node_nm");
  REQUIRE(nodes.contains(on));
  const Family family{{nodes.at(on), in.at("module_area_mm2"), in.at("d2d_area_mm2")},
                      in.at("members").get<std::vector<double>>(),
                      in.at("units_each")};
  for (const auto& [variant, members] : golden.at("results").items()) {
    for (const auto& [times, result] : members.items()) {
      INFO(variant << " of " << times);
      const auto ours = family.member(variant, std::stod(times));
      for (const auto& [item, value] : result.at("RE_usd").items()) {
        INFO(item);
        REQUIRE(ours.usd.contains(item));
        CHECK(ours.usd.at(item) == Approx(value.get<double>()).epsilon(1e-12));
      }
      for (const auto& [item, value] : result.at("NRE_per_unit_usd").items()) {
        INFO(item);
        CHECK(ours.usd.at(item + "_nre") == Approx(value.get<double>()).epsilon(1e-12));
      }
    }
  }
}

}  // namespace

TEST_CASE("actuary-2022 gives Chiplet Actuary's tables and families; a table that nobody knows fails") {
  const auto folder = test::golden_folder("cost");
  if (!folder) return test::skip("the golden cases of cost are not here");
  int cases = 0;
  for (const auto& index : test::golden_indices(*folder)) {
    for (const auto& entry : index.cases) {
      INFO(entry.file.string());
      if (entry.file.extension() == ".csv") {
        const auto table = table_of(entry.file);
        ++cases;
        if (table.has("multiplicity")) {
          check_one_chiplet(table);
        } else if (table.has("two_chiplets_module_nre_usd")) {
          check_two_chiplets(table);
        } else if (table.header.size() > 2 && table.header[1] == "area_mm2" && table.has("rdl")) {
          check_cost_per_area(table);
        } else {
          FAIL_CHECK("no test knows the columns of this table");
        }
      } else if (entry.file.extension() == ".json") {
        const auto golden = json::parse(std::ifstream{entry.file});
        if (!golden.is_object() || golden.value("peer", "").find("Actuary") == std::string::npos) continue;
        if (golden.contains("outputs")) continue;  // one system: see actuary_golden_test.cpp
        check_family(golden);
        ++cases;
      }
    }
  }
  if (cases == 0) test::skip("no table of Chiplet Actuary is here");
}
