// [stack]: a tree of chips by process, as CATCH describes a system.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/json_text.h"
#include "report/table.h"
#include "session/documents/rows.h"
#include "stack/evaluate.h"
#include "stack/load.h"
#include "stack/misprints.h"

namespace marquetry {
namespace {

using report::Align;
using report::readable;
using stack::ChipFigures;
using stack::Finding;
using Json = nlohmann::ordered_json;

struct Evaluated {
  const stack::Stack<>& stack;
  const stack::Figures<>& figures;
  const Preset& preset;
  bool feasible{true};

  const ChipFigures<>& root() const { return figures.chips[0]; }
};

struct Item {
  std::string name{};
  double value{};
};

// Chips of one design together, in the order of the first of each.
std::vector<std::pair<std::string, std::vector<std::size_t>>> by_design(const stack::Stack<>& stack) {
  std::vector<std::pair<std::string, std::vector<std::size_t>>> groups;
  for (std::size_t i = 0; i < stack.chips.size(); ++i) {
    const auto& chip = stack.chips[i];
    const auto& name = chip.design.empty() ? chip.name : chip.design;
    auto group = std::ranges::find(groups, name, [](const auto& g) { return g.first; });
    if (group == groups.end()) group = groups.insert(group, {name, {}});
    group->second.push_back(i);
  }
  return groups;
}

// What a shipped unit costs; the sum is unit_usd.
std::vector<Item> cost_items(const Evaluated& e) {
  std::vector<Item> items;
  double die_tests = 0, assembly = 0, assembly_tests = 0;
  for (const auto& [name, chips] : by_design(e.stack)) {
    double dies = 0;
    for (const auto i : chips) {
      const auto& f = e.figures.chips[i];
      const auto& given = e.stack.chips[i].given_cost;
      dies += given ? *given : f.die_cost;
      die_tests += given ? 0 : f.die_test_cost;
      assembly += f.assembly_cost;
      assembly_tests += f.test_cost;
    }
    items.push_back({"dies: " + name, dies});
  }
  items.push_back({"die tests", die_tests});
  items.push_back({"assembly", assembly});
  items.push_back({"assembly tests", assembly_tests});
  items.push_back({"scrapped", e.root().scrap});
  items.push_back({"NRE", e.figures.nre});
  return items;
}

std::vector<Item> power_items(const Evaluated& e) {
  std::vector<Item> items;
  double links = 0;
  for (const auto& [name, chips] : by_design(e.stack)) {
    double watts = 0;
    for (const auto i : chips) {
      const auto& given = e.stack.chips[i].given_power;
      watts += given ? *given : e.stack.chips[i].power;
      links += given ? 0 : e.figures.chips[i].io_power;
    }
    items.push_back({"dies: " + name, watts});
  }
  items.push_back({"links", links});
  return items;
}

double silicon(const Evaluated& e) {
  double area = 0;
  for (const auto& chip : e.figures.chips) area += chip.area;
  return area;
}

std::vector<FigureValue> figures_of(const Evaluated& e) {
  const auto& f = e.figures;
  return {{"cost.unit_usd", "USD", f.unit},
          {"cost.recurring_usd", "USD", f.recurring},
          {"cost.nre_per_unit_usd", "USD", f.nre},
          {"cost.nre_total_usd", "USD", f.nre_total},
          {"cost.per_good_unit_usd", "USD", f.per_good},
          {"cost.scrap_usd", "USD", e.root().scrap},
          {"yield.assembly", "", e.root().true_yield},
          {"yield.shipped_quality", "", e.root().quality},
          {"area.silicon_mm2", "mm2", silicon(e)},
          {"area.package_mm2", "mm2", e.root().area},
          {"power.total_w", "W", e.root().total_power}};
}

std::string finding_text(const stack::Stack<>& stack, const Finding& finding) {
  const auto& name = stack.chips[finding.chip].name;
  switch (finding.kind) {
    case Finding::Kind::too_long:
      return fmt::format("chip '{}' has a diagonal of {} mm, more than the usable radius of its wafer, {} mm",
                         name, readable(finding.value), readable(finding.limit));
    case Finding::Kind::none_on_wafer:
      return fmt::format(
          "no die of chip '{}' fits its wafer: its diagonal is {} mm, the usable diameter {} mm", name,
          readable(finding.value), readable(finding.limit));
    case Finding::Kind::no_routing:
      return fmt::format("chip '{}' has {} wires to lead out, but its parent has {} tracks", name,
                         readable(finding.value), readable(finding.limit));
    case Finding::Kind::short_reach:
      return fmt::format("a link of chip '{}' reaches {} mm, no further than the dies stand apart: {} mm",
                         name, readable(finding.value), readable(finding.limit));
  }
  return {};
}

constexpr std::string_view routing_hint =
    "add routing layers to the parent, or give its layers a finer pitch";

// What makes the figures meaningless is a complaint; too few tracks are a violation, or but a warning.
void judge(Evaluated& e, Diagnostics& diagnostics) {
  for (const auto& finding : e.figures.findings) {
    const auto& where = e.stack.chips[finding.chip].where;
    if (finding.kind != Finding::Kind::no_routing) {
      diagnostics.error(where, finding_text(e.stack, finding));
    } else if (!finding.forbids) {
      diagnostics.warning(where, finding_text(e.stack, finding), std::string{routing_hint});
    } else {
      e.feasible = false;
    }
  }
}

Json violations_json(const Evaluated& e) {
  auto out = Json::array();
  for (const auto& finding : e.figures.findings) {
    if (e.feasible) break;
    out.push_back({{"constraint", "rules.routing." + e.stack.chips[finding.chip].name},
                   {"value", finding.value},
                   {"limit", finding.limit},
                   {"unit", "tracks"},
                   {"hint", routing_hint}});
  }
  return out;
}

Json chip_json(const Evaluated& e, std::size_t i) {
  const auto& chip = e.stack.chips[i];
  const auto& f = e.figures.chips[i];
  return {{"name", chip.name},
          {"on", chip.parent == stack::nowhere ? "" : e.stack.chips[chip.parent].name},
          {"area_mm2", f.area},
          {"width_mm", f.width},
          {"height_mm", f.height},
          {"io_area_mm2", f.io_area},
          {"tsv_area_mm2", f.tsv_area},
          {"pad_area_mm2", f.pad_area},
          {"stacked_area_mm2", f.stacked_area},
          {"pads", {{"signal", f.signal_pads}, {"power", f.power_pads}, {"test", f.test_pads}}},
          {"tsvs", f.tsvs},
          {"bonds", f.bonds},
          {"power_w", f.total_power},
          {"dies_per_wafer", f.dies_per_wafer},
          {"die_yield", f.die_yield},
          {"die_cost_usd", f.die_cost},
          {"known_good_die_usd", f.known_good_die},
          {"die_quality", f.die_quality},
          {"assembly_usd", f.assembly_cost},
          {"assembly_yield", f.assembly_yield},
          {"quality", f.quality},
          {"cost_usd", f.cost},
          {"scrap_usd", f.scrap},
          {"nre_usd", f.nre}};
}

Json items_json(const std::vector<Item>& items, const char* unit) {
  auto out = Json::array();
  for (const auto& item : items) {
    if (item.value != 0) out.push_back({{"item", item.name}, {unit, item.value}});
  }
  return out;
}

std::string json_of(const Evaluated& e, const Diagnostics& diagnostics) {
  const auto& f = e.figures;
  Json areas = Json::object(), yields = Json::object(), chips = Json::array(), warnings = Json::array();
  for (std::size_t i = 0; i < f.chips.size(); ++i) {
    areas[e.stack.chips[i].name] = f.chips[i].area;
    yields[e.stack.chips[i].name] = f.chips[i].die_yield;
    chips.push_back(chip_json(e, i));
  }
  for (const auto& d : diagnostics.all()) {
    if (d.severity == Severity::warning) warnings.push_back(d.message);
  }
  Json area{{"dies_mm2", areas}, {"silicon_mm2", silicon(e)}};
  if (f.chips.size() > 1) area["interposer_mm2"] = e.root().area;
  area["package_mm2"] = e.root().area;
  const Json json{
      {"design", e.stack.name},
      {"kind", "stack"},
      {"choice", Json::object()},
      {"fidelity", "analytic"},
      {"preset", e.preset.name},
      {"feasible", e.feasible},
      {"violations", violations_json(e)},
      {"area", area},
      {"yield", {{"dies", yields}, {"assembly", e.root().true_yield}, {"shipped_quality", e.root().quality}}},
      {"cost",
       {{"unit_usd", f.unit},
        {"recurring_usd", f.recurring},
        {"nre_total_usd", f.nre_total},
        {"nre_per_unit_usd", f.nre},
        {"per_good_unit_usd", f.per_good},
        {"scrap_usd", e.root().scrap},
        {"breakdown", items_json(cost_items(e), "usd")}}},
      {"power", {{"total_w", e.root().total_power}, {"breakdown", items_json(power_items(e), "w")}}},
      {"chips", chips},
      {"warnings", warnings}};
  return json_text(json);
}

std::string dies_text(const Evaluated& e) {
  report::Table table{
      .columns = {Align::left, Align::right, Align::right, Align::right, Align::right, Align::right,
                  Align::right, Align::right},
      .rows = {{"chip", "count", "mm2", "on wafer", "yield", "USD die", "USD good", "USD built"}}};
  for (const auto& [name, chips] : by_design(e.stack)) {
    // Chips of a design may differ in their links: the first stands for all that are as large.
    std::vector<std::pair<std::size_t, double>> sizes;
    for (const auto i : chips) {
      const auto same = std::ranges::find_if(
          sizes, [&](const auto& s) { return e.figures.chips[s.first].area == e.figures.chips[i].area; });
      if (same == sizes.end())
        sizes.emplace_back(i, 1);
      else
        ++same->second;
    }
    for (const auto& [i, count] : sizes) {
      const auto& f = e.figures.chips[i];
      table.rows.push_back({e.stack.chips[i].name, readable(count), readable(f.area),
                            readable(f.dies_per_wafer), readable(f.die_yield), readable(f.die_cost),
                            readable(f.known_good_die), readable(f.cost)});
    }
  }
  return report::print(table);
}

std::string items_text(std::vector<Item> items, double total, std::string_view unit) {
  std::ranges::stable_sort(items, std::greater{}, &Item::value);
  report::Table table{.columns = {Align::left, Align::right, Align::left, Align::right}};
  for (const auto& [name, value] : items) {
    if (value != 0)
      table.rows.push_back(
          {name, readable(value), std::string{unit}, fmt::format("{:.0f} %", 100 * value / total)});
  }
  return report::print(table);
}

std::string figures_text(const Evaluated& e) {
  const auto& f = e.figures;
  report::Table table{.columns = {Align::left, Align::right, Align::left}};
  const auto add = [&](const char* words, double value, const char* unit) {
    table.rows.push_back({words, readable(value), unit});
  };
  add("unit cost", f.unit, "USD");
  add("per good unit", f.per_good, "USD");
  add("NRE, whole", f.nre_total / 1e6, "MUSD");
  add("power", e.root().total_power, "W");
  add("assembly yield", e.root().true_yield, "");
  add("good among the shipped", e.root().quality, "");
  add("silicon, interposer included", silicon(e), "mm2");
  return report::print(table);
}

std::string text_of(const Evaluated& e) {
  std::string out = fmt::format("{}{}{}\n", e.stack.name, e.stack.title.empty() ? "" : ": ", e.stack.title);
  out += e.feasible ? "  feasible\n" : "  NOT feasible:\n";
  for (const auto& finding : e.figures.findings) {
    if (!e.feasible) out += fmt::format("  {}\n    hint: {}\n", finding_text(e.stack, finding), routing_hint);
  }
  out += "\nchips\n" + dies_text(e);
  out += "\nfigures\n" + figures_text(e);
  out += "\ncost of a unit\n" + items_text(cost_items(e), e.figures.unit, "USD");
  if (e.root().total_power > 0)
    out += "\npower at full load\n" + items_text(power_items(e), e.root().total_power, "W");
  return out + fmt::format("\nanalytic rung, preset {}\n", e.preset.name);
}

std::optional<DocumentResult> evaluate_stack(const Node& root, const Preset& preset, const Quirks& quirks,
                                             Diagnostics& diagnostics) {
  const int errors_before = diagnostics.errors();
  const auto loaded = stack::load_stack(root, diagnostics);
  if (!loaded) return std::nullopt;
  const auto corrected = stack::corrected(*loaded, quirks);
  stack::Workspace<> workspace;
  Evaluated e{corrected, stack::evaluate(corrected, quirks, workspace), preset};
  judge(e, diagnostics);
  if (diagnostics.errors() > errors_before) return std::nullopt;
  return DocumentResult{
      .feasible = e.feasible, .figures = figures_of(e), .text = text_of(e), .json = json_of(e, diagnostics)};
}

}  // namespace

DocumentKind stack_kind() {
  return {.section = "stack",
          .summary = "a tree of chips by process",
          .headline = "cost.unit_usd",
          .home_preset = "catch-2025",
          .evaluate = evaluate_stack};
}

}  // namespace marquetry
