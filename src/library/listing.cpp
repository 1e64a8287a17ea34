#include "library/listing.h"

#include <algorithm>
#include <array>

namespace marquetry {
namespace {

struct Telling {
  std::string_view category, meaning;
  std::array<std::string_view, 3> keys;
};
constexpr std::array telling{
    Telling{"nodes",
            "a process: densities, wafers, defects, voltages",
            {"logic_density", "wafer_price", "defect_density"}},
    Telling{"packagings", "how dies are joined to a package", {"family", "bump_pitch", "bond_yield"}},
    Telling{"hybrid_bonds", "a process of hybrid bonding", {"flow", "translation", "particle_density"}},
    Telling{"wires", "wires between dies", {"skin_loss", "dielectric_loss", "escape"}},
    Telling{"links", "an interface between dies or packages", {"class", "lane_rate", "energy"}},
    Telling{"memories", "a memory stack or module", {"pin_rate", "capacity", "energy"}},
    Telling{"modules", "a block that dies are made of", {"kind", "logic", "sram"}},
    Telling{"materials", "what layers are made of", {"conductivity", "heat_capacity", ""}},
    Telling{"layers", "a layer of a stack to heat", {"thickness", "material", "extent"}},
    Telling{"sections", "the layers of a package, from below", {"layers", "families", ""}},
    Telling{"coolings", "how heat is taken away", {"resistance", "flux_limit", "price"}},
    Telling{"conductors", "metal of the supply", {"kind", "resistance", "current_limit"}},
    Telling{"deliveries", "where the regulators are", {"place", "efficiency", "input"}},
    Telling{
        "test_flows", "when dies and packages are tested", {"sort_time", "sort_coverage", "final_coverage"}},
    Telling{"workloads", "a model that can be run", {"kind", "", ""}},
    Telling{"efficiencies", "the share of its peaks that a pass reaches", {"matrix", "memory", "network"}},
    Telling{"devices", "how kernels run on it, operator by operator", {"clock", "cores", "memory_bandwidth"}},
    Telling{
        "assumptions", "what holds for all designs", {"reticle_width", "reticle_height", "junction_limit"}},
    Telling{"correlations", "numbers that move together", {"groups", "rho", ""}},
    Telling{"regions", "a country or region that makes things", {"grid", "", ""}},
    Telling{"suppliers", "a company that sells", {"regions", "sells", ""}},
    Telling{"products",
            "what is sold: published figures and their sources",
            {"peak", "memory_bandwidth", "power"}},
    Telling{"profiles", "what may be used, as a restriction", {"summary", "", ""}},
};

// What follows from the sizes of a workload, by the formulas of model_sizes.h and operator_row.h.
std::vector<Field> derived(const WorkloadModel& w) {
  std::vector<Field> out;
  const auto tell = [&](std::string key, std::string help, double value, const Dimension& dimension = {}) {
    const Origin origin{.name = w.id + "." + key, .source = "by formula: " + help};
    out.push_back({.key = std::move(key),
                   .kind = FieldKind::number,
                   .help = std::move(help),
                   .dimension = dimension,
                   .number = {value, value, value, origin}});
  };
  if (w.kind == "transformer") {
    const auto shape = shape_of(w);
    const auto sizes = model_sizes(shape);
    const double active = active_weights_of(shape, sizes);
    tell("all_parameters", "weights, embeddings, norms and biases", parameters_of(shape, sizes));
    tell("active_weights", "that a token is multiplied by", active);
    tell("token_operations", "of a token, without attention", 2 * active);
    tell("context_operations", "of a generated token, for each token that it sees", sizes.step_attention);
    tell("cache_per_token", "keys and values of a token at 16 bits",
         sizes.cache_words * (16 * unit::bit).si(), dimension::data);
  }
  if (w.kind == "operators") {
    const auto sum = sums(w.operators);
    tell("item_operations", "in products of matrices, or of a kernel", sum.operations);
    tell("item_vector_operations", "between them", sum.vector_operations);
    tell("item_words", "that come and go with an item", sum.words);
    tell("all_weights", "read once for a batch", sum.weights);
    tell("all_tables", "kept, of which an item reads little", sum.tables);
  }
  return out;
}

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
  if constexpr (std::is_same_v<T, WorkloadModel>) {
    // Sizes of other kinds are no news.
    std::erase_if(out.fields, [](const Field& f) { return f.kind == FieldKind::number && !f.known; });
    for (auto& field : derived(row)) out.fields.push_back(std::move(field));
  }
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

std::string_view meaning_of(std::string_view category) {
  const auto* const found = std::ranges::find(telling, category, &Telling::category);
  return found == telling.end() ? std::string_view{} : found->meaning;
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
