#include "report/chiplets_text.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "report/table.h"

namespace marquetry::report {
namespace {

using Json = nlohmann::ordered_json;
using proxy::Figures;

struct Row {
  const char *words{}, *path{}, *unit{};
  double (*value)(const Figures&){};
};

constexpr std::array rows{
    Row{"chiplets", "area.chiplets_mm2", "mm2", [](const Figures& f) { return f.area.chiplets; }},
    Row{"interposer", "area.interposer_mm2", "mm2", [](const Figures& f) { return f.area.interposer; }},
    Row{"power", "power.total_w", "W", [](const Figures& f) { return f.power.total; }},
    Row{"of it links", "power.links_w", "W",
        [](const Figures& f) { return f.power.total - f.power.chiplets - f.power.interposer; }},
    Row{"cost", "cost.total", "", [](const Figures& f) { return f.cost.total; }},
    Row{"link, shortest", "links.least_mm", "mm", [](const Figures& f) { return f.lengths.least; }},
    Row{"link, mean", "links.mean_mm", "mm", [](const Figures& f) { return f.lengths.mean; }},
    Row{"link, longest", "links.greatest_mm", "mm", [](const Figures& f) { return f.lengths.greatest; }},
    Row{"link, bandwidth", "links.mean_bits_cycle", "bit/cycle",
        [](const Figures& f) { return f.bandwidths.mean; }},
    Row{"latency, least", "latency.least_cycles", "cycles", [](const Figures& f) { return f.latency.least; }},
    Row{"latency, mean", "latency.mean_cycles", "cycles", [](const Figures& f) { return f.latency.mean; }},
    Row{"latency, greatest", "latency.greatest_cycles", "cycles",
        [](const Figures& f) { return f.latency.greatest; }},
    Row{"throughput", "throughput.bits_cycle", "bit/cycle",
        [](const Figures& f) { return f.throughput.aggregate; }}};

Json figures_json(const Figures& figures) {
  Json out = Json::object();
  for (const auto& row : rows) {
    const std::string_view path{row.path};
    const auto dot = path.find('.');
    const double value = row.value(figures);
    out[std::string{path.substr(0, dot)}][std::string{path.substr(dot + 1)}] =
        std::isfinite(value) ? Json(value) : Json(nullptr);
  }
  return out;
}

// Rounding is no effect.
bool differs(double a, double b) {
  return std::isfinite(a) != std::isfinite(b) || std::abs(a - b) > 1e-9 * std::abs(a);
}

// A line for each figure that a fix moves.
std::string fixes_text(const ChipletFigures& chiplets) {
  Table table{.columns = {Align::left, Align::left, Align::right, Align::right, Align::left}};
  for (const auto& [quirk, mended] : chiplets.fixes) {
    bool is_first = true;
    for (const auto& row : rows) {
      const double from = row.value(chiplets.theirs), to = row.value(mended);
      if (!differs(from, to)) continue;
      table.rows.push_back({is_first ? std::string{quirk.id} : std::string{}, row.words, readable(from),
                            "-> " + readable(to), row.unit});
      is_first = false;
    }
  }
  return table.rows.empty() ? std::string{} : "\nmended one at a time\n" + print(table);
}

Json fixes_json(const ChipletFigures& chiplets) {
  auto out = Json::array();
  for (const auto& [quirk, mended] : chiplets.fixes) {
    auto moved = Json::object();
    for (const auto& row : rows) {
      const double to = row.value(mended);
      if (differs(row.value(chiplets.theirs), to))
        moved[row.path] = std::isfinite(to) ? Json(to) : Json(nullptr);
    }
    out.push_back({{"quirk", quirk.id}, {"peer", quirk.peer}, {"right", quirk.right}, {"mended", moved}});
  }
  return out;
}

}  // namespace

std::string chiplets_text(const ChipletFigures& chiplets) {
  Table table{.columns = {Align::left, Align::right, Align::right, Align::left},
              .rows = {{"", "RapidChiplet", "ours", ""}}};
  for (const auto& row : rows)
    table.rows.push_back(
        {row.words, readable(row.value(chiplets.theirs)), readable(row.value(chiplets.ours)), row.unit});
  auto out = "\nclosed form\n" + print(table);
  for (const auto& finding : chiplets.findings) out += "  ! " + finding.message + "\n";
  return out + fixes_text(chiplets);
}

Json chiplets_json(const ChipletFigures& chiplets) {
  auto findings = Json::array();
  for (const auto& finding : chiplets.findings)
    findings.push_back({{"message", finding.message}, {"factor", finding.amount}});
  return {{"rapidchiplet-2023", figures_json(chiplets.theirs)},
          {"default", figures_json(chiplets.ours)},
          {"fixes", fixes_json(chiplets)},
          {"findings", findings}};
}

}  // namespace marquetry::report
