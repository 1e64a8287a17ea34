#include "routing/checker.h"

#include <algorithm>
#include <map>

namespace marquetry::test {
namespace {

Hop hop(const routing::VirtualChannel& at) { return {at.channel, at.vc}; }

// What may be waited for from each hop through hops that are not of the escape.
std::set<std::pair<Hop, Hop>> through_others(const std::set<std::pair<Hop, Hop>>& dependencies,
                                             const std::set<Hop>& escape) {
  std::map<Hop, std::set<Hop>> reach;
  for (const auto& [a, b] : dependencies) reach[a].insert(b);
  for (bool grown = true; grown;) {
    grown = false;
    for (auto& [a, all] : reach) {
      const auto before = all.size();
      for (const auto& b : std::set<Hop>{all})
        if (!escape.contains(b) && reach.contains(b)) all.insert(reach[b].begin(), reach[b].end());
      grown = grown || all.size() > before;
    }
  }
  std::set<std::pair<Hop, Hop>> out;
  for (const auto& [a, all] : reach)
    for (const auto& b : all)
      if (escape.contains(a) && escape.contains(b)) out.emplace(a, b);
  return out;
}

}  // namespace

bool goes_round(const std::set<std::pair<Hop, Hop>>& dependencies) {
  std::map<Hop, std::size_t> waits;
  std::map<Hop, std::vector<Hop>> after;
  for (const auto& [a, b] : dependencies) {
    waits[a];
    ++waits[b];
    after[a].push_back(b);
  }
  std::vector<Hop> free;
  for (const auto& [at, n] : waits)
    if (n == 0) free.push_back(at);
  std::size_t done = 0;
  while (!free.empty()) {
    const auto at = free.back();
    free.pop_back();
    ++done;
    for (const auto& b : after[at])
      if (--waits[b] == 0) free.push_back(b);
  }
  return done < waits.size();
}

std::string complaint(const Seen& seen, const routing::Certificate& certificate) {
  if (certificate.lost.empty() != seen.arrives) return "lost packets are not those seen";
  if (certificate.deadlock_free == certificate.order.empty() && !seen.dependencies.empty()) return "no order";
  if (certificate.deadlock_free == !certificate.cycle.empty()) return "an order and a circle, or none";
  if (!certificate.deadlock_free) {
    const auto& circle = certificate.cycle;
    for (std::size_t i = 0; i < circle.size(); ++i)
      if (!seen.dependencies.contains({hop(circle[i]), hop(circle[(i + 1) % circle.size()])}))
        return "the circle has a dependency that no packet has";
    return {};
  }
  std::map<Hop, std::size_t> place;
  for (const auto& at : certificate.order)
    if (!place.emplace(hop(at), place.size()).second) return "a virtual channel stands twice in the order";
  auto bound = seen.dependencies;
  if (certificate.by_escape) {
    std::set<Hop> escape;
    for (const auto& [at, unused] : place) escape.insert(at);
    bound = through_others(seen.dependencies, escape);
    for (const auto& offer : seen.offers)
      if (std::ranges::none_of(offer, [&](const Hop& h) { return escape.contains(h); }))
        return "a packet cannot escape";
  }
  if (certificate.dependencies != bound.size()) return "dependencies are left out";
  for (const auto& [a, b] : bound)
    if (!place.contains(a) || !place.contains(b) || place[a] >= place[b])
      return "a dependency does not follow the order";
  if (goes_round(bound)) return "the order is none";
  return {};
}

}  // namespace marquetry::test
