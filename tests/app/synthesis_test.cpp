// route --synthesise as a user runs it: links, what is proved, trade-offs, why nothing fits, bad input.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "support/folder.h"
#include "support/program.h"

using namespace marquetry;
using nlohmann::json;
using test::run_program;

namespace {

// Four dies at the corners of a square of 10 mm.
std::string square(const std::string& rest) {
  return R"({"name": "square", "dies": [{"name": "a", "x_mm": 0, "y_mm": 0}, {"name": "b", "x_mm": 10, "y_mm": 0},
 {"name": "c", "x_mm": 0, "y_mm": 10}, {"name": "d", "x_mm": 10, "y_mm": 10}],
 "traffic": "uniform", )" +
         rest + "}";
}

constexpr auto links = R"("links": [{"reach_mm": 12, "width": 0.5}])";

}  // namespace

TEST_CASE("route: links are chosen, proved the best, and routed") {
  const test::Folder folder;
  const auto file = folder.write("square.json", square(links)).generic_string();
  const auto ran = run_program("route --synthesise " + file + " --steps 200 --front --json");
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  const auto out = json::parse(ran.out);
  const auto& made = out.at("synthesis");
  CHECK(made.at("status") == "optimal");
  CHECK(made.at("goal") == "throughput");
  CHECK(made.at("links").size() == 4);  // diagonals are 20 mm
  // Each link carries 1/3 to its neighbour and half of 1/3 both ways round to the far corner: 2/3 of 0.5.
  CHECK(made.at("value").get<double>() == Approx(0.75));
  CHECK(made.at("bound").get<double>() == Approx(0.75).epsilon(1e-3));
  CHECK(made.at("front").size() >= 2);
  CHECK(out.at("throughput").at("optimum").get<double>() == Approx(0.75));
  CHECK(out.at("topology").at("links") == 4);
  const auto again =
      json::parse(run_program("route --synthesise " + file + " --steps 200 --front --json --threads 2").out);
  CHECK(again.at("synthesis") == made);
  CHECK(run_program("route --synthesise " + file + " --steps 200").out.find("best throughput: proved") !=
        std::string::npos);
}

TEST_CASE("route: where no links will do, that is the result, with what would") {
  const test::Folder folder;
  const auto file =
      folder.write("apart.json", square(R"("links": [{"reach_mm": 9, "width": 0.5}])")).generic_string();
  const auto ran = run_program("route --synthesise " + file + " --json");
  CHECK(ran.status == 3);
  const auto out = json::parse(ran.out);
  CHECK(out.at("synthesis").at("status") == "infeasible");
  CHECK(out.at("synthesis").at("reasons").size() == 3);
  CHECK(out.at("synthesis").at("reasons")[0].at("message") ==
        "reach 9 mm leaves die 'b' alone: the nearest, 'a', is 10 mm away");
  CHECK(run_program("route --synthesise " + file).out.find("hint: links of 10 mm reach") !=
        std::string::npos);
}

TEST_CASE("route: problems that mean nothing are refused where they are wrong") {
  const test::Folder folder;
  const auto file = folder.write("wrong.json", square(R"("links": [{"reach_mm": -1}])")).generic_string();
  auto ran = run_program("route --synthesise " + file);
  CHECK(ran.status == 2);
  CHECK(ran.err.find("'reach_mm' must be a number from 0 to 10000, but it is -1") != std::string::npos);
  ran = run_program("route --synthesise " + file + " --topology mesh --size 4");
  CHECK(ran.status == 2);
  CHECK(ran.err.find("give one network") != std::string::npos);
}
