#include "library/listing.h"

#include <algorithm>
#include <array>

namespace marquetry {
namespace {

struct Telling {
  std::string_view category;
  std::array<std::string_view, 3> keys;
};
constexpr std::array telling{
    Telling{"nodes", {"logic_density", "wafer_price", "defect_density"}},
    Telling{"packagings", {"family", "bump_pitch", "bond_yield"}},
    Telling{"hybrid_bonds", {"flow", "translation", "particle_density"}},
    Telling{"wires", {"skin_loss", "dielectric_loss", "escape"}},
    Telling{"links", {"class", "lane_rate", "energy"}},
    Telling{"memories", {"pin_rate", "capacity", "energy"}},
    Telling{"modules", {"kind", "logic", "sram"}},
    Telling{"materials", {"conductivity", "heat_capacity", ""}},
    Telling{"layers", {"thickness", "material", "extent"}},
    Telling{"sections", {"layers", "families", ""}},
    Telling{"coolings", {"resistance", "flux_limit", "price"}},
    Telling{"conductors", {"kind", "resistance", "current_limit"}},
    Telling{"deliveries", {"place", "efficiency", "input"}},
    Telling{"test_flows", {"sort_time", "sort_coverage", "final_coverage"}},
    Telling{"workloads", {"kind", "", ""}},
    Telling{"efficiencies", {"matrix", "memory", "network"}},
    Telling{"devices", {"clock", "cores", "memory_bandwidth"}},
    Telling{"assumptions", {"reticle_width", "reticle_height", "junction_limit"}},
    Telling{"correlations", {"groups", "rho", ""}},
    Telling{"regions", {"grid", "", ""}},
    Telling{"suppliers", {"regions", "sells", ""}},
    Telling{"products", {"peak", "memory_bandwidth", "power"}},
    Telling{"profiles", {"summary", "", ""}},
};

template <class T>
ListedRow listed(const T& row) {
  ListedRow out{.category = std::string{T::category},
                .singular = std::string{T::singular},
                .id = row.id,
                .name = row.name,
                .note = row.note,
                .overlay = row.overlay,
                .where = row.where,
                .fields = fields_of(row)};
  std::erase_if(out.fields, [](const Field& field) { return field.key == "name" || field.key == "note"; });
  return out;
}

std::vector<ListedRow> all_rows(const Library& library) {
  std::vector<ListedRow> rows;
  for_each_category(library, [&](const auto& category) {
    for (const auto& row : category) rows.push_back(listed(row));
  });
  return rows;
}

std::vector<std::string_view> categories() {
  std::vector<std::string_view> names;
  names.reserve(telling.size());
  for (const auto& row : telling) names.push_back(row.category);
  return names;
}

}  // namespace

std::vector<std::string_view> telling_keys(std::string_view category) {
  const auto* const found = std::ranges::find(telling, category, &Telling::category);
  std::vector<std::string_view> keys;
  if (found == telling.end()) return keys;
  std::ranges::copy_if(found->keys, std::back_inserter(keys), [](auto key) { return !key.empty(); });
  return keys;
}

std::optional<std::vector<ListedRow>> listed_rows(const Library& library, std::string_view category,
                                                  Diagnostics& diagnostics) {
  const auto known = categories();
  if (!category.empty() && std::ranges::find(known, category) == known.end()) {
    diagnostics.error({}, "the library has no category '" + std::string{category} + "'",
                      suggest(category, known));
    return std::nullopt;
  }
  auto rows = all_rows(library);
  std::erase_if(rows, [&](const ListedRow& row) { return !category.empty() && row.category != category; });
  return rows;
}

std::optional<std::vector<ListedRow>> named_rows(const Library& library, std::string_view name,
                                                 Diagnostics& diagnostics) {
  const auto slash = name.find('/');
  const auto category = slash == std::string_view::npos ? std::string_view{} : name.substr(0, slash);
  const auto id = slash == std::string_view::npos ? name : name.substr(slash + 1);
  auto rows = listed_rows(library, category, diagnostics);
  if (!rows) return std::nullopt;
  std::vector<std::string_view> candidates;
  for (const auto& row : *rows) candidates.push_back(row.id);
  if (std::ranges::find(candidates, id) == candidates.end()) {
    diagnostics.error({}, "the library has no row '" + std::string{name} + "'", did_you_mean(id, candidates));
    return std::nullopt;
  }
  std::erase_if(*rows, [&](const ListedRow& row) { return row.id != id; });
  return rows;
}

}  // namespace marquetry
