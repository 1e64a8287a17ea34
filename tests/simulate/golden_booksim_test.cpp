// The simulator against BookSim2's own output, case by case of whatever lies in the golden folder: every load
// of every curve, the saturation found by the same search, what is accepted at overload, and lone packets.
#include <catch2/catch.hpp>

#include "simulate/golden_cases.h"

using namespace marquetry;
using simulate::State;

namespace {

constexpr double most_apart = 0.006;  // of two saturations, flits a node and cycle

template <class F>
void for_each_case(F f) {
  const auto root = test::golden_folder("interconnect");
  if (!root) return test::skip("no golden cases of interconnect");
  const auto cases = test::booksim_cases(*root);
  CHECK_FALSE(cases.empty());
  for (const test::GoldenCase& entry : cases) {
    INFO("case " << entry.name);
    const test::GoldenNetwork golden = test::load_golden(entry.name, entry.file);
    INFO(golden.problem);
    REQUIRE(golden.problem.empty());
    f(entry, golden);
  }
}

void check_point(const test::GoldenNetwork& golden, const nlohmann::json& point, const simulate::Result& r) {
  INFO("load " << point["rate"] << ": " << r.why);
  // By lots of its own a run may tip either way where it just saturates.
  const auto& saturates = golden.json["saturation"];
  const double rate = point["rate"];
  const bool tips =
      !test::is_deterministic(golden.routing) && rate > saturates["rate_lo"].get<double>() - most_apart &&
      (saturates["rate_hi"].is_null() || rate < saturates["rate_hi"].get<double>() + most_apart);
  if (!tips) CHECK((r.state == State::stable) == point["stable"].get<bool>());
  if (r.state != State::stable || !point["stable"].get<bool>()) return;
  const double latency = point["mean_packet_latency"], accepted = point["accepted_flit_rate"];
  CHECK(r.latency == Approx(latency).epsilon(0.015));
  CHECK(r.accepted == Approx(accepted).epsilon(0.015));
  if (!test::is_deterministic(golden.routing)) return;
  CHECK(test::six_digits(r.latency) == test::six_digits(latency));
  CHECK(test::six_digits(r.accepted) == test::six_digits(accepted));
  CHECK(test::six_digits(r.network_latency) == test::six_digits(point["mean_network_latency"]));
  CHECK(test::six_digits(r.hops) == test::six_digits(point["mean_routers_visited"]));
  CHECK(r.cycles == point["cycles"].get<std::uint64_t>());
}

}  // namespace

TEST_CASE("every load of BookSim2's curves gives its figures, and the search finds its saturation") {
  std::size_t cases = 0, apart = 0;
  for_each_case([&](const test::GoldenCase&, const test::GoldenNetwork& golden) {
    if (!golden.json.contains("saturation")) return;
    const auto& saturates = golden.json["saturation"];
    const double low = saturates["rate_lo"];
    const double high = saturates["rate_hi"].is_null() ? 1 : saturates["rate_hi"].get<double>();
    simulate::Options options;
    options.model = simulate::Model::booksim2;
    // The step that they have taken; their rates are rounded to five decimals.
    const simulate::Saturation found =
        simulate::saturation(golden.network, golden.routing, options, 1.01 * (high - low));
    const bool is_near = std::abs(found.low - low) <= most_apart && std::abs(found.high - high) <= most_apart;
    if (test::is_deterministic(golden.routing)) CHECK(is_near);
    ++cases;
    apart += is_near ? 0u : 1u;
    for (const auto& point : golden.json["curve"]) {
      const double rate = point["rate"];
      const simulate::Result* known = nullptr;
      for (const simulate::Result& r : found.curve)
        if (r.offered == rate) known = &r;
      check_point(golden, point, known != nullptr ? *known : test::run_golden(golden, rate));
    }
  });
  CHECK(20 * apart <= cases);
}

TEST_CASE("what is accepted at overload is what BookSim2 accepts") {
  for_each_case([](const test::GoldenCase&, const test::GoldenNetwork& golden) {
    if (!golden.json.contains("overload")) return;
    const auto& overload = golden.json["overload"];
    const simulate::Result r = test::run_golden(golden, overload["offered"], true);
    const double accepted = overload["accepted_flit_rate"];
    CHECK(r.accepted == Approx(accepted).epsilon(0.015));
    if (test::is_deterministic(golden.routing))
      CHECK(test::six_digits(r.accepted) == test::six_digits(accepted));
  });
}

TEST_CASE("a lone packet takes as long as BookSim2's fastest between the same nodes") {
  for_each_case([](const test::GoldenCase& entry, const test::GoldenNetwork& golden) {
    const auto file = entry.file.parent_path() / "zero_load" / entry.file.filename();
    if (!std::filesystem::exists(file)) return;
    // The fastest of many packets, which one alone need not be.
    if (golden.network.routing.starts_with("valiant")) return;
    std::ifstream stream{file};
    const auto pairs = nlohmann::json::parse(stream)["pairs_src_dst_cycles"];
    // One after the other, each long after the last one has gone.
    constexpr std::uint64_t pause = 1000;
    traffic::Messages messages;
    for (const auto& pair : pairs) {
      traffic::Message m{pair[0], pair[1], golden.network.packet, pause, {}};
      if (!messages.messages.empty())
        m.after.push_back(static_cast<std::uint32_t>(messages.messages.size() - 1));
      messages.messages.push_back(m);
    }
    const auto done = simulate::simulate(golden.network, golden.routing, messages, {});
    REQUIRE(done.state == State::stable);
    int wrong = 0;
    for (std::size_t i = 0; i < messages.messages.size(); ++i) {
      const std::uint64_t before = i == 0 ? 0 : done.arrival[i - 1];
      wrong += done.arrival[i] - before - pause != pairs[i][2].get<std::uint64_t>();
    }
    CHECK(wrong == 0);
  });
}
