// What conducts the heat of a package away, layer by layer: plain data that readers of files and designs
// make. SI throughout: m, W, K, W/(m K), J/(m3 K). The origin is the lower-left corner of the footprint.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "layout/section.h"

namespace marquetry::thermal {

using layout::Material;
using layout::Slab;
using layout::Spreading;

// P(T) = power exp(slope (T - reference)): what leaks beside the power that is switched.
struct Leakage {
  double power{};      // W at the reference
  double slope{};      // per kelvin
  double reference{};  // K
};

struct Block {
  std::string name{};
  double x{}, y{}, width{}, height{};  // lower-left corner
  double power{};                      // W
  std::optional<Material> material{};  // none: the layer's own
  Leakage leakage{};
  double limit{}, throttle{};         // K that it must, and should, stay below; 0: none known
  std::optional<std::size_t> part{};  // whose it is, by the numbers of whoever made the stack
  SourceSpot where{};
};

// Blocks of one layer do not overlap; what none covers is of the layer's own material.
struct Layer {
  std::string name{};
  double thickness{};
  Material material{};
  bool heats{};  // may have power
  std::vector<Block> blocks{};
  double contact{};  // K m2/W between it and the layer above
  SourceSpot where{};
};

struct Stack {
  std::string name{};
  double width{}, height{};
  std::vector<Layer> layers{};  // the bottom one first
  std::optional<Spreading> package{};
  double top_transfer{}, bottom_transfer{};  // W/(m2 K) of the two faces to the ambient; 0: none
  double ambient{};                          // K
};

}  // namespace marquetry::thermal
