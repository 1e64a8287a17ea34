// HotSpot's files: what is read, what is refused and where.
#include <catch2/catch.hpp>
#include <map>
#include <memory>

#include "exchange/hotspot/read.h"
#include "support/folder.h"
#include "support/golden.h"

namespace marquetry::exchange {
namespace {

using thermal::Model;

const std::string flp = "# a comment\nleft 0.004 0.008 0 0\nright\t0.004\t0.008\t0.004\t0\t1e6 0.02\n";
const std::string ptrace = "right left\n2 3\n4 5\n";
const std::string config = "  # cells\n-grid_rows 8\n-grid_cols 4\n -ambient 300 # K\n-init_temp 300\n";

struct Read {
  std::shared_ptr<test::Folder> kept{std::make_shared<test::Folder>()};
  const test::Folder& folder{*kept};
  Diagnostics diagnostics{};
  std::optional<thermal::HeatCase> heat{};
  std::string said{};

  Read& with(const std::string& name, const std::string& text) {
    folder.write(name, text);
    return *this;
  }
  Read& load(HotspotFiles files = {}, Model model = Model::physical) {
    files.config = folder.path() / "a.config";
    if (!files.layers && !files.floorplan) files.floorplan = folder.path() / "a.flp";
    if (!files.trace) files.trace = folder.path() / "a.ptrace";
    heat = load_hotspot(files, model, diagnostics);
    said = folder.without_path(render_all(diagnostics));
    return *this;
  }
};

Read usual(const std::string& c = config, const std::string& f = flp, const std::string& p = ptrace) {
  Read read;
  read.with("a.config", c).with("a.flp", f).with("a.ptrace", p).load();
  return read;
}

bool says(const Read& read, const std::string& what) {
  INFO(what << "\n" << read.said);
  const bool found = read.said.find(what) != std::string::npos;
  CHECK(found);
  return found;
}

const std::string lcf = "# two dies\n1\nY\nN\nglue\n2e-5\nb.flp\n0\nn\nY\n1.75e6\n0.01\n0.00015\na.flp\n";
const std::string materials = "# glue\nGlue\nsolid\n2.5\n4e6\n\nwater\nfluid\n0.6\n4.1e6\n8.9e-4\n";

}  // namespace

TEST_CASE("a die with an interface above it is HotSpot's stack where no layers are given") {
  const auto read = usual();
  INFO(read.said);
  REQUIRE(read.heat);
  CHECK(read.said.empty());
  const auto& stack = read.heat->stack;
  CHECK(stack.name == "a");
  CHECK(stack.width == Approx(0.008));
  CHECK(stack.height == Approx(0.008));
  CHECK(stack.ambient == 300);
  REQUIRE(stack.layers.size() == 2);
  CHECK(stack.layers[0].thickness == 0.15e-3);
  CHECK(stack.layers[0].material.across == 100);
  CHECK(stack.layers[0].material.capacity == 1.75e6);
  CHECK(stack.layers[0].heats);
  CHECK(stack.layers[1].thickness == 20e-6);
  CHECK(stack.layers[1].material.across == 4);
  CHECK_FALSE(stack.layers[1].heats);
  REQUIRE(stack.package);
  CHECK(stack.package->spreader.side == 0.03);
  CHECK(stack.package->sink.thickness == 6.9e-3);
  CHECK(stack.package->sink.material.across == 400);
  CHECK(stack.package->convection == 0.1);
  CHECK(stack.package->capacity == 140.4);
  CHECK(read.heat->settings.rows == 8);
  CHECK(read.heat->settings.columns == 4);
  CHECK_FALSE(read.heat->settings.detailed);
  // Columns by name, the mean of both steps.
  const auto& blocks = stack.layers[0].blocks;
  REQUIRE(blocks.size() == 2);
  CHECK(blocks[0].name == "left");
  CHECK(blocks[0].power == Approx(4));
  CHECK(blocks[1].power == Approx(3));
  CHECK_FALSE(blocks[0].material);
  REQUIRE(blocks[1].material);
  CHECK(blocks[1].material->across == Approx(50));
  CHECK(blocks[1].material->capacity == 1e6);
  CHECK(blocks[1].where.line == 3);
  REQUIRE(read.heat->trace);
  CHECK(read.heat->trace->interval == 3.333e-6);
  CHECK(read.heat->trace->powers == std::vector<std::vector<double>>{{3, 2}, {5, 4}});
}

TEST_CASE("layers come by their numbers, with materials by name and floorplans moved to the origin") {
  Read read;
  read.with("a.config", config + "-grid_layer_file sub/s.lcf\n-materials_file m.materials\n-detailed_3D on\n")
      .with("sub/s.lcf", lcf)
      .with("m.materials", materials)
      .with("sub/a.flp", flp)
      .with("sub/b.flp", "all 0.008 0.008 0.1 0.2\n")
      .with("a.ptrace", ptrace);
  HotspotFiles files{.config = read.folder.path() / "a.config", .trace = read.folder.path() / "a.ptrace"};
  read.heat = load_hotspot(files, Model::physical, read.diagnostics);
  read.said = read.folder.without_path(render_all(read.diagnostics));
  INFO(read.said);
  REQUIRE(read.heat);
  CHECK(read.said.empty());
  const auto& layers = read.heat->stack.layers;
  REQUIRE(layers.size() == 2);
  CHECK(layers[0].name == "layer_0");
  CHECK(layers[0].material.across == Approx(100));
  CHECK(layers[0].material.along_x == 0);  // no sideways flow
  CHECK(layers[0].heats);
  CHECK(layers[1].material.across == 2.5);
  CHECK(layers[1].material.along_x == 2.5);
  REQUIRE(layers[1].blocks.size() == 1);
  CHECK(layers[1].blocks[0].x == 0);
  CHECK(layers[1].blocks[0].power == 0);
  CHECK(read.heat->settings.detailed);
  // HotSpot 7 forgets the flag where cells have resistances of their own, and it is said.
  Diagnostics diagnostics;
  const auto forgets = load_hotspot(files, Model::hotspot7, diagnostics);
  REQUIRE(forgets);
  CHECK(forgets->stack.layers[0].material.along_x == Approx(100));
  CHECK(render_all(diagnostics).find("lets heat flow sideways in this layer all the same") !=
        std::string::npos);
}

TEST_CASE("layers with units of the same names take their columns in their order, as in HotSpot") {
  Read read;
  read.with("a.config", config)
      .with("s.lcf", "0\nY\nY\n1e6\n0.01\n1e-4\na.flp\n1\nY\nY\n1e6\n0.01\n1e-4\na.flp\n")
      .with("a.flp", flp)
      .with("a.ptrace", "left right RIGHT left\n1 2 3 4\n")
      .load({.layers = read.folder.path() / "s.lcf"});
  INFO(read.said);
  REQUIRE(read.heat);
  const auto& layers = read.heat->stack.layers;
  CHECK(layers[0].blocks[0].power == 1);
  CHECK(layers[0].blocks[1].power == 2);
  CHECK(layers[1].blocks[0].power == 4);
  CHECK(layers[1].blocks[1].power == 3);
}

TEST_CASE("faults of a floorplan and a trace are all named, each with its place") {
  const auto read = usual(config,
                          "left 0.004 0.008 0\nright 0.004 nan 0.004 0\nright 0.004 0.008 0.004 0 1e6 0\n"
                          "Right 1e30 0.008 0.004 0\nwide 0.004 0.008 0.004 0 1e6 0.01 7\n");
  CHECK_FALSE(read.heat);
  CHECK(read.diagnostics.errors() == 5);
  says(read, "a.flp:1:18: error: 'left' has 4 columns, where 5 or 7 are expected");
  says(read, "a.flp:2:13: error: the height of 'right' is nan, but must be above 0 and at most 10");
  says(read, "a.flp:3:31: error: the resistivity of 'right' is 0, but must be at least");
  says(read, "a.flp:4:7: error: the width of 'Right' is 1e30");
  says(read, "a.flp:5:35: error: 'wide' has 8 columns");

  const auto repeated = usual(config, flp + "LEFT 0.001 0.001 0 0\n");
  says(repeated, "a.flp:4:1: error: unit 'LEFT' stands in line 2 too");

  const auto trace = usual(config, flp, "left middle left\n1 2 3\n1 -2 x\n1 2\n1 2 3 4\n1 inf 1\n");
  CHECK_FALSE(trace.heat);
  says(trace, "a.ptrace:1:6: error: no layer with power has a unit 'middle'");
  says(trace, "a.ptrace:1:13: error: column 'left' stands here a second time");
  says(trace, "a.ptrace:1:1: error: there is no column for 'right'");
  says(trace, "a.ptrace:3:3: error: the power of 'middle' is -2, but must be at least 0");
  says(trace, "a.ptrace:3:6: error: the power of 'left' must be a number, not 'x'");
  says(trace, "a.ptrace:4:3: error: 2 numbers under 3 names");
  says(trace, "a.ptrace:5:7: error: 4 numbers under 3 names");
  says(trace, "a.ptrace:6:3: error: the power of 'middle' is inf");

  says(usual(config, flp, "left right\n"), "a.ptrace: error: has no power in it");
  says(usual(config, "\n# nothing\n"), "a.flp: error: has no unit");
}

TEST_CASE("a gap in a floorplan is told, and how large it is") {
  const auto read = usual(config, "left 0.004 0.008 0 0\nright 0.004 0.004 0.004 0\n");
  CHECK_FALSE(read.heat);
  says(read, "a.flp: error: the units leave a gap of about 16 mm2, at (5.000, 4.500) mm");
  says(read, "hint: HotSpot has no temperature where no unit is: fill the gap with a unit of no power");
}

TEST_CASE("what HotSpot would compute and this does not is refused or said, with its place") {
  const auto refused = usual(config +
                             "-model_secondary 1\n-leakage_used 1\n-package_model_used 1\n"
                             "-use_microchannels 1\n-t_chip 0\n-k_chip 0\n-grid_rows 7.5\n");
  CHECK_FALSE(refused.heat);
  says(refused, "a.config:6:18: error: model_secondary is 1: the secondary path");
  says(refused, "a.config:7:15: error: leakage_used is 1");
  says(refused, "a.config:8:21: error: package_model_used is 1");
  says(refused, "a.config:9:20: error: use_microchannels is 1");
  says(refused, "a.config:10:9: error: t_chip is 0, but must be above 0");
  says(refused, "a.config:11:9: error: k_chip is 0, but must be at least");
  says(refused, "a.config:12:1: warning: '-grid_rows' stands in line 2 too");
  const auto said = usual(config + "-model_type block\n-grid_map_mode center\n-grid_clos 4\n");
  REQUIRE(said.heat);
  says(said, "a.config:6:13: warning: model_type is block: HotSpot's grid model is computed instead");
  says(said, "a.config:7:16: warning: grid_map_mode is center");
  says(said, "a.config:8:1: warning: HotSpot has no key '-grid_clos': it is left out");
  says(said, "did you mean 'grid_cols'?");
  const auto broken = usual("grid_rows 8\n-ambient\n-s_sink 0.02\n-material_chip gold\n");
  says(broken, "a.config:1:1: error: 'grid_rows' is no key");
  says(broken, "a.config:2:1: error: '-ambient' has no value");
  says(broken, "a.config:3:9: error: the sink (0.02 m) is smaller than the spreader (0.03 m)");
  says(broken, "a.config:4:16: error: no material 'gold'");
  says(usual(config + "-s_spreader 0.005\n"),
       "a.config:6:13: error: the spreader, 5 mm wide, does not cover");
}

TEST_CASE("faults of layers and materials are named with their places") {
  const auto layered = [](const std::string& layers, const std::string& table = materials) {
    Read read;
    read.with("a.config", config).with("a.flp", flp).with("a.ptrace", ptrace).with("s.lcf", layers);
    read.with("m", table).with("b.flp", "all 0.008 0.009 0 0\n");
    read.load({.layers = read.folder.path() / "s.lcf", .materials = read.folder.path() / "m"});
    return read;
  };
  says(layered("0\nY\nY\nglu\n1e-4\na.flp\n"), "s.lcf:4:1: error: no material 'glu'");
  says(layered("0\nY\nmaybe\n"), "s.lcf:3:1: error: power must be Y or N, not 'maybe'");
  says(layered("0\nY\nY\nglue\n1e-4\n"), "s.lcf:5:5: error: the file ends before the floorplan of a layer");
  says(layered("1\nY\nY\nglue\n1e-4\na.flp\n"), "s.lcf:1:1: error: layer 0 is missing");
  says(layered("# none\n"), "s.lcf: error: has no layer");
  const auto both =
      layered("# none\n", "glue\nsolid\n-2.5\n4e6\n");  // a fault of the materials hides no other
  says(both, "s.lcf: error: has no layer");
  says(layered("0\nY\nY\nglue\n1e-4\na.flp\n0\nY\nY\nglue\n1e-4\na.flp\n"),
       "error: layer 0 stands here a second");
  says(layered("0\nY\nY\nglue\n1e-4\na.flp\n1\nY\nN\nglue\n1e-4\nb.flp\n"),
       "s.lcf:12:1: error: floorplan 'b.flp' measures 8 x 9 mm, the first one 8 x 8 mm");
  says(layered("0\nY\nN\nglue\n1e-4\na.flp\n"), "s.lcf:1:1: error: no layer has power");
  says(layered("0\nY\nY\nglue\n1e-4\nnet.csv\n"), "a network of microchannels, which are not computed");
  says(layered("0\nY\nY\nglue\n1e-4\nnowhere.flp\n"), "nowhere.flp");
  says(layered("0\nY\nY\nglue\n1e-4\na.flp\n", "glue\nliquid\n1\n1\n"),
       "m:2:1: error: 'glue' must be solid or fluid");
  says(layered("0\nY\nY\nglue\n1e-4\na.flp\n", "glue\nsolid\n0\n1e6\n"),
       "m:3:1: error: the conductivity is 0");
  says(layered("0\nY\nY\nglue\n1e-4\na.flp\n", "glue\nsolid\n2\n"),
       "m:1:1: error: material 'glue' is cut off");
}

TEST_CASE("materials stand beside the configuration, or are HotSpot's own, which is said") {
  const auto named = config + "-material_chip copper\n";
  Read beside;
  beside.with("a.config", named)
      .with("a.flp", flp)
      .with("a.ptrace", ptrace)
      .with("a.materials", "copper\nsolid\n390\n3e6\n");
  beside.load();
  INFO(beside.said);
  REQUIRE(beside.heat);
  CHECK(beside.said.empty());
  CHECK(beside.heat->stack.layers[0].material.across == 390);
  const auto own = usual(named);
  REQUIRE(own.heat);
  CHECK(own.heat->stack.layers[0].material.across == 400);
  says(own, "a.config:6:16: warning: no file of materials is named: 'copper' is that of HotSpot's examples");
}

TEST_CASE("files cut off or damaged anywhere are read or refused, never worse") {
  const std::map<std::string, std::string> files{
      {"a.config", config + "-grid_layer_file s.lcf\n-materials_file m\n"},
      {"a.flp", flp},
      {"b.flp", "all 0.008 0.008 0 0\n"},
      {"a.ptrace", ptrace},
      {"s.lcf", lcf},
      {"m", materials}};
  std::uint32_t state = 1;
  const auto next = [&](std::size_t below) {
    state = state * 1664525u + 1013904223u;
    return (state >> 8u) % below;
  };
  int read_well = 0, refused = 0;
  for (int round = 0; round < 600; ++round) {
    auto damaged = files;
    auto at = damaged.begin();
    std::advance(at, next(damaged.size()));
    auto& text = at->second;
    constexpr std::string_view odd = "-#.e+ \n\tYn0987x\"";
    for (auto k = 1 + next(3); k > 0 && !text.empty(); --k) {
      const auto place = next(text.size());
      if (next(3) == 0)
        text.resize(place);
      else if (next(2) == 0)
        text[place] = odd[next(odd.size())];
      else
        text.erase(place, 1 + next(4));
    }
    Read one;
    for (const auto& [name, content] : damaged) one.with(name, content);
    one.heat =
        load_hotspot({.config = one.folder.path() / "a.config", .trace = one.folder.path() / "a.ptrace"},
                     Model::hotspot7, one.diagnostics);
    CHECK(one.heat.has_value() == one.diagnostics.ok());
    for (const auto& d : one.diagnostics.all()) CHECK_FALSE(d.message.empty());
    ++(one.heat ? read_well : refused);
  }
  CHECK(read_well > 20);
  CHECK(refused > 100);
}

TEST_CASE("the samples of HotSpot's own examples are read") {
  const auto samples = test::sample_folder("hotspot");
  if (!samples) return test::skip("no samples of HotSpot");
  Diagnostics diagnostics;
  const auto one = load_hotspot({.config = *samples / "example1/example.config",
                                 .floorplan = *samples / "example1/ev6.flp",
                                 .trace = *samples / "example1/gcc.ptrace"},
                                Model::hotspot7, diagnostics);
  INFO(render_all(diagnostics));
  REQUIRE(one);
  CHECK(one->stack.layers[0].blocks.size() == 30);
  CHECK(one->stack.layers[0].material.across == 130);
  CHECK(one->trace->powers.size() == 100);
  double watts = 0;
  for (const auto& block : one->stack.layers[0].blocks) watts += block.power;
  CHECK(watts == Approx(40.207316).epsilon(1e-6));
  const auto three = load_hotspot({.config = *samples / "example3/example.config",
                                   .trace = *samples / "example3/example.ptrace",
                                   .layers = *samples / "example3/example.lcf",
                                   .materials = *samples / "example3/example.materials"},
                                  Model::physical, diagnostics);
  INFO(render_all(diagnostics));
  REQUIRE(three);
  CHECK(three->stack.layers.size() == 4);
  CHECK(three->stack.package->sink.material.across == 400);
  CHECK(three->stack.layers[2].blocks.size() == 18);
  Diagnostics refusals;
  CHECK_FALSE(load_hotspot({.config = *samples / "example5/example.config",
                            .trace = *samples / "example5/example.ptrace",
                            .layers = *samples / "example5/example.lcf",
                            .materials = *samples / "example5/example.materials"},
                           Model::physical, refusals));
  CHECK(refusals.errors() > 0);
}

}  // namespace marquetry::exchange
