// While a long command runs: a line that says where it stands, and Ctrl-C that ends it early with the best so
// far.
#pragma once

#include <atomic>
#include <csignal>
#include <string_view>
#include <thread>

#include "session/session.h"

namespace marquetry {

// What a run will have done at its end: a number of things, or a time.
struct Extent {
  double total{};
  double seconds{};  // 0: no limit of time
  std::string_view what{"choices"};
  bool stops{};  // when the time is over, the run is interrupted, as by Ctrl-C
};

// From construction to `finish`, SIGINT sets `interrupted` instead of ending the program. After a second, and
// on a terminal only, a line on standard error shows share, rate and time left.
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
  void watch(const std::stop_token& stop, bool shows, const Extent& extent);

  std::atomic<std::uint64_t> done_{0};
  std::atomic<bool> interrupted_{false};
  sigset_t before_{};
  int signals_{-1}, wake_{-1};
  std::jthread watcher_{};
};

}  // namespace marquetry
