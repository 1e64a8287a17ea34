// Patterns that send from each node to one other, after the bits or the digits of its address.
#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "base/rng.h"
#include "traffic/pattern_rows.h"

namespace marquetry::traffic {

std::uint32_t whole_root(std::uint32_t nodes) {
  const auto root = static_cast<std::uint32_t>(std::llround(std::sqrt(static_cast<double>(nodes))));
  return root * root == nodes ? root : 0;
}

namespace {

Traffic permutation(std::string name, std::vector<std::uint32_t> target, bool includes_self) {
  Traffic out{.name = std::move(name),
              .kind = Kind::permutation,
              .nodes = static_cast<std::uint32_t>(target.size()),
              .includes_self = includes_self};
  out.target = std::move(target);
  return out;
}

template <class Target>
Traffic permutation(std::string name, std::uint32_t nodes, bool includes_self, Target target) {
  std::vector<std::uint32_t> targets(nodes);
  for (std::uint32_t s = 0; s < nodes; ++s) targets[s] = target(s);
  return permutation(std::move(name), std::move(targets), includes_self);
}

// ---- of the bits of the address

bool are_bits(std::uint32_t nodes, std::string_view name, std::string& why) {
  if (std::has_single_bit(nodes)) return true;
  const auto below = std::bit_floor(nodes);
  why = std::string{name} + " turns the bits of addresses, which needs 2, 4, 8, 16 ... nodes, not " +
        std::to_string(nodes) + ": take " + (below > 1 ? std::to_string(below) + " or " : std::string{}) +
        std::to_string(std::bit_ceil(nodes));
  return false;
}

}  // namespace

std::optional<Traffic> make_transpose(std::uint32_t nodes, const PatternArguments& arguments,
                                      std::string& why) {
  const auto bits = static_cast<std::uint32_t>(std::countr_zero(nodes));
  if (!std::has_single_bit(nodes) || bits % 2 != 0) {
    why = "transpose swaps the halves of the addresses, which needs 4, 16, 64, 256 ... nodes, not " +
          std::to_string(nodes);
    return std::nullopt;
  }
  const std::uint32_t half = bits / 2, low = (1u << half) - 1;
  return permutation("transpose", nodes, arguments.includes_self,
                     [=](std::uint32_t s) { return (s >> half) | ((s & low) << half); });
}

std::optional<Traffic> make_bit_complement(std::uint32_t nodes, const PatternArguments& arguments,
                                           std::string& why) {
  if (!are_bits(nodes, "bit-complement", why)) return std::nullopt;
  return permutation("bit-complement", nodes, arguments.includes_self,
                     [=](std::uint32_t s) { return ~s & (nodes - 1); });
}

std::optional<Traffic> make_bit_reverse(std::uint32_t nodes, const PatternArguments& arguments,
                                        std::string& why) {
  if (!are_bits(nodes, "bit-reverse", why)) return std::nullopt;
  return permutation("bit-reverse", nodes, arguments.includes_self, [=](std::uint32_t s) {
    std::uint32_t d = 0;
    for (auto n = nodes; n > 1; n >>= 1, s >>= 1) d = (d << 1) | (s & 1);
    return d;
  });
}

std::optional<Traffic> make_shuffle(std::uint32_t nodes, const PatternArguments& arguments,
                                    std::string& why) {
  if (!are_bits(nodes, "shuffle", why)) return std::nullopt;
  return permutation("shuffle", nodes, arguments.includes_self, [=](std::uint32_t s) {
    return nodes == 1 ? 0 : ((s << 1) & (nodes - 1)) | (s >= nodes / 2 ? 1u : 0u);
  });
}

// ---- of the digits of the address: coordinates in a k-ary n-cube of nodes

namespace {

struct Digits {
  std::uint32_t radix{}, dimensions{};
};

std::optional<Digits> digits(std::uint32_t nodes, const PatternArguments& arguments, std::string_view name,
                             std::string& why) {
  Digits out{arguments.radix, arguments.dimensions};
  if (out.radix == 0) {
    const auto root = whole_root(nodes);
    out = root > 1 ? Digits{root, 2} : Digits{nodes, 1};
  }
  std::uint64_t all = 1;
  for (std::uint32_t n = 0; n < out.dimensions && all <= nodes; ++n) all *= out.radix;
  if (all == nodes && nodes > 1) return out;
  why = std::string{name} + " steps along rows of nodes, but " + std::to_string(out.dimensions) +
        " dimensions of " + std::to_string(out.radix) + " are not " + std::to_string(nodes) + " nodes";
  return std::nullopt;
}

// Each coordinate goes on by `step`, round the end.
Traffic shifted(std::string name, std::uint32_t nodes, Digits digits, std::uint32_t step,
                bool includes_self) {
  return permutation(std::move(name), nodes, includes_self, [=](std::uint32_t s) {
    std::uint32_t d = 0, place = 1;
    for (std::uint32_t n = 0; n < digits.dimensions; ++n, place *= digits.radix)
      d += place * ((s / place % digits.radix + step) % digits.radix);
    return d;
  });
}

}  // namespace

std::optional<Traffic> make_tornado(std::uint32_t nodes, const PatternArguments& arguments,
                                    std::string& why) {
  const auto found = digits(nodes, arguments, "tornado", why);
  if (!found) return std::nullopt;
  return shifted("tornado", nodes, *found, (found->radix + 1) / 2 - 1, arguments.includes_self);
}

std::optional<Traffic> make_neighbour(std::uint32_t nodes, const PatternArguments& arguments,
                                      std::string& why) {
  const auto found = digits(nodes, arguments, "neighbour", why);
  if (!found) return std::nullopt;
  return shifted("neighbour", nodes, *found, 1, arguments.includes_self);
}

// ---- given ones

std::optional<Traffic> make_permutation(std::uint32_t nodes, const PatternArguments& arguments,
                                        std::string& why) {
  if (arguments.targets.size() != nodes) {
    why = "a permutation needs a target for each of the " + std::to_string(nodes) + " nodes, not " +
          std::to_string(arguments.targets.size());
    return std::nullopt;
  }
  for (std::uint32_t s = 0; s < nodes; ++s) {
    if (arguments.targets[s] < nodes) continue;
    why = "node " + std::to_string(s) + " sends to node " + std::to_string(arguments.targets[s]) +
          ", but the nodes are 0 to " + std::to_string(nodes - 1);
    return std::nullopt;
  }
  return permutation("permutation", arguments.targets, arguments.includes_self);
}

std::optional<Traffic> make_random_permutation(std::uint32_t nodes, const PatternArguments& arguments,
                                               std::string& why) {
  if (nodes < 2) {
    why = "a permutation needs at least two nodes";
    return std::nullopt;
  }
  std::vector<std::uint32_t> target(nodes);
  std::iota(target.begin(), target.end(), 0u);
  Rng rng{arguments.seed};
  for (std::uint32_t i = nodes - 1; i > 0; --i) std::swap(target[i], target[rng.below(i + 1)]);
  return permutation("random-permutation", std::move(target), arguments.includes_self);
}

}  // namespace marquetry::traffic
