#include "contention/model.h"

#include <algorithm>
#include <cmath>

#include "contention/constants.h"

namespace marquetry::contention {
namespace {

// The mean wait over a time that starts empty, where the wait of the steady state is `n / (1 - use)`: that
// wait far below saturation, half the time times the excess far above it, and what lies between. Kimber,
// Hollis, TRRL report LR909, 1979; Akcelik, ARRB report 123, 1981.
double wait_within(double n, double use) {
  const double excess = use - 1;
  return constants::observed / 4 * (excess + std::sqrt(excess * excess + 8 * n / constants::observed));
}

// The same where any of `servers` will do. Sakasegawa, Ann. Inst. Stat. Math. 29, 1977.
double wait_of_pool(double use, double servers, double service, double variation) {
  if (use < 0.1) return 0;  // less than a hundredth of a cycle
  const double exponent = std::sqrt(2 * (servers + 1)) - 1;
  return wait_within(variation * service / servers * std::pow(std::min(use, 1.2), exponent), use);
}

// Virtual channels of an input by their share of its load: equal ones together.
std::vector<std::pair<double, double>> shares(std::span<const double> on_vc) {
  double sum = 0;
  for (const double v : on_vc) sum += v;
  std::vector<std::pair<double, double>> out;
  for (const double v : on_vc) {
    if (v <= 0) continue;
    const auto same =
        std::ranges::find_if(out, [&](const auto& s) { return std::abs(s.first - v / sum) < 1e-9; });
    if (same == out.end()) {
      out.emplace_back(v / sum, 1);
    } else {
      ++same->second;
    }
  }
  return out;
}

// Of a perfectly random coincidence of grants. A speculative request wastes more where the allocator takes it
// for as good as others.
double conflict(const routing::Router& router) {
  if (router.sw_allocator != routing::Allocator::islip) return constants::conflict_separable;
  return constants::conflict_islip * (router.pipeline.speculative ? 1 + constants::speculation : 1);
}

}  // namespace

Model::Model(const topology::Graph& graph, const routing::Router& router, std::uint32_t packet_flits,
             const Streams& streams)
    : packet_{static_cast<double>(packet_flits)},
      buffer_{static_cast<double>(router.buffer)},
      conflict_{conflict(router) / (router.input_speedup * router.iterations)},
      sent_{streams.sent},
      holds_until_empty_{router.wait_for_tail_credit} {
  const auto channels = graph.channels.size();
  for (std::uint32_t r = 0; r < graph.routers; ++r) {
    const auto& pipeline = router.at(r);
    Site site{.first_input = static_cast<std::uint32_t>(inputs_.size()),
              .first_output = static_cast<std::uint32_t>(outputs_.size()),
              .first_flow = static_cast<std::uint32_t>(flows_.size()),
              .allocation = static_cast<double>(pipeline.cycles() - pipeline.routing - pipeline.st_prepare -
                                                pipeline.st_final),
              .routing = static_cast<double>(pipeline.routing)};
    std::vector<std::uint32_t> out_slots;
    std::uint32_t last_in = topology::none;
    for (auto i = streams.first[r]; i != streams.first[r + 1]; ++i) {
      const auto& stream = streams.streams[i];
      if (stream.in != last_in) {
        last_in = stream.in;
        const bool is_node = stream.in >= channels;
        const double latency =
            is_node ? graph.terminals[stream.in - channels].latency : graph.channels[stream.in].latency;
        const std::span on_vc{streams.on_vc.data() + std::size_t{stream.in} * streams.vcs, streams.vcs};
        inputs_.push_back({.first = static_cast<std::uint32_t>(flows_.size()),
                           .round_trip = 1 + pipeline.cycles() + 2 * latency + pipeline.credit,
                           .is_node = is_node,
                           .share = shares(on_vc)});
      }
      const double width = stream.out >= channels ? 1 : graph.channels[stream.out].width;
      auto slot = std::ranges::find(out_slots, stream.out);
      if (slot == out_slots.end()) {
        out_slots.push_back(stream.out);
        outputs_.push_back({width});
        slot = out_slots.end() - 1;
      }
      const auto out = site.first_output + static_cast<std::uint32_t>(slot - out_slots.begin());
      flows_.push_back({static_cast<std::uint32_t>(inputs_.size() - 1), out, stream.rate / width});
      auto& input = inputs_.back();
      input.last = static_cast<std::uint32_t>(flows_.size());
      input.rate += stream.rate;
      const double before =
          input.is_node ? graph.terminals[stream.in - channels].latency : graph.channels[stream.in].latency;
      const double after = stream.out >= channels ? graph.terminals[stream.out - channels].latency : 0;
      base_ += stream.rate * (before + pipeline.cycles() + after);
    }
    site.last_input = static_cast<std::uint32_t>(inputs_.size());
    site.last_output = static_cast<std::uint32_t>(outputs_.size());
    site.last_flow = static_cast<std::uint32_t>(flows_.size());
    sites_.push_back(site);
  }
  base_ = sent_ > 0 ? base_ / sent_ + packet_ : 0;
  for (const auto& flow : flows_) {
    first_yield_.push_back(static_cast<std::uint32_t>(yield_.size()));
    for (auto k = inputs_[flow.in].first; k != inputs_[flow.in].last; ++k) {
      yield_.push_back(2 * flow.rate / (flow.rate + flows_[k].rate));
    }
    granted_.push_back(1);
  }
  next_.resize(flows_.size());
  grants_.resize(outputs_.size());
  output_wait_.resize(outputs_.size());
}

// How often each output must be granted to each input: more often than flits go, as an input that two outputs
// choose in one cycle takes one and the other's cycle is lost. The input takes the one that it took longer
// ago, so the rarer flow loses less; and only an output for which others compete makes requests wait for a
// conflict. `granted_` keeps grants a flit from one load to the next.
void Model::grant(const Site& site, double load) {
  for (int round = 0; round < constants::rounds; ++round) {
    std::fill(grants_.begin() + site.first_output, grants_.begin() + site.last_output, 0.0);
    for (auto f = site.first_flow; f != site.last_flow; ++f) {
      grants_[flows_[f].out] += granted_[f] * flows_[f].rate * load;
    }
    for (auto f = site.first_flow; f != site.last_flow; ++f) {
      const double granted = granted_[f] * flows_[f].rate * load;
      next_[f] = std::min(1.0, granted) * (1 - granted / grants_[flows_[f].out]);
    }
    for (auto f = site.first_flow; f != site.last_flow; ++f) {
      const auto& input = inputs_[flows_[f].in];
      const double* yield = yield_.data() + first_yield_[f] - input.first;
      double rivals = 0;
      for (auto k = input.first; k != input.last; ++k) {
        if (k != f) rivals += next_[k] * yield[k];
      }
      // Of 1 + K grants, K drawn by Poisson, one is taken: x / (1 - exp(-x)) grants a flit, as a series.
      const double x = conflict_ * rivals;
      granted_[f] = 1 + x / 2 + x * x / 12;
    }
  }
}

// Cycles that flits of an input wait before they come to the head of their virtual channel, or for one.
double Model::input_wait(const Site& site, const Input& input, double load) {
  const double rate = input.rate * load;
  double behind = 0;  // others' waits for other outputs, which whoever stands behind them shares
  for (auto f = input.first; f != input.last; ++f) {
    const double part = flows_[f].rate * outputs_[flows_[f].out].width / input.rate;
    behind += part * (1 - part) * std::min(output_wait_[flows_[f].out], constants::longest);
  }
  behind *= constants::behind;
  const double service = site.routing + site.allocation + packet_ - 1 + behind;
  const double uneven = constants::uneven * behind / service;
  double wait = 0;
  for (const auto& [share, count] : input.share) {
    const double packets = share * rate / packet_, part = share * count;
    if (holds_until_empty_ && !input.is_node) {
      const double hold = input.round_trip + packet_ + 2 * behind;
      wait += part *
              wait_of_pool(packets * hold, 1 / share, hold, constants::emptying * (1 + uneven * uneven) / 2);
    } else {
      const double arrivals = (1 - std::min(1.0, rate / packet_)) * share;
      wait += part * wait_within(
                         constants::queueing * packets * service * service / 2 * (arrivals + uneven * uneven),
                         packets * service);
    }
  }
  double credits = 0;
  const double held = input.round_trip + std::min(wait, constants::longest) + behind;
  for (const auto& [share, count] : input.share) {
    if (!input.is_node)
      credits += share * count * wait_of_pool(share * rate * held / buffer_, buffer_, held, 1);
  }
  // A packet of several flits waits at its node for those before it to leave, one flit a cycle.
  const double start = input.is_node && packet_ > 1 ? wait_within(rate * (packet_ - 1) / 2, rate) : 0;
  return wait + credits + start;
}

double Model::waits(const Site& site, double load) {
  grant(site, load);
  for (auto o = site.first_output; o != site.last_output; ++o) output_wait_[o] = 0;
  for (auto f = site.first_flow; f != site.last_flow; ++f) {
    const double granted = granted_[f] * flows_[f].rate * load;
    output_wait_[flows_[f].out] += granted * granted;
    next_[f] = granted;
  }
  std::fill(grants_.begin() + site.first_output, grants_.begin() + site.last_output, 0.0);
  for (auto f = site.first_flow; f != site.last_flow; ++f) grants_[flows_[f].out] += next_[f];
  // Flits that come together from several inputs, each input one at a time: batches of A flits, wait of
  // E[A (A - 1)] / (2 E[A] (1 - E[A])). Hluchyj, Karol, IEEE J. Sel. Areas Commun. 6, 1988, eq. 7 on.
  double sum = 0;
  for (auto o = site.first_output; o != site.last_output; ++o) {
    const double use = grants_[o];
    if (use <= 0) continue;
    const double pairs = std::max(0.0, use * use - output_wait_[o]);
    output_wait_[o] = wait_within(constants::crossing * packet_ * pairs / (2 * use), use) / outputs_[o].width;
  }
  for (auto i = site.first_input; i != site.last_input; ++i) {
    const auto& input = inputs_[i];
    sum += input.rate * input_wait(site, input, load);
    for (auto f = input.first; f != input.last; ++f) {
      sum += flows_[f].rate * outputs_[flows_[f].out].width * output_wait_[flows_[f].out];
    }
  }
  return sum;
}

double Model::wait(double load) {
  if (load <= 0 || sent_ <= 0) return 0;
  double sum = 0;
  for (const auto& site : sites_) sum += waits(site, load);
  return sum / sent_;
}

}  // namespace marquetry::contention
