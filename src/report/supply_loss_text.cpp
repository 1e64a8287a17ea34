#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/wrap.h"
#include "explore/words.h"
#include "report/answer_words.h"
#include "report/objective_text.h"
#include "report/supply_loss.h"
#include "report/table.h"

namespace marquetry::report {
namespace {

using explore::Composition;
using explore::Dropout;
using explore::SupplyAnswer;

double value_of(const ObjectiveFigure& objective, const Composition& composition) {
  return objective.figure.report(objective.figure.si(composition.evaluation));
}

// "640 (-27 %)".
std::string against(double value, double base) {
  const double change = base == 0 ? 0 : 100 * (value / base - 1);
  return std::abs(change) < 0.5 ? readable(value) : fmt::format("{} ({:+.0f} %)", readable(value), change);
}

// Below the table: what stands in for the parts of `name`'s row.
std::string replaced_lines(const std::string& name, const Composition& composition) {
  std::string out;
  for (const auto& [part, from, to] : composition.replaced) {
    out += fmt::format("{}{} from {} to {}", out.empty() ? "" : ", ", part, from, to);
  }
  return wrapped(fmt::format("    {}: {}", name, out.empty() ? "the same parts, set otherwise" : out),
                 "      ");
}

bool same_answer(const Dropout& a, const Dropout& b) {
  if (a.best.front().has_value() != b.best.front().has_value()) return false;
  if (!a.best.front()) return a.irreplaceable == b.irreplaceable;
  for (std::size_t y = 0; y < a.best.size(); ++y) {
    const bool both = a.best[y] && b.best[y];
    if (a.best[y].has_value() != b.best[y].has_value() || (both && a.best[y]->choice != b.best[y]->choice))
      return false;
  }
  return true;
}

bool changes_nothing(const Dropout& dropout, const SupplyAnswer& answer) {
  for (std::size_t y = 0; y < answer.best.size(); ++y) {
    if (!dropout.best[y] || dropout.best[y]->choice != answer.best[y].choice) return false;
  }
  return true;
}

// Sellers whose loss leaves the same, with one of them to tell by.
struct Group {
  std::string names{};
  const Dropout* told{};
};

std::vector<Group> groups_of(const SupplyAnswer& answer) {
  std::vector<Group> out;
  for (const auto& dropout : answer.dropouts) {
    if (changes_nothing(dropout, answer)) continue;
    const auto known =
        std::ranges::find_if(out, [&](const Group& g) { return same_answer(*g.told, dropout); });
    if (known == out.end()) {
      out.push_back({dropout.name, &dropout});
    } else {
      known->names += ", " + dropout.name;
    }
  }
  return out;
}

Table head_of(const Prepared& prepared, std::vector<std::string> more) {
  Table table{.columns = {Align::left}, .rows = {{""}, {""}}};
  for (const auto& objective : prepared.objectives) {
    table.columns.push_back(Align::right);
    table.rows[0].push_back(explore::figure_name(path_of(objective.figure, *prepared.design)));
    table.rows[1].push_back(unit_of(objective, prepared));
  }
  for (auto& name : more) {
    table.columns.push_back(Align::left);
    table.rows[0].push_back(std::move(name));
    table.rows[1].emplace_back();
  }
  return table;
}

std::vector<std::string> row_of(const Prepared& prepared, std::string name, const Composition& composition,
                                const Composition* base) {
  std::vector<std::string> row{std::move(name)};
  for (const auto& objective : prepared.objectives) {
    const double value = value_of(objective, composition);
    row.push_back(base == nullptr ? readable(value) : against(value, value_of(objective, *base)));
  }
  return row;
}

std::string nothing_left(const Group& group) {
  const auto& parts = group.told->irreplaceable;
  return fmt::format("  without {}: nothing is left{}\n", group.names,
                     parts.empty() ? "; every feasible composition needs it for one part or another"
                                   : fmt::format("; nobody else sells {}", fmt::join(parts, ", ")));
}

std::string nearest_text(const Prepared& prepared, const SupplyAnswer& answer,
                         const std::vector<Group>& groups) {
  Table table = head_of(prepared, {"gap"});
  const auto& base = answer.best.front();
  auto row = row_of(prepared, "all sell", base, nullptr);
  row.push_back(fmt::format("{:.3f}", base.score));
  table.rows.push_back(std::move(row));
  std::string below;
  for (const auto& group : groups) {
    const auto& best = group.told->best.front();
    if (!best) {
      below += nothing_left(group);
      continue;
    }
    const std::string name = "without " + group.names;
    auto left = row_of(prepared, name, *best, &base);
    left.push_back(fmt::format("{:.3f}", best->score));
    table.rows.push_back(std::move(left));
    below += replaced_lines(name, *best);
  }
  return print(table) + below;
}

std::string match_text(const explore::Exploration& exploration, const SupplyAnswer& answer,
                       const std::vector<Group>& groups) {
  const std::string product = exploration.reference->product->name;
  Table table{.columns = {Align::left, Align::right, Align::right, Align::right},
              .rows = {{"", "packages", "cost", "power"}, {"", "", "USD", "W"}}};
  std::string below;
  const auto add = [&](const std::string& name, const Composition& c, const Composition* base) {
    const double packages = c.score / (c.evaluation.cost.unit / unit::USD);
    table.rows.push_back({name, fmt::format("{:.2f}", packages),
                          base == nullptr ? readable(c.score) : against(c.score, base->score),
                          readable(packages * (c.evaluation.power.total / unit::W))});
    if (base != nullptr) below += replaced_lines(name, c);
  };
  add("all sell", answer.best[1], nullptr);
  for (const auto& group : groups) {
    if (group.told->best[1]) add("without " + group.names, *group.told->best[1], &answer.best[1]);
  }
  return fmt::format("\n  the cheapest that together match one {} on every workload\n", product) +
         print(table) + below;
}

// Without a reference: the best value of each objective that is left.
std::string best_text(const Prepared& prepared, const SupplyAnswer& answer,
                      const std::vector<Group>& groups) {
  Table table = head_of(prepared, {});
  const auto row = [&](const std::string& name, const auto& best_of, bool is_base) {
    std::vector<std::string> cells{name};
    for (std::size_t o = 0; o < prepared.objectives.size(); ++o) {
      const double value = value_of(prepared.objectives[o], best_of(o));
      cells.push_back(is_base ? readable(value)
                              : against(value, value_of(prepared.objectives[o], answer.best[o])));
    }
    table.rows.push_back(std::move(cells));
  };
  row(
      "all sell", [&](std::size_t o) -> const Composition& { return answer.best[o]; }, true);
  std::string none;
  for (const auto& group : groups) {
    if (!group.told->best.front()) {
      none += nothing_left(group);
      continue;
    }
    row(
        "without " + group.names, [&](std::size_t o) -> const Composition& { return *group.told->best[o]; },
        false);
  }
  return print(table) + none;
}

std::string second_text(const Prepared& prepared, const SupplyAnswer& answer) {
  if (answer.second.empty()) return "  every part of the composition has two suppliers\n";
  Table table = head_of(prepared, {"second design"});
  std::string below;
  const auto& base = answer.best.front();
  for (const auto& second : answer.second) {
    const std::string name = second.part.empty() ? "every part" : second.part;
    if (!second.best) {
      below += fmt::format("  {}: no feasible composition has two suppliers for {}\n", name,
                           second.part.empty() ? "every part" : "it");
      continue;
    }
    auto row = row_of(prepared, name, *second.best, &base);
    const double units = second.best->evaluation.cost.nre.si() > 0
                             ? second.best->evaluation.cost.nre_total / second.best->evaluation.cost.nre
                             : 1;
    row.push_back(second.qualification.si() > 0
                      ? fmt::format("{} MUSD, {} USD a unit", readable(second.qualification / unit::MUSD),
                                    readable(second.qualification / unit::USD / units))
                      : "none");
    table.rows.push_back(std::move(row));
    below += replaced_lines(name, *second.best);
  }
  if (table.rows.size() == 2) return below;
  return print(table) + below +
         "  either supplier can be used at these figures; to have dies from both at once costs the second "
         "design on top\n";
}

}  // namespace

std::string supply_loss_text(const Prepared& prepared, const explore::Exploration& exploration) {
  const auto& answer = *exploration.supply;
  const auto groups = groups_of(answer);
  const bool has_reference = answer.yardsticks.front().kind == explore::MeasureKind::shortfall;
  std::string out = "\nif a supplier or a region drops out: ";
  out += has_reference
             ? fmt::format("what is left that comes nearest to {}\n", exploration.reference->product->name)
             : "the best value of each objective that is left\n";
  out += has_reference ? nearest_text(prepared, answer, groups) : best_text(prepared, answer, groups);
  std::string idle;
  for (const auto& dropout : answer.dropouts) {
    if (changes_nothing(dropout, answer)) idle += (idle.empty() ? "" : ", ") + dropout.name;
  }
  if (!idle.empty()) out += fmt::format("  without {}: nothing changes\n", idle);
  if (answer.best.size() == 2 && has_reference) out += match_text(exploration, answer, groups);
  out += fmt::format("\nif a part is to have two suppliers{}\n",
                     has_reference
                         ? ""
                         : ", by the best " + explore::figure_name(path_of(prepared.objectives.front().figure,
                                                                           *prepared.design)));
  out += second_text(prepared, answer);
  return out;
}

}  // namespace marquetry::report
