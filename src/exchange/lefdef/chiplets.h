// Macros of LEF as kinds of chiplets and bump cells, in database units.
#pragma once

#include <map>
#include <set>
#include <string>

#include "assembly/assembly.h"
#include "exchange/lefdef/lef.h"

namespace marquetry::exchange {

// What a macro became, and where its pins are.
struct MacroUse {
  bool is_bump{};
  std::size_t index{};  // of Assembly::chiplets or ::cells
  std::string layer{};  // of a bump's first pin
  assembly::Size size{};
  std::map<std::string, std::vector<assembly::BumpOf>, std::less<>> bumps{};  // by pin; their instance is 0
};
using MacroUses = std::map<std::string, MacroUse, std::less<>>;

// Adds the bump cells and the chiplets that are blocks or that are used. Complains of pins on layers
// that no LEF defines, and of lengths that are no whole units.
MacroUses add_macros(const Lef& lef, const std::set<std::string, std::less<>>& used,
                     assembly::Assembly& package, Diagnostics& diagnostics);

// A bump's centre from the lower-left corner of its box, and back: odd sizes lie half a unit low.
constexpr assembly::Point centre_of(assembly::Point low, assembly::Size size) {
  return {low.x + size.width / 2 + size.width % 2, low.y + size.height / 2 + size.height % 2};
}
constexpr assembly::Point low_of(assembly::Point centre, assembly::Size size) {
  return {centre.x - size.width / 2 - size.width % 2, centre.y - size.height / 2 - size.height % 2};
}

}  // namespace marquetry::exchange
