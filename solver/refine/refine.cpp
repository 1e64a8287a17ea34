#include "refine/refine.h"

#include <algorithm>
#include <map>

#include "link/budget.h"
#include "placement/heat.h"
#include "placement/stacks.h"
#include "thermal/spread.h"

namespace marquetry::refine {
namespace {

constexpr Length<> nanometre = unit::nm;
constexpr Area<> square = nanometre * nanometre;

// The wires of one network, from module to module.
struct Wiring {
  Length<> longest{}, sum{};
  double count{};
};

std::map<std::size_t, Wiring> wires_by_network(const placement::PackageProblem& package,
                                               const layout::Layout& layout) {
  std::map<std::size_t, Wiring> out;
  for (const auto& wire : placement::module_wires(package.problem, layout)) {
    const auto& of = package.wiring[wire.link];
    if (of.is_memory) continue;
    auto& network = out[of.of];
    const Length<> length = wire.length * nanometre;
    network.longest = std::max(network.longest, length);
    network.sum += length;
    ++network.count;
  }
  return out;
}

PlacedNetwork budgeted(const Link& row, const Wires* wires, const Wiring& wiring,
                       const AssumptionParameters<double>& assumptions) {
  const Length<> longest = wiring.longest;
  const auto slowest = link::rates(row).front();
  PlacedNetwork out{.wire = longest};
  // Where none closes, the slowest: the reach then says that it is too far.
  out.lane_rate = link::highest_rate(row, wires, longest).value_or(slowest);
  out.reach = std::min(Length<>::from_si(row.reach.typ), link::longest(row, wires, slowest));
  out.energy = link::energy(row, wires, wiring.sum / wiring.count);
  const Time<> flight =
      wires == nullptr ? longest / unit::m * assumptions.wire_delay : link::flight(*wires, longest);
  out.hop = Time<>::from_si(row.latency.typ) + flight;
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

// Hottest of each die type and memory; those of a pile are as hot as its foot.
void heat(const System<double>& system, const Evaluation<double>& e, const placement::PackageProblem& package,
          const layout::Layout& layout, Physical& out) {
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

}  // namespace

Physical measured(const Prepared& prepared, const Choice& choice, const System<double>& system,
                  const Evaluation<double>& analytic, const placement::PackageProblem& package,
                  const layout::Layout& layout) {
  const Design& design = *prepared.design;
  const Library& library = *prepared.library;
  const auto& packaging = *find(library.packagings, chosen(design, choice, design.packaging));
  Physical out = assumed(system, analytic);
  if (packaging.carrier_factor.typ > 0) out.carrier = geometry::area(layout.carrier) * square;
  out.substrate = geometry::area(layout.package) * square;
  if (package.problem.bridges.least.width > 0) out.bridges = static_cast<double>(layout.bridges.size());
  for (const auto& [n, wiring] : wires_by_network(package, layout)) {
    const auto& row = *find(library.links, chosen(design, choice, design.links[n].link));
    out.networks[n] =
        budgeted(row, link::wires_of(library, packaging, row.link_class), wiring, system.assumptions);
  }
  out.notes = package.notes;
  heat(system, evaluate(system, out, analytic, prepared.models), package, layout, out);
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
