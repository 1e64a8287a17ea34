// [assembly]: a package with geometry, bumps and nets, as formats of EDA tools hold it.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "assembly/check.h"
#include "assembly/load.h"
#include "assembly/places.h"
#include "base/json_text.h"
#include "report/table.h"
#include "session/documents/rows.h"

namespace marquetry {
namespace {

using assembly::Assembly;
using assembly::Kind;
using report::readable;
using Json = nlohmann::ordered_json;

double square_mm(const Assembly& a, assembly::Size size) {
  const double mm = 1000.0 * a.precision;
  return static_cast<double>(size.width) / mm * (static_cast<double>(size.height) / mm);
}

struct Counts {
  double silicon{}, interposer{}, package{};  // mm2
  std::size_t bumps{}, violations{};
};

// What wires dies together and is no substrate is of kind rdl.
Counts counts(const Assembly& a, const std::vector<assembly::Fault>& faults) {
  Counts out;
  geometry::Rect box{};
  for (std::size_t i = 0; i < a.instances.size(); ++i) {
    const auto& chiplet = assembly::chiplet_of(a, a.instances[i]);
    const auto outline = assembly::outline(a, a.instances[i]);
    box = i == 0 ? outline : geometry::hull(box, outline);
    if (chiplet.kind == Kind::die || chiplet.kind == Kind::ip) out.silicon += square_mm(a, chiplet.size);
    if (chiplet.kind == Kind::rdl) out.interposer += square_mm(a, chiplet.size);
    for (const auto& region : chiplet.regions) out.bumps += region.bumps.size();
  }
  out.package = square_mm(a, {box.width(), box.height()});
  for (const auto& fault : faults) out.violations += fault.count;
  return out;
}

std::vector<FigureValue> figures_of(const Assembly& a, const Counts& c) {
  std::vector<FigureValue> out;
  for (const auto& chiplet : a.chiplets)
    if (chiplet.kind == Kind::die || chiplet.kind == Kind::ip)
      out.push_back({"area.dies_mm2." + chiplet.name, "mm2", square_mm(a, chiplet.size)});
  out.push_back({"area.silicon_mm2", "mm2", c.silicon});
  if (c.interposer > 0) out.push_back({"area.interposer_mm2", "mm2", c.interposer});
  out.push_back({"area.package_mm2", "mm2", c.package});
  const auto count = [&](const char* name, std::size_t value) {
    out.push_back({std::string{"assembly."} + name, "", static_cast<double>(value)});
  };
  count("chiplets", a.chiplets.size());
  count("instances", a.instances.size());
  count("connections", a.connections.size());
  count("bumps", c.bumps);
  count("nets", a.nets.size());
  count("violations", c.violations);
  return out;
}

std::string chiplets_text(const Assembly& a) {
  using report::Align;
  report::Table table{
      .columns = {Align::left, Align::left, Align::right, Align::right, Align::right, Align::right},
      .rows = {{"chiplet", "kind", "instances", "mm2", "um thick", "bumps"}}};
  std::vector<std::size_t> instances(a.chiplets.size());
  for (const auto& instance : a.instances) ++instances[instance.chiplet];
  for (std::size_t c = 0; c < a.chiplets.size(); ++c) {
    const auto& chiplet = a.chiplets[c];
    std::size_t bumps = 0;
    for (const auto& region : chiplet.regions) bumps += region.bumps.size();
    table.rows.push_back({chiplet.name, std::string{kind_name(chiplet.kind)}, std::to_string(instances[c]),
                          readable(square_mm(a, chiplet.size)),
                          assembly::micrometres(chiplet.thickness, a.precision), std::to_string(bumps)});
  }
  return print(table);
}

std::string text_of(const Assembly& a, const Counts& c, const std::vector<assembly::Fault>& faults) {
  auto out = fmt::format("{}: {} instances of {} chiplets, {} bumps, {} nets, {} connections\n", a.name,
                         a.instances.size(), a.chiplets.size(), c.bumps, a.nets.size(), a.connections.size());
  out += faults.empty() ? "  feasible: every rule of its geometry holds\n" : "  NOT feasible:\n";
  for (const auto& fault : faults) {
    out += fmt::format("  {}: {}\n", rule_name(fault.rule), fault.message);
    if (!fault.hint.empty()) out += fmt::format("    hint: {}\n", fault.hint);
  }
  return out + "\n" + chiplets_text(a);
}

Json json_of(const Assembly& a, const DocumentResult& result, const std::vector<assembly::Fault>& faults,
             std::string_view preset) {
  auto violations = Json::array();
  for (const auto& fault : faults)
    violations.push_back({{"constraint", rule_name(fault.rule)},
                          {"message", fault.message},
                          {"hint", fault.hint},
                          {"count", fault.count}});
  Json out = {{"design", a.name}, {"choice", Json::object()},    {"fidelity", "geometry"},
              {"preset", preset}, {"feasible", result.feasible}, {"violations", violations}};
  for (const auto& figure : result.figures) {
    // Names of chiplets may hold dots, and stand last.
    const auto first = figure.path.find('.'), second = figure.path.find('.', first + 1);
    auto& section = out[figure.path.substr(0, first)];
    if (second == std::string::npos) {
      section[figure.path.substr(first + 1)] = figure.value;
    } else {
      section[figure.path.substr(first + 1, second - first - 1)][figure.path.substr(second + 1)] =
          figure.value;
    }
  }
  return out;
}

std::optional<DocumentResult> evaluate_assembly(const Node& root, const Preset& preset,
                                                const Quirks& /*quirks*/, Diagnostics& diagnostics) {
  const auto a = assembly::read(root, diagnostics);
  if (!a) return std::nullopt;
  const auto faults = assembly::check(*a);
  const auto c = counts(*a, faults);
  DocumentResult out{.feasible = faults.empty(), .figures = figures_of(*a, c)};
  out.text = text_of(*a, c, faults);
  out.json = json_text(json_of(*a, out, faults, preset.name));
  return out;
}

bool check_assembly(const Node& root, Diagnostics& diagnostics) {
  const auto a = assembly::read(root, diagnostics);
  if (!a) return false;
  const auto faults = assembly::check(*a);
  for (const auto& fault : faults)
    diagnostics.error({.file = root.where.file}, fmt::format("{}: {}", rule_name(fault.rule), fault.message),
                      fault.hint);
  return faults.empty();
}

}  // namespace

DocumentKind assembly_kind() {
  return {.section = "assembly",
          .summary = "a package with its geometry, bumps and nets",
          .headline = "area.package_mm2",
          .home_preset = "default",
          .evaluate = evaluate_assembly,
          .check = check_assembly};
}

}  // namespace marquetry
