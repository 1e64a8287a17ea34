// With one resistance, u = g exp(-g) for the loop gain g, u = R P0 b exp(b (ambient + R P - T0)) and runaway
// at u = 1 / e: then 1 + ln g - g is a straight line in P, in the ambient and in the logarithm of the
// leakage, and 0 at runaway. A grid is nearly so, and the secant on that figure takes a few states of rest.
#include "thermal/runaway.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "conduction/field.h"

namespace marquetry::thermal {
namespace {

using conduction::Field;
using conduction::Grid;

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double least_slope =
    1e-8;  // per kelvin: at 1e5 K a thousandth more leaks, which feeds back nothing
constexpr double least_power = 1e-30;  // W: as little; products of less are no numbers any more
constexpr double fineness = 1e-3;      // of ln u: how far apart last stable and first runaway are

enum class Knob { power, leakage, ambient };  // leakage: by its logarithm

struct State {
  double at{};  // of the knob
  Fate fate{};
  Field rise{};
  LoopGain loop{};
  double figure() const { return 1 + std::log(loop.gain) - loop.gain; }
};

class Search {
 public:
  Search(const Grid& grid, const Field& power, std::span<const Leak> leaks, int most_solves,
         const std::atomic<bool>* stop)
      : grid_{grid}, power_{power}, leaks_{leaks}, most_{most_solves}, stop_{stop}, solver_{grid} {
    ++solves_;
    solver_.solve(power_, alone_, {.tolerance = 1e-3, .certify = false, .stop = stop_});
    vector_ = Field{std::vector<double>(grid.shape.cells(), 1.0), std::vector<double>(grid.hubs.size(), 1.0)};
    // Of the leakage where it raises nothing: u of one resistance.
    solver_.update(grid_);
    open_gain_ = eigenvalue(leaks_, alone_).gain;
  }

  State rest(Knob knob, double at, const Field* from_below, bool certify = false) {
    State out{.at = at};
    const auto [power, leaks] = turned(knob, at);
    if (from_below != nullptr) out.rise = *from_below;
    const auto rest = settle(grid_, solver_, power, leaks, out.rise,
                             {.tolerance = certify ? 1e-3 : 1e-4, .certify = certify, .stop = stop_},
                             from_below != nullptr ? Start::below : Start::none);
    solves_ += rest.solves;
    out.fate = rest.fate;
    if (out.fate != Fate::stable) return out;
    // The solver holds A - L': its inverse times L' has the eigenvalue g / (1 - g).
    out.loop = eigenvalue(leaks, out.rise);
    out.loop.gain = out.loop.gain / (1 + out.loop.gain);
    return out;
  }

  // now: as things stand.
  Distance distance(Knob knob, const State& now) {
    slope_ = per_unit(knob);
    std::optional<State> low;
    std::optional<double> high;
    if (now.fate == Fate::stable) {
      low = now;
    } else {
      if (now.fate == Fate::runaway) high = now.at;
      low = start(knob, now.at);
    }
    if (!low) return {false, -infinite, high.value_or(infinite)};
    if (!(slope_ > 0)) return {false, low->at, high.value_or(infinite)};
    const double near = fineness / slope_;
    double root = low->at - low->figure() / slope_;
    while (solves_ < most_ && !stopped() && std::isfinite(root)) {
      double next = root - low->at > 4 * near ? low->at + 0.95 * (root - low->at) : root + near / 2;
      if (high) {
        const double width = *high - low->at;
        if (width <= 1.5 * near) break;
        next = std::clamp(next, low->at + 0.1 * width, *high - 0.1 * width);
      }
      auto state = rest(knob, next, knob == Knob::power && next < low->at ? nullptr : &low->rise);
      if (state.fate == Fate::runaway) {
        high = next;
      } else if (state.fate == Fate::stable) {
        const double secant = (state.figure() - low->figure()) / (state.at - low->at);
        low = std::move(state);
        root = low->at - low->figure() / (secant > 0 ? secant : slope_);
      } else {
        break;
      }
    }
    // The last one once more, for its proof.
    const auto proved = rest(knob, low->at, &low->rise, true);
    last_ = *low;
    return {high.has_value() && proved.fate == Fate::stable && *high - low->at <= 3 * near, low->at,
            high.value_or(infinite)};
  }

  State last_{};       // stable, of the last distance
  bool alone_runs_{};  // without any other power
  int solves() const { return solves_; }
  bool stopped() const { return stop_ != nullptr && stop_->load(); }

 private:
  struct Turned {
    Field power{};
    std::vector<Leak> leaks{};
  };
  Turned turned(Knob knob, double at) const {
    Turned out{power_, {leaks_.begin(), leaks_.end()}};
    if (knob == Knob::power)
      for (double& p : out.power.cells) p *= at;
    for (auto& leak : out.leaks) {
      if (knob == Knob::leakage) leak.power *= std::exp(at);
      if (knob == Knob::ambient) leak.power *= std::exp(leak.slope * at);
    }
    return out;
  }

  // Power iteration with whatever the solver holds, by Rayleigh's quotient.
  LoopGain eigenvalue(std::span<const Leak> leaks, const Field& rise) {
    std::vector<double> slopes;
    for (const auto& leak : leaks)
      slopes.push_back(leak.slope * leak.power * std::exp(leak.slope * rise.cells[leak.cell]));
    // So hot that exp overflows.
    if (!std::ranges::all_of(slopes, [](double s) { return s < 1e100; })) return {.gain = infinite};
    double value = 0;
    for (int i = 0; i < 12; ++i) {
      Field source = conduction::zeros(grid_), answer;
      for (std::size_t k = 0; k < leaks.size(); ++k)
        source.cells[leaks[k].cell] += slopes[k] * vector_.cells[leaks[k].cell];
      const double before = value;
      ++solves_;
      const double scale = conduction::largest(vector_);
      solver_.solve(source, answer,
                    {.tolerance = 1e-4 * std::max(value, 0.01) * scale, .certify = false, .stop = stop_});
      double up = 0, down = 0;
      for (std::size_t k = 0; k < leaks.size(); ++k) {
        const double y = answer.cells[leaks[k].cell];
        up += slopes[k] * y * y;
        down += slopes[k] * y * vector_.cells[leaks[k].cell];
      }
      if (!(down > 0)) break;
      value = up / down;
      const double most = conduction::largest(answer);
      vector_ = std::move(answer);
      for (double& x : vector_.cells) x /= most;
      for (double& x : vector_.hubs) x /= most;
      if (std::abs(value - before) <= 1e-4 * value) break;
    }
    LoopGain out{.gain = value};
    std::vector<double> parts;
    double all = 0;
    weighted_slope_ = weighted_heat_ = 0;
    for (std::size_t k = 0; k < leaks.size(); ++k) {
      const double x = vector_.cells[leaks[k].cell], weight = slopes[k] * x * x;
      parts.resize(std::max(parts.size(), leaks[k].block + 1));
      parts[leaks[k].block] += weight;
      all += weight;
      weighted_slope_ += weight * leaks[k].slope;
      weighted_heat_ += weight * leaks[k].slope * alone_.cells[leaks[k].cell];
    }
    if (!(all > 0)) return out;
    weighted_slope_ /= all;
    weighted_heat_ /= all;
    out.block = static_cast<std::size_t>(std::ranges::max_element(parts) - parts.begin());
    out.part = parts[out.block] / all;
    return out;
  }

  // ln u rises by this for one more of the knob.
  double per_unit(Knob knob) const {
    if (knob == Knob::leakage) return 1;
    return knob == Knob::ambient ? weighted_slope_ : weighted_heat_;
  }

  // A stable state below `now`, which is not; none where there is none.
  std::optional<State> start(Knob knob, double now) {
    if (!(slope_ > 0)) return std::nullopt;
    double at = now - (1 + std::log(open_gain_)) / slope_;
    for (int i = 0; i < 8 && solves_ < most_ && !stopped(); ++i) {
      at -= 0.7 * (1 << i) / slope_;
      if (knob == Knob::power) at = std::max(at, 0.0);
      if (at >= now) continue;
      auto state = rest(knob, at, nullptr);
      if (state.fate == Fate::stable) return state;
      if (knob == Knob::power && at == 0) {
        alone_runs_ = state.fate == Fate::runaway;
        break;
      }
    }
    return std::nullopt;
  }

  const Grid& grid_;
  const Field& power_;
  std::span<const Leak> leaks_;
  int most_{}, solves_{};
  const std::atomic<bool>* stop_{};
  conduction::Solver solver_;
  Field alone_{};   // what the other power heats alone
  Field vector_{};  // of the eigenvalue, largest entry 1
  double open_gain_{}, slope_{}, weighted_slope_{}, weighted_heat_{};
};

}  // namespace

Runaway distance_to_runaway(const Grid& grid, const Field& power, std::span<const Leak> leaks,
                            int most_solves, const std::atomic<bool>* stop) {
  Runaway out;
  const bool feeds_back = std::ranges::any_of(
      leaks, [](const Leak& leak) { return leak.power > least_power && leak.slope > least_slope; });
  if (!feeds_back) {
    out.power = out.leakage = out.ambient = {true, infinite, infinite};
    out.watts = infinite;
    return out;
  }
  Search search{grid, power, leaks, most_solves, stop};
  auto now = search.rest(Knob::leakage, 0, nullptr);
  const bool stable = now.fate == Fate::stable;
  const double watts = conduction::total(power);
  out.leakage = search.distance(Knob::leakage, now);
  if (!stable && std::isfinite(out.leakage.last_stable)) out.loop = search.last_.loop;
  out.leakage.last_stable = std::exp(out.leakage.last_stable);
  out.leakage.first_runaway = std::exp(out.leakage.first_runaway);
  out.ambient = search.distance(Knob::ambient, now);
  if (watts > 0) {
    now.at = 1;
    out.power = search.distance(Knob::power, now);
    out.watts = (out.power.last_stable - 1) * watts;
    out.alone = search.alone_runs_;
    if (!stable && std::isfinite(out.power.last_stable)) out.loop = search.last_.loop;
  }
  if (stable) out.loop = now.loop;
  out.solves = search.solves();
  return out;
}

}  // namespace marquetry::thermal
