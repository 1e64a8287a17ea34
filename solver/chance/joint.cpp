#include "chance/joint.h"

#include <fmt/format.h>

#include <Eigen/Cholesky>
#include <algorithm>
#include <map>

namespace marquetry::chance {
namespace {

// The row that says how numbers of these two groups move together; null where none does.
const Correlation* correlation_of(const Library& library, const std::string& a, const std::string& b) {
  for (const auto& row : library.correlations) {
    const auto has = [&row](const std::string& group) { return std::ranges::count(row.groups, group) > 0; };
    if (a == b ? row.groups.size() == 1 && has(a) : has(a) && has(b)) return &row;
  }
  return nullptr;
}

double correlation(const Library& library, const std::string& a, const std::string& b) {
  if (a.empty() || b.empty()) return 0;
  const auto* row = correlation_of(library, a, b);
  return row != nullptr ? row->rho.typ : a == b ? 1 : 0;
}

void add_inputs(std::span<const Subject> subjects, Joint& joint) {
  std::map<std::string_view, std::size_t> known;
  for (const auto& subject : subjects) {
    auto& places = joint.places.emplace_back();
    for (const auto& input : subject.inputs.inputs) {
      const auto [entry, is_new] = known.try_emplace(input.name, joint.inputs.size());
      if (is_new) joint.inputs.push_back(input);
      places.push_back(entry->second);
    }
  }
  for (const auto& input : joint.inputs) {
    joint.curves.emplace_back(shape_of(input.distribution, input.low, input.typ, input.high), input.low,
                              input.typ, input.high);
  }
}

// Groups that move as one have one factor, all other numbers one each.
void add_factors(const Library& library, Joint& joint) {
  std::map<std::string_view, std::size_t> by_group;
  for (std::size_t i = 0; i < joint.inputs.size(); ++i) {
    const auto& [name, group] = std::tie(joint.inputs[i].name, joint.inputs[i].group);
    std::size_t factor = joint.factors.size();
    if (correlation(library, group, group) >= 1) {
      factor = by_group.try_emplace(group, factor).first->second;
    }
    if (factor == joint.factors.size()) joint.factors.push_back({name, {}});
    joint.factors[factor].inputs.push_back(i);
    joint.factor_of.push_back(factor);
  }
  for (auto& factor : joint.factors) {
    if (factor.inputs.size() > 1) factor.name = "group " + joint.inputs[factor.inputs.front()].group;
  }
}

}  // namespace

void Joint::correlate(std::span<double> probabilities) const {
  const std::size_t n = correlated_.size();
  std::array<double, 64> few{};
  std::vector<double> many(n > few.size() ? n : 0);
  const std::span<double> scores{many.empty() ? few.data() : many.data(), n};
  for (std::size_t i = 0; i < n; ++i) scores[i] = normal_score(probabilities[correlated_[i]]);
  const double* row = cholesky_.data();
  for (std::size_t i = 0; i < n; row += ++i) {
    double sum = 0;
    for (std::size_t k = 0; k <= i; ++k) sum += row[k] * scores[k];
    probabilities[correlated_[i]] = std::clamp(normal_share(sum), 1e-15, 1 - 1e-15);
  }
}

void Joint::values(std::span<const double> probabilities, std::span<double> out) const {
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = curves[i].quantile(probabilities[factor_of[i]]);
}

std::optional<Joint> joint_of(std::span<const Subject> subjects, Diagnostics& diagnostics) {
  const Library& library = *subjects.front().prepared->library;
  Joint joint;
  add_inputs(subjects, joint);
  add_factors(library, joint);

  const auto group_of = [&](std::size_t f) { return joint.inputs[joint.factors[f].inputs.front()].group; };
  const std::size_t count = joint.factors.size();
  for (std::size_t f = 0; f < count; ++f) {
    for (std::size_t g = 0; g < count; ++g) {
      if (f == g || correlation(library, group_of(f), group_of(g)) == 0) continue;
      joint.correlated_.push_back(f);
      break;
    }
  }
  const auto n = static_cast<Eigen::Index>(joint.correlated_.size());
  Eigen::MatrixXd matrix = Eigen::MatrixXd::Identity(n, n);
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index k = 0; k < i; ++k) {
      const auto of = [&](Eigen::Index at) {
        return group_of(joint.correlated_[static_cast<std::size_t>(at)]);
      };
      matrix(i, k) = matrix(k, i) = correlation(library, of(i), of(k));
    }
  }
  const Eigen::LLT<Eigen::MatrixXd> factorised{matrix};
  if (n > 0 && factorised.info() != Eigen::Success) {
    diagnostics.error(library.correlations.front().where,
                      "the correlations of the library contradict each other: no joint distribution has them",
                      "two numbers that both move with a third must move together themselves: raise the "
                      "correlation between their groups, or lower the others");
    return std::nullopt;
  }
  const Eigen::MatrixXd lower = n > 0 ? Eigen::MatrixXd(factorised.matrixL()) : matrix;
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index k = 0; k <= i; ++k) joint.cholesky_.push_back(lower(i, k));
  }
  return joint;
}

}  // namespace marquetry::chance
