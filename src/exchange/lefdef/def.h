// What DEF says that a package can hold: its area, components, pins and nets with their wires.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assembly/assembly.h"
#include "base/diagnostic.h"

namespace marquetry::exchange {

struct DefComponent {
  std::string name{}, macro{};
  bool is_placed{};
  assembly::Point low{};
  assembly::Orientation turn{};
  int line{};
};

struct DefNetPin {
  std::string component{}, pin{};  // component "PIN": of the design; "*": every component that has the pin
  int line{};
};

struct DefWire {
  std::string layer{}, rule{};             // rule: empty, the default width of the layer
  std::optional<assembly::Units> width{};  // of special nets
  std::vector<assembly::Point> points{};
};

struct DefNet {
  std::string name{};
  assembly::NetUse use{};
  std::vector<DefNetPin> pins{};
  std::vector<DefWire> wires{};
  int line{};
};

struct DefPin {
  std::string name{}, net{};
};

// Widths by layer, in database units.
using DefRule = std::map<std::string, assembly::Units, std::less<>>;

struct Def {
  std::string file{};
  std::string version{}, design{};
  int precision{};  // UNITS DISTANCE MICRONS
  SourceSpot precision_where{};
  std::optional<assembly::Rect> area{};
  std::vector<DefComponent> components{};
  std::vector<DefPin> pins{};
  std::vector<DefNet> nets{};
  std::map<std::string, DefRule, std::less<>> rules{};
  // Vias met in wires: what comes behind one lies on its other layer.
  std::map<std::string, std::vector<std::string>, std::less<>> vias{};
};

// Nothing after complaints. What is skipped is said in warnings, section by section.
std::optional<Def> parse_def(std::string_view text, const std::string& name,
                             const std::map<std::string, std::vector<std::string>, std::less<>>& lef_vias,
                             Diagnostics& diagnostics);

}  // namespace marquetry::exchange
