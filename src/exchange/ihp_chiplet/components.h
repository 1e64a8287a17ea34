// The components of a .chiplet as they stand in the file: centres and sizes in micrometres.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "assembly/assembly.h"
#include "config/node.h"

namespace marquetry::exchange::ihp {

struct Pad {
  std::string id{}, net{}, layer{};
  double x{}, y{}, width{}, height{};
  SourceSpot where{};
};

struct Component {
  std::string id{}, cell{};
  bool is_carrier{};
  bool is_joined{};      // to what lies below, by a stack of connections
  double x{}, y{}, z{};  // the centre; the lower face
  double width{}, height{}, thickness{};
  assembly::Orientation turn{};
  std::vector<Pad> pads{};
  SourceSpot where{};
};

// `scale`: micrometres in a unit of the file.
std::optional<Component> read_component(const Node& node, double scale, Diagnostics& diagnostics);

// A text, a number of a key: nothing after a complaint where it is needed.
std::optional<std::string> text_at(const Node& table, std::string_view key, Diagnostics& diagnostics);
std::optional<double> number_of(const Node& value, Diagnostics& diagnostics);

}  // namespace marquetry::exchange::ihp
