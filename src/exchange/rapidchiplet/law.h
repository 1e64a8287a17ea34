// Latency and power of a link, which RapidChiplet takes as Python functions of its length in mm. The forms
// that are linear are read, with or without a ceiling or floor round the whole; nothing is ever executed.
#pragma once

#include <optional>

#include "config/node.h"
#include "proxy/design.h"

namespace marquetry::exchange {

// "lambda x : 0.25 * x", "lambda x : math.ceil(2 + x / 4)". Nothing after a complaint.
std::optional<proxy::Law> read_law(const Node& value, std::string_view key, Diagnostics& diagnostics);

}  // namespace marquetry::exchange
