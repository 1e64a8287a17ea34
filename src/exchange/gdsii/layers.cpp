// Numbers of layers, which are ours: no foundry's. A region's own `gds_layer` ("5", "5/0", "5;0", "5:0")
// wins.
#include <charconv>

#include "exchange/gdsii/write.h"

namespace marquetry::exchange {
namespace {

constexpr int highest_layer = 32'767;

std::optional<GdsLayer> parsed(std::string_view text) {
  GdsLayer out;
  const auto mark = text.find_first_of("/;:");
  const auto number = [](std::string_view digits, int& value) {
    const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc{} && stop == digits.data() + digits.size() && value >= 0 &&
           value <= highest_layer;
  };
  if (!number(text.substr(0, mark), out.layer)) return std::nullopt;
  if (mark != std::string_view::npos && !number(text.substr(mark + 1), out.datatype)) return std::nullopt;
  return out;
}

}  // namespace

GdsLayer outline_layer(assembly::Kind kind) { return {1 + static_cast<int>(kind), 0}; }

GdsLayer region_layer(const assembly::Region& region) {
  return parsed(region.gds_layer).value_or(GdsLayer{10 + static_cast<int>(region.face), 0});
}

GdsLayer bump_layer(const assembly::Region& region) { return {20 + static_cast<int>(region.face), 0}; }

GdsLayer metal_layer(std::size_t number) { return {100 + static_cast<int>(number), 0}; }

GdsLayer names_of(GdsLayer layer) { return {layer.layer, layer.datatype + 1}; }

}  // namespace marquetry::exchange
