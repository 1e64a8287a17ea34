#include "exchange/threedice/floorplan.h"

#include <fmt/format.h>

#include <set>

#include "exchange/threedice/statements.h"

namespace marquetry::exchange::threedice {
namespace {

constexpr double micrometre = 1e-6, widest = 1e7;  // 10 m in micrometres
constexpr std::size_t most_elements = 100'000, most_slots = 1'000'000;

bool pair(Cursor& cursor, std::string_view what, double least, bool above, double& a, double& b) {
  const auto first = cursor.number(what, least, widest, above);
  const bool comma = cursor.expect(",", what);
  const auto second = comma ? cursor.number(what, least, widest, above) : std::nullopt;
  a = first.value_or(1) * micrometre;
  b = second.value_or(1) * micrometre;
  return first && second;
}

// What belongs to one element, up to the next name. False where it makes no sense to go on.
bool statement(Cursor& cursor, Element& element) {
  Piece piece;
  if (cursor.takes("rectangle")) {
    const bool reads = cursor.expect("(", "rectangle") &&
                       pair(cursor, "the corner of a rectangle", 0, false, piece.x, piece.y) &&
                       cursor.expect(",", "rectangle") &&
                       pair(cursor, "the size of a rectangle", 0, true, piece.length, piece.width) &&
                       cursor.expect(")", "rectangle");
    if (reads && cursor.expect(";", "rectangle")) {
      element.pieces.push_back(piece);
      return true;
    }
  } else if (cursor.takes("position")) {
    if (pair(cursor, "the position", 0, false, piece.x, piece.y) && cursor.expect(";", "position") &&
        cursor.expect("dimension", "an element with a position") &&
        pair(cursor, "the dimension", 0, true, piece.length, piece.width) &&
        cursor.expect(";", "dimension")) {
      element.pieces.push_back(piece);
      return true;
    }
  } else if (cursor.takes("power values")) {
    bool reads = true;
    do {
      const auto value = cursor.number("a power", 0, 1e6, false);
      reads = reads && value;
      element.powers.push_back(value.value_or(0));
    } while (cursor.takes(",") && element.powers.size() < most_slots);
    if (cursor.expect(";", "power values") && reads) return true;
  } else if (cursor.takes("discretization")) {
    cursor.error("an element with cells of its own is not computed", "leave 'discretization' out");
  } else {
    cursor.error(fmt::format("'{}' is no part of an element", cursor.peek()),
                 "rectangle, position with dimension, or power values");
  }
  cursor.skip_past(';');
  return false;
}

}  // namespace

std::optional<std::vector<Element>> read_elements(const std::filesystem::path& path,
                                                  Diagnostics& diagnostics) {
  const auto words = read_words(
      path, {.punctuation = ":;,()\"", .line_comment = "//", .open_comment = "/*", .close_comment = "*/"},
      diagnostics);
  if (!words) return std::nullopt;
  const auto before = diagnostics.errors();
  Cursor cursor{*words, diagnostics};
  std::vector<Element> out;
  std::set<std::string> names;
  while (!cursor.ended() && diagnostics.errors() < before + 20 && out.size() < most_elements) {
    Element element{.where = cursor.spot()};
    element.name = cursor.name("an element");
    if (element.name.empty()) {
      cursor.skip_past(';');
      continue;
    }
    if (!names.insert(element.name).second)
      diagnostics.error(element.where, fmt::format("element '{}' stands here a second time", element.name));
    if (!cursor.expect(":", fmt::format("element '{}'", element.name))) cursor.skip_past(';');
    const auto at = diagnostics.errors();
    while (!cursor.ended() && cursor.peek(1) != ":") statement(cursor, element);
    if (diagnostics.errors() != at) continue;
    if (element.pieces.empty())
      diagnostics.error(element.where, fmt::format("element '{}' has no place", element.name),
                        "give its position and dimension, or rectangles");
    if (element.powers.empty())
      diagnostics.error(element.where, fmt::format("element '{}' has no power values", element.name));
    else if (!out.empty() && element.powers.size() != out[0].powers.size())
      diagnostics.error(element.where,
                        fmt::format("element '{}' has {} power values, '{}' has {}", element.name,
                                    element.powers.size(), out[0].name, out[0].powers.size()));
    out.push_back(std::move(element));
  }
  if (out.empty() && diagnostics.errors() == before)
    diagnostics.error({.file = words->file}, "has no element");
  return diagnostics.errors() == before ? std::optional{std::move(out)} : std::nullopt;
}

}  // namespace marquetry::exchange::threedice
