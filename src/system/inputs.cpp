#include "system/inputs.h"

#include <map>
#include <stdexcept>
#include <unordered_map>

namespace marquetry {
namespace {

class InputFinder {
 public:
  Inputs result() && { return std::move(out_); }

  void look_at(std::size_t number, const TraceNode& node) {
    Derivation derivation{.number = number};
    steps_.clear();
    uncertain_ = false;
    append(node, derivation);
    if (!uncertain_) return;
    if (derivation.steps.size() == 1) {
      out_.copies.push_back({number, *derivation.steps.front().input});
    } else {
      out_.derivations.push_back(std::move(derivation));
    }
  }

 private:
  // A value that only has another name is the same value.
  static const TraceNode& origin(const TraceNode& node) {
    const bool renamed = node.operation == Operation::function && node.operands.size() == 1 &&
                         node.operands.front()->value == node.value;
    return renamed ? origin(*node.operands.front()) : node;
  }

  std::size_t append(const TraceNode& named, Derivation& derivation) {
    const TraceNode& node = origin(named);
    if (const auto known = steps_.find(&node); known != steps_.end()) return known->second;
    Derivation::Step step{.operation = node.operation, .constant = node.value};
    if (node.operation == Operation::leaf && node.low < node.high && !node.category.empty()) {
      step.input = input(node);
      uncertain_ = true;
    }
    for (const auto& operand : node.operands) step.operands.push_back(append(*operand, derivation));
    derivation.steps.push_back(std::move(step));
    return steps_[&node] = derivation.steps.size() - 1;
  }

  std::size_t input(const TraceNode& leaf) {
    auto name = std::string{leaf.category} + "/" + leaf.name;
    const auto [entry, is_new] = by_name_.try_emplace(name, out_.inputs.size());
    if (is_new) {
      out_.inputs.push_back({.name = std::move(name),
                             .source = leaf.source,
                             .dimension = leaf.dimension,
                             .low = leaf.low,
                             .typ = leaf.value,
                             .high = leaf.high,
                             .estimate = leaf.estimate,
                             .group = leaf.group,
                             .distribution = leaf.distribution});
    }
    return entry->second;
  }

  Inputs out_{};
  std::map<std::string, std::size_t> by_name_{};
  std::unordered_map<const TraceNode*, std::size_t> steps_{};
  bool uncertain_{};
};

// Numbers of a library row are at most combined by arithmetic; a function of a name has no formula to repeat.
template <Number Real>
Real result_of(const Derivation::Step& step, std::span<const Real> done, std::span<const Real> inputs) {
  using std::exp, std::log, std::sqrt;
  const auto operand = [&](std::size_t i) -> const Real& { return done[step.operands[i]]; };
  switch (step.operation) {
    case Operation::leaf:
      return step.input ? inputs[*step.input] : Real{step.constant};
    case Operation::add:
      return Real(operand(0) + operand(1));
    case Operation::subtract:
      return Real(operand(0) - operand(1));
    case Operation::multiply:
      return Real(operand(0) * operand(1));
    case Operation::divide:
      return Real(operand(0) / operand(1));
    case Operation::negate:
      return Real(-operand(0));
    case Operation::exp:
      return Real(exp(operand(0)));
    case Operation::log:
      return Real(log(operand(0)));
    case Operation::sqrt:
      return Real(sqrt(operand(0)));
    case Operation::rise:
      return Real(rise(operand(0)));
    case Operation::smaller:
      return Real(smaller(operand(0), operand(1)));
    case Operation::larger:
      return Real(larger(operand(0), operand(1)));
    case Operation::select:
      return Real(select_less(operand(0), operand(1), operand(2), operand(3)));
    case Operation::power_of_two:
      return Real(power_of_two_above(operand(0)));
    case Operation::function:
      break;
  }
  throw std::logic_error{"a number of a system is a function of the library that cannot be repeated"};
}

}  // namespace

Inputs inputs_of(System<Trace>& system) {
  InputFinder finder;
  const auto numbers = numbers_of(system);
  for (std::size_t i = 0; i < numbers.size(); ++i) finder.look_at(i, *numbers[i]->node());
  return std::move(finder).result();
}

template <Number Real>
void put_inputs(const Inputs& inputs, std::span<const Real> values, std::span<Real* const> numbers) {
  for (const auto& copy : inputs.copies) *numbers[copy.number] = values[copy.input];
  for (const auto& derivation : inputs.derivations) {
    std::vector<Real> done;
    done.reserve(derivation.steps.size());
    for (const auto& step : derivation.steps) done.push_back(result_of<Real>(step, done, values));
    *numbers[derivation.number] = done.back();
  }
}

#define INSTANTIATE(Real) \
  template void put_inputs(const Inputs&, std::span<const Real>, std::span<Real* const>);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry
