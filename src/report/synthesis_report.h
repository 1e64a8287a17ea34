// Synthesised links for a reader and for a program: what is built, what is proved, or why nothing can be.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "synthesis/synthesise.h"

namespace marquetry::report {

struct SynthesisReport {
  synthesis::Problem problem{};
  synthesis::Result result{};
  std::vector<synthesis::FrontPoint> front{};  // where it was asked for
};

std::string synthesis_text(const SynthesisReport& report);
nlohmann::ordered_json synthesis_json(const SynthesisReport& report);

}  // namespace marquetry::report
