// All nets of a package: solved, held against their limits, with the least that mends what does not hold.
#pragma once

#include "delivery/bumps.h"
#include "delivery/decoupling.h"

namespace marquetry::delivery {

struct Violation {
  enum class Kind { drop, joint_current } kind{};
  std::string net{}, subject{};
  double value{}, limit{};  // V or A
  std::string message{}, hint{};
};

// Of one kind of joints, how many do.
struct JointNeed {
  std::size_t net{}, joints{};  // joints: of its supply
  Need need{};
};

struct DeliverOptions {
  double tolerance{1e-6};
  bool count_joints{true};  // search the least number of those that serve one die, and of those beyond limits
  const std::atomic<bool>* stop{};
};

struct Report {
  std::vector<NetFlow> nets{};
  std::vector<JointNeed> needs{};
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
