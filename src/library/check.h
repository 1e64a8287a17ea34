// Parts of check_library that others need too.
#pragma once

#include "library/library.h"

namespace marquetry {

// The ids of rows: candidates for a hint.
template <class T>
std::vector<std::string_view> ids(const std::vector<T>& rows) {
  std::vector<std::string_view> names;
  names.reserve(rows.size());
  for (const auto& row : rows) names.emplace_back(row.id);
  return names;
}

// A complaint where a name is none of the rows.
template <class T>
bool check_name(const std::vector<T>& rows, const std::string& name, const SourceSpot& where,
                const std::string& who, Diagnostics& diagnostics) {
  if (find(rows, name) != nullptr) return true;
  diagnostics.error(where,
                    who + (who.empty() ? "" : " names ") + "the " + std::string{T::singular} + " '" + name +
                        "', which is not in the library",
                    suggest(name, ids(rows)));
  return false;
}

// "node 'n7'": how complaints name a row.
template <class T>
std::string who(const T& row) {
  return std::string{T::singular} + " '" + row.id + "'";
}

// Of one category each.
void check_bond(const HybridBond& row, Diagnostics& diagnostics);
void check_sections(const Library& library, Diagnostics& diagnostics);
void check_delivery(const Delivery& row, Diagnostics& diagnostics);
void check_link(const Link& row, Diagnostics& diagnostics);
void check_workload(const WorkloadModel& row, Diagnostics& diagnostics);

// What a product publishes against its parts, its node and its memory; its remarks against its figures.
void check_product(const Product& product, const Library& library, Diagnostics& diagnostics);

// The names in a profile's lists.
void check_rules(const Profile& profile, const Library& library, Diagnostics& diagnostics);

}  // namespace marquetry
