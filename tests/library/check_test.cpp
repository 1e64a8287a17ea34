#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "library/library.h"
#include "library/show.h"
#include "support/folder.h"
#include "support/small_library.h"

using namespace marquetry;
using marquetry::test::Folder;
using marquetry::test::replaced;
using marquetry::test::small_library;

namespace {

// What check_library says about the small library with one text replaced by another.
std::string findings(const std::string& from, const std::string& to) {
  const Folder folder;
  folder.write("l.toml", test::small_library_with(from, to));
  Diagnostics diagnostics;
  const auto library = load_library({folder.path()}, diagnostics);
  INFO(render_all(diagnostics));
  REQUIRE(library);
  check_library(*library, diagnostics);
  return folder.without_path(render_all(diagnostics));
}

}  // namespace

TEST_CASE("a sound library has no findings") { CHECK(findings("format", "format").empty()); }

TEST_CASE("a name that leads nowhere is found, with the nearest one") {
  CHECK(findings("packaging = \"cowos-s\"", "packaging = \"cowos-r\"") ==
        "l.toml:236:11: error: product 'h1' names the packaging 'cowos-r', which is not in the library\n"
        "    [products.h1]\n"
        "              ^\n"
        "  hint: did you mean 'cowos-s'?\n");
  const auto [from, to, message] = GENERATE(table<const char*, const char*, const char*>({
      {"name = \"gpu\", node = \"n7\"", "name = \"gpu\", node = \"n8\"", "product 'h1' names the node 'n8'"},
      {"memory = \"hbm2e\"", "memory = \"hbm3\"", "product 'h1' names the memory 'hbm3'"},
      {"[\"standard\", \"advanced\"]", "[\"standrad\"]",
       "packaging 'cowos-s' names the link class 'standrad'"},
      {"measured = [{ node = \"n7\"", "measured = [{ node = \"n9\"", "module 'core' names the node 'n9'"},
      {"allow = [\"n28\"]", "allow = [\"n29\"]", "profile 'no-euv' names the node 'n29'"},
      {"regions = { allow = [\"tw\"] }", "regions = { allow = [\"tv\"] }",
       "profile 'no-euv' names the region 'tv'"},
      {"regions = [\"tw\"]\nsells", "regions = [\"zz\"]\nsells", "supplier 'tsmc' names the region 'zz'"},
      {"groups = [\"density\"]", "groups = [\"densities\"]",
       "correlation 'density' names the group 'densities', which no number has"},
      {"rho = { value = 0.8", "rho = { value = 1.8", "correlation 'density': 'rho' must be from 0 to 1"},
      {"suppliers = [\"tsmc\"]\nregions = [\"tw\"]\nfeature = \"7 nm\"",
       "suppliers = [\"tscm\"]\nregions = [\"tw\"]\nfeature = \"7 nm\"",
       "node 'n7' names the supplier 'tscm'"},
  }));
  CAPTURE(to);
  CHECK_THAT(findings(from, to), Catch::Matchers::Contains(message));
}

TEST_CASE("a density that its own products contradict is found") {
  CHECK(findings("transistors = \"60 GTr\"", "transistors = \"100 GTr\"") ==
        "l.toml:18:8: error: node 'n7' has a logic density of at most 96.5 MTr/mm2, but die 'gpu' of product "
        "'h1' has "
        "125 MTr/mm2\n"
        "    [nodes.n7]\n"
        "           ^\n"
        "  hint: raise the density's 'high', or check the die's area and transistors\n");
}

TEST_CASE("published figures must follow from their parts") {
  CHECK(findings("peak = \"614.4 TFLOP/s\"", "peak = \"613 TFLOP/s\"").empty());        // 0.2 %
  CHECK_FALSE(findings("peak = \"614.4 TFLOP/s\"", "peak = \"612 TFLOP/s\"").empty());  // 0.4 %
  CHECK(findings("peak = \"614.4 TFLOP/s\"", "peak = \"600 TFLOP/s\"") ==
        "l.toml:236:11: warning: product 'h1': 'peak' is published as 600 TFLOP/s, but its parts give 614.4 "
        "TFLOP/s "
        "(2.4 % off)\n"
        "    [products.h1]\n"
        "              ^\n");
  CHECK(findings("memory_bandwidth = \"2048 GB/s\"", "memory_bandwidth = \"1600 GB/s\"") ==
        "l.toml:236:11: error: product 'h1': 'memory_bandwidth' is published as 1.6 TB/s, but its parts give "
        "2.048 TB/s "
        "(28 % off)\n"
        "    [products.h1]\n"
        "              ^\n");
}

TEST_CASE("a pin rate that its memory does not have is found") {
  CHECK(findings("memory_pin_rate = \"3.2 Gbit/s\"\nmemory_bandwidth = \"2048 GB/s\"",
                 "memory_pin_rate = \"5 Gbit/s\"\nmemory_bandwidth = \"3200 GB/s\"") ==
        "l.toml:236:11: warning: product 'h1': 'memory_pin_rate' is 5 Gbit/s, but memory 'hbm2e' has 3.2 "
        "Gbit/s to "
        "3.6 Gbit/s\n"
        "    [products.h1]\n"
        "              ^\n");
}

TEST_CASE("a deviation excuses the figure that it names, where it says what the parts give") {
  const auto with = [](const std::string& value) {
    return findings("peak = \"614.4 TFLOP/s\"",
                    "peak = \"600 TFLOP/s\"\ndeviations = [{ figure = \"peak\", value = \"" + value +
                        "\", why = \"marketed so\" }]");
  };
  CHECK(with("614 TFLOP/s").empty());
  CHECK(with("650 TFLOP/s").find("2.4 % off") != std::string::npos);
  CHECK(with("614 GB/s").find("'614 GB/s' is no value of 'peak'") != std::string::npos);
  CHECK(with("600 TFLOP/s").find("it is out of date") != std::string::npos);
}

TEST_CASE("a remark needs a figure of its product, a source and a reason") {
  const auto with = [](const std::string& remarks) {
    return findings("peak = \"614.4 TFLOP/s\"", "peak = \"614.4 TFLOP/s\"\n" + remarks);
  };
  CHECK(with("disagreements = [{ figure = \"peak\", value = \"700 TFLOP/s\", source = \"press\" }]").empty());
  CHECK(with("disagreements = [{ figure = \"peak\", value = \"700 TFLOP/s\" }]").find("has no 'source'") !=
        std::string::npos);
  CHECK(with("deviations = [{ figure = \"peak\", value = \"700 TFLOP/s\" }]").find("has no 'why'") !=
        std::string::npos);
  const auto unknown = with("disagreements = [{ figure = \"peek\", value = \"1\", source = \"press\" }]");
  CHECK(unknown.find("has no figure 'peek' to remark on") != std::string::npos);
  CHECK(unknown.find("hint: did you mean 'peak'") != std::string::npos);
}

TEST_CASE("what other sources say of a product is told in a line each, beside what its row has") {
  auto library = small_library();
  auto& product = library.products.front();
  REQUIRE(disagreement_lines(product).empty());
  product.disagreements = {{.figure = "peak", .value = "700 TFLOP/s", .source = "press", .why = "at boost"},
                           {.figure = "power", .value = "1 W", .source = "a blog"}};
  const auto lines = disagreement_lines(product);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].find("here, 700 TFLOP/s by press (at boost)") != std::string::npos);
  CHECK(lines[0].starts_with("peak: "));
  CHECK(lines[1].ends_with("1 W by a blog"));
}

TEST_CASE("numbers without source or order are found in a library from elsewhere") {
  auto library = small_library();
  library.nodes[0].nre.origin.source.clear();
  library.nodes[0].nre.origin.estimate = true;
  library.nodes[0].clustering.low = 9;
  Diagnostics diagnostics;
  check_library(library, diagnostics);
  REQUIRE(diagnostics.all().size() == 2);
  CHECK(diagnostics.all()[0].message == "node 'n7': 'clustering' must have low <= typ <= high");
  CHECK(diagnostics.all()[1].message == "node 'n7': 'nre' is an estimate without a source");
}

TEST_CASE("a row is shown with ranges, readings, sources and estimates") {
  Diagnostics diagnostics;
  const auto text = library_show_text(small_library(), "nodes/n7", diagnostics);
  REQUIRE(text);
  CHECK_THAT(*text, Catch::Matchers::StartsWith("node n7: Seven\n"));
  CHECK_THAT(*text,
             Catch::Matchers::Contains("  logic_density      91.2 MTr/mm2 (90 MTr/mm2 .. 96.5 MTr/mm2)\n"
                                       "                       headline logic transistors per area\n"
                                       "                       source: a conference\n"
                                       "                       moves with: density\n"));
  CHECK_THAT(*text, Catch::Matchers::Contains("9346 USD (9000 USD .. 10000 USD)  estimate\n"));
  CHECK_THAT(*text, Catch::Matchers::Contains("                       reading: 0.32 /cm2 by B\n"));
  CHECK_THAT(*text, Catch::Matchers::Contains("  capacity           -\n"));
}

TEST_CASE("a row that is not there is refused, with the nearest one") {
  Diagnostics diagnostics;
  const auto library = small_library();
  CHECK_FALSE(library_show_text(library, "n8", diagnostics));
  CHECK_FALSE(library_show_json(library, "nods/n7", diagnostics));
  CHECK_FALSE(library_list_text(library, "rows", diagnostics));
  CHECK(render_all(diagnostics) ==
        "error: the library has no row 'n8'\n  hint: did you mean 'n7'?\n"
        "error: the library has no category 'nods'\n  hint: did you mean 'nodes'?\n"
        "error: the library has no category 'rows'\n"
        "  hint: known: nodes, packagings, hybrid_bonds, wires, links, memories, modules, materials, ...\n");
}

TEST_CASE("a list has a table for each category") {
  Diagnostics diagnostics;
  CHECK(library_list_text(small_library(), "nodes", diagnostics) ==
        "  nodes                logic_density  wafer_price  defect_density\n"
        "  n7     Seven         91.2 MTr/mm2   9346 USD *   0.09 /cm2\n"
        "  n28    Twenty-eight  15 MTr/mm2     -            -\n"
        "\n  * estimate: no public source confirms it\n");
}

TEST_CASE("list and show as JSON have the same rows") {
  Diagnostics diagnostics;
  const auto library = small_library();
  const auto list = nlohmann::json::parse(library_list_json(library, "", diagnostics).value());
  CHECK(list["rows"].size() == 28);
  CHECK(list["library"] == library.hash);
  const auto row = nlohmann::json::parse(library_show_json(library, "n7", diagnostics).value())["rows"][0];
  CHECK(row["category"] == "nodes");
  CHECK(row["fields"]["wafer_price"]["typ"] == 9346);
  CHECK(row["fields"]["wafer_price"]["unit"] == "USD");
  CHECK(row["fields"]["wafer_price"]["estimate"] == true);
  CHECK(row["fields"]["defect_density"]["readings"][1]["source"] == "B");
  CHECK(row["fields"]["capacity"].is_null());
  CHECK(row["fields"]["euv"] == false);
  CHECK(diagnostics.ok());
}

TEST_CASE("the project's own library is complete and sound") {
  const auto folder = test::source_folder() / "libraries";
  Diagnostics diagnostics;
  const auto library = load_library({folder}, diagnostics);
  INFO(render_all(diagnostics));
  REQUIRE(library);
  check_library(*library, diagnostics);
  UNSCOPED_INFO(render_all(diagnostics));
  CHECK(diagnostics.ok());
  CHECK(library->nodes.size() >= 16);
  CHECK(library->packagings.size() >= 10);
  CHECK(library->links.size() >= 12);
  CHECK(library->products.size() >= 14);
  for (const auto& family : packaging_families) {
    INFO(family);
    CHECK(std::ranges::find(library->packagings, family, &Packaging::family) != library->packagings.end());
  }
}
