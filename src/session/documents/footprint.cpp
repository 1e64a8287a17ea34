// [footprint]: carbon of typed blocks on nodes, as ECO-CHIP describes a system.
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/json_text.h"
#include "footprint/evaluate.h"
#include "footprint/load.h"
#include "report/table.h"
#include "session/documents/rows.h"

namespace marquetry {
namespace {

using footprint::Footprint;
using footprint::Result;
using report::Align;
using report::readable;
using Json = nlohmann::ordered_json;

double kg(const Carbon<>& carbon) { return carbon / unit::kgCO2; }

// Bonds that all hold, with good dies.
double assembly_yield(const Footprint& f, const Result& r) {
  return std::pow(f.packaging.bond_yield, static_cast<double>(r.dies.size()));
}

bool has_carrier(const Footprint& f, const Result& r) {
  return r.floorplan && f.package != footprint::PackageType::stacked &&
         f.package != footprint::PackageType::emib;
}

std::vector<FigureValue> figures_of(const Footprint& f, const Result& r) {
  std::vector<FigureValue> out;
  const auto add = [&out](std::string path, std::string unit, double value) {
    out.push_back({std::move(path), std::move(unit), value});
  };
  Area<> silicon{};
  Carbon<> dies{};
  Power<> average{};
  for (const auto& die : r.dies) {
    add("area.dies_mm2." + die.name, "mm2", die.area / unit::mm2);
    add("yield.dies." + die.name, "", die.yield);
    silicon += die.area;
    dies += die.manufacturing;
    average += die.average;
  }
  add("area.silicon_mm2", "mm2", silicon / unit::mm2);
  if (has_carrier(f, r)) add("area.interposer_mm2", "mm2", r.floorplan->area / unit::mm2);
  add("yield.assembly", "", assembly_yield(f, r));
  add("power.total_w", "W", f.design.power / unit::W);
  add("power.average_w", "W", average / unit::W);
  add("carbon.dies_kg", "kg CO2e", kg(dies));
  add("carbon.packaging_kg", "kg CO2e", kg(r.package.manufacturing));
  add("carbon.manufacturing_kg", "kg CO2e", kg(r.manufacturing));
  add("carbon.design_kg", "kg CO2e", kg(r.design));
  add("carbon.embodied_kg", "kg CO2e", kg(r.manufacturing + r.design));
  add("carbon.operational_kg", "kg CO2e", kg(r.operation));
  add("carbon.total_kg", "kg CO2e", kg(r.total));
  return out;
}

std::string limit_text(const Footprint& f) {
  return fmt::format("{} x {} mm", readable(f.wafers.reticle_width / unit::mm),
                     readable(f.wafers.reticle_height / unit::mm));
}

std::string dies_text(const Result& r) {
  report::Table table{
      .columns = {Align::left, Align::left, Align::right, Align::right, Align::right, Align::right,
                  Align::right, Align::right, Align::right, Align::right},
      .rows = {{"die", "type", "nm", "mm2", "yield", "a wafer", "made", "design", "use", "kg CO2e"}}};
  for (const auto& d : r.dies) {
    table.rows.push_back({d.name, std::string{footprint::block_type_names[static_cast<std::size_t>(d.type)]},
                          std::to_string(d.node->nanometres), readable(d.area / unit::mm2), readable(d.yield),
                          readable(d.per_wafer), readable(kg(d.manufacturing)), readable(kg(d.design)),
                          readable(kg(d.operation)), readable(kg(d.total))});
  }
  const auto& p = r.package;
  const auto packaging = [&](const char* name, const Carbon<>& made, const Carbon<>& design) {
    if (made.si() == 0 && design.si() == 0) return;
    table.rows.push_back({name, "", "", "", "", "", readable(kg(made)), readable(kg(design)), "",
                          readable(kg(made + design))});
  };
  packaging("carrier", p.carrier, {});
  packaging("routers", p.routers, p.design);
  packaging("lost dies", p.lost_dies, {});
  table.rows.push_back({"all", "", "", "", "", "", readable(kg(r.manufacturing)), readable(kg(r.design)),
                        readable(kg(r.operation)), readable(kg(r.total))});
  return print(table);
}

std::string text_of(const Footprint& f, const Result& r, std::string_view models) {
  std::string out = fmt::format("{}: {} dies, {}\n", f.name, r.dies.size(),
                                footprint::package_type_names[static_cast<std::size_t>(f.package)]);
  out += r.beyond_reticle.empty() ? "  feasible\n" : "  NOT feasible:\n";
  for (const auto die : r.beyond_reticle) {
    out += fmt::format(
        "  {}: {} mm2 is more than one exposure of {} can make\n    hint: split it, or choose a finer "
        "node\n",
        r.dies[die].name, readable(r.dies[die].area / unit::mm2), limit_text(f));
  }
  out += "\ncarbon, kg\n" + dies_text(r);
  if (r.floorplan) {
    out += fmt::format("\nfloorplan\n  {} x {} mm\n", readable(r.floorplan->width / unit::mm),
                       readable(r.floorplan->height / unit::mm));
  }
  return out + fmt::format("\npreset {}\n", models);
}

Json violations(const Footprint& f, const Result& r) {
  auto out = Json::array();
  for (const auto die : r.beyond_reticle) {
    out.push_back({{"constraint", "area.dies_mm2." + r.dies[die].name},
                   {"value", r.dies[die].area / unit::mm2},
                   {"limit", f.wafers.reticle_width * f.wafers.reticle_height / unit::mm2},
                   {"unit", "mm2"},
                   {"hint", "split it, or choose a finer node"}});
  }
  return out;
}

// "carbon.total_kg" into {"carbon": {"total_kg": ...}}; names of dies may hold dots, and stand last.
void put(Json& root, const FigureValue& figure) {
  Json* node = &root;
  std::string_view path = figure.path;
  for (int level = 0; level < 2; ++level) {
    const auto dot = path.find('.');
    if (dot == std::string_view::npos) break;
    node = &(*node)[std::string{path.substr(0, dot)}];
    path.remove_prefix(dot + 1);
  }
  (*node)[std::string{path}] = figure.value;
}

Json json_of(const Footprint& f, const Result& r, const DocumentResult& result, std::string_view preset) {
  Json out = {{"design", f.name}, {"choice", Json::object()},    {"fidelity", "analytic"},
              {"preset", preset}, {"feasible", result.feasible}, {"violations", violations(f, r)}};
  for (const auto& figure : result.figures) put(out, figure);
  auto dies = Json::array();
  for (const auto& d : r.dies) {
    dies.push_back({{"item", d.name},
                    {"manufacturing_kg", kg(d.manufacturing)},
                    {"design_kg", kg(d.design)},
                    {"operational_kg", kg(d.operation)}});
  }
  dies.push_back({{"item", "carrier"}, {"manufacturing_kg", kg(r.package.carrier)}});
  dies.push_back({{"item", "routers"},
                  {"manufacturing_kg", kg(r.package.routers)},
                  {"design_kg", kg(r.package.design)}});
  dies.push_back({{"item", "lost dies"}, {"manufacturing_kg", kg(r.package.lost_dies)}});
  out["carbon"]["breakdown"] = std::move(dies);
  return out;
}

// What no wafer can give is wrong input.
bool fits_wafers(const Footprint& f, const Result& r, const Node& root, Diagnostics& diagnostics) {
  for (const auto die : r.beyond_wafer) {
    diagnostics.error(
        r.dies[die].where,
        fmt::format("die '{}' of {} mm2 does not fit a wafer of {} mm", r.dies[die].name,
                    readable(r.dies[die].area / unit::mm2), readable(f.wafers.diameter / unit::mm)),
        "split it, or choose a finer node");
  }
  if (r.carrier_beyond_wafer) {
    diagnostics.error(
        name_spot(*find(root, "footprint")),
        fmt::format("the interposer of {} x {} mm does not fit a wafer of {} mm",
                    readable(r.floorplan->width / unit::mm), readable(r.floorplan->height / unit::mm),
                    readable(f.wafers.diameter / unit::mm)),
        "choose bridges (EMIB), or smaller dies");
  }
  return r.beyond_wafer.empty() && !r.carrier_beyond_wafer;
}

std::optional<DocumentResult> evaluate_footprint(const Node& root, const Preset& preset, const Quirks& quirks,
                                                 Diagnostics& diagnostics) {
  const auto f = footprint::read(root, diagnostics);
  if (!f) return std::nullopt;
  const auto result = footprint::evaluate(*f, quirks);
  if (!fits_wafers(*f, result, root, diagnostics)) return std::nullopt;
  DocumentResult out{.feasible = result.beyond_reticle.empty(), .figures = figures_of(*f, result)};
  out.text = text_of(*f, result, preset.name);
  out.json = json_text(json_of(*f, result, out, preset.name));
  return out;
}

}  // namespace

DocumentKind footprint_kind() {
  return {.section = "footprint",
          .summary = "typed blocks on nodes, for their carbon",
          .headline = "carbon.total_kg",
          .home_preset = "ecochip-2024",
          .evaluate = evaluate_footprint};
}

}  // namespace marquetry
