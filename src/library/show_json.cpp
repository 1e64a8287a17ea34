#include <nlohmann/json.hpp>

#include "base/json_text.h"
#include "library/listing.h"
#include "library/show.h"
#include "units/text.h"

namespace marquetry {
namespace {

using Json = nlohmann::ordered_json;

// Numbers in coherent SI, with the unit's name and the text that a report would show.
Json number_json(const Field& field) {
  const auto& [low, typ, high, origin] = field.number;
  if (!field.known) return nullptr;
  Json json{{"text", print_quantity(typ, field.dimension)},
            {"low", low},
            {"typ", typ},
            {"high", high},
            {"unit", si_unit(field.dimension)},
            {"source", origin.source},
            {"estimate", origin.estimate}};
  if (!origin.group.empty()) json["group"] = origin.group;
  for (const auto& reading : origin.readings) {
    json["readings"].push_back({{"value", reading.value}, {"source", reading.source}});
  }
  return json;
}

Json field_json(const Field& field) {
  switch (field.kind) {
    case FieldKind::text:
      return field.text;
    case FieldKind::texts:
      return field.texts;
    case FieldKind::flag:
      return field.flag;
    case FieldKind::number:
      break;
  }
  return number_json(field);
}

Json row_json(const ListedRow& row, const std::vector<std::string_view>* keys) {
  Json json{{"category", row.category}, {"id", row.id}, {"name", row.name}};
  if (!row.note.empty()) json["note"] = row.note;
  if (!row.overlay.empty()) json["overlay"] = row.overlay;
  json["fields"] = Json::object();
  for (const auto& field : row.fields) {
    const bool wanted = keys == nullptr || std::ranges::find(*keys, field.key) != keys->end();
    if (wanted) json["fields"][field.key] = field_json(field);
  }
  return json;
}

std::string dumped(const Library& library, Json rows) {
  return json_text(Json{{"library", library.hash}, {"overlays", library.overlays}, {"rows", std::move(rows)}},
                   2) +
         "\n";
}

}  // namespace

std::optional<std::string> library_list_json(const Library& library, std::string_view category,
                                             Diagnostics& diagnostics) {
  const auto rows = listed_rows(library, category, diagnostics);
  if (!rows) return std::nullopt;
  auto json = Json::array();
  for (const auto& row : *rows) {
    const auto keys = telling_keys(row.category);
    json.push_back(row_json(row, &keys));
  }
  return dumped(library, std::move(json));
}

std::optional<std::string> library_show_json(const Library& library, std::string_view name,
                                             Diagnostics& diagnostics) {
  const auto rows = named_rows(library, name, diagnostics);
  if (!rows) return std::nullopt;
  auto json = Json::array();
  for (const auto& row : *rows) json.push_back(row_json(row, nullptr));
  return dumped(library, std::move(json));
}

}  // namespace marquetry
