#include "explore/outcomes.h"
#include "support/folder.h"

#include <algorithm>
#include <catch2/catch.hpp>

namespace marquetry::test {

const Library& library() {
  static const Library loaded = [] {
    Diagnostics diagnostics;
    auto rows = load_library({test::source_folder() / "libraries"}, diagnostics);
    REQUIRE(rows);
    return std::move(*rows);
  }();
  return loaded;
}

// The accelerator with some variables fixed or given other values.
Design cut_down(const std::vector<std::string>& settings) {
  Diagnostics diagnostics;
  auto design = load_design(test::source_folder() / "designs/accelerator.toml", library(), diagnostics);
  REQUIRE(design);
  REQUIRE(set_variables(*design, settings, library(), diagnostics));
  return std::move(*design);
}

Prepared ready(const Design& design, const Library& rows) {
  Diagnostics diagnostics;
  auto prepared = prepare(rows, design, diagnostics);
  INFO(render_all(diagnostics));
  REQUIRE(prepared);
  return std::move(*prepared);
}

std::vector<Outcome> every_outcome(const Prepared& prepared) {
  const Design& design = *prepared.design;
  std::vector<Outcome> out;
  const auto size = static_cast<std::uint64_t>(space_size(design));
  for (std::uint64_t i = 0; i < size; ++i) {
    Outcome o{.choice = choice_at(design, i)};
    const auto system = compose(prepared, o.choice);
    const auto evaluation = evaluate(system, prepared.models);
    for (const auto& v : violations(design, prepared.rules, prepared.caps, system, evaluation, o.choice)) {
      if (v.rule) {
        o.liftable.insert(v.path);
      } else {
        o.possible = false;
      }
    }
    for (const auto& objective : prepared.objectives) {
      const double value = objective.figure.si(evaluation);
      o.costs.push_back(objective.maximize ? -value : value);
    }
    o.evaluation = evaluation;
    out.push_back(std::move(o));
  }
  return out;
}

bool beats(const Outcome& a, const Outcome& b) {
  bool better = false;
  for (std::size_t o = 0; o < a.costs.size(); ++o) {
    if (a.costs[o] > b.costs[o]) return false;
    better = better || a.costs[o] < b.costs[o];
  }
  return better || a.choice < b.choice;
}

std::vector<const Outcome*> front_of(const std::vector<const Outcome*>& candidates) {
  std::vector<const Outcome*> front;
  for (const auto* a : candidates) {
    const bool beaten = std::any_of(candidates.begin(), candidates.end(),
                                    [&](const Outcome* b) { return b != a && beats(*b, *a); });
    if (!beaten) front.push_back(a);
  }
  return front;
}

std::vector<const Outcome*> keeping(const std::vector<Outcome>& all, const std::set<std::string>& but_for) {
  std::vector<const Outcome*> out;
  for (const auto& o : all) {
    const bool keeps = std::includes(but_for.begin(), but_for.end(), o.liftable.begin(), o.liftable.end());
    if (o.possible && keeps) out.push_back(&o);
  }
  return out;
}

explore::Exploration explored(const Prepared& prepared, explore::ExploreOptions options) {
  Diagnostics diagnostics;
  auto found = explore::explore(prepared, options, diagnostics);
  REQUIRE(found);
  return std::move(*found);
}

}  // namespace marquetry::test
