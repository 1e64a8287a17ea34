// The library as text and as JSON: what there is, and each row with the source of every number.
#pragma once

#include <optional>
#include <string>

#include "library/library.h"

namespace marquetry {

// A table for each category: name, title, and two or three telling numbers. One category where it is named.
std::optional<std::string> library_list_text(const Library& library, std::string_view category,
                                             Diagnostics& diagnostics);
std::optional<std::string> library_list_json(const Library& library, std::string_view category,
                                             Diagnostics& diagnostics);

// The rows of that name: "nodes/tsmc-n7", or "tsmc-n7" in whatever categories have it.
std::optional<std::string> library_show_text(const Library& library, std::string_view name,
                                             Diagnostics& diagnostics);
std::optional<std::string> library_show_json(const Library& library, std::string_view name,
                                             Diagnostics& diagnostics);

// "91.2 MTr/mm2 (65.6 MTr/mm2 .. 96.5 MTr/mm2)": a number with its range where it has one.
std::string print_range(double low, double typ, double high, const Dimension& dimension);

}  // namespace marquetry
