#include "floorplan/loose.h"

#include <algorithm>
#include <cmath>

#include "floorplan/loose_grid.h"
#include "floorplan/loose_wire.h"

namespace marquetry::floorplan {
namespace {

bool may_stand(const Block& block, Rotation rotation) {
  return (block.rotations >> static_cast<int>(rotation) & 1) != 0;
}

// Of pairs whose gap is not that of the problem: by how much more of a gap.
struct Extra {
  std::uint32_t other{};
  double gap{};
};

double mean_side(const LoosePlan& plan) {
  double sum = 0;
  for (const auto& block : plan) sum += std::sqrt(block.width * block.height);
  return plan.empty() ? 1 : std::max(1.0, sum / static_cast<double>(plan.size()));
}

class LooseAnnealer {
 public:
  LooseAnnealer(const Problem& problem, Size region, LoosePlan plan, const LooseCooling& cooling, Rng rng);
  Loosened run();

 private:
  void cool(double share);
  bool step();
  bool turn(std::uint32_t block);
  bool reshape(std::uint32_t block);
  bool swap(std::uint32_t block);
  bool touch(std::uint32_t block);
  bool shift(std::uint32_t block);
  bool move(std::uint32_t block, LooseBlock to);
  void put(std::uint32_t block, const LooseBlock& to, const LooseBox& box);
  std::optional<std::uint32_t> neighbour(const LooseBlock& of, double beyond);
  double shortfall(std::uint32_t block, const LooseBox& box, std::uint32_t but) const;
  double overlap(std::uint32_t block, const LooseBox& box, std::uint32_t but) const {
    const double of_all = grid_.overlap(box, boxes_, block, but);
    return extras_.empty() ? of_all : of_all + shortfall(block, box, but);
  }
  void clamp(LooseBlock& block) const {
    const double x = block.width / 2, y = block.height / 2;
    block.x = std::clamp(block.x, x, std::max(x, width_ - x));
    block.y = std::clamp(block.y, y, std::max(y, height_ - y));
  }
  double within(double window) { return (2 * rng_.uniform() - 1) * window; }
  bool accepted(double change) { return change <= 0 || rng_.uniform() < std::exp(-change / temperature_); }

  const Problem& problem_;
  double width_, height_, side_;
  LoosePlan plan_;
  LooseCooling cooling_;
  Rng rng_;
  LooseWire wire_;
  LooseGrid grid_;
  std::vector<LooseBox> boxes_{};
  std::vector<std::uint32_t> movable_{};
  std::vector<std::vector<Extra>> extras_{};
  bool has_wire_{};
  double pull_{}, temperature_{}, price_{}, window_{};
};

LooseAnnealer::LooseAnnealer(const Problem& problem, Size region, LoosePlan plan, const LooseCooling& cooling,
                             Rng rng)
    : problem_{problem},
      width_{static_cast<double>(region.width)},
      height_{static_cast<double>(region.height)},
      side_{mean_side(plan)},
      plan_{std::move(plan)},
      cooling_{cooling},
      rng_{rng},
      wire_{problem, plan_},
      grid_{region, side_},
      window_{cooling.reach} {
  for (std::uint32_t b = 0; b < plan_.size(); ++b) {
    boxes_.push_back(box(plan_[b]));
    grid_.add(b, boxes_[b]);
    if (problem.blocks[b].fixed) continue;
    movable_.push_back(b);
    pull_ += wire_.pull(b);
  }
  has_wire_ = pull_ > 0;
  pull_ = has_wire_ ? pull_ / static_cast<double>(movable_.size()) : 1;
  for (const auto& pair : problem.gaps) {
    if (pair.gap == problem.gap) continue;
    extras_.resize(plan_.size());
    const auto more = static_cast<double>(pair.gap - problem.gap);
    extras_[pair.a].push_back({static_cast<std::uint32_t>(pair.b), more});
    extras_[pair.b].push_back({static_cast<std::uint32_t>(pair.a), more});
  }
}

// What a pair's own gap adds to its overlap (or takes from it).
double LooseAnnealer::shortfall(std::uint32_t block, const LooseBox& box, std::uint32_t but) const {
  double sum = 0;
  for (const auto& [other, gap] : extras_[block]) {
    if (other == but) continue;
    const LooseBox wide{box.left - gap, box.bottom - gap, box.right + gap, box.top + gap};
    sum += common(wide, boxes_[other]) - common(box, boxes_[other]);
  }
  return sum;
}

void LooseAnnealer::put(std::uint32_t block, const LooseBlock& to, const LooseBox& box) {
  grid_.remove(block, boxes_[block]);
  plan_[block] = to;
  boxes_[block] = box;
  grid_.add(block, box);
}

bool LooseAnnealer::move(std::uint32_t block, LooseBlock to) {
  clamp(to);
  const LooseBox there = box(to);
  const double overlap_change = overlap(block, there, block) - overlap(block, boxes_[block], block);
  wire_.place(block, to);
  if (accepted(price_ * overlap_change + wire_.change(block, block))) {
    wire_.keep();
    put(block, to, there);
    return true;
  }
  wire_.place(block, plan_[block]);
  return false;
}

std::optional<std::uint32_t> LooseAnnealer::neighbour(const LooseBlock& of, double beyond) {
  const double x = of.x + within(window_ * width_ + beyond * of.width);
  const double y = of.y + within(window_ * height_ + beyond * of.height);
  const auto& cell = grid_.at(x, y);
  if (cell.empty()) return std::nullopt;
  return cell[rng_.below(cell.size())];
}

bool LooseAnnealer::shift(std::uint32_t block) {
  LooseBlock to = plan_[block];
  to.x += within(window_ * width_);
  to.y += within(window_ * height_);
  return move(block, to);
}

// Edge to edge with another block, corners level or not.
bool LooseAnnealer::touch(std::uint32_t block) {
  const auto other = neighbour(plan_[block], 1);
  if (!other || *other == block) return false;
  LooseBlock to = plan_[block];
  const LooseBlock& its = plan_[*other];
  const auto side = rng_.below(4);
  const double sign = side % 2 == 0 ? 1 : -1, level = rng_.below(2) == 0 ? 1 : -1;
  const bool levels = rng_.below(2) == 0;
  if (side < 2) {
    to.x = its.x + sign * (its.width + to.width) / 2;
    if (levels) to.y = its.y + level * (its.height - to.height) / 2;
  } else {
    to.y = its.y + sign * (its.height + to.height) / 2;
    if (levels) to.x = its.x + level * (its.width - to.width) / 2;
  }
  return move(block, to);
}

bool LooseAnnealer::swap(std::uint32_t a) {
  const auto found = neighbour(plan_[a], 0);
  if (!found || *found == a || problem_.blocks[*found].fixed) return false;
  const auto b = *found;
  LooseBlock to_a = plan_[a], to_b = plan_[b];
  std::swap(to_a.x, to_b.x);
  std::swap(to_a.y, to_b.y);
  clamp(to_a);
  clamp(to_b);
  const LooseBox box_a = box(to_a), box_b = box(to_b);
  const double overlap_change = overlap(a, box_a, b) + overlap(b, box_b, a) + common(box_a, box_b) -
                                overlap(a, boxes_[a], b) - overlap(b, boxes_[b], a) -
                                common(boxes_[a], boxes_[b]);
  wire_.place(a, to_a);
  wire_.place(b, to_b);
  if (accepted(price_ * overlap_change + wire_.change(a, b))) {
    wire_.keep();
    put(a, to_a, box_a);
    put(b, to_b, box_b);
    return true;
  }
  wire_.place(a, plan_[a]);
  wire_.place(b, plan_[b]);
  return false;
}

bool LooseAnnealer::turn(std::uint32_t block) {
  LooseBlock to = plan_[block];
  to.rotation = static_cast<Rotation>(rng_.below(4));
  if (to.rotation == plan_[block].rotation || !may_stand(problem_.blocks[block], to.rotation)) return false;
  if (geometry::swaps_sides(to.rotation) != geometry::swaps_sides(plan_[block].rotation)) {
    std::swap(to.width, to.height);
  }
  return move(block, to);
}

bool LooseAnnealer::reshape(std::uint32_t block) {
  LooseBlock to = plan_[block];
  const auto& soft = *problem_.blocks[block].soft;
  const auto gap = static_cast<double>(problem_.gap);
  double least = soft.least_aspect, largest = soft.largest_aspect;
  if (geometry::swaps_sides(to.rotation)) {
    least = 1 / soft.largest_aspect;
    largest = 1 / soft.least_aspect;
  }
  const double width = std::clamp((to.width - gap) * std::exp(within(0.2)), std::sqrt(soft.area * least),
                                  std::sqrt(soft.area * largest));
  to.width = width + gap;
  to.height = soft.area / width + gap;
  return move(block, to);
}

bool LooseAnnealer::step() {
  const auto block = movable_[rng_.below(movable_.size())];
  const double kind = rng_.uniform();
  if (kind < 0.12) return problem_.blocks[block].soft ? reshape(block) : turn(block);
  if (kind < 0.30) return swap(block);
  if (kind < 0.55) return touch(block);
  return shift(block);
}

void LooseAnnealer::cool(double share) {
  const double unit = pull_ * side_;
  temperature_ = unit * cooling_.hot * std::pow(cooling_.cold / cooling_.hot, share);
  price_ = cooling_.price * pull_ / side_ * std::pow(cooling_.leniency, 1 - share);
}

Loosened LooseAnnealer::run() {
  Loosened result;
  if (movable_.empty()) return {std::move(plan_), 0};
  constexpr std::uint64_t stages = 200;
  const auto start = std::chrono::steady_clock::now();
  const std::uint64_t batch =
      cooling_.moves == 0 ? 1000 : std::max<std::uint64_t>(1, cooling_.moves / stages);
  const double least_window = 0.2 * side_ / std::max(1.0, std::max(width_, height_));
  while (cooling_.moves == 0 || result.moves < cooling_.moves) {
    const auto now = std::chrono::steady_clock::now();
    const double moved = cooling_.moves == 0
                             ? std::chrono::duration<double>(now - start) / (cooling_.end - start)
                             : static_cast<double>(result.moves) / static_cast<double>(cooling_.moves);
    if (now >= cooling_.end || (cooling_.stop != nullptr && cooling_.stop->load())) break;
    cool(std::min(1.0, moved));
    std::uint64_t accepted = 0;
    for (std::uint64_t i = 0; i < batch; ++i) accepted += step() ? 1u : 0u;
    result.moves += batch;
    if (cooling_.done != nullptr) *cooling_.done += batch;
    // Towards one move in three. Lam, Delosme, report 8816 of Yale, 1988, find 0.44 the best.
    window_ *= 0.65 + static_cast<double>(accepted) / static_cast<double>(batch);
    window_ = std::clamp(window_, least_window, 1.0);
  }
  result.plan = std::move(plan_);
  return result;
}

}  // namespace

Size unturned(const Block& block, const LooseBlock& loose, Nanometre gap) {
  if (!block.soft) return block.size;
  const double along = geometry::swaps_sides(loose.rotation) ? loose.height : loose.width;
  auto width = static_cast<Nanometre>(std::llround(along)) - gap;
  const auto height = [&] {
    return static_cast<Nanometre>(std::ceil(block.soft->area / static_cast<double>(width)));
  };
  const auto aspect = [&] { return static_cast<double>(width) / static_cast<double>(height()); };
  width = std::max<Nanometre>(width, 1);
  while (aspect() < block.soft->least_aspect) ++width;
  while (width > 1 && aspect() > block.soft->largest_aspect) --width;
  return {width, height()};
}

LooseBlock loose(const Placement& placement, Size size, Nanometre gap) {
  const Size s = geometry::turned(size, placement.rotation);
  LooseBlock block{0, 0, static_cast<double>(s.width + gap), static_cast<double>(s.height + gap),
                   placement.rotation};
  block.x = static_cast<double>(placement.low.x) + block.width / 2;
  block.y = static_cast<double>(placement.low.y) + block.height / 2;
  return block;
}

LoosePlan loose(const Problem& problem, const Floorplan& floorplan) {
  LoosePlan plan;
  for (std::size_t b = 0; b < floorplan.blocks.size(); ++b) {
    plan.push_back(loose(floorplan.blocks[b], floorplan.sizes[b], problem.gap));
  }
  return plan;
}

LoosePlan scattered(const Problem& problem, Size region, Rng rng) {
  LoosePlan plan;
  for (const auto& block : problem.blocks) {
    Placement at;
    while (!may_stand(block, at.rotation) && at.rotation != Rotation::r270) {
      at.rotation = static_cast<Rotation>(static_cast<int>(at.rotation) + 1);
    }
    const Size size = geometry::turned(block.size, at.rotation);
    const auto somewhere = [&](Nanometre from, Nanometre length) {
      return static_cast<Nanometre>(
          rng.below(static_cast<std::uint64_t>(std::max<Nanometre>(from - length, 0)) + 1));
    };
    at.low.x = somewhere(region.width, size.width + problem.gap);
    at.low.y = somewhere(region.height, size.height + problem.gap);
    plan.push_back(loose(block.fixed.value_or(at), block.size, problem.gap));
  }
  return plan;
}

double overlap(const LoosePlan& plan) {
  std::vector<LooseBox> boxes;
  for (const auto& block : plan) boxes.push_back(box(block));
  std::stable_sort(boxes.begin(), boxes.end(),
                   [](const LooseBox& a, const LooseBox& b) { return a.left < b.left; });
  double sum = 0;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    for (std::size_t j = i + 1; j < boxes.size() && boxes[j].left < boxes[i].right; ++j) {
      sum += common(boxes[i], boxes[j]);
    }
  }
  return sum;
}

Loosened anneal_loose(const Problem& problem, Size region, LoosePlan plan, const LooseCooling& cooling,
                      Rng rng) {
  return LooseAnnealer{problem, region, std::move(plan), cooling, rng}.run();
}

}  // namespace marquetry::floorplan
