// What counting dies needs beside its arguments: memory, and the placements found so far. The caller owns it,
// one for each thread.
#pragma once

#include <vector>

#include "wafer/placement.h"
#include "wafer/row_profile.h"

namespace marquetry::wafer {

class Workspace {
 public:
  struct Entry {
    Site site{};
    Placement placement{};
    bool filled{};
  };
  // Where the placement of this site is kept, filled or not. Grows up to a bound; then another that has the
  // same place gives way: what is forgotten is found again.
  Entry& entry(const Site& site);

  RowProfile rows{};

 private:
  std::size_t place(const Site& site) const;

  std::vector<Entry> entries_{};
};

}  // namespace marquetry::wafer
