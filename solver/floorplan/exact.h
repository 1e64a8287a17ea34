// Proofs. Branch and bound over how each two blocks lie (left, right, below, above) and how each is turned,
// for the least wire; over boxes and the blocks in them, for the least area. Practical: wire up to 7 blocks
// whatever the nets, 8 to 10 with like blocks or few nets (milliseconds to seconds); area up to 11 (seconds
// to a minute). Beyond, or out of time, the result is a bound: of up to 24 blocks by the search, else
// bound(). Not proved, only bounded: soft blocks; wire and area minimised together; area with gaps that
// differ by pair or with fixed blocks; wire where the best box breaks the limits of aspect.
//
// Tolerance. Wire: a floorplan better by more than 1e-9 of the objective, plus half a nanometre a pin, would
// have been found (each bound is added up anew from the rows of the problem and its duals; that a branch is
// impossible is told at 1e-9 of a block's side). Area is counted in whole nanometres: exact.
#pragma once

#include <optional>

#include "floorplan/problem.h"

namespace marquetry::floorplan {

// `incumbent` spares the search to find what it then proves; one that breaks a rule is not believed. Without
// `best` but proved: there is no legal floorplan.
Result prove(const Problem& problem, const Options& options, const std::optional<Floorplan>& incumbent = {});

}  // namespace marquetry::floorplan
