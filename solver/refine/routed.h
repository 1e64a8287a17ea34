// The network of a placed package with a routing that cannot deadlock: how far its dies are apart, what it
// carries, what collectives reach on it.
#pragma once

#include <span>
#include <string_view>

#include "evaluation/physical.h"
#include "refine/network.h"
#include "routing/certificate.h"
#include "routing/load.h"

namespace marquetry::refine {

struct Way {
  routing::Routing routing{};
  routing::Certificate certificate{};
  std::vector<double> loads{};
  double carried{};  // flits a node and cycle, by the channels between routers alone
  double mean{};     // cycles of a lone packet over the traffic
  std::vector<std::uint32_t> zero_load{};
};

// Every graph has one of these that is free of deadlock: up-down.
inline constexpr std::array<std::string_view, 6> usual_routings{
    "dimension-order", "shortest", "shortest-balanced", "shortest-layered", "turn-prohibition", "up-down"};

// The one of those names that carries most, of equals the one that is there first on average, of these the
// first; one with a certificate before any other. None: the graph takes none of them.
// Routings that go by places take `pitches` for them, where there are some.
std::optional<Way> best_way(const simulate::NetworkCase& network,
                            std::span<const std::string_view> names = usual_routings,
                            const std::vector<topology::Point>& pitches = {});

Routed routed(const System<double>& system, const placement::PackageProblem& package,
              const PackageNetwork& made, const Way& way);

}  // namespace marquetry::refine
