// What a search keeps beside its fronts: the best choices of each pair of limits, and how the best depends on
// a limit where the fronts cannot tell.
#pragma once

#include <bit>
#include <compare>

#include "explore/curve.h"
#include "explore/measures.h"

namespace marquetry::explore {

// The choice that breaks these limits and no other, and breaks them least.
struct LeastBreak {
  double excess{unreachable};  // as a share of the limit; for names, their strain; of two limits the sum
  std::uint64_t id{std::numeric_limits<std::uint64_t>::max()};
  friend auto operator<=>(const LeastBreak&, const LeastBreak&) = default;
};

// The best by one measure.
struct Best {
  double value{unreachable};
  std::uint64_t id{std::numeric_limits<std::uint64_t>::max()};
  friend auto operator<=>(const Best&, const Best&) = default;
};

struct PairBest {
  std::array<Best, most_measures> best{};  // by measure
  LeastBreak least{};
};

class Tally {
 public:
  // Both must outlive it.
  Tally(const Prepared& prepared, const Measures& measures);

  // A choice that breaks these limits: none, one, or two. `excess` and `allowed` (whether it keeps the last
  // rule of physics) are asked only where it matters.
  void note(RuleSet broken, const solver::Point& point, const Evaluation<double>& evaluation, auto excess,
            auto allowed);
  void merge(const Tally& other);

  const PairBest& pair(std::size_t a, std::size_t b) const { return pairs_[pair_index(a, b)]; }
  // Best value of a measure by the figure of a cap (negative for a least value), or, of a rule on names, by
  // whether it is broken (0, 1); of all choices that break no other limit. Nothing where the fronts tell it.
  const Curve* curve(std::size_t limit, std::size_t measure) const;
  // Whether the archives of front and lifted limit hold every step of that curve.
  bool follows(std::size_t limit, std::size_t measure) const;
  // Of the choices that break nothing, by measure; out of reach where it follows from the objectives.
  const Best& best(std::size_t measure) const { return best_[measure]; }
  // Where a choice lies on the curves of a limit.
  double place(std::size_t limit, bool is_broken, const Evaluation<double>& evaluation) const;

 private:
  struct Kept {  // a curve that is kept here
    std::size_t limit{}, measure{};
    Curve curve{};
  };
  static std::size_t pair_index(std::size_t a, std::size_t b);
  void note_pair(RuleSet broken, const solver::Point& point, const Measures::Values& values, double excess,
                 auto allowed);

  const Prepared* prepared_;
  const Measures* measures_;
  std::vector<PairBest> pairs_{};
  std::vector<Kept> curves_{};
  std::array<Best, most_measures> best_{};
  bool needs_all_{};  // some measure does not follow from the objectives
};

// Of limits a < b.
inline std::size_t Tally::pair_index(std::size_t a, std::size_t b) { return b * (b - 1) / 2 + a; }

void Tally::note_pair(RuleSet broken, const solver::Point& point, const Measures::Values& values,
                      double excess, auto allowed) {
  const auto a = static_cast<std::size_t>(std::countr_zero(broken));
  const auto b = static_cast<std::size_t>(std::bit_width(broken) - 1);
  PairBest& known = pairs_[pair_index(a, b)];
  const std::size_t n = measures_->all().size();
  const LeastBreak least{excess, point.id};
  bool matters = least < known.least;
  for (std::size_t m = 0; m < n && !matters; ++m) matters = Best{values[m], point.id} < known.best[m];
  if (!matters || !allowed()) return;
  for (std::size_t m = 0; m < n; ++m) known.best[m] = std::min(known.best[m], Best{values[m], point.id});
  known.least = std::min(known.least, least);
}

void Tally::note(RuleSet broken, const solver::Point& point, const Evaluation<double>& evaluation,
                 auto excess, auto allowed) {
  const int count = std::popcount(broken);
  if (count == 2) {
    note_pair(broken, point, (*measures_)(point, &evaluation), excess(), allowed);
    return;
  }
  if (curves_.empty() && !needs_all_) return;
  const auto values = (*measures_)(point, &evaluation);
  for (std::size_t m = 0; m < measures_->all().size() && count == 0; ++m) {
    const Best here{values[m], point.id};
    if (!measures_->all()[m].follows && here < best_[m] && allowed()) best_[m] = here;
  }
  for (auto& kept : curves_) {
    const bool breaks = (broken >> kept.limit & 1) != 0;
    if (count == 1 && !breaks) continue;
    const Step step{place(kept.limit, breaks, evaluation), values[kept.measure], point.id};
    if (kept.curve.wants(step) && allowed()) kept.curve.add(step);
  }
}

}  // namespace marquetry::explore
