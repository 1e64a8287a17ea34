// docs/presets.md against the program: every quirk has its row, its figures are what `compare` gives, and the
// default is the preset with all of them mended. UPDATE_GOLDEN=1 renews the tables of the page.
#include "presets/presets.h"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>

#include "bonding/example_process.h"
#include "bonding/hybrid.h"
#include "proxy/evaluate.h"
#include "proxy/three_chiplets.h"
#include "report/comparison.h"
#include "report/sensitivity.h"
#include "report/table.h"
#include "support/folder.h"
#include "support/program.h"

using namespace marquetry;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

const fs::path page = test::source_folder() / "docs" / "presets.md";

std::string text_of(const fs::path& file) {
  std::ifstream in{file, std::ios::binary};
  REQUIRE(in);
  return {std::istreambuf_iterator<char>{in}, {}};
}

// `from`, empty or a line of the file, becomes `to`.
struct Case {
  std::string preset{}, name{}, file{}, settings{}, from{}, to{};
};

Case packaged(const char* package) {
  return {"ecochip-2024",       package,
          "designs/ga102.toml", "",
          "package = \"RDL\"",  fmt::format("package = \"{}\"", package)};
}

const std::vector<Case> cases{
    {"actuary-2022", "EPYC Rome", "designs/epyc-rome.toml"},
    {"actuary-2022", "H200", "designs/h200.toml"},
    {"actuary-2022", "fan-out", "designs/accelerator.toml",
     " --set node=tsmc-n7 --set cores=16 --set sram=16 --set clock=1.0GHz --set dies=4 --set stacks=1"
     " --set memory=hbm2 --set link=ucie-s --set lanes=4 --set io-node=n14 --set packaging=info-os"
     " --set cooling=cold-plate"},
    {"catch-2025", "grid-16", "designs/grid-16.toml"},
    {"catch-2025", "memory on logic", "examples/presets/memory-on-logic.toml"},
    {"ecochip-2024", "RDL", "designs/ga102.toml"},
    packaged("EMIB"),
    packaged("active"),
    packaged("3D"),
    {"act-2022", "H200", "designs/h200.toml"},
    {"act-2022", "EPYC Rome", "designs/epyc-rome.toml"},
};

double at_path(const json& object, std::string_view path) {
  const auto dot = path.find('.');
  if (dot == std::string_view::npos) return object.at(std::string{path}).get<double>();
  return at_path(object.at(std::string{path.substr(0, dot)}), path.substr(dot + 1));
}

// What compare says of the preset's fixes on a case; what evaluate says must be the same.
report::Fixes fixes_of(const Case& c) {
  INFO(c.preset << ": " << c.name);
  const test::Folder folder;
  auto file = c.file;
  if (!c.from.empty()) {
    auto text = text_of(test::source_folder() / c.file);
    REQUIRE(text.find(c.from) != std::string::npos);
    text.replace(text.find(c.from), c.from.size(), c.to);
    file = folder.write("case.toml", text).string();
  }
  const auto words = file + c.settings;
  const auto ran = test::run_program("compare " + words + " --preset " + c.preset + " --json");
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  const auto fixes = json::parse(ran.out).at("fixes").at(0);
  const std::string figure = fixes.at("figure");
  report::Fixes out{.subject = c.name,
                    .preset = c.preset,
                    .peers = {figure, fixes.at("unit"), fixes.at("peer")},
                    .ours = {figure, fixes.at("unit"), fixes.at("default")}};
  for (const auto& row : fixes.at("rows"))
    out.rows.push_back({row.at("quirk"), row.at("peer"), row.at("right"), row.at("alone"), row.at("so_far")});
  const auto evaluated = [&](const std::string& more) {
    return at_path(json::parse(test::run_program("evaluate " + words + more + " --json").out), figure);
  };
  // The default is the preset without its quirks, to the last bit.
  CHECK(evaluated("") == out.ours.value);
  CHECK(evaluated(" --preset " + c.preset) == out.peers.value);
  double sum = out.peers.value;
  for (const auto& row : out.rows) sum += row.together;
  CHECK(sum == Approx(out.ours.value).epsilon(1e-12));
  return out;
}

// What each fix of a preset is worth in a figure that no command gives.
report::Fixes fixes_by(const char* preset, const char* subject, const char* figure, const char* unit,
                       const std::function<double(const Quirks&)>& value) {
  const auto every = find_preset(preset)->quirks();
  report::Fixes fixes{.subject = subject, .preset = preset};
  fixes.peers = {figure, unit, value(every)};
  fixes.ours = {figure, unit, value({})};
  auto left = every;
  for (std::size_t q = 0; q < quirk_rows.size(); ++q) {
    if (!every.has(q)) continue;
    const auto& row = quirk_rows[q];
    const double before = value(left);
    left = left.without(q);
    fixes.rows.push_back({std::string{row.id}, std::string{row.peer}, std::string{row.right},
                          value(every.without(q)) - fixes.peers.value, value(left) - before});
  }
  CHECK(left == Quirks{});
  return fixes;
}

// Bonds of YAP's default process; the last is one at its limits.
std::vector<report::Fixes> bonds() {
  using namespace unit;
  using bonding::Flow;
  struct Bond {
    const char* name{};
    bonding::Process process{};
    Length<> side{}, pitch{};
  };
  auto hard = test::example_process();
  hard.alignment.x.mean = hard.alignment.y.mean = 0.23 * um;
  hard.alignment.bow.deviation = 20 * um;
  const auto on_wafer = test::example_process(Flow::wafer_to_wafer);
  const std::vector<Bond> all{{"D2W", test::example_process(), 10 * mm, 10 * um},
                              {"W2W", on_wafer, 10 * mm, 10 * um},
                              {"D2W, hard", hard, 10.1 * mm, 2 * um}};
  std::vector<report::Fixes> out;
  for (const auto& bond : all) {
    out.push_back(fixes_by("yap-2025", bond.name, "yield of the bond", "", [&bond](const Quirks& quirks) {
      const bonding::DieSize die{bond.side, bond.side};
      const auto pads = bonding::pad_array(die, test::example_layout(bond.pitch), quirks);
      return bonding::bond_yield(bond.process, pads, die, quirks).total();
    }));
  }
  return out;
}

// Figures of three chiplets of tests/proxy.
std::vector<report::Fixes> packages() {
  const auto usual = test::three_chiplets(), sink = test::one_sink();
  const auto fixes = [](const char* subject, const char* figure, const char* unit,
                        const proxy::Design& design, auto&& of) {
    return fixes_by("rapidchiplet-2023", subject, figure, unit, [&](const Quirks& quirks) {
      return of(proxy::evaluate(design, proxy::lowest_next_hops(design), quirks));
    });
  };
  return {fixes("power", "power.total", "W", usual, [](const auto& f) { return f.power.total; }),
          fixes("cost", "cost.total", "", usual, [](const auto& f) { return f.cost.total; }),
          fixes("shortest", "lengths.least", "mm", usual, [](const auto& f) { return f.lengths.least; }),
          fixes("latency", "latency.mean", "cycles", usual, [](const auto& f) { return f.latency.mean; }),
          fixes("one sink", "throughput", "bit/cycle", sink,
                [](const auto& f) { return f.throughput.aggregate; })};
}

// Rounding is no effect.
std::string change(double value, double of) {
  return std::abs(value) < 1e-9 * std::abs(of) ? "0" : report::change_text(value);
}

std::string tables(const std::vector<report::Fixes>& all) {
  std::string out = fmt::format("| case | figure | {} | default |\n|---|---|---|---|\n", all[0].preset);
  for (const auto& f : all) {
    out += fmt::format("| {} | `{}`{}{} | {} | {} |\n", f.subject, f.peers.path,
                       f.peers.unit.empty() ? "" : ", ", f.peers.unit, report::readable(f.peers.value),
                       report::readable(f.ours.value));
  }
  out += "\n| fix | the peer | what is right |";
  for (const auto& f : all) out += fmt::format(" {}: alone | so far |", f.subject);
  out += "\n|---|---|---|";
  for (std::size_t i = 0; i < all.size(); ++i) out += "---|---|";
  for (std::size_t r = 0; r < all[0].rows.size(); ++r) {
    const auto& row = all[0].rows[r];
    out += fmt::format("\n| `{}` | {} | {} |", row.quirk, row.peer, row.right);
    for (const auto& f : all) {
      out += fmt::format(" {} | {} |", change(f.rows[r].alone, f.peers.value),
                         change(f.rows[r].together, f.peers.value));
    }
  }
  return out + "\n";
}

// The lines of the page between "<!-- preset NAME -->" and "<!-- end -->".
std::pair<std::size_t, std::size_t> place(const std::string& text, std::string_view preset) {
  const auto mark = fmt::format("<!-- preset {} -->\n", preset);
  const auto begin = text.find(mark);
  REQUIRE(begin != std::string::npos);
  const auto end = text.find("<!-- end -->", begin);
  REQUIRE(end != std::string::npos);
  return {begin + mark.size(), end - begin - mark.size()};
}

std::vector<report::Fixes> of_preset(std::string_view preset) {
  if (preset == "yap-2025") return bonds();
  if (preset == "rapidchiplet-2023") return packages();
  std::vector<report::Fixes> out;
  for (const auto& c : cases) {
    if (c.preset == preset) out.push_back(fixes_of(c));
  }
  REQUIRE_FALSE(out.empty());
  return out;
}

}  // namespace

TEST_CASE("each quirk belongs to one preset, and the default has none") {
  CHECK_FALSE(presets.front().quirks().any());
  for (const auto& row : quirk_rows) {
    INFO(row.id);
    CHECK(std::ranges::count_if(presets, [&](const Preset& preset) { return preset.owns(row); }) == 1);
  }
}

TEST_CASE("the page of the presets says of every fix what the program says") {
  const bool update = std::getenv("UPDATE_GOLDEN") != nullptr;
  auto text = text_of(page);
  for (const auto& preset : presets) {
    if (preset.peer.empty()) continue;
    const auto all = of_preset(preset.name);
    std::size_t owned = 0;
    for (const auto& row : quirk_rows) owned += preset.owns(row);
    CHECK(all[0].rows.size() == owned);
    const auto [at, length] = place(text, preset.name);
    const auto now = tables(all);
    if (update) text.replace(at, length, now);
    CHECK(text.substr(at, now.size()) == now);
    if (!update) CHECK(length == now.size());
    // A fix that moves no case here is explained: its name stands in the words, too.
    for (std::size_t r = 0; r < all[0].rows.size(); ++r) {
      const bool idle = std::ranges::all_of(all, [&](const auto& f) {
        return change(f.rows[r].alone, f.peers.value) == "0" &&
               change(f.rows[r].together, f.peers.value) == "0";
      });
      const auto name = "`" + all[0].rows[r].quirk + "`";
      const auto first = text.find(name);
      INFO(name << " moves no case of the page: say what it acts on, and which test shows it");
      CHECK((!idle || text.find(name, first + 1) != std::string::npos));
    }
  }
  if (update) std::ofstream{page, std::ios::binary} << text;
}
