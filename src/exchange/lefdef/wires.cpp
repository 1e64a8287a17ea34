#include "exchange/lefdef/wires.h"

#include <fmt/format.h>

#include <algorithm>

#include "exchange/lefdef/limits.h"

namespace marquetry::exchange {
namespace {

using assembly::Point;
using assembly::Units;

class Reader {
 public:
  Reader(Lexer& in, NetKind kind, const Def& def, std::vector<DefWire>& wires, LostOfWires& lost,
         std::size_t& points)
      : in_{in}, kind_{kind}, def_{def}, wires_{wires}, lost_{lost}, points_{points} {}

  void run() {
    do {
      wire_ = {};
      last_.reset();
      if (!head()) return in_.skip_option();
      body();
      finish();
    } while (in_.may_go_on() && in_.take("NEW"));
  }

 private:
  // layer [width] [TAPER | TAPERRULE rule] [STYLE n] or, of special nets, + SHAPE s
  bool head() {
    wire_.layer = in_.name("the layer of a wire");
    if (wire_.layer.empty()) return false;
    if (kind_ == NetKind::special) {
      const auto word = in_.peek();
      const auto width = in_.whole("the width of a wire");
      if (!width) return false;
      if (*width < 0 || *width > farthest) {
        in_.error(word, fmt::format("a width of {}", *width));
        return false;
      }
      wire_.width = *width;
      while (in_.is("+")) {
        in_.next();
        if (!in_.is("SHAPE") && !in_.is("STYLE")) {
          in_.error(in_.peek(), fmt::format("'+ {}' within a wire", in_.peek().text),
                    "a special wire has + SHAPE and + STYLE");
          return false;
        }
        in_.next();
        in_.next();
      }
      return true;
    }
    if (in_.take("TAPERRULE")) wire_.rule = in_.name("a rule");
    in_.take("TAPER");
    if (in_.take("STYLE")) in_.next();
    return true;
  }

  void body() {
    while (in_.may_go_on()) {
      if (in_.is("(")) {
        point();
      } else if (in_.take("MASK")) {
        in_.next();
      } else if (in_.is("RECT") || in_.is("VIRTUAL")) {
        const bool is_jump = in_.next().text == "VIRTUAL";
        ++lost_.patches;
        if (is_jump && in_.is("(")) {
          finish();
          point();
        } else {
          skip_brackets();
        }
      } else if (in_.is("DO")) {  // an array of vias
        for (int i = 0; i < 7 && !in_.at_end() && !in_.is(";"); ++i) in_.next();
      } else if (in_.is("+") || in_.is(";") || in_.is("NEW") || in_.at_end()) {
        return;
      } else if (!assembly_orientation(in_.peek().text)) {
        via(in_.next().text);
      } else {
        in_.next();
      }
    }
  }

  static bool assembly_orientation(std::string_view text) {
    return text == "N" || text == "S" || text == "E" || text == "W" || text == "FN" || text == "FS" ||
           text == "FE" || text == "FW";
  }

  void skip_brackets() {
    while (!in_.at_end() && !in_.is(")") && !in_.is(";")) in_.next();
    in_.take(")");
  }

  // ( x y [extension] ), a * for the value of the point before.
  void point() {
    const auto open = in_.next();
    const auto value = [&](std::optional<Units> before) -> std::optional<Units> {
      if (!in_.is("*")) return in_.whole("a coordinate");
      const auto word = in_.next();
      if (!before) in_.error(word, "'*' stands for the point before, but there is none");
      return before;
    };
    const auto x = value(last_ ? std::optional{last_->x} : std::nullopt);
    const auto y = x ? value(last_ ? std::optional{last_->y} : std::nullopt) : std::nullopt;
    if (!y) return skip_brackets();
    if (std::max(std::abs(*x), std::abs(*y)) > farthest) {
      in_.error(open, "a point beyond any package");
      return skip_brackets();
    }
    if (!in_.is(")")) in_.whole("the extension of a wire");
    if (!in_.expect(")")) return;
    last_ = Point{*x, *y};
    wire_.points.push_back(*last_);
    if (++points_ == most_points) in_.error(open, fmt::format("more than {} points of wires", most_points));
  }

  void via(std::string_view name) {
    ++lost_.vias;
    if (!in_.is("(")) return;  // nothing behind it
    const auto found = def_.vias.find(name);
    const auto layer = wire_.layer;
    finish();
    wire_.layer.clear();
    if (found != def_.vias.end()) {
      // Its layers are those of a LEF or DEF via without the cut: the one that is not here.
      for (const auto& other : found->second) {
        if (other != layer) wire_.layer = other;
      }
    }
    if (wire_.layer.empty()) ++lost_.unknown_vias;
    if (last_) wire_.points.push_back(*last_);
  }

  // A point alone is where a via stands.
  void finish() {
    if (wire_.points.size() > 1 && !wire_.layer.empty()) wires_.push_back(wire_);
    wire_.points.clear();
  }

  Lexer& in_;
  NetKind kind_;
  const Def& def_;
  std::vector<DefWire>& wires_;
  LostOfWires& lost_;
  std::size_t& points_;
  DefWire wire_{};
  std::optional<Point> last_{};
};

}  // namespace

void read_wires(Lexer& in, NetKind kind, const Def& def, std::vector<DefWire>& wires, LostOfWires& lost,
                std::size_t& points) {
  Reader{in, kind, def, wires, lost, points}.run();
}

}  // namespace marquetry::exchange
