#include "session/documents.h"

#include <fmt/format.h>

#include <array>

#include "session/documents/rows.h"

namespace marquetry {

std::span<const DocumentKind> document_kinds() {
  static const std::array table{assembly_kind(), footprint_kind(), placement_kind(), stack_kind()};
  return table;
}

const DocumentKind* find_document_kind(const Node& root) {
  for (const auto& kind : document_kinds()) {
    if (find(root, kind.section) != nullptr) return &kind;
  }
  return nullptr;
}

bool has_figures(const DocumentKind& kind, const Node& root, Diagnostics& diagnostics) {
  if (kind.served_by.empty()) return true;
  diagnostics.error(name_spot(*find(root, kind.section)),
                    fmt::format("[{}] is {}, which has no figures to evaluate", kind.section, kind.summary),
                    fmt::format("use 'marquetry {}'", kind.served_by));
  return false;
}

bool is_design_of_dies(const Node& root, Diagnostics& diagnostics) {
  const auto* kind = find_document_kind(root);
  if (kind == nullptr) return true;
  diagnostics.error(
      name_spot(*find(root, kind->section)),
      fmt::format("[{}] is {}, but this command needs a design of dies", kind->section, kind->summary),
      kind->served_by.empty() ? "such a file can be checked, evaluated and compared"
                              : fmt::format("use 'marquetry {}'", kind->served_by));
  return false;
}

}  // namespace marquetry
