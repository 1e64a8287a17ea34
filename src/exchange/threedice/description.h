// What a stack file of 3D-ICE says, before floorplans are read.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "exchange/tokens.h"
#include "layout/section.h"

namespace marquetry::exchange::threedice {

struct Sheet {
  double height{};  // m
  std::string material{};
  bool is_source{};
  SourceSpot where{};
};

// A die, or a layer of one sheet; the top one first, as in the file.
struct Kind {
  std::vector<Sheet> sheets{};
  bool is_die{};
};

struct Piled {
  std::string name{}, kind{}, floorplan{};
  std::optional<Sheet> sheet{};  // of a layer that is described where it is piled
  bool is_die{};
  SourceSpot where{};
};

struct Sink {
  double transfer{};     // W/(m2 K)
  double temperature{};  // K
  SourceSpot where{};
};

struct Description {
  std::map<std::string, layout::Material> materials{};
  std::map<std::string, Kind> kinds{};
  std::vector<Piled> piled{};  // the top one first
  std::optional<Sink> top{}, bottom{};
  double length{}, width{}, cell_length{}, cell_width{};  // m
  SourceSpot dimensions{};
  bool is_transient{};
  double step{}, slot{}, start{};
  bool has_output{};
};

// Nothing after complaints.
std::optional<Description> read_description(const Words& words, Diagnostics& diagnostics);

}  // namespace marquetry::exchange::threedice
