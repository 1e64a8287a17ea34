#include "explore/supply_loss.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "cost/nre.h"

namespace marquetry::explore {
namespace {

using Names = std::vector<std::string>;

// The best choices of one combination of sellers, and who they are, by part.
struct Sold {
  std::vector<Scored> scored{};
  std::vector<const Sellers*> parts{};
};

const Names& names_of(const Sellers& sellers, bool is_region) {
  return is_region ? sellers.regions : sellers.suppliers;
}

bool is_alone(const Sellers& sellers, const std::string& name, bool is_region) {
  const auto& names = names_of(sellers, is_region);
  return names.size() == 1 && names.front() == name;
}

struct Reader {
  const Sourcing& sourcing;
  std::vector<Sold> all{};

  Reader(const Sourcing& given, const BestBySellers& found) : sourcing{given} {
    for (auto& scored : found.all()) {
      Sold sold{.scored = std::move(scored)};
      const Choice choice = choice_at(*sourcing.prepared->design, sold.scored.front().point.id);
      for (const auto& part : sourcing.parts) sold.parts.push_back(&part.sellers[row_of(part, choice)]);
      all.push_back(std::move(sold));
    }
  }

  // The best by a yardstick, of the combinations that `may` lets through.
  template <class May>
  std::optional<Composition> best(std::size_t yardstick, May may, const Choice* base) const {
    const std::size_t objectives = sourcing.prepared->objectives.size();
    const Scored* most = nullptr;
    for (const auto& sold : all) {
      const auto& scored = sold.scored[yardstick];
      if (!std::isfinite(scored.score) || !may(sold)) continue;
      if (most == nullptr || better(scored, *most, objectives)) most = &scored;
    }
    if (most == nullptr) return std::nullopt;
    Composition out{.choice = choice_at(*sourcing.prepared->design, most->point.id), .score = most->score};
    out.evaluation = evaluate(compose(*sourcing.prepared, out.choice), sourcing.prepared->models);
    for (const auto& part : sourcing.parts) {
      if (base == nullptr || !part.variable) continue;
      const auto &from = part.rows[row_of(part, *base)], &to = part.rows[row_of(part, out.choice)];
      if (from != to) out.replaced.push_back({part.name, from, to});
    }
    return out;
  }
};

// Those that alone sell something in the space: no other can be missed.
Names who_matters(const Sourcing& sourcing, bool is_region) {
  std::set<std::string> out;
  for (const auto& part : sourcing.parts) {
    for (const auto& sellers : part.sellers) {
      const auto& names = names_of(sellers, is_region);
      if (names.size() == 1) out.insert(names.front());
    }
  }
  return {out.begin(), out.end()};
}

Dropout dropout(const Reader& reader, const SupplyAnswer& answer, const std::string& name, bool is_region) {
  const auto& parts = reader.sourcing.parts;
  Dropout out{.name = name, .is_region = is_region};
  const auto alone = [&](const Sellers& sellers) { return is_alone(sellers, name, is_region); };
  for (const auto& part : parts) {
    if (alone(part.sellers[row_of(part, answer.best.front().choice)])) out.lost.push_back(part.name);
  }
  const auto others_sell = [&](const Sold& sold) {
    return std::ranges::none_of(sold.parts, [&](const Sellers* sellers) { return alone(*sellers); });
  };
  for (std::size_t y = 0; y < answer.yardsticks.size(); ++y) {
    out.best.push_back(reader.best(y, others_sell, &answer.best[y].choice));
  }
  if (out.best.front()) return out;
  for (std::size_t p = 0; p < parts.size(); ++p) {
    const auto needs_it = [&](const Sold& sold) { return alone(*sold.parts[p]); };
    if (std::ranges::all_of(reader.all, needs_it)) out.irreplaceable.push_back(parts[p].name);
  }
  return out;
}

// Design and masks of a die type once more, for the other supplier's process.
Money<> second_design(const Prepared& prepared, const Composition& composition, const std::string& part) {
  const auto system = compose(prepared, composition.choice);
  const auto& outlines = composition.evaluation.outlines;
  Money<> sum = part.empty() ? cost::modules_nre<double>(system, outlines) : Money<>{};
  for (std::size_t d = 0; d < system.dies.size(); ++d) {
    if (part.empty() || part == system.dies[d].id) sum += cost::die_nre(system, d, outlines[d]);
    if (part != system.dies[d].id) continue;
    sum += cost::interface_nre(system, d, outlines[d]);
    for (std::size_t m = 0; m < system.dies[d].modules.size(); ++m) sum += cost::module_nre(system, d, m);
  }
  return sum;
}

SecondSource second_source(const Reader& reader, const SupplyAnswer& answer, const std::string& part) {
  const auto& parts = reader.sourcing.parts;
  const auto has_two = [&](const Sold& sold) {
    for (std::size_t p = 0; p < parts.size(); ++p) {
      if (!part.empty() && parts[p].name != part) continue;
      if (sold.parts[p]->suppliers.size() < 2) return false;
    }
    return true;
  };
  SecondSource out{.part = part, .best = reader.best(0, has_two, &answer.best.front().choice)};
  if (out.best) out.qualification = second_design(*reader.sourcing.prepared, *out.best, part);
  return out;
}

}  // namespace

std::optional<SupplyAnswer> supply_answer(const Sourcing& sourcing, const BestBySellers& found) {
  const Reader reader{sourcing, found};
  if (reader.all.empty()) return std::nullopt;
  SupplyAnswer out;
  for (const auto m : sourcing.yardsticks) out.yardsticks.push_back(sourcing.measures->all()[m]);
  for (std::size_t y = 0; y < out.yardsticks.size(); ++y) {
    auto best = reader.best(
        y, [](const Sold&) { return true; }, nullptr);
    if (!best) {  // nothing says how many packages match the reference
      out.yardsticks.resize(y);
      break;
    }
    out.best.push_back(std::move(*best));
  }
  for (const auto& part : sourcing.parts) {
    if (part.sellers[row_of(part, out.best.front().choice)].suppliers.size() == 1) {
      out.single.push_back(part.name);
    }
  }
  for (const bool is_region : {false, true}) {
    for (const auto& name : who_matters(sourcing, is_region)) {
      out.dropouts.push_back(dropout(reader, out, name, is_region));
    }
  }
  for (const auto& part : out.single) out.second.push_back(second_source(reader, out, part));
  if (out.single.size() > 1) out.second.push_back(second_source(reader, out, {}));
  return out;
}

}  // namespace marquetry::explore
