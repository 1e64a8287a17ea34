// What the placer must place for a composed system: an instance of every die and of every memory on the
// package, the PHYs of its links, and the margins round them.
#pragma once

#include "evaluation/prepare.h"
#include "layout/problem.h"
#include "placement/place.h"
#include "placement/section.h"

namespace marquetry::placement {

// What the layout of a system is judged by unless something else is asked for. A mm2 of silicon interposer
// with its package costs about 0.05 USD (the library's cowos-s); a mm of wire at 8 Gbit/s and 0.2 pJ/bit/mm
// takes 1.6 mW, in five years at 0.1 USD/kWh and as much again for cooling and supply about a third of that.
// An estimate.
inline constexpr Weights usual_weights{.wire = 1, .area = 3};

// What a die of the problem is: instance `instance` of a die type of the system, or of one of its memories.
struct Part {
  bool is_memory{};
  std::size_t type{}, instance{};
};

// What a link of the problem belongs to: a network of the system, or the attachment of a memory. Its wires
// end at feet of piles; `a` and `b` are the dies that they serve.
struct Wiring {
  bool is_memory{};
  std::size_t of{};
  std::size_t a{}, b{};
};

struct PackageProblem {
  layout::Problem problem{};
  std::vector<Part> parts{};         // by die
  std::vector<Wiring> wiring{};      // by link
  SectionParts section{};            // of which problem.section was made
  std::vector<std::string> notes{};  // where the package cannot be as the counts of the design have it
};

// Dies and margins have the sizes that the analytic rung found. The carrier's and the package's margins
// follow from the packaging's factors: those that a square package has whose areas are the factors' times
// what stands on it. Rules of the design's [layout] come on top. Nothing, after located complaints, where
// [layout] names what is not there.
std::optional<PackageProblem> package_problem(const Prepared& prepared, const Choice& choice,
                                              const System<double>& system,
                                              const Evaluation<double>& evaluation, Diagnostics& diagnostics);

}  // namespace marquetry::placement
