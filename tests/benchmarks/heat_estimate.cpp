// The estimate of temperatures in the placer's loop beside the grid solver, on public systems: its error over
// random legal layouts, and the front of one run beside compact packings. The tables of
// docs/heat-in-the-loop.md.
//
//   build/release/tests/benchmarks/heat_estimate [--layouts N] [--time S] [estimate|front]...
//
// Cases are read from the folders of benchmark and golden cases ($MARQUETRY_BENCH, $MARQUETRY_GOLDEN).
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <fstream>
#include <nlohmann/json.hpp>

#include "config/json.h"
#include "exchange/layout_case.h"
#include "floorplan/anneal.h"
#include "layout/wire.h"
#include "placement/finish.h"
#include "placement/grid_heat.h"
#include "placement/judge.h"
#include "support/golden.h"
#include "thermal/heated_dies.h"

namespace {

using namespace marquetry;
using geometry::Nanometre;
using geometry::Rect;
using thermal::Foot;

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

std::vector<layout::Problem> systems() {
  std::vector<layout::Problem> out;
  const auto folder = test::bench_folder("layout");
  if (!folder) return out;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator{*folder / "tap25d"})
    files.push_back(entry.path());
  std::ranges::sort(files);
  for (const auto& file : files) {
    Diagnostics diagnostics;
    const auto root = parse_json_file(file.string(), diagnostics);
    auto problem =
        root ? exchange::read_layout_case(*root, exchange::Setting::scaled, diagnostics) : std::nullopt;
    if (problem && problem->section) out.push_back(std::move(*problem));
  }
  return out;
}

// Dies of golden 2.5D cases that are no layout case, on the section of those.
void add_golden(std::vector<layout::Problem>& all) {
  const auto golden = test::golden_folder("thermal");
  if (!golden || all.empty()) return;
  for (const auto& index : test::golden_indices(*golden)) {
    for (const auto& entry : index.cases) {
      if (nlohmann::json::parse(entry.json).value("kind", "") != "25d") continue;
      std::ifstream in{entry.file};
      const auto stack = nlohmann::json::parse(in);
      layout::Problem problem = all.front();
      problem.name = stack.value("system", entry.name);
      problem.name = problem.name.substr(0, problem.name.find(','));
      problem.dies.clear(), problem.links.clear(), problem.nets.clear();
      double power = 0;
      for (const auto& chiplet : stack.at("chiplets")) {
        const auto nm = [&](const char* key) { return std::llround(1e6 * chiplet.at(key).get<double>()); };
        problem.dies.push_back({.name = fmt::format("d{}", problem.dies.size()),
                                .size = {nm("w_mm"), nm("h_mm")},
                                .rotations = 0b0011,
                                .ring = nm("hubump_mm"),
                                .power = chiplet.at("power_W"),
                                .kind = problem.dies.size()});
        power += problem.dies.back().power;
      }
      const bool is_known = std::ranges::any_of(all, [&](const layout::Problem& other) {
        double sum = 0;
        for (const auto& die : other.dies) sum += die.power;
        return sum == power && other.dies.size() == problem.dies.size();
      });
      if (!is_known) all.push_back(std::move(problem));
    }
  }
}

layout::Layout empty_layout(const layout::Problem& problem) {
  layout::Layout made;
  made.carrier = {{}, {problem.carrier.fixed->width, problem.carrier.fixed->height}};
  made.package = made.carrier;
  return made;
}

// Legal: rings apart, the margin kept. Some turned.
std::optional<layout::Layout> random_layout(const layout::Problem& problem, Rng& rng) {
  auto made = empty_layout(problem);
  std::vector<Rect> ringed;
  for (int tries = 0; made.dies.size() < problem.dies.size() && tries < 4000; ++tries) {
    const auto& die = problem.dies[made.dies.size()];
    const auto turn = rng.below(2) == 1 ? geometry::Rotation::r90 : geometry::Rotation::r0;
    const auto size = geometry::turned(die.size, turn);
    const Nanometre margin = problem.edge + die.ring;
    const auto low = [&](Nanometre side, Nanometre whole) {
      return margin + static_cast<Nanometre>(rng.uniform() * static_cast<double>(whole - 2 * margin - side));
    };
    const geometry::Placement at{
        {low(size.width, made.carrier.high.x), low(size.height, made.carrier.high.y)}, turn};
    const auto rect = geometry::widened(geometry::outline(at, die.size), die.ring);
    if (std::ranges::any_of(ringed, [&](const Rect& other) { return geometry::overlap(other, rect); }))
      continue;
    ringed.push_back(rect);
    made.dies.push_back(at);
    made.sizes.push_back(die.size);
  }
  if (made.dies.size() < problem.dies.size()) return std::nullopt;
  return made;
}

Foot foot_of(const Rect& r) {
  return {.x = 0.5e-9 * static_cast<double>(r.low.x + r.high.x),
          .y = 0.5e-9 * static_cast<double>(r.low.y + r.high.y),
          .width = 1e-9 * static_cast<double>(r.width()),
          .height = 1e-9 * static_cast<double>(r.height())};
}

// Mean and worst of the error, and of what is left of it when its mean over the first four layouts is known.
struct Error {
  std::vector<double> all{};
  static constexpr std::size_t lessons = 4;
  void print(const char* what) const {
    double offset = 0, mean = 0, worst = 0, left = 0, worst_left = 0;
    for (std::size_t k = 0; k < lessons; ++k) offset += all[k] / lessons;
    for (const double e : all) {
      mean += std::abs(e) / static_cast<double>(all.size());
      worst = std::max(worst, std::abs(e));
      left += std::abs(e - offset) / static_cast<double>(all.size());
      worst_left = std::max(worst_left, std::abs(e - offset));
    }
    fmt::print("  {:<28} mean {:.3f}  worst {:.3f}   taught: mean {:.3f}  worst {:.3f} K\n", what, mean,
               worst, left, worst_left);
  }
};

double kendall(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0, all = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j, ++all) {
      const double product = (a[i] - a[j]) * (b[i] - b[j]);
      sum += product > 0 ? 1 : product < 0 ? -1 : 0;
    }
  }
  return sum / all;
}

void estimate(const layout::Problem& problem, std::size_t layouts) {
  std::vector<Foot> sizes;
  std::vector<double> powers;
  for (const auto& die : problem.dies) {
    sizes.push_back(foot_of({{}, {die.size.width, die.size.height}}));
    sizes.push_back({.width = sizes.back().height, .height = sizes.back().width});
    powers.push_back(die.power);
  }
  const double start = cpu_seconds();
  const auto carrier = *problem.carrier.fixed;
  thermal::HeatedDies dies{
      std::make_shared<const thermal::Response>(*problem.section, 1e-9 * static_cast<double>(carrier.width),
                                                1e-9 * static_cast<double>(carrier.height), 1, sizes),
      powers};
  const double built = cpu_seconds() - start;
  Rng rng{1};
  Error system;
  std::vector<Error> peaks(problem.dies.size());
  std::vector<double> exact_peaks, estimates;
  double solving = 0, least = 1e9, most = 0;
  while (exact_peaks.size() < layouts) {
    const auto made = random_layout(problem, rng);
    if (!made) continue;
    const double before = cpu_seconds();
    const auto exact = placement::grid_heat(problem, *made);
    solving += cpu_seconds() - before;
    if (!exact) continue;
    for (std::size_t d = 0; d < powers.size(); ++d) dies.move(d, foot_of(layout::outline(*made, d)));
    for (std::size_t d = 0; d < powers.size(); ++d)
      peaks[d].all.push_back(dies.peak_with_rim(d, 64) + problem.ambient - exact->dies[d]);
    exact_peaks.push_back(exact->peak);
    estimates.push_back(dies.hottest() + problem.ambient);
    system.all.push_back(estimates.back() - exact->peak);
    least = std::min(least, exact->peak), most = std::max(most, exact->peak);
  }
  fmt::print("\n{}: {} dies, {} layouts, {:.2f} to {:.2f} degC\n", problem.name, powers.size(), layouts,
             least, most);
  fmt::print("  built in {:.3f} s, exact {:.1f} ms; Kendall's tau {:.3f}\n", built,
             1e3 * solving / static_cast<double>(layouts), kendall(exact_peaks, estimates));
  system.print("hottest die");
  double mean = 0, left = 0;
  for (const auto& die : peaks) {
    double offset = 0;
    for (std::size_t k = 0; k < Error::lessons; ++k) offset += die.all[k] / Error::lessons;
    for (const double e : die.all) {
      mean += std::abs(e) / static_cast<double>(die.all.size() * peaks.size());
      left += std::abs(e - offset) / static_cast<double>(die.all.size() * peaks.size());
    }
  }
  fmt::print("  {:<28} mean {:.3f}                 taught: mean {:.3f} K\n", "every die's hottest cell", mean,
             left);
}

// Packings without room between the dies, in the middle of the carrier, whose wire is that of a published
// start within 1 %: the coolest and the hottest of them.
void packings(const layout::Problem& problem, double wire) {
  placement::Options options;
  options.metric = placement::Metric::transport;
  const auto task = placement::task(problem, options);
  floorplan::Packer packer{task.frame};
  Rng rng{1};
  double least = 1e9, most = 0;
  int found = 0;
  for (int tries = 0; tries < 400'000 && found < 200; ++tries) {
    auto plan = floorplan::random_plan(task.frame, rng);
    packer.compact(plan);
    if (plan.overflow_x > 0 || plan.overflow_y > 0) continue;
    auto made = placement::layout_of(problem, task.blocks, floorplan::floorplan_of(task.frame, plan));
    const auto length = layout::clump_transport(problem, made);
    if (!length || std::abs(*length / 1e6 - wire) > 0.01 * wire) continue;
    placement::centre(problem, made);
    placement::finish(problem, made);
    if (!layout::violations(problem, made).empty()) continue;
    const auto exact = placement::grid_heat(problem, made, {.certify = false});
    if (!exact) continue;
    least = std::min(least, exact->peak), most = std::max(most, exact->peak);
    ++found;
  }
  fmt::print("  {} compact packings of {:.0f} mm: {:.2f} to {:.2f} degC\n", found, wire, least, most);
}

void front(const layout::Problem& problem, double seconds, double start_wire) {
  const auto wall = std::chrono::steady_clock::now();
  const double before = cpu_seconds();
  const auto result = placement::place(problem, {.seconds = seconds, .front = true});
  const double took = std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count();
  fmt::print("\n{}: {} points in {:.1f} s, {:.1f} CPU s, {} moves\n", problem.name, result.front.size(), took,
             cpu_seconds() - before, result.steps);
  double worst = 0, bound = 0;
  for (const auto& [layout, f] : result.front) {
    worst = std::max(worst, std::abs(*f.peak_estimate - *f.peak));
    bound = std::max(bound, *f.peak_bound);
  }
  const auto& first = result.front.front().figures;
  const auto& last = result.front.back().figures;
  fmt::print(
      "  {:.0f} mm at {:.2f} degC to {:.0f} mm at {:.2f} degC; estimate within {:.3f} K, proved within "
      "{:.4f} K\n",
      *first.transport, *first.peak, *last.transport, *last.peak, worst, bound);
  for (const auto& point : result.front) {
    if (*point.figures.transport > start_wire) break;
    fmt::print("  below {:.0f} mm: {:.0f} mm at {:.2f} degC\n", start_wire, *point.figures.transport,
               *point.figures.peak);
  }
  packings(problem, start_wire);
}

// TAP-2.5D's own compact starts (Ma et al., DATE 2021; bu-icsg/TAP-2.5D run as published), mm, by power in W.
constexpr std::array starts{std::pair{350.0, 27'200.0}, std::pair{755.0, 82'327.6}};

}  // namespace

int main(int argc, char** argv) {
  std::size_t layouts = 40;
  double seconds = 9;
  bool estimates = false, fronts = false;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word{argv[i]};
    if (word == "--layouts" && i + 1 < argc) layouts = std::stoul(argv[++i]);
    if (word == "--time" && i + 1 < argc) seconds = std::stod(argv[++i]);
    estimates = estimates || word == "estimate";
    fronts = fronts || word == "front";
  }
  auto all = systems();
  const std::size_t with_links = all.size();
  add_golden(all);
  if (all.empty()) fmt::print("no cases: set MARQUETRY_BENCH\n");
  for (const auto& problem : all) {
    if (estimates || !fronts) estimate(problem, std::max(layouts, Error::lessons));
  }
  for (std::size_t k = 0; k < with_links; ++k) {
    double power = 0;
    for (const auto& die : all[k].dies) power += die.power;
    const auto start = std::ranges::find(starts, power, &std::pair<double, double>::first);
    if (start != starts.end() && (fronts || !estimates)) front(all[k], seconds, start->second);
  }
}
