#include <catch2/catch.hpp>

#include "library/fields.h"
#include "library/library.h"
#include "library/merge.h"
#include "support/small_library.h"
#include "units/text.h"

using namespace marquetry;
using marquetry::test::Folder;
using marquetry::test::replaced;
using marquetry::test::small_library;
using marquetry::test::small_library_text;

namespace {

// What is said about the small library with one text replaced by another.
std::string complaints(const std::string& from, const std::string& to) {
  const Folder folder;
  folder.write("l.toml", test::small_library_with(from, to));
  Diagnostics diagnostics;
  const auto library = load_library({folder.path()}, diagnostics);
  CHECK(library.has_value() == diagnostics.ok());
  return folder.without_path(render_all(diagnostics));
}

// A row as a file would hold it, from what its fields say.
std::string as_toml(const std::string& category, const std::string& id, const std::vector<Field>& fields) {
  std::string out = "[" + category + "." + id + "]\n";
  const auto number = [](double si, const Field& field) {
    return "\"" + print_quantity(si, field.dimension, 12) + "\"";
  };
  for (const auto& field : fields) {
    const bool is_inner = field.key.find('.') != std::string::npos;  // of dies, rules, measured areas
    if (is_inner || !field.known) continue;
    out += field.key + " = ";
    if (field.kind == FieldKind::text) out += "\"" + field.text + "\"";
    if (field.kind == FieldKind::flag) out += field.flag ? "true" : "false";
    if (field.kind == FieldKind::texts) {
      out += "[";
      for (const auto& text : field.texts) out += "\"" + text + "\", ";
      out += "]";
    }
    if (field.kind == FieldKind::number) {
      const auto& [low, typ, high, origin] = field.number;
      out += "{ low = " + number(low, field) + ", value = " + number(typ, field) +
             ", high = " + number(high, field);
      out += ", source = \"" + origin.source + "\", group = \"" + origin.group + "\"";
      out += origin.estimate ? ", estimate = true }" : " }";
    }
    out += "\n";
  }
  return out;
}

std::string as_toml(const Library& library) {
  std::string out = "format = 1\n";
  for_each_category(library, [&](const auto& rows) {
    using T = typename std::remove_cvref_t<decltype(rows)>::value_type;
    for (const auto& row : rows) out += as_toml(std::string{T::category}, row.id, fields_of(row));
  });
  return out;
}

}  // namespace

TEST_CASE("a row of every category is read") {
  const auto library = small_library();
  for_each_category(library, [](const auto& rows) {
    using T = typename std::remove_cvref_t<decltype(rows)>::value_type;
    INFO(T::category);
    CHECK_FALSE(rows.empty());
  });
  const auto& node = *find(library.nodes, "n7");
  CHECK(node.name == "Seven");
  CHECK(node.where.line == 18);
  CHECK(node.logic_density.low == Approx(90e12));
  CHECK(node.logic_density.typ == Approx(91.2e12));
  CHECK(node.logic_density.origin.source == "a conference");
  CHECK(node.logic_density.origin.name == "n7.logic_density");
  CHECK(node.wafer_price.origin.estimate);
  CHECK(node.defect_density.origin.source == "A");
  CHECK(node.defect_density.high == Approx(3200));
  CHECK(node.clustering.origin.estimate);
  CHECK_FALSE(node.capacity.known);
  CHECK_FALSE(node.euv);
  CHECK_FALSE(find(library.nodes, "n28")->wafer_price.known);
  CHECK(library.modules[0].measured.at(0).area.typ == Approx(0.9e-6));
  CHECK(find(library.workloads, "gemm")->layers.typ == 0);
  CHECK(library.products[0].dies.at(0).transistors.typ == Approx(60e9));
  CHECK(library.overlays.empty());
  CHECK(library.hash.size() == 16);
}

TEST_CASE("the rules of a profile are read one by one") {
  const auto library = small_library();
  CHECK(find(library.profiles, "any")->rules.empty());
  const auto& rules = find(library.profiles, "no-euv")->rules;
  REQUIRE(rules.size() == 7);
  std::string lines;
  for (const auto& rule : rules) lines += rule.path + ": " + rule.text + "\n";
  CHECK(lines ==
        "profile.no-euv.nodes.euv: no EUV\n"
        "profile.no-euv.nodes.least_feature: feature >= 14 nm\n"
        "profile.no-euv.nodes: only n28\n"
        "profile.no-euv.memories: only hbm2e\n"
        "profile.no-euv.regions: only tw\n"
        "profile.no-euv.power.total_w: power.total_w <= 700 W\n"
        "profile.no-euv.cost.unit_usd: cost.unit_usd <= 12 MUSD\n");
  CHECK(rules[1].limit == Approx(14e-9));
  CHECK(rules[5].limit == 700);
  CHECK(rules[5].names == std::vector<std::string>{"power.total_w"});
}

TEST_CASE("every field survives being printed and read again") {
  const auto library = small_library();
  const auto text = as_toml(library);
  const Folder folder;
  folder.write("printed.toml", text);
  Diagnostics diagnostics;
  const auto again = load_library({folder.path()}, diagnostics);
  INFO(render_all(diagnostics));
  REQUIRE(again);
  CHECK(as_toml(*again) == text);
}

TEST_CASE("a mistake in a row is named with its row, its place and the way out") {
  CHECK(complaints("logic_density = \"15 MTr/mm2\"", "logic_densty = \"15 MTr/mm2\"") ==
        "l.toml:45:8: error: node 'n28': missing key 'logic_density' (headline logic transistors per area)\n"
        "    [nodes.n28]\n"
        "           ^\n"
        "  hint: for example logic_density = \"0.1 /cm2\"\n"
        "l.toml:52:1: error: node 'n28': unknown key 'logic_densty'\n"
        "    logic_densty = \"15 MTr/mm2\"\n"
        "    ^\n"
        "  hint: did you mean 'logic_density'?\n");
  CHECK(complaints("[coolings.air]", "[coolngs.air]") ==
        "l.toml:160:2: error: unknown category 'coolngs'\n"
        "    [coolngs.air]\n"
        "     ^\n"
        "  hint: did you mean 'coolings'?\n");
  CHECK(complaints("ambient = \"35 degC\"", "ambient = \"35 W\"") ==
        "l.toml:165:11: error: 'ambient' must be a temperature, but \"35 W\" is a power\n"
        "    ambient = \"35 W\"\n"
        "              ^\n"
        "  hint: write a temperature as text with its unit, for example \"85 degC\"\n");
}

TEST_CASE("other mistakes of a library are found") {
  const auto [from, to, message] = GENERATE(table<const char*, const char*, const char*>({
      {"sort_coverage = 0.95", "sort_coverage = 1.5",
       "'standard.sort_coverage' must be between 0 and 1, but it is 1.5"},
      {"final_coverage = 0.99", "final_coverage = 0.99\nfinal_overkill = 1",
       "'standard.final_overkill' must be at least 0 and below 1, but it is 1"},
      {"[nodes.n28]", "[nodes.N28]", "'N28' cannot name a row"},
      {"format = 1", "format = 7", "format is 7, but this program reads format 1"},
      {"family = \"silicon-interposer\"", "family = \"silicon\"", "'family' cannot be \"silicon\""},
      {"measured = [{ node", "measured = [{ noed", "module 'core': measured[0]: unknown key 'noed'"},
      {"measured = [{ node = \"n7\", area = \"0.9 mm2\" }]", "measured = 3",
       "'measured' must be a list of tables"},
      {"\"60 GTr\" }]", "\"60 GTr\", sides = 4 }]", "product 'h1': dies[0]: unknown key 'sides'"},
      {"euv = false, least", "euv = 0, least", "'euv' must be true or false, but it is a number"},
      {"least_feature = \"14 nm\"", "least_feature = 14",
       "'least_feature' must be a length, but 14 is a plain number"},
      {"regions = { allow = [\"tw\"] }", "regions = { allow = [] }",
       "'allow' is empty, so that nothing is left"},
      {"regions = { allow = [\"tw\"] }", "regions = { only = [\"tw\"] }", "'regions': unknown key 'only'"},
      {"\"power.total_w\" = 700", "\"power.total_w\" = \"700 K\"",
       "'power.total_w' must be a power, but \"700 K\" is a temperature"},
      {"[materials.silicon]", "[materials]\nsilicon = 3\n[materials.other]",
       "'silicon' in 'materials' must be a table"},
      {"estimates = [\"clustering\", ", "estimates = [\"clusterin\", ",
       "node 'n7': 'estimates' names 'clusterin', which is no number of it"},
  }));
  CAPTURE(to);
  CHECK_THAT(complaints(from, to), Catch::Matchers::Contains(": error: " + std::string{message} + "\n"));
}

TEST_CASE("an overlay overrides field by field, and is named") {
  const Folder folder;
  folder.write("base/all.toml", small_library_text());
  folder.write("mine/n7.toml",
               "format = 1\n[nodes.n7]\nsource = 'our quote'\nestimates = ['nre']\nwafer_price = '8000 USD'\n"
               "nre = '200 MUSD'\n[regions.xx]\nname = 'New'\nsource = 'us'\ngrid = '1 gCO2/kWh'\n");
  Diagnostics diagnostics;
  const auto mine = (folder.path() / "mine").generic_string();
  const auto library = load_library({folder.path() / "base", folder.path() / "mine"}, diagnostics);
  INFO(render_all(diagnostics));
  CHECK(library_hash({folder.path() / "base", folder.path() / "mine"}, diagnostics) == library->hash);
  REQUIRE(library);
  const auto& node = *find(library->nodes, "n7");
  CHECK(node.overlay == mine);
  CHECK(node.wafer_price.typ == Approx(8000));
  CHECK(node.wafer_price.high == Approx(8000));
  CHECK(node.wafer_price.origin.source == "our quote");
  CHECK_FALSE(node.wafer_price.origin.estimate);
  CHECK(node.nre.origin.estimate);
  CHECK(node.logic_density.origin.source == "a conference");  // not the overlay's
  CHECK(node.clustering.origin.estimate);
  CHECK(find(library->nodes, "n28")->overlay.empty());
  CHECK(find(library->regions, "xx")->overlay == mine);
  CHECK(library->overlays == std::vector<std::string>{mine});
  CHECK(library->nodes[0].id == "n7");
  CHECK(library->hash != small_library().hash);
}

TEST_CASE("a mistake in an overlay is at its place in the overlay") {
  const Folder folder;
  folder.write("base/all.toml", small_library_text());
  folder.write("mine/n7.toml", "format = 1\n[nodes.n7]\nwafer_price = '8000 EUR'\nsource = 'us'\n");
  Diagnostics diagnostics;
  CHECK_FALSE(load_library({folder.path() / "base", folder.path() / "mine"}, diagnostics));
  CHECK(folder.without_path(render_all(diagnostics)) ==
        "mine/n7.toml:3:15: error: 'wafer_price': 'EUR' in \"8000 EUR\" is not a known unit\n"
        "    wafer_price = '8000 EUR'\n"
        "                  ^\n"
        "  hint: write an amount of money as text with its unit, for example \"9350 USD\"\n");
}

TEST_CASE("a row that stands twice in one folder is refused") {
  const Folder folder;
  folder.write("a.toml", "format = 1\n[regions.tw]\nname = 'T'\nsource = 's'\ngrid = '1 gCO2/kWh'\n");
  folder.write("b/b.toml", "format = 1\n[regions.tw]\nname = 'T'\nsource = 's'\ngrid = '1 gCO2/kWh'\n");
  Diagnostics diagnostics;
  CHECK_FALSE(load_library({folder.path()}, diagnostics));
  CHECK(folder.without_path(render_all(diagnostics)) ==
        "b/b.toml:2:10: error: 'tw' in 'regions' is there twice\n"
        "    [regions.tw]\n"
        "             ^\n"
        "  hint: the first is at a.toml:2\n");
}

TEST_CASE("folders that are no library are refused") {
  const Folder folder;
  folder.write("empty/readme.txt", "");
  folder.write("broken/a.toml", "format = 1\n[nodes\n");
  folder.write("binary/a.toml", std::string{"\0\1", 2});
  Diagnostics diagnostics;
  for (const auto* name : {"missing", "empty", "binary"}) {
    CHECK_FALSE(load_library({folder.path() / name}, diagnostics));
  }
  CHECK(folder.without_path(render_all(diagnostics)) ==
        "missing: error: is no folder, where a library folder was expected\n"
        "  hint: a library is a folder of .toml files\n"
        "empty: error: holds no .toml file\n"
        "  hint: a library is a folder of .toml files\n"
        "binary/a.toml: error: is a binary file, where a text file was expected\n");
  CHECK_FALSE(load_library({folder.path() / "broken"}, diagnostics));
}

TEST_CASE("the hash says whether the files are the same, wherever they lie") {
  const Folder one, other;
  one.write("a.toml", "format = 1\n");
  other.write("a.toml", "format = 1\n");
  Diagnostics diagnostics;
  const auto first = load_library({one.path()}, diagnostics)->hash;
  CHECK(load_library({other.path()}, diagnostics)->hash == first);
  other.write("a.toml", "format = 1 # changed\n");
  CHECK(load_library({other.path()}, diagnostics)->hash != first);
}
