#include "explore/tally.h"

#include <algorithm>

namespace marquetry::explore {

Tally::Tally(const Prepared& prepared, const Measures& measures)
    : prepared_{&prepared}, measures_{&measures} {
  const std::size_t limits = prepared.rules.limits.size();
  pairs_.resize(limits * (limits > 0 ? limits - 1 : 0) / 2);
  const auto all = measures.all();
  needs_all_ = std::ranges::any_of(all, [](const Measure& m) { return !m.follows; });
  for (std::size_t r = 0; r < limits; ++r) {
    for (std::size_t m = 0; m < all.size(); ++m) {
      if (!follows(r, m)) curves_.push_back({.limit = r, .measure = m});
    }
  }
}

// A choice that another one beats in every objective is beaten within the limit too, if the limit is on an
// objective.
bool Tally::follows(std::size_t limit, std::size_t measure) const {
  if (!measures_->all()[measure].follows) return false;
  const auto& cap = prepared_->caps[limit];
  return !cap || std::ranges::any_of(prepared_->objectives, [&](const ObjectiveFigure& objective) {
    return objective.figure.figure == cap->figure && objective.figure.index == cap->index &&
           objective.maximize == prepared_->rules.limits[limit].is_least;
  });
}

double Tally::place(std::size_t limit, bool is_broken, const Evaluation<double>& evaluation) const {
  const auto& cap = prepared_->caps[limit];
  if (!cap) return is_broken ? 1 : 0;
  return prepared_->rules.limits[limit].is_least ? -cap->si(evaluation) : cap->si(evaluation);
}

const Curve* Tally::curve(std::size_t limit, std::size_t measure) const {
  const auto found = std::ranges::find_if(
      curves_, [&](const Kept& kept) { return kept.limit == limit && kept.measure == measure; });
  return found == curves_.end() ? nullptr : &found->curve;
}

void Tally::merge(const Tally& other) {
  for (std::size_t p = 0; p < pairs_.size(); ++p) {
    for (std::size_t m = 0; m < most_measures; ++m) {
      pairs_[p].best[m] = std::min(pairs_[p].best[m], other.pairs_[p].best[m]);
    }
    pairs_[p].least = std::min(pairs_[p].least, other.pairs_[p].least);
  }
  for (std::size_t c = 0; c < curves_.size(); ++c) curves_[c].curve.merge(other.curves_[c].curve);
  for (std::size_t m = 0; m < most_measures; ++m) best_[m] = std::min(best_[m], other.best_[m]);
}

}  // namespace marquetry::explore
