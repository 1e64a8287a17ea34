// What has to be allowed for a choice, in words for people who know no paths.
#pragma once

#include "evaluation/prepare.h"

namespace marquetry::explore {

// "performance.llama-decode.value" -> "llama-decode", "cost.unit_usd" -> "unit cost", "area.silicon_mm2" ->
// "silicon".
std::string figure_name(const std::string& path);

bool breaks(const Prepared& prepared, std::size_t limit, const Choice& choice);

// The value that a cap must let through ("1005 W"), or the names that break a rule ("node = tsmc-n5").
std::string needed(const Prepared& prepared, std::size_t limit, const Choice& choice);

// The same as an act: "allow EUV nodes: node = tsmc-n5", "allow 1005 W of power".
std::string allowance(const Prepared& prepared, std::size_t limit, const Choice& choice);

// What the limit asks, without a choice: "no EUV nodes", "power at most 1000 W".
std::string demand_of(const Prepared& prepared, std::size_t limit);

}  // namespace marquetry::explore
