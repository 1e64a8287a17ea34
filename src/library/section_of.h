// Which section of the library a packaging has.
#pragma once

#include <algorithm>

#include "library/library.h"

namespace marquetry {

inline const StackSection* section_of_family(const Library& library, std::string_view family) {
  for (const auto& row : library.sections) {
    if (std::ranges::find(row.families, family) != row.families.end()) return &row;
  }
  return nullptr;
}

// Its own, or that of its family; null: the library has none.
inline const StackSection* section_of(const Library& library, const Packaging& packaging) {
  if (!packaging.section.empty()) return find(library.sections, packaging.section);
  return section_of_family(library, packaging.family);
}

// Layers of a package: a joint between dies carries none.
inline bool carries_package(const Library& library, const StackSection& section) {
  return std::ranges::any_of(section.layers, [&](const std::string& id) {
    const auto* row = find(library.layers, id);
    return row != nullptr && row->extent != "dies";
  });
}

// That of a package: the named one, or the packaging's. Dies whose packaging is a joint between dies stand on
// an organic substrate.
inline const StackSection* package_section_of(const Library& library, const Packaging& packaging,
                                              std::string_view named) {
  if (!named.empty()) return find(library.sections, named);
  const auto* own = section_of(library, packaging);
  if (own == nullptr || carries_package(library, *own)) return own;
  return section_of_family(library, "organic");
}

}  // namespace marquetry
