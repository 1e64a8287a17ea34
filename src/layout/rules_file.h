// Reads the rules of a layout from a table of TOML: [layout] of a design, [placement] of a placement file.
// One reader for both. docs/design-format.md lists the keys.
#pragma once

#include <functional>

#include "config/reader.h"
#include "layout/problem.h"

namespace marquetry::layout {

// The dies that a name means: "hbm" all of that type, "hbm[2]" one of them. None where there is no such die.
using DiesNamed = std::function<std::vector<std::size_t>(std::string_view)>;

// "hbm", or "hbm[2]" where there are several.
std::string instance_name(std::string_view type, std::size_t instance, std::size_t count);

// Names of the problem's dies, whole or without their [index].
DiesNamed names_of(const Problem& problem);

// A length of `key`, rounded to whole nanometres; nothing (after a complaint, where it is wrong) or below 10
// m.
std::optional<Nanometre> read_length(const Node& value, std::string_view key, Diagnostics& diagnostics);
// { width = "40 mm", height = "30 mm" }, both above 0.
std::optional<Size> read_size(const Node& table, std::string_view key, Diagnostics& diagnostics);

// [0, 90, 180, 270], or some of them.
std::uint8_t read_rotations(const Node& list, Diagnostics& diagnostics);

inline constexpr std::array<std::string_view, 6> line_names{"left",   "centre-x", "right",
                                                            "bottom", "centre-y", "top"};
inline constexpr std::array<std::string_view, 4> side_names{"bottom", "right", "top", "left"};
inline constexpr std::array<std::string_view, 2> axis_names{"horizontal", "vertical"};

// Adds the rules that the table gives to a problem whose dies are known. Keys of it that are no rule are left
// to the caller: `reader` knows those that were read.
void read_rules(Reader& reader, const DiesNamed& dies, Problem& problem);

}  // namespace marquetry::layout
