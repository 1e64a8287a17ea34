// A package as RapidChiplet describes one: chiplets placed on an interposer, PHYs at points of them, links
// from PHY to PHY, and closed-form models of it. Plain data; lengths in mm, times in cycles, power in W, cost
// in the currency of the file. Iff et al., arXiv 2311.06081, section 3.
#pragma once

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace marquetry::proxy {

struct Technology {
  std::string name{};
  double phy_latency{};
  double wafer_radius{}, wafer_cost{}, defect_density{};  // mm, per wafer, per mm2
};

struct Phy {
  double x{}, y{};      // from the lower-left corner of the unturned chiplet
  double bump_share{};  // of the chiplet's signal bumps
};

struct Type {
  std::string name{}, kind{};  // kind: compute, memory, io
  double width{}, height{};
  std::vector<Phy> phys{};
  double power_bumps{};  // the share of bumps that are power and ground
  std::size_t technology{};
  double power{};
  bool relays{true};  // packets of others may pass through
  double internal_latency{};
  std::uint32_t units{1};  // that send and receive
};

struct Chiplet {
  std::size_t type{};
  double x{}, y{};  // lower-left corner as turned
  int turns{};      // quarters, counter-clockwise
};

// Of an active interposer.
struct InterposerRouter {
  double x{}, y{};
};

// Nodes are the chiplets, then the interposer's routers.
struct End {
  std::uint32_t node{}, phy{};  // the PHY, or the port of a router
};
struct Link {
  End a{}, b{};
};

// A figure of a link by its length.
enum class Rounding : std::uint8_t { none, up, down };
struct Law {
  double fixed{}, per_mm{};
  Rounding rounding{};
  double at(double length) const {
    const double value = fixed + per_mm * length;
    return rounding == Rounding::up     ? std::ceil(value)
           : rounding == Rounding::down ? std::floor(value)
                                        : value;
  }
};

enum class Metric : std::uint8_t { manhattan, euclidean };

struct Packaging {
  Metric metric{};
  Law latency{}, power{};  // of a link
  double yield{1};
  double bump_pitch{};
  double non_data_wires{};  // of a link
  bool is_active{};
  std::optional<std::size_t> interposer{};  // technology of one; none: there is none
  double router_latency{}, router_power{};
};

// Packets a cycle from one chiplet to another where every unit sends one a cycle.
struct Flow {
  std::uint32_t source{}, destination{};
  double load{};
};

struct Design {
  std::string name{};
  std::vector<Technology> technologies{};
  std::vector<Type> types{};
  std::vector<Chiplet> chiplets{};
  std::vector<InterposerRouter> routers{};
  std::vector<Link> links{};
  Packaging packaging{};
  std::string pattern{};
  std::vector<Flow> traffic{};
  std::vector<std::uint32_t> next_hop{};  // by node * chiplets + destination, where the file has a table
  std::vector<std::string> notes{};       // what a reader should know of it

  std::size_t nodes() const { return chiplets.size() + routers.size(); }
  bool is_chiplet(std::uint32_t node) const { return node < chiplets.size(); }
  const Type& type_of(std::uint32_t chiplet) const { return types[chiplets[chiplet].type]; }
  double phy_latency(std::uint32_t node) const {
    return is_chiplet(node) ? technologies[type_of(node).technology].phy_latency : 0;
  }
  double node_latency(std::uint32_t node) const {
    return is_chiplet(node) ? type_of(node).internal_latency : packaging.router_latency;
  }
  bool relays(std::uint32_t node) const { return !is_chiplet(node) || type_of(node).relays; }
};

// Every unit sends to all units of the other chiplets alike.
std::vector<Flow> uniform_traffic(const Design& design);

}  // namespace marquetry::proxy
