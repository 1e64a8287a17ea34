// What `place` is given: a neutral case, a placement document, or a design; and how it is to be placed.
#pragma once

#include <memory>

#include "placement/place.h"
#include "session/commands/design_input.h"

namespace marquetry {

struct PlaceInput {
  layout::Problem problem{};
  std::string setting{};                 // of a floorplanning case, or empty
  std::vector<std::string> notes{};      // what a reader should know of it
  std::unique_ptr<DesignInput> input{};  // of a design, or null
  std::function<double(layout::Size)>
      cost{};  // USD, by the size of the carrier; empty where there are no prices
};

// Null after complaints.
std::unique_ptr<PlaceInput> read_place_input(Session& session, const Arguments& given,
                                             Diagnostics& diagnostics);

inline constexpr std::array<std::string_view, 3> place_settings{"scaled", "native", "free"};
inline constexpr std::array<std::string_view, 5> place_metrics{"auto", "hpwl", "transport", "centre", "phys"};
inline constexpr std::array<std::string_view, 5> place_objectives{"wire", "area", "wire-area", "cost",
                                                                  "temperature"};

// What is named, or the usual: of a design its wire and its area.
std::string place_objective(const PlaceInput& input, const Arguments& given);

// The options of the search; complaints where the problem lacks what they ask for.
placement::Options place_options(const PlaceInput& input, const Arguments& given, const Options& common,
                                 Diagnostics& diagnostics);

}  // namespace marquetry
