#include "evaluation/family.h"

#include <fmt/format.h>

#include <algorithm>

namespace marquetry {
namespace {

// A member as a design of its own.
struct Member {
  Design design{};
  Prepared prepared{};
  Choice choice{};
  System<double> system{};
};

std::unique_ptr<Member> member_of(const Library& library, const Design& design, const FamilyMember& given,
                                  const Preset& preset, Diagnostics& diagnostics) {
  auto member = std::make_unique<Member>();
  member->design = design;
  Diagnostics found;
  const bool set = set_variables(member->design, given.set, library, found);
  for (const auto& complaint : found.all()) {
    if (complaint.severity == Severity::error)
      diagnostics.error(given.where, complaint.message, complaint.hint);
  }
  if (!set) return nullptr;
  for (const auto& variable : member->design.variables) {
    if (variable.domain.size() == 1) continue;
    diagnostics.error(
        given.where, fmt::format("product '{}' leaves the variable '{}' open", given.id, variable.name),
        fmt::format("add it to its 'set', for example {} = {}", variable.name, variable.domain.front().text));
    return nullptr;
  }
  auto prepared = prepare(library, member->design, diagnostics, preset);
  if (!prepared) return nullptr;
  member->prepared = std::move(*prepared);
  member->choice = Choice(member->design.variables.size(), 0);
  member->system = compose(member->prepared, member->choice);
  member->system.volume = given.volume;
  return member;
}

std::string die_key(const Member& member, const Library& library, const Evaluation<double>& e,
                    std::size_t d) {
  return fmt::format("{} on {}, {:.4g} mm2", member.design.dies[d].id,
                     library.nodes[member.system.dies[d].node_row - 1].id, e.outlines[d].area / unit::mm2);
}

// Designs are told apart by what they are, not by their size: dies by their id, modules by their row. The
// package is the product's, or of the product that it names; the peer takes those of equal area for one.
std::string key_of(const cost::NreItem& item, const Member& member, const FamilyMember& given,
                   const Library& library, const Evaluation<double>& e) {
  const auto node = [&] { return library.nodes[member.system.dies[item.die].node_row - 1].id; };
  switch (item.kind) {
    case cost::NreKind::module:
      return fmt::format("module {} on {}",
                         library.modules[member.system.dies[item.die].modules[item.module].row - 1].id,
                         node());
    case cost::NreKind::contents:
      return "contents of die " + die_key(member, library, e, item.die);
    case cost::NreKind::interfaces:
      return fmt::format("PHYs and controllers of die {} on {}", member.design.dies[item.die].id, node());
    case cost::NreKind::die:
      return "die " + die_key(member, library, e, item.die);
    case cost::NreKind::package:
      break;
  }
  if (member.prepared.models.quirks.has(quirk("actuary-equal-area-package"))) {
    return fmt::format("package of {:.6g} mm2", e.area.substrate / unit::mm2);
  }
  return "package of " + (given.package.empty() ? given.id : given.package);
}

// A package that several share is as large as the largest of them needs it.
void share_packages(const Design& design, const std::vector<std::unique_ptr<Member>>& members,
                    const std::vector<Evaluation<double>>& evaluations) {
  const auto owner = [&](std::size_t i) {
    return design.family[i].package.empty() ? design.family[i].id : design.family[i].package;
  };
  for (std::size_t i = 0; i < members.size(); ++i) {
    for (std::size_t j = 0; j < members.size(); ++j) {
      if (owner(i) != owner(j)) continue;
      auto& least = members[i]->system.least_footprint;
      least = std::max(least, evaluations[j].area.footprint);
    }
  }
}

// Each product pays for a design by how many of it it uses: NRE n_i / sum of n_j V_j.
void share_nre(Family& family) {
  for (const auto& design : family.designs) {
    double uses = 0;
    for (std::size_t i = 0; i < family.products.size(); ++i)
      uses += design.counts[i] * family.products[i].volume;
    for (std::size_t i = 0; i < family.products.size(); ++i) {
      family.products[i].nre += design.money * (design.counts[i] / uses);
    }
    family.nre_total += design.money;
  }
}

}  // namespace

std::optional<Family> evaluate_family(const Library& library, const Design& design, const Preset& preset,
                                      Diagnostics& diagnostics) {
  std::vector<std::unique_ptr<Member>> members;
  for (const auto& given : design.family) {
    auto member = member_of(library, design, given, preset, diagnostics);
    if (member == nullptr) return std::nullopt;
    members.push_back(std::move(member));
  }
  std::vector<Evaluation<double>> evaluations;
  for (const auto& m : members) evaluations.push_back(evaluate(m->system, m->prepared.models));
  share_packages(design, members, evaluations);

  Family family;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const auto& m = *members[i];
    auto e = evaluate(m.system, m.prepared.models);
    for (const auto& item : cost::nre_items(m.system, e.outlines, e.area, m.prepared.models.quirks)) {
      const auto key = key_of(item, m, design.family[i], library, e);
      auto found = std::ranges::find(family.designs, key, &FamilyDesign::name);
      if (found == family.designs.end()) {
        family.designs.push_back({key, item.money, std::vector<double>(members.size(), 0.0)});
        found = family.designs.end() - 1;
      }
      found->counts[i] += item.count;
      found->money = std::max(found->money, item.money);
    }
    const bool feasible =
        violations(m.design, m.prepared.rules, m.prepared.caps, m.system, e, m.choice).empty();
    family.products.push_back(
        {design.family[i].id, design.family[i].volume, m.choice, feasible, e, {}, e.cost.nre});
  }
  share_nre(family);
  return family;
}

}  // namespace marquetry
