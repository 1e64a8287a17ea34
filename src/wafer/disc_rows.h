// What the search on a bare disc (disc_search.h) knows about rows of dies.
#pragma once

namespace marquetry::wafer::disc {

// A row that holds so many dies in a part of the cell only.
struct Undecided {
  double edge;  // its outer edge from the centre, at height 0
  double sign;  // 1: the edge moves outwards as the height rises
  int dies;
  bool is_odd() const { return (dies & 1) != 0; }
  // room >= need + offset, odd, or need - offset
  double need() const { return is_odd() ? dies - 1 : dies; }
};

// Of a row with this room: the whole pitches, whether they are odd, and the offset at which one die more
// begins, odd, or ends to fit. No branches: which rows are odd nobody foresees.
struct Row {
  explicit Row(double room) : whole{static_cast<int>(room)}, odd{whole & 1} {
    at = odd + (room - whole) * (1 - 2 * odd);
  }
  int whole, odd;
  double at;
};

struct Cell {
  double low, high;    // heights
  double least, most;  // offsets
};

// All rows at one height.
struct Mark {
  double height;
  double* rooms;  // of the rows above, then of those below
  // Changes of the count from class to class of offsets, of the rows above and of those below.
  int *above, *below;
  long base_above, base_below;
};

}  // namespace marquetry::wafer::disc
