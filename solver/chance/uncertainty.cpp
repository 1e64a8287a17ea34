#include "chance/uncertainty.h"

#include "base/parallel.h"
#include "chance/sobol.h"
#include "chance/statistics.h"

namespace marquetry::chance {
namespace {

// Scrambling `scrambling`, its points first ... first + count - 1.
struct Block {
  std::size_t scrambling{}, first{}, count{};
};

std::vector<Block> blocks_of(std::size_t each) {
  const std::size_t length = std::max<std::size_t>(1024, (each + 15) / 16);
  std::vector<Block> blocks;
  for (std::size_t r = 0; r < scramblings; ++r) {
    for (std::size_t first = 0; first < each; first += length) {
      blocks.push_back({r, first, std::min(length, each - first)});
    }
  }
  return blocks;
}

// The work of one thread at a time: draws worlds and evaluates every subject in them.
class Sampler {
 public:
  Sampler(const Joint& joint, std::span<const Subject> subjects)
      : joint_{joint}, values_(joint.inputs.size()) {
    for (std::size_t s = 0; s < subjects.size(); ++s) {
      trials_.push_back(std::make_unique<Trial<double>>(subjects[s]));
      own_.emplace_back(joint.places[s].size());
    }
  }

  // Evaluates all subjects; visit(subject, evaluation).
  template <class Visit>
  void operator()(std::span<double> factors, Visit visit) {
    if (joint_.is_correlated()) joint_.correlate(factors);
    joint_.values(factors, values_);
    for (std::size_t s = 0; s < trials_.size(); ++s) {
      for (std::size_t i = 0; i < own_[s].size(); ++i) own_[s][i] = values_[joint_.places[s][i]];
      visit(s, (*trials_[s])(own_[s]));
    }
  }

 private:
  const Joint& joint_;
  std::vector<double> values_;
  std::vector<std::unique_ptr<Trial<double>>> trials_{};
  std::vector<std::vector<double>> own_{};  // by subject: values of its own inputs
};

double difference_or_only(std::span<const double> first_figure) {
  return first_figure.size() == 2 ? first_figure[1] - first_figure[0] : first_figure[0];
}

}  // namespace

std::optional<Uncertainty> uncertainty(const Joint& joint, std::span<const Subject> subjects,
                                       std::span<const std::vector<FigureRef>> figures,
                                       const Settings& settings) {
  const std::size_t each = std::max<std::size_t>(2, (settings.samples + scramblings - 1) / scramblings);
  Uncertainty out{.samples = each * scramblings};
  std::vector<std::vector<double>> typical(figures.size(), std::vector<double>(subjects.size()));
  for (std::size_t s = 0; s < subjects.size(); ++s) {
    Trial<double> trial{subjects[s]};
    const auto& evaluation = trial(typical_values(subjects[s].inputs));
    for (std::size_t f = 0; f < figures.size(); ++f) {
      typical[f][s] = figures[f][s].report(figures[f][s].si(evaluation));
    }
  }
  // values[f][s][sample]
  std::vector<std::vector<Values>> values(figures.size(),
                                          std::vector<Values>(subjects.size(), Values(out.samples)));
  const double origin = difference_or_only(typical.front());  // small numbers have exact squares
  const auto is_stopped = [&] { return settings.stop != nullptr && settings.stop->load(); };
  const auto blocks = blocks_of(each);
  const auto counted = parallel::map(blocks.size(), settings.threads, [&](std::size_t b) {
    const auto& [scrambling, first, count] = blocks[b];
    Bins bins;
    if (is_stopped()) return bins;
    Sampler sample{joint, subjects};
    SobolPoints points{joint.factors.size(), settings.seed, scrambling, first};
    std::vector<double> factors(joint.factors.size()), headline(subjects.size());
    for (std::size_t i = 0; i < count; ++i) {
      points.next(factors);
      sample(factors, [&](std::size_t s, const Evaluation<double>& evaluation) {
        for (std::size_t f = 0; f < figures.size(); ++f) {
          const double value = figures[f][s].report(figures[f][s].si(evaluation));
          values[f][s][scrambling * each + first + i] = value;
          if (f == 0) headline[s] = value;
        }
      });
      bins.add(factors, difference_or_only(headline) - origin);
    }
    if (settings.done != nullptr) settings.done->fetch_add(count);
    return bins;
  });
  if (is_stopped()) return std::nullopt;

  std::vector<Bins> by_scrambling(scramblings);
  for (std::size_t b = 0; b < blocks.size(); ++b) by_scrambling[blocks[b].scrambling].add(counted[b]);
  out.knowledge = knowledge_of(by_scrambling);
  for (std::size_t f = 0; f < figures.size(); ++f) {
    auto& spreads = out.spreads.emplace_back();
    for (std::size_t s = 0; s < subjects.size(); ++s) {
      spreads.push_back(spread_of(values[f][s], typical[f][s]));
    }
    if (subjects.size() == 2) {
      out.differences.push_back(difference_of(values[f][0], values[f][1], typical[f][1] - typical[f][0]));
    }
  }
  return out;
}

}  // namespace marquetry::chance
