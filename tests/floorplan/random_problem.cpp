#include "floorplan/random_problem.h"

namespace marquetry::test {
namespace {

using namespace marquetry::floorplan;

Nanometre whole(Rng& rng, std::uint64_t low, std::uint64_t high) {
  return static_cast<Nanometre>(low + rng.below(high - low + 1));
}

Pin random_pin(const Problem& problem, Rng& rng) {
  if (rng.below(5) == 0) return {-1, {whole(rng, 0, 4000), whole(rng, 0, 4000)}, false};
  const auto b = rng.below(problem.blocks.size());
  const Size size = problem.blocks[b].size;
  Pin pin{static_cast<std::int32_t>(b), {}, rng.below(2) == 0};
  if (!pin.at_centre) {
    pin.at = {static_cast<Nanometre>(rng.below(static_cast<std::uint64_t>(size.width + 1))),
              static_cast<Nanometre>(rng.below(static_cast<std::uint64_t>(size.height + 1)))};
  }
  return pin;
}

void add_any_nets(Problem& problem, Rng& rng) {
  const auto nets = problem.blocks.size() + rng.below(4);
  for (std::size_t i = 0; i < nets; ++i) {
    Net net{{}, static_cast<double>(1 + rng.below(20))};
    const auto pins = 2 + rng.below(3);
    for (std::size_t k = 0; k < pins; ++k) net.pins.push_back(random_pin(problem, rng));
    problem.nets.push_back(net);
  }
}

void add_rules(Problem& problem, Rng& rng) {
  if (rng.below(2) == 0) problem.gap = whole(rng, 1, 150);
  if (rng.below(3) == 0 && problem.blocks.size() > 1) problem.gaps.push_back({0, 1, whole(rng, 0, 400)});
  if (rng.below(2) == 0) problem.outline = Size{whole(rng, 2200, 4500), whole(rng, 2200, 4500)};
  for (auto& block : problem.blocks) {
    if (rng.below(3) == 0) block.rotations = static_cast<std::uint8_t>(1 + rng.below(15));
  }
  if (rng.below(4) == 0) {
    const auto rotation = geometry::rotations[rng.below(4)];
    problem.blocks.back().fixed = Placement{{whole(rng, 0, 700), whole(rng, 0, 700)}, rotation};
  }
}

}  // namespace

Problem random_problem(const Draw& draw, Rng rng) {
  Problem problem;
  const bool repeated = rng.below(3) == 0;
  for (std::size_t b = 0; b < draw.blocks; ++b) {
    Block block;
    block.size = {whole(rng, 300, 1600), whole(rng, 300, 1600)};
    if (repeated && b > 0) block.size = problem.blocks[rng.below(b)].size;
    problem.blocks.push_back(block);
  }
  if (draw.centres) {
    for (std::size_t a = 0; a < draw.blocks; ++a) {
      for (std::size_t b = 0; b < a; ++b) {
        const auto weight = static_cast<double>(1 + rng.below(repeated ? 2 : 30));
        if (rng.below(3) == 0) continue;
        problem.nets.push_back(
            {{{static_cast<std::int32_t>(a), {}, true}, {static_cast<std::int32_t>(b), {}, true}}, weight});
      }
    }
    if (rng.below(2) == 0) problem.outline = Size{whole(rng, 2500, 4500), whole(rng, 2500, 4500)};
    if (rng.below(3) == 0) problem.outline = Size{4000, 4000};
  } else {
    add_any_nets(problem, rng);
    add_rules(problem, rng);
  }
  if (draw.outlined && !problem.outline) problem.outline = Size{5000, 4500};
  return problem;
}

}  // namespace marquetry::test
