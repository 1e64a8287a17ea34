#include "report/comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <ranges>

#include "base/wrap.h"
#include "report/table.h"

namespace marquetry::report {
namespace {

// What a reader looks at first; programs get every figure.
constexpr std::array<std::string_view, 21> key_paths{"cost.unit_usd",
                                                     "cost.per_good_unit_usd",
                                                     "cost.recurring_usd",
                                                     "cost.nre_per_unit_usd",
                                                     "cost.nre_total_usd",
                                                     "yield.assembly",
                                                     "yield.shipped_quality",
                                                     "area.silicon_mm2",
                                                     "area.interposer_mm2",
                                                     "area.package_mm2",
                                                     "power.total_w",
                                                     "thermal.peak_c",
                                                     "memory.bandwidth_gbyte_s",
                                                     "memory.capacity_gbyte",
                                                     "compute.peak_fp16_tflops",
                                                     "carbon.total_kg",
                                                     "carbon.embodied_kg",
                                                     "carbon.operational_kg",
                                                     "supply.tpp",
                                                     "supply.performance_density",
                                                     "supply.time_to_market_weeks"};

std::optional<double> value_of(const Column& column, std::string_view path) {
  const auto found = std::ranges::find(column.figures, path, &FigureValue::path);
  return found == column.figures.end() ? std::nullopt : std::optional{found->value};
}

// Each path once, in the order in which the columns have them.
std::vector<FigureValue> all_paths(const std::vector<Column>& columns) {
  std::vector<FigureValue> paths;
  for (const auto& column : columns) {
    for (const auto& figure : column.figures) {
      if (std::ranges::find(paths, figure.path, &FigureValue::path) == paths.end()) paths.push_back(figure);
    }
  }
  return paths;
}

bool is_key(std::string_view path) {
  return path.starts_with("performance.") || std::ranges::find(key_paths, path) != key_paths.end();
}

std::string heading(const Column& column) {
  return column.preset.empty() || column.preset == "default"
             ? column.name
             : fmt::format("{}, {}", column.name, column.preset);
}

constexpr std::size_t widest_line = 120;

std::size_t width_of(const std::string& lines) {
  std::size_t width = 0;
  for (const auto line : std::views::split(lines, '\n'))
    width = std::max(width, static_cast<std::size_t>(std::ranges::distance(line)));
  return width;
}

// Long names stand above the table, under letters.
struct Headings {
  std::vector<std::string> short_names{};
  std::string legend{};
};

Headings headings(const std::vector<Column>& columns) {
  constexpr std::size_t longest = 22;
  Headings out;
  for (const auto& column : columns) out.short_names.push_back(heading(column));
  const bool fits =
      std::ranges::all_of(out.short_names, [](const auto& name) { return name.size() <= longest; });
  if (fits) return out;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const auto letter = c < 26 ? std::string(1, static_cast<char>('A' + c)) : std::to_string(c + 1);
    out.legend += fmt::format("  {}  {}\n", letter, out.short_names[c]);
    out.short_names[c] = letter;
  }
  return out;
}

// The first column beside some of the others.
Table columns_table(const std::vector<Column>& columns, const Headings& names, std::size_t begin,
                    std::size_t end) {
  std::vector<std::size_t> shown{0};
  for (std::size_t c = begin; c < end; ++c) shown.push_back(c);
  Table table{.columns = {Align::left, Align::left}, .rows = {{"", ""}}};
  for (const auto c : shown) {
    table.columns.push_back(Align::right);
    table.rows[0].push_back(names.short_names[c]);
    if (c > 0) table.columns.push_back(Align::right);
    if (c > 0) table.rows[0].emplace_back("");
  }
  for (const auto& [path, unit, ignored] : all_paths(columns)) {
    if (!is_key(path)) continue;
    std::vector<std::string> row{path, unit};
    const auto first = value_of(columns[0], path);
    bool any = false;
    for (const auto c : shown) {
      const auto value = value_of(columns[c], path);
      any = any || value.value_or(0) != 0;
      row.push_back(value ? readable(*value) : "-");
      if (c == 0) continue;
      row.push_back(value && first && *first != 0 ? fmt::format("{:+.1f} %", 100 * (*value / *first - 1))
                                                  : "");
    }
    if (any) table.rows.push_back(std::move(row));
  }
  return table;
}

// As many columns beside the first as a page is wide.
std::string columns_text(const std::vector<Column>& columns, const Headings& names) {
  std::string out = names.legend;
  std::size_t begin = 1;
  do {
    std::size_t end = std::min(begin + 1, columns.size());
    auto block = print(columns_table(columns, names, begin, end));
    while (end < columns.size()) {
      auto wider = print(columns_table(columns, names, begin, end + 1));
      if (width_of(wider) > widest_line) break;
      block = std::move(wider);
      ++end;
    }
    out += (out.empty() ? "" : "\n") + block;
    begin = end;
  } while (begin < columns.size());
  return out;
}

std::string signed_value(double value) { return (value < 0 ? "-" : "+") + readable(std::abs(value)); }

std::string fixes_text(const Fixes& fixes) {
  const auto& [path, unit, peers] = fixes.peers;
  std::string out = fmt::format("\n{}: from {} to ours, {} in {}\n", fixes.subject, fixes.preset, path, unit);
  Table table{
      .columns = {Align::left, Align::right, Align::right, Align::left},
      .rows = {{"mended", "alone", "so far", "what is right"}, {fixes.preset, "", readable(peers), ""}}};
  for (const auto& fix : fixes.rows) {
    if (fix.alone == 0 && fix.together == 0) continue;
    table.rows.push_back({fix.quirk, signed_value(fix.alone), signed_value(fix.together), fix.right});
  }
  table.rows.push_back({"default", "", readable(fixes.ours.value), ""});
  out += print(table);
  std::string idle;
  for (const auto& fix : fixes.rows) {
    if (fix.alone == 0 && fix.together == 0) idle += (idle.empty() ? "" : ", ") + fix.quirk;
  }
  if (!idle.empty()) out += wrapped("  without effect here: " + idle, "    ");
  return out;
}

}  // namespace

std::vector<BreakEven> break_evens(const std::vector<Column>& columns) {
  std::vector<BreakEven> out;
  for (std::size_t c = 1; c < columns.size(); ++c) {
    const auto nre = [&](std::size_t i) { return value_of(columns[i], "cost.nre_total_usd"); };
    const auto recurring = [&](std::size_t i) { return value_of(columns[i], "cost.recurring_usd"); };
    if (!nre(0) || !nre(c) || !recurring(0) || !recurring(c)) continue;
    const double volume = (*nre(c) - *nre(0)) / (*recurring(0) - *recurring(c));
    if (!(volume > 0) || !std::isfinite(volume)) continue;
    const bool later = *recurring(c) < *recurring(0);
    out.push_back({heading(columns[later ? 0 : c]), heading(columns[later ? c : 0]), volume});
  }
  return out;
}

std::string comparison_text(const Comparison& comparison) {
  const auto names = headings(comparison.columns);
  const auto short_name = [&](const std::string& name) {
    const auto found = std::ranges::find(comparison.columns, name, heading);
    return found == comparison.columns.end()
               ? name
               : names.short_names[static_cast<std::size_t>(found - comparison.columns.begin())];
  };
  std::string out = columns_text(comparison.columns, names);
  for (const auto& column : comparison.columns) {
    if (!column.feasible)
      out += fmt::format("  {} is NOT feasible: see `marquetry evaluate`\n", short_name(heading(column)));
  }
  for (const auto& column : comparison.columns) {
    if (!column.notes.empty()) out += "\n" + heading(column) + "\n";
    for (const auto& note : column.notes)
      out += wrapped("  " + note, note.starts_with("  ") ? "      " : "    ");
  }
  if (!comparison.break_evens.empty()) out += "\nbreak-even\n";
  for (const auto& [before, after, volume] : comparison.break_evens) {
    out += fmt::format("  up to {} units {} is cheaper, beyond them {}\n", readable(volume),
                       short_name(before), short_name(after));
  }
  for (const auto& fixes : comparison.fixes) out += fixes_text(fixes);
  return out;
}

nlohmann::ordered_json comparison_json(const Comparison& comparison) {
  using Json = nlohmann::ordered_json;
  Json out{{"columns", Json::array()},
           {"figures", Json::array()},
           {"break_even", Json::array()},
           {"fixes", Json::array()}};
  for (const auto& column : comparison.columns) {
    Json json{{"name", column.name}, {"feasible", column.feasible}};
    if (!column.preset.empty()) json["preset"] = column.preset;
    if (!column.notes.empty()) json["notes"] = column.notes;
    out["columns"].push_back(std::move(json));
  }
  for (const auto& [path, unit, ignored] : all_paths(comparison.columns)) {
    Json values = Json::array();
    for (const auto& column : comparison.columns) {
      const auto value = value_of(column, path);
      values.push_back(value ? Json(*value) : Json());
    }
    out["figures"].push_back({{"path", path}, {"unit", unit}, {"values", std::move(values)}});
  }
  for (const auto& [before, after, volume] : comparison.break_evens) {
    out["break_even"].push_back({{"cheaper_before", before}, {"cheaper_after", after}, {"volume", volume}});
  }
  for (const auto& fixes : comparison.fixes) {
    Json rows = Json::array();
    for (const auto& fix : fixes.rows) {
      rows.push_back({{"quirk", fix.quirk},
                      {"peer", fix.peer},
                      {"right", fix.right},
                      {"alone", fix.alone},
                      {"so_far", fix.together}});
    }
    out["fixes"].push_back({{"subject", fixes.subject},
                            {"preset", fixes.preset},
                            {"figure", fixes.peers.path},
                            {"unit", fixes.peers.unit},
                            {"peer", fixes.peers.value},
                            {"default", fixes.ours.value},
                            {"rows", std::move(rows)}});
  }
  return out;
}

}  // namespace marquetry::report
