// How a package is laid out in LEF and DEF: names of layers, bump macros and rules of width.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assembly/assembly.h"
#include "base/diagnostic.h"
#include "base/output_file.h"
#include "exchange/chiplet_ports.h"

namespace marquetry::exchange {

struct PlanLayer {
  bool has_face{};  // all regions on it look the same way, and not to the front
  assembly::Face face{};
  assembly::Units width{};  // the most frequent of wires; 0: no wires
};

struct LefdefPlan {
  std::string design{};
  std::optional<std::size_t> carrier{};  // instance
  std::vector<bool> left_out{};          // by instance
  std::vector<bool> macros{};            // by chiplet whether it gets one
  bool names_regions{};                  // bumps of the carrier are known by region and name
  std::map<std::string, PlanLayer, std::less<>> layers{};
  std::map<std::pair<std::size_t, std::string>, std::string> pads{};       // macro of a cell on a layer
  std::map<std::pair<std::string, assembly::Units>, std::string> rules{};  // of widths that are not usual
  std::vector<std::map<std::string, assembly::NetUse, std::less<>>>
      pin_uses{};  // by chiplet; where no signal
};

// Complains of what cannot be written, and warns of what is left out.
LefdefPlan plan_lefdef(const assembly::Assembly& package, const std::string& stem, const SourceSpot& where,
                       Diagnostics& diagnostics);

// The name of a pin: its port, or the bump where it has none.
inline const std::string& pin_of(const assembly::Bump& bump) {
  return bump.port.empty() ? bump.name : bump.port;
}
inline const std::string& layer_of(const assembly::Region& region) {
  return region.layer.empty() ? region.name : region.layer;
}

// Of a bump of the carrier.
inline std::string component_of(const LefdefPlan& plan, const assembly::Region& region,
                                const assembly::Bump& bump) {
  return plan.names_regions ? region.name + "/" + bump.name : bump.name;
}

void add_lef(const assembly::Assembly& package, const LefdefPlan& plan, OutputFile& out);
// How many wires were left out because they are neither along an axis nor at 45 degrees.
std::size_t add_def(const assembly::Assembly& package, const LefdefPlan& plan, OutputFile& out);

std::string_view use_word(assembly::NetUse use);

}  // namespace marquetry::exchange
