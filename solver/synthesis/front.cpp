// Trade-offs: a search for each of several weights, what each finds thinned link by link, and of all that the
// choices that no other one beats.
#include <algorithm>
#include <array>

#include "pareto/archive.h"
#include "synthesis/synthesise.h"

namespace marquetry::synthesis {
namespace {

constexpr std::size_t objectives = 4;
constexpr std::size_t most_points = 60;  // that are measured exactly

// All to be small; those that nobody asked for are left out of the comparison.
solver::Point point(const Figures& f, const Weights& wanted, std::uint64_t id) {
  const auto part = [](double weight, double cost) { return weight > 0 ? cost : 0; };
  return {.costs = {part(wanted.throughput, -f.throughput), part(wanted.latency, f.latency),
                    part(wanted.cost, f.cost), part(wanted.resilience, -f.resilience)},
          .id = id};
}

std::vector<Weights> mixtures(const Weights& wanted) {
  constexpr std::array members{&Weights::throughput, &Weights::latency, &Weights::cost, &Weights::resilience};
  std::vector<Weights> out;
  for (const auto one : members) {
    if (wanted.*one <= 0) continue;
    Weights alone{.throughput = 0.02, .latency = 0.02, .cost = 0.02};
    alone.*one = wanted.*one;
    out.push_back(alone);
    for (const auto other : members) {
      if (other == one || wanted.*other <= 0) continue;
      for (const double share : {0.1, 0.4}) {
        Weights both{.throughput = 0.01, .latency = 0.01, .cost = 0.01};
        both.*one = wanted.*one;
        both.*other = share * wanted.*other;
        out.push_back(both);
      }
    }
  }
  return out;
}

class Gatherer {
 public:
  Gatherer(const Problem& problem, const Weights& wanted)
      : problem_{problem}, wanted_{wanted}, judge_{problem, wanted} {}

  // The choice, and what is left of it as the emptiest link goes, again and again, while it holds together.
  void thin(const Links& links) {
    State state{problem_};
    for (const auto l : links) state.build(l);
    while (judge_.is_whole(state)) {
      Figures figures;
      judge_.score(state, figures);
      if (quick_.insert(point(figures, wanted_, seen_.size()))) seen_.push_back(state.links());
      state.drop(emptiest(state));
    }
  }

  // By exact figures. Where there are too many, evenly by the order in which they were found.
  std::vector<FrontPoint> front() const {
    const auto points = quick_.points();
    const auto step = std::max<std::size_t>(1, (points.size() + most_points - 1) / most_points);
    std::vector<FrontPoint> measured;
    solver::Archive exact{objectives};
    for (std::size_t k = 0; k < points.size(); k += step) {
      const auto& links = seen_[points[k].id];
      const auto figures = measure(problem_, links);
      if (!meets_needs(problem_, figures)) continue;
      exact.insert(point(figures, wanted_, measured.size()));
      measured.push_back({links, figures});
    }
    std::vector<FrontPoint> out;
    for (const auto& p : exact.points()) out.push_back(measured[p.id]);
    std::ranges::stable_sort(out, [](const FrontPoint& a, const FrontPoint& b) {
      return a.figures.throughput > b.figures.throughput;
    });
    return out;
  }

 private:
  std::uint32_t emptiest(const State& state) const {
    const auto links = state.links();
    return *std::ranges::min_element(links, {}, [&](auto l) {
      return judge_.estimator().filling(l) / std::max(1e-9, problem_.candidates[l].cost);
    });
  }

  const Problem& problem_;
  Weights wanted_;
  Judge judge_;
  solver::Archive quick_{objectives};
  std::vector<Links> seen_{};  // by id of the points
};

}  // namespace

std::vector<FrontPoint> front(const Problem& problem, const Weights& wanted, const Options& options) {
  if (!plain_reasons(problem).empty()) return {};
  const auto all = mixtures(wanted);
  Gatherer gatherer{problem, wanted};
  const auto steps = options.steps > 0 ? options.steps : usual_steps(problem) / 4;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto found = search(problem, all[i],
                              {.seconds = 0.7 * options.seconds / static_cast<double>(all.size()),
                               .steps = steps,
                               .chains = 2,
                               .seed = options.seed + i,
                               .threads = options.threads,
                               .stop = options.stop});
    for (const auto& f : found) gatherer.thin(f.links);
  }
  return gatherer.front();
}

}  // namespace marquetry::synthesis
