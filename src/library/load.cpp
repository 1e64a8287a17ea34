#include <algorithm>

#include "library/library.h"
#include "library/merge.h"
#include "library/row_reader.h"

namespace marquetry {
namespace {

template <class T>
T read_row(const MergedRow& merged, Diagnostics& diagnostics) {
  T row;
  row.id = merged.table.key;
  row.where = merged.table.key_where;
  row.overlay = merged.overlay;
  const auto what = std::string{T::singular} + " '" + row.id + "'";
  LibraryRowReader reader{merged.table, what, row.id, merged.defaults, diagnostics};
  reader.in_category(T::category);
  describe(row, reader);
  reader.reject_unknown_estimates();
  reader.reject_unknown_keys();
  return row;
}

}  // namespace

std::vector<std::string> overridden_rows(const Library& library) {
  std::vector<std::string> names;
  for_each_category(library, [&names](const auto& rows) {
    using T = typename std::remove_reference_t<decltype(rows)>::value_type;
    for (const auto& row : rows) {
      if (row.overlay.empty()) continue;
      names.push_back(std::string{T::category} + "/" + row.id + " (" + row.overlay + ")");
    }
  });
  return names;
}

std::optional<Library> load_library(const std::vector<std::filesystem::path>& folders,
                                    Diagnostics& diagnostics) {
  Library library;
  const int errors_before = diagnostics.errors();
  std::vector<std::string_view> categories;
  for_each_category(library, [&](auto& rows) {
    categories.push_back(std::remove_reference_t<decltype(rows)>::value_type::category);
  });
  auto merged = merge_folders(folders, categories, diagnostics);
  library.hash = merged.hash;
  library.overlays = merged.overlays;
  for_each_category(library, [&](auto& rows) {
    using T = typename std::remove_reference_t<decltype(rows)>::value_type;
    const auto category = std::ranges::find(merged.categories, T::category, &MergedCategory::name);
    for (const auto& row : category->rows) rows.push_back(read_row<T>(row, diagnostics));
  });
  if (diagnostics.errors() > errors_before) return std::nullopt;
  return library;
}

}  // namespace marquetry
