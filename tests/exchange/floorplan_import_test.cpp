// Import of TAP-2.5D's .cfg, GSRC bookshelf and MCNC YAL: against the neutral cases, against what the samples
// say, and with every mistake named where it stands.
#include <catch2/catch.hpp>
#include <map>

#include "config/json.h"
#include "config/parse.h"
#include "exchange/formats.h"
#include "exchange/layout_case.h"
#include "layout_file/load.h"
#include "support/folder.h"
#include "support/golden.h"

using namespace marquetry;
using layout::Problem;

namespace {

namespace fs = std::filesystem;
using Files = std::map<std::string, std::string>;

struct Imported {
  std::optional<Problem> problem{};
  std::string messages{};
};

Imported import_files(const std::string& format, const std::vector<fs::path>& files) {
  Diagnostics diagnostics;
  Imported out;
  const auto toml = exchange::find_import_format(format)->read(files, diagnostics);
  if (toml) {
    const auto root = parse_text(*toml, "imported.toml", diagnostics);
    REQUIRE(root);
    out.problem = layout_file::load(*root, diagnostics);
  }
  out.messages = render_all(diagnostics);
  return out;
}

Imported import_texts(const std::string& format, const Files& texts) {
  const test::Folder folder;
  std::vector<fs::path> files;
  for (const auto& [name, text] : texts) files.push_back(folder.write(name, text));
  auto out = import_files(format, files);
  out.messages = folder.without_path(out.messages);
  return out;
}

bool says(const Imported& imported, const std::string& words) {
  INFO(imported.messages);
  CHECK(imported.messages.find(words) != std::string::npos);
  return imported.messages.find(words) != std::string::npos;
}

constexpr auto small_cfg =
    "[general]\npath = /somewhere/twins/\nplacer_granularity = 1\n[interposer]\nintp_type = passive\n"
    "intp_size = 30\n[chiplets]\nchiplet_count = 2\nwidths = 10,\t8\nheights = 10, 9\npowers = 5, 7\n"
    "# wires\nconnections = 0, 100;\n            60, 0\n";

}  // namespace

TEST_CASE("a .cfg of TAP-2.5D: chiplets, ring, clumps, and wires of both directions") {
  const auto [problem, messages] = import_texts("tap25d", {{"a.cfg", small_cfg}});
  INFO(messages);
  REQUIRE(problem);
  CHECK(problem->name == "twins");
  CHECK(problem->carrier.fixed == layout::Size{30'000'000, 30'000'000});
  CHECK(problem->edge == 455'000);  // half a step of the grid, of which the ring takes 45 um
  REQUIRE(problem->dies.size() == 2);
  CHECK(problem->dies[1].size == layout::Size{8'000'000, 9'000'000});
  CHECK(problem->dies[1].power == 7);
  REQUIRE(problem->links.size() == 1);
  CHECK(problem->links[0].wires == 160);
  // One row of 45 um holds (2 * 20 mm * 45 um + ...) / (45 um)^2 = 893 bumps > 160; 10.045 mm / 45 um = 223.
  CHECK(problem->dies[0].ring == 45'000);
  CHECK((*problem->dies[0].clumps)[0].capacity == 223);
  CHECK((*problem->dies[1].clumps)[0].capacity == 178);  // 8.045 / 0.045 = 178.8
  CHECK((*problem->dies[1].clumps)[1].capacity == 201);  // 9.045 / 0.045 = 201
}

TEST_CASE("the sample of TAP-2.5D is its neutral case") {
  const auto samples = test::sample_folder("tap25d");
  const auto bench = test::bench_folder("layout");
  if (!samples || !bench) return test::skip("no samples of TAP-2.5D, or no cases");
  const auto imported = import_files("tap25d", {*samples / "sys_ascend910.cfg"});
  INFO(imported.messages);
  REQUIRE(imported.problem);
  Diagnostics diagnostics;
  const auto root = parse_json_file(*bench / "tap25d" / (imported.problem->name + ".json"), diagnostics);
  REQUIRE(root);
  const auto neutral = exchange::read_layout_case(*root, exchange::Setting::native, diagnostics);
  REQUIRE(neutral);
  CHECK(imported.problem->carrier.fixed == neutral->carrier.fixed);
  CHECK(imported.problem->edge == neutral->edge);
  REQUIRE(imported.problem->dies.size() == neutral->dies.size());
  for (std::size_t i = 0; i < neutral->dies.size(); ++i) {
    const auto &ours = imported.problem->dies[i], &theirs = neutral->dies[i];
    INFO(theirs.name);
    CHECK(ours.size == theirs.size);
    CHECK(ours.power == theirs.power);
    CHECK(ours.ring == theirs.ring);
    CHECK(ours.rotations == theirs.rotations);
    for (std::size_t side = 0; side < 4; ++side) {
      CHECK((*ours.clumps)[side].capacity == (*theirs.clumps)[side].capacity);
      CHECK((*ours.clumps)[side].outside == (*theirs.clumps)[side].outside);
    }
  }
  std::map<std::pair<std::size_t, std::size_t>, double> wires;
  for (const auto& link : imported.problem->links) wires[std::minmax(link.a, link.b)] += link.wires;
  for (const auto& link : neutral->links) wires[std::minmax(link.a, link.b)] -= link.wires;
  for (const auto& [pair, difference] : wires) CHECK(difference == 0);
}

TEST_CASE("mistakes of a .cfg are named where they stand") {
  const auto with = [](const std::string& from, const std::string& to) {
    return import_texts("tap25d", {{"a.cfg", test::replaced(small_cfg, from, to)}});
  };
  CHECK(with("10,\t8", "10, -8").messages ==
        "a.cfg:9:14: error: -8 must lie between 0.001 and 10000\n"
        "    widths = 10, -8\n"
        "                 ^\n");
  CHECK(says(with("60, 0\n", "60, 0;\n"), "'connections' has 3 rows, but chiplet_count is 2"));
  CHECK(says(with("powers = 5, 7", "powers = 5, 7,"), "'powers' has 3 values, but chiplet_count is 2"));
  CHECK(says(with("60, 0", "60, 1"), "a.cfg:14:17: error: chiplet 1 has wires to itself"));
  CHECK(says(with("60, 0", "6x, 0"), "a number was expected, not '6x'"));
  CHECK(says(with("60, 0", "nan, 0"), "a number was expected, not 'nan'"));
  CHECK(says(with("passive", "active"), "an interposer of type 'active' is not known"));
  CHECK(says(with("chiplet_count = 2", "chiplet_count = 1e9"), "must lie between 1 and 1000"));
  CHECK(says(with("[chiplets]", "chiplets"), "a line is 'key = value'"));
  CHECK(says(with("heights", "hights"), "[chiplets] has no key 'heights'"));
  CHECK(says(import_texts("tap25d", {{"a.cfg", "x = 1\n"}}), "before the first [section]"));
  CHECK(says(import_texts("tap25d", {{"a.cfg", ""}}), "has no key 'chiplet_count'"));
}

TEST_CASE("the bookshelf sample: hard and soft blocks, terminals, offsets in per cent") {
  const auto samples = test::sample_folder("bookshelf");
  if (!samples) return test::skip("no samples of the bookshelf");
  const auto [problem, messages] =
      import_files("bookshelf", {*samples / "four.nets", *samples / "four.pl", *samples / "four.blocks"});
  INFO(messages);
  CHECK(messages.empty());
  REQUIRE(problem);
  REQUIRE(problem->dies.size() == 4);
  CHECK(problem->dies[0].size == layout::Size{60'000, 40'000});
  CHECK(problem->dies[3].soft->area == 900e6);
  CHECK(problem->dies[3].soft->largest_aspect == 3);
  CHECK(problem->carrier.fixed == layout::Size{90'000, 90'000});
  CHECK(problem->terminals == std::vector<layout::Point>{{0, 90'000}, {90'000, 0}});
  REQUIRE(problem->nets.size() == 3);
  REQUIRE(problem->nets[1].pins.size() == 4);
  CHECK(problem->nets[1].pins[0].at == layout::Point{60'000, 10'000});  // +50 % and -25 % of 60 x 40
  CHECK(problem->nets[1].pins[1].at == layout::Point{0, 15'000});
  CHECK(problem->nets[1].pins[3].at_centre);
}

TEST_CASE("a bookshelf floorplan that is not quite one says where") {
  const Files good{
      {"a.blocks",
       "UCSC blocks 1.0\nNumHardRectilinearBlocks : 1\nb hardrectilinear 4 (0, 0) (0, 4)\n"
       "  (6, 4) (6, 0)\nc softrectangular 9 0.5 2\n\np 1 1 terminal\n"},
      {"a.nets", "NumPins : 3\nNetDegree : 2\nb B : %50 %0\np B\nNetDegree : 2 named\nc\nb I : 1 -1\n"},
      {"a.pl", "UCLA pl 1.0\nb 0 0\np -3.5 7 : N\n"}};
  const auto plan = import_texts("bookshelf", good);
  INFO(plan.messages);
  REQUIRE(plan.problem);
  CHECK(says(plan, "a.nets: warning: NumPins says 3, but there are 4 pins"));
  CHECK(plan.problem->nets[0].pins[1].at == layout::Point{-3'500, 7'000});
  CHECK(plan.problem->nets[1].pins[1].at == layout::Point{4'000, 1'000});  // 1 right of and 1 below (3, 2)
  CHECK_FALSE(plan.problem->carrier.fixed);                                // the terminals span no box

  const auto with = [&](const std::string& file, const std::string& from, const std::string& to) {
    auto files = good;
    files[file] = test::replaced(files[file], from, to);
    return import_texts("bookshelf", files);
  };
  CHECK(with("a.blocks", "(6, 4) (6, 0)", "(6, 4) (7, 0)").messages ==
        "a.blocks:3:1: error: block 'b' is no rectangle with a width and a height\n"
        "    b hardrectilinear 4 (0, 0) (0, 4)\n"
        "    ^\n"
        "  hint: only rectangles can be placed: replace it by the box round it\n");
  CHECK(
      says(with("a.blocks", "(6, 4) (6, 0)", "(0, 4) (0, 0)"), "is no rectangle with a width and a height"));
  CHECK(says(with("a.blocks", "hardrectilinear 4", "hardrectilinear 9999"), "has 9999 corners"));
  CHECK(says(with("a.blocks", "softrectangular", "softrect"), "'softrect' is no kind of block"));
  CHECK(says(with("a.blocks", "9 0.5 2", "-9 0.5 2"), "soft block 'c' needs an area above 0"));
  CHECK(says(with("a.blocks", "9 0.5 2", "nan 0.5 2"), "an area must be a number, not 'nan'"));
  CHECK(says(with("a.blocks", "c soft", "b soft"), "the name 'b' stands twice"));
  CHECK(says(with("a.blocks", "p 1 1 terminal\n", "p"), "the file ends where the kind of 'p' was expected"));
  CHECK(says(with("a.nets", "p B", "pp B"), "a.nets:4:1: error: there is no block or terminal 'pp'"));
  CHECK(says(with("a.nets", "NetDegree : 2 named", "NetDegree : 9 named"), "7 pins of this net are missing"));
  CHECK(says(with("a.nets", "NetDegree : 2\n", ""), "'b' stands outside of a net"));
  CHECK(says(with("a.pl", "-3.5", "-3.5.1"), "x must be a number, not '-3.5.1'"));
  CHECK(says(with("a.pl", "-3.5", "1e300"), "beyond any package"));
  CHECK(says(import_texts("bookshelf", {{"a.nets", good.at("a.nets")}}), "needs its .blocks file"));
  CHECK(says(import_texts("bookshelf", {{"a.blocks", ""}}), "has no blocks"));
  CHECK(says(import_texts("bookshelf", {{"a.blocks", std::string(1000, 'x')}}), "a word of 1000 characters"));
}

TEST_CASE("the YAL sample: instances with their pins, pads as terminals") {
  const auto samples = test::sample_folder("yal");
  if (!samples) return test::skip("no samples of YAL");
  const auto [problem, messages] = import_files("yal", {*samples / "three.yal"});
  INFO(messages);
  CHECK(messages.empty());
  REQUIRE(problem);
  CHECK(problem->name == "chip");
  REQUIRE(problem->dies.size() == 3);
  CHECK(problem->dies[0].name == "c0");
  CHECK(problem->dies[0].size == layout::Size{600'000, 400'000});
  CHECK(problem->carrier.fixed == layout::Size{1'000'000, 1'000'000});
  CHECK(problem->terminals == std::vector<layout::Point>{{0, 500'000}, {500'000, 1'000'000}});
  REQUIRE(problem->nets.size() == 3);  // IN, N1, PWR1 in the order of their first pins
  CHECK(problem->nets[0].pins.size() == 2);
  CHECK(problem->nets[0].pins[0].at == layout::Point{0, 100'000});
  CHECK(problem->nets[1].pins.size() == 3);
  CHECK(problem->nets[2].pins.size() == 4);
}

TEST_CASE("mistakes in YAL are named where they stand") {
  const std::string good =
      "MODULE a; TYPE GENERAL; DIMENSIONS 10 10 10 30 20 30 20 10;\nIOLIST; x B RIGHT 5 1 METAL2; y I 10 10; "
      "ENDIOLIST;\n"
      "ENDMODULE;\nMODULE top; TYPE PARENT; DIMENSIONS 0 0 0 90 90 90 90 0; IOLIST; p PI 0 45; p PI 90 45; "
      "ENDIOLIST;\n"
      "NETWORK\nu a n p; v a n q;\nENDNETWORK; ENDMODULE;\n";
  const auto with = [&](const std::string& from, const std::string& to) {
    return import_texts("yal", {{"a.yal", test::replaced(good, from, to)}});
  };
  const auto plan = with("MODULE a", "MODULE a");
  INFO(plan.messages);
  REQUIRE(plan.problem);
  CHECK(plan.problem->dies[0].size == layout::Size{10'000, 20'000});
  REQUIRE(plan.problem->nets.size() == 2);
  CHECK(plan.problem->nets[0].pins[0].at == layout::Point{10'000, 5'000});  // at the right, 5 up
  CHECK(plan.problem->nets[1].pins[0].at == layout::Point{0, 0});           // the corner, wherever it was
  CHECK(plan.problem->nets[1].pins.size() == 3);
  CHECK(plan.problem->terminal_names == std::vector<std::string>{"p", "p#2"});
  CHECK(with("u a n p;", "u a n;").messages ==
        "a.yal:6:1: error: 'u' has 1 nets, but its module 'a' has 2 signals\n"
        "    u a n; v a n q;\n"
        "    ^\n"
        "  hint: nets stand in the order of the module's IOLIST\n");
  CHECK(says(with("u a n p", "u b n p"), "'u' is an instance of 'b', which is no module"));
  CHECK(says(with("v a n q", "u a n q"), "the name 'u' stands twice"));
  CHECK(says(with("TYPE PARENT", "TYPE GENERAL"), "no module is of TYPE PARENT"));
  CHECK(says(with("TYPE GENERAL", "TYPE PARENT"), "a second PARENT, after 'a'"));
  CHECK(says(with("10 30 20 30 20 10;", "10 30 20 30;"), "module 'a' is no rectangle"));
  CHECK(says(with("10 30 20 30 20 10;", "10 30 x 30 20 10;"), "must be a number, not 'x'"));
  CHECK(says(with("ENDNETWORK; ENDMODULE;", ""), "module 'top' is not ended"));
  CHECK(says(with("MODULE a;", ""), "'TYPE' stands outside of a module"));
  CHECK(says(with("MODULE a;", "/* MODULE a;"), "a comment is opened but not closed"));
  CHECK(says(with("y I 10 10", "y Z 10 10"), "a signal is written"));
  CHECK(says(import_texts("yal", {{"a.yal", ""}}), "no module is of TYPE PARENT"));
}

TEST_CASE("whatever stands in a file, an import ends with an answer or a complaint") {
  const std::map<std::string, std::string> kinds{
      {"yal", "a.yal"}, {"tap25d", "a.cfg"}, {"bookshelf", "a.blocks"}};
  const std::vector<std::string> seeds{
      small_cfg, "MODULE a; TYPE PARENT; DIMENSIONS 0 0 0 9 9 9 9 0; NETWORK; u a; ENDNETWORK; ENDMODULE;",
      "a hardrectilinear 4 (0,0) (0,4) (6,4) (6,0)\np terminal\n"};
  std::size_t answers = 0;
  for (const auto& [format, name] : kinds) {
    for (const auto& seed : seeds) {
      for (std::size_t cut = 0; cut < seed.size(); cut += 7) {
        auto text = seed;
        if (cut > 0) text[cut] = "\0;[],:(x-9"[cut % 10];
        const auto imported = import_texts(format, {{name, text.substr(0, seed.size() - cut / 2)}});
        CHECK(imported.problem.has_value() != (imported.messages.find("error:") != std::string::npos));
        if (imported.problem) ++answers;
      }
    }
  }
  CHECK(answers >= 2);  // the seeds themselves
}
