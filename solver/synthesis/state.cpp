#include "synthesis/state.h"

namespace marquetry::synthesis {
namespace {

constexpr double rounding = 1e-9;

}  // namespace

State::State(const Problem& problem)
    : problem_{&problem}, built_(problem.candidates.size()), place_(problem.candidates.size()) {
  for (const auto& die : problem.dies) room_.push_back({die.beachfront, die.phys});
}

bool State::fits(std::uint32_t candidate) const {
  const auto& c = problem_->candidates[candidate];
  const auto has_room = [&](std::uint32_t die) {
    return room_[die].phys > 0 && c.beachfront <= room_[die].edge + rounding;
  };
  return built_[candidate] == 0 && in_reach(c) && has_room(c.a) && has_room(c.b) &&
         cost_ + c.cost <= problem_->needs.cost + rounding;
}

void State::build(std::uint32_t candidate) {
  const auto& c = problem_->candidates[candidate];
  built_[candidate] = 1;
  for (const auto die : {c.a, c.b}) room_[die].edge -= c.beachfront, --room_[die].phys;
  cost_ += c.cost;
  place_[candidate] = static_cast<std::uint32_t>(list_.size());
  list_.push_back(candidate);
}

void State::drop(std::uint32_t candidate) {
  const auto& c = problem_->candidates[candidate];
  built_[candidate] = 0;
  for (const auto die : {c.a, c.b}) room_[die].edge += c.beachfront, ++room_[die].phys;
  cost_ -= c.cost;
  place_[list_.back()] = place_[candidate];
  list_[place_[candidate]] = list_.back();
  list_.pop_back();
}

}  // namespace marquetry::synthesis
