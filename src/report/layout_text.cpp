#include "report/layout_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "layout/text.h"
#include "layout/wire.h"
#include "report/layout_sketch.h"
#include "report/table.h"

namespace marquetry::report {
namespace {

using layout::Nanometre;

constexpr std::size_t shown_dies = 60, shown_violations = 20, sketched_dies = 30;

// Lengths of a case are shown in mm where they are packages, else in um.
struct Unit {
  std::string_view name{};
  double nanometres{};
};
Unit unit_of(const layout::Problem& problem) {
  Nanometre longest = 0;
  for (const auto& die : problem.dies) longest = std::max({longest, die.size.width, die.size.height});
  return longest >= 1'000'000 ? Unit{"mm", 1e6} : Unit{"um", 1e3};
}
std::string in(const Unit& unit, Nanometre length) {
  return fmt::format("{:.{}f}", static_cast<double>(length) / unit.nanometres, unit.nanometres > 1e5 ? 3 : 1);
}

std::string head(const LayoutReport& report) {
  const auto& problem = report.problem;
  const auto& result = report.result;
  auto out =
      fmt::format("{}: {} {}", problem.name, problem.dies.size(), problem.dies.size() == 1 ? "die" : "dies");
  if (const auto* layout = report.layout(); layout != nullptr && layout->carrier.width() > 0)
    out += " on " + layout::rough_size_text({layout->carrier.width(), layout->carrier.height()});
  out += "\n";
  if (!report.obstacles.empty()) return out + "  CANNOT be placed:\n";
  if (report.run.interrupted) out += "  INTERRUPTED: the best so far\n";
  out += report.legal() ? "  legal" : "  NOT legal: the least that was broken is shown";
  if (report.legal() && result.proved) out += ", proved optimal";
  out += fmt::format("; {} {}", readable(static_cast<double>(result.steps)), "moves");
  if (!report.run.steps || report.run.time)
    out += fmt::format(" in {:.2f} s, {} a second", result.seconds,
                       readable(result.seconds > 0 ? static_cast<double>(result.steps) / result.seconds : 0));
  return out + "\n";
}

std::string violations_text(const LayoutReport& report) {
  std::string out;
  for (const auto& obstacle : report.obstacles) {
    out += "  " + obstacle.message + "\n";
    if (!obstacle.hint.empty()) out += "    hint: " + obstacle.hint + "\n";
  }
  for (std::size_t i = 0; i < std::min(shown_violations, report.violations.size()); ++i)
    out += fmt::format("  {}: {}\n", report.violations[i].rule, report.violations[i].message);
  if (report.violations.size() > shown_violations)
    out += fmt::format("  ... and {} more\n", report.violations.size() - shown_violations);
  return out;
}

std::string dies_text(const LayoutReport& report, const layout::Layout& layout) {
  const auto& problem = report.problem;
  const auto unit = unit_of(problem);
  Table table{.columns = {Align::left, Align::right, Align::right, Align::right, Align::right, Align::right,
                          Align::left},
              .rows = {{"", "x", "y", "width", "height", "turned", ""},
                       {"", std::string{unit.name}, std::string{unit.name}, std::string{unit.name},
                        std::string{unit.name}, "deg", ""}}};
  for (std::size_t i = 0; i < std::min(shown_dies, problem.dies.size()); ++i) {
    const auto rect = layout::outline(layout, i);
    table.rows.push_back({problem.dies[i].name, in(unit, rect.low.x), in(unit, rect.low.y),
                          in(unit, rect.width()), in(unit, rect.height()),
                          fmt::format("{}", geometry::degrees(layout.dies[i].rotation)),
                          problem.dies[i].on ? "on " + problem.dies[*problem.dies[i].on].name : ""});
  }
  auto out = print(table);
  if (problem.dies.size() > shown_dies)
    out += fmt::format("  ... and {} more: see --json\n", problem.dies.size() - shown_dies);
  return out;
}

// Upwards, to what the solver was asked for: its next digits say nothing to a reader.
std::string proved(double bound) {
  constexpr double step = 5e-3;
  return fmt::format("{:.3f}", step * std::max(1.0, std::ceil(bound / step)));
}

std::string figures_text(const LayoutReport& report, const layout::Layout& layout) {
  const auto& problem = report.problem;
  const auto& result = report.result;
  const auto& figures = result.figures;
  Table table{.columns = {Align::left, Align::right, Align::left}};
  const auto add = [&](const char* words, double value, const char* unit) {
    table.rows.push_back({words, readable(value), unit});
  };
  if (!problem.nets.empty())
    add("wire, half perimeter of nets", layout::half_perimeter(problem, layout) / 1e3, "um");
  if (figures.transport) add("wire, bump clump to bump clump", *figures.transport, "mm");
  if (!problem.links.empty())
    add("wire, centre to centre", layout::centre_to_centre(problem, layout) / 1e6, "mm");
  if (figures.phys) add("wire, PHY to PHY", *figures.phys, "mm");
  const auto unit = unit_of(problem);
  const std::string square = unit.nanometres > 1e5 ? "mm2" : "um2";
  table.rows.push_back({"box round all dies",
                        in(unit, figures.box.width) + " x " + in(unit, figures.box.height),
                        std::string{unit.name}});
  add("dead space of it", 100 * figures.dead_space, "%");
  if (layout.package.width() > layout.carrier.width())
    table.rows.push_back({"package",
                          in(unit, layout.package.width()) + " x " + in(unit, layout.package.height()),
                          std::string{unit.name}});
  if (!layout.bridges.empty()) add("bridges", static_cast<double>(layout.bridges.size()), "");
  if (report.cost) add("carrier and package", *report.cost, "USD");
  if (figures.peak && !figures.peak_bound) add("hottest, estimated", *figures.peak, "degC");
  if (figures.peak_bound) {
    table.rows.push_back({"hottest, on the grid", fmt::format("{:.2f}", *figures.peak), "degC"});
    table.rows.push_back({"  proved within", proved(*figures.peak_bound), "K"});
    if (figures.peak_estimate)
      table.rows.push_back(
          {"  as the search took it", fmt::format("{:+.2f}", *figures.peak_estimate - *figures.peak), "K"});
  }
  auto out = print(table);
  if (result.best) {
    out += fmt::format("\nminimised: {}\n", result.minimised);
    Table bound{.columns = {Align::left, Align::right, Align::left},
                .rows = {{"found", readable(result.objective), ""},
                         {"no layout is below", readable(result.bound), ""}}};
    if (const auto gap = report.gap())
      bound.rows.push_back({"gap", readable(100 * *gap), result.proved ? "%: proved optimal" : "%"});
    out += print(bound);
  }
  return out;
}

std::string front_text(const LayoutReport& report) {
  if (report.result.front.empty()) return {};
  Table table{.columns = {Align::right, Align::right, Align::right, Align::right, Align::right},
              .rows = {{"wire", "peak", "proved within", "search's error", "carrier"},
                       {"mm", "degC", "K", "K", "mm2"}}};
  for (const auto& [layout, figures] : report.result.front) {
    const double wire = figures.phys ? *figures.phys : figures.transport ? *figures.transport : figures.hpwl;
    const auto error =
        figures.peak_estimate ? fmt::format("{:+.2f}", *figures.peak_estimate - *figures.peak) : "-";
    table.rows.push_back({readable(wire), figures.peak ? fmt::format("{:.2f}", *figures.peak) : "-",
                          figures.peak_bound ? proved(*figures.peak_bound) : "-", error,
                          readable(geometry::area(layout.carrier) * 1e-12)});
  }
  return fmt::format("\nfront of wire and temperature ({} points)\n{}", report.result.front.size(),
                     print(table));
}

}  // namespace

std::optional<double> LayoutReport::gap() const {
  if (!result.best) return std::nullopt;
  if (result.proved) return 0;
  return result.objective > 0 ? std::max(0.0, (result.objective - result.bound) / result.objective) : 0;
}

LayoutReport layout_report(const layout::Problem& problem, const placement::Result& result, LayoutRun run) {
  LayoutReport report{problem, result, std::move(run), {}, {}, {}};
  if (const auto* shown = report.layout()) report.violations = layout::violations(problem, *shown);
  return report;
}

std::string layout_text(const LayoutReport& report) {
  auto out = head(report) + violations_text(report);
  const auto* layout = report.layout();
  if (layout == nullptr) return out;
  if (report.problem.dies.size() <= sketched_dies) out += "\n" + layout_sketch(report.problem, *layout);
  out += "\nlower-left corners, as turned\n" + dies_text(report, *layout);
  out += "\nfigures\n" + figures_text(report, *layout);
  return out + front_text(report);
}

}  // namespace marquetry::report
