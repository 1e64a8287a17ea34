#include "floorplan/schedule.h"

#include <algorithm>
#include <cmath>

namespace marquetry::floorplan {

Clock::Clock(const Budget& budget, double time_share, double step_share)
    : budget_{budget}, seconds_{budget.seconds * time_share}, start_{std::chrono::steady_clock::now()} {
  if (budget.steps > 0) {
    most_ = std::max<std::uint64_t>(
        64, static_cast<std::uint64_t>(static_cast<double>(budget.steps) * step_share));
  }
}

bool Clock::look() {
  if (budget_.done != nullptr) *budget_.done += steps_ - reported_;
  reported_ = steps_;
  if (budget_.stop != nullptr && *budget_.stop) return false;
  const auto fraction = [](double part, double whole) { return whole > 0 ? part / whole : 1; };
  // Progress is of the steps alone where there are any, so that it is the same again.
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start_;
  const double time = fraction(passed.count(), seconds_);
  progress_ = most_ > 0 ? fraction(static_cast<double>(steps_), static_cast<double>(most_)) : time;
  return progress_ < 1 && time < 1;
}

double Cooling::at(double progress) const { return hot * std::pow(cold / hot, progress); }

double Price::at(double progress, bool seen_legal) {
  if (!seen_legal && progress > late) raised_ = std::exp(urgency * (progress - late));
  return raised_ * first * std::pow(last / first, progress);
}

}  // namespace marquetry::floorplan
