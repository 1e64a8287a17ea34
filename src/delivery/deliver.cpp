#include "delivery/deliver.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace marquetry::delivery {
namespace {

constexpr double milli = 1e-3;

std::string digits(double value) { return significant(value, 3); }

// "1,240"
std::string thousands(double count) {
  std::string text = fmt::format("{:.0f}", count);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

const Need* need_of(const Report& report, std::size_t net, std::size_t joints) {
  const auto found = std::ranges::find_if(
      report.needs, [&](const JointNeed& n) { return n.net == net && n.joints == joints; });
  return found == report.needs.end() ? nullptr : &found->need;
}

// Whether a kind of joints stands right below what the die draws from, and for it alone.
bool serves(const Joints& joints, const Load& load) {
  return joints.region && load.layer == joints.below + 1 && load.region == joints.region;
}

std::string more(const Net& net, const Joints& joints, const Need& need) {
  const double ways = net.back == Return::mirrored ? 2 : 1;
  return fmt::format("needs {} more {}{}: {} in all", thousands(ways * (need.count - joints.count)),
                     joints.name, ways > 1 ? ", supply and ground" : "", thousands(ways * need.count));
}

void judge_dies(const Net& net, std::size_t n, Report& report) {
  for (const auto& die : report.nets[n].dies) {
    if (die.holds()) continue;
    Violation v{.kind = Violation::Kind::drop,
                .net = net.name,
                .subject = die.die,
                .value = die.worst,
                .limit = die.limit};
    v.message = fmt::format("'{}' loses {} mV of its {} V ({} %), and may lose {} mV", die.die,
                            digits(die.worst / milli), digits(net.voltage),
                            digits(100 * die.worst / net.voltage), digits(die.limit / milli));
    const Joints* helped = nullptr;
    const Need* least = nullptr;
    const Need* vain = nullptr;
    for (std::size_t j = 0; j < net.supply.joints.size(); ++j) {
      const auto* need = need_of(report, n, j);
      if (need == nullptr || std::ranges::none_of(net.loads, [&](const Load& load) {
            return load.die == die.die && serves(net.supply.joints[j], load);
          }))
        continue;
      if (!need->is_met) {
        vain = need;
      } else if (need->count > net.supply.joints[j].count) {
        helped = &net.supply.joints[j];
        least = need;
      }
    }
    if (helped != nullptr) {
      v.hint = more(net, *helped, *least);
    } else if (vain != nullptr) {
      v.hint = fmt::format(
          "no number of bumps is enough: {} mV are lost without them; thicker planes, more vias and balls, "
          "regulators nearer, or less current",
          digits(vain->best / milli));
    } else {
      v.hint = "more or thicker metal on the way, regulators nearer, or less current";
    }
    report.violations.push_back(std::move(v));
  }
}

void judge_joints(const Net& net, std::size_t n, Report& report) {
  const auto& flow = report.nets[n];
  for (std::size_t j = 0; j < flow.joints.size(); ++j) {
    const auto& joints = flow.joints[j];
    if (joints.holds()) continue;
    Violation v{.kind = Violation::Kind::joint_current,
                .net = net.name,
                .subject = joints.name,
                .value = joints.worst,
                .limit = joints.limit};
    v.message = fmt::format("one of {} carries {} mA, and may carry {} mA", joints.name,
                            digits(joints.worst / milli), digits(joints.limit / milli));
    const auto* need = joints.in_ground ? nullptr : need_of(report, n, j);
    v.hint = need != nullptr && need->is_met && need->count > joints.count
                 ? more(net, net.supply.joints[j], *need)
                 : fmt::format("some {} of them would share it, or less current",
                               thousands(std::ceil(joints.count * joints.worst / joints.limit)));
    report.violations.push_back(std::move(v));
  }
}

}  // namespace

bool Report::is_solved() const {
  return std::ranges::all_of(
      nets, [](const NetFlow& net) { return net.outcome.state == conduction::State::solved; });
}

Report deliver(const Case& given, const DeliverOptions& options) {
  Case work = given;
  Report out;
  const Options exact{.tolerance = options.tolerance, .stop = options.stop};
  for (std::size_t n = 0; n < work.nets.size(); ++n) {
    auto& net = work.nets[n];
    bool feeds_another = false;
    for (auto& load : net.loads) {
      if (!load.of_net) {
        out.loads += net.voltage * load.current;
        continue;
      }
      feeds_another = true;
      auto& fed = out.nets[*load.of_net];
      load.current = fed.supplied / net.voltage;
      out.supplied -= fed.supplied;
    }
    out.nets.push_back(flow(given.plane, net, given.limits, exact));
    const auto& made = out.nets.back();
    out.supplied += made.supplied;
    out.metal += made.loss;
    out.regulators += made.regulator;
    for (std::size_t j = 0; j < net.supply.joints.size() && options.count_joints; ++j) {
      const auto& joints = net.supply.joints[j];
      if (feeds_another && made.joints[j].holds()) continue;
      if (!joints.region && made.joints[j].holds()) continue;
      // Of joints that all dies share, what their own current asks for.
      const Limits limits = joints.region ? given.limits : Limits{.steady = 1e9, .total = 1e9};
      out.needs.push_back({n, j, least_count(given.plane, net, limits, j, exact)});
    }
    if (n < given.decoupling.size())
      out.decoupling.push_back(
          decoupling_estimate(net, given.decoupling[n], given.limits, std::max(0.0, made.worst())));
  }
  for (std::size_t n = 0; n < work.nets.size(); ++n) {
    judge_dies(work.nets[n], n, out);
    judge_joints(work.nets[n], n, out);
  }
  return out;
}

}  // namespace marquetry::delivery
