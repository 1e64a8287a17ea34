// What `library list` and `library show` print, before it is text or JSON.
#pragma once

#include "library/fields.h"

namespace marquetry {

struct ListedRow {
  std::string category{}, singular{}, id{}, name{}, note{}, overlay{};
  SourceSpot where{};
  std::vector<Field> fields{};
};

// The keys that tell most about a row of that category.
std::vector<std::string_view> telling_keys(std::string_view category);

// What a row of that category is, in a few words.
std::string_view meaning_of(std::string_view category);

// All rows, or those of one category. Nothing, with a complaint, where there is no such category.
std::optional<std::vector<ListedRow>> listed_rows(const Library& library, std::string_view category,
                                                  Diagnostics& diagnostics);

// The rows of that name, "category/id" or "id". Nothing, with a complaint, where there are none.
std::optional<std::vector<ListedRow>> named_rows(const Library& library, std::string_view name,
                                                 Diagnostics& diagnostics);

}  // namespace marquetry
