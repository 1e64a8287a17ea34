// A design compiled once: every name resolved, every value that a variable can take lifted to the models'
// number type. Choosing is then a matter of copying values into a System.
#pragma once

#include <functional>
#include <span>

#include "design/design.h"
#include "system/system.h"

namespace marquetry {

// A limit that can be lifted: a rule of a profile, or a constraint of the design. Bit i of a RuleSet is rule
// i.
using RuleSet = std::uint32_t;
inline constexpr std::size_t most_rules = 32;

struct Limit {
  std::string path{};  // "profile.no-euv.nodes.euv", or the figure that is limited
  std::string text{};  // as a reader should see it: "no EUV", "at most 700 W"
  bool is_cap{};       // of a figure, checked on the evaluation; else a rule on names, checked on the choice
  bool is_least{};     // of a cap: the figure must not be below it
  double limit{};      // of a cap, coherent SI
  SourceSpot where{};
};

// Writes what some variables decide into a system. Over intervals an open variable gives the hull of its
// range.
template <Number Real>
struct Setter {
  std::vector<VariableId> variables{};
  std::uint32_t dies{};  // bit d: the figures of die type d depend on it
  std::function<void(System<Real>&, std::span<const Range>)> apply{};
};

template <Number Real>
struct Plan {
  System<Real> base{};  // all that no variable decides
  std::vector<Setter<Real>> setters{};
};

// What does not depend on the number type.
struct Rules {
  std::vector<Limit> limits{};                   // by bit
  RuleSet always{};                              // broken by names that no variable decides
  std::vector<std::vector<RuleSet>> by_value{};  // by variable and value: rules that the value breaks
  std::vector<std::vector<double>>
      strain{};  // by variable and value: how far it breaks them; 1 for a mere name
};

// Nothing, and the reasons in the diagnostics, where a row that the design may choose lacks a number that it
// needs.
template <Number Real>
std::optional<Plan<Real>> make_plan(const Library& library, const Design& design,
                                    const Lifting<Real>& lifting, Diagnostics& diagnostics);

Rules make_rules(const Library& library, const Design& design);

// The only place where choices become facts.
template <Number Real>
System<Real> compose(const Plan<Real>& plan, std::span<const Range> choice);

}  // namespace marquetry
