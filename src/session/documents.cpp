#include "session/documents.h"

#include <fmt/format.h>

#include <array>

#include "session/documents/rows.h"

namespace marquetry {

std::span<const DocumentKind> document_kinds() {
  static const std::array table{footprint_kind(), stack_kind()};
  return table;
}

const DocumentKind* find_document_kind(const Node& root) {
  for (const auto& kind : document_kinds()) {
    if (find(root, kind.section) != nullptr) return &kind;
  }
  return nullptr;
}

bool is_design_of_dies(const Node& root, Diagnostics& diagnostics) {
  const auto* kind = find_document_kind(root);
  if (kind == nullptr) return true;
  diagnostics.error(
      name_spot(*find(root, kind->section)),
      fmt::format("[{}] is {}, but this command needs a design of dies", kind->section, kind->summary),
      "such a file can be checked, evaluated and compared");
  return false;
}

}  // namespace marquetry
