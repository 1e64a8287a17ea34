// What is left without a seller, against a plain loop over all choices with the seller taken out of the
// library's rows.
#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>
#include <set>

#include "explore/outcomes.h"
#include "supply/sellers.h"

using namespace marquetry;
using test::cut_down, test::library, test::ready;

namespace {

const std::vector<std::string> few{"sram=32",     "cooling=cold-plate", "lanes=8",
                                   "link=ucie-a", "clock=1.4 GHz",      "stacks=3"};

explore::SupplyAnswer answer_of(const Prepared& prepared, int threads = 1) {
  Diagnostics diagnostics;
  const auto found = explore::explore(prepared, {.threads = threads}, diagnostics);
  REQUIRE(found);
  REQUIRE(found->supply);
  return *found->supply;
}

struct Possible {
  Choice choice{};
  std::vector<double> costs{};
  double unit_usd{};
};

std::vector<Possible> possible_choices(const Prepared& prepared) {
  std::vector<Possible> out;
  const auto size = static_cast<std::uint64_t>(space_size(*prepared.design));
  for (std::uint64_t i = 0; i < size; ++i) {
    Possible one{.choice = choice_at(*prepared.design, i)};
    const auto system = compose(prepared, one.choice);
    const auto e = evaluate(system, prepared.models);
    if (!violations(*prepared.design, prepared.rules, prepared.caps, system, e, one.choice).empty()) continue;
    for (const auto& objective : prepared.objectives) one.costs.push_back(objective.cost(e));
    one.unit_usd = e.cost.unit / unit::USD;
    out.push_back(std::move(one));
  }
  return out;
}

// The library without one seller.
Library without(const std::string& name, bool is_region) {
  Library rows = library();
  const auto drop = [&](auto& category) {
    for (auto& row : category) std::erase(is_region ? row.regions : row.suppliers, name);
  };
  drop(rows.nodes);
  drop(rows.memories);
  drop(rows.packagings);
  return rows;
}

bool can_be_had(const Library& rows, const Design& design, const Choice& choice, bool is_region) {
  const auto parts = supply::sourcing(rows, design, choice);
  return std::none_of(parts.begin(), parts.end(),
                      [&](const auto& part) { return (is_region ? part.regions : part.suppliers)->empty(); });
}

// The least of those that `may` lets through; of equal ones that of the better objectives, then the first.
template <class Score, class May>
const Possible* least(const std::vector<Possible>& all, Score score, May may) {
  const Possible* best = nullptr;
  for (const auto& one : all) {
    if (!may(one) || !std::isfinite(score(one))) continue;
    const auto key = [&](const Possible& p) { return std::pair{score(p), p.costs}; };
    if (best == nullptr || key(one) < key(*best)) best = &one;
  }
  return best;
}

}  // namespace

TEST_CASE("what is left without a seller is what a library without it gives") {
  Design design = cut_down(few);
  if (GENERATE(false, true)) design.profiles.clear();
  const Prepared prepared = ready(design);
  const auto reference = *explore::reference_of(prepared);
  const auto answer = answer_of(prepared);
  const auto all = possible_choices(prepared);
  const auto far = [&](const Possible& p) { return explore::shortfall(reference, prepared, p.costs); };
  const auto match = [&](const Possible& p) {
    return explore::packages_needed(reference, prepared, p.costs) * p.unit_usd;
  };
  const auto any = [](const Possible&) { return true; };
  REQUIRE(answer.best.size() == 2);
  CHECK(answer.best[0].choice == least(all, far, any)->choice);
  CHECK(answer.best[1].choice == least(all, match, any)->choice);
  REQUIRE(answer.dropouts.size() > 2);
  for (const auto& dropout : answer.dropouts) {
    CAPTURE(dropout.name);
    const Library rows = without(dropout.name, dropout.is_region);
    const auto may = [&](const Possible& p) { return can_be_had(rows, design, p.choice, dropout.is_region); };
    const auto *nearest = least(all, far, may), *cheapest = least(all, match, may);
    REQUIRE(dropout.best[0].has_value() == (nearest != nullptr));
    if (nearest == nullptr) continue;
    CHECK(dropout.best[0]->choice == nearest->choice);
    CHECK(dropout.best[0]->score == Approx(far(*nearest)));
    REQUIRE(dropout.best[1].has_value());
    CHECK(dropout.best[1]->choice == cheapest->choice);
    CHECK(dropout.best[1]->score == Approx(match(*cheapest)));
  }
}

TEST_CASE("a seller that is not named loses nothing") {
  const Design design = cut_down(few);
  const Prepared prepared = ready(design);
  const auto answer = answer_of(prepared);
  const auto all = possible_choices(prepared);
  for (const auto& supplier : library().suppliers) {
    const auto named = [&](const auto& d) { return !d.is_region && d.name == supplier.id; };
    if (std::any_of(answer.dropouts.begin(), answer.dropouts.end(), named)) continue;
    const Library rows = without(supplier.id, false);
    CHECK(std::all_of(all.begin(), all.end(),
                      [&](const Possible& p) { return can_be_had(rows, design, p.choice, false); }));
  }
}

TEST_CASE("a second source is the best composition whose part two suppliers sell") {
  Design design = cut_down(few);
  design.profiles.clear();
  const Prepared prepared = ready(design);
  const auto reference = *explore::reference_of(prepared);
  const auto answer = answer_of(prepared);
  const auto all = possible_choices(prepared);
  REQUIRE_FALSE(answer.second.empty());
  const auto far = [&](const Possible& p) { return explore::shortfall(reference, prepared, p.costs); };
  for (const auto& second : answer.second) {
    CAPTURE(second.part);
    const auto* best = least(all, far, [&](const Possible& p) {
      const auto parts = supply::sourcing(library(), design, p.choice);
      return std::all_of(parts.begin(), parts.end(), [&](const auto& part) {
        return (!second.part.empty() && part.part != second.part) || part.suppliers->size() >= 2;
      });
    });
    REQUIRE(second.best.has_value() == (best != nullptr));
    if (best == nullptr) continue;
    CHECK(second.best->choice == best->choice);
    const bool has_dies = second.part == "compute" || second.part == "io";
    if (has_dies) CHECK(second.qualification.si() > 0);
  }
}

TEST_CASE("a part that one seller alone sells in every composition leaves nothing") {
  auto settings = few;
  settings.push_back("packaging=cowos-s");
  const Design design = cut_down(settings);
  const Prepared prepared = ready(design);
  const auto answer = answer_of(prepared);
  const auto tsmc = std::find_if(answer.dropouts.begin(), answer.dropouts.end(),
                                 [](const auto& d) { return d.name == "tsmc"; });
  REQUIRE(tsmc != answer.dropouts.end());
  CHECK_FALSE(tsmc->best[0]);
  CHECK(tsmc->irreplaceable == std::vector<std::string>{"packaging"});
}

TEST_CASE("without a reference the best value of each objective is what counts") {
  Design design = cut_down(few);
  design.reference.clear();
  const Prepared prepared = ready(design);
  const auto answer = answer_of(prepared);
  const auto all = possible_choices(prepared);
  REQUIRE(answer.best.size() == prepared.objectives.size());
  for (std::size_t o = 0; o < answer.best.size(); ++o) {
    const auto cost = [&](const Possible& p) { return p.costs[o]; };
    CHECK(answer.best[o].choice == least(all, cost, [](const Possible&) { return true; })->choice);
  }
}

TEST_CASE("sellers that a profile bars cannot stand in for another") {
  Design design = cut_down(few);
  design.profiles.clear();
  auto& profile = design.profiles.emplace_back();
  profile.id = "inline";
  profile.rules.push_back({.kind = RuleKind::suppliers,
                           .path = "profile.inline.suppliers",
                           .names = {"tsmc", "samsung", "jcet"}});
  const Prepared prepared = ready(design);
  const auto answer = answer_of(prepared);
  const auto named = [&](const std::string& name) {
    return std::any_of(answer.dropouts.begin(), answer.dropouts.end(),
                       [&](const auto& d) { return d.name == name; });
  };
  CHECK(named("samsung"));  // every HBM is its own, once its rivals are barred
  CHECK_FALSE(named("sk-hynix"));
}

TEST_CASE("the answer does not depend on the number of threads") {
  const Design design = cut_down(few);
  const Prepared prepared = ready(design);
  const auto one = answer_of(prepared, 1), four = answer_of(prepared, 4);
  REQUIRE(one.dropouts.size() == four.dropouts.size());
  for (std::size_t d = 0; d < one.dropouts.size(); ++d) {
    for (std::size_t y = 0; y < one.dropouts[d].best.size(); ++y) {
      const auto &a = one.dropouts[d].best[y], &b = four.dropouts[d].best[y];
      REQUIRE(a.has_value() == b.has_value());
      if (a) CHECK(a->choice == b->choice);
    }
  }
}
