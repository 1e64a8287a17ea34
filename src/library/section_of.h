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

}  // namespace marquetry
