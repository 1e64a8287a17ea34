// Pieces that the readers of rules share.
#pragma once

#include "layout/rules_file.h"

namespace marquetry::layout {

inline constexpr double nanometre = 1e-9;  // in metres

// One table of rules and what its names mean.
struct Rules {
  Reader& reader;
  const DiesNamed& dies;
  Problem& problem;

  Diagnostics& complaints() { return reader.diagnostics(); }
};

// Fields that may be missing; a complaint where they are wrong.
void length_if(Reader& reader, std::string_view key, Nanometre& field);
void lengths_if(Reader& reader, std::string_view key, std::vector<Nanometre>& field);
void size_if(Reader& reader, std::string_view key, std::optional<Size>& field);
void number_if(Reader& reader, std::string_view key, const Dimension& dimension, double unit, double& field);

// x, y, width and height.
std::optional<Rect> read_rect(Reader& reader);

// The tables of a list of tables; a complaint where it is something else.
std::vector<const Node*> tables(Reader& reader, std::string_view key);

// The dies that are meant; a complaint where there are none (for _one: or several).
std::vector<std::size_t> resolved(Rules& rules, const Node& name);
std::optional<std::size_t> resolved_one(Rules& rules, Reader& reader, std::string_view key);
std::vector<std::size_t> resolved_all(Rules& rules, Reader& reader, std::string_view key);

// How dies lie to each other: gaps, alignments, abutments, symmetries.
void read_relations(Rules& rules);

}  // namespace marquetry::layout
