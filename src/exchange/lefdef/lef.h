// What LEF says that a package can hold: layers, vias by their layers, macros with their pins.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assembly/assembly.h"
#include "base/diagnostic.h"

namespace marquetry::exchange {

// Micrometres, as they stand; which units they are is known once all files are read.
struct LefPoint {
  double x{}, y{};
};
struct LefBox {
  LefPoint low{}, high{};
};

struct LefLayer {
  std::string name{}, type{};
  double width{};  // of a regular wire; 0: not said
  std::optional<assembly::Face> face{};
  SourceSpot where{};
};

// One PORT of a pin: the box round its shapes on the first layer that it names.
struct LefPort {
  std::string layer{};
  LefBox box{};
  SourceSpot where{};
};
struct LefPin {
  std::string name{};
  assembly::Direction direction{};
  std::vector<LefPort> ports{};
};

struct LefMacro {
  std::string name{}, kind{};  // "BLOCK", "COVER BUMP"
  LefPoint origin{}, size{};
  std::vector<LefPin> pins{};
  SourceSpot where{};
  bool is_bump() const { return kind == "COVER BUMP"; }
};

struct LefVia {
  std::vector<std::string> layers{};
};

struct Lef {
  std::optional<int> precision{};  // DATABASE MICRONS
  SourceSpot precision_where{};
  std::vector<LefLayer> layers{};
  std::vector<LefMacro> macros{};
  std::map<std::string, LefVia, std::less<>> vias{};

  const LefLayer* find_layer(std::string_view name) const;
};

// Adds what a text says. Files may follow each other in any order: macros before their technology too.
void parse_lef(std::string_view text, const std::string& name, Lef& lef, Diagnostics& diagnostics);

}  // namespace marquetry::exchange
