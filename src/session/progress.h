// While a long command runs: a line that says where it stands, and Ctrl-C that ends it early with the best so
// far.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>

#include "session/interrupt.h"
#include "session/session.h"

namespace marquetry {

// What a run will have done at its end: a number of things, or a time.
struct Extent {
  double total{};
  double seconds{};  // 0: no limit of time
  std::string_view what{"choices"};
  bool stops{};  // when the time is over, the run is interrupted, as by Ctrl-C
};

// From construction to `finish`, SIGINT sets `interrupted` instead of ending the program; where the session
// listens for it already (Options::stop), that does. After a second, and on a terminal only, a line on
// standard error shows share, rate and time left.
class Progress {
 public:
  Progress(const Options& options, const Extent& extent);
  ~Progress() { finish(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  std::atomic<std::uint64_t>& done() { return done_; }
  const std::atomic<bool>& interrupted() const { return interrupted_; }
  void finish();

 private:
  void watch(const std::stop_token& stop, bool shows, const Extent& extent, const std::atomic<bool>* parent);

  std::atomic<std::uint64_t> done_{0};
  std::atomic<bool> interrupted_{false};
  std::optional<Interrupt> interrupt_{};
  std::mutex lock_{};
  std::condition_variable_any wake_{};
  std::jthread watcher_{};
};

}  // namespace marquetry
