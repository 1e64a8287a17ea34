// What the placer reaches on public layout cases, beside what others have published: the table of
// docs/benchmarks.md.
//
//   build/release/tests/benchmarks/layout [--time S] [--seed N] [--threads N]
//   [clumps|exact|wire|area|pins|random]...
//
// Without a section it runs all of them, with the times that docs/benchmarks.md names. Cases and published
// figures are read from the folder of benchmark cases ($MARQUETRY_BENCH).
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <nlohmann/json.hpp>
#include <string_view>

#include "base/file.h"
#include "base/parallel.h"
#include "config/json.h"
#include "exchange/layout_case.h"

#include "benchmarks/layout_agreement.h"
#include "placement/place.h"
#include "support/golden.h"

namespace {

using namespace marquetry;
using exchange::Setting;
namespace fs = std::filesystem;

struct Run {
  double seconds{};  // 0: as the section has it
  std::uint64_t seed{1};
  int threads{parallel::default_threads()};
};

// What `manifest.json` says of a case, under that key; empty where it says nothing.
std::string published(const fs::path& file, std::string_view key, std::string_view inner = {}) {
  static const auto manifest = [] {
    Diagnostics diagnostics;
    const auto folder = test::bench_folder("layout");
    const auto text = folder ? read_file(*folder / "manifest.json", diagnostics) : std::nullopt;
    return text ? nlohmann::json::parse(*text, nullptr, false) : nlohmann::json{};
  }();
  if (!manifest.contains("cases")) return {};
  const auto name = file.parent_path().filename().string() + "/" + file.filename().string();
  for (const auto& entry : manifest["cases"]) {
    if (entry["file"] != name || !entry.contains("best_published") || !entry["best_published"].is_object())
      continue;
    const auto& best = entry["best_published"];
    if (!best.contains(key)) return {};
    auto value = best[std::string{key}];
    if (!inner.empty()) value = value.value(std::string{inner}, nlohmann::json{});
    if (value.is_array()) value = value.at(0);
    return value.is_number() ? fmt::format("{:.7g}", value.get<double>()) : std::string{};
  }
  return {};
}

std::vector<fs::path> cases(std::string_view family) {
  std::vector<fs::path> files;
  const auto folder = test::bench_folder("layout");
  if (!folder || !fs::is_directory(*folder / family)) return files;
  for (const auto& entry : fs::directory_iterator{*folder / family}) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::ranges::sort(files, {}, [](const fs::path& p) { return std::pair{fs::file_size(p), p}; });
  return files;
}

std::optional<layout::Problem> read(const fs::path& file, Setting setting) {
  Diagnostics diagnostics;
  const auto root = parse_json_file(file, diagnostics);
  auto problem = root ? exchange::read_layout_case(*root, setting, diagnostics) : std::nullopt;
  if (!problem) fmt::print("{}\n", render_all(diagnostics));
  return problem;
}

void head(std::string_view title, std::string_view figure) {
  fmt::print(
      "\n### {}\n\n| case | dies | seed | {} | bound | gap | published | wall s | CPU s | legal |\n"
      "|---|---:|---:|---:|---:|---:|---:|---:|---:|---|\n",
      title, figure);
}

void row(const layout::Problem& problem, const placement::Options& options, double scale,
         const std::string& others) {
  const auto wall = std::chrono::steady_clock::now();
  const auto cpu = std::clock();
  const auto result = placement::place(problem, options);
  const double cpu_seconds = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
  const double wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count();
  const bool legal = result.best && layout::violations(problem, *result.best).empty();
  const double gap = result.objective > 0 ? (result.objective - result.bound) / result.objective : 0;
  fmt::print("| {} | {} | {} | {} | {:.8g} | {} | {} | {:.1f} | {:.1f} | {} |\n", problem.name,
             problem.dies.size(), options.seed,
             result.best ? fmt::format("{:.8g}", result.objective * scale) : "none", result.bound * scale,
             result.proved ? "proved" : fmt::format("{:.1f} %", 100 * gap), others, wall_seconds, cpu_seconds,
             legal ? "yes" : "NO");
  std::fflush(stdout);
}

placement::Options options_of(const Run& run, double usual) {
  return {.seconds = run.seconds > 0 ? run.seconds : usual, .seed = run.seed, .threads = run.threads};
}

void clumps(const Run& run) {
  head("Wire between bump clumps, 1 s (published: TAP-2.5D's own start)", "wire, mm");
  for (const auto& file : cases("tap25d")) {
    const auto problem = read(file, Setting::scaled);
    for (std::uint64_t seed = run.seed; problem && seed < run.seed + 5; ++seed) {
      auto options = options_of(run, 1);
      options.seed = seed;
      options.metric = placement::Metric::transport;
      row(*problem, options, 1, published(file, "TAP_compact_start_wire_mm_and_peak_C_HotSpot6"));
    }
  }
}

// Two processors, each with as many memories round it, as a package that is no one's.
layout::Problem twins(std::size_t memories) {
  using layout::Nanometre;
  layout::Problem problem{.name = fmt::format("twins-{}", 2 + 2 * memories), .unit = 1e6, .edge = 500'000};
  problem.carrier.fixed = layout::Size{50'000'000, 50'000'000};
  for (std::size_t p = 0; p < 2; ++p) {
    problem.dies.push_back({.name = fmt::format("xpu[{}]", p),
                            .size = {18'200'000, 18'200'000},
                            .rotations = 0b0011,
                            .ring = 90'000});
  }
  problem.links.push_back({.name = "xpu-xpu", .a = 0, .b = 1, .wires = 256});
  for (std::size_t m = 0; m < 2 * memories; ++m) {
    problem.dies.push_back({.name = fmt::format("hbm[{}]", m),
                            .size = {7'750'000, 11'870'000},
                            .rotations = 0b0011,
                            .ring = 135'000,
                            .kind = 1,
                            .is_memory = true});
    problem.links.push_back(
        {.name = fmt::format("xpu-hbm[{}]", m), .a = m % 2, .b = problem.dies.size() - 1, .wires = 2048});
  }
  return problem;
}

void exact(const Run& run) {
  head("Least weighted centre distance, proved (60 s at most)", "wire, mm");
  auto options = options_of(run, 60);
  options.metric = placement::Metric::centre;
  options.exact = true;
  for (const auto& file : cases("tap25d")) {
    if (const auto problem = read(file, Setting::scaled)) row(*problem, options, 1, "");
  }
  for (const std::size_t memories : {2u, 3u}) row(twins(memories), options, 1, "");
}

bool is_hard(const layout::Problem& problem) {
  return std::ranges::none_of(problem.dies, [](const auto& die) { return die.soft.has_value(); });
}

void wire(const Run& run) {
  head(
      "Half perimeter of floorplans, 20 s (terminals on 1.1 times the area, box 1:1 filled to 90 %, centre "
      "pins)",
      "HPWL, um");
  for (const auto& file : cases("mcnc_gsrc")) {
    const auto problem = read(file, Setting::scaled);
    if (!problem || !is_hard(*problem)) continue;
    row(*problem, options_of(run, 20), 1e3,
        published(file, "hpwl_10pct_whitespace_1to1_scaled_terminals_centre_pins", "area_and_wire"));
  }
}

void area(const Run& run) {
  head("Least area of floorplans, 30 s (proved where there are at most 11 blocks)", "area, mm2");
  for (const auto& file : cases("mcnc_gsrc")) {
    const auto problem = read(file, Setting::free);
    if (!problem || !is_hard(*problem)) continue;
    auto options = options_of(run, problem->dies.size() <= 11 ? 120 : 30);
    options.weights = {.wire = 0, .area = 1};
    options.exact = problem->dies.size() <= 11;
    double blocks = 0;
    for (const auto& die : problem->dies) blocks += geometry::area(die.size);
    row(*problem, options, 1,
        published(file, "area_only_mm2", "value") + fmt::format(" (blocks {:.6g})", blocks * 1e-12));
  }
}

void pins(const Run& run) {
  head("Wire between pins on an interposer, 20 s (nothing published by case)", "wire, mm");
  for (const auto& file : cases("atplace")) {
    if (const auto problem = read(file, Setting::scaled)) row(*problem, options_of(run, 20), 1, "");
  }
}

void random(const Run& run) {
  fmt::print(
      "\n### Annealing against the exact search, 200 random problems of 2 to 6 blocks (at most 10 seeds "
      "each)\n\n"
      "| pins | problems | proved | agree | contradict | exact, s | annealed, s "
      "|\n|---|---:|---:|---:|---:|---:|---:|\n");
  const auto all = bench::compare(200, 6, {.steps = 20000}, run.seed);
  for (const bool centres : {true, false}) {
    std::size_t problems = 0, proved = 0, agree = 0, contradict = 0;
    double exact_seconds = 0, annealed_seconds = 0;
    for (const auto& one : all) {
      if (one.centres != centres) continue;
      ++problems;
      proved += one.proved ? 1U : 0U;
      agree += one.agree() ? 1U : 0U;
      contradict += one.contradict() ? 1U : 0U;
      exact_seconds += one.seconds_exact;
      annealed_seconds += one.seconds_annealed;
    }
    fmt::print("| {} | {} | {} | {} | {} | {:.2f} | {:.2f} |\n",
               centres ? "at centres" : "anywhere, gaps, fixed blocks", problems, proved, agree, contradict,
               exact_seconds, annealed_seconds);
  }
}

struct Section {
  std::string_view name{};
  void (*run)(const Run& run){};
};
constexpr std::array sections{Section{"clumps", clumps}, Section{"exact", exact}, Section{"wire", wire},
                              Section{"area", area},     Section{"pins", pins},   Section{"random", random}};

}  // namespace

int main(int argc, char** argv) {
  Run run;
  std::vector<std::string_view> wanted;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word.starts_with("--") && i + 1 < argc) {
      const double value = std::atof(argv[++i]);
      if (word == "--time") run.seconds = value;
      if (word == "--seed") run.seed = static_cast<std::uint64_t>(value);
      if (word == "--threads") run.threads = static_cast<int>(value);
    } else {
      wanted.push_back(word);
    }
  }
  if (!test::bench_folder("layout")) fmt::print("skipped: no folder of layout cases; set MARQUETRY_BENCH\n");
  for (const auto& section : sections) {
    if (wanted.empty() || std::ranges::find(wanted, section.name) != wanted.end()) section.run(run);
  }
}
