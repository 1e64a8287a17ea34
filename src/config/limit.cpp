#include "config/limit.h"

#include <utility>

#include "base/text.h"
#include "config/reader.h"
#include "units/text.h"
#include "units/units.h"

namespace marquetry {
namespace {

// The names of figures are a contract with those who read our JSON, so their units stand in them.
constexpr std::pair<std::string_view, std::string_view> units[] = {
    {"_usd", "USD"},      {"_w", "W"},        {"_mm2", "mm2"},       {"_um", "um"},          {"_c", "degC"},
    {"_ns", "ns"},        {"_ms", "ms"},      {"_gbit_s", "Gbit/s"}, {"_kg", "kgCO2"},       {"_gbyte", "GB"},
    {"_gbyte_s", "GB/s"}, {"_weeks", "week"}, {"_tops", "TFLOP/s"},  {"_tflops", "TFLOP/s"}, {"_s", "s"},
};

std::string with_unit(const std::string& number, std::string_view unit) {
  return unit.empty() ? number : number + " " + std::string{unit};
}

}  // namespace

std::string_view figure_unit(std::string_view path) {
  for (const auto& [suffix, unit] : units) {
    // "area.dies_mm2.compute" and "thermal.dies_c.ccd[3]" name the unit before the last part
    for (auto rest = path; !rest.empty(); rest = rest.substr(0, rest.rfind('.') + 1)) {
      if (rest.ends_with('.')) rest.remove_suffix(1);
      if (rest.ends_with(suffix)) return unit;
      if (rest.find('.') == std::string_view::npos) break;
    }
  }
  return {};
}

std::optional<LimitValue> read_limit(const Node& value, std::string_view path, Diagnostics& diagnostics) {
  const auto unit = figure_unit(path);
  const auto dimension = unit.empty() ? dimension::none : parse_quantity(with_unit("1", unit))->dimension;
  Node whole = value;
  if (value.kind == NodeKind::number) {
    whole.kind = NodeKind::text;
    whole.text = with_unit(exact(value.number), unit);
  }
  // A figure without unit in its name may be a rate of operations, which is reported in TFLOP/s.
  const auto parsed = whole.kind == NodeKind::text ? parse_quantity(whole.text) : std::nullopt;
  const bool is_rate = unit.empty() && parsed && parsed->dimension == dimension::time * -1;
  const auto si = read_quantity(whole, path, is_rate ? parsed->dimension : dimension, diagnostics);
  if (!si) return std::nullopt;
  return LimitValue{is_rate ? *si / 1e12 : *si, whole.text};
}

}  // namespace marquetry
