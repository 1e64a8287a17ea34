#include "library/check.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "library/fields.h"
#include "units/text.h"

namespace marquetry {
namespace {

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

template <class T>
void check_classes(const T& row, Diagnostics& diagnostics) {
  for (const auto& name : row.links) {
    if (std::ranges::find(link_classes, name) != link_classes.end()) continue;
    diagnostics.error(row.where, who(row) + " names the link class '" + name + "', which does not exist",
                      suggest(name, {link_classes.begin(), link_classes.end()}));
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
  for (const auto& row : library.workloads) check_workload(row, diagnostics);
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
  for (const auto& row : library.devices)
    if (!row.product.empty()) check_name(library.products, row.product, row.where, who(row), diagnostics);
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
