// A way of hybrid bonding, applied to a face of any outline: what the cost of a stack asks for.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "bonding/hybrid.h"

namespace marquetry::bonding {

struct Joint {
  Process process{};
  PadLayout layout{};  // its pitch is that of the face
};

// In SI: width and height of the face, pitch of its pads, density of particles. The yield falls in all of
// them but the pitch.
using Face = std::array<double, 4>;

// Pads are counted as area / pitch^2, unrounded, so that the yield has slopes and bounds. Some 30 us; up to
// 0.4 ms where alignment matters.
double joint_yield(const Joint& joint, const Face& face, const Quirks& quirks);

// Yields found so far. The caller owns it, one for each thread.
class Workspace {
 public:
  double yield(const std::shared_ptr<const Joint>& joint, const Face& face, const Quirks& quirks);

 private:
  struct Entry {
    std::shared_ptr<const Joint> joint{};  // kept, so that no other can have its address
    Face face{};
    Quirks quirks{};
    double yield{};
  };
  std::vector<Entry> entries_{};
};

}  // namespace marquetry::bonding
