#include "exchange/yal/read.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "exchange/tokens.h"
#include "layout_file/load.h"

namespace marquetry::exchange {
namespace {

namespace fs = std::filesystem;
using layout::Nanometre;
using layout::Point;
using layout::Rect;

constexpr double micron = 1000;
constexpr std::size_t most_instances = 20'000;
constexpr Spelling spelling{.punctuation = ";", .open_comment = "/*", .close_comment = "*/"};
constexpr std::array<std::string_view, 9> pin_kinds{"I", "O", "B", "PI", "PO", "PB", "F", "PWR", "GND"};

using Statement = std::span<const Token>;  // without its semicolon

struct Signal {
  std::string name{};
  Point at{};
};
struct Instance {
  std::string name{}, module{};
  std::vector<std::string> nets{};
  Token where{};
};
struct Module {
  std::string name{};
  bool is_parent{};
  Rect box{};
  std::vector<Signal> signals{};
  std::vector<Instance> instances{};  // of a parent
  Token where{};
};

// NETWORK and PLACEMENT are written without a semicolon in some files.
std::vector<Statement> statements(const Words& words) {
  std::vector<Statement> out;
  const std::span all{words.tokens};
  for (std::size_t begin = 0, i = 0; i < all.size(); ++i) {
    const bool ends = all[i].text == ";", bare = i == begin &&
                                                 (all[i].text == "NETWORK" || all[i].text == "PLACEMENT") &&
                                                 i + 1 < all.size() && all[i + 1].text != ";";
    if (!ends && !bare && i + 1 < all.size()) continue;
    const auto size = i - begin + (ends ? 0 : 1);
    if (size > 0) out.push_back(all.subspan(begin, size));
    begin = i + 1;
  }
  return out;
}

class Reader {
 public:
  Reader(const Words& words, Diagnostics& diagnostics) : words_{words}, diagnostics_{diagnostics} {}

  std::vector<Module> modules() {
    for (const auto& statement : statements(words_)) {
      if (!take(statement) || diagnostics_.errors() > 20) break;
    }
    if (diagnostics_.ok() && open_)
      complain(modules_.back().where, fmt::format("module '{}' is not ended", modules_.back().name),
               "add ENDMODULE;");
    return std::move(modules_);
  }

 private:
  enum class Part { head, signals, network, other };

  void complain(const Token& token, std::string message, std::string hint = {}) {
    diagnostics_.error(words_.spot(token), std::move(message), std::move(hint));
  }

  // False where it makes no sense to go on.
  bool take(Statement s) {
    const auto& word = s[0].text;
    if (word == "MODULE") return begin(s);
    if (!open_) {
      complain(s[0], fmt::format("'{}' stands outside of a module", word),
               "a module begins with 'MODULE name;'");
      return false;
    }
    if (word == "ENDMODULE") {
      open_ = false;
      return true;
    }
    if (part_ == Part::head) return head(s);
    if (word == "ENDIOLIST" || word == "ENDNETWORK" || word == "ENDPLACEMENT" || word == "ENDCRITICALNETS") {
      part_ = Part::head;
    } else if (part_ == Part::signals) {
      signal(s);
    } else if (part_ == Part::network) {
      instance(s);
    }
    return true;
  }

  bool begin(Statement s) {
    if (open_ || s.size() < 2) {
      complain(
          s[0],
          open_ ? fmt::format("module '{}' is not ended", modules_.back().name) : "a module needs a name",
          open_ ? "add ENDMODULE; before it" : "");
      return false;
    }
    open_ = true;
    part_ = Part::head;
    modules_.push_back({.name = std::string{s[1].text}, .where = s[1]});
    return true;
  }

  bool head(Statement s) {
    const auto& word = s[0].text;
    auto& module = modules_.back();
    if (word == "TYPE") {
      module.is_parent = s.size() > 1 && s[1].text == "PARENT";
    } else if (word == "DIMENSIONS") {
      dimensions(s);
    } else if (word == "IOLIST") {
      part_ = Part::signals;
    } else if (word == "NETWORK") {
      part_ = Part::network;
    } else if (word == "PLACEMENT" || word == "CRITICALNETS") {
      part_ = Part::other;  // a start of others, and what they thought of it
    } else if (word != "PROFILE") {
      complain(s[0], fmt::format("'{}' is no part of a module", word),
               suggest(word, {"TYPE", "DIMENSIONS", "IOLIST", "NETWORK", "PLACEMENT", "CRITICALNETS",
                              "ENDMODULE"}));
      return false;
    }
    return true;
  }

  // A list of corners; only rectangles can be placed.
  void dimensions(Statement s) {
    std::vector<Point> corners;
    for (std::size_t i = 1; i + 1 < s.size(); i += 2) {
      const auto x = number_of(words_, s[i], "a corner's x", diagnostics_),
                 y = number_of(words_, s[i + 1], "a corner's y", diagnostics_);
      if (!x || !y) return;
      corners.push_back({std::llround(*x * micron), std::llround(*y * micron)});
    }
    auto& module = modules_.back();
    if (corners.empty() || s.size() % 2 == 0)
      return complain(
          s[0], fmt::format("the dimensions of module '{}' are a list of corners, x y x y ...", module.name));
    module.box = {corners[0], corners[0]};
    for (const auto& c : corners) module.box = geometry::hull(module.box, {c, c});
    const bool at_corners = std::ranges::all_of(corners, [&](Point c) {
      return (c.x == module.box.low.x || c.x == module.box.high.x) &&
             (c.y == module.box.low.y || c.y == module.box.high.y);
    });
    if (corners.size() != 4 || !at_corners || module.box.width() == 0 || module.box.height() == 0)
      complain(s[0], fmt::format("module '{}' is no rectangle with a width and a height", module.name),
               "only rectangles can be placed: give the box round it");
  }

  // signal kind x y ... or signal kind side position ...
  void signal(Statement s) {
    if (s.size() < 4 || std::ranges::find(pin_kinds, s[1].text) == pin_kinds.end())
      return complain(s[0], "a signal is written 'name kind x y' or 'name kind side position'",
                      "kinds: I O B PI PO PB F PWR GND");
    auto& module = modules_.back();
    const auto& box = module.box;
    constexpr std::array<std::string_view, 4> side_names{"BOTTOM", "RIGHT", "TOP", "LEFT"};
    const auto side = std::ranges::find(side_names, s[2].text);
    const auto y = number_of(words_, s[3], "a position", diagnostics_);
    if (side == side_names.end()) {
      const auto x = number_of(words_, s[2], "a position, or BOTTOM, RIGHT, TOP or LEFT,", diagnostics_);
      if (x && y)
        module.signals.push_back(
            {std::string{s[0].text}, {std::llround(*x * micron), std::llround(*y * micron)}});
      return;
    }
    if (!y) return;
    const auto along = std::llround(*y * micron);
    const std::array<Point, 4> places{
        Point{box.low.x + along, box.low.y}, Point{box.high.x, box.low.y + along},
        Point{box.low.x + along, box.high.y}, Point{box.low.x, box.low.y + along}};
    module.signals.push_back(
        {std::string{s[0].text}, places[static_cast<std::size_t>(side - side_names.begin())]});
  }

  void instance(Statement s) {
    if (s.size() < 2) return complain(s[0], "an instance is written 'name module net net ...'");
    auto& module = modules_.back();
    if (module.instances.size() == most_instances)
      return complain(s[0], fmt::format("more than {} instances", most_instances));
    Instance instance{std::string{s[0].text}, std::string{s[1].text}, {}, s[0]};
    for (const auto& net : s.subspan(2)) instance.nets.emplace_back(net.text);
    module.instances.push_back(std::move(instance));
  }

  const Words& words_;
  Diagnostics& diagnostics_;
  std::vector<Module> modules_{};
  bool open_{};
  Part part_{};
};

// Nets in the order in which they are first named.
class Nets {
 public:
  void add(const std::string& name, const layout::Pin& pin) {
    const auto at = index_.emplace(name, nets_.size());
    if (at.second) nets_.emplace_back();
    nets_[at.first->second].pins.push_back(pin);
  }
  std::vector<layout::Net> wired() {
    std::erase_if(nets_, [](const auto& net) { return net.pins.size() < 2; });
    return std::move(nets_);
  }

 private:
  std::map<std::string, std::size_t> index_{};
  std::vector<layout::Net> nets_{};
};

layout::Problem problem_of(const Words& words, const std::vector<Module>& modules, const Module& parent,
                           Diagnostics& diagnostics) {
  layout::Problem problem{.name = parent.name,
                          .carrier = {.fixed = layout::Size{parent.box.width(), parent.box.height()}}};
  std::map<std::string, const Module*, std::less<>> by_name;
  std::vector<std::string_view> names;
  for (const auto& module : modules) {
    if (by_name.emplace(module.name, &module).second)
      names.push_back(module.name);
    else
      diagnostics.error(words.spot(module.where), fmt::format("module '{}' stands twice", module.name));
  }
  Nets nets;
  std::map<std::string, std::size_t> taken;
  for (const auto& instance : parent.instances) {
    const auto found = by_name.find(instance.module);
    const auto where = words.spot(instance.where);
    if (found == by_name.end() || found->second->is_parent) {
      diagnostics.error(
          where,
          fmt::format("'{}' is an instance of '{}', which is no module", instance.name, instance.module),
          did_you_mean(instance.module, names));
      continue;
    }
    const auto& module = *found->second;
    if (instance.nets.size() != module.signals.size()) {
      diagnostics.error(where,
                        fmt::format("'{}' has {} nets, but its module '{}' has {} signals", instance.name,
                                    instance.nets.size(), module.name, module.signals.size()),
                        "nets stand in the order of the module's IOLIST");
      continue;
    }
    if (++taken[instance.name] > 1)
      diagnostics.error(where, fmt::format("the name '{}' stands twice", instance.name));
    const auto index = problem.dies.size();
    problem.dies.push_back({.name = instance.name,
                            .size = {module.box.width(), module.box.height()},
                            .rotations = 0b0011,
                            .kind = index});
    for (std::size_t i = 0; i < instance.nets.size(); ++i)
      nets.add(instance.nets[i], {.die = index, .at = module.signals[i].at - module.box.low});
  }
  // The signals of the parent are its pads, named like their nets; several pads may be on one.
  for (const auto& pad : parent.signals) {
    const auto before = taken[pad.name]++;
    problem.terminal_names.push_back(before == 0 ? pad.name : fmt::format("{}#{}", pad.name, before + 1));
    problem.terminals.push_back(pad.at - parent.box.low);
    nets.add(pad.name, {.at = problem.terminals.back()});
  }
  problem.nets = nets.wired();
  return problem;
}

}  // namespace

std::optional<std::string> read_yal(std::span<const fs::path> files, Diagnostics& diagnostics) {
  if (files.size() != 1) {
    diagnostics.error({.file = "marquetry import"}, "YAL is one file: give it alone");
    return std::nullopt;
  }
  const auto words = read_words(files[0], spelling, diagnostics);
  if (!words) return std::nullopt;
  const auto modules = Reader{*words, diagnostics}.modules();
  const Module* parent = nullptr;
  for (const auto& module : modules) {
    if (module.box.width() == 0 && diagnostics.ok())
      diagnostics.error(words->spot(module.where), fmt::format("module '{}' has no DIMENSIONS", module.name));
    if (!module.is_parent) continue;
    if (parent != nullptr)
      diagnostics.error(words->spot(module.where), fmt::format("a second PARENT, after '{}'", parent->name));
    parent = &module;
  }
  if (parent == nullptr && diagnostics.ok())
    diagnostics.error({.file = words->file}, "no module is of TYPE PARENT",
                      "it wires the instances in its NETWORK");
  if (!diagnostics.ok()) return std::nullopt;
  const auto problem = problem_of(*words, modules, *parent, diagnostics);
  if (diagnostics.ok() && problem.dies.empty())
    diagnostics.error(words->spot(parent->where),
                      fmt::format("'{}' has no instances in a NETWORK", parent->name));
  if (!diagnostics.ok()) return std::nullopt;
  return layout_file::to_toml(
      problem, fmt::format("From '{}' (YAL, micrometres).", files[0].filename().generic_string()));
}

}  // namespace marquetry::exchange
