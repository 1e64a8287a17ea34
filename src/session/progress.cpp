#include "session/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace marquetry {
namespace {

constexpr std::chrono::milliseconds step{200};  // between looks

}  // namespace

Progress::Progress(const Options& options, const Extent& extent) {
  if (options.stop == nullptr) interrupt_.emplace([this] { interrupted_ = true; });
  const bool is_known = extent.total > 0 || extent.seconds > 0;
  const bool shows = is_known && !options.quiet && isatty(STDERR_FILENO) == 1;
  watcher_ = std::jthread{[this, shows, extent, parent = options.stop](const std::stop_token& stop) {
    watch(stop, shows, extent, parent);
  }};
}

void Progress::watch(const std::stop_token& stop, bool shows, const Extent& extent,
                     const std::atomic<bool>* parent) {
  const auto begin = std::chrono::steady_clock::now();
  bool shown = false;
  while (!stop.stop_requested()) {
    {
      std::unique_lock guard{lock_};
      wake_.wait_for(guard, stop, step, [] { return false; });
    }
    if (parent != nullptr && *parent) interrupted_ = true;
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (extent.stops && seconds >= extent.seconds) interrupted_ = true;
    if (!shows || seconds < 1 || stop.stop_requested()) continue;
    const auto done = static_cast<double>(done_.load());
    const double rate = done / seconds;
    // The run ends at whichever comes first.
    double left = extent.seconds > 0 ? std::max(0.0, extent.seconds - seconds) : -1;
    if (extent.total > 0 && rate > 0 && (left < 0 || (extent.total - done) / rate < left))
      left = (extent.total - done) / rate;
    const double share = left < 0 ? 0 : seconds / (seconds + left);
    const auto pace = done > 0 ? fmt::format("{:.3g} {} a second, ", rate, extent.what) : std::string{};
    fmt::print(stderr, "\r{:5.1f} %, {}{:.0f} s left \033[K", 100 * share, pace, std::max(0.0, left));
    std::fflush(stderr);
    shown = true;
  }
  if (shown) fmt::print(stderr, "\r\033[K");
}

void Progress::finish() {
  if (!watcher_.joinable()) return;
  watcher_.request_stop();
  watcher_.join();
  interrupt_.reset();
}

}  // namespace marquetry
