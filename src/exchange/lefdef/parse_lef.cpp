#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "assembly/places.h"
#include "exchange/lefdef/lef.h"
#include "exchange/lefdef/left_out.h"
#include "exchange/lefdef/lexer.h"
#include "exchange/lefdef/limits.h"

namespace marquetry::exchange {
namespace {

// Blocks that end with END and their name, or their own word, and that a package has no use for.
constexpr std::array<std::string_view, 4> named_blocks{"SITE", "VIARULE", "NONDEFAULTRULE", "ARRAY"};
constexpr std::array<std::string_view, 4> plain_blocks{"SPACING", "IRDROP", "NOISETABLE", "CORRECTIONTABLE"};
// Statements about the file itself, and what follows from the package.
constexpr std::array<std::string_view, 4> silent{"VERSION", "BUSBITCHARS", "DIVIDERCHAR",
                                                 "NAMESCASESENSITIVE"};

// What is written of a layer follows from its width.
constexpr std::array<std::string_view, 4> own_layer_words{"WIDTH", "DIRECTION", "PITCH", "SPACING"};

class Parser {
 public:
  Parser(std::string_view text, const std::string& name, Lef& lef, Diagnostics& diagnostics)
      : in_{text, name, diagnostics}, lef_{lef} {}

  void run() {
    while (!in_.at_end() && in_.may_go_on()) {
      const auto word = in_.next();
      if (word.text == "END") {
        if (in_.take("LIBRARY")) break;
        if (take_left()) continue;
        in_.error(word, fmt::format("'END {}' ends nothing that is open", in_.peek().text));
        in_.next();
      } else if (word.text == "UNITS") {
        units();
      } else if (word.text == "LAYER") {
        layer();
      } else if (word.text == "VIA") {
        via();
      } else if (word.text == "MACRO") {
        macro(word);
      } else if (std::ranges::find(named_blocks, word.text) != named_blocks.end()) {
        left_.add({}, word);
        const auto name = in_.name("a name");
        if (!name.empty()) skip_to_end(word, name);
      } else if (std::ranges::find(plain_blocks, word.text) != plain_blocks.end()) {
        left_.add({}, word);
        skip_to_end(word, word.text);
      } else if (word.text == "PROPERTYDEFINITIONS") {
        properties(word);
      } else if (word.text == "MANUFACTURINGGRID") {
        const auto grid = in_.number("a length");
        if (grid && lef_.precision && std::abs(*grid * *lef_.precision - 1) > 1e-6) left_.add({}, word);
        in_.skip_statement();
      } else if (word.text == "BEGINEXT") {
        left_.add({}, word);
        while (!in_.at_end() && !in_.is("ENDEXT")) in_.next();
        in_.take("ENDEXT");
      } else {
        statement(word);
      }
    }
    left_.say(in_);
    if (shapes_ > 0)
      in_.warning({.text = {}, .line = 0, .column = 0},
                  fmt::format("{} shapes of pins are paths, vias or on a second layer: the box of the "
                              "others is taken",
                              shapes_));
    if (polygons_ > 0)
      in_.warning({.text = {}, .line = 0, .column = 0},
                  fmt::format("{} polygons of pins are taken as the boxes round them", polygons_));
  }

 private:
  // A word that no LEF begins a statement with is no LEF.
  void statement(const Word& word) {
    const bool is_word = std::ranges::all_of(word.text, [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!is_word) {
      in_.error(word, fmt::format("'{}' begins no statement of LEF", word.text),
                "a LEF file has VERSION, UNITS, LAYER, VIA, SITE and MACRO");
    } else if (std::ranges::find(silent, word.text) == silent.end()) {
      left_.add({}, word);
    }
    in_.skip_statement();
  }

  // Behind END: the word, if it is that of what was left out.
  bool take_left() {
    const auto word = in_.peek().text;
    return !word.empty() && left_.contains(word) && in_.take(word);
  }

  enum class End { no, own, other };
  // Whether the block ends here; the end of what was left out is passed over.
  End end_of(std::string_view name) {
    while (in_.take("END")) {
      if (in_.take(name)) return End::own;
      if (!take_left()) return End::other;
    }
    return End::no;
  }

  // The one of our own says which face a layer is of.
  void properties(const Word& open) {
    while (!in_.at_end() && !in_.take("END")) {
      const auto kind = in_.next();
      if (!(kind.text == "LAYER" && in_.is("MARQUETRY_FACE"))) left_.add({}, open);
      in_.skip_statement();
    }
    if (!in_.take(open.text)) not_ended(open, open.text);
  }

  // Behind "END name".
  void skip_to_end(const Word& open, std::string_view name) {
    while (!in_.at_end()) {
      if (in_.next().text == "END" && in_.take(name)) return;
    }
    not_ended(open, name);
  }
  void not_ended(const Word& open, std::string_view name) {
    in_.error(open, fmt::format("'{}' is not ended", name), fmt::format("add END {}", name));
  }

  void units() {
    while (!in_.at_end() && !in_.take("END")) {
      const auto word = in_.next();
      if (word.text == "DATABASE" && in_.take("MICRONS")) {
        const auto number = in_.peek();
        if (const auto value = in_.whole("DATABASE MICRONS")) take_precision(number, *value);
      }
      in_.skip_statement();
    }
    in_.take("UNITS");
  }

  void take_precision(const Word& word, std::int64_t value) {
    if (value < 1 || value > assembly::finest)
      return in_.error(word,
                       fmt::format("{} units in a micrometre are not in 1 to {}", value, assembly::finest));
    if (lef_.precision && *lef_.precision != value)
      return in_.error(word,
                       fmt::format("{} units in a micrometre, but '{}' line {} has {}", value,
                                   lef_.precision_where.file, lef_.precision_where.line, *lef_.precision),
                       "LEF files of one technology have the same DATABASE MICRONS");
    lef_.precision = static_cast<int>(value);
    lef_.precision_where = in_.spot(word);
  }

  void layer() {
    const auto open = in_.peek();
    const auto name = in_.name("the name of a layer");
    if (name.empty()) return in_.skip_statement();
    LefLayer layer{.name = std::string{name}, .where = in_.spot(open)};
    auto end = End::no;
    while (!in_.at_end() && (end = end_of(name)) == End::no) {
      const auto word = in_.next();
      if (word.text == "TYPE") {
        layer.type = in_.name("the type of a layer");
      } else if (word.text == "WIDTH" && layer.width == 0) {
        layer.width = std::clamp(in_.number("a width").value_or(0), 0.0, assembly::longest);
      } else if (word.text == "PROPERTY" && in_.take("MARQUETRY_FACE")) {
        auto face = in_.name("a face");
        if (face.starts_with('"')) face = face.substr(1, face.size() - 2);
        layer.face = assembly::face_of(face);
      } else if (std::ranges::find(own_layer_words, word.text) == own_layer_words.end()) {
        left_.add("layers", word);
      }
      if (!in_.may_go_on()) return;
      in_.skip_statement();
    }
    if (end != End::own) return not_ended(open, name);
    const auto known = std::ranges::find(lef_.layers, layer.name, &LefLayer::name);
    if (known == lef_.layers.end()) {
      if (lef_.layers.size() == most_layers)
        return in_.error(open, fmt::format("more than {} layers", most_layers));
      lef_.layers.push_back(std::move(layer));
    }
  }

  void via() {
    const auto open = in_.peek();
    const auto name = in_.name("the name of a via");
    if (name.empty()) return;
    auto& via = lef_.vias[std::string{name}];
    while (!in_.at_end() && !in_.take("END")) {
      const auto word = in_.next();
      if (word.text == "LAYER") via.layers.emplace_back(in_.name("the name of a layer"));
      if (word.text == "LAYERS") {
        while (!in_.at_end() && !in_.is(";")) via.layers.emplace_back(in_.next().text);
      }
      if (word.text != "DEFAULT" && word.text != "GENERATED") in_.skip_statement();
    }
    if (!in_.take(name)) not_ended(open, name);
  }

  std::optional<LefPoint> point() {
    const auto x = in_.number("x");
    const auto y = x ? in_.number("y") : std::nullopt;
    if (!y) return std::nullopt;
    return LefPoint{*x, *y};
  }

  void macro(const Word& open) {
    const auto name = in_.name("the name of a macro");
    if (name.empty()) return in_.skip_statement();
    LefMacro macro{.name = std::string{name}, .kind = "BLOCK", .where = in_.spot(open)};
    bool has_size = false;
    auto end = End::no;
    while (!in_.at_end() && (end = end_of(name)) == End::no) {
      if (!in_.may_go_on()) return;
      const auto word = in_.next();
      if (word.text == "CLASS") {
        macro.kind = in_.name("a class");
        while (!in_.at_end() && !in_.is(";")) macro.kind += " " + std::string{in_.next().text};
      } else if (word.text == "ORIGIN") {
        if (const auto p = point()) macro.origin = *p;
      } else if (word.text == "SIZE") {
        const auto width = in_.number("a width");
        const bool is_by = width && in_.expect("BY");
        const auto height = is_by ? in_.number("a height") : std::nullopt;
        if (height) macro.size = {*width, *height};
        has_size = height.has_value();
      } else if (word.text == "PIN") {
        pin(word, macro);
        continue;
      } else if (word.text == "OBS" || word.text == "DENSITY") {
        left_.add("macros", word);
        while (!in_.at_end() && !in_.take("END")) in_.next();
        continue;
      } else if (word.text != "SYMMETRY") {
        left_.add("macros", word);
      }
      in_.skip_statement();
    }
    if (end != End::own) return not_ended(open, name);
    if (!has_size && in_.errors() == 0)
      in_.error(open, fmt::format("macro '{}' has no SIZE", name), "add: SIZE width BY height ;");
    if (macro.size.x < 0 || macro.size.y < 0)
      in_.error(open, fmt::format("macro '{}' has a size below 0", name));
    if (lef_.macros.size() == most_macros)
      return in_.error(open, fmt::format("more than {} macros", most_macros));
    lef_.macros.push_back(std::move(macro));
  }

  void pin(const Word& open, LefMacro& macro) {
    const auto name = in_.name("the name of a pin");
    if (name.empty()) return in_.skip_statement();
    if (++pins_ > most_pins) return in_.error(open, fmt::format("more than {} pins", most_pins));
    LefPin pin{.name = std::string{name}};
    auto end = End::no;
    while (!in_.at_end() && (end = end_of(name)) == End::no) {
      if (!in_.may_go_on()) return;
      const auto word = in_.next();
      if (word.text == "DIRECTION") {
        const auto direction = in_.name("a direction");
        pin.direction = direction == "INPUT"    ? assembly::Direction::input
                        : direction == "OUTPUT" ? assembly::Direction::output
                                                : assembly::Direction::inout;
      } else if (word.text == "PORT") {
        port(word, pin);
        continue;
      } else if (word.text != "USE") {
        left_.add("pins", word);
      }
      in_.skip_statement();
    }
    if (end != End::own) return not_ended(open, name);
    macro.pins.push_back(std::move(pin));
  }

  // DO columns BY rows STEP dx dy: the corners of the last copy too.
  void repeat(std::vector<LefPoint>& points) {
    in_.expect("DO");
    const auto columns = in_.number("a number of columns");
    const auto rows = columns && in_.expect("BY") ? in_.number("a number of rows") : std::nullopt;
    const auto step = rows && in_.expect("STEP") ? point() : std::nullopt;
    if (!step) return;
    for (std::size_t p = 0, count = points.size(); p < count; ++p)
      points.push_back({points[p].x + (*columns - 1) * step->x, points[p].y + (*rows - 1) * step->y});
  }

  void port(const Word& open, LefPin& pin) {
    LefPort port{.where = in_.spot(open)};
    std::string_view layer;
    bool has_box = false;
    const auto widen = [&](const std::vector<LefPoint>& points) {
      if (!port.layer.empty() && port.layer != layer) {
        ++shapes_;
        return;
      }
      port.layer = layer;
      for (const auto& p : points) {
        if (!has_box) port.box = {p, p};
        has_box = true;
        port.box.low = {std::min(port.box.low.x, p.x), std::min(port.box.low.y, p.y)};
        port.box.high = {std::max(port.box.high.x, p.x), std::max(port.box.high.y, p.y)};
      }
    };
    while (!in_.at_end() && !in_.take("END")) {
      if (!in_.may_go_on()) return;
      const auto word = in_.next();
      if (word.text == "LAYER") {
        layer = in_.name("the name of a layer");
      } else if (word.text == "RECT" || word.text == "POLYGON") {
        if (in_.take("MASK")) in_.next();
        in_.take("ITERATE");
        if (layer.empty()) in_.error(word, "a shape without a layer", "write LAYER name ; before it");
        std::vector<LefPoint> points;
        while (!in_.at_end() && !in_.is(";") && !in_.is("DO") && in_.may_go_on()) {
          const auto p = point();
          if (!p || points.size() == most_corners) break;
          points.push_back(*p);
        }
        if (in_.is("DO")) repeat(points);
        if (word.text == "POLYGON") ++polygons_;
        if (points.size() < 2) in_.error(word, "a shape needs two corners or more");
        widen(points);
      } else if (word.text == "PATH" || word.text == "VIA") {
        ++shapes_;
      } else {
        left_.add("ports", word);
      }
      in_.skip_statement();
    }
    if (++ports_ > most_pins) return in_.error(open, fmt::format("more than {} ports", most_pins));
    if (has_box) pin.ports.push_back(std::move(port));
  }

  Lexer in_;
  Lef& lef_;
  LeftOut left_{};
  std::size_t shapes_{}, polygons_{}, pins_{}, ports_{};
};

}  // namespace

const LefLayer* Lef::find_layer(std::string_view name) const {
  const auto found = std::ranges::find(layers, name, &LefLayer::name);
  return found == layers.end() ? nullptr : &*found;
}

void parse_lef(std::string_view text, const std::string& name, Lef& lef, Diagnostics& diagnostics) {
  Parser{text, name, lef, diagnostics}.run();
}

}  // namespace marquetry::exchange
