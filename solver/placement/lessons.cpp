#include "placement/lessons.h"

#include "placement/frames.h"
#include "placement/stretch.h"

namespace marquetry::placement {
namespace {

constexpr int most_lessons = 4, most_tries = 60;

std::vector<geometry::Rect> outlines(const layout::Layout& layout) {
  std::vector<geometry::Rect> rects;
  for (std::size_t d = 0; d < layout.dies.size(); ++d) rects.push_back(layout::outline(layout, d));
  return rects;
}

}  // namespace

void teach_at_random(Task& task, std::uint64_t seed, const std::atomic<bool>* stop) {
  if (!task.heat || !std::holds_alternative<SectionHeat>(*task.heat)) return;
  auto& pupil = std::get<SectionHeat>(*task.heat);
  floorplan::Packer packer{task.frame};
  const Rng rng{seed};
  for (std::uint64_t k = 0; k < most_tries && pupil.lessons() < most_lessons; ++k) {
    Rng own = rng.fork(k);
    auto plan = floorplan::random_plan(task.frame, own);
    packer.compact(plan);
    if (plan.overflow_x > 0 || plan.overflow_y > 0) continue;
    const floorplan::Wish together{plan.x, plan.y};
    packer.keep(plan, between(together, stretched(packer, plan), own.uniform()));
    auto made = layout_of(*task.problem, task.blocks, floorplan::floorplan_of(task.frame, plan));
    frame_in(*task.problem, made);
    teach(task, made, heated(*task.problem, made, {}, stop));
  }
}

void teach(Task& task, const layout::Layout& layout, const Figures& figures) {
  if (!task.heat || figures.dies.empty()) return;
  if (auto* pupil = std::get_if<SectionHeat>(&*task.heat)) pupil->learn(outlines(layout), figures.dies);
}

std::optional<double> estimated_peak(const Task& task, const layout::Layout& layout) {
  if (!task.heat) return std::nullopt;
  auto heat = *task.heat;
  return task.problem->ambient + peak(heat, outlines(layout));
}

}  // namespace marquetry::placement
