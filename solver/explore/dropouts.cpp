#include "explore/dropouts.h"

#include <algorithm>
#include <cmath>

#include "supply/sellers.h"

namespace marquetry::explore {
namespace {

// Sellers of a row that every rule of that kind lets through.
std::vector<std::string> allowed(const Design& design, RuleKind kind, std::string_view category,
                                 const std::vector<std::string>& names) {
  std::vector<std::string> out = names;
  for (const auto& profile : design.profiles) {
    for (const auto& rule : profile.rules) {
      if (rule.kind != kind) continue;
      std::erase_if(out, [&](const std::string& name) { return !may_sell(rule, category, name); });
    }
  }
  return out;
}

void add_row(const Design& design, const supply::Sourcing& part, BoughtPart& out) {
  out.rows.push_back(part.row);
  out.sellers.push_back({allowed(design, RuleKind::suppliers, part.category, *part.suppliers),
                         allowed(design, RuleKind::regions, part.category, *part.regions)});
}

// The first value of the same sellers, for every part that the variable decides.
std::size_t class_of(const std::vector<const BoughtPart*>& parts, std::size_t value) {
  for (std::size_t first = 0; first < value; ++first) {
    const auto same = [&](const BoughtPart* part) { return part->sellers[first] == part->sellers[value]; };
    if (std::ranges::all_of(parts, same)) return first;
  }
  return value;
}

std::vector<BoughtPart> parts_of(const Prepared& prepared) {
  const Design& design = *prepared.design;
  const Choice first(design.variables.size(), 0);
  std::vector<BoughtPart> out;
  for (const auto& part : supply::sourcing(*prepared.library, design, first)) {
    add_row(design, part, out.emplace_back(BoughtPart{.name = part.part}));
  }
  for (VariableId v = 0; v < design.variables.size(); ++v) {
    std::vector<std::vector<supply::Sourcing>> sold;
    Choice choice = first;
    for (std::size_t value = 0; value < design.variables[v].domain.size(); ++value) {
      choice[v] = static_cast<std::uint32_t>(value);
      sold.push_back(supply::sourcing(*prepared.library, design, choice));
    }
    for (std::size_t p = 0; p < out.size(); ++p) {
      const auto differs = [&](const auto& parts) { return parts[p].row != sold.front()[p].row; };
      if (std::ranges::none_of(sold, differs)) continue;
      out[p] = {.name = out[p].name, .variable = v};
      for (const auto& parts : sold) add_row(design, parts[p], out[p]);
    }
  }
  return out;
}

std::vector<std::size_t> yardsticks_of(const Measures& measures) {
  std::vector<std::size_t> out;
  if (const auto nearest = measures.find(MeasureKind::shortfall)) {
    out.push_back(*nearest);
    if (const auto cost = measures.find(MeasureKind::match_cost)) out.push_back(*cost);
    return out;
  }
  for (std::size_t m = 0; m < measures.all().size(); ++m) out.push_back(m);
  return out;
}

// Anything is better.
Scored nothing() {
  Scored out{.score = unreachable};
  out.point.costs.fill(unreachable);
  return out;
}

}  // namespace

Sourcing sourcing_of(const Prepared& prepared, const Measures& measures) {
  Sourcing out{.prepared = &prepared,
               .measures = &measures,
               .yardsticks = yardsticks_of(measures),
               .parts = parts_of(prepared)};
  std::uint64_t weight = 1;
  for (VariableId v = 0; v < prepared.design->variables.size(); ++v) {
    std::vector<const BoughtPart*> decided;
    for (const auto& part : out.parts) {
      if (part.variable == v) decided.push_back(&part);
    }
    if (decided.empty()) continue;
    auto& deciding = out.deciding.emplace_back(Sourcing::Deciding{.variable = v});
    const std::size_t values = prepared.design->variables[v].domain.size();
    for (std::size_t i = 0; i < values; ++i) deciding.by_value.push_back(weight * class_of(decided, i));
    weight *= values;
  }
  return out;
}

std::size_t row_of(const BoughtPart& part, const Choice& choice) {
  return part.variable ? choice[*part.variable] : 0;
}

bool better(const Scored& a, const Scored& b, std::size_t objectives) {
  if (a.score != b.score) return a.score < b.score;
  for (std::size_t o = 0; o < objectives; ++o) {
    if (a.point.costs[o] != b.point.costs[o]) return a.point.costs[o] < b.point.costs[o];
  }
  return a.point.id < b.point.id;
}

BestBySellers::BestBySellers(const Sourcing& sourcing)
    : sourcing_{&sourcing}, newcomer_(sourcing.yardsticks.size()) {}

bool BestBySellers::wants(std::span<const Range> choice, const Evaluation<double>& evaluation,
                          const solver::Point& point) {
  std::uint64_t number = 0;
  for (const auto& deciding : sourcing_->deciding) {
    number += deciding.by_value[choice[deciding.variable].first];
  }
  if (recent_ == nullptr || number != recent_number_) {
    recent_ = &best_[number];
    recent_number_ = number;
  }
  if (recent_->empty()) {
    recent_->resize(newcomer_.size(), nothing());
  }
  const auto values = (*sourcing_->measures)(point, &evaluation);
  bool wanted = false;
  const std::size_t objectives = sourcing_->prepared->objectives.size();
  for (std::size_t y = 0; y < newcomer_.size(); ++y) {
    newcomer_[y] = {values[sourcing_->yardsticks[y]], point};
    wanted = wanted || better(newcomer_[y], (*recent_)[y], objectives);
  }
  return wanted;
}

void BestBySellers::keep() {
  const std::size_t objectives = sourcing_->prepared->objectives.size();
  for (std::size_t y = 0; y < newcomer_.size(); ++y) {
    if (better(newcomer_[y], (*recent_)[y], objectives)) (*recent_)[y] = newcomer_[y];
  }
}

void BestBySellers::merge(const BestBySellers& other) {
  const std::size_t objectives = sourcing_->prepared->objectives.size();
  recent_ = nullptr;
  for (const auto& [number, theirs] : other.best_) {
    auto [place, is_new] = best_.try_emplace(number, theirs);
    if (is_new) continue;
    for (std::size_t y = 0; y < theirs.size(); ++y) {
      if (better(theirs[y], place->second[y], objectives)) place->second[y] = theirs[y];
    }
  }
}

std::vector<std::vector<Scored>> BestBySellers::all() const {
  std::vector<std::uint64_t> numbers;
  for (const auto& [number, best] : best_) {
    if (!best.empty() && std::isfinite(best.front().score)) numbers.push_back(number);
  }
  std::ranges::sort(numbers);
  std::vector<std::vector<Scored>> out;
  for (const auto number : numbers) out.push_back(best_.at(number));
  return out;
}

}  // namespace marquetry::explore
