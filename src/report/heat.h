// Temperatures of a heated stack: for readers, for programs, and as maps.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "thermal/adjoint.h"
#include "thermal/case.h"
#include "thermal/heat.h"
#include "thermal/runaway.h"
#include "thermal/transient.h"
#include "units/units.h"

namespace marquetry::report {

inline constexpr double freezing = unit::freezing_point / unit::K;

// Blocks that are one part: they stand one after the other in their layer.
struct HeatUnion {
  std::string name{};
  std::size_t layer{}, first{}, count{};
};

// Heat through a die's outline, against the most that the cooling takes from it.
struct HeatFlux {
  double hottest{}, limit{};  // W/m2
};

// What another model makes of the same stack, roughly.
struct OtherHeat {
  thermal::Settings settings{};
  double peak{}, same_cells{};  // K; ours on the same cells
};

struct HeatReport {
  thermal::HeatCase input{};
  std::vector<HeatUnion> unions{};
  std::string separator{"."};  // between a layer and a block, where a name alone is not enough
  double tolerance{};          // K, asked for
  std::optional<HeatFlux> flux{};
  thermal::Heat heat{};
  std::optional<OtherHeat> other{};
  std::optional<thermal::Transient> transient{};
  std::optional<thermal::March> march{};
  std::optional<thermal::Runaway> runaway{};
  std::optional<thermal::Gradient> gradient{};
  double seconds{};
};

// A block that is hotter than it must be, or than it should be.
struct HeatViolation {
  std::string block{};
  bool is_hard{};
  double limit{}, temperature{};  // K
};
// More heat a die than the cooling takes.
bool is_beyond_cooling(const HeatReport& report);
// The hard ones first, then by the excess; of the spots of one part the worst.
std::vector<HeatViolation> violations(const HeatReport& report);

// By block, layer after layer: its own name where no other layer has it, or none of those with power; else
// with its layer's.
std::vector<std::string> block_names(const HeatReport& report);

std::string heat_text(const HeatReport& report);
nlohmann::ordered_json heat_json(const HeatReport& report);

// The layers that are drawn or written: "" for the one with power that is hottest, "all", or a layer's name.
// Nothing where there is none of that name.
std::vector<std::size_t> shown_layers(const HeatReport& report, std::string_view which);

std::string heat_svg(const HeatReport& report, const std::vector<std::size_t>& layers);
// degC: a line for each row of cells, the one of the largest y first.
std::string heat_map_csv(const HeatReport& report, std::size_t layer);
// A line for each block; or, of a transient, for each time.
std::string heat_csv(const HeatReport& report);

}  // namespace marquetry::report
