// The best value that can be had as a function of a limit: a falling staircase. Generic.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace marquetry::explore {

// A choice that has this value, and what the limit must be for it.
struct Step {
  double limit{};
  double value{};  // to be small
  std::uint64_t id{};
};

class Curve {
 public:
  // Whether a choice would change the curve; of equals the lower number counts.
  bool wants(const Step& step) const;
  void add(const Step& step);
  void merge(const Curve& other);

  const std::vector<Step>& steps() const { return steps_; }  // by limit; values fall
  // The best within a limit; none where nothing is.
  const Step* within(double limit) const;
  // The next one beyond it that is better.
  const Step* beyond(double limit) const;
  // Fall of the lower convex hull of the curve just beyond the limit, a unit of it; 0 where the best lies
  // within. The hull is what mixing choices could reach: it evens out steps that are small by chance. Nothing
  // where nothing lies within the limit.
  std::optional<double> slope(double limit) const;

 private:
  std::vector<Step> steps_{};
};

}  // namespace marquetry::explore
