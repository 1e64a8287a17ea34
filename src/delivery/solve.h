// Drops of the voltage, currents and losses of a net, and what one more joint of each kind would change.
#pragma once

#include "conduction/solver.h"
#include "delivery/mesh.h"

namespace marquetry::delivery {

struct DieDrop {
  std::string die{};
  double current{};
  double worst{}, mean{};  // V; the mean by current
  double limit{};          // V of the steady drop
  double x{}, y{};         // m, of the worst
  bool holds() const { return worst <= limit; }
};

struct JointFlow {
  std::string name{};
  double count{};    // of one polarity
  double current{};  // of all
  double worst{};    // A, of the one that carries most
  double limit{};    // A; 0: none known
  double loss{};     // W, with those of the ground where it mirrors the supply
  double change{};   // V of the net's worst drop, by one more of them: below 0
  bool in_ground{};
  bool holds() const { return limit <= 0 || worst <= limit; }
};

struct Loss {
  std::string name{};
  double loss{};     // W
  double current{};  // A, of feeds
};

struct NetFlow {
  std::string name{};
  double voltage{};
  std::vector<DieDrop> dies{};  // in the order of their first loads
  std::vector<JointFlow> joints{};
  std::vector<Loss> sheets{}, feeds{};
  double current{};
  double loss{};       // W in sheets, joints and feeds
  double regulator{};  // W lost in the regulators
  double supplied{};   // W that enter them
  double imbalance{};  // |supplied - loads - losses| / supplied, as solved
  conduction::Outcome outcome{};
  std::vector<double> drop{};  // V by cell and layer of the supply, its share of the ground in it
  std::vector<std::vector<std::size_t>> cells{};  // by dies: where they draw current, of the plane

  double worst() const;
};

struct Options {
  double tolerance{1e-6};  // of a drop, as a share of the voltage
  bool sensitivities{true};
  const std::atomic<bool>* stop{};
};

// The net must be without faults.
NetFlow flow(const Plane& plane, const Net& net, const Limits& limits, const Options& options = {});

}  // namespace marquetry::delivery
