// Designs that are not composed from the library's dies: a file is marked by a top-level table of its own
// ("[stack]"), and a module of its own reads and evaluates it. `evaluate`, `check` and `compare` look here
// before they read a design of dies.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/node.h"
#include "presets/presets.h"
#include "report/figure_value.h"

namespace marquetry {

struct DocumentResult {
  bool feasible{true};
  std::vector<FigureValue> figures{};  // dotted JSON paths; the native name where the same is meant
  std::string text{};                  // the report for a reader
  std::string json{};                  // the evaluation, with the keys of a native one where they apply
};

struct DocumentKind {
  std::string_view section{};  // the top-level table that marks such a file
  std::string_view summary{};
  std::string_view headline{};     // the figure in which `compare` says what a fix is worth
  std::string_view home_preset{};  // the preset that reproduces the peer of this kind
  std::string_view served_by{};  // the command that alone makes something of it; empty: evaluate and compare
  // Reads and evaluates. Nothing after complaints.
  std::optional<DocumentResult> (*evaluate)(const Node& root, const Preset& preset, const Quirks& quirks,
                                            Diagnostics& diagnostics){};
  // What `check` asks beyond reading: false after complaints. None: reading is all.
  bool (*check)(const Node& root, Diagnostics& diagnostics){};
};

std::span<const DocumentKind> document_kinds();

// Null: a design of dies.
const DocumentKind* find_document_kind(const Node& root);

// For what evaluates: a located complaint where another command serves such a file.
bool has_figures(const DocumentKind& kind, const Node& root, Diagnostics& diagnostics);

// For what only a design of dies can serve: a located complaint where the file is of another kind.
bool is_design_of_dies(const Node& root, Diagnostics& diagnostics);

}  // namespace marquetry
