#include <fmt/format.h>

#include "system/plan_builder.h"
#include "topology/design.h"

namespace marquetry {
template <Number Real>
void PlanBuilder<Real>::memory(std::size_t m) {
  const DesignMemory& given = design.memories[m];
  const std::size_t host = die_index(design, given.host);
  plan.base.memories[m].id = given.id;
  plan.base.memories[m].host = host;
  plan.base.memories[m].sold_separately = given.sold_separately;
  row(given.memory, library.memories, 1u << host, [m](auto& s, const auto& v) { s.memories[m].memory = v; });
  if (given.pin_rate) {
    const auto rates = values(*given.pin_rate);
    // Written again whenever the row is.
    bind(
        {axis(*given.pin_rate), axis(given.memory)}, 1u << host,
        [&](auto i) {
          return lift_given<dimension::data + dimension::time * -1>(lifting, rates[i[0]],
                                                                    "pin rate of " + given.id);
        },
        [m](auto& s, const auto& v) { s.memories[m].memory.pin_rate = v; });
  }
  number<dimension::none>(given.stacks, 1u << host, "stacks of " + given.id + " on each " + given.host,
                          [m](auto& s, const auto& v) { s.memories[m].stacks = v; });
  if (given.activity) {
    number<dimension::none>(*given.activity, 0, "activity of " + given.id,
                            [m](auto& s, const auto& v) { s.memories[m].activity = v; });
  }
  standing(m);
  const auto memories = rows(given.memory, library.memories);
  const auto packagings = rows(design.packaging, library.packagings);
  const auto joints = given.stacking ? values(*given.stacking) : std::vector<std::string>{on_carrier};
  bind(
      {axis(given.memory), axis(design.packaging), given.stacking ? axis(*given.stacking) : Axis{}}, 0,
      [&](auto i) {
        const bool asks = memories[i[0]]->on_package && joints[i[2]] == on_carrier;
        return Real{asks && !packagings[i[1]]->hbm ? 1.0 : 0.0};
      },
      [m](auto& s, const auto& v) { s.memories[m].unattachable = v; });
}

// On the host die, where the design has a joint for it; beside it, or on the board, else.
template <Number Real>
void PlanBuilder<Real>::standing(std::size_t m) {
  const auto& stacking = design.memories[m].stacking;
  if (!stacking) return;
  const std::uint32_t host = 1u << die_index(design, design.memories[m].host);
  const auto joints = values(*stacking);
  const auto stands = std::ranges::find_if(joints, [](const auto& j) { return j != on_carrier; });
  if (stands == joints.end()) return;
  bind(
      {axis(*stacking)}, host, [&](auto i) { return Real{joints[i[0]] == on_carrier ? 0.0 : 1.0}; },
      [m](auto& s, const auto& v) { s.memories[m].on_host = v; });
  bind(
      {axis(*stacking)}, host,
      [&](auto i) {
        const auto& name = joints[i[0]] == on_carrier ? *stands : joints[i[0]];
        return packaging_parameters(*find(library.packagings, name), library, lifting);
      },
      [m](auto& s, const auto& v) { s.memories[m].stacking = v; });
}

// The figures of a graph, by number of dies.
template <Number Real>
void PlanBuilder<Real>::network(std::size_t n) {
  const DesignLink& given = design.links[n];
  const std::size_t from = die_index(design, given.from);
  auto& base = plan.base.networks[n];
  base.id = given.id;
  base.from = from;
  std::uint32_t ends = 1u << from;
  if (given.to != "outside") {
    base.to = die_index(design, given.to);
    ends |= 1u << *base.to;
  }
  row(given.link, library.links, ends, [n](auto& s, const auto& v) { s.networks[n].link = v; });
  // A link to dies that are left out is left out.
  const OpenNumber one{.value = 1};
  const bool may_lack = base.to && !design.dies[*base.to].on.empty();
  const OpenNumber& others = may_lack ? design.dies[*base.to].count : one;
  const auto modules = values(given.modules), far = values(others);
  bind(
      {axis(given.modules), axis(others)}, ends,
      [&](auto i) {
        return lift_given<dimension::none>(lifting, far[i[1]] > 0 ? modules[i[0]] : 0.0,
                                           "modules of " + given.id + " on each " + given.from);
      },
      [n](auto& s, const auto& v) { s.networks[n].modules = v; });
  if (given.activity) {
    number<dimension::none>(*given.activity, 0, "activity of " + given.id,
                            [n](auto& s, const auto& v) { s.networks[n].activity = v; });
  }
  if (!base.to) return;

  const auto shapes = values(given.topology);
  const auto counts = values(design.dies[from].count);
  bind(
      {axis(given.topology), axis(design.dies[from].count)}, 0,
      [&](auto i) {
        const auto figures = topology::figures_by_dies(*topology::find_generator(shapes[i[0]]),
                                                       static_cast<std::size_t>(counts[i[1]]));
        const auto lifted = [&](double value, std::string_view what) {
          return lift_given<dimension::none>(lifting, value, fmt::format("{} of {}", what, given.id));
        };
        return GraphParameters<Real>{lifted(figures.degree, "links a die"),
                                     lifted(figures.cut, "links cut by halving"),
                                     lifted(figures.hops, "hops across"),
                                     lifted(figures.span, "dies passed by a link"),
                                     lifted(figures.links, "links"),
                                     lifted(figures.ring_links, "links in a ring"),
                                     lifted(figures.ring_hops, "hops a step of the ring")};
      },
      [n](auto& s, const auto& v) { s.networks[n].graph = v; });
  bind(
      {axis(given.topology), axis(design.dies[from].count)}, 0,
      [&](auto i) {
        std::string why;
        const auto dies = static_cast<std::size_t>(counts[i[1]]);
        // More than a network may have is a rule of its own.
        const bool joined =
            dies > topology::most_dies || topology::joins(*topology::find_generator(shapes[i[0]]), dies, why);
        return Real{joined ? 0.0 : 1.0};
      },
      [n](auto& s, const auto& v) { s.networks[n].unjoinable = v; });

  // Between a die and the one it stands on, the stack carries the link; elsewhere the package does.
  const DesignDie& a = design.dies[from];
  const DesignDie& b = design.dies[*base.to];
  const OpenName& joint = a.on == b.id ? a.stacking : b.on == a.id ? b.stacking : design.packaging;
  const auto links = rows(given.link, library.links);
  const auto packagings = rows(joint, library.packagings);
  bind(
      {axis(given.link), axis(joint)}, 0,
      [&](auto i) {
        const auto& carried = packagings[i[1]]->links;
        return Real{std::ranges::find(carried, links[i[0]]->link_class) == carried.end() ? 1.0 : 0.0};
      },
      [n](auto& s, const auto& v) { s.networks[n].unbuildable = v; });
}

// What lies on the dies. The bending of a package is worked out only where it is asked for, from the layers
// of each choice.
template <Number Real>
void PlanBuilder<Real>::layers() {
  const auto packagings = rows(design.packaging, library.packagings);
  const auto coolings = rows(design.cooling, library.coolings);
  const auto assumptions = rows(design.assumptions, library.assumptions);
  const auto sections = values(design.section), tims = values(design.tim), lids = values(design.lid);
  const auto thicknesses = design.lid_thickness ? values(*design.lid_thickness) : std::vector<double>{};
  const std::vector<Axis> axes{
      axis(design.packaging), axis(design.cooling),
      axis(design.section),   axis(design.tim),
      axis(design.lid),       design.lid_thickness ? axis(*design.lid_thickness) : Axis{}};
  const auto chosen_rows = [&](auto i) {
    CoverRows out{packagings[i[0]], coolings[i[1]], sections[i[2]], tims[i[3]], lids[i[4]]};
    if (design.lid_thickness) out.lid_thickness = thicknesses[i[5]];
    return out;
  };
  auto of_cover = axes;
  of_cover.push_back(axis(design.assumptions));
  bind(
      of_cover, 0, [&](auto i) { return cover_of(library, chosen_rows(i), *assumptions[i[6]], lifting); },
      [](auto& s, const auto& v) { s.cover = v; });

  LaminateTable<Real> table;
  const OpenTable<Plies<Real>> plies{axes,
                                     [&](auto i) { return plies_of(library, chosen_rows(i), lifting); }};
  for (std::size_t f = 0; f < layer_fields; ++f) table.sizes[f] = axes[f].size;
  table.rows = plies.values();
  plan.base.laminate.table = std::make_shared<const LaminateTable<Real>>(std::move(table));
  for (std::size_t f = 0; f < layer_fields; ++f) {
    if (!axes[f].variable) continue;
    const VariableId v = *axes[f].variable;
    plan.setters.push_back({{v}, 0, [v, f](System<Real>& system, std::span<const Range> choice) {
                              system.laminate.choice[f] = choice[v];
                            }});
  }
}

template <Number Real>
void PlanBuilder<Real>::package() {
  const auto every_die = static_cast<std::uint32_t>((1ull << design.dies.size()) - 1);
  row(design.packaging, library.packagings, 0, [](auto& s, const auto& v) { s.packaging = v; });
  row(design.cooling, library.coolings, 0, [](auto& s, const auto& v) { s.cooling = v; });
  layers();
  row(design.test, library.test_flows, every_die, [](auto& s, const auto& v) { s.test = v; });
  const auto coverage = [&](const std::optional<OpenNumber>& given, std::uint32_t dies,
                            std::string_view stage, auto store) {
    if (given) number<dimension::none>(*given, dies, fmt::format("coverage at {} test", stage), store);
  };
  const auto& testing = design.testing;
  coverage(testing.sort, every_die, "wafer sort", [](auto& s, const auto& v) { s.coverages.sort = v; });
  coverage(testing.carrier, 0, "carrier", [](auto& s, const auto& v) { s.coverages.carrier = v; });
  coverage(testing.stack, 0, "stack", [](auto& s, const auto& v) { s.coverages.stack = v; });
  coverage(testing.step, 0, "step", [](auto& s, const auto& v) { s.coverages.step = v; });
  coverage(testing.partial, 0, "partial", [](auto& s, const auto& v) { s.coverages.partial = v; });
  coverage(testing.final, 0, "final", [](auto& s, const auto& v) { s.coverages.final = v; });
  row(design.efficiency, library.efficiencies, 0, [](auto& s, const auto& v) { s.efficiency = v; });
  row(design.assumptions, library.assumptions, every_die, [](auto& s, const auto& v) { s.assumptions = v; });
  const auto packagings = rows(design.packaging, library.packagings);
  bind(
      {axis(design.packaging)}, 0,
      [&](auto i) { return lift(lifting, grid_of(packagings[i[0]]->regions, library).grid); },
      [](auto& s, const auto& v) { s.assembly_grid = v; });
  const auto regions = rows(design.use_region, library.regions);
  bind(
      {axis(design.use_region)}, 0, [&](auto i) { return lift(lifting, regions[i[0]]->grid); },
      [](auto& s, const auto& v) { s.use_grid = v; });
  if (design.power_cap) {
    number<dimension::power>(*design.power_cap, 0, "power cap of the package",
                             [](auto& s, const auto& v) { s.power_cap = v; });
  }
  number<dimension::none>(design.volume, 0, "volume", [](auto& s, const auto& v) { s.volume = v; });
}

#define INSTANTIATE(Real)                                \
  template void PlanBuilder<Real>::memory(std::size_t);  \
  template void PlanBuilder<Real>::network(std::size_t); \
  template void PlanBuilder<Real>::package();
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry
