// The optimum within a gap, by a potential that grows exponentially with the loads of the channels: each
// commodity in turn moves some of its flow to its shortest ways, lengths being the potential's slopes. Any
// lengths prove a bound, so that flow and bound close in on each other. Grigoriadis, Khachiyan, SIAM J.
// Optim. 4, 1994 (blocks in turn); lengths and bound as of Garg, Koenemann, SIAM J. Comput. 37, 2007.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "flow/demand.h"

namespace marquetry::flow {
namespace {

class Search {
 public:
  Search(const Demand& demand, const Options& options)
      : demand_{demand},
        options_{options},
        channels_{demand.graph->channels},
        flow_(std::size_t{demand.graph->routers} * channels_.size()),
        use_(channels_.size()),
        weight_(channels_.size()) {}

  Optimum run() {
    start();
    const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(options_.seconds);
    for (int sweep = 0; sweep < most_sweeps; ++sweep) {
      if (best_.load * (1 + options_.gap) >= best_.bound) break;
      if (options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed)) break;
      if (std::chrono::steady_clock::now() > end) break;
      steepen();
      for (const auto& commodity : demand_.commodities) improve(commodity);
      prove();
      keep();
    }
    best_.proved = best_.bound <= best_.load * (1 + options_.gap);
    return std::move(best_);
  }

 private:
  static constexpr int most_sweeps = 20'000;

  double* flow_to(std::uint32_t router) { return flow_.data() + std::size_t{router} * channels_.size(); }
  double peak() const { return use_.empty() ? 0 : *std::ranges::max_element(use_); }

  // All on ways that are shortest where wide channels are short.
  void start() {
    for (std::size_t c = 0; c < channels_.size(); ++c) weight_[c] = 1 / channels_[c].width;
    for (const auto& commodity : demand_.commodities) {
      const auto along = tree_load(commodity);
      for (std::size_t c = 0; c < channels_.size(); ++c) {
        flow_to(commodity.router)[c] = along[c];
        use_[c] += along[c] / channels_[c].width;
      }
    }
    best_.bound = demand_.busiest > 0 ? 1 / demand_.busiest : infinity;
    best_.length.assign(channels_.size() + 2 * demand_.sent.size(), 0);
    if (demand_.busiest > 0) best_.length[demand_.busiest_node] = 1;
    std::fill(weight_.begin(), weight_.end(), 1.0);
    prove();
    keep();
  }

  // What the commodity's traffic at a load of 1 puts on each channel, all on shortest ways.
  std::vector<double> tree_load(const Commodity& commodity) {
    const auto tree = shortest(demand_, commodity, weight_);
    std::vector<double> load(channels_.size()), through{commodity.from};
    for (auto r = tree.order.rbegin(); r != tree.order.rend(); ++r) {
      const auto c = tree.first[*r];
      if (c == topology::none) continue;
      load[c] += through[*r];
      through[channels_[c].to] += through[*r];
    }
    return load;
  }

  // The flatter the potential, the further off the greatest load: its error is log(channels) / steepness,
  // which is kept at half of what the gap still is.
  void steepen() {
    const double gap = std::max(options_.gap, best_.bound / best_.load - 1);
    steepness_ = std::max(steepness_, 2 * std::log(2.0 * static_cast<double>(channels_.size())) /
                                          (std::min(gap, 1.0) * std::max(peak(), 1e-300)));
  }

  void weigh() {
    const double top = peak();
    for (std::size_t c = 0; c < channels_.size(); ++c) {
      weight_[c] = std::exp(steepness_ * (use_[c] - top)) / channels_[c].width + 1e-12;
    }
  }

  // How far to go along `change` (of the uses): where the potential's slope is nil.
  double best_step(const std::vector<double>& change) const {
    const double top = peak();
    const auto slope = [&](double step) {
      double sum = 0;
      for (std::size_t c = 0; c < channels_.size(); ++c) {
        if (change[c] != 0) sum += change[c] * std::exp(steepness_ * (use_[c] + step * change[c] - top));
      }
      return sum;
    };
    if (slope(1) <= 0) return 1;
    double low = 0, high = 1;
    for (int i = 0; i < 26; ++i) {
      const double middle = (low + high) / 2;
      (slope(middle) <= 0 ? low : high) = middle;
    }
    return low;
  }

  void improve(const Commodity& commodity) {
    weigh();
    const auto target = tree_load(commodity);
    double* flow = flow_to(commodity.router);
    std::vector<double> change(channels_.size());
    for (std::size_t c = 0; c < channels_.size(); ++c) change[c] = (target[c] - flow[c]) / channels_[c].width;
    const double step = best_step(change);
    for (std::size_t c = 0; c < channels_.size(); ++c) {
      flow[c] += step * (target[c] - flow[c]);
      use_[c] = std::max(0.0, use_[c] + step * change[c]);
    }
  }

  void prove() {
    weigh();
    std::vector<double> length(best_.length.size());
    std::ranges::copy(weight_, length.begin());
    if (const double bound = proved(demand_, length); bound < best_.bound) {
      best_.bound = bound;
      best_.length = std::move(length);
    }
  }

  void keep() {
    const double most = std::max(peak(), demand_.busiest);
    if (const double load = 1 / most; load > best_.load) {
      best_.load = std::min(load, best_.bound);
      best_.flow = flow_;
      for (auto& f : best_.flow) f *= best_.load;
    }
  }

  static constexpr double infinity = std::numeric_limits<double>::infinity();
  const Demand& demand_;
  const Options& options_;
  const std::vector<topology::Channel>& channels_;
  std::vector<double> flow_;          // at a load of 1
  std::vector<double> use_, weight_;  // of the channels' widths; slopes of the potential
  double steepness_{};
  Optimum best_{};
};

}  // namespace

Optimum by_potential(const Demand& demand, const Options& options) { return Search{demand, options}.run(); }

}  // namespace marquetry::flow
