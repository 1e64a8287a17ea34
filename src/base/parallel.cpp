#include "base/parallel.h"

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace marquetry::parallel {
namespace {

// The exception of the lowest index, whichever thread met it first.
class FirstException {
 public:
  void catch_from(std::size_t index, const std::function<void(std::size_t)>& task) {
    try {
      task(index);
    } catch (...) {
      const std::lock_guard lock{mutex_};
      if (!exception_ || index < index_) {
        exception_ = std::current_exception();
        index_ = index;
      }
    }
  }
  void rethrow() const {
    if (exception_) std::rethrow_exception(exception_);
  }

 private:
  std::mutex mutex_{};
  std::exception_ptr exception_{};
  std::size_t index_{};
};

#if defined(__SANITIZE_THREAD__)
// Debian's oneTBB is not instrumented, so ThreadSanitizer would see races in it and none of ours: there plain
// threads run the same tasks.
void run_all(std::size_t n, int threads, const std::function<void(std::size_t)>& body) {
  std::atomic<std::size_t> next{0};
  std::vector<std::jthread> workers;
  for (int t = 0; t < threads; ++t) {
    workers.emplace_back([&] {
      for (std::size_t i = next++; i < n; i = next++) body(i);
    });
  }
}
#else
void run_all(std::size_t n, int threads, const std::function<void(std::size_t)>& body) {
  // More threads than cores are allowed: without this oneTBB warns about them on standard error.
  const oneapi::tbb::global_control control{oneapi::tbb::global_control::max_allowed_parallelism,
                                            static_cast<std::size_t>(threads)};
  oneapi::tbb::task_arena arena{threads};
  arena.execute([&] { oneapi::tbb::parallel_for(std::size_t{0}, n, body); });
}
#endif

}  // namespace

int default_threads() { return oneapi::tbb::info::default_concurrency(); }

void for_each_index(std::size_t n, int threads, const std::function<void(std::size_t)>& task) {
  FirstException first;
  if (threads <= 1 || n <= 1) {
    for (std::size_t i = 0; i < n; ++i) first.catch_from(i, task);
  } else {
    run_all(n, threads, [&](std::size_t i) { first.catch_from(i, task); });
  }
  first.rethrow();
}

}  // namespace marquetry::parallel
