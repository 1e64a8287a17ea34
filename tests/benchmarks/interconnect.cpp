// The simulator beside BookSim2, case by case: the table of docs/simulation.md.
//
//   build/release/tests/benchmarks/interconnect [part of a case's name]...
//
// Reads whatever golden cases of BookSim2 there are ($MARQUETRY_GOLDEN); their CPU seconds stand in them.
#include <ctime>
#include <string_view>

#include "simulate/golden_cases.h"

namespace {

using namespace marquetry;

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

struct Row {
  int points{}, same_digits{}, same_state{}, stable{};
  double worst_error{};
  double our_seconds{}, their_seconds{};
};

void run(const test::GoldenNetwork& golden, bool lists) {
  Row row;
  for (const auto& point : golden.json["curve"]) {
    const double rate = point["rate"];
    const double begin = cpu_seconds();
    const simulate::Result r = test::run_golden(golden, rate);
    const double spent = cpu_seconds() - begin;
    row.our_seconds += spent;
    row.their_seconds += point["cpu_s"].get<double>();
    ++row.points;
    const bool is_stable = r.state == simulate::State::stable, was_stable = point["stable"];
    row.same_state += is_stable == was_stable;
    if (lists)
      std::printf("  %-9g %d %d %s/%s %s/%s %s/%s %s/%s %llu/%s %.3f s %s\n", rate, is_stable, was_stable,
                  test::six_digits(r.latency).c_str(),
                  point.value("mean_packet_latency", nlohmann::json{}).dump().c_str(),
                  test::six_digits(r.network_latency).c_str(),
                  point.value("mean_network_latency", nlohmann::json{}).dump().c_str(),
                  test::six_digits(r.hops).c_str(),
                  point.value("mean_routers_visited", nlohmann::json{}).dump().c_str(),
                  test::six_digits(r.accepted).c_str(),
                  point.value("accepted_flit_rate", nlohmann::json{}).dump().c_str(),
                  static_cast<unsigned long long>(r.cycles),
                  point.value("cycles", nlohmann::json{}).dump().c_str(), spent, r.why.c_str());
    if (!was_stable || !is_stable) continue;
    ++row.stable;
    const double latency = point["mean_packet_latency"], accepted = point["accepted_flit_rate"];
    row.same_digits += test::six_digits(r.latency) == test::six_digits(latency) &&
                       test::six_digits(r.accepted) == test::six_digits(accepted);
    row.worst_error = std::max(row.worst_error, std::abs(r.latency / latency - 1));
  }
  const double begin = cpu_seconds();
  const simulate::Result over = test::run_golden(golden, golden.json["overload"]["offered"], true);
  row.our_seconds += cpu_seconds() - begin;
  row.their_seconds += golden.json["overload"]["cpu_s"].get<double>();
  std::printf("| %s | %d | %d | %d/%d | %.2g %% | %s | %s | %.2f | %.2f | %.0f |\n", golden.name.c_str(),
              row.points, row.same_state, row.same_digits, row.stable, 100 * row.worst_error,
              test::six_digits(golden.json["overload"]["accepted_flit_rate"]).c_str(),
              test::six_digits(over.accepted).c_str(), row.their_seconds, row.our_seconds,
              row.their_seconds / row.our_seconds);
}

}  // namespace

int main(int argc, char** argv) {
  const auto root = test::golden_folder("interconnect");
  if (!root) {
    std::puts("no golden cases here");
    return 0;
  }
  const bool lists = argc > 1 && std::string_view{argv[1]} == "--points";
  std::puts(
      "| case | points | same verdict | same digits | worst latency error | BookSim2's accepted at 0.999 |"
      " ours | BookSim2's CPU s | ours | ratio |\n|---|---|---|---|---|---|---|---|---|---|");
  for (const test::GoldenCase& entry : test::booksim_cases(*root)) {
    bool wanted = argc <= 1 + lists;
    for (int i = 1 + lists; i < argc; ++i) wanted = wanted || entry.name.find(argv[i]) != std::string::npos;
    if (!wanted) continue;
    const test::GoldenNetwork golden = test::load_golden(entry.name, entry.file);
    if (!golden.problem.empty())
      std::printf("| %s | %s |\n", golden.name.c_str(), golden.problem.c_str());
    else
      run(golden, lists);
    std::fflush(stdout);
  }
}
