#include "floorplan/loose_wire.h"

#include <algorithm>
#include <array>
#include <limits>

namespace marquetry::floorplan {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr LooseBox nothing{infinite, infinite, -infinite, -infinite};

// Pins sorted and without repeats, so that nets between the same pins can be counted as one.
using Ends = std::vector<std::array<Nanometre, 4>>;
struct Bundle {
  Ends ends{};
  double weight{};
};

std::vector<Bundle> bundles(const Problem& problem) {
  std::vector<Bundle> all;
  for (const auto& net : problem.nets) {
    Bundle bundle{{}, net.weight * problem.objective.wire};
    bool moves = false;
    for (const auto& pin : net.pins) {
      const bool centre = pin.block >= 0 && pin.at_centre;
      bundle.ends.push_back({pin.block, centre ? 0 : pin.at.x, centre ? 0 : pin.at.y, centre ? 1 : 0});
      moves = moves || (pin.block >= 0 && !problem.blocks[static_cast<std::size_t>(pin.block)].fixed);
    }
    std::sort(bundle.ends.begin(), bundle.ends.end());
    bundle.ends.erase(std::unique(bundle.ends.begin(), bundle.ends.end()), bundle.ends.end());
    if (bundle.ends.size() > 1 && moves && bundle.weight != 0) all.push_back(std::move(bundle));
  }
  std::stable_sort(all.begin(), all.end(), [](const Bundle& a, const Bundle& b) { return a.ends < b.ends; });
  std::vector<Bundle> merged;
  for (auto& bundle : all) {
    if (!merged.empty() && merged.back().ends == bundle.ends) {
      merged.back().weight += bundle.weight;
    } else {
      merged.push_back(std::move(bundle));
    }
  }
  return merged;
}

void widen(LooseBox& box, double x, double y) {
  box = {std::min(box.left, x), std::min(box.bottom, y), std::max(box.right, x), std::max(box.top, y)};
}

}  // namespace

LooseWire::LooseWire(const Problem& problem, const LoosePlan& plan) : gap_{problem.gap} {
  std::vector<std::vector<BlockPin>> pins(plan.size());
  std::vector<std::vector<std::uint32_t>> nets(plan.size());
  const double half_gap = static_cast<double>(gap_) / 2;
  first_pin_.push_back(0);
  for (const auto& bundle : bundles(problem)) {
    const auto net = static_cast<std::uint32_t>(weight_.size());
    LooseBox terminals = nothing;
    for (const auto& [block, x, y, centre] : bundle.ends) {
      if (block < 0) {
        widen(terminals, static_cast<double>(x) + half_gap, static_cast<double>(y) + half_gap);
        continue;
      }
      const auto b = static_cast<std::size_t>(block);
      const auto& hard = problem.blocks[b];
      pins[b].push_back({x_.size(), {x, y}, hard.soft ? Size{} : hard.size, centre == 1});
      if (nets[b].empty() || nets[b].back() != net) nets[b].push_back(net);
      x_.push_back(0);
      y_.push_back(0);
    }
    terminals_.push_back(terminals);
    weight_.push_back(bundle.weight);
    first_pin_.push_back(x_.size());
  }
  first_of_block_.push_back(0);
  first_net_.push_back(0);
  for (std::size_t b = 0; b < plan.size(); ++b) {
    block_pins_.insert(block_pins_.end(), pins[b].begin(), pins[b].end());
    block_nets_.insert(block_nets_.end(), nets[b].begin(), nets[b].end());
    first_of_block_.push_back(block_pins_.size());
    first_net_.push_back(block_nets_.size());
    place(b, plan[b]);
  }
  for (std::size_t net = 0; net < weight_.size(); ++net) length_.push_back(length(net));
  seen_.resize(weight_.size());
}

void LooseWire::place(std::size_t block, const LooseBlock& at) {
  for (std::size_t i = first_of_block_[block]; i < first_of_block_[block + 1]; ++i) {
    const auto& pin = block_pins_[i];
    x_[pin.slot] = at.x;
    y_[pin.slot] = at.y;
    if (pin.at_centre) continue;
    Size size = pin.size;
    if (size.width == 0) {  // soft
      const Size now{static_cast<Nanometre>(at.width) - gap_, static_cast<Nanometre>(at.height) - gap_};
      size = geometry::turned(now, at.rotation);
    }
    const Point p = geometry::turned(pin.at, size, at.rotation);
    const Size turned = geometry::turned(size, at.rotation);
    x_[pin.slot] += static_cast<double>(2 * p.x - turned.width) / 2;
    y_[pin.slot] += static_cast<double>(2 * p.y - turned.height) / 2;
  }
}

double LooseWire::length(std::size_t net) const {
  LooseBox box = terminals_[net];
  for (std::size_t i = first_pin_[net]; i < first_pin_[net + 1]; ++i) widen(box, x_[i], y_[i]);
  return weight_[net] * (box.right - box.left + box.top - box.bottom);
}

double LooseWire::change(std::size_t a, std::size_t b) {
  ++now_;
  changed_.clear();
  changed_to_.clear();
  double change = 0;
  for (std::size_t block = a;; block = b) {
    for (std::size_t i = first_net_[block]; i < first_net_[block + 1]; ++i) {
      const auto net = block_nets_[i];
      if (seen_[net] == now_) continue;
      seen_[net] = now_;
      const double length = this->length(net);
      changed_.push_back(net);
      changed_to_.push_back(length);
      change += length - length_[net];
    }
    if (block == b) return change;
  }
}

void LooseWire::keep() {
  for (std::size_t i = 0; i < changed_.size(); ++i) length_[changed_[i]] = changed_to_[i];
}

double LooseWire::pull(std::size_t block) const {
  double sum = 0;
  for (std::size_t i = first_net_[block]; i < first_net_[block + 1]; ++i) sum += weight_[block_nets_[i]];
  return sum;
}

}  // namespace marquetry::floorplan
