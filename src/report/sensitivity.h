// A tornado for readers and for programs.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "chance/tornado.h"

namespace marquetry::report {

// The first `top` effects, with bars.
std::string sensitivity_text(const chance::Subject& subject, const std::string& path,
                             const chance::Tornado& tornado, std::size_t top);
nlohmann::ordered_json sensitivity_json(const chance::Subject& subject, const std::string& path,
                                        const chance::Tornado& tornado, std::size_t top);

// The range of an input: "0.09 /cm2 .. 0.2 /cm2".
std::string range_text(const Input& input);

// As readable(), with a sign: "+12.3".
std::string change_text(double change);

}  // namespace marquetry::report
