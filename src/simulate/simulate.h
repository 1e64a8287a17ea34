// The network cycle by cycle: input-queued routers with virtual channels, separate allocation of virtual
// channels and switch, credits. Same setup and seed, same result.
#pragma once

#include <atomic>
#include <string>
#include <utility>
#include <vector>

#include "routing/certificate.h"
#include "routing/routing.h"
#include "simulate/case.h"
#include "traffic/messages.h"

namespace marquetry::simulate {

// refused: it cannot be simulated as it stands, `why` says what stands against it.
enum class State : std::uint8_t { stable, saturated, deadlocked, unreachable, interrupted, refused };

// Whose order of draws and whose rules of the terminals.
enum class Model : std::uint8_t { standard, booksim2 };

struct Options {
  Model model{};
  double rate{};                // offered, flits a node and cycle
  bool measures_throughput{};   // latency is ignored: what is accepted at overload
  std::uint64_t most_cycles{};  // 0: as the sampling has it
  const std::atomic<bool>* stop{};
};

struct Result {
  State state{};
  double offered{}, accepted{};         // flits a node and cycle
  double latency{}, network_latency{};  // cycles, means over packets; with and without the wait at the source
  double hops{};                        // mean, routers visited
  double half_width{};                  // of the 95 % confidence interval of the latency; 0: not known
  double p99{};                         // cycles: 99 of 100 packets are faster
  std::uint64_t cycles{}, packets{};
  std::vector<double> channel_use{};  // flits a cycle, by channel
  // deadlocked: who waits for whom; unreachable: between which nodes; saturated: the channels that are full
  std::vector<routing::VirtualChannel> circle{};
  std::vector<std::uint32_t> full{};
  std::string why{};
};

Result simulate(const NetworkCase& network, const routing::Routing& routing, const Options& options);

// Completion of messages that wait for each other.
struct Completion {
  State state{};
  std::uint64_t cycles{};                // until the last one has arrived
  std::vector<std::uint64_t> arrival{};  // by message
  std::vector<double> channel_use{};
  std::vector<routing::VirtualChannel> circle{};
  std::string why{};
};
Completion simulate(const NetworkCase& network, const routing::Routing& routing,
                    const traffic::Messages& messages, const Options& options);

// Between which loads the network saturates: the highest tried that is stable with a mean latency of at most
// three times that without load, and the lowest that is not (1: none up to 0.999).
struct Saturation {
  double low{}, high{};
  std::vector<Result> curve{};  // every load tried, rising
};
Saturation saturation(const NetworkCase& network, const routing::Routing& routing, const Options& options,
                      double step = 0.005, int threads = 1);

}  // namespace marquetry::simulate
