// The physical rung: the analytic figures again, with what a layout says of lengths, areas and temperatures.
#pragma once

#include "delivery/deliver.h"
#include "evaluation/heated.h"
#include "evaluation/prepare.h"

namespace marquetry {

// One network of the system, as placed.
struct PlacedNetwork {
  Length<> wire{};          // of its longest link
  Time<> hop{};             // over that one, transmitter and receiver included
  Bandwidth<> lane_rate{};  // at which every one of its links closes
  Length<> reach{};         // beyond which no rate would
  EnergyPerBit<> energy{};  // mean over its links
  double lanes{};           // of a module and direction, for which its dies have room
  std::string held_by{};    // what keeps them below those of the link: beachfront, bumps, escape; or empty
  double efficiency{};      // payload / raw bits, what is sent again included
  Time<> again{};           // of the hop: what sending again adds on average
  double tail{};            // P(a packet takes more than a round trip longer)
  double whole{1};          // P(a module has all its lanes), once it is bonded; spares used
  double narrowed{};        // P(it has not, but goes on at a part of its width)
  double
      narrow_bin{};  // of bonded packages: at least one module goes on so, the others are whole or do so too
  double narrow_bandwidth{1};  // of the network's thinnest link, what one such module leaves
};

// One network of the system in the routed package.
struct RoutedNetwork {
  Time<> longest{};          // a lone packet, between the two of its dies that are farthest apart
  double busiest{};          // of its links at the bound on throughput, the share that is used
  Bandwidth<> collective{};  // payload out of each of its dies in a collective; 0: none runs over it
  Time<> step{};             // of that collective as a ring: what each of its 2 (n - 1) steps takes besides
  std::string way{};         // "ring" or "direct"
};

// All networks of the package as one graph, with a routing for it.
struct Routed {
  std::string routing{}, traffic{};
  bool deadlock_free{};
  std::string certificate{};  // the dependencies that are in order, or the circle of those that are not
  Time<> longest{};           // a lone packet, between the dies that are farthest apart
  Time<> mean{};              // over the traffic
  std::optional<Bandwidth<>>
      bisection{};                // of the narrowest halving of the computing dies; none: there is one
  bool is_exact{};                // no narrower halving was left out
  double throughput_fraction{1};  // of what the dies' own links let in, that the routing carries
  std::string narrowest{};        // the link that holds it there
  std::vector<RoutedNetwork> networks{};  // by network
};

// A rule of the layout that could not be kept, how often, and where first.
struct LayoutFault {
  std::string rule{}, message{};
  std::size_t count{1};
};

// The supply of the placed dies.
struct Delivered {
  std::string delivery{};  // the row of the library
  delivery::Case nets{};
  delivery::Report report{};
  double package{};  // W lost in metal of the package; the board's and the regulators' leads are not in it
};

// What memory above its `throttle` draws while idle, and moves, relative to cooler memory: refresh doubled.
struct Refresh {
  double idle{1}, rate{1};
};

struct Physical {
  Area<> carrier{};                       // 0 without one
  Area<> substrate{};                     // of the package
  std::optional<double> bridges{};        // none: the packaging has no bridges
  std::vector<PlacedNetwork> networks{};  // by network; of those to the outside the lanes alone
  std::vector<double> mended{};           // by die type: by which spare lanes raise the yield of its bond
  std::vector<Temperature<>> dies{};      // by die type, its hottest
  std::vector<Temperature<>> memories{};  // by memory, likewise
  std::vector<Refresh> refresh{};         // by memory
  std::vector<Power<>> leakage{};         // by die type, the mean of its dies at their temperatures
  std::optional<Heated> heated{};         // none: no section is known, temperatures are those of one plate
  std::optional<Routed> routed{};
  std::string unrouted{};                // why there is none
  std::optional<Delivered> delivered{};  // none: nothing is known of its metal
  std::vector<LayoutFault> faults{};     // where no legal layout was found
  std::vector<std::string> notes{};
};

// What the analytic rung itself assumes, in this form.
Physical assumed(const System<double>& system, const Evaluation<double>& analytic);

// The system with the rates, energies and reaches of its links as placed.
System<double> placed(const System<double>& system, const Physical& physical);

// system: as composed. Figures that no length, area or temperature enters are those of the analytic rung.
Evaluation<double> evaluate(const System<double>& system, const Physical& physical,
                            const Evaluation<double>& analytic, const Models& models);

}  // namespace marquetry
