// A floorplan of 3D-ICE: elements of one or several rectangles, each with its powers by time slot.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"

namespace marquetry::exchange::threedice {

struct Piece {
  double x{}, y{}, length{}, width{};  // m, from the lower-left corner of the chip
};

struct Element {
  std::string name{};
  std::vector<Piece> pieces{};
  std::vector<double> powers{};  // W, of all pieces together
  SourceSpot where{};
};

// Nothing after complaints.
std::optional<std::vector<Element>> read_elements(const std::filesystem::path& path,
                                                  Diagnostics& diagnostics);

}  // namespace marquetry::exchange::threedice
