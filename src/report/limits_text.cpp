#include "report/limits_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/wrap.h"
#include "explore/words.h"
#include "report/table.h"

namespace marquetry::report {
namespace {

using explore::Exploration;
using explore::MeasureKind;

constexpr double told = 5e-4;  // gains below are no news
constexpr std::size_t shown_pairs = 6;

// Of the gap that the nearest choice leaves.
std::string share_of_gap(const Exploration& exploration, double gain) {
  const double share = exploration.shortfall > 0 ? gain / exploration.shortfall : 0;
  return share < told ? "none of the gap" : fmt::format("{:.0f} % of the gap", 100 * share);
}

std::string gains_text(const Prepared& prepared, const std::vector<double>& gains) {
  std::string out;
  for (std::size_t o = 0; o < gains.size(); ++o) {
    if (gains[o] < told) continue;
    const auto name = figure_name(path_of(prepared.objectives[o].figure, *prepared.design));
    out += fmt::format("{}best {} {:.1f} % better", out.empty() ? "" : ", ", name, 100 * gains[o]);
  }
  return out;
}

// What a lifted limit does: to the gap, to the cost of a match, to the best of each objective.
std::string effect(const Prepared& prepared, const Exploration& exploration,
                   const std::optional<double>& shortfall, const std::optional<double>& cost,
                   const std::vector<double>& gains) {
  std::string out;
  const auto add = [&out](const std::string& text) {
    if (!text.empty()) out += (out.empty() ? "" : "; ") + text;
  };
  if (shortfall && exploration.shortfall > 0 && *shortfall >= 0.005 * exploration.shortfall)
    add("closes " + share_of_gap(exploration, *shortfall));
  if (cost && *cost > 0.5) add(fmt::format("a match costs {} USD less", readable(*cost)));
  add(gains_text(prepared, gains));
  return out.empty() ? "gains nothing" : out;
}

std::string what_to_allow(const explore::PairRelaxation& pair) {
  if (pair.to[0].empty()) return pair.to[1];
  return pair.to[1].empty() ? pair.to[0] : pair.to[0] + " and " + pair.to[1];
}

const explore::MeasurePrice* price_of(const Exploration& exploration, const explore::Price& price,
                                      MeasureKind kind) {
  const auto found = std::ranges::find_if(
      price.measures, [&](const auto& m) { return exploration.measures[m.measure].kind == kind; });
  return found == price.measures.end() ? nullptr : &*found;
}

// "at 1 234 W", where the next better choice lies.
std::string place_text(const Prepared& prepared, const explore::Price& price, double place) {
  const auto& cap = *prepared.caps[price.limit];
  const double si = prepared.rules.limits[price.limit].is_least ? -place : place;
  return fmt::format("{}{}{}", readable(cap.report(si)), cap.figure->unit.empty() ? "" : " ",
                     cap.figure->unit);
}

// How far the best choice stays from a cap.
std::string slack_text(const Prepared& prepared, const explore::Price& price,
                       const explore::MeasurePrice& m) {
  const auto& figure = *prepared.caps[price.limit]->figure;
  return fmt::format("{}{}{}", readable(std::max(0.0, price.at - m.now->limit) / figure.unit_si),
                     figure.unit.empty() ? "" : " ", figure.unit);
}

// Gain in the measure's words: USD, W, percent of the gap, percent of the best value.
std::string gain_text(const Prepared& prepared, const Exploration& exploration,
                      const explore::MeasurePrice& m, double gain) {
  const auto& measure = exploration.measures[m.measure];
  if (measure.kind == MeasureKind::shortfall) {
    return fmt::format("{} % of the gap", readable(100 * gain / m.now->value));
  }
  if (measure.kind == MeasureKind::match_cost) {
    return fmt::format("{} USD", readable(gain / measure_scale(prepared, measure)));
  }
  if (measure.kind == MeasureKind::match_power) return fmt::format("{} W", readable(gain / unit::W.si()));
  return fmt::format("{} %", readable(100 * gain / std::abs(m.now->value)));
}

std::vector<std::string> price_row(const Prepared& prepared, const Exploration& exploration,
                                   const explore::Price& price, const explore::MeasurePrice& m) {
  const auto& measure = exploration.measures[m.measure];
  const auto& cap = prepared.caps[price.limit];
  const std::string name = measure_name(prepared, measure);
  const std::string whole = gain_text(prepared, exploration, m, m.now->value - m.least);
  if (!cap) return {name, whole};
  const double unit_si = cap->figure->unit_si;
  const std::string per = cap->figure->unit.empty() ? "" : " / " + std::string{cap->figure->unit};
  return {name, gain_text(prepared, exploration, m, *m.slope * unit_si) + per,
          fmt::format("{} at {}", gain_text(prepared, exploration, m, m.now->value - m.next->value),
                      place_text(prepared, price, m.next->limit)),
          whole};
}

std::string price_text(const Prepared& prepared, const Exploration& exploration,
                       const explore::Price& price) {
  const bool is_cap = prepared.caps[price.limit].has_value();
  Table table{.columns = {Align::left, Align::left, Align::left, Align::left}};
  table.rows.push_back(is_cap ? std::vector<std::string>{"for", "at the margin", "next step", "lifted whole"}
                              : std::vector<std::string>{"for", "lifted whole"});
  std::string idle;
  for (const auto& m : price.measures) {
    if (!m.now) continue;
    const std::string name = measure_name(prepared, exploration.measures[m.measure]);
    if (m.next) {
      table.rows.push_back(price_row(prepared, exploration, price, m));
      continue;
    }
    idle += (idle.empty() ? "" : ", ") + name;
    if (is_cap) idle += fmt::format(" ({} of slack)", slack_text(prepared, price, m));
  }
  std::string out = "  " + demand_of(prepared, price.limit) + "\n";
  if (table.rows.size() > 1) out += print(table, "      ");
  if (!idle.empty()) out += wrapped("      price 0 for " + idle, "        ");
  return out;
}

}  // namespace

std::string best_relaxation_line(const Prepared& prepared, const Exploration& exploration) {
  if (exploration.relaxations.empty()) {
    return prepared.rules.limits.empty() ? "" : "Lifting any one limit alone gains nothing.";
  }
  const auto& best = exploration.relaxations.front();
  const std::string what = demand_of(prepared, best.limit);
  const auto does = effect(prepared, exploration, best.shortfall_gain, best.cost_gain, best.gain);
  if (best.shortfall_gain && exploration.shortfall > told &&
      *best.shortfall_gain < told * exploration.shortfall) {
    const auto gains = gains_text(prepared, best.gain);
    return fmt::format("No limit alone closes any of the gap to the product; lifting '{}' ({}) gives: {}.",
                       what, best.to, gains.empty() ? "nothing" : gains);
  }
  if (does == "gains nothing") return "Lifting any one limit alone improves no best value.";
  return fmt::format("What would help most is to lift '{}' ({}): {}.", what, best.to, does);
}

std::string best_pair_line(const Prepared& prepared, const Exploration& exploration) {
  if (exploration.pairs.empty()) return "";
  const auto& pair = exploration.pairs.front();
  const std::string names =
      fmt::format("'{}' and '{}'", demand_of(prepared, pair.limits[0]), demand_of(prepared, pair.limits[1]));
  if (!pair.is_more) return "No pair of limits gains more than the better of the two alone.";
  return fmt::format("The best pair is {} ({}): {}.", names, what_to_allow(pair),
                     effect(prepared, exploration, pair.shortfall_gain, pair.cost_gain, {}));
}

std::string margin_line(const Prepared& prepared, const Exploration& exploration) {
  std::string binding, slack;
  for (const auto& price : exploration.prices) {
    if (!prepared.caps[price.limit]) continue;
    const auto name = "'" + demand_of(prepared, price.limit) + "'";
    const auto* cost = price_of(exploration, price, MeasureKind::match_cost);
    const auto* gap = price_of(exploration, price, MeasureKind::shortfall);
    if ((cost != nullptr && cost->next) || (gap != nullptr && gap->next) ||
        (cost == nullptr && gap == nullptr && price.binds())) {
      binding += (binding.empty() ? "" : ", ") + name;
    } else {
      slack += (slack.empty() ? "" : ", ") + name;
    }
  }
  std::string out;
  if (!binding.empty()) out = fmt::format("At the margin the answer would move with {}.", binding);
  if (!slack.empty())
    out += fmt::format("{}A little more of {} would not change the answer.", out.empty() ? "" : " ", slack);
  return out;
}

std::string relaxations_text(const Prepared& prepared, const Exploration& exploration) {
  if (exploration.relaxations.empty()) return "\nlifting any one limit gains nothing\n";
  std::string out = "\nif one limit alone were lifted, best first\n";
  for (const auto& relaxation : exploration.relaxations) {
    const std::string does =
        exploration.front.empty()
            ? "makes it feasible; the least that would do: " + relaxation.least
            : effect(prepared, exploration, relaxation.shortfall_gain, relaxation.cost_gain, relaxation.gain);
    out += wrapped(fmt::format("  {} -> {}: {}", demand_of(prepared, relaxation.limit), relaxation.to, does),
                   "      ");
  }
  return out;
}

std::string pairs_text(const Prepared& prepared, const Exploration& exploration) {
  const bool is_feasible = !exploration.front.empty();
  if (exploration.pairs.empty()) {
    return is_feasible && exploration.relaxations.size() == 1
               ? "\nno pair of limits: only one of them gains anything when it is lifted\n"
               : "";
  }
  std::string out = is_feasible
                        ? "\nif two limits were lifted together, best first\n"
                        : "\ntwo limits that make it feasible together, those that break least first\n";
  std::size_t told_pairs = 0, idle = 0;
  for (const auto& pair : exploration.pairs) {
    if (is_feasible && !pair.is_more) {
      ++idle;
      continue;
    }
    if (++told_pairs > shown_pairs) continue;
    std::string does;
    if (is_feasible) {
      does = ": " + effect(prepared, exploration, pair.shortfall_gain, pair.cost_gain, pair.gain) +
             (pair.sum > 0 ? fmt::format("; {:.0f} % of what the two alone gain, added up",
                                         100 * pair.worth / pair.sum)
                           : "; neither alone closes any of the gap");
    }
    out += wrapped(fmt::format("  {} + {} -> {}{}", demand_of(prepared, pair.limits[0]),
                               demand_of(prepared, pair.limits[1]), what_to_allow(pair), does),
                   "      ");
  }
  if (told_pairs > shown_pairs) out += fmt::format("  and {} more pairs\n", told_pairs - shown_pairs);
  if (idle > 0) {
    out += fmt::format("  {} {} no more than the better of the two limits alone\n", idle,
                       idle == 1 ? "pair gains" : "pairs gain");
  }
  return out;
}

std::string prices_text(const Prepared& prepared, const Exploration& exploration) {
  if (exploration.prices.empty() || exploration.front.empty()) return "";
  std::string out =
      "\nshadow prices: what a little more of each limit is worth to the best choice\n"
      "  (at the margin: along the convex hull of all choices; next step: the nearest better choice, and "
      "where)\n";
  for (const auto& price : exploration.prices) out += price_text(prepared, exploration, price);
  return out;
}

}  // namespace marquetry::report
