#include "explore/search.h"

#include <bit>

#include "base/parallel.h"
#include "evaluation/warpage.h"
#include "explore/order.h"

namespace marquetry::explore {
namespace {

constexpr std::size_t largest_table = 1u << 17;  // die figures kept by one walker and die type
constexpr int most_broken = 2;                   // limits, of a choice that is still of interest

// Of equals the front's own counts, whatever their numbers.
solver::Point no_better(solver::Point point) {
  point.id = std::numeric_limits<std::uint64_t>::max();
  return point;
}

// Figures of one die type, by the choices that shape it.
struct DieTable {
  bool used{};
  std::vector<DieFigures<double>> figures{};
  std::vector<bool> known{};
};

// Walks the branches below one prefix of choices. Owns all that it writes to: nothing is allocated on the
// way.
class Walker {
 public:
  Walker(const Prepared& prepared, const Measures& measures, const Order& order, const SearchOptions& options)
      : prepared_{prepared},
        order_{order},
        options_{options},
        models_{prepared.models},
        system_{prepared.plan.base},
        choice_(order.levels.size()),
        result{.front = solver::Archive{prepared.objectives.size()},
               .lifted = std::vector<solver::Archive>(prepared.rules.limits.size(),
                                                      solver::Archive{prepared.objectives.size()}),
               .least = std::vector<LeastBreak>(prepared.rules.limits.size()),
               .tally = Tally{prepared, measures}} {
    weights_.assign(choice_.size(), 1);
    for (std::size_t v = choice_.size(); v-- > 1;) {
      weights_[v - 1] = weights_[v] * prepared.design->variables[v].domain.size();
    }
    below_.assign(choice_.size() + 1, 1);
    for (std::size_t l = choice_.size(); l-- > 0;) below_[l] = below_[l + 1] * order.levels[l].size;
    prepare_tables();
    if (options.sourcing != nullptr) result.sold.emplace(*options.sourcing);
    models_.workspace = &workspace_;
    models_.bonds = &bonds_;
  }
  Walker(const Walker&) = delete;  // its models know its workspace
  Walker& operator=(const Walker&) = delete;

  // One prefix: the values of the first levels.
  void walk(std::span<const std::size_t> prefix) {
    RuleSet broken = prepared_.rules.always;
    bool possible = std::popcount(broken) <= most_broken;
    for (const auto d : order_.fixed_dies) possible = possible && settle(d);
    for (std::size_t l = 0; l < prefix.size() && possible; ++l) possible = choose(l, prefix[l], broken);
    if (possible) {
      descend(prefix.size(), broken);
    } else {
      count(below_[prefix.size()]);
    }
    flush();
  }

 private:
  void prepare_tables();
  DieFigures<double> figures_of(std::size_t die);
  bool settle(std::size_t die);
  bool choose(std::size_t level, std::size_t value, RuleSet& broken);
  void descend(std::size_t level, RuleSet broken);
  void evaluate_leaf(RuleSet broken);
  bool keeps_rules() const;
  double excess(RuleSet broken) const;
  double excess_of(std::size_t limit) const;
  std::size_t count_of(Scope scope) const;

  void count(std::uint64_t choices) {
    counted_ += choices;
    if (counted_ >= 1u << 16) flush();
  }
  void flush() {
    if (options_.done != nullptr) *options_.done += counted_;
    counted_ = 0;
  }

  const Prepared& prepared_;
  const Order& order_;
  const SearchOptions& options_;
  wafer::Workspace workspace_{};
  bonding::Workspace bonds_{};
  Models models_;
  System<double> system_;
  Evaluation<double> evaluation_{};
  std::vector<Range> choice_;
  std::vector<std::uint64_t> weights_{};  // of each variable's value in the number of a choice
  std::vector<std::uint64_t> below_{};    // choices below a node of each level
  std::vector<DieTable> tables_{};
  std::uint64_t counted_{};

 public:
  SearchResult result;
};

// A die whose variables are just the first levels meets each of its choices once: nothing to keep.
void Walker::prepare_tables() {
  tables_.resize(order_.die_variables.size());
  for (std::size_t d = 0; d < tables_.size(); ++d) {
    const auto& variables = order_.die_variables[d];
    if (variables.empty() || variables.size() == order_.settled_at[d] + 1) continue;
    std::size_t size = 1;
    for (const auto v : variables)
      size = std::min(largest_table + 1, size * prepared_.design->variables[v].domain.size());
    if (size > largest_table) continue;
    tables_[d] = {
        .used = true, .figures = std::vector<DieFigures<double>>(size), .known = std::vector<bool>(size)};
  }
}

DieFigures<double> Walker::figures_of(std::size_t d) {
  DieTable& table = tables_[d];
  if (!table.used) return die_figures(system_, d, models_);
  std::size_t index = 0;
  for (const auto v : order_.die_variables[d]) {
    index = index * prepared_.design->variables[v].domain.size() + choice_[v].first;
  }
  if (!table.known[index]) {
    table.figures[index] = die_figures(system_, d, models_);
    table.known[index] = true;
  }
  return table.figures[index];
}

// Computes the figures of a die type. Whether it can be made.
bool Walker::settle(std::size_t d) {
  put(evaluation_, d, figures_of(d));
  for (const auto& check : checks().first(die_checks)) {
    if (!keeps(check.get<double>()(system_, evaluation_, d))) return false;
  }
  return true;
}

bool Walker::choose(std::size_t l, std::size_t value, RuleSet& broken) {
  const Level& level = order_.levels[l];
  broken |= prepared_.rules.by_value[level.variable][value];
  if (std::popcount(broken) > most_broken) return false;
  choice_[level.variable] = {value, value};
  for (const auto* setter : level.setters) setter->apply(system_, choice_);
  for (const auto d : level.dies) {
    if (!settle(d)) return false;
  }
  return true;
}

void Walker::descend(std::size_t l, RuleSet broken) {
  if (l == order_.levels.size()) {
    evaluate_leaf(broken);
    count(1);
    return;
  }
  if (options_.stop != nullptr && *options_.stop) {
    result.complete = false;
    return;
  }
  for (std::size_t value = 0; value < order_.levels[l].size; ++value) {
    RuleSet now = broken;
    if (choose(l, value, now)) {
      descend(l + 1, now);
    } else {
      count(below_[l + 1]);
    }
  }
}

std::size_t Walker::count_of(Scope scope) const {
  switch (scope) {
    case Scope::package:
      return 1;
    case Scope::die:
      return system_.dies.size();
    case Scope::network:
      return system_.networks.size();
    case Scope::memory:
      return system_.memories.size();
    case Scope::workload:
      return system_.workloads.size();
  }
  return 0;
}

bool Walker::keeps_rules() const {
  for (const auto& check : checks().subspan(die_checks)) {
    const std::size_t n = count_of(check.scope);
    for (std::size_t i = 0; i < n; ++i) {
      if (!keeps(check.get<double>()(system_, evaluation_, i))) return false;
    }
  }
  return true;
}

void Walker::evaluate_leaf(RuleSet broken) {
  package_figures(system_, models_, evaluation_);
  ++result.evaluated;
  if (!keeps_rules()) return;
  for (std::size_t r = 0; r < prepared_.caps.size(); ++r) {
    const auto& cap = prepared_.caps[r];
    if (cap && !keeps(prepared_.rules.limits[r], cap->si(evaluation_))) broken |= RuleSet{1} << r;
  }
  if (std::popcount(broken) > most_broken) return;

  solver::Point point;
  for (std::size_t o = 0; o < prepared_.objectives.size(); ++o) {
    point.costs[o] = prepared_.objectives[o].cost(evaluation_);
  }
  for (std::size_t v = 0; v < choice_.size(); ++v) point.id += choice_[v].first * weights_[v];
  // Asked last, since it costs as much as all other figures: of what would come into the results only.
  std::optional<bool> bent;
  const auto bends = [this, &bent] {
    if (!bent) bent = warpage(evaluation_) > warpage_limit;
    return *bent;
  };
  result.tally.note(
      broken, point, evaluation_, [&] { return excess(broken); }, [&] { return !bends(); });
  if (broken == 0) {
    const bool sold = result.sold && result.sold->wants(choice_, evaluation_, point);
    if ((!sold && result.front.dominated(point)) || bends()) return;
    if (sold) result.sold->keep();
    result.front.insert(point);
    return;
  }
  if (std::popcount(broken) > 1) return;
  const auto limit = static_cast<std::size_t>(std::countr_zero(broken));
  const LeastBreak least{excess(broken), point.id};
  const bool counts = least < result.least[limit] || !result.front.dominated(no_better(point));
  if (counts && bends()) return;
  result.least[limit] = std::min(result.least[limit], least);
  if (!result.front.dominated(no_better(point))) result.lifted[limit].insert(point);
}

// How far the choice breaks its limits, all together.
double Walker::excess(RuleSet broken) const {
  double sum = 0;
  for (; broken != 0; broken &= broken - 1) {
    sum += excess_of(static_cast<std::size_t>(std::countr_zero(broken)));
  }
  return sum;
}

// How far the choice breaks a limit.
double Walker::excess_of(std::size_t r) const {
  if (const auto& cap = prepared_.caps[r]) {
    const double limit = prepared_.rules.limits[r].limit;
    return std::abs(cap->si(evaluation_) - limit) / std::max(std::abs(limit), 1e-300);
  }
  double sum = 0;
  for (std::size_t v = 0; v < choice_.size(); ++v) {
    const std::size_t value = choice_[v].first;
    if ((prepared_.rules.by_value[v][value] >> r & 1) != 0) sum += prepared_.rules.strain[v][value];
  }
  return sum;
}

void merge(SearchResult& total, const SearchResult& part) {
  total.front.merge(part.front);
  if (total.sold) total.sold->merge(*part.sold);
  for (std::size_t r = 0; r < total.lifted.size(); ++r) {
    total.lifted[r].merge(part.lifted[r]);
    total.least[r] = std::min(total.least[r], part.least[r]);
  }
  total.tally.merge(part.tally);
  total.evaluated += part.evaluated;
  total.complete = total.complete && part.complete;
}

// Points of a lifted front count only where the front itself has nothing as good.
void drop_known(SearchResult& total, std::size_t objectives) {
  for (auto& archive : total.lifted) {
    solver::Archive kept{objectives};
    for (const auto& point : archive.points()) {
      if (!total.front.dominated(no_better(point))) kept.insert(point);
    }
    archive = std::move(kept);
  }
}

}  // namespace

SearchResult search(const Prepared& prepared, const Measures& measures, const SearchOptions& options) {
  const Order order = order_of(prepared);
  // Enough prefixes to keep every thread busy to the end.
  std::size_t depth = 0;
  std::size_t tasks = 1;
  while (depth < order.levels.size() && tasks < 16 * static_cast<std::size_t>(options.threads)) {
    tasks *= order.levels[depth++].size;
  }
  auto parts = parallel::map(tasks, options.threads, [&](std::size_t task) {
    std::vector<std::size_t> prefix(depth);
    for (std::size_t l = depth; l-- > 0; task /= order.levels[l].size)
      prefix[l] = task % order.levels[l].size;
    Walker walker{prepared, measures, order, options};
    walker.walk(prefix);
    return std::move(walker.result);
  });
  SearchResult total = std::move(parts.front());
  for (std::size_t i = 1; i < parts.size(); ++i) merge(total, parts[i]);
  drop_known(total, prepared.objectives.size());
  return total;
}

}  // namespace marquetry::explore
