#include "report/answer_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/wrap.h"
#include "report/limits_text.h"
#include "report/table.h"

namespace marquetry::report {
namespace {

using explore::Exploration;
using explore::Sense;

const Finalist* of(const std::vector<Finalist>& finalists, Sense sense) {
  const auto found =
      std::ranges::find_if(finalists, [&](const Finalist& f) { return f.best->sense == sense; });
  return found == finalists.end() ? nullptr : &*found;
}

double unit_cost(const Finalist& f) { return f.assessment.evaluation.cost.unit / unit::USD; }
double power(const Finalist& f) { return f.assessment.evaluation.power.total / unit::W; }

// "1.23"; "just over 1" where two digits would hide that one more whole package is needed.
std::string packages_text(const explore::Fleet& fleet) {
  const double rounded = std::round(100 * fleet.packages.typ) / 100;
  return rounded == fleet.whole - 1 ? fmt::format("just over {:.0f}", rounded)
                                    : fmt::format("{:.2f}", fleet.packages.typ);
}

bool matches(const Finalist& f) { return f.fleet && f.fleet->packages.typ > 0; }

// "0.81 of its llama-decode, 1.06 of its gpt3-prefill".
std::string shares_text(const Prepared& prepared, const Finalist& f) {
  std::string out;
  for (std::size_t w = 0; w < f.fleet->workloads.size(); ++w) {
    const auto& match = f.fleet->workloads[w];
    if (!match.is_goal || !match.theirs) continue;
    out += fmt::format("{}{:.2f} of its {}", out.empty() ? "" : ", ", match.ours.typ / *match.theirs,
                       prepared.design->workloads[w].id);
  }
  return out;
}

std::string profiles_text(const Design& design) {
  std::string out;
  for (const auto& profile : design.profiles) out += (out.empty() ? "" : " and ") + profile.id;
  return out.empty() ? "without a profile" : "under " + out;
}

std::string price_range(const Product& product) {
  const double usd = unit::USD.si();
  return range_text({product.price.low / usd, 0, product.price.high / usd}) + " USD";
}

// The objectives of which the product has a public figure.
std::string compared_figures(const Prepared& prepared, const Exploration& exploration) {
  std::string out;
  for (std::size_t o = 0; o < prepared.objectives.size(); ++o) {
    if (!exploration.reference->values[o]) continue;
    out += (out.empty() ? "" : ", ") + figure_name(path_of(prepared.objectives[o].figure, *prepared.design));
  }
  return out.empty() ? "nothing" : out;
}

void add_match_lines(const Prepared& prepared, const Exploration& exploration,
                     const std::vector<Finalist>& finalists, std::vector<std::string>& out) {
  const Product& product = *exploration.reference->product;
  const auto& nearest = finalists.front();
  const auto& fleet = *nearest.fleet;
  const auto shares = shares_text(prepared, nearest);
  if (shares.empty()) {
    out.push_back(fmt::format("No performance of the {} on these workloads is public: the gap is that of {}.",
                              product.name, compared_figures(prepared, exploration)));
  }
  out.push_back(fmt::format(
      "One package {}draws {} W{} and costs {} USD to make (likely {}).",
      shares.empty() ? "" : "gives " + shares + ", ", readable(power(nearest)),
      product.power.known ? fmt::format(" (its: {} W)", readable(product.power.typ / unit::W.si())) : "",
      readable(unit_cost(nearest)), range_text(fleet.unit_cost)));
  if (!matches(nearest)) return;
  std::string line = fmt::format(
      "To match one {} takes {} such packages ({:.0f} whole): {} USD to make (likely {}) and {} W.",
      product.name, packages_text(fleet), fleet.whole, readable(fleet.cost.typ), range_text(fleet.cost),
      readable(fleet.power.typ));
  if (product.price.known) {
    line += fmt::format(" Buyers pay {} for one: a price, which is not what it costs to make.",
                        price_range(product));
  }
  out.push_back(line);
  const auto *cheapest = of(finalists, Sense::cheapest), *frugal = of(finalists, Sense::frugal);
  const auto is_nearest = [&nearest](const Finalist* f) { return f->best->choice == nearest.best->choice; };
  if (cheapest != nullptr && frugal != nullptr && is_nearest(cheapest) && is_nearest(frugal)) {
    out.push_back("It is also the cheapest match and that of least power.");
    return;
  }
  if (cheapest != nullptr && matches(*cheapest)) {
    out.push_back(fmt::format("The cheapest match is {:.2f} packages of: {}; {} USD and {} W.",
                              cheapest->fleet->packages.typ,
                              composition_words(prepared, cheapest->assessment),
                              readable(cheapest->fleet->cost.typ), readable(cheapest->fleet->power.typ)));
  }
  if (frugal != nullptr && matches(*frugal)) {
    out.push_back(fmt::format("The match of least power is {:.2f} packages of: {}; {} W and {} USD.",
                              frugal->fleet->packages.typ, composition_words(prepared, frugal->assessment),
                              readable(frugal->fleet->power.typ), readable(frugal->fleet->cost.typ)));
  }
}

void add_row(Table& table, std::string name, const std::vector<Finalist>& finalists, std::string theirs,
             auto cell) {
  std::vector<std::string> row{std::move(name)};
  for (const auto& f : finalists) row.push_back(cell(f));
  row.push_back(std::move(theirs));
  table.rows.push_back(std::move(row));
}

std::string known_text(bool known, double value) { return known ? readable(value) : "not public"; }

// Of those that are the same choice, the first.
std::vector<Finalist> distinct(const std::vector<Finalist>& all) {
  std::vector<Finalist> out;
  for (const auto& f : all) {
    const bool known =
        std::ranges::any_of(out, [&](const Finalist& other) { return other.best->choice == f.best->choice; });
    if (!known) out.push_back(f);
  }
  return out;
}

std::string senses_of(const Finalist& finalist, const std::vector<Finalist>& all) {
  std::string out;
  for (const auto& f : all) {
    if (f.best->choice != finalist.best->choice) continue;
    out += (out.empty() ? "" : ", ") + std::string{sense_name(f.best->sense)};
  }
  return out;
}

// Every workload: the value, per watt and per dollar as ratios.
void add_workloads(const Prepared& prepared, const Exploration& exploration,
                   const std::vector<Finalist>& finalists, Table& table) {
  for (std::size_t w = 0; w < prepared.design->workloads.size(); ++w) {
    const auto& id = prepared.design->workloads[w].id;
    const auto& theirs = exploration.reference->workloads[w];
    const auto unit = performance::unit_of(prepared.plan.base.workloads[w].kind);
    const auto row = [&](const std::string& name, const std::string& last, auto value) {
      add_row(table, name, finalists, last,
              [&](const Finalist& f) -> std::string { return value(f.fleet->workloads[w]); });
    };
    row(fmt::format("{}, {}", id, unit), theirs ? readable(*theirs) : "not public",
        [](const auto& m) { return readable(m.ours.typ); });
    if (!theirs) continue;
    row("  of the product's", "1",
        [&](const auto& m) { return fmt::format("{:.2f}", m.ours.typ / *theirs); });
    const Product& product = *exploration.reference->product;
    if (product.power.known) {
      row("  per watt", "1", [](const auto& m) { return fmt::format("{:.2f}", *m.per_watt); });
    }
    if (product.price.known) {
      row("  per dollar *", "1", [](const auto& m) { return fmt::format("{:.2f}", *m.per_dollar); });
    }
  }
}

// Objectives that are neither workloads, nor cost nor power, which have their own rows.
void add_other_objectives(const Prepared& prepared, const Exploration& exploration,
                          const std::vector<Finalist>& finalists, Table& table) {
  for (std::size_t o = 0; o < prepared.objectives.size(); ++o) {
    const auto& objective = prepared.objectives[o];
    const std::string path = path_of(objective.figure, *prepared.design);
    if (path.ends_with(".value") || path == "cost.unit_usd" || path == "power.total_w") continue;
    const auto& value = exploration.reference->values[o];
    const auto theirs = known_text(value.has_value(), value ? objective.figure.report(*value) : 0);
    const auto unit = unit_of(objective.figure, prepared);
    add_row(table, figure_name(path) + (unit.empty() ? "" : ", " + unit), finalists, theirs,
            [&](const Finalist& f) {
              return readable(objective.figure.report(objective.figure.si(f.assessment.evaluation)));
            });
  }
}

void add_fleets(const Exploration& exploration, const std::vector<Finalist>& finalists, Table& table) {
  const Product& product = *exploration.reference->product;
  const double usd = unit::USD.si();
  const auto row = [&](const std::string& name, const std::string& theirs, auto value) {
    add_row(table, name, finalists, theirs,
            [&](const Finalist& f) -> std::string { return value(*f.fleet); });
  };
  using explore::Fleet;
  row("packages to match one", "1", [](const Fleet& f) { return fmt::format("{:.2f}", f.packages.typ); });
  row("  whole packages", "1", [](const Fleet& f) { return fmt::format("{:.0f}", f.whole); });
  row("  cost, USD *", known_text(product.price.known, product.price.typ / usd),
      [](const Fleet& f) { return readable(f.cost.typ); });
  row("    likely range",
      product.price.known ? range_text({product.price.low / usd, 0, product.price.high / usd}) : "",
      [](const Fleet& f) { return range_text(f.cost); });
  row("  power, W", known_text(product.power.known, product.power.typ / unit::W.si()),
      [](const Fleet& f) { return readable(f.power.typ); });
  row("    likely range", "", [](const Fleet& f) { return range_text(f.power); });
  row("  assembly yield", "", [](const Fleet& f) { return fmt::format("{:.2f}", f.yield.typ); });
  row("    likely range", "", [](const Fleet& f) { return range_text(f.yield); });
  row("  packages assembled", "", [](const Fleet& f) { return fmt::format("{:.2f}", f.assembled.typ); });
  row("  memory capacity, GB",
      known_text(product.memory_capacity.known, product.memory_capacity.typ / unit::GB.si()),
      [](const Fleet& f) { return readable(f.capacity); });
  row("  memory bandwidth, GB/s",
      known_text(product.memory_bandwidth.known, product.memory_bandwidth.typ / (unit::GB / unit::s).si()),
      [](const Fleet& f) { return readable(f.bandwidth); });
  if (product.price.known) {
    row("  break-even price, USD", "", [](const Fleet& f) { return readable(f.break_even); });
  }
}

// Which software levers each side uses, where they are open: both may use all that the design leaves open.
std::string levers_notes(const Prepared& prepared, const Exploration& exploration,
                         const std::vector<Finalist>& finalists) {
  std::string out;
  for (std::size_t w = 0; w < prepared.design->workloads.size(); ++w) {
    const auto theirs = levers_text(prepared, w, exploration.reference->levers[w]);
    if (theirs.empty()) continue;
    std::string ours;
    for (const auto& f : finalists) {
      ours += fmt::format("; {}: {}", sense_name(f.best->sense), levers_text(prepared, w, f.best->choice));
    }
    out += wrapped(
        fmt::format("    levers of {}: {} runs it at its best, {}{}", prepared.design->workloads[w].id,
                    exploration.reference->product->name, theirs, ours),
        "      ");
  }
  return out;
}

// What a reader has to know of the last column.
std::string notes_text(const Prepared& prepared, const Exploration& exploration,
                       const std::vector<Finalist>& finalists) {
  const Product& product = *exploration.reference->product;
  std::string out;
  if (product.price.known) {
    out += wrapped(
        fmt::format("  * ours is what a unit costs to make, NRE included; the product's is what buyers pay "
                    "({}, {}). Margins, software and support are in the price, not in the cost.",
                    price_range(product),
                    product.price.origin.estimate ? "estimate: press reports" : "published"),
        "    ");
    out +=
        "    break-even price: what a package may be sold for until those that match cost more than the "
        "product\n";
  }
  out +=
      "    figures: every number of the library typical; likely range: 9 in 10 worlds drawn from its "
      "ranges\n";
  out += wrapped(
      fmt::format(
          "    gap: root of the sum of squared logarithms of the ratios of all objectives that are worse "
          "than the product's; {:.3f} for the nearest, 0 where nothing is worse",
          exploration.shortfall),
      "    ");
  out += levers_notes(prepared, exploration, finalists);
  const auto lines = disagreement_lines(product);
  if (!lines.empty()) out += fmt::format("  public figures of {} that disagree\n", product.name);
  for (const auto& line : lines) out += wrapped("    " + line, "      ");
  return out;
}

}  // namespace

std::vector<std::string> summary_lines(const Prepared& prepared, const Exploration& exploration,
                                       const std::vector<Finalist>& finalists) {
  const Design& design = *prepared.design;
  std::vector<std::string> out;
  const auto add = [&out](std::string line) {
    if (!line.empty()) out.push_back(std::move(line));
  };
  if (finalists.empty()) {
    add(exploration.space > 1
            ? fmt::format("None of {} compositions {} keeps every limit.", readable(exploration.space),
                          profiles_text(design))
            : fmt::format("The only composition {} does not keep every limit.", profiles_text(design)));
  } else if (exploration.reference) {
    const auto& nearest = finalists.front();
    add(fmt::format("The composition nearest to one {} {} is: {}.", exploration.reference->product->name,
                    profiles_text(design), composition_words(prepared, nearest.assessment)));
    add_match_lines(prepared, exploration, finalists, out);
  } else {
    const auto& knee = finalists.back();
    add(fmt::format("The best compromise of all objectives {} is: {}.", profiles_text(design),
                    composition_words(prepared, knee.assessment)));
    add(fmt::format("It costs {} USD to make and draws {} W. No product was named to match (--reference).",
                    readable(unit_cost(knee)), readable(power(knee))));
  }
  if (finalists.empty() && !exploration.relaxations.empty()) {
    const auto& least = exploration.relaxations.front();
    add(fmt::format("Lifting '{}' alone makes it feasible; the least that would do: {}.",
                    demand_of(prepared, least.limit), least.least));
  } else if (!finalists.empty()) {
    add(best_relaxation_line(prepared, exploration));
    const auto pair = best_pair_line(prepared, exploration), margin = margin_line(prepared, exploration);
    add(pair.empty() || margin.empty() ? pair + margin : pair + " " + margin);
  }
  add(exploration.proved
          ? fmt::format("Proved: {} looked at; what was cut off breaks a rule of physics or three limits.",
                        exploration.space > 1
                            ? fmt::format("all {} choices were", readable(exploration.space))
                            : "the only choice was")
          : "INTERRUPTED: the best so far; nothing is proved.");
  return out;
}

std::string summary_text(const Prepared& prepared, const Exploration& exploration,
                         const std::vector<Finalist>& finalists) {
  std::string out = "\nthe answer\n";
  for (const auto& line : summary_lines(prepared, exploration, finalists))
    out += wrapped("  " + line, "    ");
  return out;
}

std::string finalists_text(const Prepared& prepared, const Exploration& exploration,
                           const std::vector<Finalist>& all) {
  const auto finalists = distinct(all);
  Table table{.columns = {Align::left}};
  std::vector<std::string> head{""};
  for (const auto& f : finalists) head.push_back(senses_of(f, all));
  head.push_back(exploration.reference->product->name);
  table.columns.resize(head.size(), Align::right);
  table.rows.push_back(head);
  add_workloads(prepared, exploration, finalists, table);
  add_other_objectives(prepared, exploration, finalists, table);
  const Product& product = *exploration.reference->product;
  const auto price = known_text(product.price.known, product.price.typ / unit::USD.si());
  const auto watts = known_text(product.power.known, product.power.typ / unit::W.si());
  add_row(table, "unit cost, USD *", finalists, price,
          [](const Finalist& f) { return readable(unit_cost(f)); });
  add_row(table, "power, W", finalists, watts, [](const Finalist& f) { return readable(power(f)); });
  if (matches(finalists.front())) add_fleets(exploration, finalists, table);

  std::string out =
      exploration.proved ? "\nthe best compositions, each proved\n" : "\nthe best compositions so far\n";
  for (const auto& f : finalists) {
    out += wrapped(fmt::format("  {}: {}", senses_of(f, all), composition_words(prepared, f.assessment)),
                   "    ");
    for (const auto& other : all) {
      if (other.best->choice != f.best->choice) continue;
      out += fmt::format("    why: {}\n", sense_reason(other.best->sense));
    }
  }
  out += "\n" + print(table);
  return out + notes_text(prepared, exploration, finalists);
}

}  // namespace marquetry::report
