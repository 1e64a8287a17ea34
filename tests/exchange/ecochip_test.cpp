// ECO-CHIP's design folder: what it says, and what is wrong with it.
#include <catch2/catch.hpp>

#include "exchange/ecochip/read.h"
#include "footprint/evaluate.h"
#include "footprint/load.h"
#include "support/folder.h"
#include "support/golden.h"

using namespace marquetry;
using namespace marquetry::unit;

namespace {

void write_small(const test::Folder& folder) {
  folder.write("architecture.json",
               R"({"cpu": {"type": "logic", "area": 74, "node": 7}, "pkg_type": "RDL"})");
  folder.write("designC.json", R"({"power": 6, "num_iter": 90, "num_prt_mfg": 1e5, "Transistors_per_gate": 8,
"Power_per_core": 10, "Carbon_per_kWh": 700})");
  folder.write("operationalC.json", R"({"lifetime": 17520})");
  folder.write("packageC.json",
               R"({"interposer_node": 65, "rdl_layers": 6, "emib_layers": 5, "tsv_pitch": 0.025,
"tsv_size": 0.005, "num_beol": 8, "emib_pitch": 10})");
}

// The complaints of a folder, without its path.
std::string complaints(const test::Folder& folder, std::vector<std::filesystem::path> files) {
  Diagnostics diagnostics;
  CHECK_FALSE(exchange::import_ecochip(files, diagnostics));
  std::string all;
  for (const auto& d : diagnostics.all()) all += render({d.severity, d.where, d.message, d.hint}) + "\n";
  return folder.without_path(all);
}

}  // namespace

TEST_CASE(
    "ECO-CHIP's published GA102 comes in by its folder or by its files, and gives the program's figures") {
  const auto folder = test::sample_folder("ecochip");
  if (!folder) return test::skip("no sample files of ECO-CHIP's");
  Diagnostics diagnostics;
  const auto design = exchange::read_ecochip(std::vector{*folder}, diagnostics);
  REQUIRE(design);
  const std::vector files{*folder / "packageC.json", *folder / "architecture.json",
                          *folder / "operationalC.json", *folder / "designC.json"};
  const auto again = exchange::read_ecochip(files, diagnostics);
  REQUIRE(again);
  CHECK(footprint::to_toml(*again) == footprint::to_toml(*design));
  REQUIRE(design->blocks.size() == 3);
  CHECK(design->blocks[1].name == "Analog");
  CHECK(design->blocks[1].node->nanometres == 10);
  CHECK(design->blocks[1].area / mm2 == Approx(92.03));
  const auto result = footprint::evaluate(*design, find_preset("ecochip-2024")->quirks());
  CHECK(result.dies.size() == 3);
  CHECK(result.total > result.manufacturing);
}

TEST_CASE("a chiplet without a node is named, with how to mend it") {
  const test::Folder folder;
  write_small(folder);
  folder.write(
      "architecture.json",
      "{\"cpu\": {\"type\": \"logic\", \"area\": 74},\n \"pkg_typ\": \"RDL\", \"pkg_type\": \"RDL\"}");
  CHECK(complaints(folder, {folder.path()}) ==
        "architecture.json:1:2: error: chiplet 'cpu': missing key 'node' (nm)\n"
        "  hint: add one to each chiplet, for example \"node\" : 7; node_list.txt is not read\n\n"
        "architecture.json:2:2: error: 'pkg_typ' is no chiplet: it must be {\"type\", \"area\", \"node\"}\n"
        "  hint: did you mean 'pkg_type'?\n\n");
}

TEST_CASE("a truncated file, a missing one and a strange one are told") {
  const test::Folder folder;
  write_small(folder);
  folder.write("packageC.json", "{\"interposer_node\": 65,\n \"rdl_la");
  CHECK(complaints(folder, {folder.path()}) ==
        "packageC.json:2:9: error: is no JSON here: the file ends too early\n  hint: it may have been cut "
        "off\n\n");
  CHECK(complaints(folder, {folder.path() / "designC.json"}) ==
        "designC.json: error: an ECO-CHIP design needs architecture.json too\n\n");
  const auto strange = folder.write("other.json", "{}");
  CHECK(complaints(folder, {strange}).starts_with("other.json: error: is no file of an ECO-CHIP design\n"));
}

TEST_CASE("units and bounds of ECO-CHIP's numbers are checked") {
  const test::Folder folder;
  write_small(folder);
  folder.write("operationalC.json", R"({"lifetime": "17520"})");
  folder.write("packageC.json", R"({"interposer_node": 40, "rdl_layers": 6, "emib_layers": 5, "tsv_pitch": 0,
"tsv_size": 0.005, "num_beol": 8, "emib_pitch": 10})");
  CHECK(complaints(folder, {folder.path()}) ==
        "operationalC.json:1:14: error: 'lifetime' must be a number (h), but it is a text\n\n"
        "packageC.json:1:21: error: 40 nm is no node of ECO-CHIP's tables\n"
        "  hint: known: 7 nm, 10 nm, 14 nm, 22 nm, 28 nm, 65 nm\n\n"
        "packageC.json:1:73: error: 'tsv_pitch' is 0, but it must be above 0\n\n");
}
