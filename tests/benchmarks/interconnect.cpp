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
  double their_low{}, our_low{}, their_high{1}, our_high{1};
  double their_latency{}, our_latency{};  // at the highest load that both bear
  double our_seconds{}, their_seconds{};
};

// The criterion of the published figures: stable, and at most three times the mean without load.
void bracket(double rate, bool is_borne, double& low, double& high) {
  if (is_borne)
    low = std::max(low, rate);
  else
    high = std::min(high, rate);
}

void list(const nlohmann::json& point, const simulate::Result& r, double seconds) {
  const auto theirs = [&](const char* key) { return point.value(key, nlohmann::json{}).dump(); };
  std::printf("  %-9s latency %s/%s network %s/%s routers %s/%s accepted %s/%s cycles %llu/%s %.3f s %s\n",
              point["rate"].dump().c_str(), test::six_digits(r.latency).c_str(),
              theirs("mean_packet_latency").c_str(), test::six_digits(r.network_latency).c_str(),
              theirs("mean_network_latency").c_str(), test::six_digits(r.hops).c_str(),
              theirs("mean_routers_visited").c_str(), test::six_digits(r.accepted).c_str(),
              theirs("accepted_flit_rate").c_str(), static_cast<unsigned long long>(r.cycles),
              theirs("cycles").c_str(), seconds, r.why.c_str());
}

void run(const test::GoldenNetwork& golden, bool lists) {
  Row row;
  const double limit = 3 * golden.json["zero_load"]["mean_cycles"].get<double>();
  for (const auto& point : golden.json["curve"]) {
    const double rate = point["rate"];
    const double begin = cpu_seconds();
    const simulate::Result r = test::run_golden(golden, rate);
    const double spent = cpu_seconds() - begin;
    if (lists) list(point, r, spent);
    row.our_seconds += spent;
    row.their_seconds += point["cpu_s"].get<double>();
    ++row.points;
    const bool is_stable = r.state == simulate::State::stable, was_stable = point["stable"];
    const double latency = was_stable ? point["mean_packet_latency"].get<double>() : 0;
    row.same_state += is_stable == was_stable;
    bracket(rate, is_stable && r.latency <= limit, row.our_low, row.our_high);
    bracket(rate, was_stable && latency <= limit, row.their_low, row.their_high);
    if (!was_stable || !is_stable) continue;
    ++row.stable;
    row.same_digits += test::six_digits(r.latency) == test::six_digits(latency) &&
                       test::six_digits(r.accepted) == test::six_digits(point["accepted_flit_rate"]);
    row.worst_error = std::max(row.worst_error, std::abs(r.latency / latency - 1));
    if (r.latency <= limit && latency <= limit) {
      row.their_latency = latency;
      row.our_latency = r.latency;
    }
  }
  const double begin = cpu_seconds();
  const simulate::Result over = test::run_golden(golden, golden.json["overload"]["offered"], true);
  row.our_seconds += cpu_seconds() - begin;
  row.their_seconds += golden.json["overload"]["cpu_s"].get<double>();
  std::printf("| %s | %s | %s | %.5g-%.5g | %.5g-%.5g | %s | %s | %d/%d | %.1g %% | %.2f | %.2f | %.0f |\n",
              golden.name.c_str(), test::six_digits(row.their_latency).c_str(),
              test::six_digits(row.our_latency).c_str(), row.their_low, row.their_high, row.our_low,
              row.our_high, test::six_digits(golden.json["overload"]["accepted_flit_rate"]).c_str(),
              test::six_digits(over.accepted).c_str(), row.same_digits + row.same_state - row.stable,
              row.points, 100 * row.worst_error, row.their_seconds, row.our_seconds,
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
      "| case | latency at the highest load borne | ours | saturation | ours | accepted at 0.999 | ours |"
      " loads with the same digits | worst error of latency | CPU s | ours | ratio |\n"
      "|---|---|---|---|---|---|---|---|---|---|---|---|");
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
