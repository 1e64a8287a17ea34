#include "floorplan/tight.h"

#include <cmath>
#include <limits>
#include <numeric>

#include "floorplan/relations.h"

namespace marquetry::floorplan {
namespace {

struct NetPin {
  std::optional<std::size_t> block{};
  double offset{};  // from the block's low corner, or the coordinate
};
struct NetOnAxis {
  std::vector<NetPin> pins{};
  double weight{};
};
struct Hold {  // of a block on a net
  std::size_t net{};
  double offset{};
};

// One coordinate of the nets and blocks, blocks moving one at a time between their neighbours.
class Slide {
 public:
  Slide(const Problem& problem, const LoosePlan& plan, const Relations& relations, Direction d);
  std::vector<Nanometre> run();

 private:
  void start(const LoosePlan& plan, Direction d);
  bool slide(std::uint32_t block);
  double place_of_least_wire(std::uint32_t block);

  const Axis& axis_;
  std::vector<std::vector<Edge>> before_, after_;
  std::vector<NetOnAxis> nets_{};
  std::vector<std::vector<Hold>> holds_;
  std::vector<Nanometre> at_;
  std::vector<std::pair<double, double>> knots_{};  // where the slope of the wire changes, and by how much
};

Slide::Slide(const Problem& problem, const LoosePlan& plan, const Relations& relations, Direction d)
    : axis_{relations.axis(d)},
      before_(plan.size()),
      after_(plan.size()),
      holds_(plan.size()),
      at_(plan.size()) {
  for (const auto& edge : relations.edges(d)) {
    before_[edge.to].push_back(edge);
    after_[edge.from].push_back(edge);
  }
  const auto along = [&](Nanometre x, Nanometre y) { return static_cast<double>(d == Direction::x ? x : y); };
  std::vector<std::size_t> place_of(plan.size());
  for (std::size_t p = 0; p < plan.size(); ++p) place_of[relations.block_at(p)] = p;
  for (const auto& net : problem.nets) {
    if (net.pins.size() < 2) continue;
    NetOnAxis on_axis{{}, net.weight};
    for (const auto& pin : net.pins) {
      if (pin.block < 0) {
        on_axis.pins.push_back({std::nullopt, along(pin.at.x, pin.at.y)});
        continue;
      }
      const auto place = place_of[static_cast<std::size_t>(pin.block)];
      const Size size = relations.sizes()[static_cast<std::size_t>(pin.block)];
      const Size turned = geometry::turned(size, relations.rotation(place));
      const Point at = geometry::turned(pin.at, size, relations.rotation(place));
      const double offset = pin.at_centre ? along(turned.width, turned.height) / 2 : along(at.x, at.y);
      on_axis.pins.push_back({place, offset});
      holds_[place].push_back({nets_.size(), offset});
    }
    nets_.push_back(std::move(on_axis));
  }
  start(plan, d);
}

// As near to the plan as the chains allow.
void Slide::start(const LoosePlan& plan, Direction d) {
  for (const auto b : axis_.order) {
    Nanometre low = axis_.least[b];
    for (const auto& edge : before_[b]) low = std::max(low, at_[edge.from] + edge.distance);
    const double centre = d == Direction::x ? plan[b].x : plan[b].y;
    const auto wish = static_cast<Nanometre>(std::llround(centre - static_cast<double>(axis_.length[b]) / 2));
    at_[b] = std::clamp(wish, low, std::max(low, axis_.most[b]));
  }
}

// The nearest point where the weighted half-perimeter of the block's nets is least, all others staying.
double Slide::place_of_least_wire(std::uint32_t block) {
  knots_.clear();
  double slope = 0;
  for (const auto& [net, offset] : holds_[block]) {
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (const auto& pin : nets_[net].pins) {
      if (pin.block == block) continue;
      const double at = pin.offset + (pin.block ? static_cast<double>(at_[*pin.block]) : 0);
      low = std::min(low, at);
      high = std::max(high, at);
    }
    if (high < low) continue;
    const double weight = nets_[net].weight;
    slope -= weight;
    knots_.push_back({low - offset, weight});
    knots_.push_back({high - offset, weight});
  }
  const auto now = static_cast<double>(at_[block]);
  std::sort(knots_.begin(), knots_.end());
  for (std::size_t k = 0; k < knots_.size(); ++k) {
    slope += knots_[k].second;
    if (slope > 0) return knots_[k].first;
    if (slope == 0 && k + 1 < knots_.size()) return std::clamp(now, knots_[k].first, knots_[k + 1].first);
  }
  return now;
}

bool Slide::slide(std::uint32_t block) {
  if (axis_.fixed[block] || holds_[block].empty()) return false;
  Nanometre low = 0, high = axis_.end - axis_.length[block];
  for (const auto& edge : before_[block]) low = std::max(low, at_[edge.from] + edge.distance);
  for (const auto& edge : after_[block]) high = std::min(high, at_[edge.to] - edge.distance);
  if (low >= high) return false;
  const auto to = std::clamp(static_cast<Nanometre>(std::llround(place_of_least_wire(block))), low, high);
  if (to == at_[block]) return false;
  at_[block] = to;
  return true;
}

std::vector<Nanometre> Slide::run() {
  constexpr int sweeps = 20;
  for (int sweep = 0; sweep < sweeps; ++sweep) {
    bool moved = false;
    for (std::size_t k = 0; k < axis_.order.size(); ++k) {
      moved = slide(axis_.order[sweep % 2 == 0 ? k : axis_.order.size() - 1 - k]) || moved;
    }
    if (!moved) break;
  }
  return at_;
}

}  // namespace

std::optional<Floorplan> tightened(const Problem& problem, const LoosePlan& plan, Size region, Rng rng) {
  // Beyond that there is no hope, and very many pairs.
  constexpr double most_overlap = 0.05;
  if (overlap(plan) > most_overlap * geometry::area(region)) return std::nullopt;
  Relations relations{problem, plan, region};
  constexpr int rounds = 8;
  for (int round = 0; round < rounds; ++round) {
    if (!relations.repair(rng.fork(static_cast<std::uint64_t>(round)))) return std::nullopt;
    const auto x = Slide{problem, plan, relations, Direction::x}.run();
    const auto y = Slide{problem, plan, relations, Direction::y}.run();
    Floorplan floorplan{std::vector<Placement>(plan.size()), relations.sizes()};
    for (std::size_t p = 0; p < plan.size(); ++p) {
      const auto block = relations.block_at(p);
      floorplan.blocks[block] =
          problem.blocks[block].fixed.value_or(Placement{{x[p], y[p]}, relations.rotation(p)});
    }
    if (!relations.add_missing(floorplan)) return floorplan;
  }
  return std::nullopt;
}

}  // namespace marquetry::floorplan
