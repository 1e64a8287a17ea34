// A quirk: one thing that a published peer does otherwise than we do. Its row says what, its switch does it.
#pragma once

#include <string_view>

namespace marquetry {

// `id` begins with the peer's name. What the peer does and what is right are one clause each.
struct QuirkRow {
  std::string_view id, peer, right;
};

}  // namespace marquetry
