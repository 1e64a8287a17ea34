#include "exchange/formats.h"

#include <array>

#include "exchange/ecochip/read.h"

namespace marquetry::exchange {
namespace {

constexpr std::array table{
    ImportFormat{"ecochip", "the folder of an ECO-CHIP design, or its four .json files", import_ecochip},
};

}  // namespace

std::span<const ImportFormat> import_formats() { return table; }

const ImportFormat* find_import_format(std::string_view name) {
  for (const auto& format : import_formats()) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

}  // namespace marquetry::exchange
