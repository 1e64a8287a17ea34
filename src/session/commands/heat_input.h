// What `heat` and `export` heat: a design, a case of ours, a run of HotSpot or a stack of 3D-ICE.
#pragma once

#include <optional>

#include "report/heat.h"
#include "session/command.h"

namespace marquetry {

// The arguments by which it is named; `read_heat_input` reads them.
std::vector<Argument> heat_input_arguments();

struct HeatInput {
  thermal::HeatCase heat{};
  std::vector<report::HeatUnion> unions{};
  std::string separator{"."};
  std::optional<report::HeatFlux> flux{};
  std::string origin{};  // what complaints about the whole point at
};

// Nothing after complaints. --model and --grid are in it already, and the stack makes sense.
std::optional<HeatInput> read_heat_input(Session& session, const Arguments& given, std::string_view command,
                                         Diagnostics& diagnostics);

// The stack of a design, its dies placed. Nothing after complaints.
std::optional<HeatInput> heat_of_design(Session& session, const Arguments& given, Diagnostics& diagnostics);

}  // namespace marquetry
