#include "pareto/toy_space.h"

#include <algorithm>
#include <cmath>

namespace marquetry::test {
namespace {

double dies_per_wafer(double area) { return std::max(1.0, 70685.8 / area - 666.4 / std::sqrt(area)); }
double yield(double defects) { return std::pow(1 + defects / 3, -3); }

}  // namespace

double ToySpace::size() const {
  double product = 1;
  for (const auto& domain : domains) product *= static_cast<double>(domain.size());
  return product;
}

Toy read_toy(const nlohmann::json& json) {
  Toy toy;
  for (const auto& n : json.at("nodes")) {
    toy.nodes.push_back({n.at("MTr_per_mm2"), n.at("sram_Mb_per_mm2"), n.at("d0_per_mm2"), n.at("wafer_usd"),
                         n.at("fmax_GHz"), n.at("pJ_per_flop")});
  }
  toy.memory_rate = json.at("hbm").at("GB_per_s").get<std::vector<double>>();
  toy.memory_price = json.at("hbm").at("usd").get<std::vector<double>>();
  toy.memory_power = json.at("hbm").at("W").get<std::vector<double>>();
  const auto& package = json.at("package");
  toy.package_price = package.at("usd_per_mm2").get<std::vector<double>>();
  toy.package_energy = package.at("pJ_per_bit").get<std::vector<double>>();
  toy.package_rate = package.at("GB_per_s_per_lane_group").get<std::vector<double>>();
  toy.bond_yield = package.at("bond_yield").get<std::vector<double>>();
  toy.lanes = json.at("d2d_lanes").get<std::vector<double>>();
  toy.sides = json.at("array_dim").get<std::vector<double>>();
  toy.topologies = json.at("topology_factor").get<std::vector<double>>();
  for (const auto& [name, space] : json.at("spaces").items()) {
    toy.spaces.push_back({name, space.at("domains").get<std::vector<std::vector<double>>>()});
  }
  for (const auto& front : json.at("expected")) {
    toy.fronts.push_back({front.at("space"), front.at("cap_power_W"), front.at("cap_cost_usd"),
                          front.at("exact_front_points")});
  }
  return toy;
}

std::array<double, 3> toy_objectives(const Toy& toy, const std::vector<double>& choice) {
  const auto index = [&](std::size_t v) { return static_cast<std::size_t>(choice[v]); };
  const ToyNode& node = toy.nodes[index(0)];
  const double arrays = choice[1], chiplets = choice[2], kilobytes = choice[3];
  const double step = 0.45 + 0.08 * choice[4];
  const std::size_t memory = index(5), packaging = index(7);
  const double stacks = choice[6], lanes = toy.lanes[index(8)], side = toy.sides[index(10)];
  const ToyNode& io = toy.nodes[index(9)];
  const double topology = toy.topologies[index(11)], rate = toy.package_rate[packaging];

  const double macs = side * side;
  const double area = arrays * (macs * 0.0016 / node.density * 96.3 +
                                kilobytes * (8.0 / 1024) / node.sram * 1.3 + 40 / node.density) +
                      lanes * 0.03 + 6;
  const double die = node.wafer / (dies_per_wafer(area) * yield(area * node.defects));
  const double clock = node.clock * step;
  const double peak = chiplets * arrays * macs * 2e9 * clock;
  const double bandwidth = stacks * toy.memory_rate[memory] * 1e9;
  const double network = topology * chiplets * (80.0 * 2 * 8192 * 32 * 2 / 1e9) / (lanes * rate * 8);
  const double time =
      std::max(2 * 70e9 * 32 / peak, 140e9 / bandwidth) + 2 * 70e9 * 512 / peak + network * 0.05;
  const double io_area = 60 + stacks * 12 + lanes * 0.05 * chiplets;
  const double io_die = io.wafer / (dies_per_wafer(io_area) * yield(io_area * io.defects));
  const double substrate = chiplets * area + io_area + stacks * 110;
  const double cost = (chiplets * die + io_die + stacks * toy.memory_price[memory] +
                       substrate * toy.package_price[packaging] * 1.2 + 40) /
                      toy.bond_yield[packaging];
  const double power = peak * node.energy * 1e-12 * 0.7 * step + stacks * toy.memory_power[memory] +
                       chiplets * lanes * rate * toy.package_energy[packaging] * 8e-3 + 30 + substrate * 0.02;
  return {time, cost, power};
}

}  // namespace marquetry::test
