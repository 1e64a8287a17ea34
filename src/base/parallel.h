// The one way to use several threads: independent tasks whose results stand in the order of their index, so
// that a result does not depend on the number of threads.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace marquetry::parallel {

// Calls task(0) ... task(n - 1), on at most that many threads. Where some throw, the exception of the lowest
// index passes through after all are done.
void for_each_index(std::size_t n, int threads, const std::function<void(std::size_t)>& task);

// As many as the machine runs at once.
int default_threads();

// {f(0), ..., f(n - 1)}
template <class F>
auto map(std::size_t n, int threads, F f) {
  using Result = std::invoke_result_t<F, std::size_t>;
  std::vector<std::optional<Result>> slots(n);
  for_each_index(n, threads, [&](std::size_t i) { slots[i].emplace(f(i)); });
  std::vector<Result> results;
  results.reserve(n);
  for (auto& slot : slots) results.push_back(std::move(*slot));
  return results;
}

}  // namespace marquetry::parallel
