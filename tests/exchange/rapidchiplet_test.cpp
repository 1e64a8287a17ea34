#include "exchange/rapidchiplet/read.h"

#include <catch2/catch.hpp>
#include <tuple>

#include "config/json.h"
#include "config/parse.h"
#include "exchange/rapidchiplet/law.h"
#include "layout/legality.h"
#include "layout_file/load.h"
#include "proxy/evaluate.h"
#include "support/folder.h"
#include "support/golden.h"

using namespace marquetry;
namespace fs = std::filesystem;

namespace {

struct Law {
  std::optional<proxy::Law> law{};
  std::string messages{};
};

Law law_of(const std::string& text) {
  Diagnostics diagnostics;
  Node node;
  node.kind = NodeKind::text;
  node.where = {"packaging.json", 4, 18};
  node.text = text;
  auto law = exchange::read_law(node, "link_latency", diagnostics);
  return {law, render_all(diagnostics)};
}

// A pair of chiplets that talk over one link, in a folder of its own.
class Files {
 public:
  Files() {
    write("technologies", R"({"logic": {"phy_latency": 10, "wafer_radius": 150, "wafer_cost": 6000,
                              "defect_density": 0.002}})");
    write("chiplets", R"({"core": {"dimensions": {"x": 10, "y": 8}, "type": "compute",
 "phys": [{"x": 9.5, "y": 4, "fraction_bump_area": 0.4}, {"x": 0.5, "y": 4, "fraction_bump_area": 0.4}],
 "fraction_power_bumps": 0.5, "technology": "logic", "power": 40, "relay": true, "internal_latency": 2,
 "unit_count": 4}})");
    write("placement", R"({"chiplets": [{"position": {"x": 0, "y": 0}, "rotation": 0, "name": "core"},
 {"position": {"x": 10.2, "y": 0}, "rotation": 0, "name": "core"}], "interposer_routers": []})");
    write("topology", R"([{"ep1": {"type": "chiplet", "outer_id": 0, "inner_id": 0},
 "ep2": {"type": "chiplet", "outer_id": 1, "inner_id": 1}}])");
    write("packaging", R"({"link_routing": "manhattan", "link_latency_type": "function",
 "link_latency": "lambda x : 0.25 * x", "link_power_type": "constant", "link_power": 1,
 "packaging_yield": 0.95, "bump_pitch": 0.05, "non_data_wires": 12, "is_active": false,
 "has_interposer": false})");
    design(R"("technologies": "technologies.json", "chiplets": "chiplets.json", "placement": "placement.json",
 "topology": "topology.json", "packaging": "packaging.json")");
  }
  void write(const std::string& part, const std::string& text) const { folder_.write(part + ".json", text); }
  void design(const std::string& keys) const { write("design", "{\"design_name\": \"pair\", " + keys + "}"); }
  fs::path file() const { return folder_.path() / "design.json"; }
  std::optional<proxy::Design> read() {
    Diagnostics diagnostics;
    auto out = exchange::read_rapidchiplet(file(), diagnostics);
    messages = folder_.without_path(render_all(diagnostics));
    return out;
  }
  std::string messages{};

 private:
  test::Folder folder_;
};

}  // namespace

TEST_CASE("functions of a link's length are read, not executed") {
  const auto [text, at0, at4] = GENERATE(table<const char*, double, double>({
      {"lambda x : 0.25 * x", 0, 1},
      {"lambda x: x*0.25", 0, 1},
      {"lambda length : 2 + length / 8", 2, 2.5},
      {"lambda x : math.ceil(0.3 * x)", 0, 2},
      {"lambda x : int(math.ceil(0.3 * x))", 0, 2},
      {"lambda x : int(0.3 * x + 1)", 1, 2},
      {"lambda x : math.floor(3 * (x - 1) + 3)", 0, 12},
      {"lambda x : -(-x) - 0 + 1e-3", 0.001, 4.001},
      {"lambda x : 7", 7, 7},
  }));
  INFO(text);
  const auto [law, messages] = law_of(text);
  INFO(messages);
  REQUIRE(law);
  CHECK(law->at(0) == Approx(at0));
  CHECK(law->at(4) == Approx(at4));
}

TEST_CASE("what is not linear in the length, or no such function, is refused with its place") {
  const auto [text, why] = GENERATE(table<const char*, const char*>({
      {"lambda x : x * x", "the length times the length is not linear"},
      {"lambda x : x ** 2", "powers are not linear in the length"},
      {"lambda x : 1 / x", "a division by the length is not linear"},
      {"lambda x : x / 0", "it divides by zero"},
      {"lambda x : __import__('os').system('true')", "'__import__' is not known here"},
      {"lambda x : open('f')", "'open' is not known here"},
      {"lambda x : y", "'y' is not known here"},
      {"lambda x : math.ceil(x", "a ')' is missing"},
      {"lambda x : x)", "')' is too much"},
      {"lambda x : ", "it ends too early"},
      {"lambda : 1", "a parameter and a colon must follow 'lambda'"},
      {"0.25 * x", "it must begin with 'lambda'"},
  }));
  INFO(text);
  const auto [law, messages] = law_of(text);
  CHECK_FALSE(law);
  INFO(messages);
  CHECK(messages.find("packaging.json:4:18: error: 'link_latency': the function") == 0);
  CHECK(messages.find(std::string{"cannot be read: "} + why) != std::string::npos);
  CHECK(messages.find("hint: functions are read, never executed") != std::string::npos);
}

TEST_CASE("a law that falls below zero is refused") {
  CHECK(law_of("lambda x : 5 - x").messages.find("is below zero for some lengths") != std::string::npos);
}

TEST_CASE("a design is read from the files that it names") {
  Files files;
  const auto design = files.read();
  INFO(files.messages);
  REQUIRE(design);
  CHECK(design->name == "pair");
  REQUIRE(design->notes.size() == 1);
  const auto figures = proxy::evaluate(*design, proxy::lowest_next_hops(*design), {});
  CHECK(figures.latency.mean == 3 + 2 * (2 + 10) + 1);
  // 80 mm2 x 0.5 x 0.4 x 400 a mm2 - 12 = 6388 wires, a half each way, shared by 4 units.
  CHECK(figures.throughput.aggregate == Approx(2 * 3194.0));
}

TEST_CASE("files may lie above the design, as they do in RapidChiplet's folders") {
  const test::Folder folder;
  Files files;
  folder.write("inputs/designs/a.json", "{\"technologies\": \"inputs/t.json\"}");
  folder.write("inputs/t.json", "{}");
  Diagnostics diagnostics;
  CHECK_FALSE(exchange::read_rapidchiplet(folder.path() / "inputs/designs/a.json", diagnostics));
  for (const auto& d : diagnostics.all()) CHECK(d.message.find("the design has no key") == 0);
  CHECK(diagnostics.errors() == 4);
}

TEST_CASE("traffic and routing come with keys that are tuples") {
  Files files;
  files.write("traffic", R"({"__tuple__:[0, 1]": 0.5, "__tuple__:[1, 0]": 1.5})");
  files.write("routing", R"({"type": "default", "table": {
    "__tuple__:[\"chiplet\", 0]": {"__tuple__:[\"chiplet\", 1]": {"__tuple__": true, "items": ["chiplet", 1]}},
    "__tuple__:[\"chiplet\", 1]": {"__tuple__:[\"chiplet\", 0]": ["chiplet", 0]}}})");
  const std::string parts =
      R"("technologies": "technologies.json", "chiplets": "chiplets.json", "placement": "placement.json",
 "topology": "topology.json", "packaging": "packaging.json", "traffic_by_chiplet": "traffic.json",
 "routing_table": "routing.json")";
  files.design(parts);
  const auto design = files.read();
  INFO(files.messages);
  REQUIRE(design);
  REQUIRE(design->traffic.size() == 2);
  CHECK(design->traffic[1].load == 1.5);
  CHECK(design->next_hop == proxy::lowest_next_hops(*design));
  files.write("traffic", R"({"0-1": 0.5})");
  CHECK_FALSE(files.read());
  CHECK(files.messages.find("traffic.json:1:2: error: the key '0-1' must be a pair") == 0);
}

TEST_CASE("every fault of a design is named with its place") {
  Files files;
  SECTION("a function that is none") {
    files.write("packaging", R"json({"link_routing": "diagonal", "link_latency_type": "function",
 "link_latency": "lambda x : exec('x')", "link_power_type": "constant", "link_power": 1,
 "packaging_yield": 0.95, "bump_pitch": 0, "non_data_wires": 12, "is_active": false, "has_interposer": false})json");
    CHECK_FALSE(files.read());
    CHECK(files.messages.find(
              "packaging.json:2:18: error: 'link_latency': the function \"lambda x : exec('x')\" "
              "cannot be read: 'exec' is not known here") != std::string::npos);
    CHECK(files.messages.find("'link_routing' = \"diagonal\" must be") != std::string::npos);
    CHECK(files.messages.find("'bump_pitch' must be above 0") != std::string::npos);
  }
  SECTION("a PHY that is not there") {
    files.write("topology", R"([{"ep1": {"type": "chiplet", "outer_id": 0, "inner_id": 7},
 "ep2": {"type": "chiplet", "outer_id": 1, "inner_id": 1}}])");
    CHECK_FALSE(files.read());
    CHECK(files.messages.find(
              "topology.json:1:57: error: link 0: PHY of chiplet 0: 7 must be a whole number from "
              "0 to 1") == 0);
  }
  SECTION("a link to itself") {
    files.write("topology", R"([{"ep1": {"type": "chiplet", "outer_id": 0, "inner_id": 0},
 "ep2": {"type": "chiplet", "outer_id": 0, "inner_id": 1}}])");
    CHECK_FALSE(files.read());
    CHECK(files.messages.find("link 0 joins node 0 to itself") != std::string::npos);
  }
  SECTION("a link without wires for data") {
    files.write("packaging", R"({"link_routing": "manhattan", "link_latency_type": "constant",
 "link_latency": 3, "link_power_type": "constant", "link_power": 1, "packaging_yield": 0.95, "bump_pitch": 5,
 "non_data_wires": 12, "is_active": false, "has_interposer": false})");
    CHECK_FALSE(files.read());
    CHECK(files.messages.find("link 0, between nodes 0 and 1, has no wires for data") != std::string::npos);
  }
  SECTION("chiplets that nothing joins") {
    files.write("topology", "[]");
    CHECK_FALSE(files.read());
    CHECK(files.messages.find("design.json: error: no way leads from chiplet 0 to chiplet 1") == 0);
  }
  SECTION("a chiplet that is not known") {
    files.write("placement",
                R"({"chiplets": [{"position": {"x": 0, "y": 0}, "rotation": 45, "name": "cor"}]})");
    CHECK_FALSE(files.read());
    CHECK(files.messages.find("no chiplet \"cor\"") != std::string::npos);
    CHECK(files.messages.find("did you mean 'core'?") != std::string::npos);
    CHECK(files.messages.find("it may be turned by quarters only") != std::string::npos);
  }
  SECTION("a file that is missing") {
    files.design(
        R"("technologies": "nowhere.json", "chiplets": "chiplets.json", "placement": "placement.json",
 "topology": "topology.json", "packaging": "packaging.json")");
    CHECK_FALSE(files.read());
    CHECK(files.messages.find("there is no file 'nowhere.json' beside the design or in a folder above it") !=
          std::string::npos);
  }
}

TEST_CASE("a design becomes a placement in which everything stands where it stood") {
  Files files;
  Diagnostics diagnostics;
  const std::array names{files.file()};
  const auto text = exchange::import_rapidchiplet(names, diagnostics);
  INFO(render_all(diagnostics));
  REQUIRE(text);
  const auto root = parse_text(*text, "design.toml", diagnostics);
  REQUIRE(root);
  const auto problem = layout_file::load(*root, diagnostics);
  REQUIRE(problem);
  REQUIRE(problem->dies.size() == 2);
  REQUIRE(problem->dies[1].fixed);
  CHECK(problem->dies[1].fixed->low.x == 10'200'000);
  REQUIRE(problem->links.size() == 1);
  CHECK(problem->links[0].wires == 6388);
}

TEST_CASE("the sample design is read") {
  const auto folder = test::sample_folder("rapidchiplet");
  if (!folder) return test::skip("no sample of RapidChiplet");
  Diagnostics diagnostics;
  const auto design = exchange::read_rapidchiplet(*folder / "design.json", diagnostics);
  INFO(render_all(diagnostics));
  REQUIRE(design);
  CHECK_FALSE(design->chiplets.empty());
  CHECK(proxy::evaluate(*design, proxy::lowest_next_hops(*design), {}).throughput.aggregate > 0);
}
