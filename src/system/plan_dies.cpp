#include <fmt/format.h>

#include "system/plan_builder.h"
#include "units/text.h"

namespace marquetry {
namespace {

// A row that may be chosen must have the numbers that cost needs: unknown is never zero.
void require_costs(const ProcessNode& node, const SourceSpot& where, Diagnostics& diagnostics) {
  std::string missing;
  const auto need = [&missing](const auto& field, std::string_view name) {
    if (!field.known) missing += fmt::format("{}{}", missing.empty() ? "" : ", ", name);
  };
  need(node.wafer_price, "wafer_price");
  need(node.defect_density, "defect_density");
  need(node.nre, "nre");
  if (missing.empty()) return;
  diagnostics.error(where, fmt::format("node '{}' cannot be costed: the library has no {}", node.id, missing),
                    "give the figures in an overlay folder (--library DIR), or choose another node");
}

// Clock and leakage at another voltage need the node's curve.
void require_curve(const ProcessNode& node, const DesignDie& die, Diagnostics& diagnostics) {
  const bool known = node.threshold.known && node.saturation.known && node.supply_low.known &&
                     node.supply_high.known && node.leakage_rise.known;
  if (known) return;
  diagnostics.error(
      die.where,
      fmt::format(
          "die '{}' has a voltage of its own or a power cap, but the library does not say how clock and "
          "leakage of node '{}' follow the voltage",
          die.id, node.id),
      "give `threshold`, `saturation`, `supply_low`, `supply_high` and `leakage_rise` of the node in an "
      "overlay "
      "folder (--library DIR)");
}

// Some node and some voltage that the design leaves open must go together; which do not, a rule says.
void require_voltage(const std::vector<const ProcessNode*>& nodes, const std::vector<double>& volts,
                     const DesignDie& die, Diagnostics& diagnostics) {
  for (const auto* node : nodes) {
    for (const double v : volts) {
      if (node->supply_low.typ <= v && v <= node->supply_high.typ) return;
    }
  }
  const auto& node = *nodes.front();
  const auto text = [](double v) { return print_quantity(v, dimension::power + dimension::current * -1); };
  diagnostics.error(
      die.voltage->where,
      fmt::format("die '{}' is to run at {}, but node '{}' works from {} to {}", die.id, text(volts.front()),
                  node.id, text(node.supply_low.typ), text(node.supply_high.typ)),
      fmt::format("its nominal voltage is {}; or choose another node", text(node.supply_voltage.typ)));
}

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

}  // namespace

template <Number Real>
void PlanBuilder<Real>::die(std::size_t d) {
  const DesignDie& given = design.dies[d];
  const std::uint32_t self = 1u << d;
  plan.base.dies[d].id = given.id;
  plan.base.dies[d].step = given.step;
  if (!given.on.empty()) {
    plan.base.dies[d].parent = die_index(design, given.on);
    const std::uint32_t joined =
        self | 1u << die_index(design, given.on);  // bonded as wafers, neither is sorted
    row(given.stacking, library.packagings, joined, [d](auto& s, const auto& v) { s.dies[d].stacking = v; });
  }
  const auto nodes = rows(given.node, library.nodes);
  for (const auto* node : nodes) require_costs(*node, given.node.where, diagnostics);
  bind(
      {axis(given.node)}, self,
      [&](auto i) { return parameters(*nodes[i[0]], grid_of(nodes[i[0]]->regions, library), lifting); },
      [d](auto& s, const auto& v) {
        const Real utilisation = s.dies[d].node.logic_utilisation;
        s.dies[d].node = v;
        if (s.dies[d].own_utilisation) s.dies[d].node.logic_utilisation = utilisation;
      });
  row_number(given.node, library.nodes, 0, [d](auto& s, std::size_t row) { s.dies[d].node_row = row; });
  number<dimension::none>(given.count, reach_of_count(design, d), "number of " + given.id,
                          [d](auto& s, const auto& v) { s.dies[d].count = v; });
  number<dimension::time * -1>(given.clock, self, "clock of " + given.id,
                               [d](auto& s, const auto& v) { s.dies[d].clock = v; });
  number<dimension::none>(given.activity, self, "activity of " + given.id,
                          [d](auto& s, const auto& v) { s.dies[d].activity = v; });
  number<dimension::none>(given.reticle_share, 0, "reticle share of " + given.id,
                          [d](auto& s, const auto& v) { s.dies[d].reticle_share = v; });
  if (given.power) {
    number<dimension::power>(*given.power, self, "power of " + given.id,
                             [d](auto& s, const auto& v) { s.dies[d].given_power = v; });
  }
  supply(d);
  outline(d);
  modules(d);
}

// Only where voltage or clock may differ from what the node and the design say.
template <Number Real>
void PlanBuilder<Real>::supply(std::size_t d) {
  const DesignDie& given = design.dies[d];
  const std::uint32_t self = 1u << d;
  if (!given.voltage && !given.power_cap && (!design.power_cap || given.modules.empty())) return;
  const auto nodes = rows(given.node, library.nodes);
  for (const auto* node : nodes) require_curve(*node, given, diagnostics);
  bind(
      {axis(given.node)}, self, [&](auto i) { return curve_of(*nodes[i[0]], lifting); },
      [d](auto& s, const auto& v) { s.dies[d].curve = v; });
  if (given.power_cap) {
    number<dimension::power>(*given.power_cap, self, "power cap of " + given.id,
                             [d](auto& s, const auto& v) { s.dies[d].power_cap = v; });
  }
  if (!given.voltage) return;
  require_voltage(nodes, values(*given.voltage), given, diagnostics);
  number<dimension::power + dimension::current * -1>(*given.voltage, self, "voltage of " + given.id,
                                                     [d](auto& s, const auto& v) { s.dies[d].voltage = v; });
}

template <Number Real>
void PlanBuilder<Real>::outline(std::size_t d) {
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
void PlanBuilder<Real>::modules(std::size_t d) {
  const DesignDie& given = design.dies[d];
  const auto nodes = rows(given.node, library.nodes);
  plan.base.dies[d].modules.resize(given.modules.size());
  for (std::size_t k = 0; k < given.modules.size(); ++k) {
    const ModuleUse& use = given.modules[k];
    if (!given.harvest.empty() && !use.module.variable && use.module.value == given.harvest) {
      plan.base.dies[d].harvested = k;
    }
    const auto blocks = rows(use.module, library.modules);
    bind(
        {axis(use.module), axis(given.node)}, 1u << d,
        [&](auto i) { return parameters(*blocks[i[0]], *nodes[i[1]], lifting); },
        [d, k](auto& s, const auto& v) { s.dies[d].modules[k].module = v; });
    row_number(use.module, library.modules, 0,
               [d, k](auto& s, std::size_t row) { s.dies[d].modules[k].row = row; });
    const std::string of = blocks.front()->id + " on " + given.id;
    number<dimension::none>(use.count, 1u << d, "number of " + of,
                            [d, k](auto& s, const auto& v) { s.dies[d].modules[k].count = v; });
    number<dimension::none>(use.active.value_or(use.count), 1u << d,
                            (use.active ? "active " : "number of ") + of,
                            [d, k](auto& s, const auto& v) { s.dies[d].modules[k].active = v; });
  }
}

#define INSTANTIATE(Real) template void PlanBuilder<Real>::die(std::size_t);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry
