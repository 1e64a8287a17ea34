// Area, power, links, cost, latency and throughput of a placed package in closed form. Iff et al., arXiv
// 2311.06081, section 3; spcl/rapidchiplet, commit 66e63e5.
#pragma once

#include <string>

#include "proxy/links.h"

namespace marquetry::proxy {

struct Area {
  double width{}, height{};  // of the box round all chiplets
  double chiplets{}, interposer{};
};

struct Power {
  double chiplets{}, interposer{}, links{};
  double total{};
};

struct Spread {
  double least{}, mean{}, greatest{};
};

// Of one kind of die: whole dies of a wafer, the share of them that is good, the cost of a good one.
struct Lot {
  double dies_per_wafer{}, yield{}, good{}, cost{};
};

struct Cost {
  std::vector<std::optional<Lot>> types{};  // by type; none of one that is not placed
  std::optional<Lot> interposer{};
  double total{};  // of a package that works
};

struct Throughput {
  double per_load{};   // bits a cycle of each unit that sends
  double aggregate{};  // bits a cycle, all units together
  std::string binding{};
};

struct Figures {
  Area area{};
  Power power{};
  Spread lengths{}, bandwidths{};
  Cost cost{};
  Spread latency{};  // over the traffic
  Throughput throughput{};
};

// `next_hop` as of lowest_next_hops, every pair of the traffic joined.
Figures evaluate(const Design& design, const std::vector<std::uint32_t>& next_hop, const Quirks& quirks);

// What the models take without a word: links beyond the reach of their PHYs, PHYs that need more edge than
// the chiplet has.
struct Finding {
  std::string message{};
  double amount{};  // by which factor it is too much
};
std::vector<Finding> findings(const Design& design);

}  // namespace marquetry::proxy
