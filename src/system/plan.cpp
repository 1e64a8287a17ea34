#include "system/plan.h"

#include <fmt/format.h>

#include "system/lift_rows.h"
#include "system/open_table.h"
#include "system/topology.h"

namespace marquetry {
namespace {

// Collects setters: what is fixed is written into the base at once.
template <Number Real>
struct Builder {
  const Library& library;
  const Design& design;
  const Lifting<Real>& lifting;
  Diagnostics& diagnostics;
  Plan<Real> plan{};

  template <class T>
  Axis axis(const Open<T>& open) const {
    return {open.variable, open.variable ? design.variables[*open.variable].domain.size() : 1};
  }

  template <class T>
  std::vector<T> values(const Open<T>& open) const {
    if (!open.variable) return {open.value};
    std::vector<T> out;
    for (const auto& value : design.variables[*open.variable].domain) {
      if constexpr (std::is_same_v<T, std::string>) {
        out.push_back(value.text);
      } else {
        out.push_back(value.number);
      }
    }
    return out;
  }

  // The rows that a field may name. The loader has made sure that they exist.
  template <class Row>
  std::vector<const Row*> rows(const OpenName& open, const std::vector<Row>& all) const {
    std::vector<const Row*> out;
    for (const auto& name : values(open)) out.push_back(find(all, name));
    return out;
  }

  // dies: whose figures depend on it. make(indices) gives a value, store(system, value) writes it.
  template <class Make, class Store>
  void bind(std::vector<Axis> axes, std::uint32_t dies, Make make, Store store) {
    using T = std::decay_t<decltype(make(std::span<const std::size_t>{}))>;
    OpenTable<T> table{std::move(axes), make};
    auto variables = table.variables();
    if (variables.empty()) {
      store(plan.base, table.at({}));
      return;
    }
    plan.setters.push_back(
        {std::move(variables), dies,
         [table = std::move(table), store](System<Real>& system, std::span<const Range> choice) {
           store(system, table.at(choice));
         }});
  }

  template <Dimension D, class Store>
  void number(const OpenNumber& open, std::uint32_t dies, const std::string& name, Store store) {
    const auto given = values(open);
    bind(
        {axis(open)}, dies, [&](auto i) { return lift_given<D>(lifting, given[i[0]], name); }, store);
  }

  template <class Row, class Store>
  void row(const OpenName& open, const std::vector<Row>& all, std::uint32_t dies, Store store) {
    const auto candidates = rows(open, all);
    bind(
        {axis(open)}, dies, [&](auto i) { return parameters(*candidates[i[0]], lifting); }, store);
  }

  // A row that may be chosen must have the numbers that cost needs: unknown is never zero.
  void require_costs(const ProcessNode& node, const SourceSpot& where) {
    std::string missing;
    const auto need = [&missing](const auto& field, std::string_view name) {
      if (!field.known) missing += fmt::format("{}{}", missing.empty() ? "" : ", ", name);
    };
    need(node.wafer_price, "wafer_price");
    need(node.defect_density, "defect_density");
    need(node.nre, "nre");
    if (missing.empty()) return;
    diagnostics.error(where,
                      fmt::format("node '{}' cannot be costed: the library has no {}", node.id, missing),
                      "give the figures in an overlay folder (--library DIR), or choose another node");
  }

  const Region& grid_of(const ProcessNode& node) const {
    const Region* region = node.regions.empty() ? nullptr : find(library.regions, node.regions.front());
    return region != nullptr ? *region : library.regions.front();
  }

  void die(std::size_t d);
  void modules(std::size_t d);
  void outline(std::size_t d);
  void memory(std::size_t m);
  void network(std::size_t n);
  void workload(std::size_t w);
  void package();
};

// Dies that a change of die `d`'s count, or of the networks on it, reaches: hubs share out their PHYs by
// counts.
std::uint32_t reach_of_count(const Design& design, std::size_t d) {
  std::uint32_t dies = 1u << d;
  for (const auto& link : design.links) {
    for (std::size_t to = 0; to < design.dies.size(); ++to) {
      if (link.from == design.dies[d].id && link.to == design.dies[to].id) dies |= 1u << to;
    }
  }
  return dies;
}

std::size_t die_index(const Design& design, const std::string& id) {
  return static_cast<std::size_t>(std::ranges::find(design.dies, id, &DesignDie::id) - design.dies.begin());
}

template <Number Real>
void Builder<Real>::die(std::size_t d) {
  const DesignDie& given = design.dies[d];
  const std::uint32_t self = 1u << d;
  plan.base.dies[d].id = given.id;
  if (!given.on.empty()) {
    plan.base.dies[d].parent = die_index(design, given.on);
    row(given.stacking, library.packagings, 0, [d](auto& s, const auto& v) { s.dies[d].stacking = v; });
  }
  const auto nodes = rows(given.node, library.nodes);
  for (const auto* node : nodes) require_costs(*node, given.node.where);
  bind(
      {axis(given.node)}, self,
      [&](auto i) { return parameters(*nodes[i[0]], grid_of(*nodes[i[0]]), lifting); },
      [d](auto& s, const auto& v) {
        const Real utilisation = s.dies[d].node.logic_utilisation;
        s.dies[d].node = v;
        if (s.dies[d].own_utilisation) s.dies[d].node.logic_utilisation = utilisation;
      });
  number<dimension::none>(given.count, reach_of_count(design, d), "number of " + given.id,
                          [d](auto& s, const auto& v) { s.dies[d].count = v; });
  number<dimension::time * -1>(given.clock, self, "clock of " + given.id,
                               [d](auto& s, const auto& v) { s.dies[d].clock = v; });
  number<dimension::none>(given.activity, self, "activity of " + given.id,
                          [d](auto& s, const auto& v) { s.dies[d].activity = v; });
  if (given.power) {
    number<dimension::power>(*given.power, self, "power of " + given.id,
                             [d](auto& s, const auto& v) { s.dies[d].given_power = v; });
  }
  outline(d);
  modules(d);
}

template <Number Real>
void Builder<Real>::outline(std::size_t d) {
  const DesignDie& given = design.dies[d];
  const std::uint32_t self = 1u << d;
  number<dimension::none>(given.aspect, self, "aspect of " + given.id,
                          [d](auto& s, const auto& v) { s.dies[d].aspect = v; });
  if (given.utilisation) {
    plan.base.dies[d].own_utilisation = true;
    number<dimension::none>(*given.utilisation, self, "utilisation of " + given.id,
                            [d](auto& s, const auto& v) { s.dies[d].node.logic_utilisation = v; });
  }
  if (given.area) {
    number<dimension::area>(*given.area, self, "area of " + given.id,
                            [d](auto& s, const auto& v) { s.dies[d].given_area = v; });
  }
  if (given.width) {
    number<dimension::length>(*given.width, self, "width of " + given.id,
                              [d](auto& s, const auto& v) { s.dies[d].given_width = v; });
    number<dimension::length>(*given.height, self, "height of " + given.id,
                              [d](auto& s, const auto& v) { s.dies[d].given_height = v; });
  }
}

template <Number Real>
void Builder<Real>::modules(std::size_t d) {
  const DesignDie& given = design.dies[d];
  const auto nodes = rows(given.node, library.nodes);
  plan.base.dies[d].modules.resize(given.modules.size());
  for (std::size_t k = 0; k < given.modules.size(); ++k) {
    const ModuleUse& use = given.modules[k];
    const auto blocks = rows(use.module, library.modules);
    bind(
        {axis(use.module), axis(given.node)}, 1u << d,
        [&](auto i) { return parameters(*blocks[i[0]], *nodes[i[1]], lifting); },
        [d, k](auto& s, const auto& v) { s.dies[d].modules[k].module = v; });
    const std::string of = blocks.front()->id + " on " + given.id;
    number<dimension::none>(use.count, 1u << d, "number of " + of,
                            [d, k](auto& s, const auto& v) { s.dies[d].modules[k].count = v; });
    number<dimension::none>(use.active.value_or(use.count), 1u << d,
                            (use.active ? "active " : "number of ") + of,
                            [d, k](auto& s, const auto& v) { s.dies[d].modules[k].active = v; });
  }
}

template <Number Real>
void Builder<Real>::memory(std::size_t m) {
  const DesignMemory& given = design.memories[m];
  const std::size_t host = die_index(design, given.host);
  plan.base.memories[m].id = given.id;
  plan.base.memories[m].host = host;
  plan.base.memories[m].sold_separately = given.sold_separately;
  row(given.memory, library.memories, 1u << host, [m](auto& s, const auto& v) { s.memories[m].memory = v; });
  number<dimension::none>(given.stacks, 1u << host, "stacks of " + given.id + " on each " + given.host,
                          [m](auto& s, const auto& v) { s.memories[m].stacks = v; });
  const auto memories = rows(given.memory, library.memories);
  const auto packagings = rows(design.packaging, library.packagings);
  bind(
      {axis(given.memory), axis(design.packaging)}, 0,
      [&](auto i) { return Real{memories[i[0]]->on_package && !packagings[i[1]]->hbm ? 1.0 : 0.0}; },
      [m](auto& s, const auto& v) { s.memories[m].unattachable = v; });
}

// The figures of a graph, by number of dies.
template <Number Real>
struct GraphParameters {
  Real degree{}, cut{}, hops{}, span{}, links{};
  template <class F, class... S>
  static void each_field(F&& f, S&... s) {
    f(s.degree...), f(s.cut...), f(s.hops...), f(s.span...), f(s.links...);
  }
};

template <Number Real>
void Builder<Real>::network(std::size_t n) {
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
  number<dimension::none>(given.modules, ends, "modules of " + given.id + " on each " + given.from,
                          [n](auto& s, const auto& v) { s.networks[n].modules = v; });
  if (!base.to) return;

  const auto shapes = values(given.topology);
  const auto counts = values(design.dies[from].count);
  bind(
      {axis(given.topology), axis(design.dies[from].count)}, 0,
      [&](auto i) {
        const auto figures = topology::find(shapes[i[0]])->figures(static_cast<std::size_t>(counts[i[1]]));
        const auto lifted = [&](double value, std::string_view what) {
          return lift_given<dimension::none>(lifting, value, fmt::format("{} of {}", what, given.id));
        };
        return GraphParameters<Real>{
            lifted(figures.degree, "links a die"), lifted(figures.cut, "links cut by halving"),
            lifted(figures.hops, "hops across"), lifted(figures.span, "dies passed by a link"),
            lifted(figures.links, "links")};
      },
      [n](auto& s, const auto& v) {
        auto& network = s.networks[n];
        std::tie(network.degree, network.cut, network.hops, network.span, network.links) =
            std::tie(v.degree, v.cut, v.hops, v.span, v.links);
      });

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

template <Number Real>
void Builder<Real>::workload(std::size_t w) {
  const DesignWorkload& given = design.workloads[w];
  auto& base = plan.base.workloads[w];
  base.id = given.id;
  const auto models = rows(given.model, library.workloads);
  const std::string& kind = models.front()->kind;
  base.kind = given.phase == "prefill"   ? WorkloadKind::prefill
              : given.phase == "decode"  ? WorkloadKind::decode
              : kind == "matrix-product" ? WorkloadKind::matrix_product
              : kind == "stream"         ? WorkloadKind::stream
                                         : WorkloadKind::network;
  row(given.model, library.workloads, 0, [w](auto& s, const auto& v) { s.workloads[w].model = v; });
  number<dimension::none>(given.batch, 0, "batch of " + given.id,
                          [w](auto& s, const auto& v) { s.workloads[w].batch = v; });
  number<dimension::none>(given.context, 0, "context of " + given.id,
                          [w](auto& s, const auto& v) { s.workloads[w].context = v; });
  const auto formats = values(given.precision);
  const auto format_of = [formats](std::size_t i) {
    return static_cast<std::size_t>(std::ranges::find(format_names, formats[i]) - format_names.begin());
  };
  bind(
      {axis(given.precision)}, 0,
      [&](auto i) {
        return lift_given<dimension::data>(lifting, format_bits[format_of(i[0])],
                                           "bits a word of " + given.id);
      },
      [w](auto& s, const auto& v) { s.workloads[w].word = v; });
  if (!given.precision.variable) {
    base.may_use[format_of(0)] = true;
    return;
  }
  plan.setters.push_back(
      {{*given.precision.variable}, 0, [=](System<Real>& s, std::span<const Range> choice) {
         const Range range = choice[*given.precision.variable];
         s.workloads[w].may_use = {};
         for (std::size_t i = range.first; i <= range.last; ++i) {
           s.workloads[w].may_use[format_of(i)] = true;
         }
       }});
}

template <Number Real>
void Builder<Real>::package() {
  const auto every_die = static_cast<std::uint32_t>((1ull << design.dies.size()) - 1);
  row(design.packaging, library.packagings, 0, [](auto& s, const auto& v) { s.packaging = v; });
  row(design.cooling, library.coolings, 0, [](auto& s, const auto& v) { s.cooling = v; });
  row(design.test, library.test_flows, every_die, [](auto& s, const auto& v) { s.test = v; });
  row(design.efficiency, library.efficiencies, 0, [](auto& s, const auto& v) { s.efficiency = v; });
  row(design.assumptions, library.assumptions, every_die, [](auto& s, const auto& v) { s.assumptions = v; });
  const auto regions = rows(design.use_region, library.regions);
  bind(
      {axis(design.use_region)}, 0, [&](auto i) { return lift(lifting, regions[i[0]]->grid); },
      [](auto& s, const auto& v) { s.use_grid = v; });
  number<dimension::none>(design.volume, 0, "volume", [](auto& s, const auto& v) { s.volume = v; });
}

}  // namespace

template <Number Real>
std::optional<Plan<Real>> make_plan(const Library& library, const Design& design,
                                    const Lifting<Real>& lifting, Diagnostics& diagnostics) {
  Builder<Real> builder{library, design, lifting, diagnostics};
  auto& base = builder.plan.base;
  base.dies.resize(design.dies.size());
  base.memories.resize(design.memories.size());
  base.networks.resize(design.links.size());
  base.workloads.resize(design.workloads.size());
  builder.package();
  for (std::size_t i = 0; i < design.dies.size(); ++i) builder.die(i);
  for (std::size_t i = 0; i < design.memories.size(); ++i) builder.memory(i);
  for (std::size_t i = 0; i < design.links.size(); ++i) builder.network(i);
  for (std::size_t i = 0; i < design.workloads.size(); ++i) builder.workload(i);
  if (!diagnostics.ok()) return std::nullopt;
  return std::move(builder.plan);
}

template <Number Real>
System<Real> compose(const Plan<Real>& plan, std::span<const Range> choice) {
  System<Real> system = plan.base;
  for (const auto& setter : plan.setters) setter.apply(system, choice);
  return system;
}

#define INSTANTIATE(Real)                                                                           \
  template std::optional<Plan<Real>> make_plan(const Library&, const Design&, const Lifting<Real>&, \
                                               Diagnostics&);                                       \
  template System<Real> compose(const Plan<Real>&, std::span<const Range>);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry
