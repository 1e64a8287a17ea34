#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "assembly/orientation.h"
#include "exchange/lefdef/def.h"
#include "exchange/lefdef/lexer.h"
#include "exchange/lefdef/limits.h"
#include "exchange/lefdef/wires.h"

namespace marquetry::exchange {
namespace {

using assembly::Point;

// Sections that end with END and their word; their first line is a statement, or not.
constexpr std::array<std::string_view, 9> counted_sections{
    "BLOCKAGES", "FILLS", "GROUPS", "REGIONS", "SCANCHAINS", "SLOTS", "STYLES", "PINPROPERTIES", "IOTIMINGS"};
// Statements that a package has no use for, and that are not worth a word.
constexpr std::array<std::string_view, 7> silent{
    "NAMESCASESENSITIVE", "DIVIDERCHAR", "BUSBITCHARS", "TECHNOLOGY", "HISTORY", "ARRAY", "FLOORPLAN"};

class Parser {
 public:
  Parser(std::string_view text, const std::string& name,
         const std::map<std::string, std::vector<std::string>, std::less<>>& vias, Diagnostics& diagnostics)
      : in_{text, name, diagnostics}, def_{.file = name, .vias = vias} {}

  std::optional<Def> run() {
    while (!in_.at_end() && in_.may_go_on() && !is_ended_) top();
    if (in_.errors() > 0) return std::nullopt;
    if (!is_ended_) in_.error(in_.peek(), "the file ends before END DESIGN", "is it cut off?");
    const Word whole_file{};
    if (def_.precision == 0)
      in_.error(whole_file, "no UNITS DISTANCE MICRONS", "without it no coordinate has a length");
    if (def_.design.empty()) in_.error(whole_file, "no DESIGN", "add: DESIGN name ;");
    say_what_is_lost();
    if (in_.errors() > 0) return std::nullopt;
    return std::move(def_);
  }

 private:
  void top() {
    const auto word = in_.next();
    if (word.text == "VERSION") {
      def_.version = in_.name("a version");
      in_.skip_statement();
    } else if (word.text == "DESIGN") {
      def_.design = in_.name("the name of the design");
      in_.skip_statement();
    } else if (word.text == "UNITS") {
      units();
    } else if (word.text == "DIEAREA") {
      area(word);
    } else if (word.text == "COMPONENTS") {
      section(word, most_components, [this](const Word& at) { component(at); });
    } else if (word.text == "PINS") {
      section(word, most_components, [this](const Word&) { pin(); });
    } else if (word.text == "NETS") {
      section(word, most_nets, [this](const Word& at) { net(at, NetKind::regular); });
    } else if (word.text == "SPECIALNETS") {
      section(word, most_nets, [this](const Word& at) { net(at, NetKind::special); });
    } else if (word.text == "NONDEFAULTRULES") {
      section(word, most_layers, [this](const Word&) { rule(); });
    } else if (word.text == "VIAS") {
      section(word, most_components, [this](const Word&) { via(); });
    } else if (word.text == "END") {
      is_ended_ = in_.take("DESIGN");
      if (!is_ended_) in_.error(word, fmt::format("'END {}' ends nothing that is open", in_.next().text));
    } else {
      other(word);
    }
  }

  void other(const Word& word) {
    const bool is_word = std::ranges::all_of(word.text, [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!is_word) {
      in_.error(word, fmt::format("'{}' begins no statement of DEF", word.text),
                "a DEF file has VERSION, DESIGN, UNITS, DIEAREA, COMPONENTS and NETS");
      return in_.skip_statement();
    }
    if (word.text == "BEGINEXT") {
      while (!in_.at_end() && !in_.take("ENDEXT")) in_.next();
    } else if (word.text == "PROPERTYDEFINITIONS" ||
               std::ranges::find(counted_sections, word.text) != counted_sections.end()) {
      skip_to_end(word);
    } else {
      in_.skip_statement();
      if (std::ranges::find(silent, word.text) != silent.end()) return;
      if (in_.is("-")) skip_to_end(word);
    }
    const auto [at, is_new] = skipped_.try_emplace(std::string{word.text}, Skipped{.first = word});
    ++at->second.count;
  }

  void skip_to_end(const Word& word) {
    while (!in_.at_end() && !(in_.next().text == "END" && in_.take(word.text))) {
    }
  }

  template <class Entry>
  void section(const Word& head, std::size_t most, Entry&& entry) {
    const auto number = in_.peek();
    const auto declared = in_.whole(fmt::format("the number of {}", head.text));
    if (!declared) return in_.skip_statement();
    in_.skip_statement();
    std::int64_t count = 0;
    while (in_.may_go_on() && in_.is("-")) {
      if (static_cast<std::size_t>(++count) > most)
        return in_.error(in_.peek(), fmt::format("more than {} {}", most, head.text));
      const auto word = in_.next();
      entry(word);
      in_.skip_statement();
    }
    if (!in_.may_go_on()) return;
    if (!in_.is("END")) {
      in_.error(in_.peek(), fmt::format("expected '-' or 'END {}', not '{}'", head.text, in_.peek().text),
                "each entry begins with - and ends with ;");
      while (!in_.at_end() && !in_.is("END")) in_.next();
    }
    in_.next();
    in_.expect(head.text);
    if (count != *declared)
      in_.warning(number, fmt::format("{} {} are announced, {} are there", *declared, head.text, count));
  }

  std::optional<Point> point() {
    const auto open = in_.peek();
    if (!in_.expect("(")) return std::nullopt;
    const auto x = in_.whole("x");
    const auto y = x ? in_.whole("y") : std::nullopt;
    if (!y || !in_.expect(")")) return std::nullopt;
    if (std::max(std::abs(*x), std::abs(*y)) <= farthest) return Point{*x, *y};
    in_.error(open, "a point beyond any package");
    return std::nullopt;
  }

  void units() {
    if (in_.expect("DISTANCE") && in_.expect("MICRONS")) {
      const auto word = in_.peek();
      const auto value = in_.whole("UNITS DISTANCE MICRONS");
      if (value && (*value < 1 || *value > assembly_finest))
        in_.error(word, fmt::format("{} units in a micrometre are not in 1 to {}", *value, assembly_finest));
      else if (value)
        def_.precision = static_cast<int>(*value);
      def_.precision_where = in_.spot(word);
    }
    in_.skip_statement();
  }

  void area(const Word& word) {
    std::vector<Point> corners;
    while (in_.is("(") && corners.size() < most_corners) {
      const auto p = point();
      if (!p) return in_.skip_statement();
      corners.push_back(*p);
    }
    in_.skip_statement();
    if (corners.size() < 2) return in_.error(word, "DIEAREA needs two corners or more");
    assembly::Rect box{corners[0], corners[0]};
    for (const auto& c : corners) box = geometry::hull(box, {c, c});
    if (corners.size() > 2) in_.warning(word, "the die area is a polygon: the box round it is taken");
    if (box.width() == 0 || box.height() == 0) in_.error(word, "the die area has no width or no height");
    def_.area = box;
  }

  void component(const Word& at) {
    DefComponent c{.line = at.line};
    c.name = in_.name("the name of a component");
    c.macro = in_.name("the macro of a component");
    while (in_.may_go_on() && in_.take("+")) {
      const auto word = in_.next();
      if (word.text == "PLACED" || word.text == "FIXED" || word.text == "COVER") {
        const auto low = point();
        if (!low) return;
        const auto turn = in_.peek();
        const auto orientation = assembly::orientation_of_def(turn.text);
        if (!orientation)
          return in_.error(turn, fmt::format("'{}' is no orientation", turn.text),
                           "known: N S E W FN FS FE FW");
        c.low = *low;
        c.turn = *orientation;
        c.is_placed = true;
      }
      in_.skip_option();
    }
    if (!c.macro.empty()) def_.components.push_back(std::move(c));
  }

  void pin() {
    DefPin pin;
    pin.name = in_.name("the name of a pin");
    while (in_.may_go_on() && in_.take("+")) {
      const auto word = in_.next();
      if (word.text == "NET") pin.net = in_.name("the net of a pin");
      if (word.text == "PLACED" || word.text == "FIXED" || word.text == "COVER") ++placed_pins_;
      in_.skip_option();
    }
    if (!pin.name.empty()) def_.pins.push_back(std::move(pin));
  }

  void net(const Word& at, NetKind kind) {
    DefNet net{.line = at.line};
    net.name = in_.name("the name of a net");
    if (net.name.empty()) return;
    while (in_.may_go_on() && in_.is("(")) {
      in_.next();
      DefNetPin pin{.line = in_.peek().line};
      pin.component = in_.name("a component or PIN");
      pin.pin = in_.name("a pin");
      while (!in_.at_end() && !in_.is(")") && !in_.is(";")) in_.next();
      if (!in_.expect(")")) return;
      if (++net_pins_ == most_net_pins)
        in_.error(at, fmt::format("more than {} pins of nets", most_net_pins));
      net.pins.push_back(std::move(pin));
    }
    while (in_.may_go_on() && in_.take("+")) {
      const auto word = in_.next();
      if (word.text == "USE") {
        const auto use = in_.name("a use");
        net.use = use == "POWER"    ? assembly::NetUse::power
                  : use == "GROUND" ? assembly::NetUse::ground
                  : use == "CLOCK"  ? assembly::NetUse::clock
                                    : assembly::NetUse::signal;
      } else if (word.text == "ROUTED" || word.text == "FIXED" || word.text == "COVER" ||
                 word.text == "NOSHIELD") {
        read_wires(in_, kind, def_, net.wires, lost_, points_);
        continue;
      } else if (word.text == "RECT" || word.text == "POLYGON" || word.text == "VIA" ||
                 word.text == "SHIELD") {
        ++lost_.patches;
      } else if (word.text == "NONDEFAULTRULE") {
        net_rule_ = in_.name("a rule");
      }
      in_.skip_option();
    }
    for (auto& wire : net.wires) {
      if (wire.rule.empty() && !wire.width) wire.rule = net_rule_;
    }
    net_rule_.clear();
    def_.nets.push_back(std::move(net));
  }

  void rule() {
    const auto name = in_.name("the name of a rule");
    if (name.empty()) return;
    auto& rule = def_.rules[std::string{name}];
    while (in_.may_go_on() && in_.take("+")) {
      if (in_.take("LAYER")) {
        const auto layer = in_.name("a layer");
        if (in_.take("WIDTH")) {
          const auto word = in_.peek();
          const auto width = in_.whole("a width");
          if (width && (*width < 0 || *width > farthest))
            in_.error(word, fmt::format("a width of {}", *width));
          if (width) rule[std::string{layer}] = *width;
        }
      }
      in_.skip_option();
    }
  }

  // The two routing layers, the cut left out: it stands in the middle of + LAYERS.
  void via() {
    const auto name = in_.name("the name of a via");
    if (name.empty()) return;
    auto& layers = def_.vias[std::string{name}];
    layers.clear();
    while (in_.may_go_on() && in_.take("+")) {
      const auto word = in_.next();
      if (word.text == "LAYERS") {
        const std::string low{in_.name("a layer")};
        in_.name("a layer");
        layers = {low, std::string{in_.name("a layer")}};
      }
      in_.skip_option();
    }
  }

  void say_what_is_lost() {
    for (const auto& [name, what] : skipped_)
      in_.warning(what.first, what.count == 1 ? fmt::format("{} is not read", name)
                                              : fmt::format("{} is not read: {} of them", name, what.count));
    const Word whole_file{};
    if (lost_.vias > 0) in_.warning(whole_file, fmt::format("{} vias of wires are not kept", lost_.vias));
    if (lost_.unknown_vias > 0)
      in_.warning(whole_file, fmt::format("{} pieces of wire behind a via of unknown layers are left out",
                                          lost_.unknown_vias));
    if (lost_.patches > 0)
      in_.warning(whole_file,
                  fmt::format("{} rectangles, polygons and shields of nets are not kept", lost_.patches));
    if (placed_pins_ > 0)
      in_.warning(whole_file, fmt::format("the places of {} pins of the design are not kept", placed_pins_));
  }

  struct Skipped {
    Word first{};
    std::size_t count{};
  };
  static constexpr int assembly_finest = 1'000'000;

  Lexer in_;
  Def def_;
  std::map<std::string, Skipped, std::less<>> skipped_{};
  LostOfWires lost_{};
  std::size_t net_pins_{}, points_{}, placed_pins_{};
  std::string net_rule_{};
  bool is_ended_{};
};

}  // namespace

std::optional<Def> parse_def(std::string_view text, const std::string& name,
                             const std::map<std::string, std::vector<std::string>, std::less<>>& lef_vias,
                             Diagnostics& diagnostics) {
  return Parser{text, name, lef_vias, diagnostics}.run();
}

}  // namespace marquetry::exchange
