// From below: board, package plane, the carrier's planes on both ends of its vias, the dies' own grids, those
// of dies on dies above. The supply is mirrored by the ground.
#include "refine/supply.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/text.h"
#include "placement/bumps.h"

namespace marquetry::refine {
namespace {

using delivery::Box;
using delivery::Joints;
using delivery::Net;
using layout::Problem;

constexpr double nanometre = 1e-9;

struct Metal {
  const Conductor *grid{}, *board{}, *package{}, *ball{}, *joint{}, *sheet{}, *via{}, *below{};
  const Conductor* through{};  // a die that others stand on
};

const Conductor* named(const Library& library, std::string_view id, std::string_view otherwise) {
  return find(library.conductors, id.empty() ? otherwise : id);
}

// The rows that this package takes; of a library without them none.
Metal metal_of(const Library& library, const Packaging& packaging) {
  Metal out{.grid = named(library, "die-grid", {}),
            .board = named(library, "board-plane", {}),
            .package = named(library, "package-plane", {}),
            .ball = named(library, "ball", {}),
            .joint = named(library, packaging.joint, "c4"),
            .below = named(library, packaging.carrier_joint, "c4"),
            .through = named(library, "silicon-via", {})};
  if (packaging.carrier_factor.typ > 0 && !packaging.carrier_sheet.empty()) {
    out.sheet = named(library, packaging.carrier_sheet, {});
    if (!packaging.carrier_via.empty()) out.via = named(library, packaging.carrier_via, {});
  }
  return out;
}

// What is asked of each die, and of all that stand on it.
struct Drawn {
  double voltage{}, current{};
  std::vector<power::Spot> spots{};    // where, from the corner of the die
  const Conductor* joint{};            // to what it stands on
  double pitch{};                      // m
  std::map<double, double> of_pile{};  // A by voltage, with its own
};

struct Building {
  const Problem& problem;
  const layout::Layout& layout;
  const Delivery& row;
  const Metal metal;
  std::vector<Drawn> dies{};
  std::vector<std::size_t> levels{};     // by die: 0 on the carrier
  std::vector<delivery::Sites> sites{};  // by die
  double total{};                        // A of all nets

  Box box(const geometry::Rect& rect) const {
    const auto& low = layout.package.low;
    return {static_cast<double>(rect.low.x - low.x) * nanometre,
            static_cast<double>(rect.low.y - low.y) * nanometre,
            static_cast<double>(rect.width()) * nanometre, static_cast<double>(rect.height()) * nanometre};
  }
};

std::vector<Drawn> drawn(const Prepared& prepared, const Choice& choice, const System<double>& system,
                         const Evaluation<double>& powers, const placement::PackageProblem& package,
                         const layout::Layout& layout, const Delivery& row, const Conductor* joint) {
  const auto& library = *prepared.library;
  const auto maps = power::power_maps(library, *prepared.design, choice, system, powers.die_powers,
                                      powers.power, package.problem, layout);
  const auto& dies = package.problem.dies;
  std::vector<Drawn> out(dies.size());
  for (std::size_t d = 0; d < out.size(); ++d) {
    const auto& part = package.parts[d];
    // The joint to the die below; of what stands on the carrier, none.
    const PackagingParameters<double>* stacked = nullptr;
    const OpenName* stacking = nullptr;
    if (part.is_memory && system.memories[part.type].on_host > 0) {
      stacked = &*system.memories[part.type].stacking;
      stacking = &*prepared.design->memories[part.type].stacking;
    } else if (!part.is_memory && system.dies[part.type].parent) {
      stacked = &system.dies[part.type].stacking;
      stacking = &prepared.design->dies[part.type].stacking;
    }
    out[d].voltage =
        part.is_memory
            ? row.memory_voltage.typ
            : power::supply_voltage(system.dies[part.type], powers.die_powers[part.type]) / unit::V;
    out[d].pitch = (stacked != nullptr ? *stacked : system.packaging).bump_pitch / unit::m;
    out[d].joint = joint;
    if (stacking != nullptr) {
      const auto& joint_row = *find(library.packagings, chosen(*prepared.design, choice, *stacking));
      out[d].joint = named(library, joint_row.joint, "microbump");
    }
    if (out[d].voltage <= 0) continue;
    out[d].spots = maps[d].spots;
    for (const auto& spot : out[d].spots) out[d].current += (spot.dynamic + spot.leakage) / out[d].voltage;
  }
  for (std::size_t d = 0; d < out.size(); ++d) {
    if (out[d].current <= 0) continue;
    for (std::optional<std::size_t> at = d; at; at = dies[*at].on)
      out[*at].of_pile[out[d].voltage] += out[d].current;
  }
  return out;
}

// Of a die on the carrier as its bumps are mapped; of one on another die by its area and what its links need.
std::vector<delivery::Sites> sites_of(const Building& b, const System<double>& system,
                                      const Evaluation<double>& powers,
                                      const std::vector<placement::Part>& parts) {
  std::vector<delivery::Sites> out(b.problem.dies.size());
  for (std::size_t d = 0; d < out.size(); ++d) {
    const auto& part = parts[d];
    const auto size = b.box(layout::outline(b.layout, d));
    out[d] = {.die = b.problem.dies[d].name,
              .kind = part.is_memory ? system.memories[part.type].id : system.dies[part.type].id,
              .pitch = b.dies[d].pitch};
    if (out[d].pitch > 0) out[d].all = std::floor(size.width * size.height / (out[d].pitch * out[d].pitch));
    if (!part.is_memory) out[d].signals = std::ceil(powers.outlines[part.type].signal_bumps);
  }
  for (const auto& map : placement::plan_bumps(b.problem, b.layout).maps) {
    out[map.die].all = static_cast<double>(map.bumps.size());
    out[map.die].signals = static_cast<double>(map.signals) + std::ceil(map.homeless);
  }
  return out;
}

struct Foot {
  Box box{};
  double current{};  // A of the net
};

// Of a net, the feet of its piles: below them metal and joints are its own.
std::vector<Foot> feet(const Building& b, double voltage) {
  std::vector<Foot> out;
  for (std::size_t d = 0; d < b.dies.size(); ++d) {
    const auto& pile = b.dies[d].of_pile;
    const bool is_most = pile.contains(voltage) && std::ranges::max_element(pile, {}, [](const auto& one) {
                                                     return one.second;
                                                   })->first == voltage;
    if (b.levels[d] == 0 && is_most) out.push_back({b.box(layout::outline(b.layout, d)), pile.at(voltage)});
  }
  return out;
}

// What a net has of what lies below the dies.
struct Own {
  std::vector<Foot> feet{};  // all below these
  double share{1};           // of the rest
};

double area(const Box& box) { return box.width * box.height; }

// Joints of one polarity below `rect`, of a pitch, of one net.
Joints field(const Building& b, std::string name, std::size_t below, const Box& rect,
             const Conductor& conductor, const Own& own) {
  const double pitch = conductor.pitch.typ;
  const double density = pitch > 0 ? b.row.power_share.typ / 2 / (pitch * pitch) : 0;
  Joints out{.name = std::move(name),
             .below = below,
             .resistance = conductor.resistance.typ,
             .limit = conductor.current_limit.typ,
             .inductance = conductor.inductance.typ};
  double elsewhere = area(rect), all = 0;
  for (const auto& foot : own.feet) {
    out.patches.push_back({foot.box, density * area(foot.box)});
    all += density * area(foot.box);
  }
  for (std::size_t d = 0; d < b.dies.size(); ++d)
    if (!own.feet.empty() && b.levels[d] == 0 && !b.dies[d].of_pile.empty())
      elsewhere -= area(b.box(layout::outline(b.layout, d)));
  const double rest = std::max(0.0, elsewhere) * density * own.share;
  out.patches.push_back({rect, rest});
  all += rest;
  if (all <= 0) out.patches = {{rect, all = 1}};
  for (auto& patch : out.patches) patch.part /= all;
  out.count = std::max(1.0, std::floor(all));
  return out;
}

// Board, package and carrier; the regulators feed the one of that name, and what lies below it is left out.
void add_base(const Building& b, std::string_view place, const Own& own, double resistance, Net& net) {
  const Box package = b.box(b.layout.package), carrier = b.box(b.layout.carrier);
  const auto sheet = [&](const char* name, const Conductor& conductor, const Box& rect) {
    delivery::Layer layer{.name = name};
    for (const auto& foot : own.feet) layer.regions.push_back({name, foot.box, conductor.resistance.typ});
    layer.regions.push_back({name, rect, conductor.resistance.typ / own.share});
    net.supply.layers.push_back(std::move(layer));
  };
  const auto top = [&] { return net.supply.layers.size() - 1; };
  const bool has_carrier = b.metal.sheet != nullptr;
  if (place == "board") {
    sheet("board", *b.metal.board, package);
    net.supply.joints.push_back(field(b, "balls", 0, package, *b.metal.ball, own));
  }
  if (place != "carrier" || !has_carrier) sheet("package", *b.metal.package, package);
  if (has_carrier) {
    if (place != "carrier")
      net.supply.joints.push_back(field(b, "bumps of the carrier", top(), carrier, *b.metal.below, own));
    if (b.metal.via != nullptr) {
      sheet("carrier, below", *b.metal.sheet, carrier);
      net.supply.joints.push_back(field(b, "vias of the carrier", top(), carrier, *b.metal.via, own));
    }
    sheet("carrier", *b.metal.sheet, carrier);
  }
  // In the package they stand below what they feed, each as strong as what it feeds is hungry.
  double drawn = 0;
  for (const auto& foot : own.feet) drawn += foot.current;
  if (place == "board" || drawn <= 0) {
    net.supply.feeds = {{"regulators", 0, place == "board" ? package : carrier, resistance / own.share}};
  } else {
    for (const auto& foot : own.feet)
      net.supply.feeds.push_back({"regulators", 0, foot.box, resistance / own.share * drawn / foot.current});
  }
}

// Grids of the dies that this voltage passes, their bumps and vias, and what they draw.
void add_dies(const Building& b, Net& net) {
  const std::size_t base = net.supply.layers.size();
  for (std::size_t d = 0; d < b.dies.size(); ++d) {
    const auto& die = b.dies[d];
    const auto passing = die.of_pile.find(net.voltage);
    if (passing == die.of_pile.end()) continue;
    const std::size_t layer = base + b.levels[d];
    while (net.supply.layers.size() <= layer)
      net.supply.layers.push_back(
          {net.supply.layers.size() == base ? "dies" : fmt::format("dies, level {}", b.levels[d] + 1), {}});
    const Box rect = b.box(layout::outline(b.layout, d));
    auto& regions = net.supply.layers[layer].regions;
    const std::size_t region = regions.size();
    const auto& name = b.problem.dies[d].name;
    regions.push_back({name, rect, b.metal.grid->resistance.typ});
    double all = 0;
    for (const auto& [voltage, current] : die.of_pile) all += current;
    Joints joints{.name = "bumps of " + name,
                  .below = layer - 1,
                  .region = region,
                  .patches = {{rect, 1}},
                  .count = std::max(1.0, std::floor(b.sites[d].available() / 2 * passing->second / all)),
                  .resistance = die.joint->resistance.typ,
                  .limit = die.joint->current_limit.typ,
                  .inductance = die.joint->inductance.typ};
    if (b.levels[d] > 0 && b.metal.through != nullptr) {  // through the die below, one via a bump
      joints.name = "bumps and vias of " + name;
      joints.resistance += b.metal.through->resistance.typ;
      joints.inductance += b.metal.through->inductance.typ;
      joints.limit = std::min(joints.limit, b.metal.through->current_limit.typ);
    }
    net.supply.joints.push_back(std::move(joints));
    if (die.voltage != net.voltage) continue;
    for (const auto& spot : die.spots)
      net.loads.push_back(
          {.die = name,
           .layer = layer,
           .region = region,
           .rect = {rect.x + spot.box.x, rect.y + spot.box.y, spot.box.width, spot.box.height},
           .current = (spot.dynamic + spot.leakage) / die.voltage});
  }
}

delivery::Decoupling decoupling(const Building& b, const Net& net, double share) {
  double area = 0;
  for (const auto& load : net.loads) area += load.rect.width * load.rect.height;
  return {.step = b.row.load_step.typ,
          .on_die = area * b.row.die_decoupling.typ,
          .in_package = share * b.row.package_decoupling.typ,
          .package_inductance = b.row.package_inductance.typ / share,
          .board_inductance = b.row.board_inductance.typ / share};
}

// What takes the regulators' input to them, where they do not stand on the board.
Net input_net(const Building& b, const delivery::Case& made) {
  Net net{.name = significant(b.row.input.typ, 3) + " V, input",
          .voltage = b.row.input.typ,
          .efficiency = b.row.first_efficiency.typ,
          .is_sensed = true};
  add_base(b, "board", {}, b.row.first_resistance.typ, net);
  auto& path = net.supply;
  while (path.layers.back().name != b.row.place && path.layers.size() > 2) path.layers.pop_back();
  std::erase_if(path.joints, [&](const Joints& j) { return j.below + 1 >= path.layers.size(); });
  for (std::size_t n = 0; n < made.nets.size(); ++n)
    net.loads.push_back({.die = "regulators of " + made.nets[n].name,
                         .layer = path.layers.size() - 1,
                         .rect = b.box(b.layout.carrier),
                         .of_net = n});
  return net;
}

}  // namespace

delivery::Case supply_case(const Prepared& prepared, const Choice& choice, const System<double>& system,
                           const Evaluation<double>& powers, const placement::PackageProblem& package,
                           const layout::Layout& layout, const Delivery& row, std::size_t cells) {
  const auto& packaging =
      *find(prepared.library->packagings, chosen(*prepared.design, choice, prepared.design->packaging));
  Building b{.problem = package.problem,
             .layout = layout,
             .row = row,
             .metal = metal_of(*prepared.library, packaging)};
  delivery::Case out{.name = prepared.design->name,
                     .limits = {.steady = row.steady_drop.typ, .total = row.total_drop.typ}};
  const Box frame = b.box(layout.package);
  const double side = std::max(frame.width, frame.height) / static_cast<double>(cells);
  const auto count = [side](double length) {
    return std::max<std::size_t>(1, static_cast<std::size_t>(std::ceil(length / side - 1e-9)));
  };
  out.plane = {count(frame.width), count(frame.height), frame.width, frame.height};
  const auto& m = b.metal;
  if (!m.grid || !m.board || !m.package || !m.ball || !m.joint || !m.below) return out;
  b.dies = drawn(prepared, choice, system, powers, package, layout, row, m.joint);
  if (std::ranges::any_of(b.dies, [](const Drawn& die) { return die.joint == nullptr; })) return out;

  std::map<double, double> currents;  // by voltage
  for (std::size_t d = 0; d < b.dies.size(); ++d) {
    std::size_t level = 0;
    for (auto at = b.problem.dies[d].on; at; at = b.problem.dies[*at].on) ++level;
    b.levels.push_back(level);
    if (b.dies[d].current > 0) currents[b.dies[d].voltage] += b.dies[d].current;
    b.total += b.dies[d].current;
  }
  b.sites = sites_of(b, system, powers, package.parts);
  for (const auto& sites : b.sites)
    if (sites.pitch > 0) out.sites.push_back(sites);
  for (const auto& [voltage, current] : currents) {
    const double share = current / b.total;
    Net net{.name = significant(voltage, 3) + " V",
            .voltage = voltage,
            .efficiency = row.efficiency.typ,
            .input = row.input.typ,
            .is_sensed = true};
    add_base(b, row.place, {.feet = feet(b, voltage), .share = share}, row.resistance.typ, net);
    add_dies(b, net);
    out.decoupling.push_back(decoupling(b, net, share));
    out.nets.push_back(std::move(net));
  }
  if (row.place != "board" && !out.nets.empty()) {
    auto input = input_net(b, out);
    out.nets.push_back(std::move(input));
  }
  return out;
}

}  // namespace marquetry::refine
