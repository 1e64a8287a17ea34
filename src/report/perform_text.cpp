#include <fmt/format.h>

#include <algorithm>

#include "base/wrap.h"
#include "report/perform.h"
#include "report/table.h"

namespace marquetry::report {
namespace {

constexpr std::size_t widest = 110;

std::string seconds_text(double s) {
  for (const auto& [unit, size] : {std::pair{"s", 1.0}, std::pair{"ms", 1e-3}, std::pair{"us", 1e-6}}) {
    if (s >= size) return readable(s / size) + " " + unit;
  }
  return s > 0 ? readable(s / 1e-9) + " ns" : "-";
}

std::string percent_text(double share) { return fmt::format("{:.1f} %", 100 * share); }

// "1 230 x8": of one package where eight work together.
std::string cell_text(const explore::Cell& cell) {
  if (!cell.fits) return "-";
  const auto value = readable(cell.figures.value);
  return cell.figures.packages > 1 ? fmt::format("{} x{:.0f}", value, cell.figures.packages) : value;
}

// As many workloads beside each other as a line holds.
std::string block(const PerformTable& table, std::size_t first, std::size_t last) {
  Table out{.columns = {Align::left}, .rows = {{""}, {""}}};
  for (std::size_t w = first; w < last; ++w) {
    out.columns.push_back(Align::right);
    out.rows[0].push_back(table.workloads[w].id);
    out.rows[1].emplace_back(performance::unit_of(table.workloads[w].kind));
  }
  for (std::size_t r = 0; r < table.runners.size(); ++r) {
    std::vector<std::string> row{table.runners[r]};
    for (std::size_t w = first; w < last; ++w) row.push_back(cell_text(table.cells[r][w]));
    out.rows.push_back(std::move(row));
  }
  return print(out);
}

std::size_t column_width(const PerformTable& table, std::size_t w) {
  std::size_t width =
      std::max(table.workloads[w].id.size(), performance::unit_of(table.workloads[w].kind).size());
  for (const auto& row : table.cells) width = std::max(width, cell_text(row[w]).size());
  return width + 2;
}

// Why it does not fit, and the least that would do.
std::string reason_text(const explore::Cell& cell) {
  return cell.why + (cell.remedy.empty() ? "" : "; would do: " + cell.remedy);
}

// By machine: what each workload that does not fit would take.
std::string reasons_text(const PerformTable& table) {
  std::string out;
  for (std::size_t r = 0; r < table.runners.size(); ++r) {
    const explore::Cell* first = nullptr;
    std::string line;
    for (std::size_t w = 0; w < table.workloads.size(); ++w) {
      const auto& cell = table.cells[r][w];
      if (cell.fits) continue;
      if (first == nullptr) first = &cell;
      line += wrapped("    " + table.workloads[w].id + ": " + reason_text(cell), "      ");
    }
    if (first != nullptr) out += fmt::format("  {}\n{}", table.runners[r], line);
  }
  return out.empty() ? "" : "\ndoes not run\n" + out;
}

// What binds where, and how long a pass takes: of a table of few columns.
std::string binds_text(const PerformTable& table) {
  Table out{.columns = {Align::left, Align::left, Align::right, Align::left, Align::right, Align::right,
                        Align::right, Align::right},
            .rows = {{"", "", "a pass", "bound by", "compute", "memory", "network", "overhead"}}};
  for (std::size_t r = 0; r < table.runners.size(); ++r) {
    for (std::size_t w = 0; w < table.workloads.size(); ++w) {
      const auto& cell = table.cells[r][w];
      if (!cell.fits) continue;
      const auto& p = cell.figures;
      const auto time = [](const Time<>& t) { return seconds_text(t / unit::s); };
      out.rows.push_back({table.runners[r], table.workloads[w].id, time(p.step),
                          std::string{performance::bound_names[static_cast<std::size_t>(p.bound)]},
                          time(p.compute), time(p.memory), time(p.network), time(p.overhead)});
    }
  }
  return "\nwhere the time goes (compute and memory at the same time)\n" + print(out);
}

struct ProfileRow {
  const workload::Layer* layer{};
  const workload::Operation* operation{};
  const workload::OperationCost* cost{};
};

std::vector<ProfileRow> rows_of(const Profile& profile) {
  std::vector<ProfileRow> out;
  for (std::size_t l = 0; l < profile.graph.layers.size(); ++l) {
    const auto& layer = profile.graph.layers[l];
    for (std::size_t o = 0; o < layer.operations.size(); ++o) {
      out.push_back({&layer, &layer.operations[o], &profile.cost.layers[l][o]});
    }
  }
  return out;
}

// Below each operator its sizes, so that no line is wider than a page.
std::string operators_text(const Profile& profile) {
  Table table{.columns = {Align::left, Align::right, Align::right, Align::right, Align::left, Align::right,
                          Align::right, Align::right, Align::right},
              .rows = {{"operator, its sizes on one die", "times", "once", "share", "bound by", "compute",
                        "memory", "network", "launch"}}};
  std::vector<std::string> below(1);  // of each row
  const workload::Layer* last = nullptr;
  for (const auto& [layer, operation, cost] : rows_of(profile)) {
    if (layer != last) {
      table.rows.push_back(
          {layer->count > 1 ? fmt::format("{} ({:.0f})", layer->name, layer->count) : layer->name});
      below.emplace_back();
      last = layer;
    }
    const auto& c = cost->once;
    table.rows.push_back({"  " + operation->name, fmt::format("{:.0f}", cost->count), seconds_text(c.total),
                          percent_text(cost->seconds() / profile.cost.sum.total),
                          std::string{operators::bound_names[static_cast<std::size_t>(c.bound)]},
                          seconds_text(c.compute), seconds_text(std::max(c.memory, c.cache)),
                          seconds_text(c.network), seconds_text(c.overhead)});
    below.push_back("      " + workload::sizes_text(*operation) + "\n");
  }
  return print(table, below);
}

std::string shares_text(std::string_view title, const auto& seconds, const auto& names, double total) {
  std::string out;
  std::vector<std::size_t> order(names.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return seconds[a] > seconds[b]; });
  for (const auto i : order) {
    if (!(seconds[i] > 0)) continue;
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", names[i], percent_text(seconds[i] / total));
  }
  return fmt::format("  {:<12}{}\n", title, out);
}

}  // namespace

std::string perform_text(const PerformTable& table) {
  std::string out;
  std::size_t names = 0;
  for (const auto& runner : table.runners) names = std::max(names, runner.size());
  std::size_t first = 0;
  while (first < table.workloads.size()) {
    std::size_t last = first, width = names + 2;
    while (last < table.workloads.size() && (last == first || width + column_width(table, last) <= widest)) {
      width += column_width(table, last++);
    }
    out += block(table, first, last) + "\n";
    first = last;
  }
  out += "  Of one package; xN: where N work together, the fewest, in powers of two, that hold it.\n";
  out += "\nworkloads\n";
  Table legend{.columns = {Align::left, Align::left}};
  for (const auto& workload : table.workloads) legend.rows.push_back({workload.id, workload.text});
  out += print(legend) + reasons_text(table);
  constexpr std::size_t few = 24;
  if (table.runners.size() * table.workloads.size() <= few) out += binds_text(table);
  return out;
}

std::string profile_text(const Profile& p) {
  const double total = p.cost.sum.total;
  std::string out = wrapped(fmt::format(
      "{} on {}, {:.0f} {} of {:.0f} package{}; kernels as on {}", p.workload.text, p.runner, p.graph.members,
      p.graph.members > 1 ? "dies" : "die", p.packages, p.packages > 1 ? "s" : "", p.device));
  if (!p.pass.fits) out += wrapped("  does not fit: " + reason_text(p.pass), "    ");
  out += "\n";
  out += operators_text(p) + "\n";
  const double whole = p.pass.figures.step / unit::s;
  const auto items = performance::unit_of(p.workload.kind);
  out += fmt::format("  {:<12}{}, operator by operator", "a pass", seconds_text(total));
  if (p.pass.fits)
    out += fmt::format(": {} {} a package", readable(p.pass.figures.value * whole / total), items);
  out += "\n";
  out += shares_text("by class", p.cost.kinds, workload::kind_names, total);
  out += shares_text("by bound", p.cost.bounds, operators::bound_names, total);
  if (!p.pass.fits) return out;
  out += fmt::format("  {:<12}{}, {} {} a package: {}\n", "as one", seconds_text(whole),
                     readable(p.pass.figures.value), items,
                     "all operators overlap, efficiencies are those fitted to whole passes");
  return out;
}

}  // namespace marquetry::report
