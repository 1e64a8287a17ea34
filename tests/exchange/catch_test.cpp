// Import of CATCH's XML set and of ChipletPart's cases.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <regex>

#include "config/parse.h"
#include "exchange/formats.h"
#include "stack/evaluate.h"
#include "stack/load.h"
#include "stack/misprints.h"
#include "support/folder.h"
#include "support/golden.h"

using namespace marquetry;

namespace {

namespace fs = std::filesystem;
using Files = std::map<std::string, std::string>;

struct Imported {
  std::optional<std::string> toml{};
  std::string messages{};
};

Imported import_files(const std::string& format, const std::vector<fs::path>& files) {
  Diagnostics diagnostics;
  Imported imported;
  imported.toml = exchange::find_import_format(format)->read(files, diagnostics);
  imported.messages = render_all(diagnostics);
  return imported;
}

Imported import_texts(const std::string& format, const Files& texts) {
  const test::Folder folder;
  std::vector<fs::path> files;
  for (const auto& [name, text] : texts) files.push_back(folder.write(name, text));
  auto imported = import_files(format, files);
  const auto root = folder.path().generic_string() + "/";
  for (auto at = imported.messages.find(root); at != std::string::npos; at = imported.messages.find(root))
    imported.messages.erase(at, root.size());
  return imported;
}

stack::Stack<> read(const std::string& toml) {
  Diagnostics diagnostics;
  const auto root = parse_text(toml, "imported.toml", diagnostics);
  REQUIRE(root);
  auto loaded = stack::load_stack(*root, diagnostics);
  INFO(render_all(diagnostics));
  REQUIRE(loaded);
  return *loaded;
}

double unit_cost(const stack::Stack<>& s, const Quirks& quirks) {
  stack::Workspace<> workspace;
  return stack::evaluate(stack::corrected(s, quirks), quirks, workspace).unit;
}

// A small set of one interposer and one die.
Files small_set() {
  const std::string machine =
      "machine_cost=\"1e6\" PREFIXmachine_lifetime=\"5\" PREFIXmachine_uptime=\"0.9\" "
      "PREFIXtechnician_yearly_cost=\"1e5\" PREFIXtime=\"10\" PREFIXgroup=\"1\" ";
  const auto with_prefix = [&](const std::string& prefix) {
    std::string text = "PREFIX" + machine;
    for (auto at = text.find("PREFIX"); at != std::string::npos; at = text.find("PREFIX"))
      text.replace(at, 6, prefix);
    return text;
  };
  const auto stage = [](const std::string& name) {
    return "test_" + name + "=\"TRUE\" bb_" + name + "_pattern_count=\"\" bb_" + name +
           "_scan_chain_length=\"0\" " + name + "_defect_coverage=\"0.9\" " + name + "_test_reuse=\"1\" " +
           name + "_num_scan_chains=\"1\" " + name + "_num_io_per_scan_chain=\"2\" " + name +
           "_num_test_io_offset=\"1\" " + name + "_test_failure_dist=\"normal\" ";
  };
  const std::string chip =
      "bb_area=\"\" bb_cost=\"\" bb_quality=\"\" bb_power=\"\" aspect_ratio=\"\" fraction_memory=\"0\" "
      "fraction_logic=\"1\" fraction_analog=\"0\" gate_flop_ratio=\"1\" wafer_process=\"w\" "
      "assembly_process=\"a\" "
      "test_process=\"t\" core_voltage=\"1\" power=\"1\" quantity=\"1000\" ";
  return {
      {"io.xml",
       "<!-- a comment -->\n<ios>\n  <io type=\"l\" tx_area=\"0.1\" rx_area=\"0.2\" shoreline=\"0.1\" "
       "bandwidth=\"8\" wire_count=\"4\" bidirectional=\"False\" energy_per_bit=\"1.3e-12\" "
       "reach=\"2\"></io>\n</ios>\n"},
      {"layers.xml",
       "<layers>\n"
       "  <layer name=\"si\" active=\"true\" cost_per_mm2=\"0.07\" transistor_density=\"50\" "
       "defect_density=\"0.001\" "
       "critical_area_ratio=\"0.5\" clustering_factor=\"2\" litho_percent=\"0.3\" nre_mask_cost=\"1000\" "
       "stitching_yield=\"0.9\"/>\n"
       "  <layer name=\"rdl\" active=\"no\" cost_per_mm2=\"0.01\" transistor_density=\"0\" "
       "defect_density=\"0\" "
       "critical_area_ratio=\"0\" clustering_factor=\"2\" litho_percent=\"0\" nre_mask_cost=\"10\" "
       "stitching_yield=\"1\" routing_layer_count=\"2\" routing_layer_pitch=\"0.002\"/>\n</layers>\n"},
      {"wafers.xml",
       "<wafer_processes><wafer_process name=\"w\" wafer_diameter=\"300\" edge_exclusion=\"3\" "
       "dicing_distance=\"0.1\" reticle_x=\"26\" reticle_y=\"33\" wafer_process_yield=\"0.98\" "
       "wafer_fill_grid=\"True\" nre_front_end_cost_per_mm2_memory=\"1\" "
       "nre_front_end_cost_per_mm2_logic=\"2\" "
       "nre_front_end_cost_per_mm2_analog=\"3\" nre_back_end_cost_per_mm2_memory=\"4\" "
       "nre_back_end_cost_per_mm2_logic=\"5\" nre_back_end_cost_per_mm2_analog=\"6\"/></wafer_processes>\n"},
      {"assembly.xml",
       "<assembly_processes><assembly name=\"a\" materials_cost_per_mm2=\"0.1\" "
       "bb_cost_per_second=\"\" " +
           with_prefix("picknplace_") + with_prefix("bonding_") +
           "die_separation=\"0.1\" edge_exclusion=\"0.2\" bonding_pitch=\"0.05\" tsv_pitch=\"0.05\" "
           "tsv_area=\"0.0001\" max_pad_current_density=\"100\" alignment_yield=\"0.99\" "
           "bonding_yield=\"0.9999\" tsv_yield=\"0.9999\" "
           "dielectric_bond_defect_density=\"0\"/></assembly_processes>\n"},
      {"test.xml",
       "<test_processes><test_process name=\"t\" time_per_test_cycle=\"1e-7\" samples_per_input=\"1\" "
       "cost_per_second=\"0.006\" " +
           stage("self") + stage("assembly") + "/></test_processes>\n"},
      {"netlist.xml",
       "<netlist>\n  <net type=\"l\" block0=\"die\" block1=\"external\" bb_count=\"\" bandwidth=\"20\" "
       "average_bandwidth_utilization=\"0.5\"/>\n</netlist>\n"},
      {"pair.xml",
       "<chip name=\"base\" core_area=\"0\" stackup=\"2:rdl\" " + chip +
           ">\n  <chip name=\"die\" core_area=\"30\" stack_side=\"face\" orientation=\"face-down\" "
           "stackup=\"1:si, 3:rdl\" " +
           chip + "></chip>\n</chip>\n"},
  };
}

Files changed(Files files, const std::string& name, const std::string& from, const std::string& to) {
  auto& text = files.at(name);
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  text.replace(at, from.size(), to);
  return files;
}

}  // namespace

TEST_CASE("the public demonstration of CATCH costs what CATCH says, whatever the order of its files") {
  const auto folder = test::sample_folder("catch");
  if (!folder) return test::skip("no sample files of CATCH");
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator{*folder}) files.push_back(entry.path());
  std::ranges::sort(files);
  const auto imported = import_files("catch", files);
  INFO(imported.messages);
  REQUIRE(imported.toml);
  CHECK(imported.messages.empty());
  CHECK(unit_cost(read(*imported.toml), find_preset("catch-2025")->quirks()) ==
        Approx(66.18084962118634).epsilon(1e-14));
  std::ranges::reverse(files);
  CHECK(import_files("catch", files).toml == imported.toml);
}

TEST_CASE("every attribute of CATCH arrives, to the last digit") {
  const auto imported = import_texts("catch", small_set());
  INFO(imported.messages);
  REQUIRE(imported.toml);
  const auto s = read(*imported.toml);
  CHECK(s.name == "pair");
  CHECK(s.links[0].energy == 1.3e-12);
  CHECK(s.links[0].energy_in_joule);
  CHECK(s.links[0].receiver_area == 0.2);
  CHECK(s.layers[0].active);
  CHECK_FALSE(s.layers[1].active);
  CHECK(s.layers[0].routing_layers == 0);
  CHECK(s.layers[1].routing_pitch == 0.002);
  CHECK(s.layers[0].litho_share == 0.3);
  CHECK(s.wafers[0].process_yield == 0.98);
  CHECK(s.wafers[0].back_end.analog == 6);
  CHECK(s.assemblies[0].bond.operators == 1e5);
  CHECK_FALSE(s.assemblies[0].rate);
  CHECK_FALSE(s.tests[0].die.patterns);
  CHECK(s.tests[0].die.scan_length == 0.0);
  CHECK(s.tests[0].assembly.is_done);
  CHECK(s.chips[1].layers == std::vector<std::string>{"si", "rdl", "rdl", "rdl"});
  CHECK(s.chips[1].facing == stack::Facing::down);
  CHECK(s.chips[0].facing == stack::Facing::up);
  CHECK(s.chips[0].aspect_ratio == 1);
  CHECK_FALSE(s.chips[1].given_area);
  CHECK(s.nets[0].bandwidth == 20);
}

TEST_CASE("what is wrong in CATCH's files is named with line and column") {
  const auto [file, from, to, message] = GENERATE(table<std::string, std::string, std::string, std::string>({
      {"layers.xml", "cost_per_mm2=\"0.01\"", "cost_per_mm2=\"cheap\"",
       "layers.xml:3:46: error: 'cost_per_mm2' is \"cheap\", but it must be a number"},
      {"pair.xml", "1:si, 3:rdl", "1:so", "there is no layer 'so'"},
      {"pair.xml", "1:si, 3:rdl", "si", "'si' in the stackup is no 'count:layer'"},
      {"pair.xml", "1:si, 3:rdl", "9999:si, 3:rdl", "the stackup has more than 10000 layers"},
      {"pair.xml", "stack_side=\"face\"", "stack_side=\"Face\"",
       "'stack_side' is \"Face\", but it must be \"face\" or \"back\""},
      {"pair.xml", "stack_side=\"face\" ", "",
       "chip 'die' does not say on which side of its parent it stands"},
      {"pair.xml", "core_area=\"30\"", "copy_from=\"base\"", "'copy_from' does not work in CATCH"},
      {"pair.xml", "core_area=\"30\"", "core_area=\"\"", "'core_area' is empty, but it must be a number"},
      {"pair.xml", "core_area=\"30\"", "area=\"30\"", "<chip> has no attribute 'core_area'"},
      {"pair.xml", "</chip>\n</chip>", "</chip>", "is no complete XML"},
      {"layers.xml", "/>\n</layers>\n", "", "is no complete XML"},
      {"netlist.xml", "type=\"l\"", "type=\"m\"", "netlist.xml:2:3: error: there is no link 'm'"},
      {"io.xml", "<ios>", "<ioss>", "is no complete XML"},
      {"io.xml", "bandwidth=\"8\"", "bandwidth=\"0\"",
       "'bandwidth' of link 'l' is 0, but it must be above 0"},
      {"wafers.xml", "wafer_process_yield=\"0.98\"", "wafer_process_yield=\"0\"",
       "'process_yield' of wafer process 'w' is 0, but it must be above 0 and at most 1"},
      {"test.xml", "self_defect_coverage=\"0.9\"", "self_defect_coverage=\"90\"",
       "'die_coverage' of test process 't' is 90, but it must be a share, from 0 to 1"},
      {"assembly.xml", "bonding_group=\"1\"", "bonding_group=\"0\"",
       "'bond_group' of assembly process 'a' is 0, but it must be above 0"},
      {"pair.xml", "quantity=\"1000\"", "quantity=\"0\"",
       "'quantity' of chip 'base' is 0, but it must be above 0"},
      {"layers.xml", "active=\"true\"", "active=\"no\"", "none of its layers is active"},
  }));
  const auto imported = import_texts("catch", changed(small_set(), file, from, to));
  CAPTURE(to, imported.messages);
  CHECK_FALSE(imported.toml);
  CHECK(imported.messages.find(message) != std::string::npos);
  CHECK(std::regex_search(imported.messages, std::regex{"^[a-z]+\\.xml:[0-9]+:[0-9]+: error: "}));
}

TEST_CASE("a file that is cut off anywhere is refused") {
  for (const auto& [name, text] : small_set()) {
    for (std::size_t length = 0; length + 2 < text.size(); length += 41) {
      auto files = small_set();
      files[name] = text.substr(0, length);
      const auto imported = import_texts("catch", files);
      CAPTURE(name, length);
      CHECK_FALSE(imported.toml);
      CHECK(imported.messages.find(name) != std::string::npos);
    }
  }
}

TEST_CASE("files that are missing, twice there, or of something else are named") {
  auto files = small_set();
  files.erase("test.xml");
  CHECK(import_texts("catch", files).messages.find("no file with <test_processes>") != std::string::npos);
  files = small_set();
  files["layers-2.xml"] = files["layers.xml"];
  CHECK(import_texts("catch", files).messages.find("is a second file of <layers>") != std::string::npos);
  files = small_set();
  files["other.xml"] = "<svg/>";
  CHECK(import_texts("catch", files).messages.find("<svg> begins no file of CATCH") != std::string::npos);
}

TEST_CASE("like dies of an imported system become one design") {
  auto files = small_set();
  auto& text = files["pair.xml"];
  const auto begin = text.find("  <chip name=\"die\"");
  const auto die = text.substr(begin, text.rfind("</chip>") - begin);
  auto twin = die;
  twin.replace(twin.find("\"die\""), 5, "\"twin\"");
  text.insert(begin, twin);
  const auto imported = import_texts("catch", files);
  INFO(imported.messages);
  REQUIRE(imported.toml);
  const auto s = read(*imported.toml);
  CHECK(s.chips[1].design == "twin");
  CHECK(s.chips[2].design == "twin");
  CHECK(s.copies[2] == 2);
}

namespace {

// Blocks and netlist of a case of ChipletPart; the cost tables are those of its model.
Files small_case() {
  const auto net = [](const std::string& from, const std::string& to) {
    return "<net type=\"l\" block0=\"" + from + "\" block1=\"" + to +
           "\" bb_count=\"\" bandwidth=\"16\" average_bandwidth_utilization=\"0.5\"/>\n";
  };
  return {
      {"io.xml", small_set()["io.xml"]},
      {"blocks.txt", "core\\[0\\] 10 5 7nm 0\nsram.a 20 1 45nm 1\nalone 3 1 14nm 0\nphy 4 2 7nm 0"},
      {"netlist.xml", "<netlist>" + net("sram.a", "core\\[0\\]") + net("phy", "core\\[0\\]") + "</netlist>"}};
}

}  // namespace

TEST_CASE("blocks of ChipletPart become chips at their node, and those without a net are counted") {
  const auto imported = import_texts("chipletpart", small_case());
  INFO(imported.messages);
  REQUIRE(imported.toml);
  CHECK(imported.messages.find("1 of 4 blocks have no net: they are kept") != std::string::npos);
  CHECK(imported.messages.find("the rows of CATCH's public library stand in") != std::string::npos);
  const auto s = read(*imported.toml);
  REQUIRE(s.chips.size() == 5);
  CHECK(s.chips[1].name == "core\\[0\\]");
  CHECK(s.chips[2].layers.front() == "combined_45nm");
  CHECK(s.chips[3].layers.front() == "combined_12nm");
  CHECK(s.chips[2].core_area == 20);
  CHECK(unit_cost(s, {}) > 0);
}

TEST_CASE("a partition puts blocks together, at the node of most of their area") {
  auto files = small_case();
  files["parts.txt"] = "1\n1\n0\n";  // in the order of the nets: sram.a, core, phy
  const auto imported = import_texts("chipletpart", files);
  INFO(imported.messages);
  REQUIRE(imported.toml);
  const auto s = read(*imported.toml);
  REQUIRE(s.chips.size() == 4);
  CHECK(s.chips[1].name == "phy");
  CHECK(s.chips[2].name == "part_1");
  CHECK(s.chips[2].layers.front() == "combined_45nm");
  CHECK(s.chips[2].core_area == Approx(20 + 10 * 17));      // logic from 7 to 45 nm
  CHECK(s.chips[2].power == Approx(1 + 5 * 5.19 / 0.789));  // an inverter's
  CHECK(s.chips[3].name == "alone");
  CHECK(s.nets.size() == 1);
  files["parts.txt"] = "1\n0\n";
  CHECK(import_texts("chipletpart", files).messages.find("has 2 part numbers, but nets name 3 blocks") !=
        std::string::npos);
}

TEST_CASE("the first bad line of ChipletPart's blocks is refused") {
  const auto [line, message] = GENERATE(table<std::string, std::string>({
      {"x 10 5 7nm", "blocks.txt:2:1: error: a block has 5 entries, but this line has 4"},
      {"x ten 5 7nm 0", "'ten' is no area above 0"},
      {"x 10 5 6nm 0", "no layers are known for the node '6nm'"},
      {"x 10 5 7nm 2", "'2' must be 0, or 1 for memory"},
      {"a 1 1 7nm 0", "block 'a' is there twice"},
  }));
  auto files = small_case();
  files["blocks.txt"] = "a 1 1 7nm 0\n" + line + "\nbroken\n";
  const auto imported = import_texts("chipletpart", files);
  CAPTURE(imported.messages);
  CHECK_FALSE(imported.toml);
  CHECK(imported.messages.find(message) != std::string::npos);
  CHECK(imported.messages.find("blocks.txt:3") == std::string::npos);
}

TEST_CASE("cost tables alone are written, for a chip to be added") {
  const auto imported = import_texts("chipletpart", {{"layers.xml", small_set()["layers.xml"]}});
  REQUIRE(imported.toml);
  CHECK(imported.toml->find("[stack.layers.\"si\"]") != std::string::npos);
  CHECK(imported.messages.find("there are no blocks: only the tables are written") != std::string::npos);
}
