// Adaptive steps are an interval over a power of two, and stand where such steps end: few lengths, so few
// matrices, and every change of power is a step's end.
#include "thermal/transient.h"

#include <algorithm>
#include <cmath>

#include "conduction/field.h"
#include "thermal/cells.h"
#include "thermal/stepper.h"

namespace marquetry::thermal {
namespace {

using conduction::Field;

constexpr int finest = 40;             // halvings of an interval
constexpr double beyond_parts = 1400;  // K above the ambient: silicon melts at 1687 K
constexpr double lag = 0.5;  // K: how far from the temperatures of its conductivities a grid is kept
constexpr double beyond_use =
    500;  // K: what is hotter than this and has no step short enough is running away

class Marcher {
 public:
  Marcher(const Stack& stack, const Settings& settings, const Trace& trace, const March& march)
      : stack_{stack},
        trace_{trace},
        march_{march},
        falls_{conductivities_fall(stack, settings)},
        assembled_{assemble(stack, settings)},
        leaks_{leaks(stack, assembled_)},
        stepper_{assembled_.grid, assembled_.capacity, leaks_, march.tolerance / 20, march.stop} {
    out_.rise = conduction::zeros(assembled_.grid);
    if (falls_) follow();
    out_.peak.temperature = stack.ambient;
    now_ = block_temperatures(stack, assembled_, out_.rise);
    out_.block_peaks.assign(now_.size(), {stack.ambient, 0});
    for (const auto& layer : stack.layers)
      for (const auto& block : layer.blocks) limits_.push_back(block.limit);
    crossed_.resize(limits_.size());
  }

  Transient run() && {
    for (std::size_t i = 0; i < trace_.powers.size(); ++i) {
      const bool changed = i == 0 || trace_.powers[i] != trace_.powers[i - 1];
      if (changed) power_ = sources(stack_, assembled_, trace_.powers[i]);
      const double start = trace_.interval * static_cast<double>(i);
      const bool adaptive = march_.integrator == Integrator::tr_bdf2 && march_.step <= 0;
      out_.arrival = adaptive ? adapt(start, changed) : fixed(start);
      if (out_.arrival != Arrival::finished) break;
      out_.times.push_back(trace_.interval * static_cast<double>(i + 1));
      out_.blocks.push_back(now_);
    }
    for (std::size_t i = 0; i < out_.rise.cells.size(); ++i)
      out_.stored += assembled_.capacity.cells[i] * out_.rise.cells[i];
    for (std::size_t i = 0; i < out_.rise.hubs.size(); ++i)
      out_.stored += assembled_.capacity.hubs[i] * out_.rise.hubs[i];
    out_.matrices = stepper_.matrices();
    out_.solves = stepper_.solves();
    return std::move(out_);
  }

 private:
  bool stopped() const { return march_.stop != nullptr && march_.stop->load(); }
  static Arrival arrival_of(Fate fate) {
    if (fate == Fate::stable) return Arrival::finished;
    if (fate == Fate::interrupted) return Arrival::interrupted;
    return fate == Fate::runaway ? Arrival::runaway : Arrival::not_converged;
  }

  Arrival fixed(double start) {
    const double whole = march_.step > 0 ? std::ceil(trace_.interval / march_.step - 1e-9) : 1;
    const auto count = static_cast<std::size_t>(std::max(1.0, whole));
    const double length = trace_.interval / static_cast<double>(count);
    for (std::size_t i = 0; i < count; ++i) {
      if (const auto refused = before_step()) return *refused;
      const Step step = march_.integrator == Integrator::euler ? stepper_.euler(out_.rise, power_, length)
                                                               : stepper_.tr_bdf2(out_.rise, power_, length);
      if (step.fate != Fate::stable) return arrival_of(step.fate);
      if (!took(step, start + length * static_cast<double>(i + 1), length)) return Arrival::runaway;
    }
    return Arrival::finished;
  }

  // Positions count the finest steps of an interval.
  Arrival adapt(double start, bool changed) {
    constexpr std::uint64_t end = std::uint64_t{1} << finest;
    if (changed) level_ = level_after_change_;
    bool first = changed;
    for (std::uint64_t at = 0; at < end;) {
      if (const auto refused = before_step()) return *refused;
      const double length = std::ldexp(trace_.interval, -level_);
      Field next = out_.rise;
      const Step step = stepper_.tr_bdf2(next, power_, length);
      if (step.fate == Fate::interrupted) return Arrival::interrupted;
      if (step.fate != Fate::stable || !(step.error <= march_.tolerance)) {
        ++out_.rejected;
        // The error falls with the third power of the step.
        const double over = step.fate == Fate::stable ? std::cbrt(step.error / march_.tolerance) : 2;
        level_ += std::clamp(static_cast<int>(std::ceil(std::log2(std::max(over, 1.0)) + 0.1)), 1, 4);
        if (level_ > finest) {
          if (!leaks_.empty() && *std::ranges::max_element(out_.rise.cells) > beyond_use)
            return Arrival::runaway;
          return step.fate == Fate::stable ? Arrival::not_converged : arrival_of(step.fate);
        }
        continue;
      }
      out_.rise = std::move(next);
      at += end >> level_;
      const double time = at == end
                              ? start + trace_.interval
                              : start + trace_.interval * static_cast<double>(at) / static_cast<double>(end);
      if (!took(step, time, length)) return Arrival::runaway;
      if (first) level_after_change_ = level_;
      first = false;
      // Twice the step has eight times the error, and must end where such steps do.
      if (step.error * 12 <= march_.tolerance && level_ > 0 && at % (end >> (level_ - 1)) == 0) --level_;
    }
    return Arrival::finished;
  }

  std::optional<Arrival> before_step() const {
    if (stopped()) return Arrival::interrupted;
    if (out_.steps + out_.rejected >= march_.most_steps) return Arrival::out_of_steps;
    return std::nullopt;
  }

  // Conductivities at the temperatures that there are.
  void follow() {
    conductivities_at_ = out_.rise;
    assembled_ = assemble(stack_, assembled_.settings, out_.rise);
    stepper_.renew();
  }

  // Whether it is no runaway.
  bool took(const Step& step, double time, double length) {
    out_.shortest = out_.steps == 0 ? length : std::min(out_.shortest, length);
    out_.longest = std::max(out_.longest, length);
    ++out_.steps;
    out_.step_error = std::max(out_.step_error, step.error);
    out_.error_sum += step.error;
    out_.supplied += step.supplied;
    out_.lost += step.lost;
    if (falls_) {
      double change = 0;
      for (std::size_t i = 0; i < out_.rise.cells.size(); ++i)
        change = std::max(change, std::abs(out_.rise.cells[i] - conductivities_at_.cells[i]));
      if (change > lag) follow();
    }
    auto last = std::move(now_);
    now_ = block_temperatures(stack_, assembled_, out_.rise);
    for (std::size_t b = 0; b < now_.size(); ++b) {
      if (now_[b].peak > out_.block_peaks[b].temperature) out_.block_peaks[b] = {now_[b].peak, time};
      if (limits_[b] > 0 && !crossed_[b] && now_[b].peak >= limits_[b]) {
        crossed_[b] = true;
        const double part =
            now_[b].peak > last[b].peak ? (limits_[b] - last[b].peak) / (now_[b].peak - last[b].peak) : 1;
        const double from = out_.time;
        out_.crossings.push_back({b, limits_[b], from + std::clamp(part, 0.0, 1.0) * (time - from)});
      }
    }
    out_.time = time;
    const double hottest = *std::ranges::max_element(out_.rise.cells);
    if (stack_.ambient + hottest > out_.peak.temperature) out_.peak = {stack_.ambient + hottest, time};
    // What neither leaks nor loses conductivity comes to rest at any power.
    return hottest < beyond_parts || (leaks_.empty() && !falls_);
  }

  const Stack& stack_;
  const Trace& trace_;
  const March& march_;
  bool falls_{};
  Assembled assembled_;
  std::vector<Leak> leaks_;
  Stepper stepper_;
  Field power_{}, conductivities_at_{};
  std::vector<BlockTemperature> now_{};
  std::vector<double> limits_{};
  std::vector<bool> crossed_{};
  int level_{6}, level_after_change_{6};
  Transient out_{};
};

}  // namespace

March march_of(const HeatCase& heat_case) {
  if (heat_case.settings.model == Model::hotspot7) return {.integrator = Integrator::euler};
  if (heat_case.step > 0) return {.integrator = Integrator::euler, .step = heat_case.step};
  return {};
}

Transient transient(const Stack& stack, const Settings& settings, const Trace& trace, const March& march) {
  auto out = Marcher{stack, settings, trace, march}.run();
  std::ranges::stable_sort(out.crossings, {}, &Crossing::time);
  return out;
}

}  // namespace marquetry::thermal
