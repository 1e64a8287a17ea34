#include "exchange/ihp_chiplet/components.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "assembly/places.h"

namespace marquetry::exchange::ihp {
namespace {

constexpr std::array<std::string_view, 3> types{"interposer", "die", "die_array"};
constexpr std::array<std::string_view, 3> orientations{"face_up", "flip_chip", "face_down"};

// The number at `key` of the table at `group`, 0 where it may be missing.
class Numbers {
 public:
  Numbers(const Node& component, double scale, Diagnostics& diagnostics)
      : component_{component}, scale_{scale}, diagnostics_{diagnostics} {}

  double length(std::string_view group, std::string_view key) {
    const auto* value = at(group, key);
    if (value == nullptr) {
      diagnostics_.error(name_spot(component_), fmt::format("a component without {}.{}", group, key),
                         fmt::format("add {} to {}", key, group));
      is_sound_ = false;
      return 0;
    }
    return optional_length(group, key);
  }
  double optional_length(std::string_view group, std::string_view key) {
    const auto* value = at(group, key);
    if (value == nullptr) return 0;
    const auto number = number_of(*value, diagnostics_);
    if (number && std::abs(*number) * scale_ <= assembly::longest) return *number * scale_;
    if (number) diagnostics_.error(value->where, fmt::format("{} is beyond any package", quoted(*value)));
    is_sound_ = false;
    return 0;
  }
  const Node* at(std::string_view group, std::string_view key) const {
    const auto* table = find(component_, group);
    return table == nullptr || !table->is_table() ? nullptr : find(*table, key);
  }
  bool is_sound() const { return is_sound_; }

 private:
  const Node& component_;
  double scale_;
  Diagnostics& diagnostics_;
  bool is_sound_{true};
};

bool read_turn(const Node& node, Numbers& numbers, Component& out, Diagnostics& diagnostics) {
  if (const auto* orientation = find(node, "orientation")) {
    const auto known = std::ranges::find(orientations, orientation->text);
    if (known == orientations.end()) {
      diagnostics.error(orientation->where, fmt::format("{} is no orientation", quoted(*orientation)),
                        suggest(orientation->text, {orientations.begin(), orientations.end()}));
      return false;
    }
    out.turn.is_flipped = known != orientations.begin();
  }
  for (const std::string_view axis : {"x", "y", "z"}) {
    const auto* value = numbers.at("rotation", axis);
    if (value == nullptr) continue;
    const auto degrees = number_of(*value, diagnostics);
    if (!degrees) return false;
    const auto quarters = *degrees / 90;
    const bool is_possible =
        axis == "z" ? std::abs(quarters) < 1e6 && quarters == std::round(quarters) : *degrees == 0;
    if (!is_possible) {
      diagnostics.error(value->where, fmt::format("a turn of {} degrees about {}", *degrees, axis),
                        "only quarter turns about z can be read");
      return false;
    }
    if (axis == "z")
      out.turn.rotation = static_cast<assembly::Rotation>(((std::llround(quarters) % 4) + 4) % 4);
  }
  return true;
}

std::optional<Pad> read_pad(const Node& node, double scale, Diagnostics& diagnostics) {
  if (!node.is_table()) {
    diagnostics.error(node.where, fmt::format("expected a pad, not {}", describe(node.kind)));
    return std::nullopt;
  }
  const auto id = text_at(node, "id", diagnostics);
  if (!id) return std::nullopt;
  Numbers numbers{node, scale, diagnostics};
  Pad pad{.id = *id,
          .x = numbers.length("position", "x"),
          .y = numbers.length("position", "y"),
          .width = numbers.optional_length("size", "x"),
          .height = numbers.optional_length("size", "y"),
          .where = name_spot(node)};
  if (const auto* net = find(node, "net")) pad.net = net->text;
  if (const auto* layer = find(node, "layer")) pad.layer = layer->text;
  return numbers.is_sound() ? std::optional{pad} : std::nullopt;
}

}  // namespace

std::optional<std::string> text_at(const Node& table, std::string_view key, Diagnostics& diagnostics) {
  const auto* value = find(table, key);
  if (value != nullptr && value->kind == NodeKind::text && !value->text.empty() && value->text != "~")
    return value->text;
  diagnostics.error(value == nullptr ? name_spot(table) : value->where,
                    value == nullptr ? fmt::format("'{}' is missing", key)
                                     : fmt::format("{} must be a text, not {}", key, quoted(*value)));
  return std::nullopt;
}

std::optional<double> number_of(const Node& value, Diagnostics& diagnostics) {
  const std::string_view text = value.text;
  double number = 0;
  const auto [stop, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (value.kind == NodeKind::text && failed == std::errc{} && stop == text.data() + text.size() &&
      std::isfinite(number))
    return number;
  diagnostics.error(value.where, fmt::format("{} must be a number, not {}", value.key, quoted(value)));
  return std::nullopt;
}

std::optional<Component> read_component(const Node& node, double scale, Diagnostics& diagnostics) {
  if (!node.is_table()) {
    diagnostics.error(node.where, fmt::format("expected a component, not {}", describe(node.kind)));
    return std::nullopt;
  }
  const auto id = text_at(node, "id", diagnostics), type = text_at(node, "type", diagnostics);
  if (!id || !type) return std::nullopt;
  if (std::ranges::find(types, *type) == types.end()) {
    diagnostics.error(find(node, "type")->where, fmt::format("'{}' is no type of component", *type),
                      suggest(*type, {types.begin(), types.end()}));
    return std::nullopt;
  }
  if (*type == "die_array") {
    diagnostics.error(find(node, "type")->where, "arrays of dies cannot be read", "give each die by itself");
    return std::nullopt;
  }
  Numbers numbers{node, scale, diagnostics};
  Component out{.id = *id,
                .cell = *id,
                .is_carrier = *type == "interposer",
                .x = numbers.length("position", "x"),
                .y = numbers.length("position", "y"),
                .z = numbers.optional_length("position", "z"),
                .width = numbers.length("dimensions", "width"),
                .height = numbers.length("dimensions", "height"),
                .thickness = numbers.optional_length("dimensions", "thickness"),
                .where = name_spot(node)};
  if (out.width < 0 || out.height < 0 || out.thickness < 0) {
    diagnostics.error(out.where, fmt::format("'{}' has a size below 0", *id));
    return std::nullopt;
  }
  if (!numbers.is_sound() || !read_turn(node, numbers, out, diagnostics)) return std::nullopt;
  out.is_joined = find(node, "connection") != nullptr;
  if (const auto* cell = find(node, "top_cell"); cell != nullptr && !cell->text.empty())
    out.cell = cell->text;
  if (const auto* pads = find(node, "io_pads")) {
    for (const auto& item : pads->items) {
      if (auto pad = read_pad(item, scale, diagnostics)) out.pads.push_back(std::move(*pad));
    }
  }
  return out;
}

}  // namespace marquetry::exchange::ihp
