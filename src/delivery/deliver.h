// All nets of a package: solved, held against their limits, with the least that mends what does not hold.
#pragma once

#include "delivery/bumps.h"
#include "delivery/decoupling.h"

namespace marquetry::delivery {

struct Violation {
  enum class Kind { drop, joint_current, bumps } kind{};
  std::string net{}, subject{};
  double value{}, limit{};  // V, A or bumps
  std::string message{}, hint{};
};

// Of one kind of joints, how many do.
struct JointNeed {
  std::size_t net{}, joints{};  // joints: of its supply
  Need need{};
  std::optional<Need> current_alone{};  // where none is enough for the drop: the least for the current
};

// The bumps that a die needs, supply and ground of all its voltages, against those that its signals leave.
struct BumpRoom {
  std::size_t sites{};    // of Case::sites
  double needed{};        // with those of signals not in it
  bool is_met{};          // else for the current alone: no number of them is enough for the drop
  double least_area{};    // m2 of a die that has room for them and its signals
  double widest_pitch{};  // m at which this one has
  bool holds(const Sites& s) const { return needed + s.signals <= s.all; }
};

struct DeliverOptions {
  double tolerance{1e-6};
  bool count_joints{true};  // search the least number of those that serve one die, and of those beyond limits
  bool each_kind{};         // of dies alike that of the one whose bumps carry most, to save time
  const std::atomic<bool>* stop{};
};

struct Report {
  std::vector<NetFlow> nets{};
  std::vector<JointNeed> needs{};
  std::vector<BumpRoom> rooms{};                 // of dies whose bumps were all counted
  std::vector<DecouplingEstimate> decoupling{};  // by net, where the case tells what there is; no violation
  std::vector<Violation> violations{};
  double loads{};       // W that the dies draw at their nominal voltage
  double metal{};       // W lost in sheets, joints and leads
  double regulators{};  // W lost in regulators
  double supplied{};    // W from outside
  bool is_solved() const;
  double lost_share() const { return supplied > 0 ? 1 - loads / supplied : 0; }
};

// The case must be without faults. Nets that feed others come after them.
Report deliver(const Case& given, const DeliverOptions& options = {});

}  // namespace marquetry::delivery
