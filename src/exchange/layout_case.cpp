#include "exchange/layout_case.h"

#include <algorithm>

#include "exchange/case_fields.h"
#include "exchange/case_section.h"

namespace marquetry::exchange {
namespace {

using layout::Die;
using layout::Pin;
using layout::Point;
using layout::Problem;

std::string numbered(std::string_view what, std::size_t i) {
  return std::string{what} + " " + std::to_string(i);
}

// ---- floorplans: blocks, terminals, nets of names

constexpr double least_utilisation = 0.9;
constexpr double micron = 1000;  // the benchmarks without a unit are drawn as if they were in micrometres

struct Frame {
  double x{1}, y{1};  // by which terminals are scaled
  bool has_terminals{true};
  bool centre_pins{};
};

Die read_block(const Node& node, std::size_t i, Diagnostics& diagnostics) {
  Fields fields{node, numbered("block", i), diagnostics};
  Die die{.name = fields.name(numbered("block", i)), .rotations = 0b0011, .kind = i};
  double area = 0;  // um2
  if (fields.optional("area") != nullptr && fields.optional("w") == nullptr) {
    area = fields.number("area", 0, longest, "of a block with open sides");
    const double least = fields.number_or("ar_min", 1, 1e-3, 1e3),
                 most = fields.number_or("ar_max", 1, 1e-3, 1e3);
    if (area <= 0 || least > most) {
      diagnostics.error(node.where,
                        fields.what() + ": a soft block needs an area above 0 and ar_min <= ar_max");
      area = 1;
    }
    die.soft = layout::Soft{
        .area = area * micron * micron, .least_aspect = least, .largest_aspect = std::max(least, most)};
    die.size = layout::squarest(*die.soft);
    die.rotations = 0b0001;
  } else {
    die.size = {fields.length("w", micron, "width"), fields.length("h", micron, "height")};
    area = geometry::area(die.size) / (micron * micron);
  }
  die.power = area * 1e-12 * fields.number_or("power_density_W_per_m2", 0, 0, 1e12);
  return die;
}

class Names {
 public:
  void add(const std::string& name, const Pin& pin, const SourceSpot& where, Diagnostics& diagnostics) {
    if (!pins_.emplace(name, pin).second) {
      diagnostics.error(where, "the name '" + name + "' stands twice",
                        "give each block and terminal a name of its own");
    }
  }
  const Pin* find(const std::string& name) const {
    const auto found = pins_.find(name);
    return found == pins_.end() ? nullptr : &found->second;
  }
  std::string suggestion(const std::string& name) const {
    if (pins_.size() > 1000) return {};
    std::vector<std::string_view> names;
    for (const auto& [known, pin] : pins_) names.push_back(known);
    return did_you_mean(name, names);
  }

 private:
  std::map<std::string, Pin> pins_{};
};

// Offsets are in % of the unturned width and height, from the centre.
Point offset_point(const Die& die, double dx, double dy) {
  return {std::llround(static_cast<double>(die.size.width) * (0.5 + dx / 100)),
          std::llround(static_cast<double>(die.size.height) * (0.5 + dy / 100))};
}

double offset(const Node& node, Diagnostics& diagnostics) {
  if (node.kind == NodeKind::number && std::abs(node.number) <= 100) return node.number;
  diagnostics.error(node.where, "an offset must be a number of per cent from the centre, from -100 to 100");
  return 0;
}

std::optional<Pin> read_named_pin(const Node& node, const Problem& problem, const Names& names,
                                  const Frame& frame, Diagnostics& diagnostics) {
  const bool with_offset = node.kind == NodeKind::list && node.items.size() == 3;
  const Node& name = with_offset ? node.items[0] : node;
  if (name.kind != NodeKind::text) {
    diagnostics.error(node.where, "a pin must be the name of a block or terminal, or [name, dx %, dy %]");
    return std::nullopt;
  }
  const auto* found = names.find(name.text);
  if (found == nullptr) {
    diagnostics.error(name.where, "no block or terminal '" + name.text + "'", names.suggestion(name.text));
    return std::nullopt;
  }
  Pin pin = *found;
  if (!pin.die && !frame.has_terminals) return std::nullopt;
  if (pin.die && with_offset && !frame.centre_pins) {
    pin.at_centre = false;
    pin.at = offset_point(problem.dies[*pin.die], offset(node.items[1], diagnostics),
                          offset(node.items[2], diagnostics));
  }
  return pin;
}

void read_named_nets(Fields& fields, Problem& problem, const Names& names, const Frame& frame) {
  for (const auto& node : fields.items("nets")) {
    if (node.kind != NodeKind::list) {
      fields.diagnostics().error(node.where, "a net must be a list of pins");
      continue;
    }
    layout::Net net;
    for (const auto& item : node.items) {
      if (const auto pin = read_named_pin(item, problem, names, frame, fields.diagnostics()))
        net.pins.push_back(*pin);
    }
    if (net.pins.size() > 1) problem.nets.push_back(std::move(net));
  }
}

Problem read_floorplan(const Node& root, Setting setting, Diagnostics& diagnostics) {
  Fields fields{root, "the case", diagnostics};
  Problem problem{.name = fields.name("case"), .unit = micron};
  Names names;
  double area = 0;
  const auto& blocks = fields.items("blocks", "what is to be placed");
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    problem.dies.push_back(read_block(blocks[i], i, diagnostics));
    const auto& die = problem.dies.back();
    area += die.soft ? die.soft->area : geometry::area(die.size);
    names.add(die.name, {.die = i, .at_centre = true}, blocks[i].where, diagnostics);
  }
  if (blocks.empty()) diagnostics.error(name_spot(root), "the case has no blocks");

  layout::Size side{};
  Frame frame{.has_terminals = setting != Setting::free, .centre_pins = setting == Setting::scaled};
  const auto* given = fields.optional("terminal_frame");
  if (setting == Setting::native && given == nullptr) {
    diagnostics.error(name_spot(root),
                      "the case has no 'terminal_frame', which the native setting takes for outline",
                      "use the setting 'scaled' or 'free'");
  }
  if (setting == Setting::scaled) {
    side.width = side.height = static_cast<Nanometre>(std::floor(std::sqrt(area / least_utilisation)));
    problem.carrier.least_aspect = 0.99;
    problem.carrier.largest_aspect = 1.01;
    problem.carrier.least_utilisation = least_utilisation;
  }
  if (given != nullptr) {
    Fields sides{*given, "'terminal_frame'", diagnostics};
    const layout::Size terminal{sides.length("w", micron, "width"), sides.length("h", micron, "height")};
    if (setting == Setting::native) side = terminal;
    if (setting == Setting::scaled) {
      const double scaled = std::floor(std::sqrt(1.1 * area));
      frame.x = scaled / static_cast<double>(terminal.width);
      frame.y = scaled / static_cast<double>(terminal.height);
    }
  }
  if (setting != Setting::free) problem.carrier.fixed = side;

  const auto& terminals = fields.items("terminals");
  for (std::size_t i = 0; i < terminals.size(); ++i) {
    Fields terminal{terminals[i], numbered("terminal", i), diagnostics};
    const auto name = terminal.name(numbered("terminal", i));
    const double x = terminal.number("x", -longest, longest, "position") * micron * frame.x,
                 y = terminal.number("y", -longest, longest, "position") * micron * frame.y;
    if (std::max(std::abs(x), std::abs(y)) > longest) {
      diagnostics.error(terminals[i].where, terminal.what() + " lies further than 10 m out");
      continue;
    }
    const Point at{std::llround(x), std::llround(y)};
    names.add(name, {.at = at}, terminals[i].where, diagnostics);
    if (!frame.has_terminals) continue;
    problem.terminal_names.push_back(name);
    problem.terminals.push_back(at);
  }
  read_named_nets(fields, problem, names, frame);
  return problem;
}

// ---- packages: dies by index, bundles of wires or nets between pins

// The suffix and the nanometres of the unit that lengths are given in.
struct Unit {
  std::string suffix{};
  double nanometres{};
};

Unit read_unit(const Node& root, Diagnostics& diagnostics) {
  const auto* node = find(root, "unit");
  if (node != nullptr && node->kind == NodeKind::text) {
    if (node->text == "mm") return {"_mm", 1e6};
    if (node->text == "um") return {"_um", 1e3};
  }
  diagnostics.error(node == nullptr ? name_spot(root) : node->where,
                    "the unit of a case with dies must be \"mm\" or \"um\"");
  return {"_mm", 1e6};
}

std::optional<std::array<layout::Clump, 4>> read_clumps(Fields& fields, Nanometre ring) {
  const auto* node = fields.optional("clump_capacity_wires");
  if (node == nullptr) return std::nullopt;
  Fields capacity{*node, fields.what() + ": 'clump_capacity_wires'", fields.diagnostics()};
  const layout::Clump side{capacity.number("left_right", 0, 1e12, "wires"), ring / 2},
      end{capacity.number("top_bottom", 0, 1e12, "wires"), ring / 2};
  return std::array{end, side, end, side};
}

std::optional<std::size_t> read_index(const Node& node, const Problem& problem, Diagnostics& diagnostics) {
  const auto last = problem.dies.size();
  if (node.kind == NodeKind::number && node.number >= 0 && node.number < static_cast<double>(last) &&
      node.number == std::floor(node.number)) {
    return static_cast<std::size_t>(node.number);
  }
  diagnostics.error(node.where, "a die must be named by its index, from 0 to " + std::to_string(last - 1) +
                                    ", not " + quoted(node));
  return std::nullopt;
}

void read_links(Fields& fields, Problem& problem) {
  const auto& links = fields.items("links");
  for (std::size_t i = 0; i < links.size(); ++i) {
    Fields link{links[i], numbered("link", i), fields.diagnostics()};
    const auto* a = link.required("a", "index of a die");
    const auto* b = link.required("b", "index of a die");
    const double wires = link.number("wires", 0, 1e9, "in each direction");
    if (a == nullptr || b == nullptr) continue;
    const auto from = read_index(*a, problem, fields.diagnostics()),
               to = read_index(*b, problem, fields.diagnostics());
    if (!from || !to) continue;
    if (*from == *to) {
      fields.diagnostics().error(links[i].where, link.what() + " joins a die to itself");
      continue;
    }
    if (wires > 0) {
      const auto name = problem.dies[*from].name + "-" + problem.dies[*to].name;
      problem.links.push_back({.name = link.name(name), .a = *from, .b = *to, .wires = 2 * wires});
    }
  }
}

void read_pin_nets(Fields& fields, Problem& problem) {
  for (const auto& node : fields.items("nets")) {
    layout::Net net;
    for (const auto& pin : node.items) {
      if (pin.kind != NodeKind::list || pin.items.size() != 3) {
        fields.diagnostics().error(pin.where, "a pin must be [die, dx %, dy %]");
        continue;
      }
      const auto die = read_index(pin.items[0], problem, fields.diagnostics());
      if (!die) continue;
      const double dx = offset(pin.items[1], fields.diagnostics()),
                   dy = offset(pin.items[2], fields.diagnostics());
      net.pins.push_back({.die = die, .at = offset_point(problem.dies[*die], dx, dy)});
    }
    if (net.pins.size() > 1) problem.nets.push_back(std::move(net));
  }
}

Problem read_package(const Node& root, Diagnostics& diagnostics) {
  Fields fields{root, "the case", diagnostics};
  const auto [suffix, unit] = read_unit(root, diagnostics);
  Problem problem{.name = fields.name("case"), .unit = unit};
  const auto& dies = fields.items("dies", "what is to be placed");
  for (std::size_t i = 0; i < dies.size(); ++i) {
    Fields die{dies[i], numbered("die", i), diagnostics};
    const auto ring = die.length_or("ubump_ring" + suffix, unit, 0);
    Die made{.name = die.name(numbered("die", i)),
             .size = {die.length("w", unit, "width"), die.length("h", unit, "height")},
             .ring = ring,
             .clumps = read_clumps(die, ring),
             .power = die.number_or("power_W", 0, 0, 1e6),
             .kind = i};
    if (made.clumps) made.rotations = 0b0011;  // opposite clumps are alike
    problem.dies.push_back(std::move(made));
  }
  if (dies.empty()) diagnostics.error(name_spot(root), "the case has no dies");
  if (const auto* node = fields.optional("interposer")) {
    Fields sides{*node, "'interposer'", diagnostics};
    problem.carrier.fixed = layout::Size{sides.length("w", unit, "width"), sides.length("h", unit, "height")};
  }
  problem.gap = fields.length_or("min_gap" + suffix, unit, 0);
  problem.edge = layout::edge_outside_rings(fields.length_or("edge_margin" + suffix, unit, 0), problem.dies);
  problem.ambient = fields.number_or("ambient_C", problem.ambient, -273.15, 1000);
  problem.section = read_section(fields);
  if (!problem.dies.empty()) {
    read_links(fields, problem);
    read_pin_nets(fields, problem);
  }
  return problem;
}

}  // namespace

std::optional<layout::Problem> read_layout_case(const Node& root, Setting setting, Diagnostics& diagnostics) {
  const int before = diagnostics.errors();
  std::optional<Problem> problem;
  if (root.is_table() && find(root, "dies") != nullptr) {
    problem = read_package(root, diagnostics);
  } else if (root.is_table() && find(root, "io_types") != nullptr) {
    diagnostics.error(name_spot(root),
                      "this case has blocks that are to be partitioned into chiplets, with no sizes to place",
                      "partition it first, and place the dies that come out");
  } else if (root.is_table() && find(root, "blocks") != nullptr) {
    problem = read_floorplan(root, setting, diagnostics);
  } else {
    diagnostics.error(name_spot(root), "a layout case needs 'blocks' (a floorplan) or 'dies' (a package)");
  }
  if (diagnostics.errors() > before) return std::nullopt;
  return problem;
}

}  // namespace marquetry::exchange
