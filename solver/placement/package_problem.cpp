#include "placement/package_problem.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "layout/rules_file.h"
#include "placement/section.h"
#include "power/power.h"
#include "topology/design.h"

namespace marquetry::placement {
namespace {

using layout::Nanometre;

constexpr double nanometre = 1e-9;  // in metres, the coherent unit

// Lengths are rounded up, so that what fits in nanometres fits.
Nanometre rounded_up(Length<> length) {
  return static_cast<Nanometre>(std::ceil(length / unit::m / nanometre - 1e-6));
}

// The PHY of an HBM stack faces its host within 2-3 mm: bodies and gaps of TAP-2.5D's and ATPlace2.5D's
// packages.
constexpr Nanometre usual_memory_reach = 3'000'000;

// Bridges of 4 x 4 to 8 x 12 mm: Intel's EMIB as chipfoundryservices.com describes it. That one reaches 1 mm
// under each die is an estimate: the depth of an x64 UCIe module at a bump pitch of 45 um (UCIe 1.0, 1043
// um).
constexpr layout::BridgeRules usual_bridges{.least = {4'000'000, 4'000'000},
                                            .largest = {8'000'000, 12'000'000},
                                            .under_die = 1'000'000,
                                            .gap = 100'000};

// One exposure: 26 x 33 mm.
constexpr layout::Size exposure{26'000'000, 33'000'000};

std::size_t whole(double count) { return static_cast<std::size_t>(std::llround(count)); }

struct Building {
  const Design& design;
  const Choice& choice;
  const System<double>& system;
  const Evaluation<double>& evaluation;
  PackageProblem& out;
  std::vector<std::size_t> first_of_die{}, first_of_memory{};  // index of instance 0 in the problem
};

void add_dies(Building& b) {
  const auto& [design, choice, system, evaluation, out, firsts, memories] = b;
  for (std::size_t d = 0; d < system.dies.size(); ++d) {
    const auto& die = system.dies[d];
    const auto& outline = evaluation.outlines[d];
    const std::size_t count = whole(die.count);
    b.first_of_die.push_back(b.out.problem.dies.size());
    const auto& power = evaluation.die_powers[d];
    for (std::size_t i = 0; i < count; ++i) {
      b.out.problem.dies.push_back({.name = layout::instance_name(die.id, i, count),
                                    .size = {rounded_up(outline.width), rounded_up(outline.height)},
                                    .power = (power.dynamic + power.leakage) / unit::W,
                                    .kind = d});
      b.out.parts.push_back({.type = d, .instance = i});
    }
  }
  for (std::size_t d = 0; d < system.dies.size(); ++d) {  // all dies have their index now
    if (!system.dies[d].parent) continue;
    const std::size_t below = *system.dies[d].parent, count = whole(system.dies[d].count),
                      places = whole(system.dies[below].count);
    for (std::size_t i = 0; i < count; ++i) {
      b.out.problem.dies[b.first_of_die[d] + i].on = b.first_of_die[below] + i * places / count;
    }
  }
}

// Where on the package a network or memory ends: its instances, those that stand on others at their foot.
std::size_t foot(const layout::Problem& problem, std::size_t die) {
  while (problem.dies[die].on) die = *problem.dies[die].on;
  return die;
}

void add_memories(Building& b) {
  auto& problem = b.out.problem;
  for (std::size_t m = 0; m < b.system.memories.size(); ++m) {
    const auto& attached = b.system.memories[m];
    b.first_of_memory.push_back(problem.dies.size());
    if (attached.memory.on_package == 0) continue;
    const std::size_t hosts = whole(b.system.dies[attached.host].count), each = whole(attached.stacks);
    const Nanometre width = rounded_up(attached.memory.phy_beachfront);
    const double watts =
        b.evaluation.power.memories[m] / unit::W / std::max(1.0, static_cast<double>(hosts * each));
    for (std::size_t i = 0; i < hosts * each; ++i) {
      problem.dies.push_back(
          {.name = layout::instance_name(attached.id, i, hosts * each),
           .size = {rounded_up(attached.memory.width), rounded_up(attached.memory.height)},
           .power = watts,
           .temperature_limit = (attached.memory.temperature_limit - unit::freezing_point) / unit::K,
           .kind = b.system.dies.size() + m,
           .is_memory = true});
      b.out.parts.push_back({.is_memory = true, .type = m, .instance = i});
      const std::size_t owner = b.first_of_die[attached.host] + i / each, host = foot(problem, owner),
                        stack = problem.dies.size() - 1;
      if (attached.on_host > 0) {  // straight up from its host
        problem.dies[stack].on = owner;
        continue;
      }
      layout::Phy phy{.modules = 1,
                      .width = width,
                      .depth = rounded_up(attached.memory.phy_area / attached.memory.phy_beachfront),
                      .reach = usual_memory_reach,
                      .wires = attached.memory.phy_bumps,
                      .side_b = layout::Side::bottom,
                      .faces = true};
      problem.links.push_back({.name = problem.dies[host].name + "-" + problem.dies[stack].name,
                               .a = host,
                               .b = stack,
                               .wires = phy.wires,
                               .phy = phy,
                               .row = attached.id});
      b.out.wiring.push_back({.is_memory = true, .of = m, .a = owner, .b = stack});
    }
  }
}

// Links of one network, and how many modules each takes on either die.
struct Bundle {
  std::size_t from{}, to{}, modules{};  // instances
};

std::vector<Bundle> bundles_within(Building& b, const Network<double>& network, std::string_view shape) {
  const auto& graph = network.graph;
  const std::size_t each = whole(network.modules), degree = std::max<std::size_t>(1, whole(graph.degree));
  if (each % degree != 0) {
    b.out.notes.push_back(
        fmt::format("network '{}': {} modules on each die do not share out evenly over its {} links; "
                    "each link is placed with {}",
                    network.id, each, degree, std::max<std::size_t>(1, each / degree)));
  }
  std::vector<Bundle> bundles;
  for (const auto& [a, c] :
       topology::edges(*topology::find_generator(shape), whole(b.system.dies[network.from].count))) {
    bundles.push_back({a, c, std::max<std::size_t>(1, each / degree)});
  }
  return bundles;
}

// Every die of `from` shares its modules out over the dies of `to`, as evenly as whole modules can be.
std::vector<Bundle> bundles_between(const Network<double>& network, std::size_t from, std::size_t to) {
  const std::size_t each = whole(network.modules);
  std::vector<Bundle> bundles;
  std::size_t next = 0;
  for (std::size_t i = 0; i < from; ++i) {
    std::vector<std::size_t> modules(to, each / to);
    for (std::size_t k = 0; k < each % to; ++k) ++modules[next++ % to];
    for (std::size_t j = 0; j < to; ++j) {
      if (modules[j] > 0) bundles.push_back({i, j, modules[j]});
    }
  }
  return bundles;
}

void add_network(Building& b, std::size_t n) {
  const auto& network = b.system.networks[n];
  auto& problem = b.out.problem;
  const std::size_t from = whole(b.system.dies[network.from].count);
  const Nanometre width = rounded_up(network.link.module_width),
                  depth = rounded_up(network.link.module_area / network.link.module_width);
  if (!network.to) {
    for (std::size_t i = 0; i < from; ++i) {
      problem.externals.push_back({.name = network.id,
                                   .die = foot(problem, b.first_of_die[network.from] + i),
                                   .modules = whole(network.modules),
                                   .width = width,
                                   .depth = depth});
    }
    return;
  }
  if (in_stack(b.system, network)) return;  // from die to die, straight up
  const auto bundles =
      *network.to == network.from
          ? bundles_within(b, network, chosen(b.design, b.choice, b.design.links[n].topology))
          : bundles_between(network, from, whole(b.system.dies[*network.to].count));
  for (const auto& bundle : bundles) {
    const std::size_t near = b.first_of_die[network.from] + bundle.from,
                      far = b.first_of_die[*network.to] + bundle.to, a = foot(problem, near),
                      c = foot(problem, far);
    layout::Phy phy{.modules = bundle.modules,
                    .width = width,
                    .depth = depth,
                    .reach = static_cast<Nanometre>(network.link.reach / unit::m / nanometre),
                    .wires = network.link.wires};
    problem.links.push_back({.name = problem.dies[a].name + "-" + problem.dies[c].name,
                             .a = a,
                             .b = c,
                             .wires = static_cast<double>(bundle.modules) * network.link.wires,
                             .phy = phy,
                             .row = network.id});
    b.out.wiring.push_back({.of = n, .a = near, .b = far});
  }
}

// Links warm the dies at their two ends, half each; those to the outside the dies that have them.
void add_link_power(Building& b) {
  const auto give = [&](std::size_t type, double watts) {
    const auto count = b.system.dies[type].count;
    for (std::size_t i = 0; i < whole(count); ++i)
      b.out.problem.dies[b.first_of_die[type] + i].power += watts / count;
  };
  for (const auto& network : b.system.networks) {
    const double watts = power::link_power(b.system, network) / unit::W;
    give(network.from, watts / 2);
    give(network.to.value_or(network.from), watts / 2);
  }
}

void add_carrier(Building& b, const Packaging& row) {
  auto& problem = b.out.problem;
  const auto& packaging = b.system.packaging;
  const auto side = [&](double factor) {
    return std::sqrt(b.evaluation.area.footprint * factor / (unit::m * unit::m)) / nanometre;
  };
  const bool has_carrier = packaging.carrier_factor > 0;
  const double inner = side(1),
               carrier = side(has_carrier ? packaging.carrier_factor : packaging.substrate_factor),
               package = side(packaging.substrate_factor);
  problem.gap = rounded_up(packaging.die_gap);
  problem.edge = static_cast<Nanometre>(std::max(0.0, (carrier - inner) / 2));
  problem.carrier.package_edge = static_cast<Nanometre>(std::max(0.0, (package - carrier) / 2));
  const Area<> limit = has_carrier ? packaging.carrier_limit : packaging.substrate_limit;
  problem.carrier.largest_area = limit / (unit::m * unit::m) / (nanometre * nanometre);
  if (row.family == "silicon-interposer") problem.carrier.field = exposure;
  problem.bumps.pitch = rounded_up(packaging.bump_pitch);
  if (row.family != "bridge" && row.family != "local-silicon") return;
  problem.bridges = usual_bridges;
  for (std::size_t l = 0; l < problem.links.size(); ++l) {
    const auto& wiring = b.out.wiring[l];
    const bool is_fine = wiring.is_memory || b.system.networks[wiring.of].link.reach < 10 * unit::mm;
    problem.links[l].phy->bridged = is_fine;
    problem.links[l].phy->faces = problem.links[l].phy->faces || is_fine;
  }
}

// The base of the cooling, or the carrier where that is larger (thermal/spread.h), with the resistance of the
// whole solution; what is lost in links and regulators warms it evenly.
layout::Plate plate(const Building& b, const Cooling& cooling) {
  const double side = cooling.base.typ;
  const auto watts = [](Power<> p) { return p / unit::W; };
  double background = watts(b.evaluation.power.total);
  for (const auto& die : b.out.problem.dies) background -= die.power;
  return {.width = side,
          .height = side,
          .thickness = cooling.base_thickness.typ,
          .conductivity = cooling.base_conductivity.typ,
          .transfer = 1 / (b.system.cooling.resistance.si() * side * side),
          .contact = b.system.assumptions.die_resistance.si(),
          .background = std::max(background, 0.0)};
}

// The joints of stacked dies, by level: that of the first die type, or memory, that stands so high.
std::vector<const Packaging*> stackings(const Building& b, const Library& library) {
  std::vector<const Packaging*> out;
  const auto level_of = [&](std::optional<std::size_t> on) {
    std::size_t level = 0;
    for (; on; on = b.system.dies[*on].parent) ++level;
    return level;
  };
  const auto add = [&](std::size_t level, const OpenName& stacking) {
    if (out.size() < level) out.resize(level);
    if (out[level - 1] == nullptr)
      out[level - 1] = find(library.packagings, chosen(b.design, b.choice, stacking));
  };
  for (std::size_t d = 0; d < b.system.dies.size(); ++d) {
    if (const auto parent = b.system.dies[d].parent) add(level_of(parent), b.design.dies[d].stacking);
  }
  for (std::size_t m = 0; m < b.system.memories.size(); ++m) {
    const auto& memory = b.system.memories[m];
    if (memory.on_host > 0) add(level_of(memory.host), *b.design.memories[m].stacking);
  }
  return out;
}

// Layers of the package, what memories are made of, and how hot each may get.
void add_section(Building& b, const Library& library) {
  const auto& design = b.design;
  b.out.section = {.packaging = find(library.packagings, chosen(design, b.choice, design.packaging)),
                   .cooling = find(library.coolings, chosen(design, b.choice, design.cooling)),
                   .resistance = b.system.cooling.resistance.si(),
                   .stackings = stackings(b, library),
                   .section = chosen(design, b.choice, design.section),
                   .tim = chosen(design, b.choice, design.tim),
                   .lid = chosen(design, b.choice, design.lid)};
  if (design.lid_thickness) b.out.section.lid_thickness = chosen(design, b.choice, *design.lid_thickness);
  b.out.problem.section = package_section(library, b.out.section);
  const auto& usual = *find(library.assumptions, chosen(design, b.choice, design.assumptions));
  const auto celsius = [](const auto& known, double otherwise) {
    return known.known ? known.typ - unit::freezing_point.si() : otherwise;
  };
  const double limit = (b.system.assumptions.junction_limit - unit::freezing_point) / unit::K,
               throttle = celsius(usual.throttle, 0);
  for (std::size_t d = 0; d < b.out.parts.size(); ++d) {
    auto& die = b.out.problem.dies[d];
    const auto& part = b.out.parts[d];
    if (part.is_memory) {
      const auto& row = *find(library.memories, chosen(design, b.choice, design.memories[part.type].memory));
      die.body = memory_body(library, row);
      die.throttle = celsius(row.throttle, 0);
    } else {
      const auto& row = *find(library.nodes, chosen(design, b.choice, design.dies[part.type].node));
      die.temperature_limit = celsius(row.temperature_limit, limit);
      die.throttle = celsius(row.throttle, throttle);
      if (b.out.problem.section) die.body = parted_silicon(*b.out.problem.section, row);
    }
  }
}

bool add_rules(Building& b, Diagnostics& diagnostics) {
  if (!b.design.layout) return true;
  const int before = diagnostics.errors();
  Reader reader{*b.design.layout, "layout", diagnostics};
  layout::read_rules(reader, layout::names_of(b.out.problem), b.out.problem);
  if (const auto* value = reader.find("memory_reach")) {
    const auto reach = layout::read_length(*value, "memory_reach", diagnostics);
    for (std::size_t l = 0; reach && l < b.out.wiring.size(); ++l) {
      if (b.out.wiring[l].is_memory) b.out.problem.links[l].phy->reach = *reach;
    }
  }
  return diagnostics.errors() == before;
}

}  // namespace

std::optional<PackageProblem> package_problem(const Prepared& prepared, const Choice& choice,
                                              const System<double>& system,
                                              const Evaluation<double>& evaluation,
                                              Diagnostics& diagnostics) {
  PackageProblem out;
  const Design& design = *prepared.design;
  out.problem.name = design.name;
  out.problem.unit = 1e6;
  out.problem.ambient = (system.cooling.ambient - unit::freezing_point) / unit::K;
  Building building{design, choice, system, evaluation, out};
  add_dies(building);
  add_memories(building);
  for (std::size_t n = 0; n < system.networks.size(); ++n) add_network(building, n);
  add_link_power(building);
  add_carrier(building, *find(prepared.library->packagings, chosen(design, choice, design.packaging)));
  out.problem.plate =
      plate(building, *find(prepared.library->coolings, chosen(design, choice, design.cooling)));
  add_section(building, *prepared.library);
  if (!add_rules(building, diagnostics)) return std::nullopt;
  return out;
}

}  // namespace marquetry::placement
