// Which rules of the profiles a name breaks.
#include <fmt/format.h>

#include "system/plan.h"

namespace marquetry {
namespace {

bool any_of_these(const std::vector<std::string>& names, const std::vector<std::string>& allowed) {
  return std::ranges::any_of(
      names, [&](const auto& name) { return std::ranges::find(allowed, name) != allowed.end(); });
}

template <class Row>
bool sold_by(const Row& row, const Rule& rule) {
  const auto may = [&](const std::string& name) { return may_sell(rule, Row::category, name); };
  if (rule.kind == RuleKind::suppliers) return std::ranges::any_of(row.suppliers, may);
  if (rule.kind == RuleKind::regions) return std::ranges::any_of(row.regions, may);
  return true;
}

bool is_named(const std::vector<std::string>& names, const Rule& rule) {
  return any_of_these(names, rule.names) != rule.is_deny;
}

bool keeps(const ProcessNode& node, const Rule& rule) {
  switch (rule.kind) {
    case RuleKind::no_euv:
      return !node.euv;
    case RuleKind::least_feature:
      return node.feature.typ >= rule.limit * (1 - 1e-9);
    case RuleKind::nodes:
      return is_named({node.id}, rule);
    default:
      return sold_by(node, rule);
  }
}
bool keeps(const Packaging& packaging, const Rule& rule) {
  if (rule.kind == RuleKind::packagings) return is_named({packaging.id, packaging.family}, rule);
  return sold_by(packaging, rule);
}
bool keeps(const Memory& memory, const Rule& rule) {
  if (rule.kind == RuleKind::memories) return is_named({memory.id, memory.generation}, rule);
  return sold_by(memory, rule);
}
bool keeps(const Link& link, const Rule& rule) {
  return rule.kind != RuleKind::links || is_named({link.id, link.link_class}, rule);
}

// How far a row breaks a rule: a node by the ratio of the feature sizes, any other name by 1.
double strain_of(const ProcessNode& node, const Rule& rule) {
  return rule.kind == RuleKind::least_feature ? rule.limit / node.feature.typ - 1 : 1;
}
double strain_of(const auto&, const Rule&) { return 1; }

struct Builder {
  const Design& design;
  Rules rules{};
  std::vector<std::pair<std::size_t, const Rule*>> on_names{};  // bit and rule

  template <class Row>
  void field(const OpenName& open, const std::vector<Row>& all) {
    const auto broken = [&](const std::string& name) {
      RuleSet set = 0;
      const Row* row = find(all, name);
      for (const auto& [bit, rule] : on_names) {
        if (row != nullptr && !keeps(*row, *rule)) set |= RuleSet{1} << bit;
      }
      return set;
    };
    if (!open.variable) {
      rules.always |= broken(open.value);
      return;
    }
    const auto& domain = design.variables[*open.variable].domain;
    for (std::size_t i = 0; i < domain.size(); ++i) {
      rules.by_value[*open.variable][i] |= broken(domain[i].text);
      auto& strain = rules.strain[*open.variable][i];
      for (const auto& [bit, rule] : on_names) {
        const Row* row = find(all, domain[i].text);
        if (row != nullptr && !keeps(*row, *rule)) strain = std::max(strain, strain_of(*row, *rule));
      }
    }
  }
};

Limit limit_of(const Rule& rule) {
  return {.path = rule.path,
          .text = rule.text,
          .is_cap = rule.kind == RuleKind::cap,
          .is_least = false,
          .limit = rule.limit,
          .where = rule.where};
}

}  // namespace

Rules make_rules(const Library& library, const Design& design) {
  Builder builder{design};
  for (const auto& variable : design.variables) {
    builder.rules.by_value.emplace_back(variable.domain.size());
    builder.rules.strain.emplace_back(variable.domain.size());
  }
  for (const auto& profile : design.profiles) {
    for (const auto& rule : profile.rules) {
      if (rule.kind != RuleKind::cap) builder.on_names.emplace_back(builder.rules.limits.size(), &rule);
      builder.rules.limits.push_back(limit_of(rule));
    }
  }
  for (const auto& constraint : design.constraints) {
    builder.rules.limits.push_back(
        {.path = constraint.path,
         .text = fmt::format("at {} {}", constraint.is_least ? "least" : "most", constraint.text),
         .is_cap = true,
         .is_least = constraint.is_least,
         .limit = constraint.limit,
         .where = constraint.where});
  }
  for (const auto& die : design.dies) {
    builder.field(die.node, library.nodes);
    if (!die.on.empty()) builder.field(die.stacking, library.packagings);
  }
  for (const auto& memory : design.memories) {
    builder.field(memory.memory, library.memories);
    if (memory.stacking) builder.field(*memory.stacking, library.packagings);
  }
  for (const auto& link : design.links) builder.field(link.link, library.links);
  builder.field(design.packaging, library.packagings);
  return std::move(builder.rules);
}

}  // namespace marquetry
