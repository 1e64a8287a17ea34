// The uncertain numbers of the library that one composed system rests on: which they are, where they stand in
// it, and how other values are put in their place without composing again. Parts that are equal share theirs:
// the defect density of a node is one input, however many dies are made on it.
#pragma once

#include <span>

#include "system/numbers.h"

namespace marquetry {

struct Input {
  std::string name{};  // "nodes/tsmc-n7.defect_density"
  std::string source{};
  Dimension dimension{};
  double low{}, typ{}, high{};  // coherent SI; low < high
  bool estimate{};
  std::string group{}, distribution{};  // as the library gives them; may be empty
};

// How a number of the system that is no plain copy follows from the library's: its steps, the last one being
// the result.
struct Derivation {
  struct Step {
    Operation operation{};
    double constant{};                   // of a leaf that is no input
    std::optional<std::size_t> input{};  // of a leaf that is one
    std::vector<std::size_t> operands{};
  };
  std::size_t number{};  // as numbers_of counts
  std::vector<Step> steps{};
};

struct Inputs {
  struct Copy {
    std::size_t number{}, input{};
  };
  std::vector<Input> inputs{};  // in the order in which the system meets them
  std::vector<Copy> copies{};
  std::vector<Derivation> derivations{};
};

// From the system over traces, which knows where each number came from.
Inputs inputs_of(System<Trace>& system);

// Writes a value for each input into the numbers of a system of the same design and choice.
template <Number Real>
void put_inputs(const Inputs& inputs, std::span<const Real> values, std::span<Real* const> numbers);

}  // namespace marquetry
