#include "stack/pads.h"

#include <cmath>
#include <numbers>

namespace marquetry::stack {
namespace {

// The chips that stand on `chip` directly: f(index).
template <Number Real, class F>
void for_each_child(const Stack<Real>& stack, std::size_t chip, F f) {
  for (std::size_t child = chip + 1; child < stack.chips[chip].end; child = stack.chips[child].end) f(child);
}

// Chips on that side lie between their parent and its own parent.
Side side_to_parent(Facing facing) { return facing == Facing::up ? Side::back : Side::face; }

template <Number Real>
double test_pads(const Test<Real>& test) {
  double pads = 0;
  for (const auto* stage : {&test.die, &test.assembly}) {
    if (stage->is_done) pads += stage->chains * stage->ios_per_chain + stage->io_offset;
  }
  return pads;
}

// Pads are no finer than the chip, its parent and the TSVs that they meet allow.
template <Number Real>
Real pad_pitch(const Stack<Real>& stack, const Chip<Real>& chip) {
  const auto& own = stack.assemblies[chip.assembly_index];
  if (chip.parent == nowhere) return own.bond_pitch;
  const auto& parent = stack.assemblies[stack.chips[chip.parent].assembly_index];
  Real pitch = larger(own.bond_pitch, parent.bond_pitch);
  if (chip.side == Side::back) pitch = larger(pitch, parent.tsv_pitch);
  if (chip.facing == Facing::up) pitch = larger(pitch, own.tsv_pitch);
  return pitch;
}

// The rectangle that holds the pads of all links, each within its reach of the edge. Sides in mm.
template <Number Real>
struct Field {
  Real width{0.0}, height{0.0};

  Real usable(const Real& depth) const {
    const bool is_band =
        representative(depth) < representative(width) && representative(depth) < representative(height);
    return is_band ? Real(depth * (width + height) - depth * depth) : Real(width * height);
  }

  // Large enough for `area` within `depth` of its edge, in whole pitches.
  void grow(const Real& area, const Real& depth, const Real& aspect, const Real& pitch) {
    using std::sqrt;
    Real w = sqrt(Real(area * aspect)), h = sqrt(Real(area / aspect));
    if (representative(w) > representative(depth) && representative(h) > representative(depth)) {
      h = (2.0 * area / depth + 2.0 * depth) / (2.0 * aspect + 2.0);
      w = aspect * h;
    }
    width = larger(width, whole(w, pitch));
    height = larger(height, whole(h, pitch));
  }

  static Real whole(const Real& length, const Real& pitch) {
    return std::ceil(representative(length) / representative(pitch)) * pitch;
  }
};

// Rows times columns of a grid that holds `count` pads: the field where it does, else its shorter side grows
// up to the longer one, then both.
template <Number Real>
double grid_places(const Field<Real>& field, const Real& pitch, double count) {
  const double p = representative(pitch), w = representative(field.width), h = representative(field.height);
  const double needed = p * p * count;
  if (needed <= w * h) return std::ceil(w / p) * std::ceil(h / p);
  const double longer = std::max(w, h);
  if (w != h && longer * longer <= needed) return std::ceil(longer / p) * std::ceil(needed / longer / p);
  const double side = std::ceil(std::sqrt(needed) / p);
  return side * side;
}

}  // namespace

double electromigration_limit(double bond_pitch) { return bond_pitch < 0.01 ? 1e4 : 1e2; }

template <Number Real>
void count_pads(const Stack<Real>& stack, const Quirks& quirks, std::size_t index, Figures<Real>& figures) {
  const auto& chip = stack.chips[index];
  const auto& assembly = stack.assemblies[chip.assembly_index];
  auto& own = figures.chips[index];
  own.test_pads = test_pads(stack.tests[chip.test_index]);
  own.power_pads = 0;
  if (representative(chip.voltage) > 0) {
    const double pitch = representative(assembly.bond_pitch);
    double density = representative(assembly.current_density);
    if (!quirks.has(quirk("catch-current-density")))
      density = std::min(density, electromigration_limit(pitch));
    // A round pad of half the pitch; each feed has its return.
    const double quarter = pitch / 4;
    const double amperes = density * (std::numbers::pi * (quarter * quarter));
    own.power_pads =
        2 * std::ceil(representative(own.total_power) / (amperes * representative(chip.voltage)));
  }
  own.pads_to_parent = own.signal_pads + own.power_pads + own.test_pads;
  double on_back = 0;
  for_each_child(stack, index, [&](std::size_t child) {
    const double pads = figures.chips[child].pads_to_parent;
    if (stack.chips[child].side == side_to_parent(chip.facing)) own.pads_to_parent += pads;
    if (stack.chips[child].side == Side::back) on_back += pads;
  });
  own.tsvs = chip.facing == Facing::up ? own.pads_to_parent : on_back;
}

template <Number Real>
void spread_pads(const Stack<Real>& stack, std::size_t index, Workspace<Real>& workspace) {
  auto& figures = workspace.figures;
  const auto& chip = stack.chips[index];
  auto& own = figures.chips[index];
  const Real pitch = pad_pitch(stack, chip);
  Field<Real> field;
  if (chip.reaches_out) {
    const auto holder = chip.parent == nowhere ? index : chip.parent;
    const Real& separation = stack.assemblies[stack.chips[holder].assembly_index].die_separation;
    Real below{0.0};  // area of the chips in between
    for_each_child(stack, index, [&](std::size_t child) {
      if (stack.chips[child].side == side_to_parent(chip.facing)) below = below + figures.chips[child].area;
    });
    double pads = 0;
    for (std::size_t r = 0; r < stack.reaches.size(); ++r) {
      const double signals = workspace.signals[index * stack.reaches.size() + r];
      const Real depth = stack.reaches[r] - separation;
      if (representative(depth) <= 0) {
        if (signals > 0)
          figures.findings.push_back(
              {Finding::Kind::short_reach, index, stack.reaches[r], representative(separation)});
        continue;
      }
      pads += signals;
      const Real needed = pads * pitch * pitch + below;
      if (representative(field.usable(depth)) <= representative(needed))
        field.grow(needed, depth, chip.aspect_ratio, pitch);
    }
  }
  const double count = own.signal_pads + own.power_pads + own.test_pads;
  own.pad_area = grid_places(field, pitch, count) * (pitch * pitch);
}

#define INSTANTIATE(Real)                                                                   \
  template void count_pads(const Stack<Real>&, const Quirks&, std::size_t, Figures<Real>&); \
  template void spread_pads(const Stack<Real>&, std::size_t, Workspace<Real>&);
INSTANTIATE(double)
INSTANTIATE(Dual)

}  // namespace marquetry::stack
