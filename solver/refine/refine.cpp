#include "refine/refine.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "placement/heat.h"
#include "placement/stacks.h"
#include "refine/heat.h"
#include "refine/routed.h"
#include "refine/supply.h"
#include "thermal/spread.h"

namespace marquetry::refine {
namespace {

constexpr Length<> nanometre = unit::nm;
constexpr Area<> square = nanometre * nanometre;

// All links of a network together: the slowest rate and the longest wire are those that count.
void add(const PlacedLink& link, PlacedNetwork& network) {
  network.wire = std::max(network.wire, link.longest);
  network.hop = std::max(network.hop, link.latency);
  network.lane_rate = std::min(network.lane_rate, link.lane_rate);
  network.efficiency = std::min(network.efficiency, link.efficiency);
  network.again = std::max(network.again, link.retry.mean);
  network.tail = std::max(network.tail, link.retry.tail);
}

// Packages that are not whole, but go on: a bin of their own, with what its slowest link still carries. A
// collective, which waits for that one, keeps the same share.
void bin_narrow(const Link& row, double modules, double thinnest, PlacedNetwork& network) {
  if (network.narrowed <= 0 || thinnest < 1) return;
  network.narrow_bin = std::pow(network.whole + network.narrowed, modules) - std::pow(network.whole, modules);
  network.narrow_bandwidth = (thinnest - 1 + row.narrow_lanes.typ / row.lanes.typ) / thinnest;
}

std::vector<PlacedNetwork> placed_networks(const Prepared& prepared, const Choice& choice,
                                           const System<double>& system, const Evaluation<double>& analytic,
                                           const std::vector<PlacedLink>& links) {
  const Library& library = *prepared.library;
  const Design& design = *prepared.design;
  const auto& packaging = *find(library.packagings, chosen(design, choice, design.packaging));
  std::vector<PlacedNetwork> out;
  for (std::size_t n = 0; n < system.networks.size(); ++n) {
    const auto& network = system.networks[n];
    const auto& row = *find(library.links, chosen(design, choice, design.links[n].link));
    const bool on_package = network.to && !in_stack(system, network);
    const auto* wires = on_package ? link::wires_of(library, packaging, row.link_class) : nullptr;
    PlacedNetwork made{.lane_rate = network.link.lane_rate,
                       .reach = network.link.reach,
                       .energy = network.link.energy,
                       .efficiency = network.link.efficiency};
    const auto lanes = usable_lanes(row, system, analytic, n, wires);
    made.lanes = lanes.count;
    if (lanes.limit) made.held_by = link::limit_names[static_cast<std::size_t>(*lanes.limit)];
    const double lost = link::lost_lane(joint_of(system, network).connection_yield);
    made.whole = link::whole(row, lost);
    made.narrowed = link::narrowed(row, lost);
    Length<> sum{};
    double count = 0, modules = 0, thinnest = std::numeric_limits<double>::infinity();
    for (const auto& link : links) {
      if (link.is_memory || link.of != n) continue;
      add(link, made);
      sum += link.sum;
      count += link.wires;
      modules += link.modules;
      thinnest = std::min(thinnest, link.modules);
    }
    if (modules > 0) bin_narrow(row, modules, thinnest, made);
    if (on_package && count > 0) {
      made.reach =
          std::min(Length<>::from_si(row.reach.typ), link::longest(row, wires, link::rates(row).front()));
      made.energy = link::energy(row, wires, sum / count);
    } else if (!network.to || count == 0) {
      made.wire = analytic.network.wire[n];
      made.hop = analytic.network.hop[n];
    }
    out.push_back(std::move(made));
  }
  return out;
}

// By die type: spare lanes of all its modules, beside every bump of the die having to hold.
std::vector<double> mended(const Prepared& prepared, const Choice& choice, const System<double>& system,
                           const Evaluation<double>& analytic) {
  const Design& design = *prepared.design;
  std::vector<double> out(system.dies.size(), 1);
  for (std::size_t n = 0; n < system.networks.size(); ++n) {
    const auto& network = system.networks[n];
    if (!network.to) continue;
    const auto& row = *find(prepared.library->links, chosen(design, choice, design.links[n].link));
    const double once = link::mended(row, joint_of(system, network).connection_yield);
    const auto mend = [&](std::size_t d, std::size_t other) {
      if (in_stack(system, network) && system.dies[d].parent != other)
        return;  // the joint is that of the upper one
      out[d] *= std::pow(once, area::modules_on(system, network, d));
    };
    mend(network.from, *network.to);
    if (*network.to != network.from) mend(*network.to, network.from);
  }
  for (std::size_t d = 0; d < out.size(); ++d) {
    const auto& joint = system.dies[d].parent ? system.dies[d].stacking : system.packaging;
    const double sites = analytic.outlines[d].area / (joint.bump_pitch * joint.bump_pitch);
    out[d] = std::min(out[d], std::pow(joint.connection_yield, -sites));
  }
  return out;
}

std::vector<LayoutFault> by_rule(const std::vector<layout::Violation>& violations) {
  std::vector<LayoutFault> faults;
  for (const auto& v : violations) {
    const auto known = std::ranges::find(faults, v.rule, &LayoutFault::rule);
    if (known == faults.end()) {
      faults.push_back({v.rule, v.message});
    } else {
      ++known->count;
    }
  }
  return faults;
}

// Hottest of each die type and memory, and what its dies leak on average.
void take(const Heated& heated, Physical& out) {
  std::vector<double> dies(out.dies.size());
  std::vector<bool> is_known_memory(out.memories.size());
  for (const auto& die : heated.dies) {
    if (die.is_memory) {
      auto& hottest = out.memories[die.type];
      hottest = is_known_memory[die.type] ? std::max(hottest, die.peak) : die.peak;
      is_known_memory[die.type] = true;
      continue;
    }
    auto& count = dies[die.type];
    out.dies[die.type] = count > 0 ? std::max(out.dies[die.type], die.peak) : die.peak;
    const auto sum = count > 0 ? count * out.leakage[die.type] : Power<>{};
    out.leakage[die.type] = (sum + die.leakage) / (count + 1);
    ++count;
  }
}

// Without a section: of one plate in closed form. Those of a pile are as hot as its foot.
void heat_of_plate(const System<double>& system, const Evaluation<double>& e,
                   const placement::PackageProblem& package, const layout::Layout& layout, Physical& out) {
  if (!package.problem.plate) return;
  layout::Plate plate = *package.problem.plate;
  plate.background = e.power.total / unit::W;
  const auto powers = placement::pile_powers(package.problem);
  std::vector<thermal::Source> sources;
  std::vector<std::size_t> of_die(powers.size());  // on the carrier: its source
  for (std::size_t d = 0; d < powers.size(); ++d) {
    if (package.problem.dies[d].on) continue;
    of_die[d] = sources.size();
    sources.push_back({layout::outline(layout, d), powers[d], plate.contact});
    plate.background -= powers[d];
  }
  plate.background = std::max(plate.background, 0.0);
  const auto spread =
      thermal::spread(plate, layout.carrier, system.cooling.ambient / unit::K, sources).sources;
  std::vector<bool> is_known_die(out.dies.size()), is_known_memory(out.memories.size());
  for (std::size_t d = 0; d < package.parts.size(); ++d) {
    const auto& part = package.parts[d];
    auto& hottest = part.is_memory ? out.memories[part.type] : out.dies[part.type];
    auto& known = part.is_memory ? is_known_memory : is_known_die;
    const Temperature<> here = spread[of_die[placement::root(package.problem, d)]] * unit::K;
    hottest = known[part.type] ? std::max(hottest, here) : here;
    known[part.type] = true;
  }
}

// Memory that is hotter than its makers' refresh interval allows is refreshed twice as often.
std::vector<Refresh> refresh_of(const Prepared& prepared, const Choice& choice, const Physical& physical) {
  std::vector<Refresh> out(physical.memories.size());
  for (std::size_t m = 0; m < out.size(); ++m) {
    const auto& design = prepared.design->memories[m];
    const auto& row = *find(prepared.library->memories, chosen(*prepared.design, choice, design.memory));
    if (!row.throttle.known || physical.memories[m].si() <= row.throttle.typ) continue;
    const double busy = row.refresh_time.typ;
    out[m] = {.idle = 1 + row.refresh_share.typ, .rate = (1 - 2 * busy) / (1 - busy)};
  }
  return out;
}

}  // namespace

Physical measured(const Prepared& prepared, const Choice& choice, const System<double>& system,
                  const Evaluation<double>& analytic, const placement::PackageProblem& package,
                  const layout::Layout& layout) {
  const Design& design = *prepared.design;
  const auto& packaging = *find(prepared.library->packagings, chosen(design, choice, design.packaging));
  Physical out = assumed(system, analytic);
  if (packaging.carrier_factor.typ > 0) out.carrier = geometry::area(layout.carrier) * square;
  out.substrate = geometry::area(layout.package) * square;
  if (package.problem.bridges.least.width > 0) out.bridges = static_cast<double>(layout.bridges.size());
  const auto links = placed_links(prepared, choice, system, analytic, package, layout);
  out.networks = placed_networks(prepared, choice, system, analytic, links);
  out.mended = mended(prepared, choice, system, analytic);
  out.notes = package.notes;
  if (const auto network =
          package_network(prepared, choice, system, analytic, package, layout, {}, out.unrouted)) {
    if (const auto way = best_way(network->network, usual_routings, network->pitches))
      out.routed = routed(system, package, *network, *way);
  }
  const auto heat = [&] {
    const auto powers = evaluate(system, out, analytic, prepared.models);
    out.heated = heated(prepared, choice, placed(system, out), powers, package, layout);
    if (out.heated) {
      take(*out.heated, out);
    } else {
      heat_of_plate(system, powers, package, layout, out);
    }
  };
  heat();
  out.refresh = refresh_of(prepared, choice, out);
  // Once more with what hot memory draws; it stays at that, even if it is then a little cooler.
  const auto doubled = [](const Refresh& r) { return r.idle != 1; };
  if (std::ranges::any_of(out.refresh, doubled)) {
    out.leakage.clear();
    for (const auto& power : analytic.die_powers) out.leakage.push_back(power.leakage);
    heat();
  }
  out.delivered = delivered(prepared, choice, placed(system, out),
                            evaluate(system, out, analytic, prepared.models), package, layout);
  return out;
}

std::optional<Refined> refine(const Prepared& prepared, const Choice& choice, const System<double>& system,
                              const Evaluation<double>& analytic, const Options& options,
                              Diagnostics& diagnostics) {
  auto package = placement::package_problem(prepared, choice, system, analytic, diagnostics);
  if (!package) return std::nullopt;
  constexpr double never = 1e9;  // steps alone end the search, so that it ends at the same place again
  auto result = placement::place(package->problem, {.weights = placement::usual_weights,
                                                    .seconds = never,
                                                    .steps = std::max<std::uint64_t>(options.steps, 1),
                                                    .seed = options.seed,
                                                    .threads = options.threads,
                                                    .stop = options.stop,
                                                    .done = options.done});
  Refined out{.physical = {},
              .package = std::move(*package),
              .layout = result.best ? std::move(*result.best) : std::move(result.nearest)};
  out.physical = measured(prepared, choice, system, analytic, out.package, out.layout);
  if (!result.best) out.physical.faults = by_rule(result.violations);
  return out;
}

}  // namespace marquetry::refine
