#include "exchange/lefdef/chiplets.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "assembly/places.h"

namespace marquetry::exchange {
namespace {

using assembly::Assembly;
using assembly::Bump;
using assembly::Point;
using assembly::Size;

class Maker {
 public:
  Maker(const Lef& lef, const std::set<std::string, std::less<>>& used, Assembly& package,
        Diagnostics& diagnostics)
      : lef_{lef}, used_{used}, package_{package}, diagnostics_{diagnostics} {}

  MacroUses run() {
    const int before = diagnostics_.errors();
    for (const auto& macro : lef_.macros) {
      if (diagnostics_.errors() - before > 20) break;
      if (macro.is_bump()) add_bump(macro);
    }
    for (const auto& macro : lef_.macros) {
      if (diagnostics_.errors() - before > 20) break;
      const bool is_wanted = macro.kind.starts_with("BLOCK") || used_.contains(macro.name);
      if (!macro.is_bump() && is_wanted) add_chiplet(macro);
    }
    if (outside_ > 0)
      diagnostics_.warning(
          first_outside_,
          fmt::format("{} ports of pins lie outside of their macros; this is the first", outside_),
          "the ORIGIN of a macro is added to the places of its pins");
    return std::move(uses_);
  }

 private:
  std::optional<Point> units(LefPoint p, const SourceSpot& where) {
    const auto x = assembly::units_of(p.x, package_.precision),
               y = assembly::units_of(p.y, package_.precision);
    if (!x || !y) {
      diagnostics_.error(where, fmt::format("a length of {} um is beyond any package", std::max(p.x, p.y)));
      return std::nullopt;
    }
    if (!x->is_whole || !y->is_whole) {
      diagnostics_.error(
          where, fmt::format("({} {}) um are no whole units of 1/{} um", p.x, p.y, package_.precision),
          "UNITS DATABASE MICRONS of the LEF says how fine lengths are");
      return std::nullopt;
    }
    return Point{x->units, y->units};
  }

  bool is_new(const LefMacro& macro) {
    if (uses_.emplace(macro.name, MacroUse{}).second) return true;
    diagnostics_.error(macro.where, fmt::format("macro '{}' stands twice", macro.name), "drop one of them");
    return false;
  }

  bool knows(const LefPort& port) {
    if (lef_.find_layer(port.layer) != nullptr) return true;
    if (!unknown_.insert(port.layer).second) return false;
    std::vector<std::string_view> names;
    for (const auto& layer : lef_.layers) names.push_back(layer.name);
    diagnostics_.error(
        port.where, fmt::format("layer '{}' is defined by no LEF file that was given", port.layer),
        names.empty() ? "give the technology LEF too: it has the layers" : suggest(port.layer, names));
    return false;
  }

  void add_bump(const LefMacro& macro) {
    if (!is_new(macro)) return;
    const auto size = units(macro.size, macro.where);
    if (!size) return;
    auto& use = uses_[macro.name];
    use = {.is_bump = true, .index = package_.cells.size(), .size = {size->x, size->y}};
    for (const auto& pin : macro.pins) {
      use.bumps[pin.name];
      for (const auto& port : pin.ports) {
        if (knows(port) && use.layer.empty()) use.layer = port.layer;
      }
    }
    cells_.emplace(std::pair{size->x, size->y}, package_.cells.size());
    package_.cells.push_back({macro.name, use.size});
  }

  // Of that size; made where there is none.
  std::size_t cell_of(Size size) {
    const auto [at, is_new] = cells_.emplace(std::pair{size.width, size.height}, package_.cells.size());
    if (is_new) package_.cells.push_back({fmt::format("PIN_{}x{}", size.width, size.height), size});
    return at->second;
  }

  void add_chiplet(const LefMacro& macro) {
    if (!is_new(macro)) return;
    const auto size = units(macro.size, macro.where), origin = units(macro.origin, macro.where);
    if (!size || !origin) return;
    const auto index = package_.chiplets.size();
    package_.chiplets.push_back({.name = macro.name, .size = {size->x, size->y}});
    auto& use = uses_[macro.name];
    use = {.index = index, .size = {size->x, size->y}};
    std::set<std::string, std::less<>> names;
    for (const auto& pin : macro.pins) names.insert(pin.name);
    for (const auto& pin : macro.pins) {
      if (use.bumps.contains(pin.name)) {
        diagnostics_.error(macro.where, fmt::format("macro '{}' has two pins '{}'", macro.name, pin.name));
        continue;
      }
      auto& bumps = use.bumps[pin.name];
      auto& chiplet = package_.chiplets[index];
      if (pin.ports.empty() || pin.direction != assembly::Direction::inout)
        chiplet.ports.push_back({pin.name, pin.direction});
      int number = 0;
      for (const auto& port : pin.ports) {
        if (!knows(port)) continue;
        const auto low = units(port.box.low, port.where), high = units(port.box.high, port.where);
        if (!low || !high) continue;
        const Size box{high->x - low->x, high->y - low->y};
        const auto at = centre_of(*low + *origin, box);
        if (at.x < 0 || at.y < 0 || at.x > size->x || at.y > size->y) {
          if (outside_++ == 0) first_outside_ = port.where;
        }
        std::string name = pin.name;
        if (pin.ports.size() > 1) {
          do name = fmt::format("{}.{}", pin.name, ++number);
          while (!names.insert(name).second);
        }
        const auto region = region_of(chiplet, port.layer);
        auto& there = chiplet.regions[region].bumps;
        bumps.push_back({0, region, there.size()});
        there.push_back({.name = std::move(name), .cell = cell_of(box), .at = at, .port = pin.name});
      }
    }
  }

  // A layer is a region, over the whole outline.
  std::size_t region_of(assembly::Chiplet& chiplet, const std::string& layer) {
    if (const auto found = assembly::find_region(chiplet, layer)) return *found;
    const auto [w, h] = chiplet.size;
    chiplet.regions.push_back({.name = layer,
                               .face = lef_.find_layer(layer)->face.value_or(assembly::Face::front),
                               .corners = {Point{0, 0}, {w, 0}, {w, h}, {0, h}},
                               .layer = layer});
    return chiplet.regions.size() - 1;
  }

  const Lef& lef_;
  const std::set<std::string, std::less<>>& used_;
  Assembly& package_;
  Diagnostics& diagnostics_;
  MacroUses uses_{};
  std::size_t outside_{};
  SourceSpot first_outside_{};
  std::map<std::pair<assembly::Units, assembly::Units>, std::size_t> cells_{};  // the first of a size
  std::set<std::string, std::less<>> unknown_{};
};

}  // namespace

MacroUses add_macros(const Lef& lef, const std::set<std::string, std::less<>>& used, Assembly& package,
                     Diagnostics& diagnostics) {
  return Maker{lef, used, package, diagnostics}.run();
}

}  // namespace marquetry::exchange
