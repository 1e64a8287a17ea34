#include "operators/collectives.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace marquetry::operators {
namespace {

// Of the vector, what each member sends where no byte goes twice: Patarasuk and Yuan, J. Parallel Distrib.
// Comput. 69(2), 2009.
double share_sent(Collective kind, double n) {
  switch (kind) {
    case Collective::all_reduce:
      return 2 * (n - 1) / n;
    case Collective::reduce_scatter:
    case Collective::all_gather:
    case Collective::all_to_all:
      return (n - 1) / n;
    case Collective::broadcast:
    case Collective::send:
      return 1;
  }
  return 0;
}

// Ways of one step after the other: reducing and gathering are two passes.
double passes(Collective kind) { return kind == Collective::all_reduce ? 2 : 1; }

// Links from a member to another one, mean over all others.
double mean_ring_distance(double n) { return std::floor(n * n / 4) / (n - 1); }

double ring_steps(Collective kind, double n) {
  switch (kind) {
    case Collective::all_to_all:
      return std::floor(n / 2);
    case Collective::send:
      return std::max(std::round(mean_ring_distance(n)), 1.0);
    default:
      return passes(kind) * (n - 1);
  }
}

// All links of a member carry what passes by, too.
Schedule in_ring(Collective kind, double n, double all) {
  const double passing = kind == Collective::all_to_all ? mean_ring_distance(n) : 1;
  // A message to one other goes over the links one way round alone.
  const double used = kind == Collective::send && n > 2 ? 0.5 : 1;
  return {share_sent(kind, n) * passing * all / used, ring_steps(kind, n)};
}

Schedule fully_connected(Collective kind, double n, double all) {
  switch (kind) {
    case Collective::broadcast:  // parts to all, which pass them on to all: van de Geijn
      return {2 * (n - 1) / n * all, 2};
    case Collective::send:  // the one link
      return {(n - 1) * all, 1};
    default:
      return {share_sent(kind, n) * all, passes(kind)};
  }
}

Schedule switched(Collective kind, double n, double all) {
  switch (kind) {
    case Collective::all_to_all:
      return {share_sent(kind, n) * all, n - 1};
    case Collective::broadcast: {
      const double levels = std::ceil(std::log2(n));
      const Schedule tree{levels * all, levels}, scattered{2 * (n - 1) / n * all, 2 * levels};
      return scattered.wire < tree.wire ? scattered : tree;
    }
    case Collective::send:
      return {all, 1};
    default:
      return {share_sent(kind, n) * all, passes(kind) * std::ceil(std::log2(n))};
  }
}

// Sides a x b, a <= b, as square as can be; along each, a ring. Every link is used at once: parts of the
// vector take the dimensions in different orders (Sack and Gropp, PPoPP 2012).
Schedule in_torus(Collective kind, double n, double all) {
  double a = std::floor(std::sqrt(n));
  while (a > 1 && std::fmod(n, a) != 0) --a;
  const double b = n / a;
  if (a <= 1) return in_ring(kind, n, all);
  switch (kind) {
    case Collective::all_to_all: {
      const double hops = (a / 4 + b / 4) * n / (n - 1);
      return {share_sent(kind, n) * hops * all, std::floor(a / 2) + std::floor(b / 2)};
    }
    case Collective::broadcast:
      return {all, std::floor(a / 2) + std::floor(b / 2)};
    case Collective::send:
      return {2 * all, std::max(std::round(a / 4 + b / 4), 1.0)};  // two of the four links lead there
    default:
      return {share_sent(kind, n) * all, passes(kind) * (a - 1 + b - 1)};
  }
}

Schedule joined_schedule(Collective kind, Joined joined, double n, double all) {
  switch (joined) {
    case Joined::none:
      return {std::numeric_limits<double>::infinity(), 0};
    case Joined::ring:
      return in_ring(kind, n, all);
    case Joined::fully_connected:
      return fully_connected(kind, n, all);
    case Joined::torus:
      return in_torus(kind, n, all);
    case Joined::switched:
      return switched(kind, n, all);
  }
  return {};
}

Cost sum(const Cost& a, const Cost& b) {
  Cost out{.network = a.network + b.network, .overhead = a.overhead + b.overhead, .total = a.total + b.total};
  out.bound = largest_part(out);
  return out;
}

}  // namespace

Schedule schedule(Collective kind, const Peers& peers, double members, double bytes) {
  if (members <= 1) return {};
  auto out = joined_schedule(kind, peers.joined, members, bytes / peers.bandwidth);
  if (kind == Collective::all_to_all && peers.cut > 0) {
    out.wire = std::max(share_sent(kind, members) * bytes / peers.bandwidth,
                        least_time(kind, std::floor(members / 2), members, peers.cut, bytes));
  }
  return out;
}

// The square root: chunks that are pipelined through a way with a cost of its own each are best made
// proportional to the root of the message; the time then grows with the root, too, until the way of large
// messages is taken (Thakur et al., section 4; the protocols LL, LL128 and Simple of NCCL).
Cost collective(Collective kind, const Peers& peers, double members, double bytes) {
  if (members <= 1) return {};
  if (peers.joined == Joined::none) {
    constexpr double never = std::numeric_limits<double>::infinity();
    return {.network = never, .total = never, .bound = Bound::network};
  }
  const auto [wire, steps] = schedule(kind, peers, members, bytes);
  Cost cost;
  cost.overhead = peers.launch + steps * peers.latency;
  cost.network = std::min(2 * std::sqrt(peers.ramp * wire), peers.start) + wire / peers.efficiency;
  cost.total = cost.overhead + cost.network;
  cost.bound = largest_part(cost);
  return cost;
}

Cost hierarchical(Collective kind, const Level& inside, const Level& outside, double bytes) {
  const auto within = [&](Collective part) { return collective(part, inside.peers, inside.members, bytes); };
  const auto among = [&](Collective part) { return collective(part, outside.peers, outside.members, bytes); };
  if (outside.members <= 1) return within(kind);
  if (inside.members <= 1) return among(kind);
  switch (kind) {
    case Collective::all_reduce:
      return sum(sum(within(Collective::reduce_scatter), among(Collective::all_reduce)),
                 within(Collective::all_gather));
    case Collective::all_to_all:
      // What goes to other groups leaves with that of all members together.
      return sum(within(kind), collective(kind, outside.peers, outside.members, bytes * inside.members));
    case Collective::send:
      return among(kind);
    default:
      return sum(within(kind), among(kind));
  }
}

double least_time(Collective kind, double near, double members, double capacity, double bytes) {
  const double far = members - near;
  if (near <= 0 || far <= 0) return 0;
  const double part = bytes / members;
  switch (kind) {
    case Collective::all_reduce:
      return bytes / capacity;  // the sum over the near side is needed on the other, and has as many words
    case Collective::reduce_scatter:
      return far * part / capacity;
    case Collective::all_gather:
      return near * part / capacity;
    case Collective::all_to_all:
      return near * far * part / capacity;
    case Collective::broadcast:
    case Collective::send:
      return bytes / capacity;
  }
  return 0;
}

}  // namespace marquetry::operators
