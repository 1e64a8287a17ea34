#include "floorplan/wire.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

namespace marquetry::floorplan {
namespace {

constexpr double nowhere = -std::numeric_limits<double>::max();

struct Key {  // what makes two nets one
  std::vector<Index> slots{};
  std::vector<double> terminals{};  // high x, high y, -low x, -low y; empty: none
  friend auto operator<=>(const Key&, const Key&) = default;
};

void widen(std::vector<double>& terminals, Point at) {
  const double x = static_cast<double>(at.x), y = static_cast<double>(at.y);
  if (terminals.empty()) terminals.assign(4, nowhere);
  const double corner[4] = {x, y, -x, -y};
  for (std::size_t k = 0; k < 4; ++k) terminals[k] = std::max(terminals[k], corner[k]);
}

}  // namespace

Wire::Wire(const Problem& problem, const Frame& frame) : nets_of_(frame.size()), partners_(frame.size()) {
  std::map<std::tuple<Index, bool, Nanometre, Nanometre>, Index> slot_of;
  std::map<Key, std::size_t> net_of;
  std::vector<const Key*> keys;
  for (const auto& net : problem.nets) {
    Key key;
    for (const auto& pin : net.pins) {
      if (pin.block < 0) {
        widen(key.terminals, pin.at);
        continue;
      }
      const auto block = static_cast<Index>(pin.block);
      const Size size = problem.blocks[block].size;
      const bool centre = pin.at_centre || (2 * pin.at.x == size.width && 2 * pin.at.y == size.height);
      const auto [slot, is_new] =
          slot_of.try_emplace(centre ? std::tuple{block, true, Nanometre{}, Nanometre{}}
                                     : std::tuple{block, false, pin.at.x, pin.at.y},
                              static_cast<Index>(slots_.size()));
      key.slots.push_back(slot->second);
      if (!is_new) continue;
      slots_.push_back({block, offsets_.size()});
      for (const auto& shape : frame.shapes[block]) {
        const Point turned = geometry::turned(pin.at, size, shape.rotation);
        offsets_.push_back(centre ? Offset{static_cast<double>(shape.size.width) / 2,
                                           static_cast<double>(shape.size.height) / 2}
                                  : Offset{static_cast<double>(turned.x), static_cast<double>(turned.y)});
      }
    }
    std::sort(key.slots.begin(), key.slots.end());
    key.slots.erase(std::unique(key.slots.begin(), key.slots.end()), key.slots.end());
    if (key.slots.empty()) {
      if (!key.terminals.empty()) {
        constant_ += net.weight * (key.terminals[0] + key.terminals[1] + key.terminals[2] + key.terminals[3]);
      }
      continue;
    }
    if (key.slots.size() == 1 && key.terminals.empty()) continue;
    const auto [known, is_new] = net_of.try_emplace(std::move(key), nets_.size());
    if (!is_new) {
      nets_[known->second].weight += net.weight;
      continue;
    }
    nets_.push_back({0, 0, net.weight});
    keys.push_back(&known->first);
  }
  for (std::size_t e = 0; e < nets_.size(); ++e) {
    const auto& [slots, terminals] = *keys[e];
    nets_[e].pins = pins_.size();
    pins_.insert(pins_.end(), slots.begin(), slots.end());
    nets_[e].end = pins_.size();
    const auto t = terminals.empty() ? std::vector<double>(4, nowhere) : terminals;
    terminals_.push_back({Pair{t[0], t[1]}, Pair{t[2], t[3]}});
    std::vector<Index> blocks;
    for (const auto slot : slots) blocks.push_back(slots_[slot].block);
    std::sort(blocks.begin(), blocks.end());
    blocks.erase(std::unique(blocks.begin(), blocks.end()), blocks.end());
    for (const auto i : blocks) {
      nets_of_[i].push_back(static_cast<Index>(e));
      for (const auto j : blocks) {
        if (j != i) partners_[i].push_back(j);
      }
    }
  }
  at_.resize(slots_.size());
}

double Wire::length(const Plan& plan) {
  for (Index s = 0; s < slots_.size(); ++s) {
    const auto block = slots_[s].block;
    const auto [dx, dy] = offset(s, plan);
    const Pair high{static_cast<double>(plan.x[block]) + dx, static_cast<double>(plan.y[block]) + dy};
    at_[s] = {high, -high};
  }
  Pair high_sum{}, low_sum{};
  const Index* const pins = pins_.data();
  const Corners* const at = at_.data();
  for (std::size_t e = 0; e < nets_.size(); ++e) {
    auto [high, low] = terminals_[e];
    const auto& net = nets_[e];
    for (std::size_t k = net.pins; k < net.end; ++k) {
      const Corners& pin = at[pins[k]];
      high = high < pin.high ? pin.high : high;
      low = low < pin.low ? pin.low : low;
    }
    high_sum += net.weight * high;
    low_sum += net.weight * low;
  }
  return high_sum[0] + high_sum[1] + low_sum[0] + low_sum[1] + constant_;
}

// Half the weight lies on either side of it.
double Wire::median(std::vector<Breakpoint>& points, double now) const {
  std::sort(points.begin(), points.end(),
            [](const Breakpoint& a, const Breakpoint& b) { return a.at < b.at; });
  double rest = 0;
  for (const auto& point : points) rest += point.weight;
  double passed = 0;
  for (std::size_t k = 0; k < points.size(); ++k) {
    passed += points[k].weight;
    if (2 * passed > rest) return points[k].at;
    if (2 * passed == rest && k + 1 < points.size()) return std::clamp(now, points[k].at, points[k + 1].at);
  }
  return now;
}

Point Wire::aim(const Plan& plan, Index block) {
  x_.clear(), y_.clear();
  const double now_x = static_cast<double>(plan.x[block]), now_y = static_cast<double>(plan.y[block]);
  for (const auto e : nets_of_[block]) {
    auto [high, low] = terminals_[e];
    Pair mine_high{nowhere, nowhere}, mine_low{nowhere, nowhere};  // offsets
    for (std::size_t k = nets_[e].pins; k < nets_[e].end; ++k) {
      const auto slot = pins_[k];
      const auto b = slots_[slot].block;
      const auto [dx, dy] = offset(slot, plan);
      Pair pin{dx, dy};
      if (b == block) {
        mine_high = mine_high < pin ? pin : mine_high;
        mine_low = mine_low < -pin ? -pin : mine_low;
        continue;
      }
      pin += Pair{static_cast<double>(plan.x[b]), static_cast<double>(plan.y[b])};
      high = high < pin ? pin : high;
      low = low < -pin ? -pin : low;
    }
    if (high[0] == nowhere) continue;  // all its pins are on this block
    const double weight = nets_[e].weight;
    x_.push_back({high[0] - mine_high[0], weight}), x_.push_back({mine_low[0] - low[0], weight});
    y_.push_back({high[1] - mine_high[1], weight}), y_.push_back({mine_low[1] - low[1], weight});
  }
  return {static_cast<Nanometre>(median(x_, now_x)), static_cast<Nanometre>(median(y_, now_y))};
}

}  // namespace marquetry::floorplan
