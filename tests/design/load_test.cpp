#include <catch2/catch.hpp>

#include "support/small_design.h"
#include "support/small_library.h"

using namespace marquetry;
using marquetry::test::load_text;
using marquetry::test::replaced;
using marquetry::test::small_design_text;

namespace {

// What is said about the small design with one text replaced by another.
std::string complaints(const std::string& from, const std::string& to) {
  REQUIRE(small_design_text().find(from) != std::string::npos);
  const auto loaded = load_text(replaced(small_design_text(), from, to));
  const bool failed = loaded.messages.find(": error: ") != std::string::npos;
  CHECK(loaded.design.has_value() != failed);
  return loaded.messages;
}

std::string texts(const Variable& variable) {
  std::string all;
  for (const auto& value : variable.domain) all += value.text + ";";
  return all;
}

}  // namespace

TEST_CASE("a design is read with its variables, parts and wishes") {
  const auto loaded = load_text(small_design_text());
  CHECK(loaded.messages.empty());
  REQUIRE(loaded.design);
  const auto& d = *loaded.design;
  CHECK(d.name == "two-dies");
  CHECK(d.reference == "h1");
  CHECK(d.volume.value == 200'000);
  CHECK(d.profiles.at(0).id == "any");
  CHECK(d.yield_model == "murphy");
  CHECK(d.efficiency.value == "generic");
  CHECK(d.hash.size() == 16);

  REQUIRE(d.variables.size() == 5);
  CHECK(texts(d.variables[0]) == "n7;n28;");
  CHECK(d.variables[0].names == "node");
  CHECK(texts(d.variables[2]) == "4;8;12;16;");
  CHECK(d.variables[2].is_whole);
  CHECK(d.variables[3].domain[1].number == Approx(1.2e9));
  CHECK(texts(d.variables[4]) == "fp16;fp8;");

  REQUIRE(d.dies.size() == 2);
  const auto& compute = d.dies[0];
  CHECK(compute.node.variable == 0u);
  CHECK(compute.count.value == 2);
  CHECK(compute.clock.variable == 3u);
  REQUIRE(compute.modules.size() == 1);
  CHECK(compute.modules[0].module.value == "core");
  CHECK(compute.modules[0].count.variable == 1u);
  CHECK_FALSE(compute.area);
  CHECK(d.dies[1].width->value == Approx(16e-3));
  CHECK(d.dies[1].power->value == Approx(5));

  CHECK(d.memories.at(0).host == "compute");
  CHECK(d.memories.at(0).stacks.value == 2);
  REQUIRE(d.links.size() == 2);
  CHECK(d.links[0].topology.value == "mesh");
  CHECK(d.links[1].topology.value == "star");
  REQUIRE(d.workloads.size() == 2);
  CHECK(d.workloads[0].phase == "decode");
  CHECK(d.workloads[0].precision.variable == 4u);
  CHECK(d.workloads[1].phase == "run");

  REQUIRE(d.constraints.size() == 3);
  CHECK(d.constraints[0].limit == 700);
  CHECK(d.constraints[0].text == "700 W");
  CHECK(d.constraints[1].limit == Approx(368.15));
  CHECK(d.constraints[1].text == "95 degC");
  CHECK(d.constraints[2].is_least);
  REQUIRE(d.objectives.size() == 3);
  CHECK(d.objectives[2].maximize);
}

TEST_CASE("links among the dies of one type join all of them unless told otherwise") {
  const auto loaded = load_text(replaced(small_design_text(), "topology = \"mesh\"\n", ""));
  REQUIRE(loaded.design);
  CHECK(loaded.design->links[0].topology.value == "all");
}

TEST_CASE("dies are joined by every topology of dies that takes their number") {
  const auto with = [](const std::string& topology, const std::string& count) {
    return load_text(replaced(replaced(small_design_text(), "count = 2", "count = " + count),
                              "topology = \"mesh\"", "topology = \"" + topology + "\""));
  };
  for (const auto* topology : {"ring", "torus", "hypercube", "dragonfly", "hexa-mesh", "kite-small"})
    CHECK(with(topology, "4").design);
  CHECK(with("hypercube", "6")
            .messages.find("error: link 'd2d' cannot join 6 dies 'compute' by a topology "
                           "'hypercube': a hypercube has 2, 4, 8 ... dies, not 6\n") != std::string::npos);
  CHECK(
      with("hex-torus", "8").messages.find("it takes full rings of dies, 7, 19, 37, 61 ... in all, not 8") !=
      std::string::npos);
}

TEST_CASE("a profile is a name, several, or rules of one's own") {
  const auto text = small_design_text();
  CHECK(load_text(replaced(text, "[\"any\"]", "'no-euv'")).design->profiles.at(0).rules.size() == 7);
  CHECK(load_text(replaced(text, "[\"any\"]", "['no-euv', 'any']")).design->profiles.size() == 2);
  const auto own =
      load_text(replaced(text, "[\"any\"]", "{ nodes = { euv = false }, caps = { 'cost.unit_usd' = 9 } }"));
  REQUIRE(own.design);
  CHECK(own.design->profiles.at(0).rules.at(0).path == "profile.inline.nodes.euv");
  CHECK(own.design->profiles.at(0).rules.at(1).limit == 9);
  CHECK(complaints("[\"any\"]", "{ nodes = { allow = ['n8'] } }") ==
        "d.toml:4:31: error: profile 'inline' names the node 'n8', which is not in the library\n"
        "    profile = { nodes = { allow = ['n8'] } }\n"
        "                                  ^\n"
        "  hint: did you mean 'n7'?\n");
}

TEST_CASE("a reference to no variable is named with the nearest one") {
  CHECK(complaints("core = \"$cores\"", "core = \"$core\"") ==
        "d.toml:13:1: warning: variable 'cores' is used nowhere\n"
        "    cores = [16, 20, 24]\n"
        "    ^\n"
        "  hint: refer to it as \"$cores\", or drop it\n"
        "d.toml:22:20: error: there is no variable '$core'\n"
        "    modules = { core = \"$core\" }\n"
        "                       ^\n"
        "  hint: did you mean 'cores'?\n");
}

TEST_CASE("a harvested module must be one of the die's, with spares") {
  const std::string modules = "modules = { core = \"$cores\" }";
  CHECK(complaints(modules, "modules = { core = { count = \"$cores\", active = 14 } }\nharvest = \"core\"")
            .empty());
  CHECK(complaints(modules, modules + "\nharvest = \"core\"") ==
        "d.toml:23:11: error: die 'compute' harvests 'core', but needs all of them\n"
        "    harvest = \"core\"\n"
        "              ^\n"
        "  hint: say how many must work: core = { count = 16, active = 14 }\n");
  CHECK(complaints(modules, modules + "\nharvest = \"cores\"") ==
        "d.toml:23:11: error: die 'compute' has no module 'cores' to harvest\n"
        "    harvest = \"cores\"\n"
        "              ^\n"
        "  hint: did you mean 'core'?\n");
}

TEST_CASE("an unknown name in a domain is pointed at in the domain") {
  CHECK(complaints("[\"n7\", \"n28\"]", "[\"n7\", \"n29\"]") ==
        "d.toml:12:15: error: 'node': there is no node 'n29'\n"
        "    node = [\"n7\", \"n29\"]\n"
        "                  ^\n"
        "  hint: did you mean 'n28'?\n");
}

TEST_CASE("a domain of another kind than its field is refused") {
  CHECK(complaints("[\"1.0 GHz\", \"1.2 GHz\"]", "[\"1.0 GHz\", \"1.2 V\", 3]") ==
        "d.toml:15:21: error: 'clock' must be a rate, but \"1.2 V\" is a voltage\n"
        "    clock = [\"1.0 GHz\", \"1.2 V\", 3]\n"
        "                        ^\n"
        "  hint: write a rate as text with its unit, for example \"1.4 GHz\"\n"
        "d.toml:15:30: error: 'clock' must be a rate, but 3 is a plain number\n"
        "    clock = [\"1.0 GHz\", \"1.2 V\", 3]\n"
        "                                 ^\n"
        "  hint: write a rate as text with its unit, for example \"1.4 GHz\"\n");
  CHECK(complaints("{ from = 4, to = 16, step = 4 }", "{ from = 0.5, to = 4, step = 0.5 }") ==
        "d.toml:14:9: error: 'lanes' must be a whole number, but it is 0.5\n"
        "    lanes = { from = 0.5, to = 4, step = 0.5 }\n"
        "            ^\n");
}

TEST_CASE("domains that cannot be are refused") {
  const auto [to, message] = GENERATE(table<const char*, const char*>({
      {"[]", "variable 'lanes' has no value to take"},
      {"4", "variable 'lanes' needs a list of values or a range"},
      {"[4, 8, 4]", "variable 'lanes' has the value '4' twice"},
      {"[true]", "a value of variable 'lanes' must be a text or a number, but it is true or false"},
      {"{ from = 4, to = 16, step = 0 }", "the steps of variable 'lanes' never lead from 'from' to 'to'"},
      {"{ from = 4, to = 16, step = -4 }", "the steps of variable 'lanes' never lead from 'from' to 'to'"},
      {"{ from = 4, to = 1, step = 1 }", "the steps of variable 'lanes' never lead from 'from' to 'to'"},
      {"{ from = 1, to = 100000, step = 1 }", "variable 'lanes' has more than 10000 values"},
      {"{ from = 1, to = 1e300, step = 1e-300 }",
       "the steps of variable 'lanes' never lead from 'from' to 'to'"},
      {"{ from = 1, to = 4 }", "variable 'lanes': missing key 'step'"},
      {"{ from = 1, to = 4, stop = 5, step = 1 }", "variable 'lanes': unknown key 'stop'"},
      {"{ from = 1, to = '4 W', step = 1 }",
       "'from' is a plain number, 'to' is a power and 'step' is a plain number"},
      {"[-4]", "'lanes' is -4, but it must not be negative"},
      {"['n7']", "'lanes': \"n7\" is not a number with a unit"},
      {"[5000]", "'lanes' must be at most 4096, but it is 5000"},
  }));
  CAPTURE(to);
  CHECK_THAT(complaints("{ from = 4, to = 16, step = 4 }", to),
             Catch::Matchers::Contains(": error: " + std::string{message} + "\n"));
}

TEST_CASE("a range in units has readable values") {
  const auto loaded = load_text(replaced(small_design_text(), "[\"1.0 GHz\", \"1.2 GHz\"]",
                                         "{ from = '0.8 GHz', to = '1.2 GHz', step = '100 MHz' }"));
  CHECK(loaded.messages.empty());
  CHECK(texts(loaded.design->variables[3]) == "800 MHz;900 MHz;1 GHz;1.1 GHz;1.2 GHz;");
}

TEST_CASE("dies that stand on each other in a circle are refused with the circle") {
  CHECK(complaints("power = \"5 W\"\n",
                   "on = 'top'\nstacking = 'stacked'\n[dies.top]\nnode = 'n7'\narea = '50 mm2'\n"
                   "on = 'io'\nstacking = 'stacked'\n") ==
        "d.toml:24:7: error: die 'io' stands on itself: io on top on io\n"
        "    [dies.io]\n"
        "          ^\n"
        "  hint: one of them must stand on the package: drop its 'on'\n");
}

TEST_CASE("pins cannot run faster than their memory takes") {
  const auto with = [](const std::string& rate) {
    return test::load_text(test::replaced(test::small_design_text(), "memory = \"hbm2e\"",
                                          "memory = \"hbm2e\"\npin_rate = \"" + rate + "\""))
        .messages;
  };
  CHECK(with("3.1 Gbit/s").empty());
  CHECK(
      with("9 Gbit/s").find("memory 'hbm' runs its pins at 9 Gbit/s, but 'hbm2e' takes at most 3.6 Gbit/s") !=
      std::string::npos);
}

TEST_CASE("other mistakes of a design are found") {
  const auto [from, to, message] = GENERATE(table<const char*, const char*, const char*>({
      {"name = \"two-dies\"", "name = \"Two dies\"", "'Two dies' cannot name a design"},
      {"title = ", "titel = ", "unknown key 'titel'"},
      {"[\"any\"]", "'anny'", "'profile' names the profile 'anny', which is not in the library"},
      {"reference = \"h1\"", "reference = \"h2\"",
       "'reference' names the product 'h2', which is not in the library"},
      {"volume = 200_000", "volume = 0", "'volume' must be at least 1, but it is 0"},
      {"cooling = \"air\"\n", "", "missing key 'cooling'"},
      {"test = \"standard\"", "test = 3", "'test' must name a test flow, but it is a number"},
      {"clock = \"$clock\"\n", "", "die 'compute': missing key 'clock' (of its modules)"},
      {"count = 2\n", "count = 2.5\n", "'count' must be a whole number, but it is 2.5"},
      {"count = 2\n", "count = -2\n", "'count' is -2, but it must not be negative"},
      {"modules = { core = \"$cores\" }", "modules = { cor = \"$cores\" }",
       "'modules': there is no module 'cor'"},
      {"modules = { core = \"$cores\" }", "modules = 3",
       "'modules' must be a table of modules and their counts"},
      {"modules = { core = \"$cores\" }", "modules = [{ module = 'core', cuont = 3 }]",
       "module of die 'compute': unknown key 'cuont'"},
      {"height = \"10.5 mm\"\n", "", "die 'io' has only one of 'width' and 'height'"},
      {"height = \"10.5 mm\"\n", "height = \"10.5 mm\"\narea = \"3 mm2\"\n",
       "die 'io' has both 'area' and its sides"},
      {"width = \"16 mm\"\nheight = \"10.5 mm\"\n", "", "die 'io' has neither modules nor an area"},
      {"power = \"5 W\"", "on = \"compute\"", "die 'io' has only one of 'on' and 'stacking'"},
      {"power = \"5 W\"", "on = \"compte\"\nstacking = \"stacked\"",
       "'on' of die 'io' is 'compte', which is no die of this design"},
      {"power = \"5 W\"", "utilisation = 1.5", "'utilisation' must be at most 1, but it is 1.5"},
      {"[dies.io]", "[dies.IO]", "'IO' cannot be a name"},
      {"host = \"compute\"", "host = \"cpu\"",
       "'host' of memory 'hbm' is 'cpu', which is no die of this design"},
      {"to = \"outside\"", "to = \"outsid\"",
       "'to' of link 'out' is 'outsid', which is no die of this design"},
      {"topology = \"mesh\"", "topology = \"star\"",
       "link 'd2d' goes from 'compute' to 'compute', which a topology 'star' cannot join"},
      {"topology = \"mesh\"", "topology = \"lattice\"", "'topology': there is no topology 'lattice'"},
      {"topology = \"mesh\"", "topology = \"fat-tree\"", "'topology': there is no topology 'fat-tree'"},
      {"phase = \"decode\"\n", "", "workload 'decode' runs 'llama', a transformer, without a phase"},
      {"phase = \"decode\"", "phase = \"run\"",
       "workload 'decode' runs 'llama', a transformer, in the phase 'run', which it has not"},
      {"model = \"gemm\"", "model = \"gemm\"\nphase = \"decode\"",
       "workload 'gemm' runs 'gemm', a matrix-product, in the phase 'decode', which it has not"},
      {"{ max = \"700 W\" }", "{ max = \"700 USD\" }",
       "'power.total_w' must be a power, but \"700 USD\" is an amount of money"},
      {"{ max = \"700 W\" }", "{}", "constraint 'power.total_w' has neither 'max' nor 'min'"},
      {"{ max = \"700 W\" }", "{ maks = 3 }", "constraint 'power.total_w': unknown key 'maks'"},
      {"{ max = \"700 W\" }", "700", "constraint 'power.total_w' needs a limit"},
      {"[\"cost.unit_usd\", \"power", "[\"power.total_w\", \"power", "'power.total_w' is an objective twice"},
      {"minimize = [", "minimise = [", "objectives: unknown key 'minimise'"},
      {"[models]\nyield", "[models]\nyeild", "models: unknown key 'yeild'"},
      {"format = 1\n", "format = 9\n", "format is 9, but this program reads format 1"},
      {"[variables]", "[variables]\nUnused = [1]", "'Unused' cannot name a variable"},
  }));
  CAPTURE(to);
  CHECK_THAT(complaints(from, to), Catch::Matchers::Contains("error: " + std::string{message} + "\n"));
}

TEST_CASE("constraints may also be written as tables") {
  const auto loaded = load_text(replaced(small_design_text(), "\"power.total_w\" = { max = \"700 W\" }",
                                         "power.total_w = { max = 600, min = 1 }"));
  REQUIRE(loaded.design);
  CHECK(loaded.design->constraints.size() == 4);
  CHECK(loaded.design->constraints[0].path == "power.total_w");
  CHECK(loaded.design->constraints[0].is_least);
  CHECK(loaded.design->constraints[1].limit == 600);
}

TEST_CASE("a design of blocks is read, and says that it cannot be partitioned yet") {
  const std::string text =
      "format = 1\nname = 'b'\npackaging = 'cowos-s'\ncooling = 'air'\ntest = 'standard'\n"
      "[[blocks]]\nid = 'a'\nmodule = 'core'\ncount = 4\n[[blocks]]\nid = 'b'\nmodule = 'core'\n"
      "[[nets]]\nid = 'n'\nblocks = ['a', 'b']\nbandwidth = '1 TB/s'\n"
      "[[product]]\nid = 'small'\nvolume = 1000\nset = { cores = 16 }\n";
  CHECK(load_text(text).messages ==
        "d.toml: error: has blocks but no dies, and partitioning is not part of this version\n"
        "  hint: add a table [dies.NAME] for each type of die\n");
  const auto both = load_text(text + "[dies.x]\nnode = 'n7'\narea = '80 mm2'\n");
  CHECK(both.messages.empty());
  REQUIRE(both.design);
  CHECK(both.design->blocks.at(0).count.value == 4);
  CHECK(both.design->nets.at(0).bandwidth == Approx(8e12));
  CHECK(both.design->family.at(0).set.at(0) == "cores=16");
}

TEST_CASE("a design may not have more parts than can be searched") {
  std::string dies;
  for (int i = 0; i < 20; ++i) dies += "[dies.d" + std::to_string(i) + "]\nnode = 'n7'\narea = '8 mm2'\n";
  const auto loaded = load_text(small_design_text() + dies);
  CHECK(loaded.messages == "d.toml: error: has 22 types of dies, more than the 16 that a design may have\n");
}

TEST_CASE("all mistakes of a design are reported in one run") {
  const auto messages =
      load_text("format = 1\nname = 'x'\npackaging = 'cowos'\n[dies.a]\nnode = 'n8'\narea = '-1 mm2'\n")
          .messages;
  CHECK(messages ==
        "d.toml:1:1: error: missing key 'cooling'\n"
        "    format = 1\n"
        "    ^\n"
        "d.toml:1:1: error: missing key 'test'\n"
        "    format = 1\n"
        "    ^\n"
        "d.toml:3:13: error: 'packaging': there is no packaging 'cowos'\n"
        "    packaging = 'cowos'\n"
        "                ^\n"
        "  hint: did you mean 'cowos-s'?\n"
        "d.toml:5:8: error: 'node': there is no node 'n8'\n"
        "    node = 'n8'\n"
        "           ^\n"
        "  hint: did you mean 'n7'?\n"
        "d.toml:6:8: error: 'area' is \"-1 mm2\", but it must not be negative\n"
        "    area = '-1 mm2'\n"
        "           ^\n");
}

TEST_CASE("a file that is no design is one complaint") {
  CHECK(load_text("").messages.find("d.toml: error: missing key 'format'\n") == 0);
  CHECK(load_text(std::string{"\0", 1}).messages ==
        "d.toml: error: is a binary file, where a text file was expected\n");
  CHECK(load_text("dies = [").messages.find("d.toml:1:9: error: is no TOML here: ") == 0);
  CHECK_FALSE(
      load_text("dies = 3\nvariables = 4\nlinks = [1]\nworkloads = 'x'\nconstraints = 1\nobjectives = 2\n"
                "models = 3\nblocks = 4\nprofile = 5\n")
          .design);
}
