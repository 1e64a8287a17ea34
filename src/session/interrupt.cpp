#include "session/interrupt.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <utility>

namespace marquetry {
namespace {

sigset_t interrupt_signal() {
  sigset_t interrupt;
  sigemptyset(&interrupt);
  sigaddset(&interrupt, SIGINT);
  return interrupt;
}

// SIGINT is blocked; what came of it is dropped.
sigset_t block_interrupt() {
  const auto interrupt = interrupt_signal();
  sigset_t before;
  pthread_sigmask(SIG_BLOCK, &interrupt, &before);
  const timespec at_once{};
  while (sigtimedwait(&interrupt, nullptr, &at_once) == SIGINT) {
  }
  return before;
}

}  // namespace

NoInterrupt::NoInterrupt() : before_{block_interrupt()} {}

NoInterrupt::~NoInterrupt() {
  block_interrupt();
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

Interrupt::Interrupt(std::function<void()> tell) : tell_{std::move(tell)}, before_{block_interrupt()} {
  const auto interrupt = interrupt_signal();
  signals_ = signalfd(-1, &interrupt, SFD_CLOEXEC);
  wake_ = eventfd(0, EFD_CLOEXEC);
  watcher_ = std::jthread{[this](const std::stop_token& stop) { watch(stop); }};
}

void Interrupt::watch(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    std::array wait{pollfd{.fd = signals_, .events = POLLIN, .revents = 0},
                    pollfd{.fd = wake_, .events = POLLIN, .revents = 0}};
    if (poll(wait.data(), wait.size(), -1) <= 0 || wait[0].revents == 0) continue;
    signalfd_siginfo info{};
    if (read(signals_, &info, sizeof info) <= 0) continue;
    raised_ = true;
    if (tell_) tell_();
  }
}

Interrupt::~Interrupt() {
  watcher_.request_stop();
  eventfd_write(wake_, 1);
  watcher_.join();
  close(signals_);
  close(wake_);
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace marquetry
