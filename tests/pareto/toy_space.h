// A small space of chiplet systems with closed-form objectives, for counting the points of its exact front.
// Shares nothing with the project's models.
#pragma once

#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace marquetry::test {

struct ToyNode {
  double density{}, sram{}, defects{}, wafer{}, clock{}, energy{};
};
struct ToySpace {
  std::string name{};
  std::vector<std::vector<double>> domains{};  // by variable, in the order of the file
  double size() const;
};
struct ToyFront {
  std::string space{};
  double power_cap{}, cost_cap{};
  std::size_t points{};
};
struct Toy {
  std::vector<ToyNode> nodes{};
  std::vector<double> memory_rate{}, memory_price{}, memory_power{};
  std::vector<double> package_price{}, package_energy{}, package_rate{}, bond_yield{};
  std::vector<double> lanes{}, sides{}, topologies{};
  std::vector<ToySpace> spaces{};
  std::vector<ToyFront> fronts{};
};

Toy read_toy(const nlohmann::json& json);

// Time, cost and power of one choice: a value for each variable.
std::array<double, 3> toy_objectives(const Toy& toy, const std::vector<double>& choice);

}  // namespace marquetry::test
