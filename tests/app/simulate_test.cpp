// simulate and export as a user runs them: the keys of the JSON, statuses, the same bytes again, and every
// bad input.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "support/golden.h"
#include "support/program_files.h"

using namespace marquetry;
using nlohmann::json;
using test::Files;
using test::run_program;

namespace {

json simulated(const std::string& arguments, int status = 0) {
  const auto ran = run_program("simulate " + arguments + " --json");
  INFO(arguments << "\n" << ran.out << ran.err);
  REQUIRE(ran.status == status);
  return json::parse(ran.out);
}

// Seven routers in a ring, every packet three on: with one virtual channel the packets wait for each other.
constexpr auto ring = R"({"name": "ring7", "network": {"topology": "anynet", "routing": "shortest",
 "router_of_node": [0, 1, 2, 3, 4, 5, 6],
 "links": [[0, 1, 1], [1, 2, 1], [2, 3, 1], [3, 4, 1], [4, 5, 1], [5, 6, 1], [6, 0, 1]]},
 "traffic": {"pattern": "permutation", "targets": [3, 4, 5, 6, 0, 1, 2]}, "packet_size_flits": 8,
 "router": {"num_vcs": 1, "vc_buf_size": 4}, "flit_bits": 64, "cycle_ns": 0.5})";

TEST_CASE("simulate prints the figures of one load under their keys") {
  const auto out = simulated("--topology mesh --size 4x4 --rate 0.3");
  CHECK(out["state"] == "stable");
  CHECK(out["offered"] == 0.3);
  CHECK(out["accepted"].get<double>() == Approx(0.3).epsilon(0.03));
  // 3 + (H + 1) * 4 + H and waiting: 19.5 without load (8/3 hops in the mean).
  CHECK(out["zero_load_mean_cycles"].get<double>() == Approx(19.5));
  CHECK(out["latency_cycles"].get<double>() > 19.5);
  CHECK(out["latency_cycles"].get<double>() < 22);
  CHECK(out["network_latency_cycles"].get<double>() <= out["latency_cycles"].get<double>());
  CHECK(out["deadlock_free"] == true);
  CHECK(out["run"]["cycles"].get<int>() >= 6000);
  CHECK(out["run"].contains("seconds"));
  CHECK_FALSE(out.contains("zero_load_cycles"));
  CHECK_FALSE(out.contains("saturation"));
  CHECK(out["hottest"].size() == 8);
}

TEST_CASE("what is not under `run` is the same for any number of threads, and another for another seed") {
  const std::string ask = "--topology mesh --size 3x3 --packet 2 --rate 0.2 --saturation";
  auto one = simulated(ask + " --threads 1"), two = simulated(ask + " --threads 2"),
       other = simulated(ask + " --seed 7");
  for (auto* out : {&one, &two, &other}) out->erase("run");
  CHECK(one.dump() == two.dump());
  CHECK(one["latency_cycles"] != other["latency_cycles"]);
}

TEST_CASE("saturation is bracketed by two loads that were tried, half a per cent apart") {
  const auto out = simulated("--topology mesh --size 3x3 --vcs 2 --saturation");
  REQUIRE(out["saturation"].size() == 2);
  const double low = out["saturation"][0], high = out["saturation"][1];
  CHECK(low < high);
  CHECK(high - low <= 0.005 + 1e-12);
  CHECK(high <= out["channel_bound"].get<double>() + 0.005);
  int seen = 0;
  for (const auto& point : out["curve"]) seen += point["offered"] == low || point["offered"] == high;
  CHECK(seen == 2);
  CHECK_FALSE(out.contains("latency_cycles"));  // no load was asked for
}

TEST_CASE("latencies without load are listed by pair") {
  const auto out = simulated("--topology ring --size 5 --routing shortest --zero-load");
  REQUIRE(out["zero_load_cycles"].size() == 5);
  for (std::size_t s = 0; s < 5; ++s) {
    for (std::size_t d = 0; d < 5; ++d) {
      const auto hops = std::min((d + 5 - s) % 5, (s + 5 - d) % 5);
      CHECK(out["zero_load_cycles"][s][d] == 3 + (hops + 1) * 4 + hops);
    }
  }
}

TEST_CASE("a configuration of BookSim2 runs as it stands, by its own preset, rate and seed") {
  const Files files;
  files.add("graph", "router 0 node 0 router 1 5\nrouter 1 node 1 router 0 5\n");
  const auto config = files.add("net.cfg",
                                "topology = anynet; network_file = graph; routing_function = min;\n"
                                "num_vcs = 2; vc_buf_size = 4; injection_rate = 0.2; seed = 3;\n");
  const auto out = simulated("--booksim " + config + " --zero-load");
  CHECK(out["network"]["preset"] == "booksim2");
  CHECK(out["network"]["seed"] == 3);
  CHECK(out["offered"] == 0.2);
  CHECK(out["state"] == "stable");
  CHECK(out["zero_load_cycles"] == json::parse("[[7, 16], [16, 7]]"));  // 3 + 4, 3 + 2 * 4 + 5
  CHECK(simulated("--booksim " + config + " --rate 0.4")["offered"] == 0.4);
  CHECK(simulated("--booksim " + config + " --preset default")["network"]["preset"] == "default");
}

TEST_CASE("the sample of BookSim2 runs as it stands") {
  const auto samples = test::sample_folder("booksim");
  if (!samples) return test::skip("no sample files");
  const auto out = simulated("--booksim " + (*samples / "anynet_config").generic_string());
  CHECK(out["state"] == "stable");
  CHECK(out["offered"] == 0.01);
  CHECK(out["accepted"].get<double>() == Approx(0.01).epsilon(0.05));
}

TEST_CASE("a run that waits for itself says so, with the circle") {
  const Files files;
  const auto file = files.add("ring.json", ring);
  const auto out = simulated("--case " + file + " --rate 0.9");
  CHECK(out["state"] == "deadlocked");
  CHECK(out["deadlock_free"] == false);
  REQUIRE(out["circle"].size() == 7);
  for (std::size_t i = 0; i < 7; ++i) CHECK(out["circle"][i]["to"] == out["circle"][(i + 1) % 7]["from"]);
  const auto text = files.run("simulate --case " + file + " --rate 0.9");
  CHECK(text.status == 0);
  CHECK_THAT(text.out, Catch::Contains("deadlocked at an offered load of 0.9"));
  CHECK_THAT(text.out, Catch::Contains("CAN DEADLOCK: circle of 7"));
  // Over a tree it cannot.
  CHECK(simulated("--case " + file + " --rate 0.1 --routing up-down")["deadlock_free"] == true);
}

TEST_CASE("tables made for the traffic carry more than shortest paths do") {
  const auto carries = [](const std::string& routing) {
    const auto out = simulated("--topology mesh --size 4x4 --saturation --routing " + routing);
    return out["saturation"][0].get<double>();
  };
  // Lowest-id shortest paths are bound to 4/7, the optimum to 1.
  const auto shortest = carries("shortest");
  CHECK(shortest < 4.0 / 7);
  CHECK(carries("optimised") > 1.1 * shortest);
}

TEST_CASE("an overload is called saturated, with the channels that are full") {
  const auto out = simulated("--topology mesh --size 4x4 --traffic bit-complement --rate 0.9");
  CHECK(out["state"] == "saturated");
  CHECK_FALSE(out["full"].empty());
  CHECK_THAT(out["why"].get<std::string>(), Catch::Contains("fullest"));
  CHECK(out["accepted"].get<double>() < 0.6);
}

TEST_CASE("collectives complete no sooner than their bound") {
  for (const auto* name : {"all-reduce", "all-reduce-halving", "all-to-all", "broadcast"}) {
    const auto out = simulated(std::string{"--topology mesh --size 4x4 --flits 640 --collective "} + name);
    INFO(out.dump());
    CHECK(out["state"] == "stable");
    CHECK(out["exchange"]["cycles"].get<int>() >= out["exchange"]["at_least_cycles"].get<int>());
    CHECK(out["run"]["cycles"] == out["exchange"]["cycles"]);
  }
  const Files files;
  const auto by_bytes =
      simulated("--case " + files.add("ring.json", ring) + " --collective all-gather --bytes 560 --vcs 4");
  CHECK(by_bytes["exchange"]["flits"] == 6 * 70);  // 560 bytes in flits of 64 bits, 6 steps of all parts
  CHECK(by_bytes["exchange"]["ns"].get<double>() == by_bytes["exchange"]["cycles"].get<double>() / 2);
}

TEST_CASE("a trace: a lone message takes as long as it does without load, work and waits add up") {
  const Files files;
  const auto trace =
      files.add("t.csv", "id,source,destination,flits,delay,after\na,0,1,1,,\nb,1,2,1,100,a\n");
  const auto file = files.add("ring.json", ring);
  const auto out = simulated("--case " + file + " --trace " + trace);
  CHECK(out["exchange"]["arrival_cycles"]["a"] == 12);  // 3 + 2 * 4 + 1
  CHECK(out["exchange"]["arrival_cycles"]["b"] == 12 + 100 + 12);
  CHECK(out["exchange"]["at_least_cycles"] == 124);
  CHECK(out["exchange"]["cycles"] == 124);
}

TEST_CASE("a run ends by its cycles or its time, with what there is, and status 1") {
  const auto out = simulated("--topology mesh --size 4x4 --rate 0.3 --cycles 500", 1);
  CHECK(out["state"] == "interrupted");
  CHECK(out["run"]["cycles"] == 500);
  const auto timed =
      simulated("--topology mesh --size 16x16 --rate 0.24 --packet 8 --saturation --time 0.1", 1);
  CHECK(timed["state"] == "interrupted");
}

TEST_CASE("wrong use of simulate is status 2, with what to do") {
  const Files files;
  const auto file = files.add("ring.json", ring);
  const auto circle =
      files.add("c.csv", "id,source,destination,flits,delay,after\na,0,1,1,0,b\nb,1,0,1,0,a\n");
  const auto [arguments, message] = GENERATE(table<std::string, std::string>({
      {"", "no network"},
      {"--topology mehs --size 4", "did you mean 'mesh'?"},
      {"--topology mesh --size 4x4 --rate 0", "0 is no load"},
      {"--topology mesh --size 4x4 --rate 1.5", "1.5 is no load"},
      {"--topology mesh --size 4x4 --rate nan", "--rate"},
      {"--topology mesh --size 4x4 --traffic unifrom", "did you mean 'uniform'?"},
      {"--topology mesh --size 3x3 --traffic bit-complement", "needs 2, 4, 8, 16 ... nodes, not 9"},
      {"--topology mesh --size 4x4 --traffic hotspot", "needs the list of its spots"},
      {"--topology mesh --size 4x4 --traffic hotspot --spots 16", "must be a list of nodes from 0 to 15"},
      {"--topology mesh --size 4x4 --routing valliant", "did you mean 'valiant'?"},
      {"--topology mesh --size 4x4 --routing nearest-common-ancestor", "does not fit this network"},
      {"--topology mesh --size 4x4 --vcs 0", "--vcs"},
      {"--topology mesh --size 4x4 --packet 0", "--packet"},
      {"--topology mesh --size 4x4 --collective all-redcue --flits 4",
       "no collective operation 'all-redcue'"},
      {"--topology mesh --size 4x4 --collective all-reduce", "how large is its vector?"},
      {"--topology mesh --size 4x4 --collective all-reduce --flits 0", "must make 1 to"},
      {"--topology mesh --size 4x4 --collective all-reduce --bytes 64", "not known how many bits a flit has"},
      {"--topology mesh --size 4x4 --collective all-reduce --bytes 64 --flits 3", "not both"},
      {"--topology mesh --size 3x3 --collective all-reduce-halving --flits 64", "take the ring"},
      {"--topology mesh --size 4x4 --flits 4", "belongs to --collective"},
      {"--topology mesh --size 4x4 --collective all-reduce --flits 64 --rate 0.1", "have no rate"},
      {"--topology mesh --size 4x4 --trace CIRCLE",
       "wait for each other in a circle: 'a' waits for 'b' waits for 'a'"},
      {"--topology mesh --size 4x4 --trace CIRCLE --collective all-reduce", "not both"},
      {"--topology mesh --size 4x4 --time 0", "must be above 0"},
      {"--topology mesh --size 4x4 --cycles 0", "must be 1 or more"},
      {"--topology mesh --size 4x4 --preset booksim", "--preset"},
      {"--topology mesh --size 4x4 --case RING", "give one network"},
      {"--case nowhere.json", "nowhere.json"},
      {"--booksim nowhere.cfg", "nowhere.cfg"},
  }));
  const auto ran =
      files.run("simulate " + test::replaced(test::replaced(arguments, "RING", file), "CIRCLE", circle));
  INFO(arguments << "\n" << ran.out << ran.err);
  CHECK(ran.status == 2);
  CHECK(ran.out.empty());
  CHECK_THAT(ran.err, Catch::Contains(message));
}

TEST_CASE("a wrong network is status 2, located") {
  const Files files;
  const auto broken = [&](const std::string& patch) {
    auto text = json::parse(ring);
    text.merge_patch(json::parse(patch));
    return "simulate --case " + files.add("net.json", text.dump());
  };
  const auto [patch, message] = GENERATE(table<std::string, std::string>({
      {R"({"network": {"links": [[0, 1, 1], [2, 3, 1]]}})", "cannot be reached from node"},
      {R"({"network": {"links": [{"a": 0, "b": 1, "width": 0}]}})", "link 0 has no width"},
      {R"({"network": {"links": [[1, 1, 1]]}})", "joins router 1 to itself"},
      {R"({"traffic": {"pattern": "hotspot", "hotspots": [9]}})", "traffic to nowhere: 9 is no node"},
      {R"({"traffic": {"pattern": "bitcomp"}})", "needs 2, 4, 8, 16 ... nodes, not 7"},
      {R"({"rate": -0.1})", "must lie between 0 and 1"},
  }));
  const auto ran = files.run(broken(patch));
  INFO(patch << "\n" << ran.out << ran.err);
  CHECK(ran.status == 2);
  CHECK_THAT(ran.err, Catch::StartsWith("net.json:1:"));
  CHECK_THAT(ran.err, Catch::Contains(message));
  const auto as_json = files.run(broken(patch) + " --json");
  CHECK(as_json.status == 2);
  CHECK(json::parse(as_json.out)["error"]["id"] == "MQY-0201");
}

TEST_CASE("an exported network is the same in BookSim2's files") {
  const Files files;
  const auto file = files.add("ring.json", ring);
  const auto out = files.path("out.cfg");
  const auto ran = files.run("export booksim --case " + file + " -o " + out + " --json");
  INFO(ran.out << ran.err);
  REQUIRE(ran.status == 0);
  const auto said = json::parse(ran.out);
  CHECK(said["files"].size() == 2);
  CHECK(said["warnings"].size() == 1);  // of the permutation, which BookSim2 does not know
  CHECK(std::filesystem::exists(files.folder.path() / "out.anynet"));
  const auto before = simulated("--case " + file + " --zero-load"),
             after = simulated("--booksim " + out + " --zero-load");
  CHECK(before["zero_load_cycles"] == after["zero_load_cycles"]);
  CHECK(after["network"]["vcs"] == 1);
}

TEST_CASE("wrong use of export is status 2") {
  const Files files;
  const auto file = files.add("ring.json", ring);
  const auto [arguments, message] = GENERATE(table<std::string, std::string>({
      {"export bokosim --case RING -o x.cfg", "did you mean 'booksim'?"},
      {"export booksim -o x.cfg", "no network"},
      {"export booksim --case RING", "out"},
      {"export booksim --case RING -o x.anynet", "end the name of the configuration otherwise"},
      {"export booksim --case RING -o 'a b.cfg'", "BookSim2 cannot be given the file name"},
  }));
  const auto ran = files.run(test::replaced(arguments, "RING", file));
  INFO(arguments << "\n" << ran.out << ran.err);
  CHECK(ran.status == 2);
  CHECK_THAT(ran.err, Catch::Contains(message));
}

}  // namespace
