// The key `traffic` of a neutral case.
#include <algorithm>

#include "base/named_file.h"
#include "exchange/network_parts.h"
#include "traffic/patterns.h"

namespace marquetry::exchange {
namespace {

std::vector<std::uint32_t> read_nodes(Fields& fields, std::string_view key, std::uint32_t nodes) {
  std::vector<std::uint32_t> out;
  for (const auto& item : fields.items(key)) {
    if (item.kind == NodeKind::number && (item.number < 0 || item.number >= nodes)) {
      fields.diagnostics().error(item.where, "traffic to nowhere: " + quoted(item) +
                                                 " is no node, they are 0 to " + std::to_string(nodes - 1));
      out.push_back(0);
    } else {
      out.push_back(fields.checked_count(item, key, 0, nodes - 1));
    }
  }
  return out;
}

std::vector<double> read_matrix(Fields& fields, std::uint32_t nodes) {
  const auto& rows = fields.items("matrix");
  std::vector<double> out;
  for (const auto& row : rows) {
    if (row.kind != NodeKind::list || row.items.size() != nodes || rows.size() != nodes) {
      fields.diagnostics().error(row.where, "the matrix needs " + std::to_string(nodes) + " rows of " +
                                                std::to_string(nodes) + " numbers, one for each node");
      return {};
    }
    for (const auto& item : row.items) out.push_back(fields.checked(item, "matrix", 0, 1e12));
  }
  return out;
}

}  // namespace

std::optional<traffic::Traffic> read_traffic(Fields& fields, std::uint32_t nodes, const NodeGrid& grid,
                                             const std::filesystem::path& folder) {
  auto& diagnostics = fields.diagnostics();
  const int before = diagnostics.errors();
  const auto* name = fields.required("pattern", "\"uniform\", \"transpose\", \"hotspot\" ...");
  if (name == nullptr || name->kind != NodeKind::text) {
    fields.text_or("pattern", "");
    return std::nullopt;
  }
  const auto* row = traffic::find_pattern(name->text);
  if (row == nullptr) {
    std::vector<std::string_view> names;
    for (const auto& known : traffic::patterns()) names.push_back(known.name);
    diagnostics.error(name->where, "no pattern of traffic '" + name->text + "'", suggest(name->text, names));
    return std::nullopt;
  }
  traffic::PatternArguments arguments{
      .spots = read_nodes(fields, "hotspots", nodes),
      .targets = read_nodes(fields, "targets", nodes),
      .weights = read_matrix(fields, nodes),
      .radix = fields.count_or("k", grid.radix, 1, most_nodes),
      .dimensions = fields.count_or("n", grid.radix > 0 ? grid.dimensions : 2, 1, 32),
      .group = fields.count_or("group", 0, 1, most_nodes),
      .seed = fields.count_or("seed", 1, 0, 1u << 31),
      .includes_self = fields.flag_or("includes_self", true)};
  for (const auto& rate : fields.items("hotspot_rates"))
    arguments.rates.push_back(fields.checked_count(rate, "hotspot_rates", 1, 65536));
  if (arguments.rates.size() > arguments.spots.size())
    diagnostics.error(fields.optional("hotspot_rates")->where, "there are more rates than hot spots");
  if (const auto* file = fields.optional("matrix_file"); file != nullptr && file->kind == NodeKind::text) {
    const auto path = file_below(folder, file->text, file->where, diagnostics);
    auto matrix = path ? read_matrix_file(*path, nodes, diagnostics) : std::nullopt;
    if (matrix) arguments.weights = std::move(*matrix);
  }
  const auto perm_seed = fields.count_or("perm_seed", 0, 0, 1u << 31);
  fields.reject_unknown_keys();
  if (diagnostics.errors() > before) return std::nullopt;
  // Under BookSim2's name it is BookSim2's own.
  if (name->text == "randperm") return booksim_permutation(nodes, perm_seed);
  std::string why;
  auto made = row->make(nodes, arguments, why);
  if (made && !traffic::sends(*made)) {
    why = "nobody sends anything";
    made.reset();
  }
  if (!made) diagnostics.error(name->where, why);
  return made;
}

}  // namespace marquetry::exchange
