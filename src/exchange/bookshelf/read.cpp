#include "exchange/bookshelf/read.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "exchange/tokens.h"
#include "layout_file/load.h"

namespace marquetry::exchange {
namespace {

namespace fs = std::filesystem;
using layout::Nanometre;
using layout::Point;
using layout::Problem;

constexpr double micron = 1000;  // sets without a unit are taken as if they were in micrometres
constexpr std::size_t most_blocks = 20'000, most_corners = 1000;
constexpr Spelling spelling{.punctuation = "(),:", .line_comment = "#"};

// What the three files have told so far.
struct Reading {
  Diagnostics& diagnostics;
  Problem problem{};
  std::map<std::string, std::size_t, std::less<>> blocks{}, terminals{};  // by name
  std::vector<bool> terminal_placed{};
};

Nanometre nanometres(double micrometres) { return std::llround(micrometres * micron); }

// Walks over the words of a .blocks file, whose corners may run over lines.
class Blocks {
 public:
  Blocks(const Words& words, Reading& reading) : words_{words}, reading_{reading} {}

  void read() {
    skip_header();
    while (!at_end() && reading_.diagnostics.ok()) entry();
  }

 private:
  bool at_end() const { return at_ >= words_.tokens.size(); }
  std::string_view peek(std::size_t ahead = 0) const {
    return at_ + ahead < words_.tokens.size() ? words_.tokens[at_ + ahead].text : std::string_view{};
  }
  const Token* take(std::string_view expected) {
    if (!at_end()) return &words_.tokens[at_++];
    reading_.diagnostics.error(words_.end(), fmt::format("the file ends where {} was expected", expected));
    return nullptr;
  }
  std::optional<double> number(std::string_view what) {
    const auto* token = take(what);
    return token == nullptr ? std::nullopt : number_of(words_, *token, what, reading_.diagnostics);
  }
  bool mark(std::string_view text) {
    const auto* token = take("'" + std::string{text} + "'");
    if (token == nullptr || token->text == text) return token != nullptr;
    reading_.diagnostics.error(words_.spot(*token),
                               fmt::format("'{}' was expected, not '{}'", text, token->text));
    return false;
  }

  // "UCSC blocks 1.0"
  void skip_header() {
    if (peek() != "UCSC" && peek() != "UCLA") return;
    const int line = words_.tokens[at_].line;
    while (!at_end() && words_.tokens[at_].line == line) ++at_;
  }

  void entry() {
    const auto& name = words_.tokens[at_++];
    if (peek() == ":") {  // NumTerminals : 3
      ++at_;
      number("a count");
      return;
    }
    if (peek() != "terminal" && peek(2) == "terminal")
      at_ += 2;  // its width and height, which say nothing here
    const auto* kind = take("the kind of '" + std::string{name.text} + "'");
    if (kind == nullptr) return;
    if (kind->text == "terminal") {
      terminal(name);
    } else if (kind->text == "hardrectilinear") {
      hard(name);
    } else if (kind->text == "softrectangular") {
      soft(name);
    } else {
      reading_.diagnostics.error(words_.spot(*kind), fmt::format("'{}' is no kind of block", kind->text),
                                 suggest(kind->text, {"hardrectilinear", "softrectangular", "terminal"}));
    }
    if (peek() == ":") at_ += 2;  // a symmetry
  }

  bool is_new(const Token& name) {
    const bool known = reading_.blocks.contains(name.text) || reading_.terminals.contains(name.text);
    if (known)
      reading_.diagnostics.error(words_.spot(name), fmt::format("the name '{}' stands twice", name.text));
    return !known;
  }

  void add(const Token& name, layout::Die die) {
    if (!is_new(name)) return;
    const auto index = reading_.problem.dies.size();
    if (index == most_blocks) {
      reading_.diagnostics.error(words_.spot(name), fmt::format("more than {} blocks", most_blocks));
      return;
    }
    reading_.blocks.emplace(name.text, index);
    die.name = name.text;
    die.kind = index;
    reading_.problem.dies.push_back(std::move(die));
  }

  void terminal(const Token& name) {
    if (!is_new(name)) return;
    reading_.terminals.emplace(name.text, reading_.problem.terminals.size());
    reading_.problem.terminal_names.emplace_back(name.text);
    reading_.problem.terminals.push_back({});
    reading_.terminal_placed.push_back(false);
  }

  void hard(const Token& name) {
    const auto count = number("the number of corners");
    if (!count) return;
    if (*count < 4 || *count > most_corners || *count != std::floor(*count)) {
      reading_.diagnostics.error(words_.spot(name),
                                 fmt::format("block '{}' has {} corners", name.text, *count));
      return;
    }
    std::vector<Point> corners;
    for (std::size_t i = 0; i < static_cast<std::size_t>(*count); ++i) {
      if (!mark("(")) return;
      const auto x = number("a corner's x");
      if (!x || !mark(",")) return;
      const auto y = number("a corner's y");
      if (!y || !mark(")")) return;
      corners.push_back({nanometres(*x), nanometres(*y)});
    }
    const auto size = rectangle(corners);
    if (!size) {
      reading_.diagnostics.error(
          words_.spot(name), fmt::format("block '{}' is no rectangle with a width and a height", name.text),
          "only rectangles can be placed: replace it by the box round it");
      return;
    }
    add(name, {.size = *size, .rotations = 0b0011});
  }

  static std::optional<layout::Size> rectangle(const std::vector<Point>& corners) {
    layout::Rect box{corners.front(), corners.front()};
    for (const auto& c : corners) box = geometry::hull(box, {c, c});
    double twice = 0;  // by Gauss's formula
    for (std::size_t i = 0; i < corners.size(); ++i) {
      const auto &a = corners[i], &b = corners[(i + 1) % corners.size()];
      twice += static_cast<double>(a.x - box.low.x) * static_cast<double>(b.y - box.low.y) -
               static_cast<double>(b.x - box.low.x) * static_cast<double>(a.y - box.low.y);
    }
    const double area = geometry::area(box);
    if (area <= 0 || std::abs(std::abs(twice) / 2 - area) > 1e-9 * area) return std::nullopt;
    return layout::Size{box.width(), box.height()};
  }

  void soft(const Token& name) {
    const auto area = number("an area"), least = number("the least aspect"),
               most = number("the largest aspect");
    if (!area || !least || !most) return;
    if (!(*area > 0) || !(*least > 1e-3) || !(*most < 1e3) || *least > *most) {
      reading_.diagnostics.error(
          words_.spot(name),
          fmt::format("soft block '{}' needs an area above 0 and aspects from 0.001 to 1000", name.text));
      return;
    }
    if (std::abs(*least * *most - 1) > 0.02)
      reading_.diagnostics.warning(
          words_.spot(name), fmt::format("the aspects of '{}' are taken for width / height", name.text));
    layout::Die die{.rotations = 1};
    die.soft = layout::Soft{std::round(*area * micron * micron), *least, *most};
    die.size = layout::squarest(*die.soft);
    add(name, std::move(die));
  }

  const Words& words_;
  Reading& reading_;
  std::size_t at_{};
};

// "%50" is a share of the width, "50" a distance, both from the centre of the block.
std::optional<Nanometre> offset(const Words& words, const Token& token, Nanometre side,
                                Diagnostics& diagnostics) {
  Token digits = token;
  const bool share = digits.text.starts_with('%');
  if (share) digits.text.remove_prefix(1);
  const auto value = number_of(words, digits, "an offset", diagnostics);
  if (!value) return std::nullopt;
  const double from_centre = share ? static_cast<double>(side) * *value / 100 : *value * micron;
  return std::llround(static_cast<double>(side) / 2 + from_centre);
}

std::optional<layout::Pin> read_pin(const Words& words, std::span<const Token> line, Reading& reading) {
  const auto& name = line[0];
  if (const auto terminal = reading.terminals.find(name.text); terminal != reading.terminals.end()) {
    if (!reading.terminal_placed[terminal->second]) return std::nullopt;
    return layout::Pin{.at = reading.problem.terminals[terminal->second]};
  }
  const auto block = reading.blocks.find(name.text);
  if (block == reading.blocks.end()) {
    std::vector<std::string_view> known;
    for (const auto& [other, index] : reading.blocks) {
      if (known.size() < 500) known.push_back(other);
    }
    reading.diagnostics.error(words.spot(name), fmt::format("there is no block or terminal '{}'", name.text),
                              did_you_mean(name.text, known));
    return std::nullopt;
  }
  const auto colon = std::ranges::find(line, std::string_view{":"}, &Token::text);
  if (colon == line.end()) return layout::Pin{.die = block->second, .at_centre = true};
  const auto rest = line.subspan(static_cast<std::size_t>(colon - line.begin()) + 1);
  if (rest.size() < 2) {
    reading.diagnostics.error(words.spot(*colon), "an offset needs x and y, as ': %10 %-20'");
    return std::nullopt;
  }
  const auto& size = reading.problem.dies[block->second].size;
  const auto x = offset(words, rest[0], size.width, reading.diagnostics),
             y = offset(words, rest[1], size.height, reading.diagnostics);
  if (!x || !y) return std::nullopt;
  return layout::Pin{.die = block->second, .at = {*x, *y}};
}

void read_nets(const Words& words, Reading& reading) {
  std::size_t left = 0, announced = 0, pins = 0;
  Token degree{};
  const auto lines = lines_of(words);
  for (const auto& line : lines) {
    const auto& first = line[0].text;
    if (first == "UCLA" || first == "UCSC") continue;
    if (line.size() >= 3 && line[1].text == ":" && (first == "NetDegree" || first.starts_with("Num"))) {
      const auto count = number_of(words, line[2], first, reading.diagnostics);
      if (!count) return;
      if (first == "NumPins") announced = static_cast<std::size_t>(std::max(0.0, *count));
      if (first != "NetDegree") continue;
      if (left > 0) break;
      degree = line[0];
      left = static_cast<std::size_t>(std::max(0.0, *count));
      reading.problem.nets.emplace_back();
      continue;
    }
    if (left == 0) {
      reading.diagnostics.error(words.spot(line[0]), fmt::format("'{}' stands outside of a net", first),
                                "a net begins with 'NetDegree : n'");
      return;
    }
    --left;
    ++pins;
    if (const auto pin = read_pin(words, line, reading)) reading.problem.nets.back().pins.push_back(*pin);
    if (reading.diagnostics.errors() > 20) return;
  }
  if (left > 0)
    reading.diagnostics.error(words.spot(degree), fmt::format("{} pins of this net are missing", left));
  if (announced != 0 && announced != pins)
    reading.diagnostics.warning({.file = words.file},
                                fmt::format("NumPins says {}, but there are {} pins", announced, pins));
  std::erase_if(reading.problem.nets, [](const auto& net) { return net.pins.size() < 2; });
}

void read_positions(const Words& words, Reading& reading) {
  for (const auto& line : lines_of(words)) {
    if (line[0].text == "UCLA" || line[0].text == "UCSC" || line.size() < 3) continue;
    const auto terminal = reading.terminals.find(line[0].text);
    if (terminal == reading.terminals.end()) continue;
    const auto x = number_of(words, line[1], "x", reading.diagnostics),
               y = number_of(words, line[2], "y", reading.diagnostics);
    if (!x || !y) return;
    reading.problem.terminals[terminal->second] = {nanometres(*x), nanometres(*y)};
    reading.terminal_placed[terminal->second] = true;
  }
}

const fs::path* file_of(std::span<const fs::path> files, std::string_view extension,
                        Diagnostics& diagnostics) {
  const fs::path* found = nullptr;
  for (const auto& file : files) {
    if (file.extension() != extension) continue;
    if (found != nullptr)
      diagnostics.error({.file = file.generic_string()}, fmt::format("a second {} file", extension),
                        "give one of each");
    found = &file;
  }
  return found;
}

// Terminals whose place is not known; and the outline, the box from the origin round the others.
void finish(Reading& reading, const std::string& nets_file) {
  auto& problem = reading.problem;
  std::size_t lost = 0;
  layout::Size frame{};
  for (std::size_t i = problem.terminals.size(); i-- > 0;) {
    if (reading.terminal_placed[i]) {
      frame = {std::max(frame.width, problem.terminals[i].x), std::max(frame.height, problem.terminals[i].y)};
      continue;
    }
    ++lost;
    problem.terminals.erase(problem.terminals.begin() + static_cast<std::ptrdiff_t>(i));
    problem.terminal_names.erase(problem.terminal_names.begin() + static_cast<std::ptrdiff_t>(i));
  }
  if (lost > 0)
    reading.diagnostics.warning({.file = nets_file},
                                fmt::format("{} terminals have no place and are left out", lost),
                                "give the .pl file too");
  double area = 0;
  for (const auto& die : problem.dies) area += die.soft ? die.soft->area : geometry::area(die.size);
  if (geometry::area(frame) >= area) problem.carrier.fixed = frame;
}

}  // namespace

std::optional<std::string> read_bookshelf(std::span<const fs::path> files, Diagnostics& diagnostics) {
  for (const auto& file : files) {
    if (file.extension() != ".blocks" && file.extension() != ".nets" && file.extension() != ".pl")
      diagnostics.error({.file = file.generic_string()}, "is no bookshelf floorplan by its name",
                        "known: .blocks, .nets, .pl");
  }
  const auto* blocks = file_of(files, ".blocks", diagnostics);
  const auto* nets = file_of(files, ".nets", diagnostics);
  const auto* places = file_of(files, ".pl", diagnostics);
  if (blocks == nullptr)
    diagnostics.error({.file = "marquetry import"}, "a bookshelf floorplan needs its .blocks file");
  if (!diagnostics.ok()) return std::nullopt;
  Reading reading{.diagnostics = diagnostics};
  reading.problem.name = blocks->stem().generic_string();
  const auto with = [&](const fs::path* path, const auto& read) {
    if (path == nullptr || !diagnostics.ok()) return;
    if (const auto words = read_words(*path, spelling, diagnostics)) read(*words);
  };
  with(blocks, [&](const Words& words) { Blocks{words, reading}.read(); });
  if (diagnostics.ok() && reading.problem.dies.empty())
    diagnostics.error({.file = blocks->generic_string()}, "has no blocks");
  with(places, [&](const Words& words) { read_positions(words, reading); });
  with(nets, [&](const Words& words) { read_nets(words, reading); });
  if (!diagnostics.ok()) return std::nullopt;
  finish(reading, blocks->generic_string());
  return layout_file::to_toml(
      reading.problem, fmt::format("From the bookshelf floorplan '{}'; its unit is taken for a micrometre.",
                                   blocks->filename().generic_string()));
}

}  // namespace marquetry::exchange
