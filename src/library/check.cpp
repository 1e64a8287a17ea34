#include "library/check.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/text.h"
#include "library/fields.h"
#include "units/text.h"

namespace marquetry {
namespace {

constexpr double close_enough = 0.005, too_far = 0.05;  // share by which published figures may differ

template <class T>
std::string who(const T& row) {
  return std::string{T::singular} + " '" + row.id + "'";
}

template <class T>
void check_makers(const T& row, const Library& library, Diagnostics& diagnostics) {
  for (const auto& name : row.suppliers) {
    check_name(library.suppliers, name, row.where, who(row), diagnostics);
  }
  for (const auto& name : row.regions) check_name(library.regions, name, row.where, who(row), diagnostics);
}

// A correlation of groups that no number belongs to says nothing, most often by a slip of the pen.
void check_groups(const Library& library, Diagnostics& diagnostics) {
  std::set<std::string> known;
  for_each_category(library, [&known](const auto& rows) {
    for (const auto& row : rows) {
      for (const auto& field : fields_of(row)) known.insert(field.number.origin.group);
    }
  });
  for (const auto& row : library.correlations) {
    for (const auto& group : row.groups) {
      if (known.contains(group)) continue;
      diagnostics.error(row.where, who(row) + " names the group '" + group + "', which no number has",
                        suggest(group, {known.begin(), known.end()}));
    }
    if (row.rho.low >= 0 && row.rho.high <= 1) continue;
    diagnostics.error(row.where, who(row) + ": 'rho' must be from 0 to 1");
  }
}

// A packaging bonds as its hybrid bond does: dies or whole wafers.
void check_hybrid(const Packaging& row, const Library& library, Diagnostics& diagnostics) {
  if (row.hybrid.empty()) return;
  check_name(library.hybrid_bonds, row.hybrid, row.where, who(row), diagnostics);
  const auto* bond = find(library.hybrid_bonds, row.hybrid);
  if (bond == nullptr) return;
  const std::string family = bond->flow == "wafer-to-wafer" ? "3d-hybrid-w2w" : "3d-hybrid-d2w";
  if (row.family == family) return;
  diagnostics.error(row.where,
                    who(row) + " is of the family '" + row.family + "', but its hybrid bond '" + bond->id +
                        "' is made " + bond->flow,
                    "only the family '" + family + "' can name it");
}

void check_bond(const HybridBond& row, Diagnostics& diagnostics) {
  const auto error = [&](const std::string& what, const std::string& help) {
    diagnostics.error(row.where, who(row) + ": " + what, help);
  };
  // The closed form is known to rise or fall with particles alone.
  for (const auto& field : fields_of(row)) {
    const auto& [low, typ, high, origin] = field.number;
    if (field.kind != FieldKind::number || field.key == "particle_density" || (low == typ && typ == high))
      continue;
    error("'" + field.key + "' has a range",
          "only 'particle_density' may have one: give one value, or two rows");
  }
  const auto share = [&](const SourcedCount& number, const std::string& key, bool zero) {
    if (number.typ <= 1 && (zero ? number.typ >= 0 : number.typ > 0)) return;
    error("'" + key + "' must be " + (zero ? "from 0 to 1" : "above 0, up to 1"), "");
  };
  share(row.bottom_ratio, "bottom_ratio", false);
  share(row.top_ratio, "top_ratio", false);
  share(row.contact_share, "contact_share", false);
  share(row.distance_share, "distance_share", true);
  share(row.redundant_share, "redundant_share", true);
  const auto positive = [&](const auto& number, const std::string& key) {
    if (number.typ <= 0) error("'" + key + "' must be above 0", "");
  };
  positive(row.pad_error, "pad_error");
  positive(row.least_particle, "least_particle");
  positive(row.asperity_radius, "asperity_radius");
  positive(row.roughness, "roughness");
  positive(row.adhesion, "adhesion");
  positive(row.stiffness, "stiffness");
  positive(row.dielectric, "dielectric");
  positive(row.peel_stiffness, "peel_stiffness");
  if (row.top_spread.typ <= 0 && row.bottom_spread.typ <= 0) {
    error("'top_spread' or 'bottom_spread' must be above 0", "");
  }
  if (row.particle_exponent.typ <= 2) {
    error("'particle_exponent' must be above 2", "else the mean area of a void is infinite");
  }
  if (row.copies.typ < 1 || row.copies.typ > 8 || row.copies.typ != std::floor(row.copies.typ)) {
    error("'copies' must be a whole number from 1 to 8", "");
  }
  if (row.flow == "wafer-to-wafer" && row.wafer_diameter.typ <= 0) {
    error("'wafer_diameter' must be above 0", "it says where on the wafers the dies are");
  }
}

void check_layer(const StackLayer& row, const Library& library, Diagnostics& diagnostics) {
  const auto error = [&](const std::string& what, const std::string& help) {
    diagnostics.error(row.where, who(row) + ": " + what, help);
  };
  for (const auto* name : {&row.material, &row.filler, &row.inclusion, &row.bridge}) {
    if (!name->empty()) check_name(library.materials, *name, row.where, who(row), diagnostics);
  }
  if (!row.part.empty() && std::ranges::find(layer_parts, row.part) == layer_parts.end()) {
    error("'part' is '" + row.part + "'", "'lid' or 'tim', or leave it out");
  }
  if (row.thickness.low <= 0) error("'thickness' must be above 0", "");
  if (row.inclusion.empty()) return;
  if (row.inclusion_diameter.typ <= 0 || row.inclusion_pitch.typ < row.inclusion_diameter.typ) {
    error("'inclusion' needs its diameter, and a pitch no smaller", "");
  }
}

// A section of a joint between stacked dies has nothing but layers of dies.
void check_sections(const Library& library, Diagnostics& diagnostics) {
  for (const auto& row : library.layers) check_layer(row, library, diagnostics);
  std::set<std::string> families;
  for (const auto& row : library.sections) {
    for (const auto& name : row.layers) check_name(library.layers, name, row.where, who(row), diagnostics);
    if (!row.filler.empty()) check_name(library.materials, row.filler, row.where, who(row), diagnostics);
    if (row.layers.empty())
      diagnostics.error(row.where, who(row) + " has no layers", "list them from the bottom");
    for (const auto& family : row.families) {
      if (std::ranges::find(packaging_families, family) == packaging_families.end()) {
        diagnostics.error(row.where, who(row) + " names the family '" + family + "', which does not exist",
                          suggest(family, {packaging_families.begin(), packaging_families.end()}));
      }
      if (!families.insert(family).second) {
        diagnostics.error(row.where,
                          who(row) + ": another section is that of the family '" + family + "' already",
                          "name one of them in the packagings' `section`");
      }
    }
  }
  for (const auto& row : library.packagings) {
    if (!row.section.empty()) {
      check_name(library.sections, row.section, row.where, who(row), diagnostics);
    } else if (!library.sections.empty() && !families.contains(row.family)) {
      diagnostics.error(row.where, who(row) + " has no section, nor has its family '" + row.family + "'",
                        "name one with `section`");
    }
  }
  for (const auto& row : library.memories) {
    if (!row.section.empty()) check_name(library.sections, row.section, row.where, who(row), diagnostics);
  }
}

void check_delivery(const Delivery& row, Diagnostics& diagnostics) {
  const auto error = [&](const std::string& what) { diagnostics.error(row.where, who(row) + ": " + what); };
  const auto share = [&](const SourcedCount& number, const std::string& key) {
    if (number.low <= 0 || number.high > 1) error("'" + key + "' must be above 0, up to 1");
  };
  share(row.efficiency, "efficiency");
  share(row.first_efficiency, "first_efficiency");
  share(row.steady_drop, "steady_drop");
  share(row.total_drop, "total_drop");
  share(row.load_step, "load_step");
  share(row.power_share, "power_share");
  if (row.input.low <= 0) error("'input' must be above 0");
  if (row.resistance.low <= 0) error("'resistance' must be above 0");
  if (row.place != "board" && row.first_resistance.low <= 0)
    error("regulators in the package need 'first_resistance': that of those that feed them");
}

template <class T>
void check_classes(const T& row, Diagnostics& diagnostics) {
  for (const auto& name : row.links) {
    if (std::ranges::find(link_classes, name) != link_classes.end()) continue;
    diagnostics.error(row.where, who(row) + " names the link class '" + name + "', which does not exist",
                      suggest(name, {link_classes.begin(), link_classes.end()}));
  }
}

void check_link(const Link& row, Diagnostics& diagnostics) {
  const auto error = [&](const std::string& what) { diagnostics.error(row.where, who(row) + ": " + what); };
  const auto same = [&row](const Bandwidth<>& rate) {
    return std::abs(rate.si() - row.lane_rate.typ) <= 1e-9 * row.lane_rate.typ;
  };
  if (!row.rates.empty() && std::ranges::none_of(row.rates, same)) error("'rates' must hold 'lane_rate'");
  if (std::ranges::any_of(row.rates, [](const auto& rate) { return rate.si() <= 0; })) {
    error("every one of 'rates' must be above 0");
  }
  if (row.bits_per_symbol.typ < 1) error("'bits_per_symbol' must be 1 or more");
  if (row.bit_errors.high >= 1) error("'bit_errors' must be below 1");
  if (row.narrow_lanes.typ >= row.lanes.typ) error("'narrow_lanes' must be below 'lanes'");
  if (row.spare_lanes.typ > 0 && row.repair_group.typ < 1) {
    error("'spare_lanes' needs 'repair_group': the lanes that share them");
  }
}

void check_names(const Library& library, Diagnostics& diagnostics) {
  for (const auto& row : library.nodes) check_makers(row, library, diagnostics);
  for (const auto& row : library.memories) check_makers(row, library, diagnostics);
  for (const auto& row : library.packagings) {
    check_makers(row, library, diagnostics);
    check_hybrid(row, library, diagnostics);
    check_classes(row, diagnostics);
    for (const auto& name : row.wires) check_name(library.wires, name, row.where, who(row), diagnostics);
    for (const auto* name : {&row.joint, &row.carrier_sheet, &row.carrier_via, &row.carrier_joint})
      if (!name->empty()) check_name(library.conductors, *name, row.where, who(row), diagnostics);
  }
  for (const auto& row : library.conductors)
    if (row.resistance.low <= 0) diagnostics.error(row.where, who(row) + ": 'resistance' must be above 0");
  for (const auto& row : library.deliveries) check_delivery(row, diagnostics);
  for (const auto& row : library.wires) check_classes(row, diagnostics);
  for (const auto& row : library.suppliers) {
    for (const auto& name : row.regions) check_name(library.regions, name, row.where, who(row), diagnostics);
  }
  for (const auto& row : library.modules) {
    for (const auto& area : row.measured) {
      check_name(library.nodes, area.node, row.where, who(row), diagnostics);
    }
  }
  for (const auto& row : library.products) {
    check_name(library.packagings, row.packaging, row.where, who(row), diagnostics);
    if (!row.memory.empty()) check_name(library.memories, row.memory, row.where, who(row), diagnostics);
    for (const auto& die : row.dies) check_name(library.nodes, die.node, row.where, who(row), diagnostics);
  }
  for (const auto& row : library.profiles) check_rules(row, library, diagnostics);
  check_sections(library, diagnostics);
  check_groups(library, diagnostics);
}

void check_number(const Field& field, const std::string& who, const SourceSpot& where,
                  Diagnostics& diagnostics) {
  const auto& [low, typ, high, origin] = field.number;
  if (field.kind != FieldKind::number || !field.known) return;
  const auto number = who + ": '" + field.key + "'";
  if (origin.source.empty()) {
    diagnostics.error(where,
                      number + (origin.estimate ? " is an estimate" : " is a number") + " without a source",
                      "say where it comes from, or how it was estimated");
  }
  if (low > typ || typ > high) diagnostics.error(where, number + " must have low <= typ <= high");
}

// Loading sees to it for files; a library may also come from elsewhere.
void check_numbers(const Library& library, Diagnostics& diagnostics) {
  for_each_category(library, [&](const auto& rows) {
    for (const auto& row : rows) {
      for (const auto& field : fields_of(row)) check_number(field, who(row), row.where, diagnostics);
    }
  });
}

void check_die_density(const Product& product, const ProductDie& die, const Library& library,
                       Diagnostics& diagnostics) {
  const auto* node = find(library.nodes, die.node);
  if (node == nullptr || !die.area.known || !die.transistors.known || die.area.typ <= 0) return;
  const double density = die.transistors.typ / die.area.typ;
  if (density <= node->logic_density.high) return;
  const auto print = [](double si) { return print_quantity(si, dimension::area * -1); };
  diagnostics.error(node->where,
                    "node '" + node->id + "' has a logic density of at most " +
                        print(node->logic_density.high) + ", but die '" + die.name + "' of product '" +
                        product.id + "' has " + print(density),
                    "raise the density's 'high', or check the die's area and transistors");
}

// What a product publishes against what follows from its parts.
void check_published(const Product& product, std::string_view what, double published, double computed,
                     const Dimension& dimension, Diagnostics& diagnostics) {
  const double off = std::abs(computed / published - 1);
  if (off <= close_enough) return;
  const auto message = who(product) + ": " + std::string{what} + " is published as " +
                       print_quantity(published, dimension, 4) + ", but its parts give " +
                       print_quantity(computed, dimension, 4) + " (" + significant(100 * off, 2) + " % off)";
  if (off > too_far) {
    diagnostics.error(product.where, message);
  } else {
    diagnostics.warning(product.where, message);
  }
}

void check_pin_rate(const Product& p, const Library& library, Diagnostics& diagnostics) {
  const auto* memory = find(library.memories, p.memory);
  if (memory == nullptr || !p.memory_pin_rate.known) return;
  const double rate = p.memory_pin_rate.typ;
  const auto& range = memory->pin_rate;
  if (rate >= range.low * (1 - close_enough) && rate <= range.high * (1 + close_enough)) return;
  const auto print = [](double si) { return print_quantity(si, dimension::data + dimension::time * -1); };
  diagnostics.warning(p.where, who(p) + ": 'memory_pin_rate' is " + print(rate) + ", but memory '" +
                                   memory->id + "' has " + print(range.low) + " to " + print(range.high));
}

void check_product(const Product& p, const Library& library, Diagnostics& diagnostics) {
  for (const auto& die : p.dies) check_die_density(p, die, library, diagnostics);
  if (p.units.known && p.macs.known && p.clock.known && p.peak.known) {
    const double peak = p.units.typ * p.macs.typ * 2 * p.clock.typ;  // a multiply-accumulate is two
    check_published(p, "'peak'", p.peak.typ, peak, dimension::time * -1, diagnostics);
    if (p.int8_ratio.known && p.peak_int8.known) {
      check_published(p, "'peak_int8'", p.peak_int8.typ, peak * p.int8_ratio.typ, dimension::time * -1,
                      diagnostics);
    }
  }
  if (p.memory_stacks.known && p.memory_pins.known && p.memory_pin_rate.known && p.memory_bandwidth.known) {
    check_published(p, "'memory_bandwidth'", p.memory_bandwidth.typ,
                    p.memory_stacks.typ * p.memory_pins.typ * p.memory_pin_rate.typ,
                    dimension::data + dimension::time * -1, diagnostics);
  }
  check_pin_rate(p, library, diagnostics);
}

template <class T>
void check_names_of(const Rule& rule, const Profile& profile, const std::vector<T>& rows,
                    Diagnostics& diagnostics) {
  for (const auto& name : rule.names) check_name(rows, name, rule.where, who(profile), diagnostics);
}

}  // namespace

void check_rules(const Profile& profile, const Library& library, Diagnostics& diagnostics) {
  for (const auto& rule : profile.rules) {
    switch (rule.kind) {
      case RuleKind::nodes:
        check_names_of(rule, profile, library.nodes, diagnostics);
        break;
      case RuleKind::memories:
        check_names_of(rule, profile, library.memories, diagnostics);
        break;
      case RuleKind::packagings:
        check_names_of(rule, profile, library.packagings, diagnostics);
        break;
      case RuleKind::links:
        check_names_of(rule, profile, library.links, diagnostics);
        break;
      case RuleKind::suppliers:
        check_names_of(rule, profile, library.suppliers, diagnostics);
        break;
      case RuleKind::regions:
        check_names_of(rule, profile, library.regions, diagnostics);
        break;
      case RuleKind::no_euv:
      case RuleKind::least_feature:
      case RuleKind::cap:
        break;
    }
  }
}

void check_library(const Library& library, Diagnostics& diagnostics) {
  check_names(library, diagnostics);
  check_numbers(library, diagnostics);
  for (const auto& bond : library.hybrid_bonds) check_bond(bond, diagnostics);
  for (const auto& link : library.links) check_link(link, diagnostics);
  for (const auto& product : library.products) check_product(product, library, diagnostics);
}

}  // namespace marquetry
