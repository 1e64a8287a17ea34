// The stack of a placed package: its section cut out where the dies stand.
#pragma once

#include <span>

#include "layout/layout.h"
#include "thermal/stack.h"

namespace marquetry::thermal {

// rects: by die of the problem, where it stands; the problem must have a section. bridges: of those embedded
// in the carrier.
//
// Every layer that a die reaches into holds a block of it, whose `part` is the die of the problem. Blocks
// that make heat have the die's name, the others `die/layer`. What a reader may not expect:
// - Dies on dies add their power to the die below them, where the section has no layer of their own.
// - In layers of a level above 0 stands `support`, mostly silicon of the same height, over dies that carry
//   nothing there and beside what they carry; it is part of the die below.
// - Dies that overlap, as in layouts that are not legal yet, share the ground: the first one has it. A die
//   that has none left gives its power to the first one it overlaps.
// - The footprint grows where dies stand out of it, spreader and sink where the footprint is larger.
Stack placed_stack(const layout::Problem& problem, std::span<const geometry::Rect> rects,
                   const geometry::Rect& carrier, const geometry::Rect& package,
                   std::span<const geometry::Rect> bridges = {});

}  // namespace marquetry::thermal
