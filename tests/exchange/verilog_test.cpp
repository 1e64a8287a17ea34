// Structural Verilog: its text, what it refuses, and what Icarus Verilog and Yosys say of it.
#include <catch2/catch.hpp>

#include "exchange/verilog/buses.h"
#include "exchange/verilog/names.h"
#include "exchange/verilog/write.h"
#include "support/assemblies.h"
#include "support/folder.h"
#include "support/tool.h"

namespace marquetry::exchange {

using test::Folder;

namespace {

std::string written(const assembly::Assembly& package, Diagnostics& diagnostics) {
  const Folder folder;
  const auto files = write_verilog(package, folder.path() / "out.v", diagnostics);
  return files.empty() ? "" : test::text_of(files.front());
}

}  // namespace

TEST_CASE("a name that Verilog does not take is escaped, words of the language too") {
  CHECK(verilog_identifier("u_1$") == "u_1$");
  CHECK(verilog_identifier("1u") == "\\1u ");
  CHECK(verilog_identifier("wire") == "\\wire ");
  CHECK(verilog_identifier("logic") == "\\logic ");
  CHECK(verilog_identifier("a[0]") == "\\a[0] ");
  CHECK_FALSE(is_verilog_name("a b"));
  CHECK_FALSE(is_verilog_name(""));
  CHECK_FALSE(is_verilog_name("\xc3\xa4"));
}

TEST_CASE("bits become a bus only where none is missing and no wire has the name of the bus") {
  const std::set<std::string, std::less<>> names{"a[0]", "a[1]", "b[0]",  "b[2]", "c[0]", "c[1]",
                                                 "c",    "d[0]", "e[01]", "e[1]", "f[1]", "f[0]"};
  CHECK(buses_of(names) == Widths{{"a", 2}, {"f", 2}});
  CHECK(bit_of("x[12]")->index == 12);
  CHECK_FALSE(bit_of("[1]"));
  CHECK_FALSE(bit_of("x[-1]"));
  CHECK_FALSE(bit_of("x[99999999999999999999]"));
}

TEST_CASE("a package is a module a chiplet, and a top with its ports by name") {
  Diagnostics diagnostics;
  const auto text = written(test::two_dies(), diagnostics);
  CHECK(diagnostics.all().empty());
  CHECK(text.find(
            "(* blackbox *)\nmodule cpu (\n  inout VDD,\n  inout VSS,\n  inout clk,\n  inout [3:0] d\n);\n"
            "endmodule\n") != std::string::npos);
  CHECK(text.find("module pair (\n  inout VDD,\n  inout VSS\n);\n  wire clk;\n  wire [3:0] link;\n") !=
        std::string::npos);
  CHECK(text.find("  cpu u_cpu (\n    .VDD(VDD),\n    .VSS(VSS),\n    .clk(clk),\n    .d(link)\n  );\n") !=
        std::string::npos);
}

TEST_CASE("a bus of which a bit is missing stays single wires") {
  Diagnostics diagnostics;
  auto package = test::two_dies();
  package.nets[1].pins = {package.nets[1].pins[1], package.nets[1].pins[2]};  // without the first die
  const auto text = written(package, diagnostics);
  CHECK(text.find("inout \\d[0] ,\n  inout \\d[1] ,") != std::string::npos);
  CHECK(text.find("  cpu u_cpu (\n    .VDD(VDD),\n    .VSS(VSS),\n    .clk(clk),\n    .\\d[0] (link[0]),\n"
                  "    .\\d[1] (),\n") != std::string::npos);
  CHECK(text.find("  mem u_mem (\n    .VDD(VDD),\n    .VSS(VSS),\n    .clk(clk),\n    .d(link)\n") !=
        std::string::npos);
}

TEST_CASE("a bus over parts of others is a list or a range") {
  Diagnostics diagnostics;
  auto package = test::two_dies();
  package.nets[0].name = "link[1]";
  package.nets[1].name = "other";
  package.nets[2].name = "link[0]";
  package.nets[3].name = "link[2]";
  CHECK(written(package, diagnostics).find(".d({link[2], link[0], other, link[1]})") != std::string::npos);
  package.nets[1].name = "link[4]";
  package.nets[0].name = "link[3]";
  package.nets[1].name = "link[4]";
  package.nets[2].name = "link[5]";
  package.nets[3].name = "link[6]";
  package.nets[4].name = "link[0]";
  package.nets[5].ports.clear();
  package.nets[5].name = "link[1]";
  package.nets[6].ports.clear();
  package.nets[6].name = "link[2]";
  CHECK(written(package, diagnostics).find(".d(link[6:3])") != std::string::npos);
  CHECK(diagnostics.all().empty());
}

TEST_CASE("what Verilog cannot hold is refused, all of it in one run") {
  auto package = test::two_dies();
  package.nets[4].name = "u_cpu";                        // as the instance
  package.nets[0].pins.push_back({0, 0, 4});             // clk of the cpu, which is on another net
  package.chiplets[1].name = "cpu";                      // twice
  package.chiplets[0].regions[0].bumps[5].port = "V D";  // no name
  Diagnostics diagnostics;
  CHECK(written(package, diagnostics).empty());
  std::string all;
  for (const auto& d : diagnostics.all()) all += d.message + " | " + d.hint + "\n";
  CHECK(
      all ==
      "port 'clk' of 'u_cpu' is on the nets 'link[0]' and 'u_cpu' | a port is on one net: give the bumps of "
      "the other net a port of their own\n"
      "two modules would have the name 'cpu' | rename the chiplet or the package\n"
      "port 'V D' cannot be a name in Verilog | use printable characters of ASCII without blanks\n"
      "an instance and a net both have the name 'u_cpu' | in Verilog they share their names: rename one\n");
}

TEST_CASE("a net that leaves by another name has that of its port, and more ports follow the first") {
  auto package = test::two_dies();
  package.nets[5].ports = {"VDD_A", "VDD_B"};
  Diagnostics diagnostics;
  const auto text = written(package, diagnostics);
  CHECK(text.find("assign VDD_B = VDD_A;") != std::string::npos);
  CHECK(text.find(".VDD(VDD_A)") != std::string::npos);
  REQUIRE(diagnostics.all().size() == 2);
  CHECK(diagnostics.ok());
}

TEST_CASE("a package that is called as one of its dies has a top of another name") {
  auto package = test::two_dies();
  package.name = "cpu";
  Diagnostics diagnostics;
  CHECK(written(package, diagnostics).find("\nmodule cpu_package (") != std::string::npos);
  REQUIRE(diagnostics.all().size() == 1);
  CHECK(diagnostics.all()[0].message == "the top is called 'cpu_package', since a chiplet is called 'cpu'");
}

TEST_CASE("Icarus Verilog and Yosys take every package") {
  if (!test::has_tool("iverilog") || !test::has_tool("yosys")) return;
  for (const auto& package : {test::two_dies(), test::eight_ways(), test::tower()}) {
    INFO(package.name);
    const Folder folder;
    Diagnostics diagnostics;
    const auto file = folder.path() / "out.v";
    REQUIRE(write_verilog(package, file, diagnostics).size() == 1);
    const auto icarus = test::run_tool("iverilog -t null -Wall out.v", folder.path());
    CHECK(icarus.status == 0);
    CHECK(icarus.out + icarus.err == "");
    const auto yosys = test::run_tool("yosys -q -p 'read_verilog out.v; hierarchy -check -top " +
                                          verilog_identifier(package.name) + "; check -assert'",
                                      folder.path());
    CHECK(yosys.status == 0);
    CHECK(yosys.out + yosys.err == "");
  }
}

}  // namespace marquetry::exchange
