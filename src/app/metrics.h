// Figures of a shell's commands as flows collect them: one flat JSON object, names stage__what__detail.
#pragma once

#include <map>
#include <string>

#include "front/call.h"

namespace marquetry {

// Of each command the last; by name, as JSON values.
using Metrics = std::map<std::string, std::string>;

// Adds every number, truth value and count of a list in the result: evaluate__cost__unit_usd.
void collect(const Reply& reply, Metrics& metrics);

std::string metrics_json(const Metrics& metrics);

}  // namespace marquetry
