#include "exchange/formats.h"

namespace marquetry::exchange {

std::span<const ImportFormat> import_formats() { return {}; }

const ImportFormat* find_import_format(std::string_view name) {
  for (const auto& format : import_formats()) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

}  // namespace marquetry::exchange
