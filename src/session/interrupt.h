// Ctrl-C while something long runs: it is told, instead of the program being ended.
#pragma once

#include <atomic>
#include <csignal>
#include <functional>
#include <thread>

namespace marquetry {

// From construction to destruction SIGINT does nothing: between the commands of a dialogue, where it would
// end the program. An Interrupt that is made meanwhile hears what comes after it was made.
class NoInterrupt {
 public:
  NoInterrupt();
  ~NoInterrupt();
  NoInterrupt(const NoInterrupt&) = delete;
  NoInterrupt& operator=(const NoInterrupt&) = delete;

 private:
  sigset_t before_{};
};

// From construction to destruction SIGINT is read by a thread of its own, which sets `raised` and calls
// `tell`: no handler, no global. Threads that are made meanwhile inherit the blocked signal.
class Interrupt {
 public:
  explicit Interrupt(std::function<void()> tell = {});
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  const std::atomic<bool>& raised() const { return raised_; }
  void forget() { raised_ = false; }

 private:
  void watch(const std::stop_token& stop);

  std::function<void()> tell_;
  std::atomic<bool> raised_{false};
  sigset_t before_{};
  int signals_{-1}, wake_{-1};
  std::jthread watcher_{};
};

}  // namespace marquetry
