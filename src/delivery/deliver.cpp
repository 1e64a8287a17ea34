#include "delivery/deliver.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

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

double to_three_digits(double value, double (*round)(double)) {
  const double step = std::pow(10, std::floor(std::log10(value)) - 2);
  return round(value / step) * step;
}

const JointNeed* joint_need(const Report& report, std::size_t net, std::size_t joints) {
  const auto found = std::ranges::find_if(
      report.needs, [&](const JointNeed& n) { return n.net == net && n.joints == joints; });
  return found == report.needs.end() ? nullptr : &*found;
}
const Need* need_of(const Report& report, std::size_t net, std::size_t joints) {
  const auto* found = joint_need(report, net, joints);
  return found == nullptr ? nullptr : &found->need;
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

// The die that joints serve alone.
const std::string* served_by(const Net& net, const Joints& joints) {
  return joints.region ? &net.supply.layers[joints.below + 1].regions[*joints.region].name : nullptr;
}

// Of dies alike the one whose bumps carry most of what they may.
std::vector<std::string> busiest(const Case& given, const Report& report) {
  std::map<std::string, std::pair<double, std::string>> of_kind;
  for (std::size_t n = 0; n < given.nets.size(); ++n)
    for (std::size_t j = 0; j < given.nets[n].supply.joints.size(); ++j) {
      const auto& flow = report.nets[n].joints[j];
      const auto* die = served_by(given.nets[n], given.nets[n].supply.joints[j]);
      if (die == nullptr) continue;
      const auto sites = std::ranges::find(given.sites, *die, &Sites::die);
      auto& most = of_kind[sites == given.sites.end() ? *die : sites->kind];
      const double load = flow.limit > 0 ? flow.worst / flow.limit : flow.worst;
      if (most.second.empty() || load > most.first) most = {load, *die};
    }
  std::vector<std::string> out;
  for (auto& [kind, most] : of_kind) out.push_back(std::move(most.second));
  return out;
}

std::vector<JointNeed> needs_of(const Case& work, const Report& report, const DeliverOptions& options) {
  const Options exact{.tolerance = options.tolerance, .stop = options.stop};
  const auto chosen = options.each_kind ? busiest(work, report) : std::vector<std::string>{};
  std::vector<JointNeed> out;
  for (std::size_t n = 0; n < work.nets.size(); ++n) {
    const auto& net = work.nets[n];
    const bool feeds_another =
        std::ranges::any_of(net.loads, [](const Load& load) { return load.of_net.has_value(); });
    for (std::size_t j = 0; j < net.supply.joints.size(); ++j) {
      const auto* die = served_by(net, net.supply.joints[j]);
      const bool is_asked =
          die != nullptr && !feeds_another && (!options.each_kind || std::ranges::count(chosen, *die) > 0);
      if (!is_asked && report.nets[n].joints[j].holds()) continue;
      // Of joints that all dies share, what their own current asks for.
      const Limits unlimited{.steady = 1e9, .total = 1e9};
      JointNeed made{n, j, least_count(work.plane, net, die != nullptr ? work.limits : unlimited, j, exact)};
      if (!made.need.is_met) made.current_alone = least_count(work.plane, net, unlimited, j, exact);
      out.push_back(std::move(made));
    }
  }
  return out;
}

// Those below one die, of all nets that pass it.
std::optional<BumpRoom> room_of(const Case& given, const Report& report, std::size_t index) {
  const auto& sites = given.sites[index];
  BumpRoom out{.sites = index, .is_met = true};
  bool is_served = false;
  for (std::size_t n = 0; n < given.nets.size(); ++n) {
    const auto& net = given.nets[n];
    for (std::size_t j = 0; j < net.supply.joints.size(); ++j) {
      const auto& joints = net.supply.joints[j];
      if (!joints.region || net.supply.layers[joints.below + 1].regions[*joints.region].name != sites.die)
        continue;
      const auto* need = joint_need(report, n, j);
      if (need == nullptr || (need->current_alone && !need->current_alone->is_met)) return std::nullopt;
      is_served = true;
      out.is_met = out.is_met && need->need.is_met;
      out.needed += (need->current_alone ? *need->current_alone : need->need).count *
                    (net.back == Return::mirrored ? 2 : 1);
    }
  }
  if (!is_served) return std::nullopt;
  const double all = out.needed + sites.signals;
  out.least_area = all * sites.pitch * sites.pitch;
  out.widest_pitch = sites.pitch * std::sqrt(sites.all / all);
  return out;
}

void judge_rooms(const Case& given, Report& report) {
  for (const auto& room : report.rooms) {
    const auto& sites = given.sites[room.sites];
    if (room.holds(sites)) continue;
    constexpr double mm2 = 1e-6, um = 1e-6;
    report.violations.push_back(
        {.kind = Violation::Kind::bumps,
         .subject = sites.die,
         .value = room.needed + sites.signals,
         .limit = sites.all,
         .message = fmt::format("'{}' needs {} bumps for {} beside {} for its signals, and "
                                "has room for {} at {} um",
                                sites.die, thousands(room.needed),
                                room.is_met ? "supply and ground" : "the current of supply and ground alone",
                                thousands(sites.signals), thousands(sites.all), digits(sites.pitch / um)),
         .hint = fmt::format("a die of {} mm2 or more, a pitch of {} um or less, or less current",
                             digits(to_three_digits(room.least_area / mm2, std::ceil)),
                             digits(to_three_digits(room.widest_pitch / um, std::floor)))});
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
    for (auto& load : net.loads) {
      if (!load.of_net) {
        out.loads += net.voltage * load.current;
        continue;
      }
      auto& fed = out.nets[*load.of_net];
      load.current = fed.supplied / net.voltage;
      out.supplied -= fed.supplied;
    }
    out.nets.push_back(flow(given.plane, net, given.limits, exact));
    const auto& made = out.nets.back();
    out.supplied += made.supplied;
    out.metal += made.loss;
    out.regulators += made.regulator;
    if (n < given.decoupling.size())
      out.decoupling.push_back(
          decoupling_estimate(net, given.decoupling[n], given.limits, std::max(0.0, made.worst())));
  }
  if (options.count_joints) out.needs = needs_of(work, out, options);
  for (std::size_t n = 0; n < work.nets.size(); ++n) {
    judge_dies(work.nets[n], n, out);
    judge_joints(work.nets[n], n, out);
  }
  for (std::size_t s = 0; s < given.sites.size(); ++s)
    if (const auto room = room_of(work, out, s)) out.rooms.push_back(*room);
  judge_rooms(work, out);
  return out;
}

}  // namespace marquetry::delivery
