#include "explore/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace marquetry::explore {
namespace {

// By RuleKind: what is forbidden, and what is allowed once the rule is lifted.
struct RuleWords {
  RuleKind kind;
  std::string_view demand, allowance;
};
constexpr std::array rule_words{
    RuleWords{RuleKind::no_euv, "no EUV nodes", "EUV nodes"},
    RuleWords{RuleKind::least_feature, "no finer nodes", "finer nodes"},
    RuleWords{RuleKind::nodes, "only some nodes", "other nodes"},
    RuleWords{RuleKind::memories, "only some memories", "other memories"},
    RuleWords{RuleKind::packagings, "only some packagings", "other packagings"},
    RuleWords{RuleKind::links, "only some links", "other links"},
    RuleWords{RuleKind::suppliers, "only some suppliers", "parts of other suppliers"},
    RuleWords{RuleKind::regions, "only some regions", "parts from other regions"},
};

const Rule* rule_of(const Design& design, const Limit& limit) {
  for (const auto& profile : design.profiles) {
    const auto found = std::ranges::find(profile.rules, limit.path, &Rule::path);
    if (found != profile.rules.end()) return &*found;
  }
  return nullptr;
}

const RuleWords* words_of(const Prepared& prepared, const Limit& limit) {
  const Rule* rule = limit.is_cap ? nullptr : rule_of(*prepared.design, limit);
  if (rule == nullptr) return nullptr;
  const auto found = std::ranges::find(rule_words, rule->kind, &RuleWords::kind);
  return found == rule_words.end() ? nullptr : &*found;
}

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

struct FigureName {
  std::string_view path, name;
};
// Where the last word of the path says it badly.
constexpr std::array figure_names{
    FigureName{"cost.unit_usd", "unit cost"},
    FigureName{"cost.recurring_usd", "unit cost without NRE"},
    FigureName{"cost.per_good_unit_usd", "cost of a good unit"},
    FigureName{"power.total_w", "power"},
    FigureName{"thermal.peak_c", "hottest die"},
    FigureName{"supply.tpp", "TPP"},
    FigureName{"supply.time_to_market_weeks", "time to market"},
    FigureName{"carbon.embodied_kg", "embodied carbon"},
    FigureName{"carbon.operational_kg", "carbon in use"},
    FigureName{"memory.capacity_gbyte", "memory capacity"},
    FigureName{"memory.bandwidth_gbyte_s", "memory bandwidth"},
    FigureName{"network.throughput_fraction", "throughput fraction"},
    FigureName{"supply.performance_density", "performance density"},
    FigureName{"supply.units_per_month", "units a month"},
    FigureName{"supply.wafers_per_month", "wafers a month"},
    FigureName{"supply.packages_per_month", "packages a month"},
    FigureName{"yield.shipped_quality", "shipped quality"},
};

}  // namespace

std::string figure_name(const std::string& path) {
  const auto known = std::ranges::find(figure_names, path, &FigureName::path);
  if (known != figure_names.end()) return std::string{known->name};
  std::string out = path;
  if (out.ends_with(".value")) {
    out.erase(out.size() - 6);
    return out.substr(out.find('.') + 1);
  }
  out.erase(0, out.find('.') + 1);
  const auto unit = out.rfind('_');
  if (unit != std::string::npos && unit > 0) out.erase(unit);
  std::ranges::replace(out, '_', ' ');
  return out;
}

bool breaks(const Prepared& prepared, std::size_t r, const Choice& choice) {
  if (const auto& cap = prepared.caps[r]) {
    return !keeps(prepared.rules.limits[r], cap->si(evaluate(compose(prepared, choice), prepared.models)));
  }
  bool broken = (prepared.rules.always >> r & 1) != 0;
  for (std::size_t v = 0; v < choice.size(); ++v) {
    broken = broken || (prepared.rules.by_value[v][choice[v]] >> r & 1) != 0;
  }
  return broken;
}

namespace {

// Four digits that still let the value through: a cap is rounded up, a floor down.
std::string let_through(double value, bool is_least) {
  if (value == 0) return "0";
  const double step = std::pow(10, std::floor(std::log10(std::abs(value))) - 3);
  const double steps = value / step, whole = std::round(steps);
  const bool is_whole = std::abs(steps - whole) < 1e-9 * std::abs(steps);  // but for the last bits
  const double rounded = is_whole ? whole : is_least ? std::floor(steps) : std::ceil(steps);
  return significant(rounded * step, 4);
}

}  // namespace

std::string needed(const Prepared& prepared, std::size_t r, const Choice& choice) {
  const auto& limit = prepared.rules.limits[r];
  if (const auto& cap = prepared.caps[r]) {
    const auto evaluation = evaluate(compose(prepared, choice), prepared.models);
    return fmt::format("{}{}{}", let_through(cap->report(cap->si(evaluation)), limit.is_least),
                       cap->figure->unit.empty() ? "" : " ", cap->figure->unit);
  }
  std::string names;
  for (std::size_t v = 0; v < choice.size(); ++v) {
    if ((prepared.rules.by_value[v][choice[v]] >> r & 1) == 0) continue;
    const auto& variable = prepared.design->variables[v];
    names +=
        fmt::format("{}{} = {}", names.empty() ? "" : ", ", variable.name, variable.domain[choice[v]].text);
  }
  if (!names.empty()) return names;
  const RuleWords* words = words_of(prepared, limit);  // no variable has a part in it
  return words == nullptr ? fmt::format("without '{}'", limit.text) : std::string{words->allowance};
}

std::string allowance(const Prepared& prepared, std::size_t r, const Choice& choice) {
  const auto& limit = prepared.rules.limits[r];
  if (const auto& cap = prepared.caps[r]) {
    return fmt::format("allow {} of {}", needed(prepared, r, choice),
                       figure_name(path_of(*cap, *prepared.design)));
  }
  const RuleWords* words = words_of(prepared, limit);
  const std::string what{words == nullptr ? "more" : words->allowance}, names = needed(prepared, r, choice);
  return what == names ? "allow " + what : fmt::format("allow {}: {}", what, names);
}

std::string demand_of(const Prepared& prepared, std::size_t r) {
  const auto& limit = prepared.rules.limits[r];
  if (const auto& cap = prepared.caps[r]) {
    return fmt::format("{} {} {}{}{}", figure_name(path_of(*cap, *prepared.design)),
                       limit.is_least ? "at least" : "at most", significant(cap->report(limit.limit), 6),
                       cap->figure->unit.empty() ? "" : " ", cap->figure->unit);
  }
  const RuleWords* words = words_of(prepared, limit);
  if (words == nullptr) return limit.text;
  const Rule* rule = rule_of(*prepared.design, limit);
  if (rule->kind == RuleKind::least_feature || rule->is_deny) return limit.text;
  return rule->names.empty() ? std::string{words->demand}
                             : fmt::format("{}: {}", words->demand, listed(rule->names));
}

}  // namespace marquetry::explore
