// SIGINT is read from a descriptor by the watching thread: no handler, no global. Threads that are made
// meanwhile inherit the blocked signal.
#include "session/progress.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>

namespace marquetry {
namespace {

constexpr int step = 200;  // milliseconds between looks

}  // namespace

Progress::Progress(const Options& options, double total) {
  sigset_t interrupt;
  sigemptyset(&interrupt);
  sigaddset(&interrupt, SIGINT);
  pthread_sigmask(SIG_BLOCK, &interrupt, &before_);
  signals_ = signalfd(-1, &interrupt, SFD_CLOEXEC);
  wake_ = eventfd(0, EFD_CLOEXEC);
  const bool shows = !options.quiet && isatty(STDERR_FILENO) == 1;
  watcher_ = std::jthread{[this, shows, total](const std::stop_token& stop) { watch(stop, shows, total); }};
}

void Progress::watch(const std::stop_token& stop, bool shows, double total) {
  const auto begin = std::chrono::steady_clock::now();
  bool shown = false;
  while (!stop.stop_requested()) {
    pollfd wait[]{{.fd = signals_, .events = POLLIN, .revents = 0},
                  {.fd = wake_, .events = POLLIN, .revents = 0}};
    if (poll(wait, 2, step) > 0 && wait[0].revents != 0) {
      signalfd_siginfo info{};
      if (read(signals_, &info, sizeof info) > 0) interrupted_ = true;
    }
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (!shows || seconds < 1 || stop.stop_requested()) continue;
    const auto done = static_cast<double>(done_.load());
    const double rate = done / seconds;
    fmt::print(stderr, "\r{:5.1f} %, {:.3g} choices a second, {:.0f} s left \033[K", 100 * done / total, rate,
               rate > 0 ? (total - done) / rate : 0);
    std::fflush(stderr);
    shown = true;
  }
  if (shown) fmt::print(stderr, "\r\033[K");
}

void Progress::finish() {
  if (!watcher_.joinable()) return;
  watcher_.request_stop();
  eventfd_write(wake_, 1);
  watcher_.join();
  close(signals_);
  close(wake_);
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace marquetry
