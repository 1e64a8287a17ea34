// What a shell answers at once: a what-if and an evaluation of the design that is open, words to JSON.
#include <benchmark/benchmark.h>

#include "front/call.h"
#include "support/folder.h"

using namespace marquetry;

namespace {

void ask(benchmark::State& state, const std::vector<std::string>& words) {
  Session session{.library_folders = {own_library_folder()}, .is_kept = true};
  call(session, {"read_design", (test::source_folder() / "designs/accelerator.toml").string()});
  const auto open = *session.open;
  for (const auto& variable : open.now.design->variables)
    call(session, {"set_choice", variable.name, variable.domain.front().text});
  for (auto _ : state) {
    const auto reply = call(session, words);
    if (!reply.has_result()) state.SkipWithError("no result");
    benchmark::DoNotOptimize(reply.output.json.data());
  }
}

void what_if(benchmark::State& state) { ask(state, {"what_if", "dies=2"}); }
void evaluate_open(benchmark::State& state) { ask(state, {"evaluate"}); }
void get_dies(benchmark::State& state) { ask(state, {"get_dies"}); }

BENCHMARK(what_if)->Unit(benchmark::kMillisecond);
BENCHMARK(evaluate_open)->Unit(benchmark::kMillisecond);
BENCHMARK(get_dies)->Unit(benchmark::kMillisecond);

}  // namespace
