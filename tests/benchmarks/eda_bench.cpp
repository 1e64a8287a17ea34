// An interposer with 61 dies and a million bumps, written as GDSII and as LEF and DEF, and read from DEF.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <filesystem>

#include "exchange/bump_csv/write.h"
#include "exchange/gdsii/write.h"
#include "exchange/lefdef/read.h"
#include "exchange/lefdef/write.h"
#include "exchange/verilog/write.h"
#include "support/assemblies.h"
#include "support/folder.h"

namespace {

using namespace marquetry;

constexpr std::size_t million = 1'000'000;

// A net on each bump, as a package has them.
assembly::Assembly package(std::size_t bumps) {
  auto out = test::many_bumps(bumps);
  const auto base = out.instances.size() - 1;
  auto& region = out.chiplets.back().regions[0];
  for (std::size_t b = 0; b < bumps; ++b) {
    auto name = "n" + std::to_string(b);
    region.bumps[b].port = region.bumps[b].net = name;
    out.nets.push_back({.name = std::move(name), .pins = {{base, 0, b}}});
  }
  return out;
}

void count(benchmark::State& state, std::uintmax_t bytes) {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  state.counters["file_MB"] = static_cast<double>(bytes) / 1e6;
  state.counters["peak_MB"] = static_cast<double>(usage.ru_maxrss) / 1e3;  // of the process so far
}

template <class Write>
void run_writer(benchmark::State& state, const char* name, Write write) {
  const auto bumps = package(million);
  const test::Folder folder;
  for (auto _ : state) {
    Diagnostics diagnostics;
    benchmark::DoNotOptimize(write(bumps, folder.path() / name, diagnostics));
  }
  count(state, std::filesystem::file_size(folder.path() / name));
}

void gds_write(benchmark::State& state) { run_writer(state, "wide.gds", exchange::write_gdsii); }
void def_write(benchmark::State& state) { run_writer(state, "wide.def", exchange::write_lefdef); }
void bump_csv_write(benchmark::State& state) { run_writer(state, "wide.csv", exchange::write_bump_csv); }
void verilog_write(benchmark::State& state) { run_writer(state, "wide.v", exchange::write_verilog); }

void def_read(benchmark::State& state) {
  const test::Folder folder;
  Diagnostics diagnostics;
  const auto files = exchange::write_lefdef(package(million), folder.path() / "wide.def", diagnostics);
  for (auto _ : state) {
    Diagnostics complaints;
    auto read = exchange::read_lefdef(files, complaints);
    if (!read) state.SkipWithError("not read");
    benchmark::DoNotOptimize(read);
  }
  count(state, std::filesystem::file_size(files[0]));
}

BENCHMARK(gds_write)->Unit(benchmark::kMillisecond);
BENCHMARK(def_write)->Unit(benchmark::kMillisecond);
BENCHMARK(def_read)->Unit(benchmark::kMillisecond);
BENCHMARK(bump_csv_write)->Unit(benchmark::kMillisecond);
BENCHMARK(verilog_write)->Unit(benchmark::kMillisecond);

}  // namespace
